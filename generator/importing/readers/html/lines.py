"""The elements of a report's article -> its lines, in printed order, with the numbers that lists print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.content.numbering import read_label
from generator.importing.document import Line, LineKind
from generator.importing.readers.html.article import Article
from generator.importing.readers.html.list_numbers import list_start, marker
from generator.importing.readers.html.tables import is_data_table, table_rows
from generator.importing.readers.html.text import paragraphs, source_text
from generator.importing.readers.html.tree import Node, PageTree

_HEADING = re.compile(r"h([1-6])")
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*([1-9])")
_MARK = re.compile(r"mso-list\s*:\s*ignore")
_SYMBOLS = re.compile(r"wingdings|symbol|webdings")
_BULLET = re.compile("[•·●○■□◆◇▪▫►➢✓✔➤※\uf000-\uf0ff-]|[a-zA-Z§Øü](?=$)")
_PRE = re.compile(r"white-space\s*:\s*(pre|break-spaces)")
_LINE_END = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class ArticleLines:
    """The lines of an article; how many list numbers were written out, in how many characters; the bullets left out."""

    lines: tuple[Line, ...]
    numbers: tuple[str, ...]
    bullets: tuple[str, ...]


@dataclass(slots=True)
class _Writer:
    """What has been written, and what the line being written has so far."""

    lines: list[Line] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    bullets: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    outline: int = 0
    heading: range = range(0)
    """The nodes of the heading being written, whose level ``outline`` is."""
    preformatted: range = range(0)
    mark: str | None = None
    """The number that a list prints before the next words; "" for a bullet."""

    def end_line(self) -> None:
        """Write the line, if it has words."""
        texts = paragraphs("".join(self.pieces))
        self.pieces.clear()
        for text in texts:
            kind: LineKind = "line"
            if self.mark is not None and read_label(text) is None:
                kind = "line" if self.mark else "item"
                if self.mark:
                    self.numbers.append(self.mark)
                text = self.mark + text  # noqa: PLW2901 - the line as it is printed
            self.mark = None
            self.lines.append(Line(text, kind, self.outline))

    def enter(self, node: Node, within: range) -> None:
        """Take up what an element says of the lines in it."""
        if level := _level(node):
            self.outline, self.heading = level, within
        if _is_preformatted(node) and within.start not in self.preformatted:
            self.preformatted = within

    def leave(self, at: int) -> None:
        """End a heading before the first node behind it."""
        if self.outline and at not in self.heading:
            self.end_line()
            self.outline = 0

    def add_table(self, rows: Iterable[str]) -> None:
        """Write a table, with a blank line after another."""
        self.end_line()
        if self.lines and self.lines[-1].kind == "row":
            self.lines.append(Line(""))
        self.lines += [Line(row, "row") for row in rows]


def article_lines(tree: PageTree, article: Article) -> ArticleLines:
    """Write the lines of an article."""
    writer = _Writer()
    _write(tree, writer, tree.events(article.root, tree.ends[article.root], article.without), article.without)
    writer.end_line()
    for at in article.tail:
        writer.pieces.append(source_text(tree.nodes[at].text))
        if at == article.tail[-1] or tree.nodes[at + 1].tag:
            writer.end_line()
    return ArticleLines(tuple(writer.lines), tuple(writer.numbers), tuple(writer.bullets))


def lines_of(tree: PageTree, index: int) -> list[str]:
    """Return the texts of the lines of any element."""
    return [line.text for line in article_lines(tree, Article(index, frozenset(), ())).lines]


def _write(tree: PageTree, writer: _Writer, events: Iterable[tuple[int, bool]], without: frozenset[int]) -> None:
    counters: dict[int, int] = {}
    skipped = range(0)
    for at, entering in events:
        if at in skipped:
            continue
        node = tree.nodes[at]
        if entering:
            writer.leave(at)
        if not node.tag:
            _write_text(writer, node.text, pre=at in writer.preformatted)
        elif node.tag == "br" or node.is_block:
            writer.end_line()
        if node.tag and entering:
            writer.enter(node, range(at, tree.ends[at]))
            if _write_whole(tree, writer, at, without):
                skipped = range(at, tree.ends[at])
            elif node.tag in {"ol", "li"}:
                _count(tree, writer, at, counters)


def _write_whole(tree: PageTree, writer: _Writer, at: int, without: frozenset[int]) -> bool:
    """Write an element that is not walked into: a table of figures, or a number that Word put before a paragraph."""
    node = tree.nodes[at]
    if node.tag == "table" and without.isdisjoint(range(at, tree.ends[at])) and is_data_table(tree, at):
        writer.add_table(_table_lines(tree, writer, at))
        return True
    if "style" in node.attributes and _MARK.search(node.style):
        _write_mark(tree, writer, at)
        return True
    return False


def _count(tree: PageTree, writer: _Writer, at: int, counters: dict[int, int]) -> None:
    if tree.nodes[at].tag == "ol":
        counters[at] = list_start(tree, at)
    else:
        writer.mark = _list_mark(tree, at, counters)


def _is_preformatted(node: Node) -> bool:
    return node.tag == "pre" or ("style" in node.attributes and _PRE.search(node.style) is not None)


def _write_text(writer: _Writer, text: str, *, pre: bool) -> None:
    if not pre:
        writer.pieces.append(source_text(text))
        return
    for number, line in enumerate(_LINE_END.split(text)):
        if number:
            writer.end_line()
        writer.pieces.append(line)


def _level(node: Node) -> int:
    if match := _HEADING.fullmatch(node.tag):
        return int(match.group(1))
    match = _OUTLINE.search(node.style) if "style" in node.attributes else None
    return int(match.group(1)) if match else 0


def _table_lines(tree: PageTree, writer: _Writer, table: int) -> Iterator[str]:
    for child in tree.children(table):
        if tree.nodes[child].tag == "caption" and (text := " ".join(tree.text_of(child).split())):
            writer.lines.append(Line(text))
    yield from table_rows(tree, table)


def _list_mark(tree: PageTree, item: int, counters: dict[int, int]) -> str | None:
    """Return the number that a list prints before an item, "" for a bullet, None for nothing."""
    around = next((at for at in tree.ancestors(item) if tree.nodes[at].tag in {"ol", "ul", "menu", "dir"}), None)
    if around is None or around not in counters:
        return marker(tree, around, item, 0)
    value = tree.nodes[item].attributes.get("value", "")
    number = int(value) if re.fullmatch(r"-?\d{1,6}", value) else counters[around]
    counters[around] = number + (-1 if "reversed" in tree.nodes[around].attributes else 1)
    return marker(tree, around, item, number)


def _write_mark(tree: PageTree, writer: _Writer, index: int) -> None:
    """Write the number that Word put before a list paragraph, or leave its bullet out."""
    text = tree.text_of(index).strip()
    styles = " ".join(tree.nodes[at].style for at, _ in tree.events(index, tree.ends[index]))
    around = " ".join(tree.nodes[at].style for at in tree.ancestors(index) if not tree.nodes[at].is_block)
    if text and _BULLET.fullmatch(text) and (_SYMBOLS.search(styles + around) or not text.isalpha()):
        writer.bullets.append(text)
        writer.mark = ""
    else:
        writer.pieces.append(text)
