"""The rules of a page -> its tables: the cells that lines enclose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from generator.importing.readers.pdf.print import Box, Grid

_SNAP = 3.0
"""Points; strokes that lie so near to each other are one, and those that end so near meet."""
_SHORTEST = 3.0
_MAX_EDGES = 600
"""A page with more is a drawing or a map."""
_MAX_CROSSINGS = 20_000
_FEWEST_COLUMNS = 2


def find_grids(segments: Sequence[Box]) -> tuple[Grid, ...]:
    """Find the tables that strokes make, from the top down: two cells side by side at least."""
    edges = [_edge(box) for box in segments if max(box[2] - box[0], box[3] - box[1]) >= _SHORTEST]
    if len(edges) < _FEWEST_COLUMNS * 2 or len(edges) > 20 * _MAX_EDGES:
        return ()
    edges = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    upright = sum(1 for edge in edges if edge["orientation"] == "v")
    if len(edges) > _MAX_EDGES or upright * (len(edges) - upright) > _MAX_CROSSINGS * 4:
        return ()
    crossings = edges_to_intersections(edges, _SNAP, _SNAP)
    if len(crossings) > _MAX_CROSSINGS:
        return ()
    tables = cells_to_tables(intersections_to_cells(crossings))
    grids = [_grid(cells) for cells in tables]
    found = [
        grid for grid in grids if any(sum(cell is not None for cell in row) >= _FEWEST_COLUMNS for row in grid.rows)
    ]
    return tuple(sorted(found, key=lambda grid: (grid.box[1], grid.box[0])))


def _edge(box: Box) -> dict[str, object]:
    """Return a stroke as pdfplumber knows edges: without thickness."""
    left, top, right, bottom = box
    orientation = "h" if right - left >= bottom - top else "v"
    if orientation == "h":
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return {
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
        "orientation": orientation,
    }


def _grid(cells: Sequence[Box]) -> Grid:
    """Order the cells of one table into rows by their upper edges, and into columns by their left edges."""
    columns = {left: number for number, left in enumerate(sorted({cell[0] for cell in cells}))}
    rows: dict[float, list[Box | None]] = defaultdict(lambda: [None] * len(columns))
    for cell in cells:
        rows[cell[1]][columns[cell[0]]] = cell
    box = (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )
    return Grid(box, tuple(tuple(rows[top]) for top in sorted(rows)))
