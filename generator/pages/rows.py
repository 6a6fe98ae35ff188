"""The rows of lists, and what else pages share in what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.catalogues import LawKind, SystemKind
from generator.model import Place, ReportSummary


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way from the home page: a name and an address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much the site holds, as a whole or of one place: townships with reports, reports, first and last year."""

    townships: int = 0
    reports: int = 0
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a list."""

    place: Place
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list of reports of several places."""

    summary: ReportSummary
    place_name: str
    above: str


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """A report that was taken down."""

    id: str
    year: int
    title: str | None
    date: str
    why: str


@dataclass(frozen=True, slots=True, order=True)
class LogRow:
    """A line of the public log: a correction (``what`` was changed), or a report taken down (no ``what``)."""

    date: str
    id: str
    what: str
    why: str
    place_name: str
    above: str


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A report in a feed; ``digest`` stands for its files, its links, and how it compares with the year before."""

    id: str
    place_name: str
    above: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year in a list: how many reports, how many of them with all four required contents."""

    year: int
    reports: int
    complete: int


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the tree of topics: how many reports and how many passages have it."""

    id: str
    name: str
    reports: int
    passages: int


@dataclass(frozen=True, slots=True)
class TopicGroupRow:
    """A topic of the first level with those below it."""

    id: str
    name: str
    source: str | None
    topics: tuple[TopicRow, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a list: a year, a place, or a topic that stands beside it; with how many entries it has."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands above a list: of a topic, a system, a law, or of the documents that no catalogue knows (``others``).

    What only the first page of a list tells (aliases, terms, systems, neighbours) is empty on the others.
    """

    kind: Literal["topic", "system", "law", "others"]
    id: str
    name: str
    crumbs: tuple[Crumb, ...]
    system_kind: SystemKind | None = None
    law_kind: LawKind | None = None
    aliases: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    systems: tuple[Crumb, ...] = ()
    neighbours: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedReport:
    """Entries of one report on a page of a list: those from ``start`` to ``end`` of what ``digest`` stands for."""

    id: str
    place_name: str
    above: str
    digest: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SystemRow:
    """An entry of the glossary with its topic, how often it is named, and the first reports that name it."""

    id: str
    name: str
    kind: SystemKind
    aliases: tuple[str, ...]
    topic: Crumb
    reports: int
    passages: int
    rows: tuple[ListedReport, ...]


@dataclass(frozen=True, slots=True)
class LawRow:
    """A law in the list of laws."""

    id: str
    name: str
    kind: LawKind
    reports: int
    passages: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in the list of indicators."""

    id: str
    name: str
    unit: str
    reports: int
    figures: int
