"""What tests of comparisons share: reports made of a text, and comparisons told in lines."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

from generator.content.parse import parse_report
from generator.model import Report, ReportRecord

if TYPE_CHECKING:
    from generator.comparing.comparison import Change, Comparison

SIGNS = {"insert": ("{+", "+}"), "delete": ("[-", "-]"), "equal": ("", "")}


def made_up_report(text: str, year: int, record: ReportRecord | None = None) -> Report:
    return parse_report("shili-xian/liuwan-zhen", year, text, record or ReportRecord())


def change_lines(comparison: Comparison) -> list[str]:
    """Return a line for each change but clauses kept letter for letter: ``kind | old | new``, noise as a kind of its own."""
    return [
        f"{'noise' if change.noise else change.kind} | {sides(change, 'old')} | {sides(change, 'new')}"
        for change in comparison.changes
        if change.kind != "kept" or change.noise
    ]


def sides(change: Change, side: str) -> str:
    return " + ".join(clause.text for clause in getattr(change, side))


def marked(change: Change) -> str:
    """Return the edits of a change as one text, noise without marks, as the new report prints it."""
    return "".join(
        ("" if edit.noise and edit.op == "delete" else edit.text)
        if edit.noise
        else f"{SIGNS[edit.op][0]}{edit.text}{SIGNS[edit.op][1]}"
        for edit in change.edits
    )


def side_text(comparison: Comparison, side: str) -> list[str]:
    """Return all clauses of one side, sorted: what a comparison must hold of a report."""
    return sorted(clause.text for change in comparison.changes for clause in getattr(change, side))


def edited_text(change: Change, side: str) -> str:
    """Return the text that the edits of a change give for one side."""
    left_out = "insert" if side == "old" else "delete"
    return "".join(edit.text for edit in change.edits if edit.op != left_out)


def cut_places(change: Change, side: str) -> set[int]:
    """Return where the edits of a change cut the text of one side."""
    left_out = "insert" if side == "old" else "delete"
    return set(itertools.accumulate(0 if edit.op == left_out else len(edit.text) for edit in change.edits))


def printed_characters(report: Report) -> Counter[str]:
    """Count the characters of a report's headings and passages, white space aside."""
    texts = [section.number + section.heading for section in report.sections]
    return Counter("".join("".join([*texts, *(passage.text for passage in report.passages)]).split()))
