"""How a document is set: the size of its type, the edges of its text, how its paragraphs begin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.importing.readers.pdf.lines import PrintedLine

NEAR = 0.35
"""Edges that differ by less than this share of the size are one."""
_SUPPORT = 0.04
_ENOUGH = 8
_INDENT, _DEEPEST_INDENT = 1.2, 3.4
_LOOSE = 1.35
"""A gap beyond this share of the usual one sets paragraphs apart."""
_PITCH = 1.6
_TYPED, _FEW_TYPED = 0.4, 3
_WIDEST_PITCH = 2.6


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures of a document, in points.

    ``edges`` are the left and right edge of the text by page; ``indents`` the distances from the left edge at which first
    lines of paragraphs begin, empty where paragraphs have no indent; ``pitches`` the usual distance of lines by size.
    ``spaces_told`` tells that a space character at the end of a line was typed: some programs end every line with one.
    """

    size: float
    edges: dict[int, tuple[float, float]]
    indents: tuple[float, ...]
    pitches: dict[int, float]
    spaces_told: bool = True

    def pitch(self, size: float) -> float:
        """Return the usual distance of the lines of a paragraph in type of this size."""
        return self.pitches.get(round(size), _PITCH * size)

    def is_loose(self, above: PrintedLine, below: PrintedLine) -> bool:
        """Tell two lines that stand further apart than the lines of a paragraph."""
        return below.base - above.base > _LOOSE * self.pitch(below.size)

    def begins(self, line: PrintedLine) -> bool:
        """Tell a line that stands where the first lines of paragraphs do."""
        indent = line.x0 - self.edges[line.page][0]
        return any(abs(indent - first) <= NEAR * self.size for first in self.indents)

    def at_left(self, line: PrintedLine) -> bool:
        """Tell a line that begins at the left edge of the text, an opening mark that hangs over it among them."""
        return abs(line.x0 - self.edges[line.page][0]) <= 2 * NEAR * self.size

    def is_full(self, line: PrintedLine, following: PrintedLine) -> bool:
        """Tell a line that left no room for the first word of the next."""
        return self.edges[line.page][1] - line.x1 < following.first_width + NEAR * line.size

    def is_aside(self, line: PrintedLine) -> bool:
        """Tell a line that stands in the right half, as signatures do."""
        left, right = self.edges[line.page]
        return line.x0 - left > 0.4 * (right - left)


def layout_of(lines: Sequence[PrintedLine], widths: Sequence[float]) -> Layout:
    """Measure a document; ``widths`` are those of its pages."""
    size = body_size(lines)
    body = [line for line in lines if abs(line.size - size) <= 0.1 * size]
    edges = _edges(body, widths, size)
    pitches = _pitches(lines)
    bare = Layout(size, edges, (), pitches)
    full = [line for line, following in pairwise(body) if bare.is_full(line, following)]
    told = sum(line.spaced for line in full) <= max(_FEW_TYPED, _TYPED * len(full))
    return Layout(size, edges, _indents(body, bare), pitches, told)


def body_size(lines: Iterable[PrintedLine]) -> float:
    """Return the size in which most characters are set."""
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(line.size * 2) / 2] += len(line.text)
    return max(counted.most_common(1)[0][0], 0.5) if counted else 1.0


def usual_pitch(lines: Sequence[PrintedLine], size: float) -> float:
    """Return the usual distance of lines in type of this size."""
    return _pitches(lines).get(round(size), _PITCH * size)


def _pitches(lines: Sequence[PrintedLine]) -> dict[int, float]:
    gaps: dict[int, Counter[float]] = defaultdict(Counter)
    for above, below in pairwise(lines):
        gap = below.base - above.base
        if above.page == below.page and abs(above.size - below.size) < 1 and 0 < gap < _WIDEST_PITCH * below.size:
            gaps[round(below.size)][round(gap * 2) / 2] += 1
    return {size: _usual(counted) for size, counted in gaps.items() if counted.total() > 1}


def _usual(gaps: Counter[float]) -> float:
    """Return the narrowest gap that is frequent: lines of one paragraph are closer than paragraphs."""
    most = gaps.most_common(1)[0][1]
    return min(gap for gap, count in gaps.items() if count >= most / 3)


def _edges(body: Sequence[PrintedLine], widths: Sequence[float], size: float) -> dict[int, tuple[float, float]]:
    """Measure the edges by kind of page: odd and even pages may differ, and so may pages of another width."""
    kinds: dict[tuple[int, int], list[PrintedLine]] = defaultdict(list)
    for line in body:
        kinds[round(widths[line.page]), line.page % 2].append(line)
    whole = _edges_of(body, size) if body else (0.0, max(widths, default=0.0))
    known = {kind: _edges_of(lines, size) if len(lines) >= _ENOUGH else whole for kind, lines in kinds.items()}
    return {page: known.get((round(width), page % 2), whole) for page, width in enumerate(widths)}


def _edges_of(lines: Sequence[PrintedLine], size: float) -> tuple[float, float]:
    lefts = _clusters([line.x0 for line in lines], NEAR * size)
    rights = _clusters([line.x1 for line in lines], NEAR * size)
    least = max(2.0, _SUPPORT * len(lines))
    left = next((at for at, count in lefts if count >= least), lefts[0][0])
    right = next((at for at, count in reversed(rights) if count >= least), rights[-1][0])
    return left, right


def _clusters(places: Iterable[float], reach: float) -> list[tuple[float, int]]:
    """Return where places gather, from the left: the mean and the count of each."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] <= 2 * reach:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [(sum(group) / len(group), len(group)) for group in groups]


def _indents(body: Sequence[PrintedLine], layout: Layout) -> tuple[float, ...]:
    """Find the indents of first lines: a full line that begins there is followed by one at the left edge."""
    size = layout.size
    distances = [line.x0 - layout.edges[line.page][0] for line in body]
    found = []
    for indent, count in _clusters(distances, NEAR * size):
        if not _INDENT * size <= indent <= _DEEPEST_INDENT * size or count < max(2.0, _SUPPORT * len(body)):
            continue
        votes = 0
        for (line, distance), (following, next_distance) in pairwise(zip(body, distances, strict=True)):
            if abs(distance - indent) <= NEAR * size and layout.is_full(line, following):
                votes += 1 if layout.at_left(following) else -1 if abs(next_distance - indent) <= NEAR * size else 0
        if votes >= 0:
            found.append(indent)
    return tuple(found)
