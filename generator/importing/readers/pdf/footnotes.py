"""Footnotes: lines in small type below a short rule at the foot of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importing.readers.pdf.joints import join
from generator.importing.readers.pdf.layout import body_size
from generator.importing.readers.pdf.lines import PrintedLine
from generator.importing.readers.pdf.print import Box

_SMALL = 0.92
_SHORT = 0.75
_MARK = re.compile(r"[①-⑳*＊※]|\[\d+\]|〔\d+〕|\d{1,2}(?!\d)|注\d*[:：]")


def split_footnotes(
    pages: Sequence[Sequence[PrintedLine]], rules: Sequence[Sequence[Box]]
) -> tuple[list[list[PrintedLine]], dict[int, list[str]]]:
    """Return the lines of the pages without footnotes, and the footnotes of each page (from 0)."""
    size = body_size(line for page in pages for line in page)
    bodies: list[list[PrintedLine]] = []
    notes: dict[int, list[str]] = {}
    for number, (lines, level) in enumerate(zip(pages, rules, strict=True)):
        start = _start(lines, level, size)
        bodies.append(list(lines[:start]))
        if start < len(lines):
            notes[number] = _notes(lines[start:])
    return bodies, notes


def _start(lines: Sequence[PrintedLine], rules: Sequence[Box], size: float) -> int:
    """Return the index of the first footnote line: small type down to the foot, a rule above it."""
    start = len(lines)
    while start > 0 and lines[start - 1].size < _SMALL * size:
        start -= 1
    if start in {0, len(lines)}:
        return len(lines)
    above, first = lines[start - 1], lines[start]
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    ruled = any(above.base < box[1] < first.base and box[2] - box[0] < _SHORT * width for box in rules)
    return start if ruled else len(lines)


def _notes(lines: Sequence[PrintedLine]) -> list[str]:
    notes: list[str] = []
    for line in lines:
        if notes and not _MARK.match(line.text):
            notes[-1] = join(notes[-1], line.text)[0]
        else:
            notes.append(line.text)
    return notes
