"""The characters of a page -> its printed lines, by where the characters stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from generator.importing.readers.pdf.print import Glyph

_SAME_BASE = 0.25
"""Share of the smaller size by which the baselines of one line differ at most."""
_SCRIPT = 0.85
"""A raised or lowered mark is smaller than this share of its line."""
_REACH = 0.65
_OVERLAP = 0.3
_HAN_GAP, _MIXED_GAP, _LATIN_GAP = 0.5, 0.45, 0.15
"""Gaps beyond these shares of the size, on top of what the line is stretched by, are white space."""
_SPACED = 0.12
"""A space character that leaves no such gap was not printed."""
_STRETCH, _LETTER_SPACING = 0.3, 0.8
_FEW_GAPS, _SOME_GAPS = 3, 8
_HAN = re.compile("[\u2e80-\ufaff\uff00-\uffee\u3000-\u303f\U00020000-\U0003ffff“”‘’…—·]")
_WORD = re.compile(r"[^\W\u2e80-\uffff]|[.%@/:_'+-]")
_CLOSING = frozenset("，。、；：！？）》〉】」』”’…％%,.;:!?)]}·")
_OPENING = frozenset("（《〈【「『“‘([{")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line: its words, its place on its page, the size and font of most of its type.

    ``first_width`` is the room that its first character or word takes, with the marks that may not part from it; ``spaced`` tells that a space
    character stands after its last word.
    """

    page: int
    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: int
    first_width: float
    spaced: bool = False

    @property
    def top(self) -> float:
        """The upper edge of its type."""
        return self.base - self.size


def printed_lines(glyphs: Iterable[Glyph], page: int) -> list[PrintedLine]:
    """Return the lines of a page or of a cell from the top down."""
    return [line_of(row, page) for row in glyph_rows(glyphs)]


def glyph_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters of each line, from the top down."""
    return _with_scripts(_rows(sorted(glyphs, key=lambda glyph: glyph.base)))


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Put characters together that stand on one baseline; white space alone is no line."""
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in glyphs:
        if not glyph.text.strip():
            continue
        if not rows or glyph.base - base > _SAME_BASE * min(size, glyph.size):
            rows.append([])
            base, size = glyph.base, glyph.size
        elif glyph.size > size:
            base, size = glyph.base, glyph.size
        rows[-1].append(glyph)
    _add_spaces(rows, glyphs)
    return rows


def _add_spaces(rows: Sequence[list[Glyph]], glyphs: Sequence[Glyph]) -> None:
    """Put the space characters into the lines whose baseline they share."""
    at = 0
    bases = [(row[0].base, row[-1].base, max(glyph.size for glyph in row)) for row in rows]
    for glyph in glyphs:
        if glyph.text.strip():
            continue
        while at < len(rows) and bases[at][1] + _SAME_BASE * bases[at][2] < glyph.base:
            at += 1
        if at < len(rows) and bases[at][0] - _SAME_BASE * bases[at][2] <= glyph.base:
            rows[at].append(glyph)


def _with_scripts(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put raised and lowered marks into their lines."""
    kept: list[list[Glyph]] = []
    for row in rows:
        if kept and _is_script(row, kept[-1]):
            kept[-1].extend(row)
        elif kept and _is_script(kept[-1], row):
            kept[-1] = [*row, *kept[-1]]
        else:
            kept.append(row)
    return kept


def _is_script(row: Sequence[Glyph], main: Sequence[Glyph]) -> bool:
    """Tell whether ``row`` holds marks raised or lowered in the line ``main``: small, near, and in gaps of it."""
    size = _size(main)
    if _size(row) > _SCRIPT * size or abs(row[0].base - main[0].base) > _REACH * size:
        return False
    places = [(glyph.x0, glyph.x1) for glyph in main if glyph.text.strip()]
    return len(row) * len(places) < 100_000 and not any(  # noqa: PLR2004 - a line is never so long
        min(glyph.x1, x1) - max(glyph.x0, x0) > _OVERLAP * max(glyph.x1 - glyph.x0, 1.0)
        for glyph in row
        if glyph.text.strip()
        for x0, x1 in places
    )


def _size(row: Sequence[Glyph]) -> float:
    return max(glyph.size for glyph in row)


def line_of(row: Sequence[Glyph], page: int) -> PrintedLine:
    """Make a line of the characters on it, in whatever order."""
    row = sorted(row, key=lambda glyph: glyph.x0)
    shown = [glyph for glyph in row if glyph.text.strip()]
    sizes = sorted(glyph.size for glyph in shown)
    size = sizes[len(sizes) // 2]
    base = next((glyph.base for glyph in shown if glyph.size >= size), shown[0].base)
    return PrintedLine(
        page,
        _text(row, shown),
        shown[0].x0,
        max(glyph.x1 for glyph in shown),
        base,
        size,
        Counter(glyph.font for glyph in shown).most_common(1)[0][0],
        _first_width(shown),
        spaced=not row[-1].text.strip(),
    )


def _text(row: Sequence[Glyph], shown: Sequence[Glyph]) -> str:
    spaced = _before_spaces(row)
    stretch = _stretch(shown, spaced)
    pieces = [_folded(shown[0].text)]
    for index, (before, after) in enumerate(pairwise(shown)):
        gap = (after.x0 - before.x1) / max(before.size, after.size, 0.1)
        if _is_space(before, after, gap, stretch, told=index in spaced):
            pieces.append(" ")
        pieces.append(_folded(after.text))
    return "".join(pieces).strip()


def _folded(text: str) -> str:
    return " ".join(text.split()) if any(char.isspace() for char in text) else text


def _before_spaces(row: Sequence[Glyph]) -> set[int]:
    """Return the numbers of those shown characters that a space character follows."""
    found: set[int] = set()
    shown = -1
    for glyph in row:
        if glyph.text.strip():
            shown += 1
        else:
            found.add(shown)
    return found


def _stretch(shown: Sequence[Glyph], spaced: set[int]) -> float:
    """Return by how much the characters of a line stand apart throughout, as a share of their size."""
    gaps = [
        (after.x0 - before.x1) / max(before.size, after.size, 0.1)
        for index, (before, after) in enumerate(pairwise(shown))
        if index not in spaced and _HAN.match(before.text) and _HAN.match(after.text)
    ]
    if len(gaps) < _FEW_GAPS:
        return 0.0
    middle = median(gaps)
    if middle > _LETTER_SPACING:  # so far apart, they were meant to be
        return 0.0
    even = max(gaps) - min(gaps) < _SPACED
    return middle if even else max(0.0, min(middle, _STRETCH if len(gaps) >= _SOME_GAPS else _STRETCH / 2))


def _is_space(before: Glyph, after: Glyph, gap: float, stretch: float, *, told: bool) -> bool:
    han = bool(_HAN.match(before.text)), bool(_HAN.match(after.text))
    if told and (not any(han) or gap > _SPACED):
        return True
    least = _HAN_GAP if all(han) else _MIXED_GAP if any(han) else _LATIN_GAP
    return gap > least + (stretch if any(han) else max(0.0, min(stretch, _LATIN_GAP)))


def _first_width(shown: Sequence[Glyph]) -> float:
    end = 0
    while end + 1 < len(shown) and shown[end].text[0] in _OPENING:
        end += 1
    if _WORD.match(shown[end].text):
        while end + 1 < len(shown) and _WORD.match(shown[end + 1].text) and shown[end + 1].x0 - shown[end].x1 < 1:
            end += 1
    while end + 1 < len(shown) and shown[end + 1].text[0] in _CLOSING:
        end += 1
    return shown[end].x1 - shown[0].x0
