"""Clauses that were split in two, and those that were merged of two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from generator.comparing.sections import Pair
from generator.comparing.sides import Side, Words

Joined = tuple[tuple[int, ...], tuple[int, ...]]
"""The places of the old clauses and of the new ones that belong together."""

WHOLE = 70.0
"""So alike, in per cent, must a clause be to its two halves together."""
HALF, NEARLY = 0.7, 0.85
"""So much of each half must stand in it; nearly all of the second, where the first is nearly all."""
GAIN, LEAST_GAIN = 8.0, 1.0
"""By so much must the second half bring the first nearer; by so little, where nearly all of it stands in the clause."""


def find_halves(
    sides: tuple[Side, Side], pairs: tuple[Mapping[int, int], Mapping[int, int]], words: tuple[Words, Words]
) -> dict[Pair, Joined]:
    """Find the pairs that are only half of it: (old, new) -> all clauses that belong together.

    The other half stands beside the first, in the same section, and has no counterpart of its own. Only clauses that are
    no word for word equals, which have their ``words`` here, can have been split or merged; each argument is for both reports.
    """
    (forth, back), (old, new) = pairs, sides
    found: dict[Pair, Joined] = {
        (whole, forth[whole]): ((whole,), halves) for whole, halves in _split(new, pairs, words)
    }
    split = {whole for whole, _ in found}
    for whole, halves in _split(old, (back, forth), (words[1], words[0])):
        if back[whole] not in split:
            found[back[whole], whole] = halves, (whole,)
    return found


def _split(
    others: Side, pairs: tuple[Mapping[int, int], Mapping[int, int]], words: tuple[Words, Words]
) -> Iterator[tuple[int, Pair]]:
    """Walk the clauses of one side that are two on the other, with the two."""
    used: set[int] = set()
    for whole, text in words[0].items():
        half = pairs[0].get(whole)
        if half is None or half not in words[1]:
            continue
        for other in (half + 1, half - 1):
            if other in used or other in pairs[1] or other not in words[1]:
                continue
            halves = min(half, other), max(half, other)
            beside = others.sections[half] == others.sections[other]
            if beside and _is_whole(text, words[1][half], *(words[1][each] for each in halves)):
                used.add(other)
                yield whole, halves
                break


def _is_whole(words: str, known: str, first: str, second: str) -> bool:
    """Tell whether a clause is two others together, of which one is known to be near it."""
    likeness = fuzz.ratio(words, first + second)
    shares = [LCSseq.similarity(words, half) / max(1, len(half)) for half in (first, second)]
    gain = LEAST_GAIN if min(shares) >= NEARLY else GAIN
    return likeness >= max(WHOLE, fuzz.ratio(words, known) + gain) and min(shares) >= HALF
