"""Bytes of a Word document (.docx, .docm, .dotx) -> its lines as Word prints them, or a refusal that says what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from generator.importing.document import Document, ImportRefusedError, printed
from generator.importing.readers.docx.blocks import Flow
from generator.importing.readers.docx.fields import TEXTS, read_fields
from generator.importing.readers.docx.numbering import read_counters
from generator.importing.readers.docx.package import (
    Package,
    Related,
    attribute,
    child,
    has_part,
    main_part,
    open_package,
    qualified,
    read_part,
    related,
)
from generator.importing.readers.docx.styles import read_styles
from generator.importing.readers.docx.text import NoteKey, Reading, leave_out
from generator.importing.readers.telling import Telling

_APART = {"header": "页眉", "footer": "页脚", "comments": "批注"}
_NOTE_NAMES = {"footnotes": "w:footnote", "endnotes": "w:endnote"}
_UNREAD_NOTES = "正文没有提到的脚注和尾注"
_SILENT = "只有 Word 能算出的域（请对照原件补上）"
_EQUATIONS = "公式（请对照原件核对）"


def read_docx(content: bytes) -> Document:
    """Read a Word document as it prints once all tracked changes are accepted.

    Automatic numbers are written out; text boxes and notes stand after the paragraph that they belong to. Headers, footers,
    comments, deletions, hidden text, tables of contents and pictures are left out and told. Raise ImportRefusedError for a
    file that is no Word document, is broken, encrypted or of no reasonable size, or holds no text.
    """
    package = open_package(content)
    part = main_part(package)
    root = read_part(package, part)
    body = child(root, "w:body")
    if body is None:
        raise ImportRefusedError("文件里没有 Word 正文", "检查是否选错了文件，或在 Word 里另存为 .docx 后再导入")
    named = related(package, part)
    parts = _parts(package, named, _NOTE_NAMES)
    notes = dict(_notes(parts))
    apart = _parts(package, named, _APART)
    telling = Telling()
    reading = _reading(package, named, [root, *(each for _, each in (*parts, *apart))], notes, telling)
    lines = [piece.line for piece in Flow(reading, "w:body").read(body)]
    if not printed(line.text for line in lines):
        pictures = any(note.what == "图片" for note in telling.notes())
        message = "文件里只有图片，没有文字" if pictures else "文件里没有文字"
        hint = "先用文字识别（OCR）转成文字再导入" if pictures else "检查是否选错了文件，或文件是否完整"
        raise ImportRefusedError(message, hint)
    stories = [body, *notes.values(), *(each for _, each in apart)]
    _tell_the_rest(reading, body, apart)
    return Document("docx", "Word", tuple(lines), sum(map(_characters, stories)), notes=telling.notes())


def _reading(
    package: Package,
    named: list[Related],
    roots: list[etree._Element],
    notes: Mapping[NoteKey, etree._Element],
    telling: Telling,
) -> Reading:
    unprinted: dict[etree._Element, str] = {}
    for root in roots:
        fields = read_fields(root)
        unprinted.update(fields.unprinted)
        for code in fields.silent:
            telling.tell("left_out", _SILENT, code, counted=False)
    style_root = next((each for _, each in _parts(package, named, {"styles": ""})), None)
    numbering = next((each for _, each in _parts(package, named, {"numbering": ""})), None)
    styles = read_styles(style_root)
    counters = read_counters(numbering, styles, style_root)
    return Reading(styles, counters, unprinted, notes, telling, set())


def _parts(package: Package, named: list[Related], kinds: Mapping[str, str]) -> list[tuple[str, etree._Element]]:
    """Read the parts of some kinds that the main part names, each once: its kind and its root."""
    wanted = {each.part: each.kind for each in named if each.kind in kinds and has_part(package, each.part)}
    return [(kind, read_part(package, part)) for part, kind in wanted.items()]


def _notes(parts: list[tuple[str, etree._Element]]) -> Iterator[tuple[NoteKey, etree._Element]]:
    """Return the footnotes and endnotes by kind and id, without the lines that part them from the text."""
    for kind, root in parts:
        for element in root:
            name = qualified(element)
            if name == _NOTE_NAMES[kind] and attribute(element, "type") in {None, "normal"}:
                yield (name, attribute(element, "id") or ""), element


def _tell_the_rest(reading: Reading, body: etree._Element, apart: list[tuple[str, etree._Element]]) -> None:
    """Tell what stands outside the text: headers, footers, comments, notes that nothing refers to; and equations."""
    for kind, root in apart:
        for element in root if kind == "comments" else (root,):
            text = _all_text(element)
            if text.strip():
                reading.telling.tell("left_out", _APART[kind], text)
    for key, note in reading.notes.items():
        if key not in reading.read_notes:
            leave_out(note, reading, _UNREAD_NOTES)
    for element in body.iter("{*}oMath"):
        if qualified(element) == "m:oMath":
            reading.telling.tell("kept", _EQUATIONS, _all_text(element))


def _all_text(element: etree._Element) -> str:
    return "".join(_texts(element))


def _characters(story: etree._Element) -> int:
    """Count the characters of a story by its elements of text alone, whatever they stand in."""
    return printed(_texts(story))


def _texts(story: etree._Element) -> Iterator[str]:
    for element in story.iter():
        name = qualified(element)
        if name not in TEXTS:
            continue
        if name in {"w:sym", "w:noBreakHyphen"}:
            yield "-"
        else:
            yield (element.get("string") or "") if name == "v:textpath" else "".join(map(str, element.itertext()))
