r"""The small profile of Markdown that ``YEAR.md`` is written in, read and escaped.

``##``, ``###`` and ``####`` headings; one line, one paragraph; ``- `` list items; ``|`` tables; ``![words](file)`` images
on a line of their own. No inline marks and no HTML: everything else is text as printed. A backslash before an ASCII
punctuation mark takes its meaning away (``\#``, ``\<``, ``\\``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "table", "image"]

_HEADING = re.compile(r"(#{2,4})\s+(\S.*)")
_ITEM = re.compile(r"[-*+]\s+(\S.*)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_RULE_CELL = re.compile(r":?-+:?")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_TABLE_EDGE = re.compile(r"^\||(?<!\\)\|$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_NEEDS_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])|^(?=#|[-*+]\s|\||!\[)|<(?=[A-Za-z/!?])")
_RAW_HTML = re.compile(r"(?<!\\)<(?:[A-Za-z][^\s<]*|/[A-Za-z]|!--|![A-Za-z\[]|\?)")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its level (headings), its text, its rows (tables), its file (images), its line from 1."""

    kind: BlockKind
    line: int
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    image: str | None = None


def read_blocks(text: str) -> Iterator[Block]:
    """Read the blocks of a text, in one pass."""
    table: list[str] = []
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("|"):
            start = start or number
            table.append(line)
            continue
        if table:
            yield _table(table, start)
            table, start = [], 0
        if line:
            yield _line_block(line, number)
    if table:
        yield _table(table, start)


def unescape(text: str) -> str:
    """Take the backslashes of escapes away."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def escape(line: str) -> str:
    """Return a line of printed text as a paragraph of the profile that reads back as just that text."""
    return _NEEDS_ESCAPE.sub(lambda match: "\\" + match.group(), line)


def raw_html(line: str) -> re.Match[str] | None:
    """Find the first piece of HTML that a line holds unescaped."""
    return _RAW_HTML.search(line)


def _line_block(line: str, number: int) -> Block:
    if line[0] not in "#!-*+":  # nearly every line
        return Block("paragraph", number, unescape(line))
    if match := _HEADING.fullmatch(line):
        return Block("heading", number, unescape(match.group(2)), level=len(match.group(1)) - 1)
    if match := _IMAGE.fullmatch(line):
        return Block("image", number, unescape(match.group(1)), image=match.group(2))
    if match := _ITEM.fullmatch(line):
        return Block("item", number, unescape(match.group(1)))
    return Block("paragraph", number, unescape(line))


def _table(lines: list[str], start: int) -> Block:
    """Read the rows of a table: the second line is its rule; a row of dashes further down is a row."""
    rows = [tuple(cell.strip() for cell in _CELL_BREAK.split(_TABLE_EDGE.sub("", line))) for line in lines]
    if len(rows) > 1 and all(_RULE_CELL.fullmatch(cell) for cell in rows[1]):
        del rows[1]
    kept = tuple(tuple(map(unescape, row)) for row in rows)
    return Block("table", start, "\n".join(" ".join(row) for row in kept), rows=kept)
