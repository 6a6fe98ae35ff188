"""Bytes of a Markdown file -> its lines as they are printed, or a refusal that says what to do.

CommonMark with pipe tables. Indented text is text and no code: Chinese paragraphs begin with an indent.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.importing.document import Document, ImportRefusedError, Line, LineKind, printed
from generator.importing.readers.markdown.lines import Printed, joined_lines, printed_inline
from generator.importing.readers.plain_text import decode_text
from generator.importing.readers.telling import Telling
from generator.importing.source_lines import split_lines

MAX_CHARACTERS = 2_000_000
_NESTING = 40
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?=[\w-]+[ \t]*:)(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^(?:title|标题)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|[./#?]|[^\s]*[./#]", re.IGNORECASE)
_LIST_OPENS = {"ordered_list_open", "bullet_list_open"}
_LIST_CLOSES = {"ordered_list_close", "bullet_list_close"}
_BULLET = "-"
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def read_markdown(content: bytes) -> Document:
    """Read a Markdown file: marks of emphasis, links and code give their words, numbered items their numbers back.

    Front matter, pictures and tags without words are left out and told. Raise ImportRefusedError as ``decode_text`` does,
    and for a file that is too large, nested too deeply, or holds blocks of HTML with words in them.
    """
    decoded, encoding = decode_text(content)
    text = "\n".join(split_lines(decoded))
    if len(text) > MAX_CHARACTERS:
        raise ImportRefusedError(f"文件有 {len(text):,} 字，不像是一份报告", "检查是否选错了文件，或拆开后分别导入")
    telling = Telling()
    front = _FRONT_MATTER.match(text)
    metadata: tuple[tuple[str, str], ...] = ()
    if front:
        telling.tell("left_out", "文件头（front matter）", front.group())
        titles = _FRONT_TITLE.findall(front.group(1))
        metadata = tuple(("标题", title.strip("\"'")) for title in titles[:1])
        text = text[front.end() :]
    parser, tokens = _parsed(text, telling)
    lines = tuple(_lines(tokens, telling))
    if not printed(line.text for line in lines):
        raise ImportRefusedError("文件里没有正文", "检查是否选错了文件，或文件是否完整")
    shown = html.unescape(_TAG.sub("", parser.renderer.render(tokens, parser.options, {})))
    characters = printed([shown, front.group() if front else ""])
    return Document("markdown", f"Markdown，{encoding}", lines, characters, metadata, telling.notes())


def _parsed(text: str, telling: Telling) -> tuple[MarkdownIt, Sequence[Token]]:
    """Parse a text. What looks like the definition of a link but names no address (「[注]: 说明」) is read as text."""
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table").disable("code")
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    definitions = (*environment.get("references", {}).values(), *environment.get("duplicate_refs", ()))
    defined = [each["href"] for each in definitions]
    if not all(map(_ADDRESS.match, defined)):
        parser.disable("reference")
        tokens = parser.parse(text)
        defined = []
    for address in defined:
        telling.tell("left_out", "链接地址", address, counted=False)
    if any(token.nesting == 1 and token.level >= _NESTING - 1 for token in tokens):
        raise ImportRefusedError("列表或引用一层套一层，嵌套过深", "去掉多余的「>」和列表标记后再导入")
    return parser, tokens


def _lines(tokens: Sequence[Token], telling: Telling) -> Iterator[Line]:
    marks = dict(_marks(tokens))
    for index, token in enumerate(tokens):
        match token.type:
            case "inline" if tokens[index - 1].type not in {"td_open", "th_open"}:
                before = tokens[index - 1]
                outline = int(before.tag[1]) if before.type == "heading_open" else 0
                yield from _block(printed_inline(token, telling), marks.get(index, ""), outline, telling)
            case "tr_open":
                yield from _row(tokens, index, telling)
            case "table_close":
                yield Line("")
            case "fence":
                yield from (Line(text.strip()) for text in token.content.split("\n") if text.strip())
            case "html_block":
                _tell_html(token, telling)


def _block(found: Printed, mark: str, outline: int, telling: Telling) -> Iterator[Line]:
    """Return the lines of a paragraph, a heading or the first words of an item."""
    for index, text in enumerate(joined_lines(found)):
        kind: LineKind = "item" if mark == _BULLET and index == 0 else "line"
        number = mark if index == 0 and mark != _BULLET else ""
        if number:
            telling.tell("written_out", "列表编号", number)
        yield Line(f"{number} {text}" if number else text, kind, outline)


def _marks(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Return the mark of each item, its number or a bullet, by the index of its first words."""
    numbers = _numbers(tokens)
    lists: list[Iterator[str]] = []
    mark = ""
    for index, token in enumerate(tokens):
        if token.type in _LIST_OPENS:
            lists.append(iter(numbers.get(index, ())))
        elif token.type in _LIST_CLOSES:
            lists.pop()
        elif token.type == "list_item_open":
            own = next(lists[-1], _BULLET)
            outer = mark if mark != _BULLET else ""
            mark = f"{outer} {own}" if outer and own != _BULLET else outer or own
        elif token.type == "list_item_close":
            mark = ""
        elif token.type == "inline" and mark:
            yield index, mark
            mark = ""


def _numbers(tokens: Sequence[Token]) -> dict[int, list[str]]:
    """Return the numbers of the items of each numbered list, by the index of its first token.

    They are those that are written, as a misprinted number is; but where all items have the same one, the list is counted,
    for so it is meant.
    """
    found: dict[int, list[str]] = {}
    open_lists: list[int] = []
    for index, token in enumerate(tokens):
        if token.type in _LIST_OPENS:
            open_lists.append(index)
            if token.type == "ordered_list_open":
                found[index] = []
        elif token.type in _LIST_CLOSES:
            open_lists.pop()
        elif token.type == "list_item_open" and open_lists[-1] in found:
            found[open_lists[-1]].append(f"{token.info}{token.markup}")
    return {index: _counted(written) for index, written in found.items()}


def _counted(written: list[str]) -> list[str]:
    if len(written) > 1 and len(set(written)) == 1:
        start, delimiter = int(written[0][:-1]), written[0][-1]
        return [f"{start + offset}{delimiter}" for offset in range(len(written))]
    return written


def _row(tokens: Sequence[Token], start: int, telling: Telling) -> Iterator[Line]:
    cells: list[str] = []
    for index in range(start, len(tokens)):
        if tokens[index].type == "tr_close":
            break
        if tokens[index].type == "inline":
            lines = printed_inline(tokens[index], telling)
            cells.append(" ".join(" ".join(piece for line in lines for piece in line).split()))
    if any(cells):
        yield Line("\t".join(cells), "row")


def _tell_html(token: Token, telling: Telling) -> None:
    """Tell a block of HTML without words; refuse one with words, which only a reader of web pages can read."""
    if html.unescape(_TAG.sub("", token.content)).strip():
        message = f"第 {(token.map or [0])[0] + 1} 行起有一段 HTML，其中有文字"
        raise ImportRefusedError(message, "把这段改写成普通文字，或者整份文件另存为网页（.html）后再导入")
    telling.tell("left_out", "HTML 标记", token.content, counted=False)
