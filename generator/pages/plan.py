"""Which pages the site has, and what each one shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.addresses import changes_address, place_address, report_address, topic_address
from generator.checking.rule_help import RuleGroup
from generator.content.schema import RECORD_TYPES
from generator.model import Place
from generator.pages.admin import SCRIPTS
from generator.pages.feeds import feed_pages
from generator.pages.file_inputs import (
    Checksums,
    Copy,
    Database,
    DataPackage,
    PlaceJson,
    Redirect,
    ReportJson,
    ReportsJson,
    SchemaFile,
    TableCsv,
)
from generator.pages.holdings import Entry, Holdings
from generator.pages.inputs import (
    ChangesPage,
    ComparePage,
    DataPage,
    HomePage,
    LogPage,
    NotFound,
    PlacePage,
    ProsePage,
    ReportPage,
    RulesPage,
    TownshipPage,
    WithdrawnPage,
    YearPage,
    YearsPage,
)
from generator.pages.linked import Linked, linked_pages
from generator.pages.links import page_address, published_name
from generator.pages.page import Page, Planned, encode_page
from generator.pages.rows import Coverage, Crumb, PlaceRow, ReportRow
from generator.pages.search_files import search_files, search_page
from generator.pages.status import Findings, status_page
from generator.publishing.cache import encode
from generator.publishing.comparison_store import COMPARISON_TABLES, comparison_digests
from generator.publishing.link_store import export_digests
from generator.publishing.shell import Prose, Shells

LOG = "status/log/"
CHECKSUMS = "data/SHA256SUMS"
CHILDREN_A_PAGE = 400
REPORTS_A_PAGE = 200
_LINES_A_PAGE = 200
"""A list page must not exceed 200 KB."""
_SHOWN_TOPS = 60
_MOST_LISTED = 2_000
"""Of more reports, the list is too long to be loaded to choose from."""


def plan_pages(
    linked: Linked, shells: Shells, findings: Findings, rules: tuple[RuleGroup, ...]
) -> Iterator[Page | Planned]:
    """Walk all pages of the site, each with its inputs."""
    holdings = linked.holdings
    yield from _frame_pages(shells)
    written = {prose.address: prose for prose in shells.facts.prose}
    yield from _prose_pages(linked, written, findings, rules)
    yield from _place_pages(holdings, written.get("places/"))
    yield from _reporting_pages(holdings)
    yield from _changes_pages(holdings)
    yield from _public_record(holdings)
    yield Page("guide/rules/index.html", RulesPage(rules))
    yield from _year_pages(holdings, written.get("years/"))
    yield from linked_pages(linked, written)
    yield from feed_pages(holdings)
    yield from _redirects(holdings)
    yield from search_files(linked)
    yield from _exports(linked, shells)


def _frame_pages(shells: Shells) -> Iterator[Page]:
    for name in shells.facts.theme_files:
        yield Page(name, Copy("shell", name, _digest((shells.folder / name).read_bytes())))
    editing = shells.facts.settings.editing is not None
    for published, name in shells.facts.assets:
        if name.startswith(SCRIPTS) and not editing:
            continue
        yield Page(published, Copy("asset", name, published.encode()))
    yield Page("404.html", NotFound())


def _prose_pages(
    linked: Linked, written: Mapping[str, Prose], findings: Findings, rules: tuple[RuleGroup, ...]
) -> Iterator[Page]:
    holdings = linked.holdings
    coverage = holdings.coverage.get("", Coverage())
    topics = tuple(Crumb(group.name, topic_address(group.id)) for group in linked.catalogues.topics.topics)
    for address, prose in written.items():
        path = f"{address}index.html"
        match address:
            case "":
                newest = tuple(holdings.row(summary) for summary in holdings.newest)
                tops = _child_rows(holdings, "")
                shown, more = tops[:_SHOWN_TOPS], len(tops) > _SHOWN_TOPS
                yield Page(path, HomePage(prose, coverage, newest, shown, more, holdings.years, topics))
            case "data/":
                yield Page(path, DataPage(prose, coverage))
            case "compare/":
                names = tuple((each.id, each.name) for each in linked.catalogues.indicators.indicators)
                yield Page(path, ComparePage(prose, coverage.reports <= _MOST_LISTED, names))
            case "search/":
                yield search_page(linked, prose)
            case "status/":
                yield Page(path, status_page(holdings, prose, findings, rules))
            case "places/" | "years/" | "topics/" | "laws/" | "indicators/":
                pass
            case _:
                yield Page(path, ProsePage(prose))


def _child_rows(holdings: Holdings, path: str) -> tuple[PlaceRow, ...]:
    children = (place for place in holdings.places.values() if place.parent_path == path)
    return tuple(PlaceRow(child, holdings.coverage.get(child.path, Coverage())) for child in children)


def _place_pages(holdings: Holdings, prose: Prose | None) -> Iterator[Page]:
    children: dict[str, list[Place]] = {}
    for place in holdings.places.values():
        children.setdefault(place.parent_path, []).append(place)
    yield from _lists(holdings, None, prose, children.get("", []))
    for path, place in holdings.places.items():
        yield Page(f"{place_address(path)}place.json", PlaceJson(place))
        if place.record.level != "township":
            yield from _lists(holdings, place, None, children.get(path, []))
        elif path not in holdings.coverage:
            yield _township_page(holdings, place, ())


def _lists(holdings: Holdings, place: Place | None, prose: Prose | None, children: Sequence[Place]) -> Iterator[Page]:
    address = place_address(place.path) if place else "places/"
    path = place.path if place else ""
    rows = [PlaceRow(child, holdings.coverage.get(child.path, Coverage())) for child in children]
    batches = _paged(rows, CHILDREN_A_PAGE)
    crumbs = holdings.crumbs(path) if place else (Crumb("首页", ""),)
    coverage = holdings.coverage.get(path, Coverage())
    for number, batch in enumerate(batches, 1):
        inputs = PlacePage(place, prose, crumbs, coverage, tuple(batch), number, len(batches))
        yield Page(f"{page_address(address, number)}index.html", inputs)


def _township_page(holdings: Holdings, place: Place, entries: Sequence[Entry]) -> Page:
    predecessors = tuple(
        Crumb(holdings.places[path].name, place_address(path))
        for path in place.record.predecessors
        if path in holdings.places
    )
    summaries = tuple(entry.summary for entry in reversed(entries))
    figures = tuple((each.summary.id, each.digests.figures) for each in entries if each.summary.figures)
    compared = tuple((each.summary.id, each.digests.compared) for each in entries if each.digests.compared)
    withdrawn = holdings.withdrawn.get(place.path, ())
    inputs = TownshipPage(place, holdings.crumbs(place.path), predecessors, summaries, figures, compared, withdrawn)
    return Page(f"{place_address(place.path)}index.html", inputs)


def _reporting_pages(holdings: Holdings) -> Iterator[Page]:
    """Walk the pages of the townships that have reports, and of the reports."""
    for path, entries in holdings.by_place():
        place = holdings.places[path]
        if place.record.level == "township":  # check tells the others
            yield _township_page(holdings, place, entries)
        crumbs = (*holdings.crumbs(path), Crumb(place.name, place_address(path)))
        years = [None, *(entry.summary.year for entry in entries), None]
        for entry, previous, following in zip(entries, years, years[2:], strict=False):
            if not entry.kept:  # the published pages of a kept one stay as they are
                yield from _report_pages(holdings, entry, place, crumbs, previous, following)


def _report_pages(  # noqa: PLR0913, PLR0917 - what a report's pages show
    holdings: Holdings,
    entry: Entry,
    place: Place,
    crumbs: tuple[Crumb, ...],
    previous: int | None,
    following: int | None,
) -> Iterator[Page]:
    report_id, address = entry.summary.id, report_address(entry.summary.id)
    downloads = tuple(holdings.files[report_id].files)
    files, links = entry.digests.files, entry.digests.links
    shared = entry.digests.shared
    names = holdings.names if shared else b""
    compared = entry.digests.compared
    inputs = ReportPage(report_id, files, links, shared, names, place, crumbs, previous, following, downloads, compared)
    yield Page(f"{address}index.html", inputs)
    yield Page(f"{address}report.json", ReportJson(report_id, files, links, place))
    for name in downloads:
        yield Page(f"{address}{published_name(name)}", Copy("places", f"{place.path}/{name}", files))


def _changes_pages(holdings: Holdings) -> Iterator[Page]:
    """Walk the pages of what changed in each report; the first of a township says that there is nothing to compare with."""
    for entry, previous in holdings.with_previous():
        if entry.kept:  # its published page stays as it is
            continue
        summary, place = entry.summary, holdings.places[entry.summary.place]
        crumbs = (
            *holdings.crumbs(place.path),
            Crumb(place.name, place_address(place.path)),
            Crumb(f"{summary.year}年度报告", report_address(summary.id)),
        )
        other = None
        if previous and previous.summary.place != place.path:
            other = Crumb(holdings.places[previous.summary.place].name, place_address(previous.summary.place))
        inputs = ChangesPage(
            summary.id,
            place,
            crumbs,
            previous.summary.id if previous else None,
            other,
            entry.digests.compared,
            entry.digests.links + previous.digests.links if previous else b"",
            entry.digests.shared if previous else b"",
        )
        yield Page(f"{changes_address(summary.id)}index.html", inputs)


def _public_record(holdings: Holdings) -> Iterator[Page]:
    """Walk the pages of reports that were taken down, and the public log."""
    for path, rows in holdings.withdrawn.items():
        place = holdings.places[path]
        crumbs = (*holdings.crumbs(path), Crumb(place.name, place_address(path)))
        for row in rows:
            yield Page(f"{report_address(row.id)}index.html", WithdrawnPage(place, crumbs, row))
    batches = [holdings.log[start : start + _LINES_A_PAGE] for start in range(0, len(holdings.log), _LINES_A_PAGE)]
    for number, batch in enumerate(batches or [()], 1):
        yield Page(f"{page_address(LOG, number)}index.html", LogPage(batch, number, max(1, len(batches))))


def _year_pages(holdings: Holdings, prose: Prose | None) -> Iterator[Page]:
    """Walk the lists by year in one walk of the reports, with at most one page of each year at hand."""
    if prose:
        yield Page("years/index.html", YearsPage(prose, holdings.years))
    rows = {row.year: row for row in holdings.years}
    at_hand: dict[int, list[ReportRow]] = {year: [] for year in rows}
    done = dict.fromkeys(rows, 0)
    left = {row.year: row.reports for row in holdings.years}
    for entry in holdings.entries():
        year = entry.summary.year
        at_hand[year].append(holdings.row(entry.summary))
        left[year] -= 1
        if len(at_hand[year]) == REPORTS_A_PAGE or not left[year]:
            done[year] += 1
            total = -(-rows[year].reports // REPORTS_A_PAGE)
            address = page_address(f"years/{year}/", done[year])
            yield Page(f"{address}index.html", YearPage(rows[year], tuple(at_hand[year]), done[year], total))
            at_hand[year] = []


def _redirects(holdings: Holdings) -> Iterator[Page]:
    taken = {*holdings.places, *holdings.files}
    moved: dict[str, list[str]] = {}
    for place in holdings.places.values():
        for former in place.record.former:
            if former not in taken:  # check tells the others
                taken.add(former)
                moved.setdefault(place.path, []).append(former)
                yield Page(f"{place_address(former)}index.html", Redirect(place_address(place.path), place.name))
    for entry in holdings.entries() if moved else ():
        name = f"{holdings.places[entry.summary.place].name}{entry.summary.year}年报告"
        for former in moved.get(entry.summary.place, ()):
            if f"{former}/{entry.summary.year}" not in taken:
                address = place_address(f"{former}/{entry.summary.year}")
                yield Page(f"{address}index.html", Redirect(report_address(entry.summary.id), name))


def _exports(linked: Linked, shells: Shells) -> Iterator[Page]:
    """Walk the exports; what stands in them all at once is known by digests."""
    for name in RECORD_TYPES:
        yield Page(f"schema/{name}.json", SchemaFile(name))
    holdings = linked.holdings
    names = (f"{place.path} {place.name} {place.record.code}" for place in holdings.places.values())
    summaries = (encode(entry.summary) for entry in holdings.entries())
    reports = _digest_all(summaries) + _digest_texts(names)
    figures, citations = (_digest_all(export_digests(linked.db, table)) for table in ("figures", "citations"))
    changes, similarity = (_digest_all(comparison_digests(linked.db, table)) for table in COMPARISON_TABLES)
    settings = shells.facts.settings
    pages = (
        Page("data/changes.csv", TableCsv("changes", changes)),
        Page("data/citations.csv", TableCsv("citations", citations)),
        Page("data/datapackage.json", DataPackage(settings.site_name, settings.site_description)),
        Page("data/figures.csv", TableCsv("figures", figures)),
        Page("data/gongkai.sqlite", Database(reports + figures + citations + changes + similarity)),
        Page("data/reports.json", ReportsJson(reports)),
        Page("data/similarity.csv", TableCsv("similarity", similarity)),
    )
    yield from pages
    contents = _digest_all(encode_page(page) for page in pages)
    yield Page(CHECKSUMS, Checksums(tuple(page.path for page in pages), contents))


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
