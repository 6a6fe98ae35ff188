"""The 「一是…」 items of a passage, and its sentences: where a long passage can be taken apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

Span = tuple[int, int]

_ORDINALS = "一二三四五六七八九十"
_ITEM = re.compile(
    f"(?:(?<=[。；;！？!?：:，,\\s」”）)])|^)(?:([{_ORDINALS}]{{1,3}})(?:是|要)|(首先|其次|再次|最后)(?=[，,]))"
)
_STOPS = "。！？!?；;\n"
_OPENING, _CLOSING = "“《（(「〈『【", "”》）)」〉』】"
_CLOSERS = dict(zip(_OPENING, _CLOSING, strict=True))
_MARK = re.compile(f"[{_STOPS}{_OPENING}{re.escape(_CLOSING)}]")
_LONGEST_QUOTE = 200
"""A quotation that is not closed within so many characters is taken for a stray mark."""


def item_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of a text's items: from each 一是, 二是 … (or 首先, 其次 …) to the next, the words before as one more.

    A text without items is one span; the spans cover the text. Linear in the text.
    """
    starts = [match.start() for match in _ITEM.finditer(text)]
    if len(starts) <= 1:
        return ((0, len(text)),)
    bounds = [*([0] if starts[0] else []), *starts, len(text)]
    return tuple(itertools.pairwise(bounds))


def sentence_spans(text: str) -> Iterator[Span]:
    """Walk the spans of a text's sentences: to 。！？； and line ends; quotes and brackets are kept whole. Linear."""
    start, closer, limit = 0, "", 0
    for match in _MARK.finditer(text):
        index, character = match.start(), match.group()
        if closer and index < limit:
            if character == closer:
                closer = ""
            continue
        closer = ""
        if character in _CLOSERS:
            closer, limit = _CLOSERS[character], index + _LONGEST_QUOTE
        elif character in _STOPS:
            yield start, index + 1
            start = index + 1
    if start < len(text):
        yield start, len(text)
