"""The bytes of a PDF -> what its pages print. Run as a process of its own (``pdf_apart``): a PDF may crash or never end.

It reads the file from its input and writes a ``Reading`` as JSON to its output. pdfminer.six interprets the file; it is
plain Python, so that a broken file ends in an exception and not in memory that was overwritten.
"""

from __future__ import annotations

import itertools
import logging
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from generator.importing.readers.pdf.device import MAX_CHARACTERS, PageDevice, RawPage, TooManyCharactersError
from generator.importing.readers.pdf.grids import find_grids
from generator.importing.readers.pdf.print import Box, Glyph, Page, Print, Reading, Refusal

MAX_PAGES = 300
_MOST = 0.8
"""A page whose characters lie to this share the same way is itself turned."""
_LEVEL = 3.0
_NOTES_OF_READERS = {"FreeText": "文本框批注", "Text": "便笺批注"}
_TITLE_LENGTH = 200

DAMAGED = Refusal("PDF 文件损坏或不完整，读不出页面", "重新下载或请对方重新发送，也可以用 Word 原件（.docx）导入")
_LOCKED = Refusal("PDF 设有打开密码", "向提供者要密码，去掉密码后另存再导入，或改用 Word 原件（.docx）")
_TOO_LARGE = Refusal("PDF 展开后占用的内存超过上限", "用 PDF 软件另存一次后再导入，或改用 Word 原件（.docx）")
_TOO_LONG = Refusal(
    f"PDF 超过 {MAX_PAGES} 页或 {MAX_CHARACTERS:,} 字，不像一份年度报告",
    "检查是否选错了文件，或只留下报告的页面后再导入",
)


def read_pages(content: bytes) -> Reading:
    """Read a PDF. Everything that can be wrong with it is a refusal, a file that needs too much memory among it."""
    try:
        return Reading(_print(content))
    except PDFPasswordIncorrect:
        return Reading(refusal=_LOCKED)
    except TooManyCharactersError:
        return Reading(refusal=_TOO_LONG)
    except MemoryError:
        return Reading(refusal=_TOO_LARGE)
    except Exception:  # noqa: BLE001 - a broken file breaks the interpreter in ways without number
        return Reading(refusal=DAMAGED)


def _print(content: bytes) -> Print:
    document = PDFDocument(PDFParser(BytesIO(content)))
    resources = PDFResourceManager()
    device = PageDevice(resources)
    interpreter = PDFPageInterpreter(resources, device)
    pages = []
    told: dict[str, None] = {}
    for number, page in enumerate(itertools.islice(PDFPage.create_pages(document), MAX_PAGES + 1)):
        if number >= MAX_PAGES:
            raise TooManyCharactersError
        interpreter.process_page(page)
        pages.append(_page(device.page))
        told |= dict.fromkeys(_annotations(page))
    if not pages:
        raise ValueError("no pages")
    told |= dict.fromkeys(_beside(document.catalog))
    ordinary = "".join(device.ordinary.elements())
    return Print(tuple(pages), device.characters, ordinary, tuple(told), _title(document))


def _page(raw: RawPage) -> Page:
    """Turn a page upright that was written lengthwise, and find its tables."""
    quarters = [quarter for glyph, _, quarter in raw.glyphs if glyph.text.strip()]
    turn = next((q for q in (1, 2, 3) if quarters.count(q) >= _MOST * len(quarters) > 0), 0)
    width, height = (raw.height, raw.width) if turn % 2 else (raw.width, raw.height)
    glyphs = tuple(
        _upright(glyph, end, raw, turn)._replace(turned=quarter != turn) for glyph, end, quarter in raw.glyphs
    )
    segments = [_upright_box(box, raw, turn) for box in raw.segments]
    level = tuple(box for box in segments if box[2] - box[0] > _LEVEL * (box[3] - box[1]))
    return Page(
        width,
        height,
        glyphs,
        find_grids(segments),
        level[:1000],
        raw.pictured,
        "".join(raw.outside),
        raw.unmapped,
    )


def _upright(glyph: Glyph, end: float, raw: RawPage, turn: int) -> Glyph:
    x0, base = _upright_point(glyph.x0, glyph.base, raw, turn)
    x1, _ = _upright_point(glyph.x1, end, raw, turn)
    return glyph._replace(x0=round(min(x0, x1), 2), x1=round(max(x0, x1), 2), base=round(base, 2))


def _upright_box(box: Box, raw: RawPage, turn: int) -> Box:
    x0, y0 = _upright_point(box[0], box[1], raw, turn)
    x1, y1 = _upright_point(box[2], box[3], raw, turn)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _upright_point(x: float, y: float, raw: RawPage, turn: int) -> tuple[float, float]:
    """Turn a point of the page to the right by quarters."""
    match turn:
        case 1:
            return raw.height - y, x
        case 2:
            return raw.width - x, raw.height - y
        case 3:
            return y, raw.width - x
        case _:
            return x, y


def _beside(catalog: dict[str, Any]) -> Iterator[str]:
    """Tell what a file holds beside its pages."""
    form = resolve1(catalog.get("AcroForm"))
    if isinstance(form, dict) and form.get("XFA"):
        yield "XFA 动态表单"
    if isinstance(form, dict) and resolve1(form.get("Fields")):
        yield "表单填写项"
    if catalog.get("Collection"):
        yield "PDF 文件包里的文件"
    names = resolve1(catalog.get("Names"))
    if isinstance(names, dict) and names.get("EmbeddedFiles"):
        yield "附带的文件"


def _annotations(page: PDFPage) -> Iterator[str]:
    annotations = resolve1(page.annots)
    for each in annotations[:1000] if isinstance(annotations, list) else ():
        annotation = resolve1(each)
        subtype = resolve1(annotation.get("Subtype")) if isinstance(annotation, dict) else None
        name = getattr(subtype, "name", "")
        if name in _NOTES_OF_READERS:
            yield _NOTES_OF_READERS[name]


def _title(document: PDFDocument) -> str:
    for each in document.info[:1]:
        title = resolve1(each.get("Title"))
        if isinstance(title, bytes):
            return re.sub(r"[\x00-\x1f]", "", decode_text(title))[:_TITLE_LENGTH]
    return ""


def _bound_process(memory: int, seconds: int, size: int) -> None:
    """Let the system end this process before it takes more memory (bytes), time or output than any report needs."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, size)):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard < 0 else min(most, hard), hard))


def main(memory: int, seconds: int, size: int) -> None:
    """Read a file from the input and write its ``Reading`` to the output, within the bounds."""
    _bound_process(memory, seconds, size)
    logging.disable()
    reading = read_pages(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(reading))
