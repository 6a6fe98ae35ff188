"""Which clauses of the new report continue which of the old: equal ones wherever they stand, then near ones."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.comparing.folding import wording
from generator.comparing.halves import find_halves
from generator.comparing.nearness import Candidate, Nearness, best_in_order
from generator.comparing.sections import Correspondence, Pair, match_sections
from generator.comparing.sides import Side, Words

STRONG, NEAR, NEAR_ELSEWHERE, NEAR_SHORT = 80.0, 50.0, 60.0, 75.0
"""Likeness in per cent from which two clauses are the same: anywhere, if each is nearest to the other; in sections that
correspond; in two other sections; there, where one of them is short."""
SHORT = 8
Places = list[int]


class Match(NamedTuple):
    """Clauses of both reports that are the same, by their places; ``moved``: they stand elsewhere than before.

    ``has_same_words``: nothing but noise tells them apart.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool
    has_same_words: bool


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The pairs found so far, both ways."""

    forth: dict[int, int]
    back: dict[int, int]

    def add(self, first: int, second: int) -> None:
        self.forth[first] = second
        self.back[second] = first

    def is_free(self, first: int, second: int) -> bool:
        return first not in self.forth and second not in self.back


def match_clauses(old: Side, new: Side) -> tuple[list[Match], bool]:
    """Match the clauses of two reports; tell whether all that was left was compared, which is not so for odd long texts."""
    pairs = _Pairs({}, {})
    _match_unique(pairs, _by_words(old, dict(enumerate(old.texts))), _by_words(new, dict(enumerate(new.texts))))
    old_words = old.folded(place for place in range(len(old.texts)) if place not in pairs.forth)
    new_words = new.folded(place for place in range(len(new.texts)) if place not in pairs.back)
    repeated = _match_unique(pairs, _by_words(old, old_words), _by_words(new, new_words))
    places = match_sections(old, new, pairs.forth, old_words, new_words)
    _match_headings(pairs, places, old_words, new_words)
    for mine, others in repeated:
        _match_repeated(pairs, places, mine, others)
    left = _left(old, old_words, pairs.forth), _left(new, new_words, pairs.back)
    nearness = Nearness(left, (old_words, new_words))
    _match_near(pairs, places, nearness, lambda each: min(len(left[0][each.old]), len(left[1][each.new])) < SHORT)
    joined = find_halves((old, new), (pairs.forth, pairs.back), left)
    in_order = set(_in_order(pairs, places))
    matches = [
        Match(
            *joined.get((first, second), ((first,), (second,))),
            moved=(first, second) not in in_order,
            has_same_words=old_words.get(first, old.texts[first]) == new_words.get(second, new.texts[second]),
        )
        for first, second in pairs.forth.items()
    ]
    return matches, nearness.complete


def _by_words(side: Side, words: Words) -> dict[tuple[str, bool], Places]:
    """Group places by their words; headings have no counterparts among sentences."""
    found: dict[tuple[str, bool], Places] = {}
    for place, text in words.items():
        found.setdefault((text, side.is_heading(place)), []).append(place)
    return found


def _match_unique(
    pairs: _Pairs, mine: Mapping[tuple[str, bool], Places], others: Mapping[tuple[str, bool], Places]
) -> list[tuple[Places, Places]]:
    """Match what stands once in each report; return the places of what stands in both and is repeated, headings aside."""
    repeated = []
    for words, places in mine.items():
        if other := others.get(words):
            if len(places) == len(other) == 1:
                pairs.add(places[0], other[0])
            elif not words[1]:
                repeated.append((places, other))
    return repeated


def _match_headings(pairs: _Pairs, places: Correspondence, old_words: Words, new_words: Words) -> None:
    """Match the headings of sections that correspond, whatever their words: such a section was renamed.

    Not where the law alone makes them the same, both tell of measures, and nothing that they say is: these are other measures.
    """
    old, new = places.old, places.new
    said = {
        (old.sections[first], new.sections[second])
        for first, second in pairs.forth.items()
        if not old.is_heading(first)
    }
    for heading in old.headings:
        if heading.clause in pairs.forth:
            del pairs.back[pairs.forth.pop(heading.clause)]
    for pair in places.sections.items():
        mine, other = old.headings[pair[0]], new.headings[pair[1]]
        if mine.clause is not None and other.clause is not None:
            words = set(old_words.get(mine.clause, "")), set(new_words.get(other.clause, ""))
            if pair in said or mine.role != "measures" or not (words[0] or words[1]) or words[0] & words[1]:
                pairs.add(mine.clause, other.clause)


def _match_repeated(pairs: _Pairs, places: Correspondence, mine: Places, others: Places) -> None:
    """Match clauses whose words stand several times: in sections that correspond first, then anywhere, each in order."""
    waiting: dict[int | None, deque[int]] = {}
    for second in others:
        waiting.setdefault(places.new.sections[second], deque()).append(second)
    for first in mine:
        if own := waiting.get(places.sections.get(places.old.sections[first])):
            pairs.add(first, own.popleft())
    left = sorted(second for own in waiting.values() for second in own)
    for first, second in zip((first for first in mine if first not in pairs.forth), left, strict=False):
        pairs.add(first, second)


def _left(side: Side, words: Words, pairs: Mapping[int, int]) -> dict[int, str]:
    """Return the words, with every number as 0, of the clauses that have no counterpart yet, headings aside."""
    return {place: wording(text) for place, text in words.items() if place not in pairs and not side.is_heading(place)}


def _match_near(
    pairs: _Pairs, places: Correspondence, nearness: Nearness, is_short: Callable[[Candidate], bool]
) -> None:
    """Match the clauses that are left and near: strongly anywhere, then in order within sections, then out of order."""
    for first, second in nearness.mutual(STRONG):
        pairs.add(first, second)
    inside = [each for each in nearness.candidates(NEAR) if pairs.is_free(*each.pair) and places.in_place(*each.pair)]
    placed = _by_section(pairs, places)
    for crossing in (False, True):  # what crosses no pair that stands in place comes first
        for each in best_in_order([each for each in inside if _crosses(places, placed, each) == crossing]):
            if pairs.is_free(*each.pair):
                pairs.add(*each.pair)
    elsewhere = (
        each for each in nearness.candidates(NEAR_ELSEWHERE) if each.likeness >= NEAR_SHORT or not is_short(each)
    )
    for each in (*_best_first(inside), *_best_first(elsewhere)):
        if pairs.is_free(*each.pair):
            pairs.add(*each.pair)


def _best_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda each: (-each.likeness, each.pair))


def _crosses(places: Correspondence, placed: Mapping[int, Sequence[Pair]], each: Candidate) -> bool:
    """Tell whether a pair would cross one of its section that stands in place."""
    own = placed.get(places.old.sections[each.old], ())
    place = bisect_left(own, each.pair)
    return bool((place and own[place - 1][1] > each.new) or (place < len(own) and own[place][1] < each.new))


def _in_order(pairs: _Pairs, places: Correspondence) -> Iterator[Pair]:
    """Walk the pairs that stand in place."""
    for own in _by_section(pairs, places).values():
        yield from own


def _by_section(pairs: _Pairs, places: Correspondence) -> dict[int, Sequence[Pair]]:
    """Return the pairs that stand in place, by old section: in sections that correspond, as many as keep their order."""
    by_section: dict[int, list[Pair]] = {}
    for pair in sorted(pairs.forth.items()):
        if places.in_place(*pair):
            by_section.setdefault(places.old.sections[pair[0]], []).append(pair)
    return {section: _longest_rising(own) for section, own in by_section.items()}


def _longest_rising(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Return the most of some pairs, which rise in their first place, that rise in their second (Fredman, 1975: n log n)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        place = bisect_left(ends, second)
        ends[place : place + 1] = [second]
        last[place : place + 1] = [index]
        before.append(last[place - 1] if place else -1)
    if len(ends) == len(pairs):  # nearly always
        return pairs
    found: list[Pair] = []
    index = last[-1]
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]
