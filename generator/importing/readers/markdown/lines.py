"""The words of one Markdown paragraph, and where its line ends are those of lines and where only of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from markdown_it.token import Token

from generator.content.numbering import read_label
from generator.importing.readers.telling import Telling

Printed = Sequence[Sequence[str]]
"""Lines that the text itself ends, each of the lines in which the file holds it."""

_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。；！？，、：,.;:!?]$")
_FULL = 0.7
"""A line so wide, against the widest of its paragraph, may have ended for want of room."""


def printed_inline(token: Token, telling: Telling) -> Printed:
    """Return the words of an inline token, without its marks."""
    lines: list[list[str]] = [[""]]
    for child in token.children or ():
        if child.type == "softbreak":
            lines[-1].append("")
        elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK_TAG.fullmatch(child.content)):
            lines.append([""])
        elif child.type == "html_inline":
            telling.tell("left_out", "HTML 标记", child.content, counted=False)
        elif child.type == "image":
            telling.tell("left_out", "图片", child.content, counted=False)
        elif child.type == "link_open" and child.info != "auto":
            telling.tell("left_out", "链接地址", str(child.attrGet("href") or ""), counted=False)
        else:
            lines[-1][-1] += child.content
    return lines


def joined_lines(lines: Printed) -> Iterator[str]:
    """Join the lines that only the file's width ended, without a space beside Chinese characters."""
    for pieces in lines:
        text = last = ""
        widest = max(map(_width, pieces), default=0)
        for piece in pieces:
            if text and _begins_anew(last, piece, widest):
                yield text.strip()
                text = ""
            text = _joined(text, piece)
            last = piece
        if text.strip():
            yield text.strip()


def _begins_anew(last: str, piece: str, widest: int) -> bool:
    """Tell a line that begins a paragraph though no blank line says so: numbered, indented, or after a short heading."""
    if piece.startswith("\u3000") or read_label(piece.strip()):
        return True
    return bool(read_label(last.strip())) and not _SENTENCE_END.search(last.strip()) and _width(last) < _FULL * widest


def _joined(text: str, piece: str) -> str:
    before, after = text.rstrip(" "), piece.lstrip(" ")
    if not before or not after:
        return before + after
    wide = any(east_asian_width(char) in "WFA" for char in (before[-1], after[0]))
    return before + ("" if wide else " ") + after


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
