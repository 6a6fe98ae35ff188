"""A PDF -> a document. What it holds are characters at places; lines, paragraphs and tables are made of them here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from generator.importing.document import Document, Line, Note
from generator.importing.readers.pdf.apart import print_of
from generator.importing.readers.pdf.footnotes import split_footnotes
from generator.importing.readers.pdf.layout import layout_of
from generator.importing.readers.pdf.lines import PrintedLine, printed_lines
from generator.importing.readers.pdf.margins import Margins, without_margins
from generator.importing.readers.pdf.marks import Unmarked, left_out, without_marks
from generator.importing.readers.pdf.paragraphs import BULLET, Flow, Paragraph, flow_of, in_order
from generator.importing.readers.pdf.print import Print
from generator.importing.readers.pdf.quality import refuse_unreadable
from generator.importing.readers.pdf.tables import Table, tables_of

_TITLE = re.compile(r"[\u4e00-\u9fff].*(?:报告|总结|汇报|情况)")
_FILE_NAME = re.compile(r"^(?:Microsoft Word - )?(.*?)(?:\.\w{2,5})?$")
_LARGER = 1.08
_LONGEST_HEADING = 60
_RUNNING_TEXT = re.compile(r".{20,}。|.*。$")
_DEEPEST = 6


def read_pdf(content: bytes) -> Document:
    """Read a PDF.

    Raise ImportRefusedError for one that is damaged, locked, scanned, too large, or whose fonts hide what they print.
    """
    held = print_of(content)
    unmarked = without_marks(held.pages)
    refuse_unreadable(held, unmarked)
    pages = unmarked.pages
    tables, lines = [], []
    for number, page in enumerate(pages):
        found, glyphs = tables_of(page, number)
        tables.append(found)
        lines.append(printed_lines(glyphs, number))
    margins = without_margins(lines, [page.height for page in pages])
    bodies, footnotes = split_footnotes(margins.pages, [page.rules for page in pages])
    layout = layout_of([line for body in bodies for line in body], [page.width for page in pages])
    flow = flow_of(in_order(bodies, tables), layout)
    return Document(
        form="pdf",
        described=f"PDF，{len(pages)} 页",
        lines=tuple(_lines(flow, footnotes, layout.size)),
        characters=held.characters,
        metadata=tuple(_metadata(held)),
        notes=tuple(_notes(held, unmarked, margins, flow, list(chain.from_iterable(footnotes.values())))),
    )


def _lines(flow: Flow, footnotes: dict[int, list[str]], size: float) -> Iterator[Line]:
    """Give paragraphs and rows as lines, the footnotes of a page after the paragraph that ends it."""
    outlines = _outlines(flow, size)
    waiting = sorted(footnotes)
    before: Paragraph | Table | None = None
    for index, block in enumerate(flow.blocks):
        start = block.page if isinstance(block, Table) else block.lines[0].page
        while waiting and waiting[0] < start:
            yield from map(Line, footnotes[waiting.pop(0)])
            before = None
        if isinstance(block, Table):
            if isinstance(before, Table):
                yield Line("")
            yield from (Line("\t".join(row), "row") for row in block.rows)
        else:
            yield _line(block, outlines.get(index, 0))
        before = block
    for page in waiting:
        yield from map(Line, footnotes[page])


def _line(paragraph: Paragraph, outline: int) -> Line:
    bullet = BULLET.match(paragraph.text)
    if bullet and len(paragraph.text) > bullet.end():
        return Line(paragraph.text[bullet.end() :], "item")
    return Line(paragraph.text, "line", outline)


def _outlines(flow: Flow, size: float) -> dict[int, int]:
    """Tell the headings that larger type sets off below the beginning of the text, by index: the larger, the higher."""
    body = False
    larger: dict[int, float] = {}
    for index, block in enumerate(flow.blocks):
        if isinstance(block, Table):
            continue
        own = block.lines[0].size
        if body and own > _LARGER * size and len(block.text) <= _LONGEST_HEADING:
            larger[index] = round(own)
        body = body or (own <= _LARGER * size and bool(_RUNNING_TEXT.match(block.text)))
    sizes = sorted(set(larger.values()), reverse=True)
    return {index: min(sizes.index(own) + 1, _DEEPEST) for index, own in larger.items()}


def _notes(held: Print, unmarked: Unmarked, margins: Margins, flow: Flow, footnotes: Sequence[str]) -> Iterator[Note]:
    yield from unmarked.notes
    if margins.running:
        yield left_out("页眉、页脚", _texts(margins.running))
    if margins.numbers:
        yield left_out("页码", _texts(margins.numbers))
    if flow.rows_again:
        yield left_out("表格续页重复的表头", ["\t".join(row) for row in flow.rows_again])
    paragraphs = [block for block in flow.blocks if isinstance(block, Paragraph)]
    if hyphens := [hyphen for paragraph in paragraphs for hyphen in paragraph.hyphens]:
        yield left_out("行末断词的连字符", hyphens)
    if bullets := [
        found.group() for paragraph in paragraphs if (found := BULLET.match(paragraph.text)) and _is_item(paragraph)
    ]:
        yield left_out("项目符号", bullets)
    if footnotes:
        yield Note(
            "kept", "脚注，放在所在页的段落之后", len(footnotes), samples=tuple(note[:30] for note in footnotes[:3])
        )
    yield from _file_notes(held, recognised=unmarked.recognised)


def _file_notes(held: Print, *, recognised: bool) -> Iterator[Note]:
    if held.ordinary:
        samples = tuple(dict.fromkeys(held.ordinary))[:3]
        yield Note("kept", "字体用部首或兼容码位印的字符，已写作通用字符", len(held.ordinary), samples=samples)
    if unmapped := sum(page.unmapped for page in held.pages):
        yield Note("kept", "字体没有说明是什么字，写作「\ufffd」，请对照原件补上", unmapped)
    if recognised:
        yield Note("kept", "扫描件的识别文字，请逐字校对，text_state 填 ocr", len(held.pages))
    bare = [str(number) for number, page in enumerate(held.pages, 1) if not page.glyphs and page.pictured]
    if bare:
        yield Note(
            "left_out", "只有图片、没有文字的页", len(bare), samples=tuple(f"第 {number} 页" for number in bare[:3])
        )
    yield from (Note("left_out", what, 1) for what in held.told)


def _is_item(paragraph: Paragraph) -> bool:
    return _line(paragraph, 0).kind == "item"


def _texts(lines: Sequence[PrintedLine]) -> list[str]:
    return [line.text for line in lines]


def _metadata(held: Print) -> Iterator[tuple[str, str]]:
    """Give the title that the file tells of itself, where it is one and not the name of a file."""
    match = _FILE_NAME.match(held.title.strip())
    title = match.group(1) if match else ""
    if _TITLE.search(title):
        yield "标题", title
