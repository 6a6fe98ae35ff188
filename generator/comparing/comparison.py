"""What a comparison of two reports says: every clause of both in exactly one change, and the figures.

Clauses, edits and changes are named tuples: there are very many of them, and they cost a third of a dataclass to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.model import Role

ChangeKind = Literal["kept", "reworded", "moved", "split", "merged", "added", "removed"]
Operation = Literal["equal", "insert", "delete"]
Part = Literal["measures", "shortcomings", "leader_duty", "plan", "other", "preamble", "whole"]
"""A role, or the report as a whole."""


class Clause(NamedTuple):
    """One sentence, or one 「一是…」 item, a heading, a row of a table: the unit of comparison.

    ``text`` is as printed; ``passage`` is the anchor of its passage, empty for a heading.
    """

    text: str
    section: str
    passage: str
    role: Role


class Edit(NamedTuple):
    """A piece of both texts, or of one; ``noise``: what was inserted or deleted says nothing new (width, spaces, numbering)."""

    op: Operation
    text: str
    noise: bool = False


class Change(NamedTuple):
    """How clauses of one year relate to the year before.

    ``edits`` lead from the old text to the new: those that are not inserted give the old clauses, joined, those that are
    not deleted the new ones. ``noise``: a kept clause that differs in nothing but noise.
    """

    kind: ChangeKind
    role: Role
    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    edits: tuple[Edit, ...]
    noise: bool = False


class FigureChange(NamedTuple):
    """What both reports state of an indicator; ``old`` and ``new`` are places in the records' figures, or None."""

    indicator: str
    unit: str
    old: int | None
    new: int | None
    old_value: int | float | None
    new_value: int | float | None


@dataclass(frozen=True, slots=True)
class Similarity:
    """Four measures of how alike two texts are, each from 0 to 1 (Cohen, Malloy and Nguyen, *Lazy Prices*, 2020)."""

    cosine: float
    jaccard: float
    minimum_edit: float
    simple: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports compared: their ids and years. Where they are not comparable, ``reason`` says why, and nothing else is told.

    ``changes`` follow the new report, with what was removed where it stood. ``copied`` is the share of the characters of
    the new clauses of each part that were kept, or only moved. ``coarse``: the texts are so long that not all was
    compared, and no words inside clauses.
    """

    old: str
    new: str
    years: tuple[int, int]
    reason: str | None
    changes: tuple[Change, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    copied: Mapping[Part, float] | None = None
    coarse: bool = False

    @property
    def comparable(self) -> bool:
        """Whether the two were compared."""
        return self.reason is None
