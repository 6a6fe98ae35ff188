"""Where a quote stands in a text, and what comes nearest to one that does not stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from generator.model import Report

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_CLAUSE = re.compile(r"[^，。！？；\n]+")
_LEAST_LIKENESS = 40.0
NUMERALS = frozenset("0123456789０１２３４５６７８９一二两三四五六七八九十百千万亿零〇")
POINTS = frozenset(".,．，")


def quote_places(text: str, quote: str) -> Iterator[int]:
    """Walk the places where a quote stands whole: 「51批次」 inside 「551批次」 cuts a number and is passed over."""
    place = text.find(quote) if quote else -1
    while place >= 0:
        if not cuts_number(text, place) and not cuts_number(text, place + len(quote)):
            yield place
        place = text.find(quote, place + 1)


def cuts_number(text: str, place: int) -> bool:
    """Tell whether a cut before the character at ``place`` goes through a number."""
    if not 0 < place < len(text):
        return False
    left, right = text[place - 1], text[place]
    if left in NUMERALS and right in NUMERALS:
        return True
    if right in POINTS and left.isdigit():
        return text[place + 1 : place + 2].isdigit() and right not in "，,"
    return left in ".．" and right.isdigit() and text[place - 2 : place - 1].isdigit()


def nearest_sentence(report: Report, quote: str) -> str | None:
    """Return the sentence of a report's headings and passages, or the part of one, that is most like a quote."""
    texts = [section.number + section.heading for section in report.sections]
    texts += [passage.text for passage in report.passages]
    parts = [part for text in texts for pattern in (_SENTENCE, _CLAUSE) for part in pattern.findall(text)]
    found = process.extractOne(quote, parts, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
    return found[0].strip() if found else None
