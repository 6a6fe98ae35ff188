"""The automatic numbers of a Word document, counted and written as Word prints them.

ECMA-376 part 1, 17.9: a paragraph names a list (``w:num``) and a level; the list takes its levels from a definition
(``w:abstractNum``) that several lists may share, and with it their counters. A list may override levels and starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.importing.readers.docx.package import attribute, child, qualified
from generator.importing.readers.docx.styles import Style, Styles, is_set, numbering_of, whole_number
from generator.importing.readers.printed_numbers import number_text

LEVELS = 9
_PLACE = re.compile("%([1-9])")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its format, its text (``%1、``), where it starts, which level (from 1) restarts it."""

    number_format: str = "decimal"
    text: str = ""
    start: int = 1
    restarted_by: int | None = None
    legal: bool = False
    style: str = ""


_UNDEFINED = Level()


@dataclass(frozen=True, slots=True)
class List:
    """A list: the definition that it counts by, its own levels, and the starts that it overrides."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Printed:
    """What Word prints before a paragraph: a number, or a bullet; ``known`` tells that its format is one of those written here."""

    label: str
    bullet: bool = False
    known: bool = True


@dataclass(slots=True)
class Counters:
    """The lists of a document and how far each definition has counted.

    The text, the text boxes, the footnotes and the endnotes are stories: each counts for itself, as in Word.
    """

    lists: Mapping[str, List]
    styles: Styles
    _counts: dict[tuple[str, str], list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, str, int]] = field(default_factory=set)

    def number(self, properties: etree._Element | None, story: str) -> Printed | None:
        """Count a paragraph and return what is printed before it, by its ``w:pPr``; None for a paragraph outside all lists."""
        style = self.styles.paragraph(properties)
        own = numbering_of(properties)
        number = style.numbering.number if own.number is None else own.number
        numbered = self.lists.get(number or "")
        if number is None or numbered is None:
            return None
        index = _level(numbered, style, own.level, named=own.number is not None)
        if index >= LEVELS:
            return None
        counts = self._counts.setdefault((story, numbered.definition), [None] * LEVELS)
        first = (story, number, index) not in self._started
        self._started.add((story, number, index))
        _count(numbered, index, counts, first=first)
        return _printed(numbered, index, counts)


def _count(numbered: List, index: int, counts: list[int | None], *, first: bool) -> None:
    """Count one more on a level; ``first`` tells that the list comes to it for the first time.

    Higher levels that were passed over count as begun, and deeper ones begin again.
    """
    before = counts[index]
    if before is None or (first and index in numbered.starts):
        counts[index] = _start(numbered, index)
    else:
        counts[index] = before + 1
    for higher in range(index):
        if counts[higher] is None:
            counts[higher] = _start(numbered, higher)
    for deeper in range(index + 1, LEVELS):
        restarted_by = numbered.levels.get(deeper, _UNDEFINED).restarted_by
        if restarted_by is None or index < restarted_by:
            counts[deeper] = None


def _start(numbered: List, index: int) -> int:
    return numbered.starts.get(index, numbered.levels.get(index, _UNDEFINED).start)


def read_counters(root: etree._Element | None, styles: Styles, style_root: etree._Element | None) -> Counters:
    """Read the part of numbering; a document without it has no lists."""
    elements: tuple[etree._Element, ...] = () if root is None else tuple(root)
    definitions = {
        attribute(each, "abstractNumId") or "": each for each in elements if qualified(each) == "w:abstractNum"
    }
    numbers = {attribute(each, "numId") or "": each for each in elements if qualified(each) == "w:num"}
    links = _style_lists(style_root)
    levels: dict[str, Mapping[int, Level]] = {}
    lists: dict[str, List] = {}
    for number, element in numbers.items():
        definition = _definition(element, definitions, numbers, links)
        if number == "0" or definition is None:  # 0 takes a paragraph out of the list of its style
            continue
        if definition not in levels:
            levels[definition] = dict(_levels(definitions[definition]))
        lists[number] = _list(element, definition, levels[definition])
    return Counters(lists, styles)


def _style_lists(style_root: etree._Element | None) -> dict[str, str]:
    """Return the list that each style of lists names, by the id of the style."""
    found: dict[str, str] = {}
    for element in () if style_root is None else style_root:
        number = numbering_of(child(element, "w:pPr")).number
        if qualified(element) == "w:style" and attribute(element, "type") == "numbering" and number:
            found[attribute(element, "styleId") or ""] = number
    return found


def _definition(
    element: etree._Element,
    definitions: Mapping[str, etree._Element],
    numbers: Mapping[str, etree._Element],
    links: Mapping[str, str],
) -> str | None:
    """Follow a list to the definition that holds its levels, over the styles of lists that it may link to."""
    seen: set[str] = set()
    current = element
    while True:
        identifier = attribute(child(current, "w:abstractNumId"), "val") or ""
        definition = definitions.get(identifier)
        if definition is None or identifier in seen:
            return None
        seen.add(identifier)
        link = attribute(child(definition, "w:numStyleLink"), "val")
        target = numbers.get(links.get(link or "", ""))
        if link is None or target is None:
            return identifier
        current = target


def _list(element: etree._Element, definition: str, levels: Mapping[int, Level]) -> List:
    own: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in element:
        index = whole_number(attribute(override, "ilvl"))
        if qualified(override) != "w:lvlOverride" or index is None:
            continue
        start = whole_number(attribute(child(override, "w:startOverride"), "val"))
        if start is not None:
            starts[index] = start
        own.update((index, level) for _, level in _levels(override))
    return List(definition, {**levels, **own} if own else levels, starts)


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in parent:
        index = whole_number(attribute(element, "ilvl"))
        if qualified(element) != "w:lvl" or index is None:
            continue
        number_format = child(element, "w:numFmt")
        start = whole_number(attribute(child(element, "w:start"), "val"))
        level = Level(
            attribute(number_format, "val") or "decimal",
            attribute(child(element, "w:lvlText"), "val") or "",
            0 if start is None else start,
            whole_number(attribute(child(element, "w:lvlRestart"), "val")),
            child(element, "w:isLgl") is not None and is_set(attribute(child(element, "w:isLgl"), "val")),
            attribute(child(element, "w:pStyle"), "val") or "",
        )
        if level.number_format == "custom":  # 「001, 002, 003, ...」
            level = replace(level, number_format=f"custom {attribute(number_format, 'format') or ''}")
        yield index, level


def _level(numbered: List, style: Style, stated: int | None, *, named: bool) -> int:
    """Return the level of a paragraph: its own, else the one that is tied to its style, else that of the style.

    ``named`` tells that the paragraph itself names the list.
    """
    if stated is not None:
        return stated
    tied = {level.style: index for index, level in reversed(list(numbered.levels.items())) if level.style}
    if style.identifier in tied:
        return tied[style.identifier]
    if named:
        return 0
    return tied.get(style.numbered_by, 0) if style.numbering.level is None else style.numbering.level


def _printed(numbered: List, index: int, counts: list[int | None]) -> Printed:
    level = numbered.levels.get(index, _UNDEFINED)
    if level.number_format == "bullet":
        words = level.text if _HAN.search(level.text) else ""
        return Printed(words, bullet=not words and bool(level.text.strip()))
    known = True

    def number(match: re.Match[str]) -> str:
        nonlocal known
        at = int(match.group(1)) - 1
        if at > index:  # a level cannot count what lies below it
            return ""
        shown = numbered.levels.get(at, _UNDEFINED)
        value = counts[at]
        text = _formatted(shown.start if value is None else value, shown, legal=level.legal)
        known = known and text is not None
        return str(value or 0) if text is None else text

    label = _PLACE.sub(number, level.text).strip()
    return Printed(label, known=known)


def _formatted(value: int, level: Level, *, legal: bool) -> str | None:
    if level.number_format == "none":
        return ""
    if legal:
        return str(value)
    if level.number_format.startswith("custom"):
        first = re.match(r"custom\s+(0*[01])(?![0-9])", level.number_format)
        return f"{value:0{len(first.group(1))}}" if first else None
    return number_text(value, level.number_format)
