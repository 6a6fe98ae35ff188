"""Snippets: the words round what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.search.folding import Folding, fold

BEFORE = 24
LONGEST = 96
ELLIPSIS = "…"
_BREAKS = {ord(each): " " for each in "\n\t\r"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some words of a text, and where in them the terms stand (start, end)."""

    words: str
    marks: tuple[tuple[int, int], ...]


def cut_snippet(text: str, terms: Sequence[str], folding: Folding) -> Snippet:
    """Cut the words round the first term from a text; a text without any is shown from its beginning."""
    plain = text.translate(_BREAKS)
    folded = fold(plain, folding)
    places = [place for term in terms if (place := folded.find(term)) >= 0]
    first = min(places, default=0)
    start = 0 if len(plain) <= LONGEST else max(0, min(first - BEFORE, len(plain) - LONGEST))
    end = min(len(plain), start + LONGEST)
    before, after = ELLIPSIS if start else "", ELLIPSIS if end < len(plain) else ""
    shift = len(before) - start
    marks = [(a + shift, min(b, end) + shift) for a, b in find_marks(folded, terms) if start <= a < end]
    return Snippet(before + plain[start:end] + after, tuple(marks))


def find_marks(folded: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return where terms stand in a folded text, those that touch or overlap as one, in order."""
    found: list[tuple[int, int]] = []
    for term in terms:
        place = folded.find(term)
        while place >= 0:
            found.append((place, place + len(term)))
            place = folded.find(term, place + len(term))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
