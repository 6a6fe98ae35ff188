"""PDF files made from a small language of lines, set character by character as office programs do.

``@page KEY=VALUE …`` sets the page (keys: the fields of Setting); ``= `` a centred title line; ``## `` a heading in larger
type; ``>> `` a line at the right; ``| a | b |`` a row of a table; ``- `` an item with a bullet; ``^ `` a footnote of the page;
``@break`` a new page; ``@picture H`` a picture H points high; ``@mark WORDS`` and ``@pale WORDS`` a watermark, slanting or
upright; ``@edge WORDS`` upright text along the left edge; any other line a paragraph. Inside lines ``{up:1}`` and ``{down:2}``
are raised and lowered, ``{gap:2}`` leaves two characters' room, ``{twice:…}`` prints its words twice, as for bold type.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, fields, replace
from io import BytesIO
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

_HAN_FONT = "STSong-Light"
_CLOSING = "，。、；：！？）》〉】」』”’…％%,.;:!?)"
_OPENING = "（《〈【「『“‘("
_MARKED = re.compile(r"\{(up|down|gap|twice):([^{}]*)\}")
_TITLE, _LARGE, _NOTE = 22.0, 18.0, 10.5
_BOTTOM_OF_NUMBER, _TOP_OF_HEADER = 42.0, 46.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How pages are set; lengths in points, ``indent`` and ``hang`` in characters."""

    size: float = 16
    leading: float = 28
    margin: float = 80
    width: float = 595
    height: float = 842
    indent: float = 2
    hang: float = 0
    after: float = 0
    justify: bool = False
    latin: str = ""
    header: str = ""
    even: str = ""
    number: str = ""
    columns: int = 1
    hidden: bool = False
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A character with the way in which it is printed."""

    char: str
    size: float
    rise: float = 0
    gap: float = 0
    twice: bool = False

    def font(self, latin: str) -> str:
        if self.char in "·•":  # the table of the Chinese font lacks them
            return "Helvetica"
        return latin if latin and self.char.isascii() and self.char.isalnum() else _HAN_FONT

    def width(self, latin: str) -> float:
        return self.gap + float(pdfmetrics.stringWidth(self.char, self.font(latin), self.size))


@dataclass(slots=True)
class _Press:
    """The page that is being printed."""

    canvas: Canvas
    setting: Setting
    page: int = 1
    y: float = 0
    column: int = 0
    notes: list[str] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.y = self.top

    @property
    def top(self) -> float:
        return self.setting.height - self.setting.margin

    @property
    def text_width(self) -> float:
        wide = self.setting.width - 2 * self.setting.margin
        return (wide - 30 * (self.setting.columns - 1)) / self.setting.columns

    @property
    def left(self) -> float:
        return self.setting.margin + self.column * (self.text_width + 30)

    def advance(self, height: float) -> float:
        """Make room for a line; return its baseline."""
        floor = self.setting.margin + 16 * len(self.notes)
        if self.y - height < floor:
            self.turn()
        self.y -= height
        return self.y

    def turn(self, *, page: bool = False) -> None:
        if self.column + 1 < self.setting.columns and not page:
            self.column += 1
        else:
            self.finish()
            self.canvas.showPage()
            self.page += 1
            self.column = 0
        self.y = self.top

    def finish(self) -> None:
        """Print what stands in the margins of the page."""
        setting = self.setting
        header = setting.even if setting.even and self.page % 2 == 0 else setting.header
        if header:
            self.put(pieces(header.replace("{n}", str(self.page)), 9), setting.margin, setting.height - _TOP_OF_HEADER)
        if setting.number:
            number = pieces(setting.number.replace("{n}", str(self.page)), 12)
            self.put(number, (setting.width - self.width(number)) / 2, _BOTTOM_OF_NUMBER)
        for row, note in enumerate(reversed(self.notes)):
            self.put(pieces(note, _NOTE), setting.margin, setting.margin - 12 + 16 * row)
        if self.notes:
            line = setting.margin + 16 * len(self.notes)
            self.canvas.line(setting.margin, line - 10, setting.margin + 140, line - 10)
        self.notes = []
        for kind, words in self.marks:
            self._mark(kind, words)
        if setting.turned:
            self.canvas.setPageRotation(setting.turned)

    def _mark(self, kind: str, words: str) -> None:
        self.canvas.saveState()
        if kind == "edge":
            self.canvas.translate(30, 300)
            self.canvas.rotate(90)
            self.put(pieces(words, 12), 0, 0)
        else:
            self.canvas.setFillGray(0.8)
            self.canvas.translate(120, 400)
            self.canvas.rotate(45 if kind == "mark" else 0)
            self.put(pieces(words, 60), 0, 0)
        self.canvas.restoreState()

    def width(self, line: list[Piece]) -> float:
        return sum(piece.width(self.setting.latin) for piece in line)

    def put(self, line: list[Piece], x: float, y: float, stretch: float = 0) -> None:
        for piece in line:
            x += piece.gap
            text = self.canvas.beginText(x, y + piece.rise)
            text.setFont(piece.font(self.setting.latin), piece.size)
            text.setTextRenderMode(3 if self.setting.hidden else 0)
            text.textOut(piece.char)
            self.canvas.drawText(text)
            if piece.twice:
                self.canvas.setFont(piece.font(self.setting.latin), piece.size)
                self.canvas.drawString(x + 0.4, y + piece.rise, piece.char)
            x += piece.width(self.setting.latin) - piece.gap + stretch


def pieces(text: str, size: float) -> list[Piece]:
    """Read a line with its marks."""
    found: list[Piece] = []
    gap = 0.0
    for index, part in enumerate(re.split(r"(\{\w+:[^{}]*\})", text)):
        match = _MARKED.fullmatch(part) if index % 2 else None
        if match and match[1] == "gap":
            gap = float(match[2]) * size
            continue
        rise = {"up": 0.35, "down": -0.15}.get(match[1], 0.0) * size if match else 0.0
        small = size * 0.6 if rise else size
        for char in match[2] if match else part:
            found.append(Piece(char, small, rise, gap, twice=bool(match and match[1] == "twice")))
            gap = 0.0
    return found


def make_pdf(source: str, *, title: str = "", **canvas: object) -> bytes:
    """Make the file that a ``-- pdf --`` section describes."""
    pdfmetrics.registerFont(UnicodeCIDFont(_HAN_FONT))
    target = BytesIO()
    press = _Press(Canvas(target, pagesize=(595, 842), invariant=True, **canvas), Setting())
    if title:
        press.canvas.setTitle(title)
    rows: list[list[str]] = []
    for line in [*source.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            _table(press, rows)
            rows = []
        if line.startswith("@"):
            _direct(press, line[1:])
        elif line.strip():
            _line(press, line)
    press.finish()
    press.canvas.save()
    return target.getvalue()


def _direct(press: _Press, line: str) -> None:
    name, _, rest = line.partition(" ")
    if name == "page":
        values = dict(word.partition("=")[::2] for word in shlex.split(rest))
        fresh = press.y == press.top
        press.setting = _changed(press.setting, values)
        size = press.setting.width, press.setting.height
        press.canvas.setPageSize(size[::-1] if press.setting.turned % 180 else size)  # reportlab swaps them again
        if fresh:
            press.y = press.top
    elif name == "break":
        press.turn(page=True)
    elif name == "picture":
        y = press.advance(float(rest))
        _picture(press, press.left, y, press.text_width, float(rest))
    elif name == "scan":
        _picture(press, 0, 0, press.setting.width, press.setting.height)
    elif name == "gap":
        press.y -= float(rest)
    else:
        press.marks.append((name, rest))


def _changed(setting: Setting, values: dict[str, str]) -> Setting:
    """Read the values of a ``@page`` line by the kinds of the fields that they name."""
    kinds = {each.name: str(each.type) for each in fields(Setting)}
    typed: dict[str, Any] = {}
    for key, value in values.items():
        match kinds[key]:
            case "bool":
                typed[key] = value == "yes"
            case "str":
                typed[key] = value
            case kind:
                typed[key] = int(value) if kind == "int" else float(value)
    return replace(setting, **typed)


def _picture(press: _Press, x: float, y: float, width: float, height: float) -> None:
    press.canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), (200, 210, 220))), x, y, width, height)


def _line(press: _Press, line: str) -> None:
    setting = press.setting
    if line.startswith("= "):
        text = pieces(line[2:], _TITLE)
        y = press.advance(_TITLE * 1.6)
        press.put(text, press.left + (press.text_width - press.width(text)) / 2, y)
    elif line.startswith(">> "):
        text = pieces(line[3:], setting.size)
        y = press.advance(setting.leading)
        press.put(text, press.left + press.text_width - press.width(text) - setting.size, y)
    elif line.startswith("## "):
        _paragraph(press, pieces(line[3:], _LARGE), (0, 0), _LARGE * 1.6)
    elif line.startswith("- "):
        bullet = "{gap:0.6}" + line[2:]
        _paragraph(press, [*pieces("•", setting.size), *pieces(bullet, setting.size)], (0, 1.2), setting.leading)
    elif line.startswith("^ "):
        press.notes.append(line[2:])
    else:
        _paragraph(press, pieces(line, setting.size), (setting.indent, setting.hang), setting.leading)


def _paragraph(press: _Press, text: list[Piece], indents: tuple[float, float], leading: float) -> None:
    first, rest = (indent * press.setting.size for indent in indents)
    start = first
    while text:
        y = press.advance(leading)
        end = _line_end(press, text, press.text_width - start)
        line, text = text[:end], text[end:]
        shown = line[: len("".join(piece.char for piece in line).rstrip())]
        room = press.text_width - start - press.width(shown)
        stretch = room / (len(shown) - 1) if press.setting.justify and text and len(shown) > 1 else 0
        press.put(line, press.left + start, y, stretch)
        start = rest
    press.y -= press.setting.after


def _line_end(press: _Press, text: list[Piece], room: float) -> int:
    """Return how many characters go on the line: words are whole, and marks stay with what they close or open."""
    end = used = 0
    while end < len(text) and used + text[end].width(press.setting.latin) <= room + 0.01:
        used += text[end].width(press.setting.latin)  # type: ignore[assignment]
        end += 1
    full = end
    while 1 < end < len(text) and (
        text[end].char in _CLOSING or text[end - 1].char in _OPENING or _in_word(text[end - 1].char, text[end].char)
    ):
        end -= 1
    end = end if end > 1 else max(full, 1)
    while end < len(text) and text[end].char == " ":
        end += 1
    return end


def _in_word(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and (before.isalnum() or before in ".-") and after.isalnum()


def _table(press: _Press, rows: list[list[str]]) -> None:
    """Print a table with rules; an empty cell that is marked ``<`` belongs to the cell before it."""
    size, leading = 12.0, 17.0
    width = press.text_width / max(map(len, rows))
    press.y -= size
    for row in rows:
        spans = [(index, cell) for index, cell in enumerate(row) if cell != "<"]
        ends = [index for index, _ in spans[1:]] + [len(row)]
        cells = []
        for (index, cell), end in zip(spans, ends, strict=True):
            text, lines = pieces(cell, size), []
            while text:
                cut = _line_end(press, text, width * (end - index) - 8)
                lines.append(text[:cut])
                text = text[cut:]
            cells.append((press.left + index * width, width * (end - index), lines))
        height = leading * max(len(lines) for _, _, lines in cells) + 8
        y = press.advance(height)
        for x, wide, lines in cells:
            press.canvas.rect(x, y, wide, height)
            for number, line in enumerate(lines, 1):
                press.put(line, x + 4, y + height - leading * number)
