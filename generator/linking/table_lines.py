"""Tables as lines that can be read like sentences: what a row or a column is called, the number, the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"\s*[近约超]?\s*\d[\d,.]*\s*\S{0,6}\s*")
_BARE = re.compile(r"[\d,.\s]+%?")
_UNIT_OF_A_LABEL = re.compile(r"[（(]\s*([^（）()\d]{1,3})\s*[)）]")
_UNIT_HEADINGS = frozenset({"单位", "计量单位", "数量单位"})
_TOTALS = ("合计", "总计", "全镇", "全乡", "全街道")
_TWO_ROWS = 2

Row = Sequence[str]


def table_lines(rows: Sequence[Row], year: int) -> Iterator[tuple[str, str]]:
    """Walk the numbers of a table as (the row as it stands in the passage, label + number + unit).

    A number is called by the words at its left and, where the table has one row of numbers or the row is a total, by the
    heading of its column. The unit stands in the cell, in a column 单位 or in brackets behind the label. Columns of other
    years are left out.
    """
    heading = rows[0] if rows else ()
    unit_column = next((index for index, cell in enumerate(heading) if cell in _UNIT_HEADINGS), None)
    for number, row in enumerate(rows):
        unit = row[unit_column] if unit_column is not None and unit_column < len(row) else ""
        for index, cell in enumerate(row):
            if index == unit_column or not _NUMBER.fullmatch(cell):
                continue
            above = heading[index] if number and index < len(heading) else ""
            if _other_year(above, year):
                continue
            labels = [_label(row[:index], unit_column)]
            if number and (len(rows) == _TWO_ROWS or row[0].startswith(_TOTALS)):
                labels.append(above)
            for label in filter(None, labels):
                yield " ".join(row), _line(label, cell, unit, above)


def _label(cells: Row, unit_column: int | None) -> str:
    """The nearest words at the left of a number."""
    words = [cell for index, cell in enumerate(cells) if index != unit_column and not _NUMBER.fullmatch(cell)]
    return words[-1] if words else ""


def _line(label: str, cell: str, unit: str, above: str) -> str:
    printed = _UNIT_OF_A_LABEL.search(label) or _UNIT_OF_A_LABEL.search(above)
    if _BARE.fullmatch(cell) and not cell.endswith("%"):
        return _UNIT_OF_A_LABEL.sub("", label) + cell + (unit or (printed[1] if printed else ""))
    return label + cell


def _other_year(heading: str, year: int) -> bool:
    named = re.search(r"20\d\d", heading)
    return named is not None and int(named.group()) != year
