"""The rule on the numbers of items within the text: 一是, 首先, 1., （1）, ①; headings have a rule of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.content.load import Filing
from generator.content.numbering import read_label
from generator.model import Passage, Problem, Section

_H = "一二三四五六七八九十"
_STOP = "。；;：:！？!?\n"
_BEHIND = f"(?<![^{_STOP}].)"
"""Said behind the first character of a mark: before it stands a stop, or nothing."""
_BEHIND_COMMA = f"(?<![^{_STOP}，,”」）)\\s].)"
_Family = tuple[str, re.Pattern[str]]
_FAMILIES: tuple[_Family, ...] = (
    ("shi", re.compile(rf"[{_H}](?=[{_H}]{{0,2}}[是要]){_BEHIND_COMMA}[{_H}]{{0,2}}(?:是|要(?![求素点件务闻]))")),
    ("di", re.compile(rf"第{_BEHIND}[{_H}]{{1,3}}[，,、]")),
    ("circled", re.compile(rf"[①-⑳]{_BEHIND_COMMA}")),
    ("digit_bracket", re.compile(rf"[（(]{_BEHIND}\d{{1,2}}[)）]")),
    ("han_bracket", re.compile(rf"[（(]{_BEHIND}[{_H}]{{1,3}}[)）]")),
    ("digit", re.compile(rf"\d{_BEHIND}\d?(?:[、．]|\.(?!\d))")),
    ("han", re.compile(rf"^[{_H}]{{1,3}}、(?![{_H}][级线类等号档期]|[{_H}]{{1,3}}[月日])", re.MULTILINE)),
)
"""What numbers an item, and where: each kind is a list of its own."""
_ORDINAL = re.compile(rf"[{_H}]+|\d+|[①-⑳]")
_FIRST = re.compile("首先[，,]|首先是|首要的?是|[第其]一[，,是]|一是|一方面|主要")
_NEXT = re.compile("其次[，,]|其次是")
_AFTER_FIRST = re.compile("其次|再次|然后|最后|再者|接着|随后|同时|此外|另外|第二|其二|二是|而且|还")
_LONE_FIRST = re.compile("(?<![^。；;：:！？!?\\s])首先[，,]")
_RULE = "item_numbers"
_HINT, _AS_PRINTED = "与原件核对是否漏了或错了一项；原件如此就不改", "与原件核对；原件如此就不改"


class _Mark(NamedTuple):
    family: str
    printed: str
    ordinal: int
    starts: bool


@dataclass(slots=True)
class _Series:
    """What came last in a family of marks.

    ``outer``: at the beginning of a passage; ``stack``: in the passage at hand, the list and one list within it;
    ``ended``: at the end of the passage before.
    """

    outer: int = 0
    stack: list[int] = field(default_factory=list)
    ended: int = 0
    printed: str = ""

    def begin_passage(self) -> None:
        if self.stack:
            self.ended = self.stack[-1]
        self.stack = []

    def fault(self, mark: _Mark) -> str | None:
        """Take a mark; say what is wrong where it follows no mark of its list, of the list around, or of the text before."""
        expected = {1, *(each + 1 for each in self.stack)}
        if mark.starts or not self.stack:
            expected |= {self.outer + 1, self.ended + 1}
        told = f"「{self.printed}」之后是「{mark.printed}」" if self.printed else f"「{mark.printed}」前面没有第一项"
        self.printed = mark.printed
        if mark.starts:
            self.outer = mark.ordinal
        if mark.ordinal == 1:
            self.stack = [*self.stack[-1:], 1]
        elif len(self.stack) > 1 and mark.ordinal != self.stack[-1] + 1 and mark.ordinal == self.stack[0] + 1:
            self.stack = [mark.ordinal]
        else:
            self.stack = [*self.stack[:-1], mark.ordinal]
        return None if mark.ordinal in expected else told


def item_numbers(filing: Filing) -> Iterator[Problem]:
    """分项的序号（一是、首先、1. 等）应当连续、写法一致；照原文保留，不改写。

    例：一是组织学法。二是规范执法。四是化解纠纷。
    改法：与原件核对是否漏了一项，原件如此就不改。
    """
    last: dict[str, int] = {}
    families = [each for each in _FAMILIES if each[1].search(filing.text)]
    for section in filing.report.sections:
        yield from _in_section(filing, section, families, last)
        yield from _first_and_next(filing, section)
    yield from _stops_mixed(filing)


def _in_section(
    filing: Filing, section: Section, families: Sequence[_Family], last: dict[str, int]
) -> Iterator[Problem]:
    """Follow the marks through a section; numbers may run on from the section before (``last``)."""
    series = {family: _Series(outer) for family, outer in last.items()}
    for passage in _passages(section):
        for each in series.values():
            each.begin_passage()
        marks = _marks(passage.text, families)
        faults = [told for mark in marks if (told := series.setdefault(mark.family, _Series()).fault(mark))]
        if faults:
            more = f"，这一段共 {len(faults)} 处" if len(faults) > 1 else ""
            yield filing.in_text(passage.line, _RULE, "note", f"分项的序号不连续：{faults[0]}{more}", _HINT)
    last.update({family: each.outer for family, each in series.items() if each.outer})


def _first_and_next(filing: Filing, section: Section) -> Iterator[Problem]:
    """Tell 其次 without a first, and 首先 that nothing follows."""
    seen_first = False
    lone: Passage | None = None
    for passage in _passages(section):
        if (
            (match := _NEXT.search(passage.text))
            and not seen_first
            and not _FIRST.search(passage.text, 0, match.start())
        ):
            yield filing.in_text(passage.line, _RULE, "note", "有「其次」，前面没有「首先」", _HINT)
        seen_first = seen_first or _FIRST.search(passage.text) is not None
        if match := _LONE_FIRST.search(passage.text):
            lone = None if _AFTER_FIRST.search(passage.text, match.end()) else passage
        elif lone and _AFTER_FIRST.search(passage.text):
            lone = None
    if lone:
        yield filing.in_text(lone.line, _RULE, "note", "有「首先」，后面没有「其次」之类", _HINT)


def _stops_mixed(filing: Filing) -> Iterator[Problem]:
    """Tell numbers of one list that are printed with different stops: 「1、」 and 「1.」."""
    styles: dict[tuple[int, str], str] = {}
    for line, level, text in _numbered(filing):
        found = read_label(text)
        if found is None:
            continue
        label = found[0]
        stop = label.printed[-1]
        known = styles.setdefault((level, label.style), stop)
        if level and label.ordinal == 1:
            known = styles[level, label.style] = stop
        if stop != known:
            message = f"序号后面的标点不一致：前面用「{known}」，这里是「{label.printed}」"
            yield filing.in_text(line, _RULE, "note", message, _AS_PRINTED)
            styles[level, label.style] = stop


def _numbered(filing: Filing) -> Iterator[tuple[int, int, str]]:
    """Walk the lines that may bear a number: headings with their levels, passages with 0."""
    for section in filing.report.sections:
        if section.level:
            yield section.line, section.level, f"{section.number}{section.heading}"
        for passage in _passages(section):
            yield passage.line, 0, passage.text


def _passages(section: Section) -> Iterator[Passage]:
    return (passage for passage in section.passages if passage.kind in {"paragraph", "item"})


def _marks(text: str, families: Sequence[_Family]) -> Iterator[_Mark]:
    for family, pattern in families:
        for match in pattern.finditer(text):
            found = _ORDINAL.search(match.group())
            if found and (ordinal := _value(found.group())):
                yield _Mark(family, match.group(), ordinal, match.start() == 0)


def _value(digits: str) -> int:
    """Return what a number says: 十二, 12, ⑫; 0 where it says none (八五)."""
    if digits.isdecimal():
        return int(digits)
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    label = read_label(f"（{digits}）")
    return label[0].ordinal if label and ("十" in digits or len(digits) == 1) else 0
