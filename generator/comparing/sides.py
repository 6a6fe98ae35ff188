"""One of two reports made ready to be compared: its clauses, and the sections that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.comparing.clauses import read_clauses
from generator.comparing.comparison import Clause
from generator.comparing.folding import fold_clauses
from generator.model import Report, Role

Words = Mapping[int, str]
"""The folded words of clauses, by their places."""
SIGNATURE = -1
"""The level of the signature: it belongs to no section, and stands behind whichever is the last."""


class Heading(NamedTuple):
    """A section as a comparison sees it: ``clause`` is the place of its heading, ``above`` the section that it lies in."""

    level: int
    role: Role
    clause: int | None
    above: int | None


class Side(NamedTuple):
    """A report's clauses with their texts and the places of their sections in ``headings``."""

    year: int
    clauses: list[Clause]
    texts: list[str]
    sections: list[int]
    headings: list[Heading]

    def is_heading(self, clause: int) -> bool:
        """Tell whether a clause is a heading."""
        return not self.clauses[clause].passage

    def folded(self, places: Iterable[int]) -> dict[int, str]:
        """Return the folded words of the clauses at some places."""
        wanted = list(places)
        return dict(zip(wanted, fold_clauses([self.texts[place] for place in wanted], self.year), strict=True))


def read_side(report: Report) -> Side:
    """Take a report apart. Linear in its text."""
    clauses = read_clauses(report)
    numbers = {section.id: number for number, section in enumerate(report.sections)}
    signed = {passage.id for passage in report.passages if passage.kind == "signature"}
    sections = [len(numbers) if clause.passage in signed else numbers[clause.section] for clause in clauses]
    own = {
        section: place
        for place, (section, clause) in enumerate(zip(sections, clauses, strict=True))
        if not clause.passage
    }
    headings: list[Heading] = []
    lying_in: list[tuple[int, int]] = []
    for number, section in enumerate(report.sections):
        while lying_in and lying_in[-1][0] >= section.level:
            lying_in.pop()
        above = lying_in[-1][1] if lying_in and lying_in[-1][0] > 0 else None
        lying_in.append((section.level, number))
        headings.append(Heading(section.level, section.role, own.get(number), above))
    headings.append(Heading(SIGNATURE, "other", None, None))
    return Side(report.year, clauses, [clause.text for clause in clauses], sections, headings)
