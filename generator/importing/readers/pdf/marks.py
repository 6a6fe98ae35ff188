"""What a page prints across its text: turned and upright marks laid over or under it, and hidden text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.importing.document import Note, printed
from generator.importing.readers.pdf.print import Glyph, Page

_LARGE, _HUGE = 1.3, 2.5
"""A mark that is pale, or on most pages, is larger than the text by these factors."""
_SHARE = 0.6
_SAMPLE_LENGTH = 30
_PICTURED = 0.3


@dataclass(frozen=True, slots=True)
class Unmarked:
    """Pages without marks, the notes on what was taken off, and whether the text is one that a scanner recognised."""

    pages: tuple[Page, ...]
    notes: tuple[Note, ...]
    recognised: bool


def without_marks(pages: Sequence[Page]) -> Unmarked:
    """Take off what is turned, watermarks, and hidden characters, unless they are the text of a scan."""
    hidden = sum(1 for page in pages for glyph in page.glyphs if glyph.hidden and glyph.text.strip())
    every = sum(1 for page in pages for glyph in page.glyphs if glyph.text.strip())
    pictured = sum(page.pictured > _PICTURED for page in pages)
    recognised = hidden > every / 2 and pictured >= len(pages) / 2
    large = _large_marks(pages)
    taken: dict[str, list[str]] = defaultdict(list)
    kept = []
    for number, page in enumerate(pages):
        left = []
        for index, glyph in enumerate(page.glyphs):
            kind = _kind(glyph, recognised=recognised or page.pictured > _PICTURED)
            if (number, index) in large:
                kind = "水印"
            if kind:
                taken[kind].append(glyph.text)
            else:
                left.append(glyph)
        kept.append(replace(page, glyphs=tuple(left)))
        if page.outside.strip():
            taken["页面以外的字"].append(page.outside)
    return Unmarked(tuple(kept), tuple(left_out(what, ["".join(texts)]) for what, texts in taken.items()), recognised)


def left_out(what: str, texts: Sequence[str]) -> Note:
    """Tell texts that are no part of the report."""
    samples = tuple(dict.fromkeys(" ".join(text.split())[:_SAMPLE_LENGTH] for text in texts))
    return Note("left_out", what, len(texts), printed(texts), samples[:3])


def _kind(glyph: Glyph, *, recognised: bool) -> str:
    if glyph.turned:
        return "斜排或竖排的字" if glyph.text.strip() else ""
    return "看不见的字" if glyph.hidden and not recognised and glyph.text.strip() else ""


def _large_marks(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Find upright watermarks by page and number of the character: large, and pale or at one place of most pages."""
    sizes: Counter[float] = Counter()
    for page in pages:
        sizes.update(round(glyph.size * 2) / 2 for glyph in page.glyphs if glyph.text.strip())
    usual = sizes.most_common(1)[0][0] if sizes else 1.0
    places: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    large = [
        (number, index, glyph)
        for number, page in enumerate(pages)
        for index, glyph in enumerate(page.glyphs)
        if glyph.text.strip() and glyph.size > _LARGE * usual
    ]
    for number, _, glyph in large:
        places[_place(glyph)].add(number)
    marks = set()
    for number, index, glyph in large:
        again = len(places[_place(glyph)]) > max(1, _SHARE * len(pages))
        huge = glyph.size > _HUGE * usual
        if (again and (glyph.pale or huge)) or (len(pages) == 1 and glyph.pale and huge):
            marks.add((number, index))
    return marks


def _place(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.text, round(glyph.x0 / 6), round(glyph.base / 6)
