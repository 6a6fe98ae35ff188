"""Which pages the site has, and what each one shows."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.content.schema import RECORD_TYPES
from generator.model import Place, Problem, Severity
from generator.pages.catalogue import Catalogue, Entry
from generator.pages.inputs import (
    Copy,
    Coverage,
    Crumb,
    DataPage,
    HomePage,
    NotFound,
    Page,
    PlaceJson,
    PlacePage,
    PlaceRow,
    ProsePage,
    Redirect,
    ReportJson,
    ReportPage,
    ReportRow,
    ReportsJson,
    SchemaFile,
    StatusPage,
    TownshipPage,
    YearPage,
    YearsPage,
)
from generator.pages.links import page_address, place_address, published_name, report_address
from generator.publishing.shell import Prose, Shells

CHILDREN_A_PAGE = 400
REPORTS_A_PAGE = 200
"""A list page must not exceed 200 KB."""
_SHOWN_TOPS = 60
_SHOWN_FAILED = 200
_SHOWN_UNVERIFIED = 100


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks found: how often by (level, rule), and the errors themselves."""

    counts: Mapping[tuple[Severity, str], int]
    failed: tuple[Problem, ...]


def plan_pages(catalogue: Catalogue, shells: Shells, findings: Findings, rules: Mapping[str, str]) -> Iterator[Page]:
    """Walk all pages of the site, each with its inputs."""
    yield from _frame_pages(shells)
    written = {prose.address: prose for prose in shells.facts.prose}
    yield from _prose_pages(catalogue, written, findings, rules)
    yield from _place_pages(catalogue, written.get("places/"))
    yield from _reporting_pages(catalogue)
    yield from _year_pages(catalogue, written.get("years/"))
    yield from _redirects(catalogue)
    yield from _exports(catalogue)


def _frame_pages(shells: Shells) -> Iterator[Page]:
    for name in shells.facts.theme_files:
        yield Page(name, Copy("shell", name, _digest((shells.folder / name).read_bytes())))
    for published, name in shells.facts.assets:
        yield Page(published, Copy("asset", name, published.encode()))
    yield Page("404.html", NotFound())


def _prose_pages(
    catalogue: Catalogue, written: Mapping[str, Prose], findings: Findings, rules: Mapping[str, str]
) -> Iterator[Page]:
    coverage = catalogue.coverage.get("", Coverage())
    for address, prose in written.items():
        path = f"{address}index.html"
        match address:
            case "":
                newest = tuple(catalogue.row(summary) for summary in catalogue.newest)
                tops = _child_rows(catalogue, "")
                shown, more = tops[:_SHOWN_TOPS], len(tops) > _SHOWN_TOPS
                yield Page(path, HomePage(prose, coverage, newest, shown, more, catalogue.years))
            case "data/":
                yield Page(path, DataPage(prose, coverage))
            case "status/":
                counts = tuple(
                    (level, rule, rules.get(rule, rule), n) for (level, rule), n in sorted(findings.counts.items())
                )
                hidden = max(0, len(findings.failed) - _SHOWN_FAILED)
                yield Page(
                    path,
                    StatusPage(
                        prose, coverage, findings.failed[:_SHOWN_FAILED], hidden, counts, _unverified(catalogue)
                    ),
                )
            case "places/" | "years/":
                pass
            case _:
                yield Page(path, ProsePage(prose))


def _child_rows(catalogue: Catalogue, path: str) -> tuple[PlaceRow, ...]:
    children = (place for place in catalogue.places.values() if place.parent_path == path)
    return tuple(PlaceRow(child, catalogue.coverage.get(child.path, Coverage())) for child in children)


def _unverified(catalogue: Catalogue) -> tuple[Crumb, ...]:
    places = (place for place in catalogue.places.values() if place.record.parent_unverified)
    return tuple(Crumb(place.name, place_address(place.path)) for place in itertools.islice(places, _SHOWN_UNVERIFIED))


def _place_pages(catalogue: Catalogue, prose: Prose | None) -> Iterator[Page]:
    children: dict[str, list[Place]] = {}
    for place in catalogue.places.values():
        children.setdefault(place.parent_path, []).append(place)
    yield from _lists(catalogue, None, prose, children.get("", []))
    for path, place in catalogue.places.items():
        yield Page(f"{place_address(path)}place.json", PlaceJson(place))
        if place.record.level != "township":
            yield from _lists(catalogue, place, None, children.get(path, []))
        elif path not in catalogue.coverage:
            yield _township_page(catalogue, place, ())


def _lists(catalogue: Catalogue, place: Place | None, prose: Prose | None, children: Sequence[Place]) -> Iterator[Page]:
    address = place_address(place.path) if place else "places/"
    path = place.path if place else ""
    rows = [PlaceRow(child, catalogue.coverage.get(child.path, Coverage())) for child in children]
    batches = _paged(rows, CHILDREN_A_PAGE)
    crumbs = catalogue.crumbs(path) if place else (Crumb("首页", ""),)
    coverage = catalogue.coverage.get(path, Coverage())
    for number, batch in enumerate(batches, 1):
        inputs = PlacePage(place, prose, crumbs, coverage, tuple(batch), number, len(batches))
        yield Page(f"{page_address(address, number)}index.html", inputs)


