"""The rule on the year that a text itself says it reports on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from generator.checking.text_lines import TextLines
from generator.comparing.folding import HAN_DIGITS
from generator.content.load import Filing
from generator.model import Problem, Report

_Y = r"(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})"
_YEAR = re.compile(rf"(?<![\d\-－—–~～至到.]){_Y}(?!\d|\s*年?\s*[\-－—–~～至到]\s*\d)")
_YEAR_WITH_WORD = re.compile(rf"(?<![\d\-－—–~～至到.])({_Y})\s*年(?!代|\s*[\-－—–~～至到]\s*\d)")
_TITLES = re.compile("《[^《》\n]{0,200}》")
_STATEMENT = re.compile("现[将就][^。；\n]{0,80}(?:如下|报告|汇报|总结)")
_AND_PLAN = re.compile("打算|计划|思路|安排|要点|谋划")
"""「现将2023年工作总结及2024年工作打算报告如下」: the first of the years is the report's."""
_OPENING = re.compile(rf"({_Y})\s*年度?(?:以?来)?[，,]")
_SINCE = re.compile("以?来")
_WILL = re.compile(rf"({_Y})\s*年[，,]?[^。；，,\n]{{0,12}}(?:[，,][^。；，,\n]{{0,10}})?(?:将|计划|拟|要)")
_SIGNED = re.compile(rf"({_Y})\s*年\s*([\d一二三四五六七八九十]{{1,3}})\s*月")
_EARLIEST_SIGNED = 7
"""A report on a year is not signed in the first half of it: such a date is that of the report on the year before."""
_MONTHS = {
    word: number
    for number, word in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}
_FEWEST = 3
"""A year is what a text speaks of where it is named so often, and the year that it is filed under never."""
_HINT = "核对是否放错了年份：放错了就换文件名，没有放错就不改"


class Claim(NamedTuple):
    """What a text says of its year: the line, what says so, the years that the report may be on by it."""

    line: int
    told: str
    years: frozenset[int]


def year_in_text(filing: Filing) -> Iterator[Problem]:
    """正文自己说的年份应当与文件名的年份相符。

    例：2021年，清河镇推进法治政府建设，现将2021年工作情况报告如下：
    改法：放错了年份就换文件名，原件如此就不改。
    """
    claims = [*_claims(filing.report)]
    wrong = [claim for claim in claims if filing.year not in claim.years]
    for claim in wrong:
        message = f"{claim.told}，这份报告放在 {filing.year} 年"
        yield filing.in_text(claim.line, "year_in_text", "warning", message, _HINT)
    if not claims and (found := _spoken_of(filing)):
        line, year, count = found
        message = f"正文 {count} 处说到 {year} 年，没有一处说到 {filing.year} 年，这份报告放在 {filing.year} 年"
        yield filing.in_text(line, "year_in_text", "warning", message, _HINT)


def _claims(report: Report) -> Iterator[Claim]:
    """Walk what preamble, headings, plan and signature say of the year."""
    yield from _of_preamble(report)
    for section in report.sections:
        heading = section.heading
        years = _years(heading)
        if section.level == 1 and years and section.role in {"measures", "leader_duty", "plan"}:
            before = 1 if section.role == "plan" else 0
            told = f"标题「{section.number}{heading[:20]}」写的是 {max(years)} 年"
            also = years if section.role == "plan" and len(years) > 1 else frozenset()
            yield Claim(section.line, told, frozenset(year - before for year in years) | also)
        if section.role == "plan" and section.passages:
            first = section.passages[0]
            if match := _WILL.match(first.text):
                year = _number(match[1])
                yield Claim(first.line, f"安排说的是 {year} 年", frozenset({year - 1}))
    yield from _of_signature(report)


def _of_preamble(report: Report) -> Iterator[Claim]:
    """Walk what the opening says: 「现将2023年…报告如下」 before all, else the year that it begins with."""
    opening = [passage for section in report.sections[:1] if not section.level for passage in section.passages]
    if not opening and report.sections:
        opening = list(report.sections[0].passages[:1])
    for passage in opening:
        if (match := _STATEMENT.search(passage.text)) and (years := _years(match.group())):
            shown = "、".join(map(str, sorted(years)))
            reported = frozenset({min(years)}) if _AND_PLAN.search(match.group()) else years
            yield Claim(passage.line, f"正文说「现将 {shown} 年…报告如下」", reported)
            return
    if opening and (match := _OPENING.match(opening[0].text)):
        year, named = _number(match[1]), _years(opening[0].text)
        since = _SINCE.search(match.group())
        if not since or year > report.year:
            yield Claim(opening[0].line, f"正文以 {year} 年开头", named)


def _of_signature(report: Report) -> Iterator[Claim]:
    for section in report.sections[-1:]:
        for passage in section.passages:
            if passage.kind == "signature" and (match := _SIGNED.search(passage.text)):
                year = _number(match[1])
                month = _MONTHS.get(match[2]) or (int(match[2]) if match[2].isdecimal() else 0)
                years = {year - 1, year} if month >= _EARLIEST_SIGNED else {year - 1}
                yield Claim(passage.line, f"落款日期是 {year} 年 {month} 月", frozenset(years))


def _spoken_of(filing: Filing) -> tuple[int, int, int] | None:
    """Return where, of which year and how often a text speaks that never speaks of the year that it is filed under."""
    text = _TITLES.sub(lambda match: " " * len(match.group()), filing.text)
    found = [(match.start(), _number(match[1])) for match in _YEAR_WITH_WORD.finditer(text)]
    counts = Counter(year for _, year in found)
    named = _years(filing.report.record.title or "") | counts.keys()
    if not counts or filing.year in named:
        return None
    (year, count), *others = counts.most_common(2)
    if count < _FEWEST or (others and others[0][1] == count) or year == filing.year + 1:
        return None
    first = next(place for place, each in found if each == year)
    return TextLines(filing).place(first)[0], year, count


def _years(text: str) -> frozenset[int]:
    """Return the years that a piece of text names, not those of names of documents, nor of periods."""
    return frozenset(_number(match.group()) for match in _YEAR.finditer(_TITLES.sub("", text)))


def _number(printed: str) -> int:
    return int(printed.translate(HAN_DIGITS))
