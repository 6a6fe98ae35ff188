"""The lines of a document that hold words, numbered: the form in which import works on them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from generator.importing.document import Line, LineKind

_BREAK = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the source: its number from 1, its words without the white space around them, and its indent.

    ``after_blank`` and ``after_page`` tell that a blank line, or the end of a page, stands before it; ``kind`` and
    ``outline`` are those of the document's line.
    """

    number: int
    text: str
    indent: int = 0
    after_blank: bool = False
    after_page: bool = False
    kind: LineKind = "line"
    outline: int = 0


def split_lines(text: str) -> list[str]:
    """Split a text at every kind of line end, page breaks included. Lines are counted from 1 everywhere."""
    return _BREAK.split(text.removeprefix("\ufeff"))


def source_lines(lines: Sequence[Line], texts: Sequence[str], page_ends: Collection[int] = ()) -> list[SourceLine]:
    """Number the lines that hold words.

    ``texts`` are theirs without what is dropped; ``page_ends`` are the numbers of lines that held a page number.
    """
    found: list[SourceLine] = []
    blank = page = False
    for number, (line, raw) in enumerate(zip(lines, texts, strict=True), 1):
        text = raw.strip()
        if text:
            indent = sum(2 if char == "\u3000" else 1 for char in raw[: len(raw) - len(raw.lstrip())])
            row = line.kind == "row" or _is_row(texts, number - 1)
            kept = raw.strip(" \u3000\u00a0") if row else text
            found.append(SourceLine(number, kept, indent, blank, page, line.kind, line.outline))
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
