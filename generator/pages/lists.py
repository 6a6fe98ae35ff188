"""Lists of passages on a topic, a system or a law: which pages a list has, and what each one shows.

A list is narrowed by addresses: ``ID/2023/``, ``ID/tianjin-shi/``. A list that is short is there whole, page after page;
a longer one shows the newest and leads to narrower lists, so that every entry stands in few places and no list is endless.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.pages.holdings import Holdings
from generator.pages.inputs import ListPage
from generator.pages.links import page_address
from generator.pages.page import Page
from generator.pages.rows import Facet, ListedReport, ListHead
from generator.publishing.link_store import ListingRow

ENTRIES_A_PAGE = 60
"""A list page must not exceed 200 KB; an entry is at most about 2 KB of HTML."""
LONGEST_LIST = 1_200
"""A list with more entries is not paged through but narrowed."""
LONGEST_PLAIN_LIST = 180
"""The list of a system is not narrowed: with more entries it shows the newest, and leads to its topic."""


@dataclass(frozen=True, slots=True)
class _List:
    """What all pages of a list have: its name, its address, and what stands above it."""

    name: str
    base: str
    head: ListHead


@dataclass(frozen=True, slots=True)
class _Node:
    """A list, as a whole or narrowed to a year or a place."""

    rows: Sequence[ListingRow]
    address: str
    year: int | None = None
    place: str = ""

    @property
    def entries(self) -> int:
        return sum(row.count for row in self.rows)


def plain_list_pages(
    holdings: Holdings, name: str, base: str, head: ListHead, rows: Iterable[ListingRow]
) -> Iterator[Page]:
    """Walk the pages of a list that is not narrowed."""
    node = _Node(tuple(rows), base)
    complete = node.entries <= LONGEST_PLAIN_LIST
    yield from _numbered_pages(holdings, _List(name, base, head), node, complete=complete, years=(), places=())


def list_pages(holdings: Holdings, name: str, base: str, head: ListHead, rows: Iterable[ListingRow]) -> Iterator[Page]:
    """Walk the pages of a list at ``base`` (``topics/ID/``), as a whole, by year and by place. ``rows`` are in order."""
    root = _Node(tuple(rows), base)
    if not root.rows:
        yield from _node_pages(holdings, _List(name, base, head), root, ())
        return
    years = tuple(_by_year(root))
    shown_years = tuple(Facet(str(node.year), node.address, node.entries) for node in reversed(years))
    yield from _node_pages(holdings, _List(name, base, head), root, shown_years)
    plain = _List(name, base, _plain(head))
    for node in _below(root):
        yield from _node_pages(holdings, plain, node, ())
    for node in years:
        yield from _node_pages(holdings, plain, node, shown_years)
        if node.entries > LONGEST_LIST:
            for narrower in _below(node):
                yield from _node_pages(holdings, plain, narrower, ())


def listed(holdings: Holdings, row: ListingRow, start: int, end: int) -> ListedReport:
    """Return a report of a list as a page shows it."""
    place = row.id.rpartition("/")[0]
    return ListedReport(row.id, holdings.places[place].name, holdings.above(place), row.digest, start, end)


def cut_pages(rows: Iterable[ListingRow], size: int) -> Iterator[tuple[tuple[ListingRow, int, int], ...]]:
    """Cut the entries of rows into pages of ``size``: (row, first, last) for each; a report may run over two pages."""
    page: list[tuple[ListingRow, int, int]] = []
    room = size
    for row in rows:
        start = 0
        while start < row.count:
            end = min(row.count, start + room)
            page.append((row, start, end))
            room -= end - start
            start = end
            if not room:
                yield tuple(page)
                page, room = [], size
    if page:
        yield tuple(page)


def _by_year(node: _Node) -> Iterator[_Node]:
    years: dict[int, list[ListingRow]] = {}
    for row in node.rows:
        years.setdefault(int(row.id.rpartition("/")[2]), []).append(row)
    for year in sorted(years):
        yield _Node(years[year], f"{node.address}{year}/", year)


def _below(node: _Node) -> Iterator[_Node]:
    """Walk the lists of the places below, and of those below them where these are still too long."""
    for child in _children(node):
        yield child
        if child.entries > LONGEST_LIST:
            yield from _below(child)


def _children(node: _Node) -> list[_Node]:
    """Return the lists of the places one level down, above townships, where they are narrower than the list itself."""
    depth = node.place.count("/") + 2 if node.place else 1
    found: list[_Node] = []
    for above, rows in itertools.groupby(node.rows, key=lambda row: "/".join(row.id.split("/")[:-1][:depth])):
        below = tuple(rows)
        if all(len(row.id.split("/")) > depth + 1 for row in below):
            own = above.rpartition("/")[2]
            found.append(_Node(below, f"{node.address}{own}/", node.year, above))
    narrower = [child for child in found if len(child.rows) < len(node.rows)]
    return narrower or [grandchild for child in found for grandchild in _children(child)]


def _node_pages(holdings: Holdings, list_: _List, node: _Node, years: tuple[Facet, ...]) -> Iterator[Page]:
    complete = node.entries <= LONGEST_LIST
    shows_places = not node.place or not complete
    places = tuple(
        Facet(holdings.places[child.place].name, child.address, child.entries)
        for child in (_children(node) if shows_places and (node.year is None or not complete) else ())
    )
    yield from _numbered_pages(holdings, list_, node, complete=complete, years=years, places=places)


def _numbered_pages(  # noqa: PLR0913 - a list, and where one stands in it
    holdings: Holdings,
    list_: _List,
    node: _Node,
    *,
    complete: bool,
    years: tuple[Facet, ...],
    places: tuple[Facet, ...],
) -> Iterator[Page]:
    pages = list(cut_pages(node.rows, ENTRIES_A_PAGE)) if complete else [_newest(node)]
    for number, page in enumerate(pages or [()], 1):
        inputs = ListPage(
            list=list_.name,
            base=list_.base,
            head=list_.head if number == 1 else _plain(list_.head),
            year=node.year,
            place=_full_name(holdings, node.place) if node.place else None,
            rows=tuple(listed(holdings, *each) for each in page),
            entries=node.entries,
            reports=len(node.rows),
            years=years,
            places=places,
            complete=complete,
            number=number,
            pages=len(pages) or 1,
        )
        yield Page(f"{page_address(node.address, number)}index.html", inputs)


def _plain(head: ListHead) -> ListHead:
    """Return what stands above the further pages of a list."""
    return replace(head, aliases=(), terms=(), systems=(), neighbours=())


def _newest(node: _Node) -> tuple[tuple[ListingRow, int, int], ...]:
    """Return the first page of a long list: the entries of its newest year."""
    newest = max(int(row.id.rpartition("/")[2]) for row in node.rows)
    return next(cut_pages((row for row in node.rows if row.id.endswith(f"/{newest}")), ENTRIES_A_PAGE))


def _full_name(holdings: Holdings, place: str) -> str:
    return holdings.above(place) + holdings.places[place].name
