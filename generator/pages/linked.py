"""The pages that link reports with one another: topics, the glossary of systems, laws, indicators."""

from __future__ import annotations

import functools
import hashlib
import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from generator.addresses import indicator_address, law_address, system_address, topic_address
from generator.catalogues import Catalogues, Indicator, System, Topic, TopicGroup
from generator.pages.feeds import MOST_ENTRIES, topic_feed
from generator.pages.holdings import Holdings
from generator.pages.inputs import (
    IndicatorPage,
    IndicatorsPage,
    LawsPage,
    SystemsPage,
    TopicsPage,
)
from generator.pages.links import page_address
from generator.pages.lists import cut_pages, list_pages, listed, plain_list_pages
from generator.pages.page import Page, Planned, encode_page
from generator.pages.rows import (
    Crumb,
    Facet,
    FeedRow,
    IndicatorRow,
    LawRow,
    ListHead,
    SystemRow,
    TopicGroupRow,
    TopicRow,
)
from generator.publishing.comparison_store import newest_in_list
from generator.publishing.link_store import ListingRow, keep_plan, list_names, list_rows, planned_list
from generator.publishing.shell import Prose

SYSTEMS_A_PAGE = 60
FIGURES_A_PAGE = 120
"""A list page must not exceed 200 KB."""
_NEIGHBOURS = 6
_SHOWN_REPORTS = 4
"""So many reports are named beside an entry of the glossary; its own page has them all."""
_HOME, _TOPICS, _LAWS = Crumb("首页", ""), Crumb("主题", "topics/"), Crumb("法律和文件", "laws/")
_SYSTEMS = Crumb("制度和机制", "topics/systems/")

Counts = Mapping[str, tuple[int, int]]
"""Reports and entries of lists, by their names."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What was linked: the reports that the site holds, the links that the cache keeps, and the catalogues.

    ``code`` is a digest of the code that plans pages.
    """

    holdings: Holdings
    db: sqlite3.Connection
    catalogues: Catalogues
    code: bytes = b""

    def counts(self, prefix: str) -> Counts:
        """Count the lists under a prefix."""
        return {name: (reports, entries) for name, reports, entries in list_names(self.db, prefix)}

    def rows(self, name: str) -> Iterator[ListingRow]:
        """Walk the reports of a list."""
        return list_rows(self.db, name)

    def planned(self, name: str, shown: object, plan: Callable[[], Iterator[Page]]) -> Iterator[Planned]:
        """Walk the pages of a list, planned anew only where something has touched it.

        ``shown`` is what its pages show besides the rows of the list and the names of places.
        """
        known = self.code + self.holdings.names + msgspec.msgpack.encode(shown, order="sorted")
        context = hashlib.blake2b(known, digest_size=16).digest()
        kept = planned_list(self.db, name, context)
        if kept is None:
            pages = [(page.path, encode_page(page)) for page in plan()]
            keep_plan(self.db, name, context, msgspec.msgpack.encode(pages))
        else:
            pages = _PAGES.decode(kept)
        for path, encoded in pages:
            yield Planned(path, encoded)


_PAGES = msgspec.msgpack.Decoder(list[tuple[str, bytes]])


def linked_pages(linked: Linked, written: Mapping[str, Prose]) -> Iterator[Page | Planned]:
    """Walk the pages of topics, systems, laws and indicators; ``written`` are the hand-written words of their doors."""
    systems = linked.counts("systems/")
    yield from _topic_pages(linked, written.get("topics/"), systems)
    yield from _system_pages(linked, systems)
    yield from _law_pages(linked, written.get("laws/"))
    yield from _indicator_pages(linked, written.get("indicators/"))


def _topic_pages(linked: Linked, prose: Prose | None, systems: Counts) -> Iterator[Page | Planned]:
    counts = linked.counts("topics/")
    groups = tuple(_group_row(group, counts) for group in linked.catalogues.topics.topics)
    if prose:
        yield Page("topics/index.html", TopicsPage(prose, groups, len(systems)))
    names = {topic.id: topic.name for topic in linked.catalogues.second_level()}
    for group, row in zip(linked.catalogues.topics.topics, groups, strict=True):
        yield Page(f"{topic_address(group.id)}index.html", TopicsPage(None, (row,), 0))
        above = (_HOME, _TOPICS, Crumb(group.name, topic_address(group.id)))
        for topic in group.children:
            head = _topic_head(topic, above, systems)
            plan = functools.partial(_topic_list, linked, head, names)
            yield from linked.planned(f"topics/{topic.id}", (head, names), plan)
            yield topic_feed(topic.id, topic.name, tuple(_feed_rows(linked, topic.id)))


def _topic_list(linked: Linked, head: ListHead, names: Mapping[str, str]) -> Iterator[Page]:
    rows = tuple(linked.rows(f"topics/{head.id}"))
    head = replace(head, neighbours=_neighbours(rows, names))
    yield from list_pages(linked.holdings, f"topics/{head.id}", topic_address(head.id), head, rows)


def _feed_rows(linked: Linked, topic: str) -> Iterator[FeedRow]:
    """Walk the newest reports on a topic as its feed tells of them."""
    for report_id, digest in newest_in_list(linked.db, f"topics/{topic}", MOST_ENTRIES):
        place = report_id.rpartition("/")[0]
        yield FeedRow(report_id, linked.holdings.places[place].name, linked.holdings.above(place), digest)


