"""What a PDF prints, as the reading of its pages hands it over: characters and tables with their places, no file any more.

Lengths are points from the top left corner of the page as it is seen (rotation undone).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_ABOVE, _BELOW = 0.84, 0.16
"""A character's box stands on its baseline by its size: what fonts tell of their heights is often wrong."""


class Glyph(NamedTuple):
    """A printed character (or the letters of one ligature).

    ``base`` is its baseline, ``size`` that of its type, ``font`` the number of its font in the file. ``turned`` tells that
    it does not stand upright, ``hidden`` that it is not painted (the text behind a scan), ``pale`` that it is near white.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: int
    turned: bool = False
    hidden: bool = False
    pale: bool = False

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.base - _ABOVE * self.size

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.base + _BELOW * self.size


class Grid(NamedTuple):
    """A table with rules: its box, and the boxes of its cells row by row, None where a cell reaches over its neighbour."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, its characters in the order of the file, its tables, its level rules (boxes).

    ``pictured`` is the share of it that pictures cover (0..1). ``outside`` are the characters beyond its edges, and
    ``unmapped`` counts those whose font does not tell what they are (printed as 「�」).
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    grids: tuple[Grid, ...] = ()
    rules: tuple[Box, ...] = ()
    pictured: float = 0.0
    outside: str = ""
    unmapped: int = 0


@dataclass(frozen=True, slots=True)
class Print:
    """A whole file: its pages, the characters counted while they were read (white space aside, those printed twice once).

    ``ordinary`` are the characters of fonts' own code points (⼀) that stand here as the ordinary ones; ``told`` says in
    Chinese what else the file holds; ``title`` is what it calls itself.
    """

    pages: tuple[Page, ...]
    characters: int
    ordinary: str = ""
    told: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the pages were not read, and what to do."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the process that reads pages answers: one of the two."""

    print: Print | None = None
    refusal: Refusal | None = None
