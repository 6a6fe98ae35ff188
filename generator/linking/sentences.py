"""The sentences of a passage that may state a figure, their numbers, and the clauses between their commas."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.content.quantities import Quantity, read_quantities

_BREAK = re.compile(r"(?:(?<=[。；，：\s])|^)[一二三四五六七八九十]{1,3}是|[。！？!?；;\n]")
_COMMA = re.compile(r"[，：]|(?<!\d)[,:]|[,:](?!\d)")
_PART = re.compile("其中|成功")
"""Between two numbers of one indicator they say that the second is a part of the first: 调解230件，调解成功225件."""
_NONE = re.compile("[无未没零]|不存在")
_LONGEST_CLAUSE = 300
_LOOKED_BACK = 200


@dataclass(frozen=True, slots=True)
class Sentence:
    """What stands between two stops (。！？； or the start of a 「一是…」 item), with its quantities.

    ``commas`` and ``parts`` are the places of its commas and colons, and of 其中 and its like.
    """

    text: str
    quantities: tuple[Quantity, ...]
    commas: tuple[int, ...]
    parts: tuple[int, ...]

    def clause_start(self, place: int) -> int:
        """Return where the clause of a place starts: behind the comma before it."""
        left = bisect_left(self.commas, place)
        return self.commas[left - 1] + 1 if left else 0

    def clause_before(self, place: int) -> str:
        """Return the words of a place's clause before it."""
        return self.text[max(self.clause_start(place), place - _LOOKED_BACK) : place]

    def before(self, place: int) -> str:
        """Return the words of the sentence before a place."""
        return self.text[max(0, place - _LOOKED_BACK) : place]

    def stretch(self, start: int, end: int) -> str:
        """Return the shortest stretch between commas that holds a span; the span alone where no comma is near."""
        right = bisect_left(self.commas, end)
        first, last = self.clause_start(start), self.commas[right] if right < len(self.commas) else len(self.text)
        return self.text[first:last].strip() if last - first <= _LONGEST_CLAUSE else self.text[start:end]

    def tells_a_part(self, start: int, end: int) -> bool:
        """Tell whether 其中 or its like stands between two places."""
        return bisect_left(self.parts, start) < bisect_right(self.parts, end)


def read_sentences(text: str) -> Iterator[Sentence]:
    """Walk the sentences of a text that have a quantity or say that something is not. Linear in the text."""
    start = 0
    for stop in _BREAK.finditer(text):
        yield from _read_sentence(text[start : stop.start()])
        start = stop.end()
    yield from _read_sentence(text[start:])


def _read_sentence(text: str) -> Iterator[Sentence]:
    quantities = read_quantities(text)
    if quantities or _NONE.search(text):
        commas = tuple(match.start() for match in _COMMA.finditer(text))
        parts = tuple(match.start() for match in _PART.finditer(text))
        yield Sentence(text, quantities, commas, parts)
