"""Which section of the new report continues which of the old: reordered and renamed ones still meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from generator.comparing.sides import Heading, Side, Words

Pair = tuple[int, int]

SAME_HEADING, LIKE_HEADING, SAME_ROLE, SAME_LEVEL = 60, 30, 8, 4
"""What headings weigh against the characters of equal clauses: an equal heading as much as one long sentence."""
MOST_WEIGHT = 40
"""A clause weighs no more than this: a long one that moved does not take its section along."""
LEAST_LIKENESS = 60.0
MOST_HEADINGS = 300
"""So many headings of each report that the other has not word for word are compared; no township writes as many."""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The new section that continues each old one, and those that continue one."""

    old: Side
    new: Side
    sections: Mapping[int, int]
    continuing: frozenset[int]

    def same(self, first: int, second: int) -> bool:
        """Tell whether the sections of two clauses correspond."""
        return self.sections.get(self.old.sections[first]) == self.new.sections[second]

    def in_place(self, first: int, second: int) -> bool:
        """Tell whether two clauses stand in the same place; a heading that was dropped, or put in, moves nothing below it."""
        mine, other = self.old.sections[first], self.new.sections[second]
        if self.sections.get(mine) == other:
            return True
        if mine not in self.sections:
            above = self.old.headings[mine].above
            return above is not None and self.sections.get(above) == other
        return other not in self.continuing and self.sections[mine] == self.new.headings[other].above


def match_sections(
    old: Side, new: Side, equal: Mapping[int, int], old_words: Words, new_words: Words
) -> Correspondence:
    """Find the new section of each old one that is continued.

    ``equal`` are clauses of both that are alike word for word, ``old_words`` and ``new_words`` the folded words of those
    that are not. A section is continued where its clauses stand, or by a heading of the same or like words, or, of those
    of level 1 that are left, by the role that the law gives it (「存在的问题」 and 「不足和原因」). Each has one counterpart.
    """
    weights: Counter[Pair] = Counter()
    for first, second in equal.items():
        heading = old.is_heading(first)
        weight = SAME_HEADING if heading else min(MOST_WEIGHT, len(old.texts[first]))
        weights[old.sections[first], new.sections[second]] += weight
    others = _unmatched(new, new_words)
    for i, mine in _unmatched(old, old_words):
        for j, other in others:
            weight = _likeness(mine, other, _words(old_words, mine), _words(new_words, other))
            if weight:
                weights[i, j] += weight
    for i, j in weights:
        weights[i, j] += _kinship(old.headings[i], new.headings[j])
    found: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in sorted(weights, key=lambda pair: (-weights[pair], abs(pair[0] - pair[1]), pair)):
        if i not in found and j not in taken and (old.headings[i].level < 0) == (new.headings[j].level < 0):
            found[i] = j
            taken.add(j)
    return Correspondence(old, new, found, frozenset(taken))


def _unmatched(side: Side, words: Words) -> list[tuple[int, Heading]]:
    """Return the sections whose headings are not known to be equal, by their numbers: of very many the first, and the signature."""
    found = [(number, each) for number, each in enumerate(side.headings) if each.clause is None or each.clause in words]
    return [*found[:MOST_HEADINGS], *(each for each in found[MOST_HEADINGS:] if each[1].clause is None)]


def _words(words: Words, heading: Heading) -> str:
    return "" if heading.clause is None else words[heading.clause]


def _likeness(mine: Heading, other: Heading, words: str, others: str) -> int:
    """Return what two headings whose words are not known to be equal say of their sections; 0 where they say nothing."""
    if mine.level <= 0 or other.level <= 0:  # the preamble, the signature
        return SAME_HEADING if mine.level == other.level else 0
    if words == others:
        return SAME_HEADING
    if likeness := fuzz.ratio(words, others, score_cutoff=LEAST_LIKENESS):
        return round(LIKE_HEADING * likeness / 100)
    return int(mine.level == other.level == 1 and mine.role == other.role != "other")


def _kinship(mine: Heading, other: Heading) -> int:
    return SAME_LEVEL * (mine.level == other.level) + SAME_ROLE * (mine.role == other.role)
