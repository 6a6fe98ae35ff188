"""Paragraphs cut by page ends, blank lines and hard wrapping, joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from generator.content.numbering import read_label
from generator.importing.source_lines import SourceLine

_ENDS_SENTENCE = re.compile(r"[。！？；：…!?;:][”’」』）)]?$")
_ENDS_MARK = re.compile(r"[，、,（(“‘《〈—–/]$")
_ENDS_WORD = re.compile(r"[的和及或将被把]$|(?<![参赋给])与$")
_STARTS_CLOSED = re.compile(r"[，。、；：！？）”’》〉】,;:!?)]")
_STARTS_ANEW = re.compile(
    r"[一二三四五六七八九十]+是|首先|其次|再次|最后|第[一二三四五六七八九十]+[，,、]|附件|[■●•◆▪·*-]\s*\S|20\d\d\s*年|今年|一年来|近年来|去年"
    r"|我[镇乡街办]|[全本][镇乡]|[镇乡街]党[委工]|为[了深进切贯落认]"
)
_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "「": "」", "『": "』"}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_FULL_WIDTH = str.maketrans("()", "（）")
_LEAD_LENGTH = 22
_PHRASE_LENGTH = 40
"""Unnumbered leads (「抓实政务公开」) are shorter than the first; a line beyond the second is running text."""
_HEADING_REST = 15
"""What a page end cuts off a run-in heading is this short."""
_LONGEST, _LOOK_BACK, _END = 8_000, 600, 4
"""No paragraph is longer than the first; a pair is open for the second at most; how a text ends shows in the third."""
_NARROWEST, _WIDEST = 18, 60
_SLACK = 2
_WRAP_SHARE = 0.35
_WRAP_LINES = 5


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a text is hard-wrapped: the width of a full line, and whether paragraphs are told by their indent."""

    width: float
    indented: bool


def join_cut_paragraphs(lines: Sequence[SourceLine], *, wrapped: bool) -> list[SourceLine]:
    """Join each line with those that continue it; ``wrapped`` tells that lines may end for want of room."""
    wrapping = _wrapping(lines) if wrapped else None
    joined: list[SourceLine] = []
    last: SourceLine | None = None
    for line in lines:
        if joined and last and _continues(joined[-1].text, last, line, wrapping):
            before = joined.pop()
            gap = " " if re.search(r"[A-Za-z]$", before.text) and re.match(r"[A-Za-z]", line.text) else ""
            joined.append(replace(before, text=before.text + gap + line.text))
        else:
            joined.append(line)
        last = line
    return joined


def _alike(last: SourceLine, line: SourceLine) -> bool:
    """Tell lines that can be parts of one paragraph by what the file says of them."""
    return last.kind == line.kind == "line" and last.outline == line.outline


def unclosed(text: str) -> list[str]:
    """Return the closing marks that the quotes, titles and brackets left open in ``text`` wait for."""
    waiting: list[str] = []
    for char in text.translate(_FULL_WIDTH):
        if char in _PAIRS:
            waiting.append(_PAIRS[char])
        elif waiting and char == waiting[-1]:
            waiting.pop()
    return waiting


def _closes(text: str, closer: str) -> bool:
    """Tell whether ``text`` closes a pair that it did not open."""
    text = text.translate(_FULL_WIDTH)
    closed, opened = text.find(closer), text.find(_OPENERS[closer])
    return closed >= 0 and not 0 <= opened < closed


def _continues(whole: str, last: SourceLine, line: SourceLine, wrapping: _Wrapping | None) -> bool:
    """Tell whether ``line`` continues the paragraph ``whole``, whose newest line is ``last``."""
    if len(whole) > _LONGEST or "\t" in whole or "\t" in line.text or not _alike(last, line):
        return False
    ended = bool(_ENDS_SENTENCE.search(whole[-_END:]))
    closes = not ended and any(_closes(line.text, closer) for closer in unclosed(whole[-_LOOK_BACK:])[-1:])
    if closes or _STARTS_CLOSED.match(line.text):
        return True
    if read_label(line.text):
        return False
    if wrapping and _right_edge(last) >= wrapping.width - _SLACK:
        return not (line.indent > last.indent and wrapping.indented) and _continues_full_line(ended, line, wrapping)
    return not ended and (bool(_ENDS_MARK.search(whole[-_END:])) or _is_cut(whole, line))


def _continues_full_line(ended: bool, line: SourceLine, wrapping: _Wrapping) -> bool:  # noqa: FBT001
    return not ended if line.after_blank or not wrapping.indented else line.indent == 0


def _is_cut(whole: str, line: SourceLine) -> bool:
    """Tell a cut paragraph, which ends without a stop, from a heading or a lead, which has none by nature."""
    if whole.startswith("附件"):
        return False
    starts_anew = bool(_STARTS_ANEW.match(line.text))
    if read_label(whole):
        ends_heading = 0 <= line.text.find("。") <= _HEADING_REST or bool(_ENDS_WORD.search(whole[-_END:]))
        return "。" in whole or (line.after_page and ends_heading and not starts_anew)
    if "。" in whole or len(whole) > _PHRASE_LENGTH or _ENDS_WORD.search(whole[-_END:]):
        return True
    return len(whole) >= _LEAD_LENGTH and not starts_anew


def _wrapping(lines: Sequence[SourceLine]) -> _Wrapping | None:
    """Tell how a text is hard-wrapped: no line goes beyond the width of a page, and many lines reach it."""
    edges = [_right_edge(line) for line in lines]
    width = max(edges, default=0.0)
    full = sum(1 for edge in edges if edge >= width - _SLACK)
    if not _NARROWEST <= width <= _WIDEST or full < max(_WRAP_LINES, _WRAP_SHARE * len(lines)):
        return None
    indented = sum(1 for line in lines if line.indent >= 2)  # noqa: PLR2004 - one full-width space
    return _Wrapping(width, indented=2 <= indented < len(lines))  # noqa: PLR2004


def _right_edge(line: SourceLine) -> float:
    """Return where a line ends, in widths of a Chinese character."""
    return (line.indent + sum(2 if east_asian_width(char) in "WFA" else 1 for char in line.text)) / 2
