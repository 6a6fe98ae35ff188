"""A report taken apart into its clauses, in document order; together they hold every character of it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.comparing.comparison import Clause
from generator.content.items import split_clauses
from generator.content.quotes import cuts_number
from generator.model import Passage, Report

LONGEST = 1_000
"""A clause is cut after so many characters: what has no stops for so long is a list or debris."""


def read_clauses(report: Report) -> list[Clause]:
    """Return the clauses of a report: its headings, sentences, items, rows of tables. Linear in its text."""
    found: list[Clause] = []
    for section in report.sections:
        role = section.role
        if section.level:
            found.append(Clause(section.number + section.heading, section.id, "", role))
        for passage in section.passages:
            found += [Clause(text, section.id, passage.id, role) for text in _texts(passage)]
    return found


def _texts(passage: Passage) -> Iterator[str]:
    if passage.kind == "table":
        yield from (" ".join(row) for row in passage.rows)
    elif passage.kind == "image":
        yield passage.text
    else:
        for clause in split_clauses(passage.text):
            if len(clause) <= LONGEST:
                yield clause
            else:
                yield from _cut(clause)


def _cut(clause: str) -> Iterator[str]:
    while len(clause) > LONGEST:
        end = next((end for end in range(LONGEST, LONGEST // 2, -1) if not cuts_number(clause, end)), LONGEST)
        yield clause[:end]
        clause = clause[end:]
    yield clause
