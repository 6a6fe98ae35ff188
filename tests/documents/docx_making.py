"""Word documents made from a small language of lines, one a block, for cases that are files.

A line without a keyword is a paragraph. The others:

- ``title: …``, ``heading 1: …``, ``style Name: …`` paragraphs of a style; ``outline 2: …`` with an outline level of its own
- ``list a: chineseCounting %1、 ; decimal %2. start=3 restart=0 legal style=Heading2`` the levels of a list, from 0;
  ``list b of a: 0=1`` another on the same definition that starts level 0 at 1; ``list c linked a`` one linked through a style
- ``auto 0: …``, ``auto b 1: …`` numbered paragraphs; ``numbered Heading1 by a 0`` numbers a style
- ``new style Name (Base): <w:pPr>…`` a style in XML
- ``row: a | b`` rows of a table, up to the next other line; ``//`` parts the paragraphs of a cell; a cell may begin with
  ``{span 2}``, ``{down}`` (merged with those below), ``{up}``; ``gone row: …`` is deleted
- ``gone: …`` a paragraph deleted with its mark; ``joined: …`` one whose mark alone is deleted, ``unseen: …`` hidden
- ``box: … // …`` a paragraph that only holds a text box, whose paragraphs may be ``auto a 0: …``; ``contents: … | …`` a table of contents; ``blank:``
- ``header: …``, ``footer: …``, ``comment: …``; ``xml: <w:p>…``

Within a line: ``{|}`` a new run; ``{br}``, ``{page}``, ``{tab}``, ``{hyphen}``, ``{picture}``; ``{ins …}``, ``{del …}``,
``{from …}``, ``{to …}``, ``{hide …}``, ``{link …}``, ``{control …}``, ``{prompt …}``, ``{note …}``, ``{endnote …}``, ``{box …}``;
``{field CODE=result}``, ``{ruby base=above}``, ``{sym Wingdings=F0FC}``, ``{math …}``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{namespace}"'
    for prefix, namespace in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_KEYWORD = re.compile(
    r"(title|heading \d|style \w+|outline \d|list \w+.*?|auto(?: \w+)? \d|new style \w+ \(\w*\)|row|gone row|gone|joined"
    r"|unseen|box|contents|blank|header|footer|comment|xml): ?(.*)|(list \w+ linked \w+|numbered \w+ by \w+ \d)"
)
_MARK = re.compile(r"\{([a-z]+|\|)(?: ([^{}]*))?\}")
_CHANGE = 'w:id="9" w:author="editor" w:date="2024-01-01T00:00:00Z"'
_FIRST_LIST = 100
_NOTE_PARTS = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}s+xml"


@dataclass(slots=True)
class _Making:
    """A document in the making: its lists by name, its notes as XML by kind."""

    document: Document
    lists: dict[str, int] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=lambda: {"footnote": [], "endnote": []})


def make_docx(source: str) -> bytes:
    """Return the bytes of the Word document that the lines of ``source`` describe."""
    making = _Making(docx.Document())
    numbering = making.document.part.numbering_part.element
    for element in list(numbering):
        numbering.remove(element)
    lines = [line for line in source.split("\n") if line.strip()]
    for is_row, group in groupby(lines, lambda line: bool(re.match(r"(gone )?row: ", line))):
        if is_row:
            _add(making, _table(making, list(group)))
            continue
        for line in group:
            _block(making, line)
    _finish_notes(making)
    stream = io.BytesIO()
    making.document.save(stream)
    return stream.getvalue()


def _add(making: _Making, xml: str) -> None:
    body = making.document.element.body
    holder = parse_xml(f"<w:holder {NAMESPACES}>{xml}</w:holder>")
    for element in list(holder):
        body.insert(len(body) - 1, element)  # the last is the properties of the section


def _block(making: _Making, line: str) -> None:
    match = _KEYWORD.fullmatch(line)
    keyword, text = (match.group(1) or match.group(3), match.group(2) or "") if match else ("", line)
    first, *rest = keyword.split(" ") if keyword else ["", ""]
    if first in _DEFINITIONS:
        _DEFINITIONS[first](making, rest, text)
    else:
        _add(making, _BLOCKS[first](making, rest, text))


def paragraph(making: _Making, text: str, properties: str = "") -> str:
    """Return a paragraph as XML; ``properties`` is the inside of its ``w:pPr``."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(_inline(making, text))}</w:p>"


def _styled(making: _Making, rest: list[str], text: str) -> str:
    return paragraph(making, text, f'<w:pStyle w:val="{rest[0]}"/>')


