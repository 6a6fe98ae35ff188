"""Clauses of one year that speak of the same as clauses of another, told by the words that they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from generator.comparing.comparison import Clause
from generator.comparing.folding import fold_clauses
from generator.comparing.words import Cut

MOST_RELATED = 3
_HALF = 2
_TERM = re.compile("[\u4e00-\u9fffA-Za-z0-9]{2,}")


class Related(NamedTuple):
    """A clause that may speak of the same: the terms that both share, rarest first, and the weight of these, 0 to 1."""

    clause: Clause
    terms: tuple[str, ...]
    weight: float


class Clauses(NamedTuple):
    """Clauses of the report of a year."""

    clauses: Sequence[Clause]
    year: int


class Wanted(NamedTuple):
    """How much clauses must share: the least weight, the least terms, and of what: of the one asked for, or of the shorter."""

    weight: float
    terms: int
    of_shorter: bool = False


def find_related(asked: Clauses, others: Clauses, cut: Cut, wanted: Wanted) -> list[tuple[Related, ...]]:
    """Return for each clause that is asked for up to three of the others that share its terms, the nearest first.

    A term weighs the logarithm of how many clauses there are to each that has it (inverse document frequency; K. Spärck
    Jones, 1972): 工作 and 加强 stand everywhere and say nothing. The weight of what is shared is told as a part of the
    weight of all terms of the clause.
    """
    mine, theirs = _terms(asked, cut), _terms(others, cut)
    counts = Counter(term for terms in (*mine, *theirs) for term in terms)
    everywhere = len(mine) + len(theirs)
    weights = {term: math.log(1 + everywhere / count) for term, count in counts.items()}
    search = _Search(others.clauses, theirs, weights, wanted)
    return [search.nearest(clause, terms) for clause, terms in zip(asked.clauses, mine, strict=True)]


def _terms(asked: Clauses, cut: Cut) -> list[frozenset[str]]:
    """Return the terms of clauses; a word of four characters is two of two (力量薄弱), whether the dictionary has it or not."""
    folded = fold_clauses([clause.text for clause in asked.clauses], asked.year)
    found = []
    for text in folded:
        words = [word for word in cut(text) if _TERM.fullmatch(word) and not word.isdigit()]
        halves = [(word[:_HALF], word[_HALF:]) if len(word) == _HALF + _HALF else (word,) for word in words]
        found.append(frozenset(term for half in halves for term in half))
    return found


class _Search:
    """Looks for clauses by their terms."""

    def __init__(
        self, clauses: Sequence[Clause], terms: Sequence[frozenset[str]], weights: Mapping[str, float], wanted: Wanted
    ) -> None:
        self.clauses, self.weights, self.wanted = clauses, weights, wanted
        self.wholes = [self._weight(own) for own in terms]
        self.having: dict[str, list[int]] = {}
        for place, own in enumerate(terms):
            for term in own:
                self.having.setdefault(term, []).append(place)

    def nearest(self, clause: Clause, terms: frozenset[str]) -> tuple[Related, ...]:
        """Return the clauses that share enough with one, the nearest first."""
        shared: dict[int, list[str]] = {}
        for term in sorted(terms, key=lambda term: (-self.weights[term], term)):
            for place in self.having.get(term, ()):
                shared.setdefault(place, []).append(term)
        whole = self._weight(terms)
        found = []
        for place, own in shared.items():
            measured = min(whole, self.wholes[place]) if self.wanted.of_shorter else whole
            weight = round(self._weight(own) / measured, 2)
            if len(own) >= self.wanted.terms and weight >= self.wanted.weight:
                found.append(Related(self.clauses[place], tuple(own), weight))
        ranked = sorted(found, key=lambda each: (-each.weight, -fuzz.ratio(clause.text, each.clause.text)))
        return tuple(ranked[:MOST_RELATED])

    def _weight(self, terms: Iterable[str]) -> float:
        return sum(self.weights[term] for term in terms)
