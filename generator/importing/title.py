"""The title of a report, found at the head of its text, over one line or several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.content.numbering import read_label
from generator.importing.source_lines import SourceLine

_ENDS_TITLE = re.compile(r"(报告|总结|汇报|情况|要点)\s*([（(][^（(日]{1,20}[）)])?$")
_NAMES_REPORT = re.compile(r"报告|总结|汇报|年")
_SUBTITLE = re.compile(r"[（(][^（(日]{1,20}[）)]")
_ABOVE_TITLE = re.compile(
    r"附件\s*\d*\s*[:：]?|.{0,20}[〔\[（(]20\d\d[〕\]）)]\s*第?\s*\d+\s*号|[\d年月日\s./-]+|.*\t.*"
    r"|.{2,30}(政府|委员会|办事处|党委|党工委)\s*文\s*件"
)
_SENTENCE = re.compile(r"[。；！？：]|，.*，")
_MAX_LINES = 4
_MAX_LENGTH = 60
_SEARCHED = 8


def title_lines(lines: Sequence[SourceLine]) -> range:
    """Return which lines (by index) make the title, an empty range where the text has none."""
    for start in range(min(len(lines), _SEARCHED)):
        if _is_body(lines[start].text):
            break
        if _ABOVE_TITLE.fullmatch(lines[start].text):
            continue
        for end in range(start + 1, min(start + _MAX_LINES, len(lines)) + 1):
            text = "".join(line.text for line in lines[start:end])
            if _is_body(lines[end - 1].text) or len(text) > _MAX_LENGTH:
                break
            if _ENDS_TITLE.search(text) and not _is_heading(lines, start, end, text):
                more = end < len(lines) and _SUBTITLE.fullmatch(lines[end].text)
                return range(start, end + 1 if more else end)
    return range(0)


def repeats_title(text: str, title: str) -> bool:
    """Tell a line that only says the title once more."""
    return re.sub(r"\s", "", text) == re.sub(r"\s", "", title)


def _is_heading(lines: Sequence[SourceLine], start: int, end: int, text: str) -> bool:
    """Tell the first of several headings of one outline (「基本情况」), in a text that has no title, from a title."""
    outline = lines[start].outline
    return bool(outline and not _NAMES_REPORT.search(text) and any(line.outline == outline for line in lines[end:]))


def _is_body(text: str) -> bool:
    return bool(_SENTENCE.search(text)) or read_label(text) is not None
