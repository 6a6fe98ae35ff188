"""The styles of a Word document: what a paragraph or a run gets from its style and from those that it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from generator.importing.readers.docx.package import attribute, child, qualified

BODY_OUTLINE = 9
_OFF = {"0", "false", "off", "no"}
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录|目錄)\s*[1-9]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The list (``number``) and level, from 0, that a paragraph or style names; None where it does not say."""

    number: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits: outline from 1 (0 none), numbering, hidden text, whether it is of a table of contents.

    ``identifier`` is its own id, ``numbered_by`` that of the style, itself or one below, that names the list.
    """

    identifier: str = ""
    outline: int = 0
    numbering: Numbering = Numbering()
    numbered_by: str = ""
    hidden: bool = False
    contents: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, and which of them paragraphs without one have."""

    by_id: Mapping[str, Style]
    default: str = ""

    def paragraph(self, properties: etree._Element | None) -> Style:
        """Return the style of a paragraph, by its ``w:pPr``."""
        return self.by_id.get(attribute(child(properties, "w:pStyle"), "val") or self.default, PLAIN)

    def run(self, properties: etree._Element | None) -> Style:
        """Return the style of a run, by its ``w:rPr``."""
        return self.by_id.get(attribute(child(properties, "w:rStyle"), "val") or "", PLAIN)


def read_styles(root: etree._Element | None) -> Styles:
    """Read the part of styles; a document without it has none."""
    elements: dict[str, etree._Element] = {}
    default = ""
    for element in () if root is None else root:
        identifier = attribute(element, "styleId")
        if qualified(element) == "w:style" and identifier is not None:
            elements.setdefault(identifier, element)
            if attribute(element, "type") == "paragraph" and is_set(attribute(element, "default"), absent=False):
                default = default or identifier
    resolved: dict[str, Style] = {}
    for identifier in elements:
        _resolve(identifier, elements, resolved)
    return Styles(resolved, default)


def _resolve(identifier: str, elements: Mapping[str, etree._Element], resolved: dict[str, Style]) -> None:
    """Resolve a style and all that it is based on, the lowest first; a chain that bites its tail ends there."""
    chain = list(_unresolved(identifier, elements, resolved))
    for each in reversed(chain):
        base = resolved.get(attribute(child(elements[each], "w:basedOn"), "val") or "", PLAIN)
        resolved[each] = _inheriting(each, elements[each], base)


def _unresolved(
    identifier: str, elements: Mapping[str, etree._Element], resolved: Mapping[str, Style]
) -> Iterator[str]:
    seen: set[str] = set()
    current = identifier
    while current in elements and current not in resolved and current not in seen:
        seen.add(current)
        yield current
        current = attribute(child(elements[current], "w:basedOn"), "val") or ""


def _inheriting(identifier: str, element: etree._Element, base: Style) -> Style:
    properties = child(element, "w:pPr")
    own = numbering_of(properties)
    numbering = Numbering(
        base.numbering.number if own.number is None else own.number,
        base.numbering.level if own.level is None else own.level,
    )
    name = attribute(child(element, "w:name"), "val") or ""
    heading = _HEADING_NAME.fullmatch(name)
    outline = outline_of(properties)
    if outline is None:
        outline = int(heading.group(1)) if heading else base.outline
    vanish = child(element, "w:rPr", "w:vanish")
    return Style(
        identifier,
        outline,
        numbering,
        base.numbered_by if own.number is None else identifier,
        base.hidden if vanish is None else is_set(attribute(vanish, "val")),
        base.contents or bool(_CONTENTS_NAME.fullmatch(name)),
    )


def outline_of(properties: etree._Element | None) -> int | None:
    """Return the outline level that a ``w:pPr`` states: from 1, 0 for body text; None where it does not say."""
    value = attribute(child(properties, "w:outlineLvl"), "val")
    if value is None or not (value.isascii() and value.isdigit()):
        return None
    level = int(value[:3])
    return level + 1 if level < BODY_OUTLINE else 0


def numbering_of(properties: etree._Element | None) -> Numbering:
    """Return what a ``w:pPr`` says of numbering."""
    element = child(properties, "w:numPr")
    level = attribute(child(element, "w:ilvl"), "val")
    return Numbering(attribute(child(element, "w:numId"), "val"), whole_number(level))


def whole_number(text: str | None) -> int | None:
    """Read a number of a file; None for what is none, or is out of all reason."""
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,9}", text) else None


def is_set(value: str | None, *, absent: bool = True) -> bool:
    """Read a switch (ECMA-376 part 1, 17.17.4): on where it has no value, unless ``absent`` says otherwise."""
    return absent if value is None else value.lower() not in _OFF
