"""Which places and reports the site holds, walked in order, counted once."""

from __future__ import annotations

import functools
import hashlib
import heapq
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.addresses import place_address
from generator.content.tree import ReportFiles
from generator.model import Place, ReportSummary
from generator.pages.rows import Coverage, Crumb, LogRow, ReportRow, WithdrawnRow, YearRow
from generator.publishing.reading import Digests

NEWEST = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A report of the holdings: its summary, its digests, and whether only its last good version is left."""

    summary: ReportSummary
    digests: Digests
    kept: bool = False


@dataclass(frozen=True, eq=False)
class Holdings:
    """Places and reports; ``entries`` walks the reports anew at each call, by place and year.

    ``failed`` are the ids of reports with errors; those of them that were published once are entries still. ``withdrawn``
    are the reports that were taken down, by place; ``log`` is the public log, the newest line first.
    """

    places: Mapping[str, Place]
    entries: Callable[[], Iterator[Entry]]
    coverage: Mapping[str, Coverage]
    years: tuple[YearRow, ...]
    newest: tuple[ReportSummary, ...]
    files: Mapping[str, ReportFiles]
    failed: frozenset[str]
    withdrawn: Mapping[str, tuple[WithdrawnRow, ...]]
    log: tuple[LogRow, ...]

    @functools.cached_property
    def names(self) -> bytes:
        """A digest of the names of all places."""
        told = "\n".join(f"{path} {place.name}" for path, place in self.places.items())
        return hashlib.blake2b(told.encode(), digest_size=16).digest()

    @functools.cache  # noqa: B019 - lives as long as the build
    def above(self, path: str) -> str:
        """Return the names of the places above a place, as one."""
        return "".join(crumb.name for crumb in self.crumbs(path)[2:])

    def by_place(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """Walk the places that have reports, with their reports by year."""
        for place, entries in itertools.groupby(self.entries(), key=lambda entry: entry.summary.place):
            yield place, tuple(entries)

    def with_previous(self) -> Iterator[tuple[Entry, Entry | None]]:
        """Walk the reports, each with the one that it is compared with: the nearest earlier one of the same township.

        Or of those that it continues (``predecessors``), and they in turn; of the same year, its own comes first.
        """
        before = self._of_predecessors
        for path, entries in self.by_place():
            inherited = [entry for each in self.lineage(path) for entry in before.get(each, ())]
            for number, entry in enumerate(entries):
                own = entries[number - 1] if number else None
                older = [each for each in inherited if each.summary.year < entry.summary.year]
                nearest = max(older, key=lambda each: each.summary.year, default=None)
                if own is None or (nearest and nearest.summary.year > own.summary.year):
                    own = nearest
                yield entry, own

    def lineage(self, path: str) -> tuple[str, ...]:
        """Return the places that a place continues, the nearest first."""
        found: dict[str, None] = {}
        wanted = [path]
        for each in wanted:
            place = self.places.get(each)
            for above in place.record.predecessors if place else ():
                if above not in found and above != path:
                    found[above] = None
                    wanted.append(above)
        return tuple(found)

    @functools.cached_property
    def _of_predecessors(self) -> Mapping[str, tuple[Entry, ...]]:
        """The reports of the places that others continue: few, and wanted again and again."""
        continued = {each for place in self.places.values() for each in place.record.predecessors}
        return {path: entries for path, entries in self.by_place() if path in continued} if continued else {}

    def crumbs(self, path: str) -> tuple[Crumb, ...]:
        """Return the steps from the home page down to the place above ``path``."""
        parts = path.split("/")
        above = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
        named = (Crumb(self.places[each].name, place_address(each)) for each in above if each in self.places)
        return (Crumb("首页", ""), Crumb("地方", "places/"), *named)

    def row(self, summary: ReportSummary) -> ReportRow:
        """Return a report as a row of a list: its place's name, and the names above it."""
        return ReportRow(summary, self.places[summary.place].name, self.above(summary.place))


def make_holdings(  # noqa: PLR0913, PLR0917 - what a site holds
    places: Mapping[str, Place],
    files: Mapping[str, ReportFiles],
    failed: frozenset[str],
    entries: Callable[[], Iterator[Entry]],
    withdrawn: Mapping[str, tuple[WithdrawnRow, ...]],
    log: tuple[LogRow, ...],
) -> Holdings:
    """Count the reports in one walk. Linear in the reports, with memory for the places and years only."""
    counts: dict[str, Coverage] = {}
    years: dict[int, tuple[int, int]] = {}
    newest: list[tuple[str, int, str, ReportSummary]] = []
    last_place = None
    for entry in entries():
        summary = entry.summary
        _count(counts, summary, new_township=summary.place != last_place)
        last_place = summary.place
        reports, complete = years.get(summary.year, (0, 0))
        years[summary.year] = (reports + 1, complete + (not summary.missing_roles))
        rank = (summary.published or summary.collected or "", summary.year, summary.id, summary)
        heapq.heappush(newest, rank)
        if len(newest) > NEWEST:
            heapq.heappop(newest)
    year_rows = tuple(YearRow(year, *years[year]) for year in sorted(years, reverse=True))
    newest_first = tuple(rank[3] for rank in sorted(newest, reverse=True))
    return Holdings(places, entries, counts, year_rows, newest_first, files, failed, withdrawn, log)


def _count(counts: dict[str, Coverage], summary: ReportSummary, *, new_township: bool) -> None:
    parts = summary.place.split("/")
    for depth in range(len(parts) + 1):
        path = "/".join(parts[:depth])
        old = counts.get(path, Coverage())
        counts[path] = Coverage(
            old.townships + new_township,
            old.reports + 1,
            min(old.first or summary.year, summary.year),
            max(old.last or summary.year, summary.year),
        )