def _group_row(group: TopicGroup, counts: Counts) -> TopicGroupRow:
    topics = (TopicRow(topic.id, topic.name, *counts.get(f"topics/{topic.id}", (0, 0))) for topic in group.children)
    return TopicGroupRow(group.id, group.name, group.source, tuple(topics))


def _topic_head(topic: Topic, above: tuple[Crumb, ...], systems: Counts) -> ListHead:
    named = (each for each in topic.systems if f"systems/{each.id}" in systems)
    return ListHead(
        "topic",
        topic.id,
        topic.name,
        above,
        aliases=topic.aliases,
        terms=(*topic.terms, *topic.hints),
        systems=tuple(Crumb(each.name, system_address(each.id)) for each in named),
    )


def _neighbours(rows: Sequence[ListingRow], names: Mapping[str, str]) -> tuple[Facet, ...]:
    """Return the topics that stand most often in the same passages."""
    found = Counter(topic for row in rows for topic in row.beside.split())
    ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))[:_NEIGHBOURS]
    return tuple(Facet(names[topic], topic_address(topic), count) for topic, count in ranked if topic in names)


def _list(
    linked: Linked, pages: Callable[..., Iterator[Page]], name: str, address: str, head: ListHead
) -> Iterator[Page]:
    """Walk the pages of a list as it is now."""
    return pages(linked.holdings, name, address, head, linked.rows(name))


def _system_pages(linked: Linked, counts: Counts) -> Iterator[Page | Planned]:
    found: list[tuple[System, Topic]] = [
        (system, topic)
        for topic in linked.catalogues.second_level()
        for system in topic.systems
        if f"systems/{system.id}" in counts
    ]
    rows = [_system_row(linked, system, topic, *counts[f"systems/{system.id}"]) for system, topic in found]
    batches = [rows[start : start + SYSTEMS_A_PAGE] for start in range(0, len(rows), SYSTEMS_A_PAGE)] or [[]]
    for number, batch in enumerate(batches, 1):
        path = f"{page_address(_SYSTEMS.address, number)}index.html"
        yield Page(path, SystemsPage(tuple(batch), len(rows), number, len(batches)))
    for system, topic in found:
        above = (_HOME, _TOPICS, _SYSTEMS)
        near = (Facet(topic.name, topic_address(topic.id), 0),)
        name, address = f"systems/{system.id}", system_address(system.id)
        head = ListHead(
            "system", system.id, system.name, above, system_kind=system.kind, aliases=system.aliases, neighbours=near
        )
        yield from linked.planned(name, head, functools.partial(_list, linked, plain_list_pages, name, address, head))


def _system_row(linked: Linked, system: System, topic: Topic, reports: int, passages: int) -> SystemRow:
    first = itertools.islice(linked.rows(f"systems/{system.id}"), _SHOWN_REPORTS)
    rows = tuple(listed(linked.holdings, row, 0, row.count) for row in first)
    crumb = Crumb(topic.name, topic_address(topic.id))
    return SystemRow(system.id, system.name, system.kind, system.aliases, crumb, reports, passages, rows)


def _law_pages(linked: Linked, prose: Prose | None) -> Iterator[Page | Planned]:
    counts = linked.counts("laws/")
    cited = [law for law in linked.catalogues.laws.laws if f"laws/{law.id}" in counts]
    others = counts.get("laws/", (0, 0))[1]
    if prose:
        rows = tuple(LawRow(law.id, law.name, law.kind, *counts[f"laws/{law.id}"]) for law in cited)
        yield Page("laws/index.html", LawsPage(prose, rows, others))
    for law in cited:
        head = ListHead("law", law.id, law.name, (_HOME, _LAWS), law_kind=law.kind, aliases=law.aliases)
        name, address = f"laws/{law.id}", law_address(law.id)
        yield from linked.planned(name, head, functools.partial(_list, linked, list_pages, name, address, head))
    if others:
        head = ListHead("others", "", "目录以外的文件", (_HOME, _LAWS))
        plan = functools.partial(_list, linked, list_pages, "laws/", law_address(""), head)
        yield from linked.planned("laws/", head, plan)


def _indicator_pages(linked: Linked, prose: Prose | None) -> Iterator[Page | Planned]:
    counts = linked.counts("indicators/")
    indicators = linked.catalogues.indicators.indicators
    if prose:
        rows = (
            IndicatorRow(each.id, each.name, each.unit, *counts.get(f"indicators/{each.id}", (0, 0)))
            for each in indicators
        )
        yield Page("indicators/index.html", IndicatorsPage(prose, tuple(rows)))
    for each in indicators:
        plan = functools.partial(_indicator_list, linked, each, *counts.get(f"indicators/{each.id}", (0, 0)))
        yield from linked.planned(f"indicators/{each.id}", each, plan)


def _indicator_list(linked: Linked, indicator: Indicator, reports: int, figures: int) -> Iterator[Page]:
    pages = list(cut_pages(linked.rows(f"indicators/{indicator.id}"), FIGURES_A_PAGE)) or [()]
    for number, page in enumerate(pages, 1):
        inputs = IndicatorPage(
            id=indicator.id,
            name=indicator.name,
            unit=indicator.unit,
            units=indicator.units,
            aliases=indicator.aliases if number == 1 else (),
            rows=tuple(listed(linked.holdings, *row) for row in page),
            reports=reports,
            figures=figures,
            number=number,
            pages=len(pages),
        )
        yield Page(f"{page_address(indicator_address(indicator.id), number)}index.html", inputs)
