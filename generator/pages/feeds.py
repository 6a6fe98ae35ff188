"""Feeds (Atom, RFC 4287) of the site, of each place and of each topic: which reports they tell of, and in what words.

An entry tells what changed, not only that something did. Its date is the latest that the record states (corrections too);
where none is known, the end of the year that the report is of, and the entry says so: a feed cannot leave it out.
"""

from __future__ import annotations

import heapq
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.addresses import changes_address, place_address, report_address, topic_address
from generator.comparing.brief import Brief, is_heading
from generator.comparing.comparison import Change
from generator.comparing.formats import CHANGE_NAMES, told_counts, told_figure
from generator.content.wording import ROLE_NAMES
from generator.model import Report
from generator.pages.exports import display_title
from generator.pages.file_inputs import Feed
from generator.pages.holdings import Entry, Holdings
from generator.pages.page import Page
from generator.pages.reader import Reader
from generator.pages.rows import FeedRow

MOST_ENTRIES = 20
_TOLD_FIGURES, _TOLD_CLAUSES, _LONGEST_CLAUSE = 6, 6, 120
_EPOCH = "1970-01-01"
"""A feed without entries has been updated at no time."""
_NAMESPACE = uuid.UUID("6f0c1f0e-5d3a-5a5e-9c55-5b1f6d6f6b67")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as the template writes it; ``points`` tell what changed, and ``date`` is as far as it is known."""

    id: str
    title: str
    address: str
    updated: str
    published: str | None
    summary: str
    points: tuple[str, ...]


def feed_pages(holdings: Holdings) -> Iterator[Page]:
    """Walk the feeds of the site and of all places, each with its newest reports, in one walk of the reports."""
    newest: dict[str, list[tuple[str, int, str, Entry]]] = {"": [], **{path: [] for path in holdings.places}}
    for entry in holdings.entries():
        summary = entry.summary
        rank = (summary.published or summary.collected or "", summary.year, summary.id, entry)
        parts = summary.place.split("/")
        for depth in range(len(parts) + 1):
            heap = newest["/".join(parts[:depth])]
            (heapq.heappush if len(heap) < MOST_ENTRIES else heapq.heappushpop)(heap, rank)
    for path, heap in newest.items():
        name = holdings.above(path) + holdings.places[path].name if path else ""
        rows = tuple(feed_row(holdings, rank[3]) for rank in sorted(heap, key=lambda rank: rank[:3], reverse=True))
        address = place_address(path) if path else ""
        yield Page(f"{address}feed.xml", Feed(name, address, "", rows))


def topic_feed(topic: str, name: str, rows: tuple[FeedRow, ...]) -> Page:
    """Return the feed of a topic."""
    return Page(f"{topic_address(topic)}feed.xml", Feed(f"主题：{name}", topic_address(topic), topic, rows))


def feed_row(holdings: Holdings, entry: Entry) -> FeedRow:
    """Return a report as a feed tells of it."""
    summary = entry.summary
    place = holdings.places[summary.place]
    return FeedRow(
        summary.id,
        place.name,
        holdings.above(place.path),
        entry.digests.files + entry.digests.links + entry.digests.compared,
    )


def feed_values(feed: Feed, reader: Reader, site: str) -> dict[str, Any]:
    """Return what the template of a feed needs; ``site`` is the address of the site, if it is known."""
    items = [_item(row, feed.topic, reader, site) for row in feed.rows]
    return {
        "items": items,
        "updated": max((item.updated for item in items), default=_timestamp(_EPOCH)),
        "id": _urn(site, feed.address),
    }


def _item(row: FeedRow, topic: str, reader: Reader, site: str) -> Item:
    report = reader.read_report(row.id)
    dates = report.record.dates
    stated = [
        each
        for each in (dates.published, dates.collected, dates.made, *(c.date for c in report.record.corrections))
        if each
    ]
    brief = reader.read_brief(row.id)
    told, points = _told(report, brief, topic, reader)
    if not stated:
        told += "日期未知，按年度末排列。"
    return Item(
        _urn(site, row.id),
        f"{row.above}{display_title(report.record.title, row.place_name, report.year)}",
        changes_address(row.id) if brief else report_address(row.id),
        _timestamp(max(stated, default=f"{report.year}-12-31")),
        _timestamp(dates.published) if dates.published else None,
        told,
        points,
    )


def _told(report: Report, brief: Brief | None, topic: str, reader: Reader) -> tuple[str, tuple[str, ...]]:
    """Tell in a sentence, and in points, what changed in a report; of a topic, what changed in its passages."""
    if brief is None:
        missing = "、".join(ROLE_NAMES[role] for role in report.missing_roles)
        told = f"法定内容未见：{missing}。" if missing else "四项法定内容齐全。"
        return f"{report.year}年度报告，{report.characters:,}字，没有更早的可比。{told}", ()
    if brief.reason:
        return f"与{brief.years[0]}年没有比较：{brief.reason}。", ()
    told = f"与{brief.years[0]}年相比：{told_counts(brief.counts)}；{brief.copied:.0%}的文字照录。"
    changed = list(_changed(report.id, topic, reader))
    clauses = tuple(f"{CHANGE_NAMES[change.kind]}：{_clause(change)}" for change in changed[:_TOLD_CLAUSES])
    if topic:
        return f"{told}本主题的段落有 {len(changed)} 句变化。", clauses
    names = reader.read_links(report.id).names
    figures = (
        f"{names.get(each.indicator, each.indicator)}：{told_figure(each, brief.years)}" for each in brief.figures
    )
    return told, (*(each for each, _ in zip(figures, range(_TOLD_FIGURES), strict=False)), *clauses)


def _changed(report_id: str, topic: str, reader: Reader) -> Iterator[Change]:
    """Walk what is new, gone or reworded in a report, new and gone first; of a topic, in its passages only."""
    compared = reader.read_comparison(report_id)
    if compared is None:
        return
    comparison = compared[0]
    own = _passages_on(topic, (comparison.old, comparison.new), reader) if topic else None
    order = {"added": 0, "removed": 1, "split": 2, "merged": 2, "moved": 3, "reworded": 4}
    changes = (change for change in comparison.changes if change.kind != "kept" and not is_heading(change))
    for change in sorted(changes, key=lambda change: order[change.kind]):
        if own is None or any(clause.passage in own for clause in (*change.old, *change.new)):
            yield change


def _passages_on(topic: str, ids: Iterable[str], reader: Reader) -> set[str]:
    return {
        passage
        for report_id in ids
        for passage, labels in reader.read_links(report_id).topics.items()
        if any(label.topic == topic for label in labels)
    }


def _clause(change: Change) -> str:
    text = "".join(clause.text for clause in change.new or change.old)
    return text if len(text) <= _LONGEST_CLAUSE else f"{text[:_LONGEST_CLAUSE]}…"


def _urn(site: str, name: str) -> str:
    """Return a lasting identifier: it stays when the words change, and differs from site to site."""
    return uuid.uuid5(_NAMESPACE, f"{site} {name}").urn


def _timestamp(date: str) -> str:
    """Return a date, as precise as it is known, as a moment in China (RFC 3339)."""
    year, month, day, hour, minute = (
        re.findall(r"\d+", date) + ["", "01", "01", "00", "00"][len(re.findall(r"\d+", date)) :]
    )[:5]
    return f"{year}-{month}-{day}T{hour}:{minute}:00+08:00"
