"""The fields of a Word document: which of its texts are codes, or a table of contents, and no part of the report.

ECMA-376 part 1, 17.16: a field stands between ``begin`` and ``end``, over any number of paragraphs; its code comes before
``separate``, its result after. Fields stand within fields, in codes as well as in results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from generator.importing.readers.docx.package import attribute, qualified

CODE, CONTENTS = "域代码", "目录"
TEXTS = {"w:t", "m:t", "w:delText", "w:sym", "w:noBreakHyphen", "v:textpath"}
_CONTENTS_FIELDS = {"TOC", "TOA", "INDEX"}
_SILENT_FIELDS = {"EQ", "SYMBOL", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}
"""Fields that print without a result in the file: only Word can work them out."""


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    result: bool = False
    contents: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """The elements of text that are not printed and why (``CODE``, ``CONTENTS``); the codes of fields that print unseen."""

    unprinted: dict[etree._Element, str]
    silent: tuple[str, ...]


def read_fields(root: etree._Element) -> Fields:
    """Read the fields of a part, in one pass. A ``begin`` without its ``end``, or the reverse, is no field."""
    matched = _matched([each for each in root.iter("{*}fldChar") if qualified(each) == "w:fldChar"])
    if not matched:
        return Fields({}, ())
    unprinted: dict[etree._Element, str] = {}
    silent: list[str] = []
    open_fields: list[_Field] = []
    in_code = in_contents = 0
    for element in root.iter():
        name = qualified(element)
        if name == "w:fldChar" and element in matched:
            kind = attribute(element, "fldCharType")
            if kind == "begin":
                open_fields.append(_Field())
                in_code += 1
            elif kind == "separate" and open_fields and not open_fields[-1].result:
                current = open_fields[-1]
                current.result, current.contents = True, field_name("".join(current.code)) in _CONTENTS_FIELDS
                in_code -= 1
                in_contents += current.contents
            elif kind == "end":
                current = open_fields.pop()
                in_code -= not current.result
                in_contents -= current.contents
                code = "".join(current.code).strip()
                if field_name(code) in _SILENT_FIELDS and not in_code:
                    silent.append(code)
        elif name == "w:instrText" and open_fields:
            open_fields[-1].code.append(element.text or "")
        elif name in TEXTS and (in_code or in_contents):
            unprinted[element] = CODE if in_code else CONTENTS
    return Fields(unprinted, tuple(silent))


def is_contents(code: str) -> bool:
    """Tell the code of a field that makes a table of contents or an index."""
    return field_name(code) in _CONTENTS_FIELDS


def field_name(code: str) -> str:
    """Return the first word of a field's code, in capitals."""
    words = code.split(None, 1)
    return words[0].upper() if words else ""


def _matched(marks: Sequence[etree._Element]) -> set[etree._Element]:
    """Return the marks of fields that begin and end, and the ``separate`` between."""
    matched: set[etree._Element] = set()
    begun: list[tuple[etree._Element, list[etree._Element]]] = []
    for mark in marks:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            begun.append((mark, []))
        elif kind == "separate" and begun:
            begun[-1][1].append(mark)
        elif kind == "end" and begun:
            begin, separates = begun.pop()
            matched.update((begin, *separates, mark))
    return matched
