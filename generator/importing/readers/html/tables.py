"""Tables of a web page: those that lay it out told from those of figures, and the rows of the latter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content.numbering import read_label
from generator.importing.document import ImportRefusedError
from generator.importing.readers.html.text import fold
from generator.importing.readers.html.tree import PageTree

_CELLS = frozenset({"td", "th"})
_LONGEST_CELL = 500
_MAX_SPAN = 1_000
_MAX_CELLS = 100_000


def is_data_table(tree: PageTree, index: int) -> bool:
    """Tell a table of figures or labels from one that only lays out the page."""
    node = tree.nodes[index]
    if node.attributes.get("role") in {"presentation", "none"}:
        return False
    rows = [list(_cells(tree, row)) for row in _rows(tree, index)]
    if not any(len(row) > 1 for row in rows) or _nested(tree, index):
        return False
    if any(tree.nodes[cell].tag == "th" for row in rows for cell in row):
        return True
    filled = [[text for cell in row if (text := _cell_text(tree, cell))] for row in rows]
    told = [row for row in filled if row]
    if any(len(text) > _LONGEST_CELL or _is_part_of_report(text) for row in told for text in row):
        return False
    return 2 * sum(len(row) > 1 for row in told) >= len(told) > 0


def table_rows(tree: PageTree, index: int) -> Iterator[str]:
    """Walk the rows of a table: the cells joined by tabs, a cell's text in the first of the places that it spans.

    Raise ImportRefusedError for a table beyond measure.
    """
    hanging: dict[int, int] = {}
    count = 0
    for row in _rows(tree, index):
        places: list[str] = []
        below: dict[int, int] = {}
        for cell in _cells(tree, row):
            while hanging.get(len(places), 0):
                places.append("")
            width = min(_span(tree, cell, "colspan"), _MAX_SPAN)
            down = _span(tree, cell, "rowspan") - 1
            below.update(dict.fromkeys(range(len(places), len(places) + width), down))
            places += [_cell_text(tree, cell), *[""] * (width - 1)]
            if count + len(places) > _MAX_CELLS:
                raise ImportRefusedError(
                    f"网页里的表格超过 {_MAX_CELLS:,} 格", "删去表格，或另存为纯文本（.txt）后再导入"
                )
        places += [""] * (max(hanging, default=-1) + 1 - len(places))
        hanging = {column: left - 1 for column, left in hanging.items() if left > 1} | {
            c: d for c, d in below.items() if d
        }
        count += len(places)
        if any(places):
            yield "\t".join(places)


def _rows(tree: PageTree, index: int) -> Iterator[int]:
    at = index + 1
    while at < tree.ends[index]:
        node = tree.nodes[at]
        if node.tag == "tr" and not node.dropped:
            yield at
        at = tree.ends[at] if node.tag in {"tr", "table"} else at + 1


def _cells(tree: PageTree, row: int) -> Iterator[int]:
    yield from (
        child for child in tree.children(row) if tree.nodes[child].tag in _CELLS and not tree.nodes[child].dropped
    )


def _nested(tree: PageTree, index: int) -> bool:
    return any(tree.nodes[at].tag == "table" for at in range(index + 1, tree.ends[index]))


def _cell_text(tree: PageTree, cell: int) -> str:
    pieces: list[str] = []
    for at, _ in tree.events(cell, tree.ends[cell]):
        node = tree.nodes[at]
        pieces.append(" " if node.tag == "br" or (node.tag and node.is_block) else node.text)
    return " ".join(fold("".join(pieces)).split())


def _is_part_of_report(text: str) -> bool:
    """Tell a cell with the sections of a report rather than an entry of a table."""
    return (
        len(text) > 2 * len("一、主要举措和成效")
        and (label := read_label(text)) is not None
        and "。" in text
        and label[0].style == "han"
    )


def _span(tree: PageTree, cell: int, name: str) -> int:
    match = re.match(r"\s*(\d{1,5})", tree.nodes[cell].attributes.get(name, ""))
    return max(int(match.group(1)), 1) if match else 1
