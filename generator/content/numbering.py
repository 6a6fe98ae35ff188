"""Heading numbers as Chinese official documents print them.

GB/T 9704-2012, 7.3.3: 「一、」「（一）」「1.」「（1）」 mark the levels of an official document, in this order.
Real reports misprint them; a label is read as printed, and its style says what it looks like, not what it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["han", "han_bracket", "digit", "digit_bracket"]

STYLE_LEVELS: dict[Style, int] = {"han": 1, "han_bracket": 2, "digit": 3, "digit_bracket": 4}
"""The level that each style stands for by the standard."""

_HAN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        "han",
        re.compile(
            rf"([{_HAN}]{{1,3}})\s*[、．.]\s*(?![{_HAN}][级线类等号档期])|第([{_HAN}]{{1,3}})(?:部分|章)\s*[、．.：:]?\s*"
        ),
    ),
    (
        "han_bracket",
        re.compile(rf"[（(]\s*([{_HAN}]{{1,3}})\s*[)）]\s*[、．.]?\s*|([{_HAN}]{{1,3}})[)）]\s*[、．.]?\s*"),
    ),
    ("digit", re.compile(r"([0-9０-９]{1,2})\s*(?:[、．]|[.](?![0-9０-９]))\s*")),
    (
        "digit_bracket",
        re.compile(rf"[（(]\s*([0-9０-９]{{1,2}})\s*[)）]\s*|([0-9０-９]{{1,2}})[)）]\s*|([{_CIRCLED}])\s*"),
    ),
)

_FIRST = frozenset(f"{_HAN}{_CIRCLED}第（(0123456789０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Label:
    """A heading number: as printed (with its stop), its style, and which one of its series it is."""

    printed: str
    style: Style
    ordinal: int


def read_label(line: str) -> tuple[Label, str] | None:
    """Split the heading number off a line: the label and the words after it, or None where there is no number."""
    if line[:1] not in _FIRST:
        return None
    for style, pattern in _PATTERNS:
        if match := pattern.match(line):
            digits = next(group for group in match.groups() if group)
            rest = line[match.end() :]
            return Label(match.group().strip(), style, _ordinal(digits)), rest
    return None


def _ordinal(digits: str) -> int:
    if digits in _CIRCLED:
        return _CIRCLED.index(digits) + 1
    if digits[0] not in _HAN:
        return int(digits)
    tens, ten, units = digits.rpartition("十")
    if not ten:
        return _HAN.index(digits[0]) + 1
    return 10 * (_HAN.index(tens[0]) + 1 if tens else 1) + (_HAN.index(units[0]) + 1 if units else 0)
