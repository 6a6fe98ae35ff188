"""The paragraphs, tables, text boxes and notes of a Word document, in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from generator.content.numbering import read_label
from generator.importing.document import Line
from generator.importing.readers.docx.fields import CONTENTS
from generator.importing.readers.docx.package import attribute, child, qualified
from generator.importing.readers.docx.styles import outline_of, whole_number
from generator.importing.readers.docx.text import (
    DELETED,
    Around,
    ParagraphText,
    Reading,
    gather,
    is_deleted,
    is_hidden,
    leave_out,
    sdt_reason,
    take,
)
from generator.importing.readers.printed_numbers import with_number

_NOTES = {"w:footnote": "脚注", "w:endnote": "尾注"}
_INLINE = {"w:r", "w:hyperlink", "w:fldSimple", "m:oMathPara", "m:oMath", "w:ruby"}
_ATTACHED = {"w:altChunk": "嵌入的其他文件", "w:subDoc": "链接的子文档"}
_CONTENTS_HEADINGS = {"目录", "目次", "目錄"}
_MOST_COLUMNS = 63
"""A table of Word has no more."""
_PROSE, _HEADED = 300, 60
"""A cell with so much running text, or a numbered heading and so much text, is a page set as a table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line; ``note`` tells that it is of a note to what stands before it."""

    line: Line
    note: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    pieces: Sequence[Piece]
    width: int


@dataclass(slots=True)
class Flow:
    """The lines of one story or one cell in the making.

    ``story`` is the one whose numbers count on here: the body, the text boxes, the footnotes or the endnotes.
    ``_held`` is the text of a paragraph whose mark is deleted or hidden, with its ``w:pPr``: the next paragraph goes on
    with it.
    """

    reading: Reading
    story: str
    pieces: list[Piece] = field(default_factory=list)
    _held: tuple[ParagraphText, etree._Element | None] | None = None

    def read(self, container: etree._Element) -> list[Piece]:
        """Return the lines of a body, a cell, a text box or a note."""
        self._walk(container)
        self._release()
        return self.pieces

    def _walk(self, container: etree._Element) -> None:
        for element in container:
            name = qualified(element)
            if name == "w:p":
                self._paragraph(element)
            elif name == "w:tbl":
                self._release()
                self._table(element)
            elif name == "w:sdt" and (reason := sdt_reason(element)):
                self._left_out(element, reason)
            elif name in {"w:del", "w:moveFrom"}:
                self._left_out(element, DELETED)
            elif name in _ATTACHED:
                self.reading.telling.tell("left_out", _ATTACHED[name])
            elif name in _INLINE:
                self._loose(element)
            elif not name.endswith("Pr"):
                self._walk(element)

    def _left_out(self, element: etree._Element, reason: str) -> None:
        if leave_out(element, self.reading, reason).contents:
            self._drop_contents_heading()

    def _paragraph(self, element: etree._Element) -> None:
        properties = child(element, "w:pPr")
        mark = child(properties, "w:rPr")
        style = self.reading.styles.paragraph(properties)
        found, first = self._held or (ParagraphText(), None)
        self._held = None
        if not found.text.strip():
            first = properties
        around = Around(CONTENTS, element, style) if style.contents else Around(style=style)
        gather(element, self.reading, found, around)
        drop_cap = attribute(child(properties, "w:framePr"), "dropCap") in {"drop", "margin"}
        if is_deleted(mark) or is_hidden(mark, inherited=style.hidden) or drop_cap:
            self._held = (found, first)
        else:
            self._print(found, first)

    def _loose(self, element: etree._Element) -> None:
        """Take text that stands outside all paragraphs as one."""
        self._release()
        found = ParagraphText()
        take(element, self.reading, found, Around())
        self._print(found, None)

    def _release(self) -> None:
        """Print a held paragraph that nothing follows; without text it is gone, and no number counts it."""
        held, self._held = self._held, None
        if held:
            found, properties = held
            self._print(found, properties if found.text.strip() else None)

    def _print(self, found: ParagraphText, properties: etree._Element | None) -> None:
        if found.contents:
            self._drop_contents_heading()
        number = self.reading.counters.number(properties, self.story)
        texts = [text for text in (each.strip() for each in found.text.split("\n")) if text]
        stated = outline_of(properties)
        outline = self.reading.styles.paragraph(properties).outline if stated is None else stated
        bullet = bool(texts and number and number.bullet and not outline and not read_label(texts[0]))
        if texts and number and number.label:
            texts[0] = with_number(number.label, texts[0])
            what = "自动编号" if number.known else "写法少见的自动编号（按阿拉伯数字写，请核对）"
            self.reading.telling.tell("written_out", what, number.label)
        for index, text in enumerate(texts):
            self.pieces.append(Piece(Line(text, "item" if bullet and index == 0 else "line", outline)))
        for box in found.boxes:
            self._box(box)
        for key in found.notes:
            self._note(key)

    def _box(self, box: etree._Element) -> None:
        pieces = Flow(self.reading, "w:txbxContent").read(box)
        if pieces:
            text = " ".join(piece.line.text for piece in pieces)
            self.reading.telling.tell("kept", "文本框", text)
            self.pieces += pieces

    def _note(self, key: tuple[str, str]) -> None:
        note = self.reading.notes.get(key)
        if note is None or key in self.reading.read_notes:
            return
        self.reading.read_notes.add(key)
        pieces = Flow(self.reading, key[0]).read(note)
        if pieces:
            text = " ".join(piece.line.text for piece in pieces)
            self.reading.telling.tell("kept", _NOTES[key[0]], text)
            self.pieces += [Piece(piece.line, note=True) for piece in pieces]

    def _drop_contents_heading(self) -> None:
        """Leave out the 「目录」 that stands alone before a table of contents that is left out."""
        text = "".join(self.pieces[-1].line.text.split()) if self.pieces else ""
        if text in _CONTENTS_HEADINGS:
            self.pieces.pop()
            self.reading.telling.tell("left_out", CONTENTS, text, self)

    def _table(self, table: etree._Element) -> None:
        rows = [list(_padded(row, self._cells(row))) for row in self._rows(table)]
        cells = [cell for row in rows for cell in row]
        if all(len(row) <= 1 for row in rows) or any(map(_is_page, cells)):
            self.pieces += [piece for cell in cells for piece in cell.pieces]
            return
        notes = [piece for cell in cells for piece in cell.pieces if piece.note]
        texts = ["\t".join(_row_texts(row)) for row in rows]
        lines = [Line(text, "row") for text in texts if text.strip()]
        if lines and self.pieces and self.pieces[-1].line.kind == "row":
            self.pieces.append(Piece(Line("")))
        self.pieces += [Piece(line) for line in lines]
        self.pieces += notes

    def _rows(self, parent: etree._Element) -> Iterator[etree._Element]:
        for element in parent:
            name = qualified(element)
            if name == "w:tr":
                if is_deleted(child(element, "w:trPr")):
                    leave_out(element, self.reading, DELETED)
                else:
                    yield element
            elif not name.endswith("Pr"):
                yield from self._rows(element)

    def _cells(self, parent: etree._Element) -> Iterator[_Cell]:
        for element in parent:
            name = qualified(element)
            if name != "w:tc":
                if not name.endswith("Pr"):
                    yield from self._cells(element)
                continue
            properties = child(element, "w:tcPr")
            if child(properties, "w:cellDel") is not None:
                leave_out(element, self.reading, DELETED)
                continue
            yield _Cell(Flow(self.reading, self.story).read(element), _width(child(properties, "w:gridSpan")))


def _padded(row: etree._Element, cells: Iterator[_Cell]) -> Iterator[_Cell]:
    """Put empty cells where a row begins late or ends early."""
    properties = child(row, "w:trPr")
    for name in ("w:gridBefore", "", "w:gridAfter"):
        if not name:
            yield from cells
        elif child(properties, name) is not None:
            yield _Cell((), _width(child(properties, name)))


def _width(element: etree._Element | None) -> int:
    return max(1, min(whole_number(attribute(element, "val")) or 1, _MOST_COLUMNS))


def _row_texts(row: Sequence[_Cell]) -> Iterator[str]:
    """Return the text of each column: a cell over several stands in its first."""
    for cell in row:
        text = " ".join(piece.line.text for piece in cell.pieces if not piece.note)
        yield " ".join(text.split())
        yield from [""] * (cell.width - 1)


def _is_page(cell: _Cell) -> bool:
    """Tell a cell that holds running text of a report and no entry of a table."""
    texts = [piece.line.text for piece in cell.pieces if not piece.note]
    length = sum(map(len, texts))
    if length >= _PROSE and any("。" in text for text in texts):
        return True
    labels = [found[0].style for text in texts if (found := read_label(text))]
    return len(texts) > 1 and length >= _HEADED and any(style in {"han", "han_bracket"} for style in labels)
