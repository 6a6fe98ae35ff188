"""The last good version of what cannot be read today, as the published site still has it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from generator.addresses import place_address, report_address
from generator.checking.privacy_rules import published_private
from generator.content.load import load_filing
from generator.content.parse import signature_places
from generator.content.tree import FileStamp, ReportFiles
from generator.model import (
    DenyList,
    Figure,
    Level,
    Passage,
    Place,
    PlaceRecord,
    Report,
    ReportRecord,
    ReportSummary,
    Role,
    Section,
)
from generator.pages.holdings import Entry
from generator.publishing.reading import Digests, ReadReport


def kept_entry(site: Path, report_id: str) -> Entry | None:
    """Return the entry of a report as its published ``report.json`` tells it, or None where none was published."""
    try:
        content = (site / report_address(report_id) / "report.json").read_bytes()
        value = msgspec.json.decode(content)
        summary = _summary(report_id, value)
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return None
    return Entry(summary, Digests(hashlib.blake2b(content, digest_size=16).digest()), kept=True)


def kept_report(site: Path, report_id: str) -> Report:
    """Return a report as its published ``report.json`` tells it, ready to be linked again."""
    value = msgspec.json.decode((site / report_address(report_id) / "report.json").read_bytes())
    last = value["sections"][-1]["passages"] if value["sections"] else []
    signature = {last[place]["id"] for place in signature_places([passage["text"] for passage in last])}
    sections = tuple(
        Section(
            section["id"],
            section["level"],
            section["number"],
            section["heading"],
            section["role"],
            tuple(_passage(passage, signature) for passage in section["passages"]),
            1,
        )
        for section in value["sections"]
    )
    figures = tuple(
        Figure(**{name: figure[name] for name in ("indicator", "value", "unit", "quote", "qualifier", "confirmed")})
        for figure in value["figures"]
    )
    record = ReportRecord(title=value["title"], figures=figures)
    return Report(value["place"]["path"], value["year"], record, sections, tuple(value["missing_roles"]))


def _passage(passage: dict[str, Any], signature: set[str]) -> Passage:
    """Return a passage; of tables the rows stand on lines of their own, the cells with a space between."""
    if passage["id"] in signature:
        return Passage(passage["id"], passage["text"], "signature", 1)
    if "\n" in passage["text"]:
        rows = tuple((row,) for row in passage["text"].split("\n"))
        return Passage(passage["id"], passage["text"], "table", 1, rows)
    return Passage(passage["id"], passage["text"], "paragraph", 1)


def is_private(site: Path, read: ReadReport, denied: DenyList) -> bool:
    """Tell whether the published version of a report holds what must not be published by what is known today.

    The exceptions are those of today: one that was taken back no longer lets anything pass. Where today's record cannot be
    read, they are those that it was published with.
    """
    summary = read.summary
    folder = site / report_address(summary.id)
    names = (
        f"{summary.year}.md",
        f"{summary.year}.yml",
        *(path.name for path in folder.glob(f"{summary.year}.source.*")),
    )
    stamps = {
        path.name: FileStamp(path.name, path.stat().st_size, 0, 0, 0)
        for path in (folder / name for name in sorted(set(names)))
        if path.is_file()
    }
    if not stamps:
        return False
    filing = load_filing(site / "places", ReportFiles(summary.id, summary.year, stamps))
    unread = any(problem.rule in _UNREAD and problem.path.endswith(".yml") for problem in read.problems)
    exceptions = filing.report.record.exceptions if unread else read.exceptions
    return published_private(filing, exceptions, denied)


_UNREAD = frozenset(("missing_file", "too_large", "yaml_syntax", "schema"))
"""Rules whose problems leave a record unread."""


def kept_place(site: Path, path: str) -> Place | None:
    """Return a place as its published ``place.json`` tells it, or None where none was published."""
    try:
        return Place(
            path, msgspec.json.decode((site / place_address(path) / "place.json").read_bytes(), type=PlaceRecord)
        )
    except (OSError, msgspec.DecodeError):
        return None


def stand_in(path: str, level: Level) -> Place:
    """Stand in for a place that nothing is known of but its folder's name."""
    return Place(path, PlaceRecord(path.rpartition("/")[2], level, note="名称待修复"))


def _summary(report_id: str, value: dict[str, Any]) -> ReportSummary:
    roles = tuple(dict.fromkeys(section["role"] for section in value["sections"] if section["role"] != "preamble"))
    missing: tuple[Role, ...] = tuple(value["missing_roles"])
    texts = [section["number"] + section["heading"] for section in value["sections"]]
    texts += [passage["text"] for section in value["sections"] for passage in section["passages"]]
    return ReportSummary(
        id=report_id,
        place=value["place"]["path"],
        year=value["year"],
        title=value["title"],
        roles=roles,
        missing_roles=missing,
        sections=sum(1 for section in value["sections"] if section["level"]),
        passages=sum(len(section["passages"]) for section in value["sections"]),
        figures=len(value["figures"]),
        characters=sum(len("".join(text.split())) for text in texts),
        published=value["dates"].get("published"),
        collected=value["dates"].get("collected"),
    )
