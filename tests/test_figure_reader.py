"""Figures proposed from texts by the catalogue of the checkout, and the numbers of recorded figures found in the text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from generator.catalogues import Indicator, IndicatorCatalogue
from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes
from generator.content.parse import parse_report
from generator.content.quotes import nearest_sentence, quote_places
from generator.linking.figures import FigureMark, FigureReader, mark_figures
from generator.model import Figure, Report, ReportRecord
from tests.cases_reader import ROOT

MEASURES = "## 一、主要举措和成效\n\n"
FIVE = {
    "chongqing-shi/qianjiang-qu/shanling-xiang/2022": 11,
    "jiangsu-sheng/nantong-shi/qidong-shi/yinyang-zhen/2023": 14,
    "ningxia-huizu-zizhiqu/wuzhong-shi/litong-qu/biandangou-zhen/2023": 13,
    "tianjin-shi/xiqing-qu/yangliuqing-zhen/2023": 39,
    "yangzhuang-zhen/2023": 7,
}


@cache
def catalogue() -> IndicatorCatalogue:
    files = load_catalogues({"indicators": read_catalogue_bytes(ROOT / "content")["indicators"]})
    assert files.problems == ()
    return files.catalogues.indicators


@cache
def reader() -> FigureReader:
    return FigureReader(catalogue().indicators)


def report_of(text: str, *figures: Figure, year: int = 2023) -> Report:
    text = text if text.startswith("#") else MEASURES + text
    return parse_report("qinghe-zhen", year, text, ReportRecord(figures=figures))


def filed(report_id: str) -> Report:
    place, _, year = report_id.rpartition("/")
    text = (ROOT / "content" / "places" / f"{report_id}.md").read_text(encoding="utf-8")
    return parse_report(place, int(year), text, ReportRecord())


def told(figure: Figure) -> str:
    return f"{figure.indicator} {figure.value} {figure.unit}"


def proposed(text: str, year: int = 2023) -> list[str]:
    return [told(figure) for figure in reader().propose(report_of(text, year=year))]


TRAPS: dict[str, list[str]] = {
    # of the five reports
    "全年新参加全市行政执法人员岗位培训2人，均已通过考核并取得行政执法证。": ["training.new_officers 2 人", "enforcement.new_certificates 2 人"],
    "全镇24个村（社区）均建立了调委会，各村配备人民调解员。": ["admin.villages 24 个", "mediation.committees 24 个"],
    "聘请法律律师事务所担任我镇18个村法律顾问调解员，重点解决疑案、难案问题。": ["counsel.villages_served 18 个"],
    "聘请世伦律师事务所4名律师担任我镇法律顾问调解员": ["counsel.lawyers 4 名"],
    "将全镇18个村（场）划分成109个网格，设置了110名专职网格员": ["admin.villages 18 个", "grid.grids 109 个", "grid.workers 110 名"],
    "化解矛盾纠纷165件，其中涉及金额在一百万元以上的重点疑难纠纷8件": ["dispute.resolved 165 件", "dispute.large 8 件"],
    "成功申报利通区“十佳法律明白人”一人，健全各村（场）法治宣传阵地": ["mingbairen.top 1 人"],
    "形成1+2+4+N基层社会治理模式（即打造1条法治文化一条街，2个法治大院，4个法治小组，N种法治宣传活动）": [
        "publicity.streets 1 条", "publicity.courtyards 2 个", "publicity.groups 4 个",
    ],
    "借助12345平台听民声、抒民困，全年共接收办理群众投诉、建议6441件，按时接单率99.77%，按时办结率94%，工单满意率81.81%。": [
        "hotline.cases 6441 件", "hotline.accept_rate 99.77 %", "hotline.completion_rate 94 %", "hotline.satisfaction 81.81 %",
    ],
    "行政执法队伍中，受过系统法律培训或法律专业毕业的人员占比不足20%，30岁以下的年轻同志缺乏，30-40岁的同志占比偏低。": [
        "enforcement.legal_trained_share 20 %",
    ],
    "全年共面向社会主动公开有关文件信息61条，依申请公开1条。": ["disclosure.proactive 61 条", "disclosure.on_request 1 条"],
    "本年度，我镇政务公开信息依申请公开4条。": ["disclosure.on_request 4 条"],
    "将16篇习近平法治思想讲话、中央及市区各级法治工作会议精神、党纪国法列入党委理论学习中心组学习计划": ["study.items 16 篇"],
    "镇党委先后7次召开党委扩大会就国家法律法规、地方政府规章制度、党内法规进行了集体学习": ["study.committee_sessions 7 次"],
    "组织全镇各部门负责人进行了一场以“学法用法、规范管理、防范风险”为主题的合同管理专题培训": ["training.contract_sessions 1 场"],
    "开展法律法规与业务知识培训15次，参训人员720余人次，高标准完成60学时要求。": [
        "training.sessions 15 次", "training.participants 720 人次", "training.hours 60 学时",
    ],
    "现场化解积案35起，收集积案16起；逐一走访下访化解11起。": [
        "backlog.resolved_onsite 35 起", "backlog.collected 16 起", "backlog.resolved_by_visit 11 起",
    ],
    "法律顾问、法律明白人共向政府建言献策25次，收集立法建议13条。": ["counsel.suggestions 25 次", "counsel.legislative_suggestions 13 条"],
    "动员“法律明白人”参与村务管理，化解矛盾纠纷22件，参与社会事务管理120件次，引导法律服务15件次": [
        "mingbairen.disputes 22 件", "mingbairen.affairs 120 件次", "mingbairen.services 15 件次",
    ],
    "全年共办理接待上级转办、群众来电来信来访信访事项551批次（件次）918人次，案件受理率100%，办结率100%，一次性化解率96.1%。": [
        "petition.batches 551 批次", "petition.persons 918 人次", "petition.accept_rate 100 %", "petition.completion_rate 100 %",
        "petition.onetime_rate 96.1 %",
    ],
    "全镇处级领导干部认真贯彻落实信访工作要求，累计接待群众51批次291人次。": ["petition.leader_batches 51 批次", "petition.leader_persons 291 人次"],
    "拟定镇级课题1个，村街和社区级课题2个": ["fengqiao.topics_town 1 个", "fengqiao.topics_village 2 个"],
    "于3月主持召开法治建设工作会议，先后4次听取法治汇报": ["leader.briefings 4 次"],
    "组织全镇210名法律明白人开展网上学法用法学习，按时结业率100%": ["mingbairen.count 210 名", "mingbairen.completion_rate 100 %"],
    "归集行政执法案件3039件，其中行政检查3010件，行政处罚29件，处罚金额161290元。": [
        "enforcement.cases 3039 件", "enforcement.inspections 3010 件", "enforcement.penalties 29 件", "enforcement.fines 161290 元",
    ],
    "今年以来全镇行政复议和行政应诉案件共4件，尚无败诉案件。": ["litigation.cases 4 件", "litigation.lost 0 件"],
    "寅阳镇共制定规范性文件1份，清理规范性文件4份，其中继续有效4份。": ["normdoc.issued 1 份", "normdoc.reviewed 4 份", "normdoc.still_valid 4 份"],
    "2023年度本单位无重大突发事件。": ["emergency.major_events 0 起"],
    "各村（场）悬挂横幅不少于70条，张贴宣传栏34个等多种方式": ["publicity.banners 70 条", "publicity.bulletin_boards 34 个"],
    "散发宣传手册等各类宣传资料10000余份，接受群众咨询600余人次": ["publicity.materials 10000 份", "publicity.consultations 600 人次"],
    "排查调处矛盾纠纷125件，化解率100％": ["dispute.resolved 125 件", "dispute.resolve_rate 100 %"],
}  # fmt: skip

OTHER_WORDINGS: dict[str, list[str]] = {
    "开展法治宣传“六进”活动32场次，覆盖群众两万余人次": ["publicity.activities 32 次", "publicity.people_reached 20000 人次"],
    "通过举办法治讲座4次、挂宣传横幅12条、宣传海报35张、发放小册子2000余册": [
        "publicity.lectures 4 场", "publicity.banners 12 条", "publicity.boards 35 幅", "publicity.handbooks 2000 份",
    ],
    "组织镇村干部开展“法治能力提升专项培训”12期，覆盖270余人次": ["training.sessions 12 次", "training.participants 270 人次"],
    "组织执法规范化培训6场，参训人员120人次": ["training.sessions 6 次", "training.participants 120 人次"],
    "开展行政执法培训3期120人次": ["training.sessions 3 次", "training.participants 120 人次"],
    "新增持证执法人员3名，全镇执法人员持证率达100%": ["enforcement.new_certificates 3 人"],
    "组织12名执法人员参加行政执法资格考试，全部取得执法证": ["enforcement.new_certificates 12 人"],
    "全年组织政府班子集体学法12次": ["study.committee_sessions 12 次"],
    "开展党委理论学习中心组学法6次": ["study.committee_sessions 6 次"],
    "机关领导干部共参与习近平法治思想专题学习10余次": ["publicity.xi_sessions 10 次"],
    "开展3次习近平法治思想学习": ["publicity.xi_sessions 3 次"],
    "组织机关干部参加网上学法考试1次": ["study.exams 1 次"],
    "划分为10个网格单元，配备专职网格员55名": ["grid.grids 10 个", "grid.workers 55 名"],
    "聘请2名律师担任镇政府法律顾问": ["counsel.lawyers 2 名"],
    "签约2家律师事务所，聘请5名律师担任15个村（社区）法律顾问": ["counsel.lawyers 5 名", "counsel.villages_served 15 个"],
    "12个村（社区）均配备了法律顾问": ["admin.villages 12 个", "counsel.villages_served 12 个"],
    "全镇15个村（社区）全部建立人民调解委员会": ["admin.villages 15 个", "mediation.committees 15 个"],
    "培育“法律明白人”120余名，每个村不少于3名": ["mingbairen.count 120 名"],
    "法律顾问全年审查合同35份，提供法律意见28条，解答法律咨询130余人次": ["counsel.suggestions 28 条", "publicity.consultations 130 人次"],
    "共接待来访群众126批次312人次": ["petition.batches 126 批次", "petition.persons 312 人次"],
    "全年累计受理各类信访件126件，办结126件，办结率100%": ["petition.batches 126 件", "petition.completion_rate 100 %"],
    "12名班子成员累计接待群众137人次": ["petition.leader_persons 137 人次"],
    "受理12345热线工单1256件，办结率100%，满意率97.6%": [
        "hotline.cases 1256 件", "hotline.completion_rate 100 %", "hotline.satisfaction 97.6 %",
    ],
    "共排查矛盾纠纷130件，成功化解128件，化解率98.5%": ["dispute.resolved 128 件", "dispute.resolve_rate 98.5 %"],
    "全年调解各类矛盾纠纷234件，调解成功231件": ["dispute.resolved 234 件"],
    "化解各类矛盾纠纷共计一百二十余起，调处成功率百分之九十八点五": ["dispute.resolved 120 件", "dispute.resolve_rate 98.5 %"],
    "化解125起矛盾纠纷": ["dispute.resolved 125 件"],
    "作出行政处罚决定21件，罚款人民币18.6万元": ["enforcement.penalties 21 件", "enforcement.fines 186000 元"],
    "开展执法检查312次": ["enforcement.inspections 312 次"],
    "全年累计主动公开政府信息100余条": ["disclosure.proactive 100 条"],
    "全年共收到政府信息公开申请16件": ["disclosure.on_request 16 件"],
    "专题听取法治建设工作汇报2次": ["leader.briefings 2 次"],
    "下辖15个村，总人口3.2万人": ["admin.villages 15 个"],
    "在全镇设立24个法治宣传栏": ["publicity.bulletin_boards 24 个"],
    "18场次主题法治宣传活动": ["publicity.activities 18 次"],
    "村(社区)法律顾问：全镇24个村(社区)均配备法律顾问": ["admin.villages 24 个", "counsel.villages_served 24 个"],
}  # fmt: skip

NO_FIGURES = [
    "12345平台受理群众诉求，“3·15”“4.15”“12.4”等节点开展宣传。",
    "落实“三会一课”、六步决策法、行政执法三项制度，法治宣传“七进”。",
    "法律顾问、法律明白人积极参与各项活动25次。",
    "便民窗口共办理业务197936宗，按时办结率达100%。",
    "开展消防安全培训3次，应急演练5次。",
    "组织法律明白人培训2场次，培训150人次。",
    "对5名执法人员进行了培训。",
    "行政检查、行政处罚分别为3010件、29件。",
    "每月开展1次普法宣传活动，每季度组织1次法治讲座。",
    "力争开展普法宣传活动20次。",
    "办结率同比提高3%，化解率提高了2个百分点，调解成功率下降5%。",
    "全镇共27人持有行政执法证，持证执法人员4名。",
    "累计排查矛盾纠纷186件。",
    "我镇辖12个行政村、3个社区。",
    "行政规范性文件审查2件，镇村合同审查1077件。",
    "行政复议案件2件，行政诉讼案件3件。",
    "开展案卷评查2次，行政处罚案卷评查12件。",
    "发放消防宣传资料500份，森林防火宣传单300份。",
    "贯彻《关于开展法治讲座3场的通知》。",
    "确保全年无重大突发事件发生，力争行政诉讼零败诉。",
    "下辖企业15家，种粮大户24个。",
]


@pytest.mark.parametrize("text", TRAPS)
def test_the_traps_of_the_five_reports_are_read_right(text: str) -> None:
    assert proposed(text) == TRAPS[text]


@pytest.mark.parametrize("text", OTHER_WORDINGS)
def test_other_townships_say_it_in_other_words(text: str) -> None:
    assert proposed(text) == OTHER_WORDINGS[text]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_a_number_that_is_not_clearly_an_indicators_is_not_proposed(text: str) -> None:
    assert proposed(text) == []


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("本年度没有发生行政复议、行政诉讼案件。", "litigation.cases"),
        ("全年无行政复议被撤销、行政诉讼败诉案件。", "litigation.lost"),
        ("行政诉讼案件3件，均未败诉。", "litigation.lost"),
        ("实现行政诉讼零败诉。", "litigation.lost"),
        ("全年行政诉讼败诉案件0件。", "litigation.lost"),
        ("我镇2023年度未制定出台行政规范性文件。", "normdoc.issued"),
        ("街道未收到政府信息公开申请。", "disclosure.on_request"),
        ("全年未发生重大突发公共事件。", "emergency.major_events"),
        ("没有发生重大突发事件。", "emergency.major_events"),
    ],
)
def test_what_is_said_not_to_be_is_zero(text: str, indicator: str) -> None:
    (figure,) = reader().propose(report_of(text))
    assert (figure.indicator, figure.value, figure.qualifier) == (indicator, 0, "exact")


@pytest.mark.parametrize("report_id", FIVE)
def test_the_five_reports_state_their_figures_and_every_number_is_found_again(report_id: str) -> None:
    report = filed(report_id)
    figures = reader().propose(report)
    assert len(figures) == FIVE[report_id]
    assert not any(figure.confirmed for figure in figures)
    marks = mark_figures(replace(report, record=ReportRecord(figures=figures)))
    assert [mark.figure for mark in marks] == list(range(len(figures)))
    order = [passage.id for passage in report.passages]
    places = [(order.index(mark.passage), mark.start) for mark in marks]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("全年工作扎实。一是开展法治培训3场，参训人员20人次。", "开展法治培训3场"),
        ("排查调处矛盾纠纷125件，化解率100％，充分发挥作用。", "化解率100％"),
        ("1,200件，发放宣传资料1,200份，效果好", "发放宣传资料1,200份"),
        ("今年来：开展法治讲座3场；其他", "开展法治讲座3场"),
        ("尚无败诉案件，继续努力。", "尚无败诉案件"),
        ("动员法律明白人，化解矛盾纠纷22件，成效好", "动员法律明白人，化解矛盾纠纷22件"),
        ("先后4次听取法治汇报，及时研究", "先后4次听取法治汇报"),
    ],
)
def test_a_quote_is_the_shortest_stretch_between_commas_that_says_it(text: str, quote: str) -> None:
    quotes = [figure.quote for figure in reader().propose(report_of(text))]
    assert quote in quotes
    assert all(each in text for each in quotes)


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("发放宣传资料1800余册", 1800, "份", "approx"),
        ("开展法治讲座3期", 3, "场", "exact"),
        ("悬挂横幅不少于70幅", 70, "条", "at_least"),
        ("行政检查126家次", 126, "家次", "exact"),
        ("罚款不足2万元", 20000, "元", "less_than"),
        ("受理信访事项12件", 12, "件", "exact"),
        ("接受群众咨询上千人", 1000, "人", "approx"),
    ],
)
def test_the_indicators_unit_stands_for_one_that_counts_the_same(
    text: str, value: float, unit: str, qualifier: str
) -> None:
    (figure,) = reader().propose(report_of(text))
    assert (figure.value, figure.unit, figure.qualifier) == (value, unit, qualifier)


def test_the_same_figure_told_twice_is_proposed_once() -> None:
    assert proposed("开展法治培训12次。\n\n全年开展执法培训12次。") == ["training.sessions 12 次"]


def test_a_report_that_contradicts_itself_is_told_as_it_stands() -> None:
    assert proposed("开展法治培训15次。\n\n全年开展执法培训13次。") == [
        "training.sessions 15 次",
        "training.sessions 13 次",
    ]


def test_parts_listed_in_one_clause_are_not_taken_for_the_whole() -> None:
    assert proposed("全镇1个镇调委会、15个村调委会发挥作用") == []


def test_what_follows_of_them_is_a_part() -> None:
    assert proposed("化解矛盾纠纷165件，其中化解邻里纠纷20件") == ["dispute.resolved 165 件"]


def test_a_number_has_one_meaning_where_the_words_do_not_share_it() -> None:
    assert proposed("法律明白人化解矛盾纠纷22件") == ["mingbairen.disputes 22 件"]


@pytest.mark.parametrize(
    ("text", "year", "figures"),
    [
        ("2021年化解矛盾纠纷80件，2022年化解矛盾纠纷125件。", 2022, ["dispute.resolved 125 件"]),
        ("去年化解矛盾纠纷80件。", 2022, []),
        (
            "化解矛盾纠纷125件，较去年下降12%，化解率98%。",
            2022,
            ["dispute.resolved 125 件", "dispute.resolve_rate 98 %"],
        ),
        ("落实《2021年工作要点》，开展法治讲座3场。", 2022, ["publicity.lectures 3 场"]),
        ("2021年以来，开展法治讲座3场。", 2022, ["publicity.lectures 3 场"]),
        ("按照规划（2021-2025年），开展法治讲座3场。", 2022, ["publicity.lectures 3 场"]),
    ],
)
def test_another_years_number_is_not_this_years(text: str, year: int, figures: list[str]) -> None:
    assert proposed(text, year) == figures


def test_a_plan_for_next_year_states_nothing_yet() -> None:
    text = "## 一、主要举措和成效\n\n开展法治讲座3场。\n\n## 二、下一年度主要安排\n\n开展法治讲座20场。\n"
    assert proposed(text) == ["publicity.lectures 3 场"]


def test_words_do_not_announce_a_number_across_a_stop_or_an_item() -> None:
    assert proposed("加强信访工作。办结率100%。") == []
    assert proposed("一是加强信访工作，二是办结率100%。") == []
    assert proposed("加强信访工作，办结率100%。") == ["petition.completion_rate 100 %"]


@pytest.mark.parametrize(
    ("table", "figures"),
    [
        ("| 项目 | 数量 |\n|---|---|\n| 行政检查 | 25 件 |\n| 行政处罚 | 3件 |", ["enforcement.inspections 25 件", "enforcement.penalties 3 件"]),
        ("| 项目 | 单位 | 数量 |\n|---|---|---|\n| 行政检查 | 件 | 25 |", ["enforcement.inspections 25 件"]),
        ("| 项目 | 数量 |\n|---|---|\n| 行政检查（件） | 25 |", ["enforcement.inspections 25 件"]),
        ("| 行政检查（件） | 罚款（万元） |\n|---|---|\n| 25 | 3.6 |", ["enforcement.inspections 25 件"]),
        ("| 罚款（万元） | 3.6 |\n|---|---|", ["enforcement.fines 36000 元"]),
        ("| 罚款（元） | 161,290 |\n|---|---|", ["enforcement.fines 161290 元"]),
        ("| 项目 | 2021年 | 2023年 |\n|---|---|---|\n| 法治讲座（场） | 3 | 4 |", ["publicity.lectures 4 场"]),
        ("| 村 | 法治讲座（场） |\n|---|---|\n| 东村 | 3 |\n| 西村 | 2 |\n| 合计 | 5 |", ["publicity.lectures 5 场"]),
        ("| 村 | 法治讲座（场） |\n|---|---|\n| 东村 | 3 |\n| 西村 | 2 |", []),
        ("| 序号 | 项目 | 数量 |\n|---|---|---|\n| 1 | 办结率 | 98% |", []),
    ],
)  # fmt: skip
def test_tables_are_read_by_their_rows_and_headings(table: str, figures: list[str]) -> None:
    report = report_of(table + "\n")
    proposals = reader().propose(report)
    assert [told(figure) for figure in proposals] == figures
    assert all(figure.quote in report.passages[0].text for figure in proposals)
    assert len(mark_figures(replace(report, record=ReportRecord(figures=proposals)))) == len(figures)


def indicator(*aliases: str, excludes: tuple[str, ...] = ()) -> Indicator:
    return Indicator("test.one", "指标", "次", ("件",), aliases, (), excludes)


@pytest.mark.parametrize(
    ("alias", "text", "found"),
    [
        ("开展培训{}", "开展培训3次", True),
        ("开展培训{}", "开展培训共计约3次", True),
        ("开展培训{}", "开展培训（含线上）3次", True),
        ("开展培训{}", "开展培训四个字以内3次", False),  # five other characters
        ("开展培训{}", "开展培训，3次", False),
        ("开展培训{}", "开展培训3人，考试4次", False),  # the next number is another
        ("开展培训{}", "开展培训3场", False),  # not its unit
        ("开展培训…{}", "开展培训，考试了3次", True),
        ("开展培训…{}", "开展培训，参加3人，共4次", True),
        ("开展培训…{}", "开展培训" + "啊" * 81 + "3次", False),
        ("{}培训", "举办3次业务培训", True),
        ("{}培训", "举办3次、培训", False),
        ("{}…培训", "举办3次，对全体人员进行培训", True),
        ("先后{}召开…会议", "先后3次召开党委扩大会议", True),
        ("先后{}召开…会议", "先后3次听取会议", False),
        ("全镇…培训…{}", "全镇干部参加培训，共3次", True),
        ("全镇…培训…{}", "培训全镇干部3次", False),  # in another order
        ("没有数", "没有数3次", False),
        ("{}", "3次", False),
        ("a{}b{}", "a3次b4次", False),
    ],
)
def test_an_alias_says_where_its_words_stand_around_the_number(alias: str, text: str, *, found: bool) -> None:
    assert bool(FigureReader([indicator(alias)]).propose(report_of(text))) == found


def test_excluded_words_in_the_quote_make_it_another_thing() -> None:
    only = FigureReader([indicator("培训{}", excludes=("消防",))])
    assert only.propose(report_of("消防培训3次")) == ()
    assert len(only.propose(report_of("消防检查，培训3次"))) == 1


def test_an_empty_catalogue_proposes_nothing() -> None:
    assert FigureReader([]).propose(report_of("开展法治培训3次，无败诉案件")) == ()


def figure(quote: str, value: float, unit: str = "次", indicator_id: str = "training.sessions") -> Figure:
    return Figure(indicator_id, value, unit, quote)


@pytest.mark.parametrize(
    ("text", "recorded", "words"),
    [
        ("归集案件3039件。", figure("归集案件3039件", 3039, "件"), "3039"),
        ("覆盖群众上千人次；", figure("覆盖群众上千人次", 1000, "人次"), "上千"),
        ("涉及一百万元以上的纠纷8件", figure("涉及一百万元以上的纠纷8件", 8, "件"), "8"),
        ("举办讲座两场。", figure("举办讲座两场", 2, "场"), "两"),
        ("发放5万余份", figure("发放5万余份", 50000, "份"), "5万"),
        ("办结率百分之九十五", figure("办结率百分之九十五", 95, "%"), "百分之九十五"),
        ("尚无败诉案件", figure("尚无败诉案件", 0, "件"), "尚无"),
        ("本单位无重大突发事件", figure("无重大突发事件", 0, "起"), "无"),
        ("未发生重大突发事件", figure("未发生重大突发事件", 0, "起"), "未发生"),
        ("行政诉讼零败诉", figure("行政诉讼零败诉", 0, "件"), "零"),
        ("败诉0件", figure("败诉0件", 0, "件"), "0"),
        ("受理率100%，办结率100%", figure("受理率100%，办结率100%", 100, "%"), "100"),
        ("聘请5名律师担任5个村顾问", figure("聘请5名律师担任5个村顾问", 5, "名"), "5"),
        ("接待551批次，领导接待51批次", figure("51批次", 51, "批次"), "51"),
    ],
)
def test_the_number_of_a_figure_is_marked_by_its_words_alone(text: str, recorded: Figure, words: str) -> None:
    report = report_of(text, recorded)
    (mark,) = mark_figures(report)
    assert text[mark.start : mark.end] == words
    assert (mark.passage, mark.figure) == (report.passages[0].id, 0)


def test_a_quote_that_cuts_a_number_stands_at_its_next_place() -> None:
    text = "信访551批次918人次。领导接待群众51批次291人次。"
    (mark,) = mark_figures(report_of(text, figure("51批次", 51, "批次")))
    assert mark.start == text.rindex("51批次")
    assert list(quote_places(text, "51批次")) == [mark.start]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("化解165件", "化解16"),
        ("二十件", "十件"),
        ("3.14%", "14%"),
        ("3.14%", "3"),
        ("1200份", "200份"),
        ("5万元", "万元"),
    ],
)
def test_a_quote_that_cuts_a_number_does_not_stand_in_the_text(text: str, quote: str) -> None:
    assert list(quote_places(text, quote)) == []


@pytest.mark.parametrize(
    ("text", "quote"), [("共3,5件", "5件"), ("一是开展3次", "开展3次"), ("3件。5件", "5件"), ("第1，2件", "2件")]
)
def test_a_quote_beside_a_number_stands_there(text: str, quote: str) -> None:
    assert list(quote_places(text, quote)) == [text.index(quote)]


def test_several_figures_may_have_one_number() -> None:
    quote = "岗位培训2人，均已取得行政执法证"
    report = report_of(
        quote, figure(quote, 2, "人", "training.new_officers"), figure(quote, 2, "人", "enforcement.new_certificates")
    )
    passage = report.passages[0].id
    assert mark_figures(report) == (FigureMark(passage, 4, 5, 0), FigureMark(passage, 4, 5, 1))


def test_figures_that_the_text_does_not_state_are_left_out() -> None:
    report = report_of(
        "开展培训3次。",
        figure("开展培训四次", 4),
        figure("开展培训3次", 5),
        figure("培训", 0),
        figure("开展培训3次", 3),
    )
    assert [mark.figure for mark in mark_figures(report)] == [3]


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("开展法治培训三场", "开展法治培训3场"),
        ("开展法治培训3场，发放资料20份", "开展法治培训3场，发放资料200份。"),
        ("毫不相干的另外一段文字", None),
    ],
)
def test_the_sentence_nearest_to_a_quote_is_found(quote: str, nearest: str | None) -> None:
    report = report_of("加强领导。开展法治培训3场，发放资料200份。落实责任。")
    assert nearest_sentence(report, quote) == nearest
