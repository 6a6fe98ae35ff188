"""The strokes of a PDF page -> its characters and rules. It runs in the process of ``pages``, apart from the import."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFType3Font, PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_pt

from generator.importing.readers.pdf.characters import ordinary
from generator.importing.readers.pdf.print import Box, Glyph

if TYPE_CHECKING:
    from pdfminer.pdfcolor import PDFColorSpace
    from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdftypes import PDFStream
    from pdfminer.utils import Matrix, PathSegment

MAX_CHARACTERS = 200_000
_MAX_SEGMENTS = 20_000
_FARTHEST = 100_000.0
"""Points; nothing is printed beyond, whatever the file says."""
_UNKNOWN = "\ufffd"
_UNUSED, _BULLET = (127, 129, 141, 143, 144, 157), "•"
"""The codes that WinAnsiEncoding does not use stand for a bullet (ISO 32000-1, Annex D.2)."""
_INVISIBLE_MODES = (3, 7)
_PALE = 0.6
_THIN = 3.0
_UPRIGHT = 0.02
_SHIFT = 0.15
"""A character printed twice within this share of its size is one, printed bold."""
_EM_UNITS = (1 / 8192, 1 / 200)
"""An em is divided into so many units in fonts for which the size asked for is the size of the type."""
_GRAYS = {"DeviceGray", "CalGray", "ICCBased"}


class TooManyCharactersError(Exception):
    """The file prints more characters than any report."""


@dataclass(slots=True)
class RawPage:
    """A page as it is being read. A glyph's direction is that of its line: 0..3 quarter turns, None for a slant."""

    width: float
    height: float
    glyphs: list[tuple[Glyph, float, int | None]] = field(default_factory=list)
    segments: list[Box] = field(default_factory=list)
    pictured: float = 0.0
    outside: list[str] = field(default_factory=list)
    unmapped: int = 0


class PageDevice(PDFTextDevice):
    """Collects what the interpreter prints, one page at a time, in ``page``; counts over all pages."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.page = RawPage(0, 0)
        self.characters = 0
        self.ordinary: Counter[str] = Counter()
        self._box: Box = (0, 0, 0, 0)
        self._fonts: dict[int, tuple[PDFFont, int]] = {}
        self._mode = 0
        self._seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a page: its visible part is the crop box within the media box."""
        media = _turned(tuple(page.mediabox), ctm)
        crop = _turned(tuple(page.cropbox or page.mediabox), ctm)
        box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
        self._box = box if box[0] < box[2] and box[1] < box[3] else media
        self.ctm = ctm
        self.page = RawPage(self._box[2] - self._box[0], self._box[3] - self._box[1])
        self._seen = {}

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """Remember how the string is painted, then walk its characters."""
        self._mode = textstate.render
        if textstate.font and textstate.font.is_multibyte():
            self.page.unmapped += sum(_lost_codes(textstate.font, part) for part in seq if isinstance(part, bytes))
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # noqa: PLR0913, PLR0917 - the interface is pdfminer's
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Take one character; return how far it moves the pen."""
        del ncs
        width = font.char_width(cid) * fontsize * scaling
        x, y = apply_matrix_pt(matrix, (0, rise))
        end_x, end_y = apply_matrix_pt(matrix, (width, rise))
        size = _em(font) * abs(fontsize) * math.hypot(matrix[2], matrix[3])
        quarter = None if font.is_vertical() else _quarter(end_x - x, end_y - y, matrix)
        number = self._fonts.setdefault(id(font), (font, len(self._fonts)))[1]
        hidden = self._mode in _INVISIBLE_MODES
        pale = _lightness(graphicstate.ncolor, graphicstate.ncs) > _PALE
        left, top = self._box[0], self._box[3]
        glyph = Glyph(self._text(font, cid), x - left, end_x - left, top - y, size, number, hidden=hidden, pale=pale)
        self._take(glyph, top - end_y, quarter)
        return -abs(width) if font.is_vertical() else width

    def _text(self, font: PDFFont, cid: int) -> str:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = _BULLET if cid in _UNUSED and not font.is_multibyte() else _UNKNOWN
        text = text.replace("\0", "") or _UNKNOWN
        if text == _UNKNOWN:
            self.page.unmapped += 1
        plain = "".join(map(ordinary, text))
        if plain != text:
            self.ordinary[text] += 1
        return plain.encode("utf-8", "replace").decode()

    def _take(self, glyph: Glyph, end: float, quarter: int | None) -> None:
        numbers = (glyph.x0, glyph.x1, glyph.base, glyph.size, end)
        if not all(abs(number) < _FARTHEST for number in numbers):  # also for what is no number
            self._count(glyph)
            self.page.outside.append(glyph.text)
            return
        if glyph.text.strip() and self._is_double(glyph):
            return
        self._count(glyph)
        middle_x, middle_y = (glyph.x0 + glyph.x1) / 2, (glyph.base + end) / 2
        if not (0 <= middle_x <= self.page.width and 0 <= middle_y <= self.page.height):
            self.page.outside.append(glyph.text)
        else:
            self.page.glyphs.append((glyph, end, quarter))

    def _count(self, glyph: Glyph) -> None:
        self.characters += len("".join(glyph.text.split()).replace("\ufeff", ""))
        if self.characters > MAX_CHARACTERS or len(self.page.glyphs) > MAX_CHARACTERS:
            raise TooManyCharactersError

    def _is_double(self, glyph: Glyph) -> bool:
        """Tell a character that was printed at this place already; remember it otherwise."""
        step = max(_SHIFT * glyph.size, 0.1)
        column, row = int(glyph.x0 // step), int(glyph.base // step)
        for near in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for x, y in self._seen.get((glyph.text, *near), ()):
                if abs(x - glyph.x0) <= step and abs(y - glyph.base) <= step:
                    return True
        self._seen.setdefault((glyph.text, column, row), []).append((glyph.x0, glyph.base))
        return False

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,  # noqa: FBT001 - the interface is pdfminer's
        fill: bool,  # noqa: FBT001
        evenodd: bool,  # noqa: FBT001
        path: Sequence[PathSegment],
    ) -> None:
        """Take the level and upright strokes of a path, and the thin boxes that office programs fill for strokes."""
        del evenodd
        if not (stroke or fill) or len(self.page.segments) > _MAX_SEGMENTS:
            return
        colour = (gstate.scolor, gstate.scs) if stroke else (gstate.ncolor, gstate.ncs)
        if _lightness(*colour) >= 1:
            return  # white on white
        for points in _subpaths(path):
            places = [apply_matrix_pt(self.ctm, point) for point in points]  # type: ignore[arg-type]
            self._take_path([(x - self._box[0], self._box[3] - y) for x, y in places], stroke=stroke)

    def _take_path(self, points: Sequence[tuple[float, float]], *, stroke: bool) -> None:
        if len(points) < 2 or not all(abs(n) < _FARTHEST for point in points for n in point):  # noqa: PLR2004
            return
        box = _bounds(points)
        if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
            self.page.segments.append(box)
        elif stroke:
            self.page.segments += [
                _bounds(pair)
                for pair in pairwise(points)
                if abs(pair[0][0] - pair[1][0]) < 1 or abs(pair[0][1] - pair[1][1]) < 1
            ]

    def begin_figure(self, name: str, bbox: Any, matrix: Matrix) -> None:
        """Ignore the frame: pictures tell their own place."""

    def end_figure(self, name: str) -> None:
        """Ignore the frame."""

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Count the share of the page that a picture covers."""
        del name, stream
        box = _turned((0, 0, 1, 1), self.ctm or (1, 0, 0, 1, 0, 0))
        width = min(box[2], self._box[2]) - max(box[0], self._box[0])
        height = min(box[3], self._box[3]) - max(box[1], self._box[1])
        area = self.page.width * self.page.height
        if width > 0 and height > 0 and area > 0:
            self.page.pictured = min(1.0, self.page.pictured + width * height / area)


