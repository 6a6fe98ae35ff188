"""A source text as numbered lines, the form in which import works on it and in which differences are told."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_BREAK = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the source: its number from 1, its words without the white space around them, and its indent.

    ``after_blank`` and ``after_page`` tell that a blank line, or the end of a page, stands before it.
    """

    number: int
    text: str
    indent: int = 0
    after_blank: bool = False
    after_page: bool = False


def split_lines(text: str) -> list[str]:
    """Split a text at every kind of line end, page breaks included. Lines are counted from 1 everywhere."""
    return _BREAK.split(text.removeprefix("\ufeff"))


def source_lines(lines: Sequence[str], page_ends: Collection[int] = ()) -> list[SourceLine]:
    """Number the lines that hold words; ``page_ends`` are the numbers of lines that held a page number."""
    found: list[SourceLine] = []
    blank = page = False
    for number, raw in enumerate(lines, 1):
        text = raw.strip()
        if text:
            indent = sum(2 if char == "\u3000" else 1 for char in raw[: len(raw) - len(raw.lstrip())])
            row = raw.strip(" \u3000\u00a0") if _is_row(lines, number - 1) else text
            found.append(SourceLine(number, row, indent, blank, page))
            page = False
        blank = not text
        page = page or number in page_ends
    return found


def _is_row(lines: Sequence[str], index: int) -> bool:
    """Tell a row of a table, whose outer cells may be empty: tabs in it, and tabs between words in it or beside it."""
    if "\t" not in lines[index]:
        return False
    near = [lines[index], *lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return any("\t" in line.strip() for line in near)
