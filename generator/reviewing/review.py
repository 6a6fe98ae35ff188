"""What a change of the contents would do, as values: what a comment or a program is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.comparing.comparison import Change
from generator.content.forms import AS_IT_WAS, Rewriting
from generator.model import Figure, Problem

Fate = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else: its Chinese name, and what it said and says, each None where it was not there."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class FigureReview:
    """A figure of a report that was added, removed or changed; ``name`` is that of its indicator."""

    name: str
    old: Figure | None
    new: Figure | None


@dataclass(frozen=True, slots=True)
class ReportReview:
    """What happens to one report. ``changes`` leave out what was kept as it was; ``reason``: why texts are not compared.

    ``unread``: a record cannot be read, so figures and fields are not compared.
    """

    id: str
    name: str
    fate: Fate
    characters: tuple[int, int]
    changes: tuple[Change, ...] = ()
    reason: str | None = None
    figures: tuple[FigureReview, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    files: tuple[str, ...] = ()
    text_form: Rewriting = AS_IT_WAS
    record_form: Rewriting = AS_IT_WAS
    unread: bool = False


@dataclass(frozen=True, slots=True)
class EntryReview:
    """What happens to a place, an entry of a catalogue, or a hand-written page; ``id`` is its address or path."""

    id: str
    name: str
    fate: Fate
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PagesReview:
    """How many files of the site change, by kind of page, and the first addresses; ``reason``: why that is not known.

    ``left_out``: how many errors keep reports out of the preview.
    """

    counts: tuple[tuple[str, int, int, int], ...] = ()
    """(kind, added, changed, removed)."""
    first: tuple[tuple[Fate, str], ...] = ()
    reason: str | None = None
    left_out: int = 0

    @property
    def total(self) -> int:
        """How many files change."""
        return sum(added + changed + removed for _, added, changed, removed in self.counts)


@dataclass(frozen=True, slots=True)
class Review:
    """What a change would do. ``pages`` is None where the sites were not built."""

    reports: tuple[ReportReview, ...] = ()
    places: tuple[EntryReview, ...] = ()
    catalogues: tuple[tuple[str, EntryReview], ...] = ()
    prose: tuple[EntryReview, ...] = ()
    new_problems: tuple[Problem, ...] = ()
    gone_problems: tuple[Problem, ...] = ()
    pages: PagesReview | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the change does nothing at all."""
        touched = self.pages.total or bool(self.pages.reason) if self.pages else False
        return not (
            self.reports
            or self.places
            or self.catalogues
            or self.prose
            or self.new_problems
            or self.gone_problems
            or touched
        )
