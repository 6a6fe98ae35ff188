"""The tables of the pages: their words cell by cell, and the parts of one table that pages divide."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from generator.importing.readers.pdf.joints import join
from generator.importing.readers.pdf.lines import printed_lines
from generator.importing.readers.pdf.print import Box, Glyph, Grid, Page

_SAME_COLUMN = 4.0
_MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table on one page: its edges, the left edges of its columns, its rows of cells."""

    page: int
    top: float
    bottom: float
    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(page: Page, number: int) -> tuple[list[Table], list[Glyph]]:
    """Return the tables of a page and the characters outside them. A frame round a text is no table."""
    tables: list[Table] = []
    glyphs = list(page.glyphs)
    for grid in page.grids:
        inside = [glyph for glyph in glyphs if _within(glyph, grid.box)]
        table = _table(grid, inside, number) if inside else None
        if table:
            tables.append(table)
            glyphs = [glyph for glyph in glyphs if not _within(glyph, grid.box)]
    return tables, glyphs


def one_table(above: Table, below: Table) -> tuple[Table, tuple[str, ...]] | None:
    """Join the part of a table that the next page continues; return the row that was printed again, which is left out.

    None where the two are tables of their own: their columns stand elsewhere.
    """
    if len(above.columns) != len(below.columns):
        return None
    if any(abs(one - other) > _SAME_COLUMN for one, other in zip(above.columns, below.columns, strict=True)):
        return None
    again = below.rows[0] if below.rows[0] == above.rows[0] else ()
    rows = (*above.rows, *(below.rows[1:] if again else below.rows))
    return Table(below.page, above.top, below.bottom, above.columns, rows), again


def _within(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] - _MARGIN <= x <= box[2] + _MARGIN and box[1] - _MARGIN <= y <= box[3] + _MARGIN


def _table(grid: Grid, glyphs: Sequence[Glyph], number: int) -> Table | None:
    """Put the characters into the cells. None where the words stand in one column, or a cell misses."""
    cells = [cell for row in grid.rows for cell in row if cell]
    words: dict[Box, list[Glyph]] = {cell: [] for cell in cells}
    finder = _Finder(cells)
    for glyph in glyphs:
        words[finder.cell_of(glyph)].append(glyph)
    texts = {cell: _cell_text(inside, number) for cell, inside in words.items()}
    rows = [tuple(texts[cell] if cell else "" for cell in row) for row in grid.rows]
    full = [index for index in range(len(rows[0])) if any(row[index] for row in rows)]
    if len(full) < 2:  # noqa: PLR2004 - a table has columns
        return None
    kept = tuple(tuple(row[index] for index in full) for row in rows if any(row))
    lefts = sorted({cell[0] for cell in cells})
    return Table(number, grid.box[1], grid.box[3], tuple(lefts[index] for index in full), kept)


class _Finder:
    """Finds the cell in which a character stands, or the nearest one."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self._rows = sorted({cell[1] for cell in cells})
        self._by_row = {top: sorted(cell for cell in cells if cell[1] == top) for top in self._rows}

    def cell_of(self, glyph: Glyph) -> Box:
        """Return the cell: in its row, or in a row above for a cell that is several rows high."""
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        at = max(bisect_right(self._rows, y) - 1, 0)
        first = None
        for top in reversed(self._rows[: at + 1]):
            row = self._by_row[top]
            cell = row[max(bisect_right([each[0] for each in row], x) - 1, 0)]
            first = first or cell
            if cell[0] <= x <= cell[2] and y <= cell[3]:
                return cell
        return first or self._by_row[self._rows[0]][0]


def _cell_text(glyphs: Sequence[Glyph], number: int) -> str:
    text = ""
    for line in printed_lines(glyphs, number):
        text = join(text, line.text)[0] if text else line.text
    return text
