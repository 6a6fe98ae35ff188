"""Two printed lines of one paragraph -> its text."""

from __future__ import annotations

import re

_WORD_END = re.compile(r"[A-Za-z]$|[A-Za-z][,.;:!?)'’\"]$")
_WORD_START = re.compile(r"[A-Za-z]")
_SPACED_MARK = re.compile(r"\s[|｜&+/–—]$")
"""A mark between words that has a space before it has one after it."""
_CUT_WORD = re.compile(r"[a-z]{2}[-\u2010\u00ad]$")
_REST = re.compile(r"[a-z]{2}")


def join(above: str, below: str, *, spaced: bool = False) -> tuple[str, str]:
    """Join a line to the text above it; return also the hyphen that only its end put into a word, or nothing.

    Chinese lines need no space between them, Latin words do; ``spaced`` tells that the file holds one there.
    """
    if _CUT_WORD.search(above[-3:]) and _REST.match(below):
        return above[:-1] + below, above[-1]
    words = bool(_WORD_END.search(above[-2:])) and (bool(_WORD_START.match(below)) or below[:1].isdigit())
    spaced = spaced or words or bool(_SPACED_MARK.search(above[-2:]))
    return above + (" " if spaced else "") + below, ""
