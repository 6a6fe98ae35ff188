"""White space of a web page -> that of a line: what a browser folds, and what its source breaks for width alone."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

BETWEEN = "\v"
"""Stands for white space with a line end that lies between two elements, not inside a text."""
_SOURCE_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_GAP = re.compile("[ \\n\\v\u00a0\u2000-\u200a\u202f\u205f]+")
_INDENTED = re.compile(
    "(?<=[。！？])(?:[\u3000\u2003][\u3000\u2002\u2003\u00a0 \n\v]*[\u3000\u2003]|[\u00a0\u2002 ]{4,})[\u3000\u2002\u2003\u00a0 ]*"
)
_SOURCE_BREAK = frozenset(" \n\v")
_PROSE_LENGTH = 40


def source_text(text: str) -> str:
    """Fold the white space of a text node as browsers do, and remember where the source has a line end."""
    if not text.strip(" \t\n\r\f\v"):
        return BETWEEN if "\n" in text or "\r" in text else " " if text else ""
    return _SOURCE_SPACE.sub(lambda match: "\n" if re.search(r"[\n\r]", match.group()) else " ", text)


def paragraphs(text: str) -> list[str]:
    """Split a run of source texts where a sentence ends and the indent of a new paragraph follows on the same line."""
    return [folded for piece in _INDENTED.split(text) if (folded := fold(piece))]


def fold(text: str) -> str:
    """Return a run of source texts as a line.

    A line end of the source between Chinese characters is no space, as the source was only broken for width; between two
    elements it is none only in running text, for labels side by side are told apart by it.
    """
    if not _GAP.search(text):
        return text.strip()
    prose = "。" in text or len(text) >= _PROSE_LENGTH

    def gap(match: re.Match[str]) -> str:
        white = match.group()
        broken = "\n" in white or (BETWEEN in white and prose)
        if not broken or not _SOURCE_BREAK.issuperset(white):
            return " "
        sides = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        return "" if any(east_asian_width(side) in "WFA" for side in sides) else " "

    return _GAP.sub(gap, text).strip()
