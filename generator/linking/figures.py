"""The figures of a report: proposals read from its text by the indicator catalogue, and where recorded ones stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from generator.catalogues import Indicator
from generator.content.quantities import Quantity, read_quantities
from generator.content.quotes import quote_places
from generator.linking.announcements import Announcement, AnnouncementReader, best_announcements
from generator.linking.sentences import Sentence, read_sentences
from generator.linking.table_lines import table_lines
from generator.linking.totals import is_overruled, is_promise, objection, of_another_year
from generator.model import Figure, Passage, Report

_NONE_WORDS = re.compile("[尚暂均并]?无|尚?未(?:发生|出现|收到|受理|产生|引发|接到)?|没有(?:发生|出现)?|零|不存在")
_ZERO_GAP = "[^，。；]{0,12}"
_SAME_UNITS = (
    frozenset({"次", "场", "场次", "期", "轮", "堂", "节", "班次", "期次"}),
    frozenset({"名", "人", "位"}),
    frozenset({"件", "起", "宗", "例", "桩", "件次"}),
    frozenset({"份", "册", "本", "张"}),
    frozenset({"批次", "批"}),
    frozenset({"个", "处", "所", "家", "块"}),
    frozenset({"学时", "课时", "小时"}),
    frozenset({"幅", "块", "张", "面", "条"}),
)
"""Units that count the same: a figure takes the indicator's own, so that townships can be compared."""


@dataclass(frozen=True, slots=True)
class FigureMark:
    """Where the number of a recorded figure stands: its words alone, in a passage; ``figure`` counts the record's figures."""

    passage: str
    start: int
    end: int
    figure: int


