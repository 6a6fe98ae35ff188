"""What last year's plan promised and this year's report says of it; what was a problem last year and is one again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.comparing.clauses import read_clauses
from generator.comparing.comparison import Clause, Comparison
from generator.comparing.folding import core_span
from generator.comparing.relating import Clauses, Wanted, find_related
from generator.comparing.words import Cut
from generator.model import Report, Role

PROMISE, PROBLEM = Wanted(0.35, 3), Wanted(0.35, 3, of_shorter=True)
"""How much of what is special in a promise, or in a problem, must come again. A problem is told shortly in one year and at
length in another: what counts is how much of the shorter words comes again."""
SHORTEST, LONGEST_HEAD = 8, 18
"""A shorter clause states nothing; a labelled one up to 18 characters, with more behind it, is the head of an item
(「一是加强学习。」): what follows it says what is meant."""
_INTRODUCES = re.compile(
    r"[：:]\s*$|(?:存在|还有|有)[着的]?(?:一些|一定|许多|诸多|不少)?的?(?:不足|差距|问题|短板)(?:和(?:不足|短板))?[，。]?$"
)
"""What leads up to a list of problems or plans says nothing itself."""


class Answer(NamedTuple):
    """What a later report says of a commitment: found by its words (``terms``), or confirmed by an editor, with a note.

    ``clause`` are the words, with no passage where the confirmed words are of another year than the next.
    """

    year: int
    clause: Clause
    terms: tuple[str, ...] = ()
    confirmed: bool = False
    note: str | None = None


class Commitment(NamedTuple):
    """A clause of a plan, what later reports say of it, and the same clause in next year's plan, if it is there again."""

    clause: Clause
    answers: tuple[Answer, ...]
    again: Clause | None


class Recurrence(NamedTuple):
    """A problem that comes again: last year's words, this year's, and the terms that they share where the words differ."""

    old: Clause
    new: Clause
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Following:
    """What two reports say to one another: last year's commitments, and problems that come again."""

    commitments: tuple[Commitment, ...]
    recurrences: tuple[Recurrence, ...]


def follow(old: Report, new: Report, comparison: Comparison, cut: Cut) -> Following:
    """Follow the plan and the problems of a report into the next one."""
    return Following(tuple(follow_plan(old, new, comparison, cut)), tuple(follow_problems(old, new, comparison, cut)))


def commitments_of(report: Report) -> tuple[Clause, ...]:
    """Return the clauses of the plan of a report; what only leads up to them is left out."""
    return tuple(_stating(report, ("plan",)))


def confirmed_answers(report: Report, clause: Clause) -> Iterator[Answer]:
    """Walk what editors have confirmed of a commitment of a report (``commitments`` in its record)."""
    for each in report.record.commitments:
        if each.commitment in clause.text or clause.text in each.commitment:
            yield Answer(each.year, Clause(each.quote, "", "", "other"), confirmed=True, note=each.note)


def follow_plan(old: Report, new: Report, comparison: Comparison, cut: Cut) -> Iterator[Commitment]:
    """Walk the commitments of the old report with what the new one says outside its own plan and problems."""
    promised = commitments_of(old)
    told = tuple(_stating(new, ("measures", "leader_duty", "other")))
    again = _continued(comparison, "plan")
    found = find_related(Clauses(promised, old.year), Clauses(told, new.year), cut, PROMISE)
    for clause, related in zip(promised, found, strict=True):
        confirmed = tuple(confirmed_answers(old, clause))
        known = {each.clause.text for each in confirmed}
        automatic = (Answer(new.year, each.clause, each.terms) for each in related if each.clause.text not in known)
        yield Commitment(clause, (*confirmed, *automatic), again.get((clause.passage, clause.text)))


def follow_problems(old: Report, new: Report, comparison: Comparison, cut: Cut) -> Iterator[Recurrence]:
    """Walk the problems of the old report that the new one has again: the same clause, or one that shares its terms."""
    before, after = (tuple(_stating(report, ("shortcomings",), heads=True)) for report in (old, new))
    again = _continued(comparison, "shortcomings")
    continued = set(again.values())
    left = [clause for clause in before if (clause.passage, clause.text) not in again]
    others = [clause for clause in after if clause not in continued]
    near = find_related(Clauses(left, old.year), Clauses(others, new.year), cut, PROBLEM)
    related = {clause: found[0] for clause, found in zip(left, near, strict=True) if found}
    for clause in before:
        if same := again.get((clause.passage, clause.text)):
            yield Recurrence(clause, same, ())
        elif found := related.get(clause):
            yield Recurrence(clause, found.clause, found.terms)


def _stating(report: Report, roles: Sequence[Role], *, heads: bool = False) -> Iterator[Clause]:
    """Walk the clauses of some roles that state something: no headings, lead-ins, signatures, and heads of items if asked."""
    signed = {passage.id for passage in report.passages if passage.kind == "signature"}
    clauses = [
        each for each in read_clauses(report) if each.role in roles and each.passage and each.passage not in signed
    ]
    for clause, following in itertools.zip_longest(clauses, clauses[1:]):
        goes_on = following is not None and following.passage == clause.passage and not core_span(following.text)[0]
        is_head = goes_on and core_span(clause.text)[0] and len(clause.text) <= LONGEST_HEAD
        if (heads or not is_head) and len(clause.text) > SHORTEST and not _INTRODUCES.search(clause.text):
            yield clause


def _continued(comparison: Comparison, role: Role) -> dict[tuple[str, str], Clause]:
    """Return the new clause for each old one of a role that stands in it again, by the old one's passage and words."""
    found: dict[tuple[str, str], Clause] = {}
    for change in comparison.changes:
        if change.old and change.new and all(_has_role((*change.old, *change.new), role)):
            for number, clause in enumerate(change.old):
                found[clause.passage, clause.text] = change.new[min(number, len(change.new) - 1)]
    return found


def _has_role(clauses: Iterable[Clause], role: Role) -> Iterator[bool]:
    return (clause.role == role and bool(clause.passage) for clause in clauses)