def _numbered(making: _Making, rest: list[str], text: str) -> str:
    name, level = rest if len(rest) == 2 else ("a", rest[0])
    number = making.lists[name]
    return paragraph(making, text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _gone(making: _Making, _: list[str], text: str) -> str:
    deleted = re.sub("(.+)", r"{del \1}", text)
    return paragraph(making, deleted, f"<w:rPr><w:del {_CHANGE}/></w:rPr>")


def _contents(making: _Making, _: list[str], text: str) -> str:
    entries = [entry.strip() for entry in text.split("|")]
    marks = {0: _mark("begin") + _code('TOC \\o "1-3" \\h') + _mark("separate")}
    last = len(entries) - 1
    return "".join(
        f"<w:p>{marks.get(i, '')}{''.join(_inline(making, entry))}{_mark('end') if i == last else ''}</w:p>"
        for i, entry in enumerate(entries)
    )


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(code: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'


def _table(making: _Making, lines: list[str]) -> str:
    rows: list[str] = []
    for line in lines:
        deleted = f"<w:trPr><w:del {_CHANGE}/></w:trPr>" if line.startswith("gone") else ""
        cells = (_cell(making, cell.strip()) for cell in line.partition(": ")[2].split("|"))
        rows.append(f"<w:tr>{deleted}{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def _cell(making: _Making, text: str) -> str:
    properties = ""
    while match := re.match(r"\{(span|down|up)(?: (\d+))?\} ?", text):
        text = text[match.end() :]
        properties += {
            "span": f'<w:gridSpan w:val="{match.group(2)}"/>',
            "down": '<w:vMerge w:val="restart"/>',
            "up": "<w:vMerge/>",
        }[match.group(1)]
    paragraphs = "".join(paragraph(making, each.strip()) for each in text.split("//"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def _box(making: _Making, text: str) -> str:
    """Return a text box as Word writes it: once for programs that know it and once for those that do not."""
    inside = "<w:txbxContent>" + "".join(_boxed(making, each.strip()) for each in text.split("//")) + "</w:txbxContent>"
    new = f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def _boxed(making: _Making, text: str) -> str:
    match = re.fullmatch(r"auto (\w+) (\d): (.*)", text)
    return _numbered(making, [match.group(1), match.group(2)], match.group(3)) if match else paragraph(making, text)


def _note(making: _Making, kind: str, text: str) -> str:
    number = len(making.notes[kind]) + 1
    inside = f"<w:r><w:{kind}Ref/></w:r>{_run(' ')}{_run(text)}"
    making.notes[kind].append(f'<w:{kind} w:id="{number}"><w:p>{inside}</w:p></w:{kind}>')
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def _finish_notes(making: _Making) -> None:
    for kind, notes in making.notes.items():
        if notes:
            line = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
            blob = f"<w:{kind}s {NAMESPACES}>{line}{''.join(notes)}</w:{kind}s>".encode()
            main = making.document.part
            part = Part(PackURI(f"/word/{kind}s.xml"), _CONTENT_TYPE.format(kind), blob, main.package)
            main.relate_to(part, _NOTE_PARTS[kind])


def _run(text: str, properties: str = "", element: str = "t") -> str:
    if not text:
        return ""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{element} xml:space="preserve">{escape(text)}</w:{element}></w:r>'


def _inline(making: _Making, text: str) -> Iterator[str]:
    end = 0
    for match in _MARK.finditer(text):
        yield _run(text[end : match.start()])
        yield _marked(making, match.group(1), match.group(2) or "")
        end = match.end()
    yield _run(text[end:])


def _marked(making: _Making, name: str, text: str) -> str:
    if name in _SIGNS:
        return f"<w:r>{_SIGNS[name]}</w:r>" if _SIGNS[name] else ""
    if name in {"note", "endnote"}:
        return _note(making, name if name == "endnote" else "footnote", text)
    if name == "box":
        return _box(making, text)
    return _WRAPPED[name](text)


def _field(text: str) -> str:
    code, _, result = text.rpartition("=")
    return _mark("begin") + _code(code) + _mark("separate") + _run(result) + _mark("end")


def _ruby(text: str) -> str:
    base, _, above = text.partition("=")
    return f"<w:r><w:ruby><w:rubyPr/><w:rt>{_run(above)}</w:rt><w:rubyBase>{_run(base)}</w:rubyBase></w:ruby></w:r>"


def _sym(text: str) -> str:
    font, _, code = text.partition("=")
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


_SIGNS = {
    "|": "",
    "br": "<w:br/>",
    "page": '<w:br w:type="page"/>',
    "tab": "<w:tab/>",
    "hyphen": "<w:noBreakHyphen/>",
    "picture": "<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing>",
}
_WRAPPED: dict[str, Callable[[str], str]] = {
    "ins": lambda text: f"<w:ins {_CHANGE}>{_run(text)}</w:ins>",
    "del": lambda text: f"<w:del {_CHANGE}>{_run(text, element='delText')}</w:del>",
    "from": lambda text: f"<w:moveFrom {_CHANGE}>{_run(text)}</w:moveFrom>",
    "to": lambda text: f"<w:moveTo {_CHANGE}>{_run(text)}</w:moveTo>",
    "hide": lambda text: _run(text, "<w:vanish/>"),
    "link": lambda text: f'<w:hyperlink w:anchor="a">{_run(text)}</w:hyperlink>',
    "control": lambda text: f"<w:sdt><w:sdtPr/><w:sdtContent>{_run(text)}</w:sdtContent></w:sdt>",
    "prompt": lambda text: (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{_run(text)}</w:sdtContent></w:sdt>"
    ),
    "field": _field,
    "ruby": _ruby,
    "sym": _sym,
    "math": lambda text: f"<m:oMath><m:r><m:t>{escape(text)}</m:t></m:r></m:oMath>",
}


def _define_list(making: _Making, rest: list[str], text: str) -> None:
    numbering = making.document.part.numbering_part.element
    name, *of = rest
    number = making.lists[name] = _FIRST_LIST + len(making.lists)
    definition, overrides = str(number), ""
    if of[:1] == ["of"]:
        definition = str(making.lists[of[1]])
        for pair in text.split():
            level, _, start = pair.partition("=")
            overrides += f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    else:
        inside = _link(making, of[1], numbering) if of[:1] == ["linked"] else _levels(text)
        xml = f'<w:abstractNum {NAMESPACES} w:abstractNumId="{definition}">{inside}</w:abstractNum>'
        numbering.insert(sum(1 for each in numbering if each.tag.endswith("}abstractNum")), parse_xml(xml))
    xml = f'<w:num {NAMESPACES} w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
    numbering.append(parse_xml(xml))


def _levels(text: str) -> str:
    xml = ""
    for index, level in enumerate(text.split(";")):
        number_format, shown, *options = level.split()
        chosen = dict(option.partition("=")[::2] for option in options)
        xml += (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="{chosen.get("start", "1")}"/><w:numFmt w:val="{number_format}"/>'
        )
        xml += f'<w:lvlRestart w:val="{chosen["restart"]}"/>' if "restart" in chosen else ""
        xml += f'<w:pStyle w:val="{chosen["style"]}"/>' if "style" in chosen else ""
        xml += "<w:isLgl/>" if "legal" in chosen else ""
        xml += f"<w:lvlText w:val={quoteattr('' if shown == '-' else shown)}/></w:lvl>"
    return xml


def _link(making: _Making, name: str, numbering: object) -> str:
    """Make a style of lists that names list ``name``, and return a definition that links to it."""
    _ = numbering
    style = f'<w:style {NAMESPACES} w:type="numbering" w:styleId="L{name}"><w:name w:val="list {name}"/><w:pPr><w:numPr><w:numId w:val="{making.lists[name]}"/></w:numPr></w:pPr></w:style>'
    making.document.styles.element.append(parse_xml(style))
    return f'<w:numStyleLink w:val="L{name}"/>'


def _define_style(making: _Making, rest: list[str], text: str) -> None:
    name, base = rest[1], rest[2].strip("()")
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    xml = f'<w:style {NAMESPACES} w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{based}{text}</w:style>'
    making.document.styles.element.append(parse_xml(xml))


def _number_style(making: _Making, rest: list[str], _: str) -> None:
    style, _by, name, level = rest
    element = next(
        each
        for each in making.document.styles.element
        if any(v == style for k, v in each.items() if k.endswith("styleId"))
    )
    properties = element.get_or_add_pPr()
    numbering = f'<w:numPr {NAMESPACES}><w:ilvl w:val="{level}"/><w:numId w:val="{making.lists[name]}"/></w:numPr>'
    properties.insert(0, parse_xml(numbering))


def _add_comment(making: _Making, _: list[str], text: str) -> None:
    making.document.add_comment(making.document.paragraphs[-1].runs, text=text, author="reviewer")


_DEFINITIONS: dict[str, Callable[[_Making, list[str], str], None]] = {
    "list": _define_list,
    "new": _define_style,
    "numbered": _number_style,
    "comment": _add_comment,
    "header": lambda making, _, text: setattr(making.document.sections[0].header.paragraphs[0], "text", text),
    "footer": lambda making, _, text: setattr(making.document.sections[0].footer.paragraphs[0], "text", text),
}
_BLOCKS: dict[str, Callable[[_Making, list[str], str], str]] = {
    "": lambda making, _, text: paragraph(making, text),
    "title": lambda making, _, text: _styled(making, ["Title"], text),
    "heading": lambda making, rest, text: _styled(making, ["Heading" + rest[0]], text),
    "style": _styled,
    "outline": lambda making, rest, text: paragraph(making, text, f'<w:outlineLvl w:val="{int(rest[0]) - 1}"/>'),
    "auto": _numbered,
    "gone": _gone,
    "joined": lambda making, _, text: paragraph(making, text, f"<w:rPr><w:del {_CHANGE}/></w:rPr>"),
    "unseen": lambda making, _, text: paragraph(making, text, "<w:rPr><w:vanish/></w:rPr>"),
    "box": lambda making, _, text: f"<w:p>{_box(making, text)}</w:p>",
    "contents": _contents,
    "blank": lambda *_: "<w:p/>",
    "xml": lambda _making, _rest, text: text,
}