def _lost_codes(font: PDFFont, codes: bytes) -> int:
    """Count the codes, of two bytes at most, that a font's own table passes over in silence."""
    return max(0, len(codes) // 2 - sum(1 for _ in font.decode(codes)))


def _em(font: PDFFont) -> float:
    """Return the height of a font's type as a share of the size that the text asks for.

    It is 1 but for fonts that are drawn stroke by stroke in units of their own, as TeX's bitmaps are.
    """
    if isinstance(font, PDFType3Font) and not _EM_UNITS[0] <= abs(font.vscale) <= _EM_UNITS[1]:
        return abs(font.get_height()) or 1.0
    return 1.0


def _quarter(across: float, up: float, matrix: Matrix) -> int | None:
    """Tell by how many quarters of a turn a line of text is turned to the left; None for one that slants."""
    if across == up == 0:
        across, up = matrix[0], matrix[1]
    long = max(abs(across), abs(up))
    if min(abs(across), abs(up)) > _UPRIGHT * long:
        return None
    if abs(across) >= abs(up):
        return 0 if across > 0 else 2
    return 1 if up > 0 else 3


def _turned(box: Sequence[float], matrix: Matrix) -> Box:
    return _bounds([apply_matrix_pt(matrix, (x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])])


def _bounds(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(path: Sequence[PathSegment]) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = []
    for segment in path:
        operator, *numbers = tuple[Any, ...](segment)
        if operator == "m":
            found.append([])
        if not found:
            continue
        if operator == "h":
            found[-1] += found[-1][:1]
        else:
            found[-1].append((float(numbers[-2]), float(numbers[-1])))
    return found


def _lightness(color: Any, space: PDFColorSpace) -> float:
    """Return how light a colour is, 0 (black) to 1 (white); 0 for one that cannot be told, such as a pattern or an ink."""
    parts = color if isinstance(color, (tuple, list)) else (color,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return 0.0
    match len(parts):
        case 1:
            return float(parts[0]) if space.name in _GRAYS else 0.0
        case 3:
            return float(sum(parts)) / 3
        case 4:
            return max(0.0, 1 - float(parts[3]) - float(sum(parts[:3])) / 3)
        case _:
            return 0.0
