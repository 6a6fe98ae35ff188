"""Slips that are known to happen, in one table: what they look like, when they are one, what is told, what to do.

A plan period is a slip where the report's year lies outside it; what looks back on an old one (验收, 总结) or ahead to a new
one in the year before is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.checking.text_lines import TextLines, gather
from generator.content.load import Filing
from generator.model import Problem, Role

_Q = "[“”‘’\"'「」『』]?"
_AS_PRINTED = "与原件核对；原件如此就不改"
_PUFA = {
    "四": (2001, 2005),
    "五": (2006, 2010),
    "六": (2011, 2015),
    "七": (2016, 2020),
    "八": (2021, 2025),
    "九": (2026, 2030),
}
"""The five-year plans of legal education, by what they are called: 「七五」普法 is that of 2016 to 2020."""
_PLANS = {"二": (2011, 2015), "三": (2016, 2020), "四": (2021, 2025), "五": (2026, 2030)}
"""The five-year plans of the state: 十三五 is that of 2016 to 2020."""
_LOOKS_BACK = re.compile(
    "总结|验收|收官|圆满|完成|结束|表彰|先进|期间|以来|回顾|成果|经验|基础上|考核|评估|迎检|交账|终期"
)
_LOOKS_AHEAD = re.compile("谋划|编制|制定|起草|启动|筹备|准备|即将|迎接|思路|做好.{0,6}开局|开局|下一个|衔接")
_NEAR = 24


class Context(NamedTuple):
    """Where a slip may be one: the year of the report, the role of the section, the sentence round it."""

    year: int
    role: Role
    around: str


def _anywhere(_match: re.Match[str], _context: Context) -> bool:
    return True


def _other_pufa(match: re.Match[str], context: Context) -> bool:
    first, last = _PUFA[match["which"] or match["nth"]]
    if context.year > last:
        return not _LOOKS_BACK.search(context.around)
    ahead = context.role == "plan" or _LOOKS_AHEAD.search(context.around) is not None
    return context.year < first - 1 or (context.year == first - 1 and not ahead)


def _other_plan(match: re.Match[str], context: Context) -> bool:
    """Judge 「今年是“十三五”…」 and 「…开局之年」 by the year that the words name, else by the report's."""
    first, last = _PLANS[match["which"]]
    years = {int(match["named"])} if match["named"] else {context.year, context.year + (context.role == "plan")}
    if match["stage"] in {"开局", "起步", "第一年"}:
        return first not in years
    if match["stage"] in {"收官", "最后一年"}:
        return last not in years
    return not any(first <= year <= last for year in years)


_MARKS = re.compile('[“”「」"]')
"""Quotes of the text, of which a find may hold one of two."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: its look, what is told of it, what to do, and whether it is one in its context.

    A text without any of the words that ``needs`` matches cannot have it.
    """

    pattern: re.Pattern[str]
    needs: re.Pattern[str]
    message: str
    hint: str = _AS_PRINTED
    is_one: Callable[[re.Match[str], Context], bool] = _anywhere


