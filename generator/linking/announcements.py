"""The words that announce a figure, and what they announce in a sentence.

An alias of an indicator is written in a small language: ``{}`` stands for the number with its unit, ``…`` for any words of
the same sentence (up to 80 characters, commas among them), everything else for itself. Between words and a ``{}`` that
they touch there may stand filling words (共、累计、达、约、活动 …, a remark in brackets) and up to four other characters,
but no comma and no other number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from generator.catalogues import Indicator
from generator.content.quantities import Quantity

_WIDEST_GAP = 80
_NUMBERS_IN_A_GAP = 3
_OTHER_CHARACTERS = 4
_LONGEST_FILLING = 40
_STOPS = re.compile("[，,。；;！？!?]")
_STOPS_BEHIND = re.compile("[，,。；;！？!?、]")
"""Behind a number 、 begins the next item of a list: the words after it announce another number."""
_FILLING = re.compile(
    "（[^（）]{0,16}）|不少于|不低于|本年度|大约|将近|接近|超过|达到|多达|高达|至少|不足|不到|累计|共计|总计|合计|一共|总共|"
    "全年|今年|年内|先后|各类|各种|各项|总数|数量|以及|以上|活动|工作|案件|事项|情况|其他|相关|"
    '[共总约近超逾达已了过为是有等各数率余仅只计的：:“”‘’"《》\\s]'
)
_SHARING = ("均", "都", "全部")


@dataclass(frozen=True, slots=True)
class Alias:
    """An alias taken apart: the words before and after the number, in order, and whether the nearest of them touch it.

    ``anchor`` are the words from which the number is looked for, ``text`` all its words together, ``units`` what its number
    may have. ``shares`` tells that the number holds for another indicator as well: an alias says so with 均, 都 or 全部.
    """

    indicator: Indicator
    before: tuple[str, ...]
    after: tuple[str, ...]
    touches_before: bool
    touches_after: bool
    anchor: str
    text: str
    units: frozenset[str]
    shares: bool


@dataclass(frozen=True, slots=True)
class Announcement:
    """An alias found in a sentence with its number.

    ``quantity`` is the place of the number among the sentence's quantities; ``start`` and ``end`` span words and number;
    ``anchor`` is the span of the nearest words, ``distance`` how many other characters part them from the number.
    """

    alias: Alias
    quantity: int
    start: int
    end: int
    anchor: tuple[int, int]
    distance: int


def read_alias(indicator: Indicator, alias: str) -> Alias | None:
    """Take an alias apart, or return None for one that does not say where its number is (``check`` tells it)."""
    left, number, right = _folded(alias).partition("{}")
    before, after = (tuple(words for words in side.split("…") if words) for side in (left, right))
    if not number or "{}" in right or not (before or after):
        return None
    text = "".join((*before, *after))
    return Alias(
        indicator,
        before,
        after,
        touches_before=left[-1:] not in {"", "…"},
        touches_after=right[:1] not in {"", "…"},
        anchor=before[-1] if before else after[0],
        text=text,
        units=frozenset({indicator.unit, *indicator.units}),
        shares=any(word in text for word in _SHARING),
    )


class AnnouncementReader:
    """Finds announcements: one automaton (Aho and Corasick 1975) for the words of all aliases, built once."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        aliases = [read_alias(indicator, alias) for indicator in indicators for alias in indicator.aliases]
        self._anchored: dict[str, list[Alias]] = {}
        for alias in aliases:
            if alias:
                self._anchored.setdefault(alias.anchor, []).append(alias)
        self._words = sorted({words for alias in aliases if alias for words in (*alias.before, *alias.after)})
        self._automaton = AhoCorasick(self._words)

    def read(self, sentence: str, quantities: Sequence[Quantity]) -> Iterator[Announcement]:
        """Walk all announcements of one sentence; a number may have several, of several indicators."""
        folded = _folded(sentence)
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        places: dict[str, list[int]] = {}
        for number, start, _ in found:
            places.setdefault(self._words[number], []).append(start)
        search = _Search(folded, quantities, places)
        units = {quantity.unit for quantity in quantities}
        for number, start, end in found:
            for alias in self._anchored.get(self._words[number], ()):
                if not units.isdisjoint(alias.units):
                    yield from search.announcements(alias, start, end)


