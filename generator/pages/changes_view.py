"""What the page of changes hands to its template: the summary, the figures that moved, the changes by role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.addresses import report_address
from generator.comparing.anchors import change_anchors
from generator.comparing.brief import Brief, count_kinds
from generator.comparing.comparison import Change, ChangeKind, Comparison, FigureChange, Part, Similarity
from generator.comparing.formats import CHANGE_NAMES, PART_NAMES, told_counts
from generator.linking.listings import Statement, statements
from generator.model import Report, Role
from generator.pages import inputs as kinds
from generator.pages.changes_text import Around, changes_html
from generator.pages.frame import Frame
from generator.pages.linked_views import View
from generator.pages.links import Link
from generator.pages.reader import Reader
from generator.publishing.shell import Heading

ROLES: tuple[Role, ...] = ("shortcomings", "measures", "leader_duty", "plan", "other", "preamble")
"""Problems before the rest: they are what one looks for."""
PARTS: tuple[Part, ...] = ("shortcomings", "measures", "leader_duty", "plan", "other", "preamble", "whole")


@dataclass(frozen=True, slots=True)
class PartRow:
    """A role in the summary: how many clauses of each kind, how much was copied, how alike both are."""

    part: Part
    name: str
    counts: Mapping[ChangeKind, int]
    copied: float | None
    similarity: Similarity | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure that moved: what both reports state, with the addresses of the sentences, and by how much."""

    name: str
    indicator: str
    old: Statement
    old_address: str
    new: Statement
    new_address: str
    difference: str
    share: str


def changes_view(page: kinds.ChangesPage, link: Link, reader: Reader) -> View:
    """Show what changed in a report."""
    compared, brief = reader.read_comparison(page.id), reader.read_brief(page.id)
    if not (page.previous and compared and brief):
        return _frame(page, None, ()), "changes.html", {"comparison": None}
    comparison, similarity = compared
    anchors = change_anchors(comparison.changes)
    around = Around(
        comparison.old,
        comparison.new,
        comparison.years,
        {section.id: section.number + section.heading for section in reader.read_report(comparison.old).sections},
        reader.read_shared(page.id).common,
        tables_of(reader.read_report(comparison.old), reader.read_report(comparison.new)),
        link,
    )
    parts = list(changes_by_role(list(zip(comparison.changes, anchors, strict=True)), around))
    values = {
        "comparison": comparison,
        "brief": brief,
        "rows": list(_rows(comparison, similarity)),
        "figures": list(_figures(comparison, reader)),
        "parts": parts,
        "kinds": CHANGE_NAMES,
        "gap": range(comparison.years[0] + 1, comparison.years[1]),
    }
    return _frame(page, brief, parts), "changes.html", values


def tables_of(*reports: Report) -> frozenset[str]:
    """Return the passages of reports that are tables."""
    return frozenset(passage.id for report in reports for passage in report.passages if passage.kind == "table")


def _frame(page: kinds.ChangesPage, brief: Brief | None, parts: Sequence[tuple[Role, Markup]]) -> Frame:
    year = int(page.id.rpartition("/")[2])
    above = "".join(crumb.name for crumb in page.crumbs[2:-1])
    if brief is None:
        return Frame(
            f"{page.place.name}{year}年报告的变化", f"{above}{year}年报告没有更早的可比。", f"{page.place.name} {year}"
        )
    told = brief.reason or told_counts(brief.counts)
    contents = [Heading("summary", "概要", 2), *([Heading("figures", "数据的变化", 2)] if brief.figures else [])]
    contents += [Heading(f"r-{role}", PART_NAMES[role], 2) for role, _ in parts]
    return Frame(
        f"{page.place.name}{year}年报告：与{brief.years[0]}年相比",
        f"{above}{year}年法治政府建设年度报告与{brief.years[0]}年相比：{told}。",
        f"{page.place.name} {year}",
        tuple(contents),
    )


def changes_by_role(changes: Sequence[tuple[Change, str]], around: Around) -> Iterator[tuple[Role, Markup]]:
    """Walk the roles that have changes, problems first, each with its changes as HTML."""
    for role in ROLES:
        own = [(change, anchor) for change, anchor in changes if change.role == role]
        if own:
            yield role, changes_html(own, around)


def _rows(comparison: Comparison, similarity: Mapping[Part, Similarity]) -> Iterator[PartRow]:
    copied = comparison.copied or {}
    for part in PARTS:
        changes = [change for change in comparison.changes if part in {"whole", change.role}]
        if changes:
            yield PartRow(part, PART_NAMES[part], count_kinds(changes), copied.get(part), similarity.get(part))


def _figures(comparison: Comparison, reader: Reader) -> Iterator[FigureRow]:
    """Walk the figures of which both reports state another value."""
    stated = [
        (report_address(id_), statements(reader.read_report(id_), reader.read_links(id_)))
        for id_ in (comparison.old, comparison.new)
    ]
    (old_address, old), (new_address, new) = stated
    for each in comparison.figures:
        if each.old is None or each.new is None or each.old_value == each.new_value:
            continue
        before, after = old[each.old], new[each.new]
        difference, share = told_difference(each)
        yield FigureRow(
            after.name,
            after.indicator,
            before,
            _at(old_address, before),
            after,
            _at(new_address, after),
            difference,
            share,
        )


def told_difference(figure: FigureChange) -> tuple[str, str]:
    """Return by how much a figure moved, and by how many per cent: ("+40", "+32.0%"); of rates, percentage points only."""
    if figure.old_value is None or figure.new_value is None:
        return "", ""
    difference = round(figure.new_value - figure.old_value, 4)
    told = f"{difference:+,}"
    if figure.unit == "%":
        return f"{told} 个百分点", ""
    return told, f"{difference / figure.old_value:+.1%}" if figure.old_value else ""


def _at(address: str, said: Statement) -> str:
    return address + (f"#{said.anchor}" if said.anchor else "")
