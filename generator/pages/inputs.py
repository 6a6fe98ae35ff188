"""What each kind of page shows: its declared inputs. They fill its template and make its key, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass

from generator.checking.rule_help import RuleGroup
from generator.model import Exemption, Place, Problem, ReportSummary
from generator.pages.rows import (
    Coverage,
    Crumb,
    Facet,
    IndicatorRow,
    LawRow,
    ListedReport,
    ListHead,
    LogRow,
    PlaceRow,
    ReportRow,
    SystemRow,
    TopicGroupRow,
    WithdrawnRow,
    YearRow,
)
from generator.publishing.shell import Prose


@dataclass(frozen=True, slots=True)
class ProsePage:
    """A hand-written page as it is."""

    prose: Prose


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page."""

    prose: Prose
    coverage: Coverage
    newest: tuple[ReportRow, ...]
    tops: tuple[PlaceRow, ...]
    more: bool
    years: tuple[YearRow, ...]
    topics: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place with its children, one page of the list of them; the root has no place and hand-written words."""

    place: Place | None
    prose: Prose | None
    crumbs: tuple[Crumb, ...]
    coverage: Coverage
    children: tuple[PlaceRow, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class TownshipPage:
    """A township with its reports over the years; ``figures``: the reports that have figures, and the digests of these.

    ``compared``: the reports that were compared with an earlier one, with the digests of what came of it.
    """

    place: Place
    crumbs: tuple[Crumb, ...]
    predecessors: tuple[Crumb, ...]
    reports: tuple[ReportSummary, ...]
    figures: tuple[tuple[str, bytes], ...]
    compared: tuple[tuple[str, bytes], ...]
    withdrawn: tuple[WithdrawnRow, ...]


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """What stands at the address of a report that was taken down."""

    place: Place
    crumbs: tuple[Crumb, ...]
    withdrawn: WithdrawnRow


@dataclass(frozen=True, slots=True)
class RulesPage:
    """What the checks ask, each with an example and what to do: a part of the editors' guide."""

    groups: tuple[RuleGroup, ...]


@dataclass(frozen=True, slots=True)
class LogPage:
    """The public log of corrections and of reports taken down, the newest first, one page of it."""

    rows: tuple[LogRow, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report; ``digest`` stands for the files that its value was read from, ``links`` and ``shared`` for its links.

    ``names`` stands for the names of all places, where it shows those of townships that share sentences with it.
    """

    id: str
    digest: bytes
    links: bytes
    shared: bytes
    names: bytes
    place: Place
    crumbs: tuple[Crumb, ...]
    previous: int | None
    next: int | None
    downloads: tuple[str, ...]
    compared: bytes


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What changed in a report against ``previous``, the nearest earlier one; None where there is none.

    ``compared`` stands for the comparison, ``links`` for what both are linked to, ``shared`` for what it shares with other
    townships. ``previous_place`` is the place that the earlier report is of, where it is another one.
    """

    id: str
    place: Place
    crumbs: tuple[Crumb, ...]
    previous: str | None
    previous_place: Crumb | None
    compared: bytes
    links: bytes
    shared: bytes


@dataclass(frozen=True, slots=True)
class YearsPage:
    """All years."""

    prose: Prose
    years: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class YearPage:
    """The reports of one year, one page of the list of them."""

    row: YearRow
    reports: tuple[ReportRow, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """The tree of topics, or one group of it, which then has no prose; ``systems`` counts the glossary."""

    prose: Prose | None
    groups: tuple[TopicGroupRow, ...]
    systems: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list of passages: ``list`` names it, ``base`` is its address, year and place are what narrows it.

    ``complete`` tells whether its pages hold all entries; a list that is too long shows the newest, and ways to narrow it.
    """

    list: str
    base: str
    head: ListHead
    year: int | None
    place: str | None
    rows: tuple[ListedReport, ...]
    entries: int
    reports: int
    years: tuple[Facet, ...]
    places: tuple[Facet, ...]
    complete: bool
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class SystemsPage:
    """The glossary of systems, platforms, institutions, mechanisms and campaigns, one page of it."""

    rows: tuple[SystemRow, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class LawsPage:
    """The laws and documents that reports cite; ``others`` counts the passages that name documents outside the catalogue."""

    prose: Prose
    laws: tuple[LawRow, ...]
    others: int


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """The indicators."""

    prose: Prose
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator over places and years, one page of its places; ``zero`` are the words that state a zero."""

    id: str
    name: str
    unit: str
    units: tuple[str, ...]
    aliases: tuple[str, ...]
    rows: tuple[ListedReport, ...]
    reports: int
    figures: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class StatusPage:
    """What the checks found, what could not be published, and what was let pass.

    ``withheld`` are reports of which no version is shown; ``exceptions``: the report, and words of it that may stay.
    """

    prose: Prose
    coverage: Coverage
    failed: tuple[Problem, ...]
    more_failed: int
    counts: tuple[tuple[str, str, str, int], ...]
    unverified: tuple[Crumb, ...]
    withheld: tuple[Crumb, ...]
    more_withheld: int
    exceptions: tuple[tuple[Crumb, Exemption], ...]
    more_exceptions: int


@dataclass(frozen=True, slots=True)
class DataPage:
    """The open data page."""

    prose: Prose
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Any two reports, compared in the browser; ``indicators``: ids and names.

    ``listed``: there are so few reports that the browser may load the list of them to choose from.
    """

    prose: Prose
    listed: bool
    indicators: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search: what browsers that run no scripts find there instead are lists of places, topics and laws."""

    prose: Prose
    places: tuple[Crumb, ...]
    more: bool
    topics: tuple[tuple[Crumb, tuple[Crumb, ...]], ...]
    laws: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """The page for addresses that do not exist."""