class FigureReader:
    """Proposes the figures of reports; built once from the catalogue."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self._announcements = AnnouncementReader(indicators)
        self._denials = [(each, _denial(phrase)) for each in indicators for phrase in each.zero]
        self._denying = AhoCorasick([phrase.partition("…")[0] for each in indicators for phrase in each.zero])

    def propose(self, report: Report) -> tuple[Figure, ...]:
        """Return what a report's passages state, in document order, unconfirmed. Linear in the text.

        ``plan`` sections state nothing yet. The same indicator with the same value is proposed once; with another value
        each is proposed.
        """
        proposals: dict[tuple[str, float], Figure] = {}
        for section in report.sections:
            for passage in section.passages if section.role != "plan" else ():
                for figure in self._passage_figures(passage, report.year):
                    proposals.setdefault((figure.indicator, figure.value), figure)
        return tuple(proposals.values())

    def _passage_figures(self, passage: Passage, year: int) -> Iterator[Figure]:
        if passage.kind == "table":
            for row, line in table_lines(passage.rows, year):
                figures = (replace(figure, quote=row) for figure in self._line_figures(line, year))
                yield from (figure for figure in figures if number_span(row, figure))
        elif passage.kind in {"paragraph", "item"}:
            yield from self._line_figures(passage.text, year)

    def _line_figures(self, text: str, year: int) -> Iterator[Figure]:
        for sentence in read_sentences(text):
            found = [*self._stated(sentence, year), *self._denied(sentence, year)]
            for _, figure in sorted(found, key=lambda each: each[0]):
                yield figure

    def _stated(self, sentence: Sentence, year: int) -> Iterator[tuple[int, Figure]]:
        """Walk the figures of a sentence with the places of their numbers."""
        quantities = sentence.quantities
        if not quantities:
            return
        found = list(self._announcements.read(sentence.text, quantities))
        starts = {each.quantity: quantities[each.quantity].start for each in found}
        objections = {
            index: objection(sentence.clause_before(start), sentence.before(start), year)
            for index, start in starts.items()
        }
        announced = (
            each
            for each in found
            if (objected := objections[each.quantity]) is None or is_overruled(objected, each.alias.text)
            if not _is_excluded(each.alias.indicator, sentence.stretch(each.start, each.end))
        )
        for each in _wholes(sentence, best_announcements(announced)):
            indicator, quantity = each.alias.indicator, quantities[each.quantity]
            quote = sentence.stretch(each.start, each.end)
            unit = _figure_unit(indicator, quantity)
            yield quantity.start, Figure(indicator.id, quantity.value, unit, quote, quantity.qualifier)

    def _denied(self, sentence: Sentence, year: int) -> Iterator[tuple[int, Figure]]:
        """Walk the zeros of a sentence: what it says not to be."""
        told: set[str] = set()
        for number, start, _ in self._denying.find_matches_as_indexes(sentence.text, overlapping=True):
            indicator, pattern = self._denials[number]
            match = pattern.match(sentence.text, start)
            if match is None or indicator.id in told or of_another_year(sentence.before(start), year):
                continue
            quote = sentence.stretch(*match.span())
            if not is_promise(quote) and not _is_excluded(indicator, quote):
                told.add(indicator.id)
                yield start, Figure(indicator.id, 0, indicator.unit, quote)


def mark_figures(report: Report) -> tuple[FigureMark, ...]:
    """Return where the numbers of ``report.record.figures`` stand; those whose quote or number is not found are left out.

    A quote that would cut a number (「51批次」 in 「551批次」) does not stand there. Several figures may have one span.
    """
    passages = report.passages
    marks = (_mark(passages, index, figure) for index, figure in enumerate(report.record.figures))
    return tuple(mark for mark in marks if mark)


def number_span(quote: str, figure: Figure) -> tuple[int, int] | None:
    """Return the span of the words in a quote that state a figure's value: the number, or 无, 未发生 … for a zero.

    Of several equal numbers it is the last, for the announcing words come first: 受理率100%，办结率100%.
    """
    stating = [quantity for quantity in read_quantities(quote) if _states(quantity, figure, quote)]
    if stating:
        same = [quantity for quantity in stating if _same_unit(quantity.unit, figure.unit)]
        last = (same or stating)[-1]
        return last.start, last.end
    none = _NONE_WORDS.search(quote) if figure.value == 0 else None
    return none.span() if none else None


def _mark(passages: Sequence[Passage], index: int, figure: Figure) -> FigureMark | None:
    span = number_span(figure.quote, figure)
    if span is None:
        return None
    for passage in passages:
        for place in quote_places(passage.text, figure.quote):
            return FigureMark(passage.id, place + span[0], place + span[1], index)
    return None


def _states(quantity: Quantity, figure: Figure, quote: str) -> bool:
    """In a table the scale may stand apart, with the unit: 罚款（万元） 3.6."""
    apart = not quantity.unit and f"万{figure.unit}" in quote
    return quantity.value == figure.value or (apart and round(quantity.value * 10**4, 2) == figure.value)


def _is_excluded(indicator: Indicator, quote: str) -> bool:
    return any(words in quote for words in indicator.excludes)


def _wholes(sentence: Sentence, found: Sequence[Announcement]) -> Iterator[Announcement]:
    """Leave out parts: what follows 其中 after the whole was told, and several numbers of one indicator in one clause."""
    told: dict[str, int] = {}
    wholes: dict[tuple[str, str, int], list[Announcement]] = {}
    for each in sorted(found, key=lambda each: each.quantity):
        indicator, quantity = each.alias.indicator, sentence.quantities[each.quantity]
        if not sentence.tells_a_part(told.setdefault(indicator.id, quantity.end), quantity.start):
            key = indicator.id, _figure_unit(indicator, quantity), sentence.clause_start(quantity.start)
            wholes.setdefault(key, []).append(each)
    for listed in wholes.values():
        if len({sentence.quantities[each.quantity].value for each in listed}) == 1:
            yield listed[0]


def _figure_unit(indicator: Indicator, quantity: Quantity) -> str:
    return indicator.unit if _same_unit(indicator.unit, quantity.unit) else quantity.unit


def _same_unit(one: str, other: str) -> bool:
    return one == other or any(one in units and other in units for units in _SAME_UNITS)


def _denial(phrase: str) -> re.Pattern[str]:
    return re.compile(_ZERO_GAP.join(map(re.escape, phrase.split("…"))))
