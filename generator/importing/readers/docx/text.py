"""The text of one paragraph of a Word document, as it is printed once all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.importing.readers.docx.fields import CONTENTS, TEXTS, is_contents
from generator.importing.readers.docx.numbering import Counters
from generator.importing.readers.docx.package import attribute, child, qualified
from generator.importing.readers.docx.styles import PLAIN, Style, Styles, is_set
from generator.importing.readers.docx.symbols import sign, with_signs
from generator.importing.readers.telling import Telling

DELETED, HIDDEN, PLACEHOLDER = "修订中已删除的文字", "隐藏文字", "内容控件里的提示文字"
RUBY, WORD_ART, UNKNOWN_SIGN = "注音", "艺术字", "认不出的符号"
_PICTURES = {"pic:pic": "图片", "v:imagedata": "图片", "c:chart": "图表", "dgm:relIds": "图示", "w:object": "嵌入对象"}
_SKIPPED = re.compile(r"w:\w+Pr|m:\w+Pr|w:instrText|w:delInstrText|w:ffData|w:\w+Change")
_LINE_END = re.compile(r"[\n\r\t\f\v\x1c-\x1e\x85\u2028\u2029]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NoteKey = tuple[str, str]
"""Which note: the name of its element (``w:footnote``) and its id."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading of a document goes by: its styles, lists, unprinted elements and notes; and what it tells."""

    styles: Styles
    counters: Counters
    unprinted: Mapping[etree._Element, str]
    notes: Mapping[NoteKey, etree._Element]
    telling: Telling
    read_notes: set[NoteKey]


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph prints (line breaks as newlines), and what stands apart from it: text boxes and notes."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[NoteKey] = field(default_factory=list)
    contents: bool = False

    @property
    def text(self) -> str:
        """The printed text."""
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for the text within an element: why it is left out and by which element, its style and font."""

    reason: str | None = None
    place: etree._Element | None = None
    style: Style = PLAIN
    font: str = ""


def gather(parent: etree._Element, reading: Reading, found: ParagraphText, around: Around) -> None:
    """Add what the children of an element print to ``found``; whatever is left out is told."""
    for element in parent:
        take(element, reading, found, around)


def take(element: etree._Element, reading: Reading, found: ParagraphText, around: Around) -> None:
    """Add what an element prints to ``found``."""
    name = qualified(element)
    if name in _LEAVES:
        _leaf(element, name, reading, found, around)
    elif name == "w:txbxContent" and around.reason is None:
        found.boxes.append(element)
    elif not _SKIPPED.fullmatch(name):
        if name in _PICTURES and around.reason is None:
            reading.telling.tell("left_out", _PICTURES[name], place=element)
        if name == "w:p":  # in a text box that is left out, say
            found.pieces.append("\n")
        gather(element, reading, found, _within(element, name, reading, around))


def leave_out(element: etree._Element, reading: Reading, reason: str) -> ParagraphText:
    """Tell all text of an element as left out."""
    found = ParagraphText()
    gather(element, reading, found, Around(reason, element))
    return found


def is_deleted(properties: etree._Element | None) -> bool:
    """Tell by its ``w:rPr`` or ``w:trPr`` a mark of a paragraph or a row that a tracked change takes away."""
    return child(properties, "w:del") is not None or child(properties, "w:moveFrom") is not None


def is_hidden(properties: etree._Element | None, *, inherited: bool = False) -> bool:
    """Tell by its ``w:rPr`` hidden text, or a hidden mark of a paragraph."""
    vanish = child(properties, "w:vanish")
    return inherited if vanish is None else is_set(attribute(vanish, "val"))


def sdt_reason(element: etree._Element) -> str | None:
    """Tell why a content control is left out: a table of contents, or words that only ask for words; else None."""
    properties = child(element, "w:sdtPr")
    if attribute(child(properties, "w:docPartObj", "w:docPartGallery"), "val") == "Table of Contents":
        return CONTENTS
    placeholder = child(properties, "w:showingPlcHdr")
    return PLACEHOLDER if placeholder is not None and is_set(attribute(placeholder, "val")) else None


def _within(element: etree._Element, name: str, reading: Reading, around: Around) -> Around:
    """Return what holds within an element, from what holds around it."""
    if name == "w:r":
        properties = child(element, "w:rPr")
        inherited = around.style.hidden != reading.styles.run(properties).hidden
        hidden = HIDDEN if is_hidden(properties, inherited=inherited) else None
        fonts = child(properties, "w:rFonts")
        font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or ""
        return Around(around.reason or hidden, around.place if around.reason else element, around.style, font)
    reason: str | None = None
    if name in {"w:del", "w:moveFrom"}:
        reason = DELETED
    elif name == "w:rt":
        reason = RUBY
    elif name == "w:sdt":
        reason = sdt_reason(element)
    elif name == "w:fldSimple":
        reason = CONTENTS if is_contents(attribute(element, "instr") or "") else None
    return around if around.reason or not reason else Around(reason, element, around.style, around.font)


_CHARACTERS = {"w:tab": " ", "w:ptab": " ", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_REFERENCES = {"w:footnoteReference", "w:endnoteReference"}
_LEAVES = {*TEXTS, *_CHARACTERS, *_REFERENCES}


def _leaf(element: etree._Element, name: str, reading: Reading, found: ParagraphText, around: Around) -> None:
    reason = around.reason or reading.unprinted.get(element)
    if name in _REFERENCES:
        if reason is None:
            found.notes.append((name.removesuffix("Reference"), attribute(element, "id") or ""))
        return
    text, own_reason = _printed(element, name, around.font)
    reason = reason or own_reason
    if reason is None:
        found.pieces.append(text)
    elif text.strip():
        found.contents = found.contents or reason == CONTENTS
        reading.telling.tell("left_out", reason, text, reason if around.place is None else around.place)


def _printed(element: etree._Element, name: str, font: str) -> tuple[str, str | None]:
    """Return what an element of text stands for, and why it is no part of the text, if it is not."""
    if name in _CHARACTERS:
        return _CHARACTERS[name], None
    if name == "w:sym":
        known = sign(attribute(element, "font") or "", attribute(element, "char") or "")
        return (known, None) if known else ("□", UNKNOWN_SIGN)
    if name == "v:textpath":
        return element.get("string") or "", WORD_ART
    return with_signs(_words(element), font), DELETED if name == "w:delText" else None


def _words(element: etree._Element) -> str:
    """Return the text of a ``w:t``: white space at its ends counts only where the file says so."""
    text = "".join(map(str, element.itertext()))
    if text[:1].isspace() or text[-1:].isspace():
        holder: etree._Element | None = element
        while holder is not None and holder.get(_SPACE) is None:
            holder = holder.getparent()
        if holder is None or holder.get(_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
    return _LINE_END.sub(" ", text)
