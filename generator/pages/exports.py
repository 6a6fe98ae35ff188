"""The exports: what researchers and scrapers read. Their columns are stable; a change is a new version under another path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import msgspec

from generator.addresses import report_address
from generator.linking.links import ReportLinks
from generator.model import Place, Report, ReportSummary


def display_title(title: str | None, place_name: str, year: int) -> str:
    """Return the title as printed or, for a text that has none, a plain name that claims no more than is known."""
    return title or f"{place_name}{year}年法治政府建设年度报告"


def report_json(report: Report, place: Place, links: ReportLinks) -> bytes:
    """Return ``report.json``: everything that the site knows of one report (design: Exports)."""
    record = report.record
    placed = links.figure_passages
    value: dict[str, Any] = {
        "id": report.id,
        "place": place_export(place),
        "year": report.year,
        "title": display_title(record.title, place.name, report.year),
        "url": report_address(report.id),
        "issuer": list(record.issuer),
        "dates": _stated(record.dates),
        "source": _stated(record.source),
        "sections": [
            {
                "id": section.id,
                "level": section.level,
                "number": section.number,
                "heading": section.heading,
                "role": section.role,
                "passages": [
                    {
                        "id": passage.id,
                        "text": passage.text,
                        "topics": [label.topic for label in links.topics.get(passage.id, ())],
                    }
                    for passage in section.passages
                ],
            }
            for section in report.sections
        ],
        "figures": [
            {
                "indicator": figure.indicator,
                "value": figure.value,
                "unit": figure.unit,
                "qualifier": figure.qualifier,
                "quote": figure.quote,
                "passage": placed.get(index),
                "confirmed": figure.confirmed,
            }
            for index, figure in enumerate(record.figures)
        ],
        "citations": [
            {
                "printed": each.printed,
                "canonical": each.canonical,
                "kind": each.kind,
                "count": each.count,
                "passages": list(each.passages),
            }
            for each in links.citations
        ],
        "missing_roles": list(report.missing_roles),
    }
    return json_bytes(value)


def place_json(place: Place) -> bytes:
    """Return ``place.json``: what ``place.yml`` says of a place, with its path."""
    return json_bytes({"path": place.path, **msgspec.to_builtins(place.record)})


def reports_json(summaries: Iterable[ReportSummary], places: Mapping[str, Place]) -> Iterator[str]:
    """Yield ``reports.json`` in pieces: a list with one report a line."""
    yield "["
    for index, summary in enumerate(summaries):
        place = places[summary.place]
        value = {
            "id": summary.id,
            "place": place_export(place),
            "year": summary.year,
            "title": display_title(summary.title, place.name, summary.year),
            "url": report_address(summary.id),
            "roles": list(summary.roles),
            "sections": summary.sections,
            "passages": summary.passages,
            "figures": summary.figures,
            "characters": summary.characters,
        }
        yield (",\n" if index else "\n") + msgspec.json.encode(value).decode()
    yield "\n]\n"


def place_export(place: Place) -> dict[str, str | None]:
    """Return a place as the exports tell it: path, name, and code or null."""
    return {"path": place.path, "name": place.name, "code": place.record.code}


def json_bytes(value: Any) -> bytes:
    """Return JSON for people and programs: indented, Chinese as it is."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _stated(record: Any) -> dict[str, str]:
    """Return what a record states, leaving out what is not known."""
    return {each.name: value for each in fields(record) if (value := getattr(record, each.name)) is not None}
