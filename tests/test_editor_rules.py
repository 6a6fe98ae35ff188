"""The rules for editors, line by line: what each finds, and what looks alike and is left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking.copies import text_keys
from generator.checking.fazhi import fazhi_form
from generator.checking.item_numbers import item_numbers
from generator.checking.known_slips import known_slip
from generator.checking.place_names import PlaceNames, place_faults
from generator.checking.text_year import year_in_text
from generator.checking.typography import typography
from generator.model import Problem
from tests.made_up_filing import filing

PHRASES = ("重大执法决定法制审核制度", "民主法治示范村", "法治文化广场", "习近平法治思想", "法治审核")


@pytest.mark.parametrize(
    "text",
    [
        "一是学法。三是执法。",
        "二是执法。三是普法。",
        "一是学法。二是执法。二是普法。",
        "一是学法。\n\n二是执法。\n\n四是普法。",
        "1.学法。\n\n2.执法。\n\n4.普法。",
        "（一）学法。\n\n（三）执法。",
        "措施：（1）学法；（3）执法。",
        "措施：①学法；②执法；④普法。",
        "1、学法。\n\n2.执法。",
        "### 1.学法\n\n文。\n\n### 2、执法\n\n文。",
        "其次，要执法。",
        "首先，要学法。要执法。",
        "第一，学法。第三，执法。",
        "## 一、甲\n\n一是学法。二是执法。\n\n## 二、乙\n\n五是普法。",
    ],
)
def test_numbers_of_items_that_do_not_follow_are_told_once(text: str) -> None:
    assert [problem.level for problem in item_numbers(filing(text))] == ["note"]


@pytest.mark.parametrize(
    "text",
    [
        "一是学法，做到：一是学宪法，二是学条例。二是执法。三是普法。",
        "一是学法。二是执法。\n\n三是普法。",
        "一是学法。\n\n其中讲课3次。\n\n二是执法。",
        "一要学法，二要执法，三要普法。",
        "首先，学法；其次，执法；最后，普法。",
        "首先，学法。\n\n其次，执法。",
        "一是学法，其次，要执法。",
        "1.学法。\n\n（1）上半年。\n\n（2）下半年。\n\n2.执法。\n\n（1）检查。",
        "## 一、甲\n\n1.学法。\n\n2.执法。\n\n## 二、乙\n\n3.普法。",
        "## 一、甲\n\n1.学法。\n\n## 二、乙\n\n1.普法。",
        "“八五”普法、三会一课、三要素、12.4宪法日、第二次会议。",
        "化解纠纷3.5件，增长2.1%。4.15国家安全日。",
        "先一是一、二是二地登记。",
        "十一、十二月开展。\n\n一级、二级网格。",
    ],
)
def test_numbers_of_items_that_follow_are_left_in_peace(text: str) -> None:
    assert list(item_numbers(filing(text))) == []


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (2021, "推进“七五”普法工作。"),
        (2023, "推进七五普法。"),
        (2019, "推进“八五”普法。"),
        (2016, "推进“六五”普法。"),
        (2023, "落实第七个五年普法规划。"),
        (2022, "今年是“十三五”规划的关键一年。"),
        (2022, "今年是“十四五”规划开局之年。"),
        (2023, "正处于“十三五”时期。"),
        (2023, "学习习近平法制思想。"),
        (2023, "建设法制政府。"),
        (2023, "建设法制社会。"),
        (2023, "健全学法治度。"),
        (2023, "以习近平新时代中国特色社会主义为指导。"),
        (2023, "××镇认真部署。"),
        (2023, "X镇认真部署。"),
        (2023, "培训XX人次，检查XX次。"),
        (2023, "化解纠纷***件。"),
        (2023, "（镇名）认真部署。"),
        (2023, "【此处填写单位】认真部署。"),
        (2023, "202X年，认真部署。"),
        (2023, "培训____人。"),
        (2023, "某某镇认真部署。"),
        (2023, "落实纲要（2023-2023年）。"),
    ],
)
def test_a_known_slip_is_told(year: int, text: str) -> None:
    assert [problem.level for problem in known_slip(filing(text, year))] == ["warning"]


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (2021, "“七五”普法验收圆满完成，“八五”普法启动。"),
        (2020, "推进“七五”普法，谋划“八五”普法。"),
        (2020, "## 一、举措\n\n文。\n\n## 二、下一年度工作安排\n\n2021年是“十四五”开局之年，推进“八五”普法。"),
        (2021, "今年是“十四五”规划开局之年，“十三五”期间打下了基础。"),
        (2025, "今年是“十四五”规划收官之年。"),
        (2023, "“十四五”规划承上启下，“十三五”以来成效显著。"),
        (2023, "法制办负责法制审核，建立会前学法制度。"),
        (2023, "习近平新时代中国特色社会主义思想、习近平新时代中国特色社会主义法治思想。"),
        (2023, "刘某某、任某某，电话138****1234，3×5个网格，LEDX型。"),
        (2023, "各村（单位）、（镇）司法所、（2021—2025年）。"),
        (2023, "2021-2025年，2023年至2024年。"),
    ],
)
def test_what_looks_like_a_slip_is_left_in_peace(year: int, text: str) -> None:
    assert list(known_slip(filing(text, year))) == []


def test_a_report_of_another_kind_is_told_by_its_title_or_its_tables() -> None:
    for title in ("清河镇2023年政府信息公开工作年度报告", "清河镇政府工作报告", "清河镇2023年度部门决算情况报告"):
        assert len(list(known_slip(filing("文。", title=title)))) == 1, title
    for title in ("清河镇2023年法治政府建设工作报告", "清河镇2023年依法行政和政务公开工作报告"):
        assert list(known_slip(filing("文。", title=title))) == [], title
    tables = "## 二、主动公开政府信息情况\n\n表。\n\n## 三、收到和处理政府信息公开申请情况\n\n表。\n"
    assert [problem.line for problem in known_slip(filing(tables))] == [1]
    assert list(known_slip(filing("## 一、主动公开政府信息情况\n\n文。\n"))) == []


@pytest.mark.parametrize(
    ("year", "text", "found"),
    [
        (2023, "落实重大执法决定法治审核制度。", 1),
        (2023, "创建民主法制示范村。", 1),
        (2023, "全国法制宣传日。", 1),
        (2012, "全国法制宣传日。", 0),
        (2023, "订阅《法制日报》。", 1),
        (2019, "订阅《法制日报》。", 0),
        (2023, "法治审核、法制审核、法制办、法制副校长、全国人大常委会法制工作委员会。", 0),
        (2023, "落实重大执法决定法制审核制度，创建民主法治示范村。", 0),
        (2023, "法制教育深入人心。", 0),
    ],
)
def test_fazhi_is_told_where_the_catalogue_knows_the_other_word(year: int, text: str, found: int) -> None:
    assert len(list(fazhi_form(filing(text, year), PHRASES))) == found


def test_without_phrases_nothing_is_known_of_the_other_word() -> None:
    assert list(fazhi_form(filing("创建民主法制示范村。"), ())) == []


@pytest.mark.parametrize(
    "text",
    [
        "现将2022年工作情况报告如下：",
        "现将2022年工作总结及2023年工作打算报告如下：",
        "2022年，清河镇推进法治建设。",
        "二〇二二年，清河镇推进法治建设。",
        "## 一、2022年工作开展情况\n\n文。",
        "## 一、举措\n\n文。\n\n## 二、2023年工作打算\n\n文。",
        "## 一、举措\n\n文。\n\n## 二、下一年度工作安排\n\n2023年，我镇将推进普法。",
        "## 一、举措\n\n文。\n\n清河镇人民政府\n\n2023年1月5日",
        "## 一、举措\n\n文。\n\n清河镇人民政府\n\n二〇二二年十二月三十日",
        "## 一、举措\n\n我镇2021年培训3场，2021年办案，2021年普法。",
    ],
)
def test_a_text_that_says_another_year_is_told(text: str) -> None:
    assert [problem.level for problem in year_in_text(filing(text))] == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "现将2023年工作情况报告如下：",
        "现将2023法治政府建设工作及2024工作思路总结如下：",
        "2023年以来，清河镇推进法治建设，比2022年有进步。",
        "2020年以来，清河镇推进法治建设。",
        "今年以来，清河镇推进法治建设。",
        "## 一、2023年工作开展情况\n\n2022年、2022年、2022年。",
        "## 一、举措\n\n文。\n\n## 二、2024年工作打算\n\n2024年，我镇将推进普法。",
        "## 一、举措\n\n文。\n\n清河镇人民政府\n\n2024年1月5日",
        "## 一、举措\n\n文。\n\n清河镇人民政府\n\n2023年12月28日",
        "## 一、举措\n\n落实《法治政府建设实施纲要（2021—2025年）》，2021—2025年规划。",
        "## 一、举措\n\n学习《2021年要点》《2021年计划》《2021年方案》。",
    ],
)
def test_a_text_that_says_its_year_or_none_is_left_in_peace(text: str) -> None:
    assert list(year_in_text(filing(text))) == []


MARKS = "一二三四五十是要首先其次最后第①②（）()“”《》【】〔〕[]。，、；：,;:.!?—-–─*_`&#×xX某镇乡年月日七八普法治制 \t\u3000\n20231４号发|！\u200b\ue000\ufffd⻓"


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(MARKS), max_size=400), st.integers(2000, 2099))
def test_no_text_is_too_odd_and_every_problem_stands_where_it_says(text: str, year: int) -> None:
    report = filing(text, year, title=text[:40] or None)
    found: list[Problem] = [
        *typography(report),
        *item_numbers(report),
        *known_slip(report),
        *year_in_text(report),
        *fazhi_form(report, PHRASES),
    ]
    lines = text.split("\n")
    for problem in found:
        assert problem.column <= len(lines[problem.line - 1]) + 1
        assert "\n" not in problem.message
        assert not problem.message.endswith("。")


@pytest.mark.parametrize(
    "piece",
    ["（", "“", "《", "**", "__", "[", "一是", "（一）", "2023年", "现将", "\n", " ", "，", "×", "法制", "镇", "第"],
)
def test_a_long_text_of_one_piece_is_read_to_its_end(piece: str) -> None:
    report = filing(piece * 60_000)
    for rule in (typography, item_numbers, known_slip, year_in_text):
        assert len(list(rule(report))) < 20
    names = PlaceNames("清河镇", ("东山县",))
    assert len(list(place_faults(report.text, (report.text,), report.text, names))) < 20
    assert len(list(fazhi_form(report, PHRASES))) < 20
    assert len(text_keys("qinghe-zhen/2023", report.text).keys) < 1000
