"""A report's rows of the tables that researchers take: its figures and its citations, as CSV (RFC 4180, UTF-8)."""

from __future__ import annotations

from collections.abc import Sequence

from generator.addresses import report_address
from generator.content.tables import csv_lines
from generator.linking.links import ReportLinks
from generator.linking.listings import Statement
from generator.model import Report

FIGURE_COLUMNS = (
    "report", "place", "year", "indicator", "name", "value", "unit", "qualifier", "confirmed", "quote", "url",
)  # fmt: skip
CITATION_COLUMNS = ("report", "place", "year", "printed", "canonical", "kind", "count", "url")


def figure_table(report: Report, stated: Sequence[Statement]) -> str:
    """Return the rows of ``/data/figures.csv`` that a report gives."""
    return csv_lines(
        (
            report.id,
            report.place,
            report.year,
            each.indicator,
            each.name,
            each.value,
            each.unit,
            each.qualifier,
            "true" if each.confirmed else "false",
            each.quote,
            _url(report, each.anchor),
        )
        for each in stated
    )


def citation_table(report: Report, links: ReportLinks) -> str:
    """Return the rows of ``/data/citations.csv`` that a report gives; what is not known is empty."""
    return csv_lines(
        (
            report.id,
            report.place,
            report.year,
            each.printed,
            each.canonical or "",
            each.kind or "",
            each.count,
            _url(report, each.passages[0]),
        )
        for each in links.citations
    )


def _url(report: Report, anchor: str | None) -> str:
    return report_address(report.id) + (f"#{anchor}" if anchor else "")