_TEMPLATE, _FILL_IN = "有模板没有填好的地方", "对照原件填上；原件上就是空的，照原文保留"
_UNIT = "镇|乡|街道|县|区|市|省|村|社区|年|月|日|人|件|次|个|场|份|部门|单位|局"
_MASKS = "×ＸXx＊*○〇△_＿"
SLIPS: tuple[Slip, ...] = (
    Slip(
        re.compile(
            rf"(?P<which>[四五六七八九])五(?<![一二三四五六七八九十]..){_Q}\s*(?:普法|法治宣传|法制宣传)"
            r"|第(?P<nth>[四五六七八九])个五年(?:普法|规划)"
        ),
        re.compile("[四五六七九]五|八五|个五年"),
        "普法规划的时期与报告年份不合（“六五”2011—2015，“七五”2016—2020，“八五”2021—2025）",
        is_one=_other_pufa,
    ),
    Slip(
        re.compile(
            r"(?:(?:(?P<named>20\d\d)年|今年|本年度?|当前|目前|现阶段)[^。；！？\n]{0,8}?(?:是|为|正值|处于|系)|正值|正处于)"
            rf"[^。；！？\n]{{0,8}}?{_Q}十(?P<which>[二三四五])五{_Q}[^。，；！？\n]{{0,8}}?"
            r"(?P<stage>开局|起步|第一年|收官|最后一年|决胜|承上启下|关键|中期|时期|期间|之年)"
        ),
        re.compile("十[二三四五]五"),
        "五年规划的时期与报告年份不合（“十三五”2016—2020，“十四五”2021—2025）",
        is_one=_other_plan,
    ),
    Slip(
        re.compile("习近平(?:新时代)?法制思想|习近平法冶思想"),
        re.compile("习近平法[制冶]|新时代法制"),
        "应为「习近平法治思想」",
    ),
    Slip(re.compile("法制政府"), re.compile("法制政府"), "应为「法治政府」"),
    Slip(
        re.compile("法制(?:中国|国家(?!机关)|社会(?!化))|依法制(?:国|省|市|县|区|镇|乡|村)"),
        re.compile("法制[中国社省市县区镇乡村]"),
        "「法制」应为「法治」",
    ),
    Slip(re.compile("法[冶洽]"), re.compile("法[冶洽]"), "「法治」的「治」错成了别的字"),
    Slip(
        re.compile("[学述执司守用普]法治度(?!量)"),
        re.compile("法治度"),
        "「法制度」错成了「法治度」，可能是整篇替换「法制」时带进去的",
    ),
    Slip(
        re.compile(r"习近平新时代中国特色社会主义(?![^，。；、\n]{0,6}思想|理论)"),
        re.compile("习近平新时代"),
        "「习近平新时代中国特色社会主义思想」缺了「思想」",
    ),
    Slip(
        re.compile(r"20(?<!\d20)(\d\d)年?\s*[-—－–~～至]{1,2}\s*20\1(?=\s*[年)）])"),
        re.compile("20"),
        "起止年份相同，可能是整篇替换年份时带进去的",
    ),
    Slip(
        re.compile(
            rf"[xXＸ×](?<![A-Za-z\d×].)(?=镇|乡|街道|县|村|社区|司法所|年|月|名|件|次)|[×ＸXx＊](?<![A-Za-z\d×Ｘ＊].)[×ＸXx＊]+(?={_UNIT})"
            rf"|[○〇△]{{2}}(?=镇|乡|街道|县|区|市|村)|\*(?<![*\d].)\*\*+(?![*\d])"
            r"|20\d[XxＸ×*＊_＿]\s*年|20[XxＸ×*＊_＿]{2}\s*年|_(?<![_A-Za-z0-9]_)__+|＿{2,}"
        ),
        re.compile(f"[{_MASKS}]"),
        _TEMPLATE,
        _FILL_IN,
    ),
    Slip(
        re.compile(
            r"[（(【\[](?:镇名|乡名|街道名|[乡镇村]{1,2}名称|街道名称|单位名称|姓名|填写[^）)】\]\n]{0,20}|此处[^）)】\]\n]{0,20}"
            r"|请[^）)】\]\n]{0,12}填[^）)】\]\n]{0,12}|待[补填定][^）)】\]\n]{0,12}|具体(?:数字|数据|时间|内容))[）)】\]]"
            r"|某某(?<![\u4e00-\u9fff]..)(?=镇|乡|街道|县|区|市|村)|此处(?:填写|插入|补充)"
        ),
        re.compile("[镇乡]名|名称|姓名|填|待补|待定|具体|此处|某某"),
        _TEMPLATE,
        _FILL_IN,
    ),
)
"""Sources: 全国普法工作的历次五年规划, 国民经济和社会发展五年规划, and what reports are seen to get wrong."""
WRONG_KIND_TITLE = re.compile(
    "(?P<kind>政府信息公开|政务公开|预算|决算|政府工作|述职述廉|党风廉政|安全生产|意识形态)(?:工作)?(?:年度|情况|的)*(?:工作)?(?:报告|年报|总结)"
)
DISCLOSURE_TABLES = re.compile(
    "主动公开政府信息情况|收到和处理政府信息公开申请情况|(?:因政府信息公开工作被申请|政府信息公开)行政复议、(?:提起)?行政诉讼情况"
)
"""Fixed headings of the 政府信息公开工作年度报告 (政府信息公开条例, Art. 50)."""
_TABLES = 2


def known_slip(filing: Filing) -> Iterator[Problem]:
    """常见的错误应当核对：过期的普法规划、「法制政府」之类、没有填好的模板、交错了的报告。

    例：扎实推进“七五”普法工作。
    改法：与原件核对，转换时弄错的改回原样，原件如此就不改；交错了报告的换成法治政府建设年度报告。
    """
    lines = TextLines(filing)
    for slip in SLIPS:
        yield from _of_slip(lines, slip)
    yield from _in_title(filing)
    yield from _wrong_kind(lines)


def _of_slip(lines: TextLines, slip: Slip) -> Iterator[Problem]:
    """Tell the first of a slip on each line, and how many there are."""
    for place, words, times in gather(_finds(lines, slip)):
        named = _MARKS.sub("", words)
        yield lines.problem(place, "known_slip", "warning", f"「{named}」：{slip.message}{times}", slip.hint)


def _finds(lines: TextLines, slip: Slip) -> Iterator[tuple[tuple[int, int], str]]:
    text = lines.filing.text
    if not slip.needs.search(text):
        return
    for match in slip.pattern.finditer(text):
        line, column = lines.place(match.start())
        around = text[max(match.start() - _NEAR, match.start() - column + 1) : match.end() + _NEAR].partition("\n")[0]
        if not lines.is_image(line) and slip.is_one(match, Context(lines.filing.year, lines.role(line), around)):
            yield (line, column), match.group()


def _in_title(filing: Filing) -> Iterator[Problem]:
    title = filing.report.record.title or ""
    for slip in SLIPS:
        match = slip.pattern.search(title)
        if match and slip.is_one(match, Context(filing.year, "preamble", title)):
            message = f"题名里的「{match.group()}」：{slip.message}"
            yield filing.in_record(("title",), "known_slip", "warning", message, slip.hint)


def _wrong_kind(lines: TextLines) -> Iterator[Problem]:
    """Tell a report of another kind: by its title, or by the tables that it must have."""
    hint = "本站只收法治政府建设年度报告；放错了就换成那一份"
    filing = lines.filing
    title = filing.report.record.title or ""
    if (match := WRONG_KIND_TITLE.search(title)) and "法治" not in title and "依法行政" not in title:
        message = f"题名写的是「{match.group()}」，不像法治政府建设年度报告"
        yield filing.in_record(("title",), "known_slip", "warning", message, hint)
        return
    tables = [section for section in filing.report.sections if DISCLOSURE_TABLES.search(section.heading)]
    if len(tables) >= _TABLES:
        message = f"有「{tables[0].heading}」等章节，像是政府信息公开工作年度报告"
        yield lines.problem((tables[0].line, 1), "known_slip", "warning", message, hint)
