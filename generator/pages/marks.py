"""Marks in the words of a report: every figure a ``data`` element that links to its indicator, every law a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

from generator.addresses import indicator_address, law_address
from generator.linking.links import ReportLinks
from generator.linking.listings import figure_anchors
from generator.model import Report
from generator.pages.links import Link


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a passage's words, and the HTML around it."""

    start: int
    end: int
    opening: str
    closing: str


def report_marks(report: Report, links: ReportLinks, link: Link) -> Mapping[str, list[Mark]]:
    """Return the marks of a report by the ids of its passages."""
    found: dict[str, list[Mark]] = {}
    for passage, mark in (*_figures(report, links, link), *_laws(links, link)):
        found.setdefault(passage, []).append(mark)
    return found


def _figures(report: Report, links: ReportLinks, link: Link) -> list[tuple[str, Mark]]:
    """Mark figures: ``<a id href><data value data-indicator>3039</data></a>``; several may stand in one number."""
    anchors = figure_anchors(report)
    places: dict[tuple[str, int, int], list[int]] = {}
    for mark in links.marks:
        places.setdefault((mark.passage, mark.start, mark.end), []).append(mark.figure)
    found: list[tuple[str, Mark]] = []
    for (passage, start, end), numbers in places.items():
        figures = [report.record.figures[number] for number in numbers]
        names = "；".join(
            links.names.get(each.indicator, each.indicator) + ("" if each.confirmed else "（未确认）")
            for each in figures
        )
        known = next((each.indicator for each in figures if each.indicator in links.names), None)
        target = link(indicator_address(known)) if known else f"#{anchors[numbers[0]]}"
        state = "" if all(each.confirmed for each in figures) else " gk-proposed"
        opening = f'<a class="gk-figure{state}" id="{anchors[numbers[0]]}" href="{target}" title="{escape(names)}">'
        opening += "".join(f'<span id="{anchors[number]}"></span>' for number in numbers[1:])
        opening += "".join(f'<data value="{each.value}" data-indicator="{escape(each.indicator)}">' for each in figures)
        found.append((passage, Mark(start, end, opening, "</data>" * len(figures) + "</a>")))
    return found


def _laws(links: ReportLinks, link: Link) -> list[tuple[str, Mark]]:
    """Mark the names of laws that the catalogue knows; of a title that no catalogue knows, those within it."""
    return [
        (each.passage, Mark(each.start, each.end, f'<a class="gk-law" href="{link(law_address(each.law))}">', "</a>"))
        for each in links.mentions
        if each.law
    ]
