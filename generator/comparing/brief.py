"""What lists, feeds and neighbours tell of a comparison: its counts, how much was copied, the figures that moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from generator.comparing.comparison import Change, ChangeKind, Comparison, FigureChange, Similarity

KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True, slots=True)
class Brief:
    """A comparison in short; ``counts`` of clauses by kind, headings aside; ``noise`` of those kept that differ in noise."""

    old: str
    years: tuple[int, int]
    reason: str | None
    counts: Mapping[ChangeKind, int]
    noise: int
    copied: float
    similarity: Similarity | None
    figures: tuple[FigureChange, ...]
    coarse: bool


def brief_of(comparison: Comparison, similarity: Similarity | None) -> Brief:
    """Return a comparison in short, with the likeness of the reports as a whole."""
    copied = comparison.copied or {}
    return Brief(
        comparison.old,
        comparison.years,
        comparison.reason,
        count_kinds(comparison.changes),
        sum(change.noise for change in comparison.changes if not is_heading(change)),
        copied.get("whole", 0.0),
        similarity,
        tuple(each for each in comparison.figures if has_moved(each)),
        comparison.coarse,
    )


def count_kinds(changes: Iterable[Change]) -> dict[ChangeKind, int]:
    """Count the changes of each kind, headings aside: a heading states nothing."""
    counts = dict.fromkeys(KINDS, 0)
    for change in changes:
        if not is_heading(change):
            counts[change.kind] += 1
    return counts


def is_heading(change: Change) -> bool:
    """Tell the changes of headings."""
    return not (change.new or change.old)[0].passage


def has_moved(figure: FigureChange) -> bool:
    """Tell whether both reports state a figure, and not the same."""
    return figure.old_value is not None and figure.new_value is not None and figure.old_value != figure.new_value
