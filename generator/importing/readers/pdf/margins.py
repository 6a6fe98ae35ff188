"""Running heads, running feet and page numbers: told by where they stand and that they come again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.importing.readers.pdf.layout import body_size, usual_pitch
from generator.importing.readers.pdf.lines import PrintedLine

_DEEP = 3
"""No page has more running lines at one edge."""
_SAME_PLACE = 4.0
_APART = 1.25
_SMALL = 0.92
_SHARE = 0.5
_DASHES = r"[-—–－─_~～·•.\s]*"
_NUMBER = re.compile(
    rf"{_DASHES}(?:第\s*)?(\d{{1,4}})(?:\s*页)?{_DASHES}"
    r"|第\s*(\d{1,4})\s*页\s*[,，/\s]*[（(]?\s*共\s*\d{1,4}\s*页\s*[)）]?|共\s*\d{1,4}\s*页\s*[,，/\s]*第\s*(\d{1,4})\s*页"
    r"|(\d{1,4})\s*[/／]\s*\d{1,4}|[Pp](?:age|\.)?\s*(\d{1,4})(?:\s*of\s*\d{1,4})?"
)
_DIGITS = re.compile(r"[\d\s]+|(?<=第)[一二三四五六七八九十]+(?=页)")


@dataclass(frozen=True, slots=True)
class Margins:
    """The lines of the pages without what stands in their margins, and what stood there."""

    pages: tuple[tuple[PrintedLine, ...], ...]
    running: tuple[PrintedLine, ...]
    numbers: tuple[PrintedLine, ...]


def without_margins(pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]) -> Margins:
    """Take running lines and page numbers off the pages, whose ``heights`` are in points."""
    running: set[int] = set()
    numbers: set[int] = set()
    for _ in range(_DEEP):  # from the edge inward
        found_numbers = {id(line) for line in _page_numbers(pages, running | numbers, heights)}
        numbers |= found_numbers
        found = {id(line) for line in _running(pages, running | numbers)}
        running |= found
        if not found and not found_numbers:
            break
    gone = running | numbers
    every = [line for page in pages for line in page]
    return Margins(
        tuple(tuple(line for line in page if id(line) not in gone) for page in pages),
        tuple(line for line in every if id(line) in running),
        tuple(line for line in every if id(line) in numbers),
    )


def _edge_lines(
    pages: Sequence[Sequence[PrintedLine]], gone: set[int], *, head: bool
) -> Iterator[tuple[PrintedLine, PrintedLine | None]]:
    """Walk the outermost line of each page that is left, with its neighbour towards the middle."""
    for page in pages:
        left = [line for line in (page if head else reversed(page)) if id(line) not in gone][:2]
        if left:
            yield left[0], left[1] if len(left) > 1 else None


def _page_numbers(
    pages: Sequence[Sequence[PrintedLine]], gone: set[int], heights: Sequence[float]
) -> Iterator[PrintedLine]:
    """Find the page numbers: at one edge, counting with the pages; one alone must stand apart in the margin."""
    for head in (False, True):
        told = [
            (line, beside, int(next(group for group in match.groups() if group)) - line.page)
            for line, beside in _edge_lines(pages, gone, head=head)
            if (match := _NUMBER.fullmatch(line.text))
        ]
        offsets = Counter(offset for _, _, offset in told)
        for line, beside, offset in told:
            apart = beside is None or abs(line.base - beside.base) > _APART * max(line.size, beside.size)
            share = line.base / max(heights[line.page], 1.0)
            in_margin = share < 0.12 if head else share > 0.85 or beside is None  # noqa: PLR2004
            if offsets[offset] > 1 or (apart and in_margin and (offset == 1 or len(pages) == 1)):
                yield line


def _running(pages: Sequence[Sequence[PrintedLine]], gone: set[int]) -> Iterator[PrintedLine]:
    every = [line for page in pages for line in page]
    size = body_size(every)
    pitch = usual_pitch(every, size)
    for head in (True, False):
        edge = list(_edge_lines(pages, gone, head=head))
        alike: dict[str, list[PrintedLine]] = defaultdict(list)
        for line, _ in edge:
            alike[_DIGITS.sub("#", line.text)].append(line)
        bands = [lines for lines in map(_in_one_place, alike.values()) if _comes_again(lines, len(pages))]
        if head:
            bands += _small_bands([line for line, _ in edge], size)
        found = [line for band in bands if _is_outside(band, pages, gone, (size, pitch)) for line in band]
        yield from found
        known = {id(line) for line in found}
        for line, beside in edge:
            apart = beside is not None and abs(line.base - beside.base) > _APART * pitch
            if id(line) not in known and apart and any(_stands_like(line, other) for other in found):
                yield line


def _in_one_place(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Keep the lines that stand at the height at which most do."""
    middle = sorted(line.base for line in lines)[len(lines) // 2]
    return [line for line in lines if abs(line.base - middle) <= _SAME_PLACE]


def _comes_again(lines: Sequence[PrintedLine], pages: int) -> bool:
    """Tell a line that most pages, most odd or most even pages have."""
    if len(lines) < 2:  # noqa: PLR2004 - once is not again
        return False
    odd = sum(1 for line in lines if line.page % 2 == 0)
    return (
        len(lines) >= _SHARE * pages
        or odd > _SHARE * ((pages + 1) // 2)
        or len(lines) - odd > _SHARE * (pages // 2)
        or len(lines) > 2  # noqa: PLR2004
    )


def _small_bands(edge: Sequence[PrintedLine], size: float) -> list[list[PrintedLine]]:
    """Find heads in small type that say another thing on each page."""
    small = [line for line in edge if line.size < _SMALL * size]
    band = _in_one_place(small) if small else []
    return [band] if len(band) > 1 and len(band) >= _SHARE * len(edge) else []


def _is_outside(
    band: Sequence[PrintedLine], pages: Sequence[Sequence[PrintedLine]], gone: set[int], measures: tuple[float, float]
) -> bool:
    """Tell lines apart from the text of every page: a text that comes again is no running line."""
    size, pitch = measures
    own = {id(line) for line in band} | gone
    small = all(line.size < _SMALL * size for line in band)
    tall = sum(line.base for line in band) / len(band)
    for page in {line.page for line in band}:
        rest = [line.base for line in pages[page] if id(line) not in own]
        if rest and min(abs(base - tall) for base in rest) < (size if small else _APART * pitch):
            return False
    bases = [line.base for page in pages for line in page if id(line) not in own]
    return all(base < tall for base in bases) or sum(1 for base in bases if base < tall) <= 0.02 * len(bases)


def _stands_like(line: PrintedLine, other: PrintedLine) -> bool:
    return abs(line.base - other.base) <= _SAME_PLACE / 2 and abs(line.size - other.size) <= 1
