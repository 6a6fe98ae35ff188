"""How near clauses are to one another: the likeness of their words, many pairs at once, bounded on odd texts."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Postfix, Prefix

from generator.comparing.sections import Pair
from generator.comparing.sides import Words

MOST_PAIRS, MOST_CELLS = 100_000, 1_000_000_000
"""So many pairs of clauses, and of their characters, are compared at most; of odd texts with more, only the first clauses."""
LEAST = 50.0
"""Clauses less alike than this are different ones."""
CONTAINED, SHORTEST, END, MOST_ALIKE = 0.8, 6, 3, 20
"""What begins and ends as something longer does, for so much of it, with so many characters at least."""
AS_LIKE = 60.0
"""So alike are they taken to be."""
NUMBERS, PER_CENT = 0.001, 100.0
"""How little the numbers in clauses weigh beside their words."""
WORTHLESS = 40.0
"""What a candidate must have before it adds to a way through both reports."""


class Candidate(NamedTuple):
    """Two clauses that may be the same, and how alike they are, from 0 to 100."""

    old: int
    new: int
    likeness: float

    @property
    def pair(self) -> Pair:
        """The two."""
        return self.old, self.new


class Nearness:
    """The likeness of the clauses of two reports that are left, given by their places.

    It is 2 × the longest common subsequence ÷ both lengths, in per cent, of the folded words with every number as 0
    (``wordings``, by their places); between equally near ones the numbers decide (``folds``, with them).
    """

    def __init__(self, wordings: tuple[Words, Words], folds: tuple[Words, Words]) -> None:
        old, new = wordings
        mine, others = _first(old, new), _first(new, old)
        self.complete = len(mine) == len(old) and len(others) == len(new)
        firsts, seconds = [old[each] for each in mine], [new[each] for each in others]
        likeness: dict[Pair, float] = {}
        if firsts and seconds:
            scores = process.cdist(firsts, seconds, scorer=fuzz.ratio, score_cutoff=LEAST, dtype=np.float32)
            rows, columns = scores.nonzero()
            for row, column, score in zip(rows.tolist(), columns.tolist(), scores[rows, columns].tolist(), strict=True):
                likeness[mine[row], others[column]] = score
            for row, column, score in _extended(firsts, seconds):
                pair = mine[row], others[column]
                likeness[pair] = max(score, likeness.get(pair, 0.0))
        self._found = [
            Candidate(*pair, score - NUMBERS * (PER_CENT - fuzz.ratio(folds[0][pair[0]], folds[1][pair[1]])))
            for pair, score in sorted(likeness.items())
        ]

    def candidates(self, least: float) -> Iterator[Candidate]:
        """Walk the pairs that are at least so alike."""
        return (each for each in self._found if each.likeness >= least)

    def mutual(self, least: float) -> Iterator[Pair]:
        """Walk the pairs of which each is nearest to the other, and to no third as near."""
        best: tuple[dict[int, list[Candidate]], dict[int, list[Candidate]]] = ({}, {})
        for each in self.candidates(least):
            for nearest, place in ((best[0], each.old), (best[1], each.new)):
                known = nearest.setdefault(place, [each])
                if each.likeness > known[0].likeness:
                    nearest[place] = [each]
                elif each is not known[0] and each.likeness == known[0].likeness:
                    known.append(each)
        for candidates in best[0].values():
            if len(candidates) == 1 and best[1][candidates[0].new] == candidates:
                yield candidates[0].pair


@dataclass(frozen=True, slots=True)
class _End:
    """The best way to end at a candidate: what all on the way weigh, and the one before."""

    weight: float
    candidate: Candidate
    before: _End | None


def best_in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that weigh most together, rising in both reports; near ones weigh more than several weak ones.

    Candidates come by their old places. n log n, with n candidates.
    """
    ends: list[int] = []
    ways: list[_End] = []
    pending: list[_End] = []
    current = -1
    for each in sorted(candidates, key=lambda each: each.pair):
        if each.old != current:
            _enter(ends, ways, pending)
            pending, current = [], each.old
        place = bisect_left(ends, each.new)
        before = ways[place - 1] if place else None
        pending.append(_End((before.weight if before else 0.0) + each.likeness - WORTHLESS, each, before))
    _enter(ends, ways, pending)
    found: list[Candidate] = []
    way = ways[-1] if ways else None
    while way:
        found.append(way.candidate)
        way = way.before
    return found[::-1]


def _enter(ends: list[int], ways: list[_End], pending: Sequence[_End]) -> None:
    """Enter ways into the frontier: rising in the new place and in weight."""
    for way in pending:
        place = bisect_left(ends, way.candidate.new)
        if place and ways[place - 1].weight >= way.weight:
            continue
        last = place
        while last < len(ends) and ways[last].weight <= way.weight:
            last += 1
        ends[place:last] = [way.candidate.new]
        ways[place:last] = [way]


def _first(words: Words, others: Words) -> list[int]:
    """Return the places of the clauses that are compared: all, unless both together are too many or too long."""
    if len(words) * len(others) <= MOST_PAIRS and _characters(words) * _characters(others) <= MOST_CELLS:
        return list(words)
    left, found = int(MOST_CELLS**0.5), list[int]()
    for place, text in itertools.islice(words.items(), int(MOST_PAIRS**0.5)):
        left -= len(text)
        if left < 0:
            break
        found.append(place)
    return found


def _characters(words: Words) -> int:
    return sum(map(len, words.values()))


def _extended(firsts: Sequence[str], seconds: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Walk the pairs of which one begins and ends as the other does, for nearly all of it: it was extended or shortened."""
    ends: dict[str, list[int]] = {}
    for column, words in enumerate(seconds):
        for end in {f"^{words[:END]}", f"{words[-END:]}$"}:
            ends.setdefault(end, []).append(column)
    for row, words in enumerate(firsts):
        for column in {
            each for end in (f"^{words[:END]}", f"{words[-END:]}$") for each in ends.get(end, [])[:MOST_ALIKE]
        }:
            shorter, longer = sorted((words, seconds[column]), key=len)
            if len(shorter) >= SHORTEST and (share := _share_of_ends(shorter, longer)) >= CONTAINED:
                yield row, column, AS_LIKE * share


def _share_of_ends(shorter: str, longer: str) -> float:
    start = Prefix.similarity(shorter, longer)
    return (start + Postfix.similarity(shorter[start:], longer)) / len(shorter)
