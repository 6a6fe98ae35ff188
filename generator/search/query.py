"""What a reader types -> what is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.search.folding import Folding, fold

LONGEST = 200
MOST_TERMS = 12
_TERM = re.compile(r'(-?)"([^"]+)"(?=[ \t\r\n]|\Z)|([^ \t\r\n]+)')
"""A quoted term, spaces and all, or what stands between spaces; what no quotes close are signs like others."""

QueryProblem = Literal["empty", "too_long", "too_many"]


@dataclass(frozen=True, slots=True)
class Term:
    """A term to be found as it is, folded; only one that is not quoted stands for other names too."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be there, and terms that must not; or why nothing can be looked for."""

    terms: tuple[Term, ...] = ()
    without: tuple[str, ...] = ()
    problem: QueryProblem | None = None


def parse_query(typed: str, folding: Folding) -> Query:
    """Read what was typed. Punctuation counts like any other character; a term behind ``-`` must not be there.

    Where nothing but excluded terms was typed, the ``-`` is taken for what it is: a sign to be found.
    """
    folded = fold(typed, folding).strip(" \t\r\n")
    if len(folded) > LONGEST:
        return Query(problem="too_long")
    terms: dict[Term, None] = {}
    without: dict[str, None] = {}
    for minus, quoted, plain in _TERM.findall(folded):
        if minus and quoted:
            without[quoted] = None
        elif len(plain) > 1 and plain.startswith("-"):
            without[plain[1:]] = None
        else:
            terms[Term(quoted, quoted=True) if quoted else Term(plain)] = None
    if not terms:
        terms, without = {Term(folded): None} if folded else {}, {}
    if not terms:
        return Query(problem="empty")
    if len(terms) + len(without) > MOST_TERMS:
        return Query(problem="too_many")
    return Query(tuple(terms), tuple(without))
