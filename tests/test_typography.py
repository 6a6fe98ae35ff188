"""Misprints, line by line: what each kind finds, and what looks alike and is left in peace."""

from __future__ import annotations

import pytest

from generator.checking.typography import typography
from generator.checking.unpaired import unpaired_marks
from tests.made_up_filing import filing


def kinds(text: str) -> list[str]:
    return [problem.message.partition("：")[0] for problem in typography(filing(text))]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("召开会议3次,培训20人。", "汉字之间用了半角标点"),
        ("现将情况报告如下:", "汉字之间用了半角标点"),
        ("办结率100%,满意率高。", "汉字之间用了半角标点"),
        ("规范执法;化解纠纷。", "汉字之间用了半角标点"),
        ("规范执法.化解纠纷。", "汉字之间用了半角标点"),
        ("法律(禁毒)知识竞赛。", "汉字旁边用了半角括号"),
        ("规划(2021—2025年)落实。", "汉字旁边用了半角括号"),
        ("落实“三项制度，规范执法。", "括号、书名号或引号不成对"),
        ("学习《宪法、《民法典》。", "括号、书名号或引号不成对"),
        ("落实”三项制度“要求。", "括号、书名号或引号不成对"),
        ("规范执法。。", "标点重复或连用"),
        ("规范执法，。", "标点重复或连用"),
        ("规范执法、。", "标点重复或连用"),
        ("坚持依法 行政，规范执法。", "句子里的汉字之间有空格"),
        ("坚持依法\u3000行政，规范执法。", "句子里的汉字之间有空格"),
        ("建成２个广场。", "有全角的数字或字母"),
        ("镇发〔202526号文件。", "文号或年份的括号、连接号缺失"),
        ("镇发202526号文件。", "文号或年份的括号、连接号缺失"),
        ("镇发2025〕26号文件。", "文号或年份的括号、连接号缺失"),
        ("规划（20212025年）。", "文号或年份的括号、连接号缺失"),
        ("镇发（2025]26号文件。", "文号的年份不是用六角括号「〔〕」"),
        ("镇发(2025)26号文件。", "文号的年份不是用六角括号「〔〕」"),
        ("镇发【2025】26号文件。", "文号的年份不是用六角括号「〔〕」"),
        ("镇发[2025]26号文件。", "文号的年份不是用六角括号「〔〕」"),
        ('开展"送法下乡活动。', "用了不分左右的直引号"),
        ("二○二〇年起。", "日期里的「〇」写法混杂"),
        ("二O二三年起。", "日期里的「〇」写法混杂"),
        ("法治宣传—清河镇在行动。", "破折号只有半个或写法不对"),
        ("法治宣传--清河镇在行动。", "破折号只有半个或写法不对"),
        ("完善平台 and 热线。", "汉字之间夹着英文虚词"),
        ("实行&nbsp;清单管理。", "有网页或 Markdown 的残留"),
        ("实行**清单**管理。", "有网页或 Markdown 的残留"),
        ("实行__清单__管理。", "有网页或 Markdown 的残留"),
        ("见[公告](https://example.org)。", "有网页或 Markdown 的残留"),
        ("执法\ufffd量充实。", "有认不出的字符（乱码）"),
        ("执法\ue5d2量充实。", "有认不出的字符（乱码）"),
        ("执法\u200b人员。", "有看不见的字符"),
        ("执法\x07人员。", "有看不见的字符"),
        ("⻓效机制。", "有与常用字同形的另一个字符（部首或兼容汉字）"),
        ("\uf98a量充实。", "有与常用字同形的另一个字符（部首或兼容汉字）"),
    ],
)
def test_a_misprint_is_told_once_and_as_one_kind(line: str, kind: str) -> None:
    assert kinds(line) == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "开展宪法日（12.4）活动，8:30开始，比例3:7，办结率99.77%。",
        "“1+2+4+N”模式、12345热线、3·15活动、APP、Wi-Fi、LED显示屏。",
        "学习《法治理念 深入人心——清河镇在行动》《〈信访工作条例〉释义（2021—2025年）》。",
        "镇发〔2025〕26号、（2023）渝0114民初26号、第5号令、12345号。",
        "自二〇二三年三月至二〇二四年，2021—2025年、4月—6月、周一至周五。",
        "严格执行——不打折扣；真的吗？！依法办事……",
        "设立 12345 热线 1 条，It’s OK。",
        "## (一)加强学习",
        "## 一、强化领导 夯实责任",
        "（1）学习；（2）执法。 1）、2)也是序号。",
        "(1)学习宪法；(2)学习条例。",
        "| 培训,检查 | 第一 季度 |",
        "![图,一](2023-1.png)",
        "清河镇人民政府 党政办公室",
        "使用﨎字、乡镇（街道）。",
    ],
)
def test_what_is_printed_right_is_left_in_peace(line: str) -> None:
    assert kinds(line) == []


def test_a_misprint_is_told_at_its_column_with_the_words_round_it() -> None:
    (problem,) = typography(filing("## 一、举措\n\n召开会议3次,培训,检查。\n"))
    assert (problem.line, problem.column) == (3, 7)
    assert problem.message == "汉字之间用了半角标点：「召开会议3次,培训,检查。」，这一段共 2 处"


def test_what_a_whole_text_is_written_with_is_told_once() -> None:
    problems = list(typography(filing("\n\n".join(["规范执法,化解纠纷。"] * 8))))
    assert [(problem.line, problem.message.rpartition("，")[2]) for problem in problems] == [(1, "全文 8 段共 8 处")]


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("“甲”《乙》（丙）", []),
        ("“甲《乙”丙》", [2, 6]),
        ("“甲“乙”", [0]),
        ("甲”乙", [1]),
        ("（甲)", []),
        ("“‘甲’乙”", []),
        ("", []),
    ],
)
def test_marks_without_a_partner(line: str, places: list[int]) -> None:
    assert unpaired_marks(line) == places