class _Search:
    """One sentence: its numbers, and the places of all words in it."""

    def __init__(self, text: str, quantities: Sequence[Quantity], places: dict[str, list[int]]) -> None:
        self._text = text
        self._quantities = quantities
        self._starts = [quantity.start for quantity in quantities]
        self._ends = [quantity.whole_end for quantity in quantities]
        self._places = places

    def announcements(self, alias: Alias, start: int, end: int) -> Iterator[Announcement]:
        """Walk the numbers that an alias announces whose anchor stands at ``start`` to ``end``."""
        for index in self._numbers(alias, start, end):
            quantity = self._quantities[index]
            if quantity.unit not in alias.units:
                continue
            if alias.before:
                distance = self._apart(end, quantity.start, _STOPS if alias.touches_before else None)
                last = self._after(alias, quantity.whole_end)
            else:
                distance = self._apart(quantity.whole_end, start, _STOPS_BEHIND if alias.touches_after else None)
                last = self._chain(alias.after[1:], end)
            first = self._back(alias.before[:-1], start)
            if distance is not None and first is not None and last is not None:
                span = min(first, quantity.start), max(last, quantity.whole_end)
                yield Announcement(alias, index, *span, (start, end), distance)

    def _numbers(self, alias: Alias, start: int, end: int) -> range:
        """Return the numbers to try: the next one, or the next few behind (before) a gap."""
        touching = alias.touches_before if alias.before else alias.touches_after
        most = 1 if touching else _NUMBERS_IN_A_GAP
        if alias.before:
            first = bisect_left(self._starts, end)
            return range(first, min(first + most, len(self._starts)))
        last = bisect_right(self._ends, start)
        return range(max(last - most, 0), last)

    def _apart(self, end: int, start: int, stops: re.Pattern[str] | None) -> int | None:
        """Count the characters that part words and number, filling words aside; None where they do not belong together.

        ``stops`` may not stand between them; None stands for a gap of any words.
        """
        if start == end:
            return 0
        if stops is None:
            return start - end if start - end <= _WIDEST_GAP else None
        between = self._text[end:start]
        if len(between) > _LONGEST_FILLING or stops.search(between):
            return None
        count = len(_FILLING.sub("", between))
        return count if count <= _OTHER_CHARACTERS else None

    def _after(self, alias: Alias, end: int) -> int | None:
        """Find the words of an alias behind its number; return where they end."""
        if not alias.after:
            return end
        places = self._places.get(alias.after[0], [])
        index = bisect_left(places, end)
        stops = _STOPS_BEHIND if alias.touches_after else None
        if index == len(places) or self._apart(end, places[index], stops) is None:
            return None
        return self._chain(alias.after[1:], places[index] + len(alias.after[0]))

    def _chain(self, pieces: Sequence[str], end: int) -> int | None:
        """Find pieces one behind the other with gaps between; return where the last ends."""
        for piece in pieces:
            places = self._places.get(piece, [])
            index = bisect_left(places, end)
            if index == len(places) or places[index] - end > _WIDEST_GAP:
                return None
            end = places[index] + len(piece)
        return end

    def _back(self, pieces: Sequence[str], start: int) -> int | None:
        """Find pieces one before the other, from the last; return where the first starts."""
        for piece in reversed(pieces):
            places = self._places.get(piece, [])
            index = bisect_right(places, start - len(piece)) - 1
            if index < 0 or start - len(piece) - places[index] > _WIDEST_GAP:
                return None
            start = places[index]
        return start


def _folded(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")


def best_announcements(announcements: Iterable[Announcement]) -> list[Announcement]:
    """Choose what each number means: the nearest words win, then the longer ones, then the longer alias.

    A number has one indicator, and others only through aliases that share (均); the same words announce one number for an
    indicator. Of several aliases of the indicator, the one that needs the shortest stretch is kept.
    """
    shortest: dict[tuple[str, int], Announcement] = {}
    used: set[tuple[str, int]] = set()
    taken: set[int] = set()
    for each in sorted(announcements, key=_rank):
        name, alias = each.alias.indicator.id, each.alias
        words = [(name, place) for place in range(*each.anchor)]
        if kept := shortest.get((name, each.quantity)):
            shortest[name, each.quantity] = min(kept, each, key=lambda known: known.end - known.start)
        elif used.isdisjoint(words) and (alias.shares or each.quantity not in taken):
            shortest[name, each.quantity] = each
            used.update(words)
            if not alias.shares:
                taken.add(each.quantity)
    return list(shortest.values())


def _rank(each: Announcement) -> tuple[int, int, int, bool, int]:
    alias = each.alias
    return each.distance, -len(alias.anchor), -len(alias.text), not alias.before, each.end - each.start
