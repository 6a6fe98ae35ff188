"""The 「一是…」 items of a passage, its sentences, its clauses: where a long passage can be taken apart."""

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
_BEGINS = (
    rf"(?:[{_ORDINALS}](?<=[。；;！？!?：:，,\s」”）)].)[{_ORDINALS}]{{0,2}}[是要]"
    r"|[首其再最](?<=[。；;！？!?：:，,\s」”）)].)[先次后](?=[，,])|[①-⑳](?<!^.)"
    rf"|[（(](?<=[。；;！？!?：:，,\s」”].)(?:\d{{1,2}}|[{_ORDINALS}]{{1,3}})[)）]"
    r"|\d(?<=[。；;：:].)\d?[.、．](?!\d))"
)
"""Where an item of a list begins within a passage: 一是, 首先， ①, （1）; behind a stop or a colon 1."""
_QUOTED = "|".join(
    f"{opening}[^{re.escape(closing)}]{{0,{_LONGEST_QUOTE}}}{re.escape(closing)}"
    for opening, closing in zip(map(re.escape, _OPENING), _CLOSING, strict=True)
)
_SPEECH = rf"[“「『](?<=[：:].)[^”」』]{{0,{_LONGEST_QUOTE}}}[。！？!?][”」』]"
"""What is said, behind a colon, as whole sentences: it ends its clause."""
_MAY_BEGIN = rf"{_ORDINALS}首其再最①-⑳\d"
CLAUSE = re.compile(
    rf"(?:{_BEGINS})?(?:[^{_STOPS}{_OPENING}{_MAY_BEGIN}]++|(?!{_SPEECH}|{_BEGINS})(?:{_QUOTED}|[{_OPENING}{_MAY_BEGIN}]))*+"
    rf"(?:[{_STOPS}]+|{_SPEECH})?"
)


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


def split_clauses(text: str) -> list[str]:
    """Split a text into clauses (分句): its sentences, cut once more where an item of a list begins.

    Quotes and brackets are kept whole. The clauses are the text, joined. Linear.
    """
    return [clause for clause in CLAUSE.findall(text) if clause]