def _township_page(catalogue: Catalogue, place: Place, entries: Sequence[Entry]) -> Page:
    predecessors = tuple(
        Crumb(catalogue.places[path].name, place_address(path))
        for path in place.record.predecessors
        if path in catalogue.places
    )
    summaries = tuple(entry.summary for entry in reversed(entries))
    inputs = TownshipPage(place, catalogue.crumbs(place.path), predecessors, summaries)
    return Page(f"{place_address(place.path)}index.html", inputs)


def _reporting_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Walk the pages of the townships that have reports, and of the reports."""
    for path, entries in catalogue.by_place():
        place = catalogue.places[path]
        if place.record.level == "township":  # check tells the others
            yield _township_page(catalogue, place, entries)
        crumbs = (*catalogue.crumbs(path), Crumb(place.name, place_address(path)))
        years = [None, *(entry.summary.year for entry in entries), None]
        for entry, previous, following in zip(entries, years, years[2:], strict=False):
            if not entry.kept:  # the published pages of a kept one stay as they are
                yield from _report_pages(catalogue, entry, place, crumbs, previous, following)


def _report_pages(  # noqa: PLR0913, PLR0917 - what a report's pages show
    catalogue: Catalogue,
    entry: Entry,
    place: Place,
    crumbs: tuple[Crumb, ...],
    previous: int | None,
    following: int | None,
) -> Iterator[Page]:
    report_id, address = entry.summary.id, report_address(entry.summary.id)
    downloads = tuple(catalogue.files[report_id].files)
    inputs = ReportPage(report_id, entry.digest, place, crumbs, previous, following, downloads)
    yield Page(f"{address}index.html", inputs)
    yield Page(f"{address}report.json", ReportJson(report_id, entry.digest, place))
    for name in downloads:
        yield Page(f"{address}{published_name(name)}", Copy("places", f"{place.path}/{name}", entry.digest))


def _year_pages(catalogue: Catalogue, prose: Prose | None) -> Iterator[Page]:
    """Walk the lists by year in one walk of the reports, with at most one page of each year at hand."""
    if prose:
        yield Page("years/index.html", YearsPage(prose, catalogue.years))
    rows = {row.year: row for row in catalogue.years}
    at_hand: dict[int, list[ReportRow]] = {year: [] for year in rows}
    done = dict.fromkeys(rows, 0)
    left = {row.year: row.reports for row in catalogue.years}
    for entry in catalogue.entries():
        year = entry.summary.year
        at_hand[year].append(catalogue.row(entry.summary))
        left[year] -= 1
        if len(at_hand[year]) == REPORTS_A_PAGE or not left[year]:
            done[year] += 1
            total = -(-rows[year].reports // REPORTS_A_PAGE)
            address = page_address(f"years/{year}/", done[year])
            yield Page(f"{address}index.html", YearPage(rows[year], tuple(at_hand[year]), done[year], total))
            at_hand[year] = []


def _redirects(catalogue: Catalogue) -> Iterator[Page]:
    taken = {*catalogue.places, *catalogue.files}
    moved: dict[str, list[str]] = {}
    for place in catalogue.places.values():
        for former in place.record.former:
            if former not in taken:  # check tells the others
                taken.add(former)
                moved.setdefault(place.path, []).append(former)
                yield Page(f"{place_address(former)}index.html", Redirect(place_address(place.path), place.name))
    for entry in catalogue.entries() if moved else ():
        name = f"{catalogue.places[entry.summary.place].name}{entry.summary.year}年报告"
        for former in moved.get(entry.summary.place, ()):
            if f"{former}/{entry.summary.year}" not in taken:
                address = place_address(f"{former}/{entry.summary.year}")
                yield Page(f"{address}index.html", Redirect(report_address(entry.summary.id), name))


def _exports(catalogue: Catalogue) -> Iterator[Page]:
    for name in RECORD_TYPES:
        yield Page(f"schema/{name}.json", SchemaFile(name))
    names = (f"{place.path} {place.name} {place.record.code}" for place in catalogue.places.values())
    yield Page(
        "data/reports.json",
        ReportsJson(_digest_all(entry.digest for entry in catalogue.entries()) + _digest_texts(names)),
    )


def _paged(rows: Sequence[PlaceRow], size: int) -> list[Sequence[PlaceRow]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [()]


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _digest_all(digests: Iterable[bytes]) -> bytes:
    whole = hashlib.blake2b(digest_size=16)
    for digest in digests:
        whole.update(digest)
    return whole.digest()


def _digest_texts(texts: Iterable[str]) -> bytes:
    return _digest_all(f"{text}\n".encode() for text in texts)
