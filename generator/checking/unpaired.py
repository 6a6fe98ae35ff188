"""Brackets, book marks and quotation marks of a line that have no partner."""

from __future__ import annotations

import re
from collections import Counter

_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
    "［": "］",
}
_CLOSES = {closing: opening for opening, closing in _PAIRS.items()}
_SAME = str.maketrans("()[]", "（）［］")
"""Width makes no difference: 「（一)」 is another fault."""
_MARK = re.compile(
    r"(?:^|(?<=[\s。；;：:，,、#]))(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"  # 1）, 一): a label has no partner
    r"|(?<=[A-Za-z])[’'](?=[A-Za-z])"  # an apostrophe
    r"|[〔［\[（(【]20\d\d(?:\d{1,4}\s*号|[〕］\]）)】]\s*第?\d)|20\d\d[〕］\]）)】]\s*第?\d{1,4}\s*号"  # told as document numbers
    r"|(?P<mark>[“”‘’《》〈〉（）()「」『』【】〔〕［］\[\]])"
)


_ANY = re.compile(r"[“”‘’《》〈〉（）()「」『』【】〔〕［］\[\]]")


def unpaired_marks(line: str) -> list[int]:
    """Return the places of the marks of a line that open and are not closed, or close and were not opened. Linear.

    A mark closes the nearest of its kind that is open; those that were opened within it stay unpaired.
    """
    marks = _ANY.findall(line)
    if not marks or (
        len(marks) % 2 == 0 and all(_PAIRS.get(a) == b for a, b in zip(marks[::2], marks[1::2], strict=True))
    ):
        return []  # nearly every line
    waiting: list[tuple[str, int]] = []
    open_now: Counter[str] = Counter()
    lonely: list[int] = []
    for match in _MARK.finditer(line):
        if match["mark"] is None:
            continue
        mark = match["mark"].translate(_SAME)
        if mark in _PAIRS:
            waiting.append((mark, match.start()))
            open_now[mark] += 1
        elif open_now[_CLOSES[mark]]:
            while waiting[-1][0] != _CLOSES[mark]:
                other, place = waiting.pop()
                open_now[other] -= 1
                lonely.append(place)
            waiting.pop()
            open_now[_CLOSES[mark]] -= 1
        else:
            lonely.append(match.start())
    return sorted([*lonely, *(place for _, place in waiting)])
