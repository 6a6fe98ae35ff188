"""The printed lines of all pages -> paragraphs, by their edges, indents and distances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.content.numbering import read_label
from generator.importing.readers.pdf.joints import join
from generator.importing.readers.pdf.layout import NEAR, Layout
from generator.importing.readers.pdf.lines import PrintedLine
from generator.importing.readers.pdf.tables import Table, one_table

BULLET = re.compile("[•●■◆▪◾▶►➢➤✓✔◦‣❖\uf000-\uf0ff]\\s*")
_ENDS_SENTENCE = re.compile(r"[。！？；：…!?;:][”’」』）)]?$")
_ANEW = re.compile(r"附件\s*\d*\s*[:：]")
_OTHER_SIZE = 0.12
_DEEPEST_HANG = 6.0
_MOST_LINES = 2_000


@dataclass(slots=True)
class Paragraph:
    """A paragraph as its lines are found: its text, its lines, the hyphens left out between them."""

    lines: list[PrintedLine]
    pieces: list[str]
    hyphens: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(self.pieces)

    @property
    def last(self) -> PrintedLine:
        """Its newest line."""
        return self.lines[-1]

    def add(self, line: PrintedLine, *, spaced: bool) -> None:
        """Join a line to its end; ``spaced`` tells that a space stands between."""
        before = self.pieces[-1][-4:]
        whole, hyphen = join(before, line.text, spaced=spaced)
        self.pieces[-1] = self.pieces[-1][: len(self.pieces[-1]) - len(before)]
        self.pieces.append(whole)
        self.lines.append(line)
        if hyphen:
            self.hyphens.append(hyphen)


@dataclass(frozen=True, slots=True)
class Flow:
    """The text in its order: paragraphs and tables, and the rows of tables that pages printed again."""

    blocks: tuple[Paragraph | Table, ...]
    rows_again: tuple[tuple[str, ...], ...]


def flow_of(blocks: Iterable[PrintedLine | Table], layout: Layout) -> Flow:
    """Join lines to paragraphs and the parts of tables, over the ends of pages."""
    flow: list[Paragraph | Table] = []
    again: list[tuple[str, ...]] = []
    for block in blocks:
        last = flow[-1] if flow else None
        if isinstance(block, Table):
            joined = one_table(last, block) if isinstance(last, Table) and last.page != block.page else None
            if joined:
                flow[-1], row = joined
                again += [row] if row else []
            else:
                flow.append(block)
            continue
        open_one = _open_paragraph(flow, block, layout)
        if open_one:
            open_one.add(block, spaced=open_one.last.spaced and layout.spaces_told)
        else:
            flow.append(Paragraph([block], [block.text]))
    return Flow(tuple(flow), tuple(again))


def _open_paragraph(flow: Sequence[Paragraph | Table], line: PrintedLine, layout: Layout) -> Paragraph | None:
    """Return the paragraph that a line continues: the last one, or the one that a table cut in two."""
    last = flow[-1] if flow else None
    if isinstance(last, Paragraph):
        return last if _continues(last, line, layout) else None
    before = flow[-2] if len(flow) > 1 else None
    cut = isinstance(before, Paragraph) and not _ENDS_SENTENCE.search(before.last.text) and bool(layout.indents)
    if isinstance(before, Paragraph) and cut and layout.at_left(line) and _continues(before, line, layout):
        return before
    return None


def _continues(paragraph: Paragraph, line: PrintedLine, layout: Layout) -> bool:
    """Tell whether a line continues a paragraph."""
    last = paragraph.last
    same_size = abs(last.size - line.size) <= _OTHER_SIZE * max(last.size, line.size)
    if not same_size or BULLET.match(line.text) or len(paragraph.lines) > _MOST_LINES:
        return False
    if layout.is_aside(last) or not layout.is_full(last, line) or not _stands_below(paragraph, line, layout):
        return False
    ended = bool(_ENDS_SENTENCE.search(last.text))
    indented = bool(layout.indents) and layout.at_left(line)
    if last.page == line.page and (layout.is_loose(last, line) or line.base <= last.base):
        return not ended and indented and line.base > last.base
    anew = read_label(line.text) is not None or bool(_ANEW.match(line.text))
    if ended:
        return not anew
    return not anew or indented


def _stands_below(paragraph: Paragraph, line: PrintedLine, layout: Layout) -> bool:
    """Tell a line that begins where the next line of the paragraph would."""
    last, first = paragraph.last, paragraph.lines[0]
    near = NEAR * layout.size
    shift = layout.edges[line.page][0] - layout.edges[last.page][0]
    if layout.at_left(line):
        return True
    if _hangs(first, line, layout):
        if len(paragraph.lines) > 1:
            return abs(line.x0 - last.x0 - shift) <= 2 * near
        return not _ENDS_SENTENCE.search(last.text) and (
            read_label(first.text) is not None or bool(BULLET.match(first.text)) or not layout.begins(line)
        )
    return abs(line.x0 - last.x0 - shift) <= near and not layout.begins(line)


def _hangs(first: PrintedLine, line: PrintedLine, layout: Layout) -> bool:
    """Tell a line that is further in than the first line of its paragraph."""
    shift = layout.edges[line.page][0] - layout.edges[first.page][0]
    return NEAR * layout.size < line.x0 - first.x0 - shift <= _DEEPEST_HANG * layout.size


def in_order(
    pages: Sequence[Sequence[PrintedLine]], tables: Sequence[Sequence[Table]]
) -> Iterator[PrintedLine | Table]:
    """Walk the lines and tables of all pages from the top down."""
    for lines, beside in zip(pages, tables, strict=True):
        waiting = sorted(beside, key=lambda table: table.top)
        for line in lines:
            while waiting and waiting[0].top < line.base:
                yield waiting.pop(0)
            yield line
        yield from waiting
