"""What the page of a report hands to its template: the text with its marks, topics, figures, citations, what is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import escape

from generator.addresses import report_address, topic_address
from generator.comparing.formats import told_counts
from generator.linking.links import ReportLinks
from generator.linking.listings import statements
from generator.linking.topics import Label
from generator.model import Place, Report
from generator.pages import inputs as kinds
from generator.pages.frame import Frame
from generator.pages.links import Link
from generator.pages.marks import report_marks
from generator.pages.reader import Reader
from generator.pages.text import Notes, report_text, sections_by_role
from generator.publishing.reusing import Shared, SharedPassage

_SHOWN_MATCHES = 8


def report_view(
    report: Report, page: kinds.ReportPage, address: str, link: Link, reader: Reader
) -> tuple[Frame, str, dict[str, Any]]:
    """Show a report."""
    links = reader.read_links(report.id)
    shared = reader.read_shared(report.id)
    notes = Notes(
        report_marks(report, links, link), links.topics, dict(_below(report, links, shared, reader.read_places, link))
    )
    values = {
        "report": report,
        "links": links,
        "role_sections": sections_by_role(report),
        "stated": statements(report, links),
        "places": {passage.id: number for number, passage in enumerate(report.passages, 1)},
        "share": f"{shared.share:.0%}" if shared.passages else "",
        "text": report_text(report, link, address, notes),
        "brief": reader.read_brief(report.id) if page.compared else None,
        "told_counts": told_counts,
    }
    return Frame.of_report(report, page), "report.html", values


def _below(
    report: Report, links: ReportLinks, shared: Shared, read_places: Callable[[], Mapping[str, Place]], link: Link
) -> Iterator[tuple[str, str]]:
    """Walk the lines below passages: their topics, and the townships that say the same."""
    common = {each.passage: each for each in shared.passages}
    places = read_places() if common else {}
    for passage in report.passages:
        labels = links.topics.get(passage.id, ())
        if labels or passage.id in common:
            topics = _topics(labels, links, link) if labels else ""
            others = _others(common[passage.id], places, link) if passage.id in common else ""
            yield passage.id, f'<div class="gk-about">{topics}{others}</div>\n'


def _topics(labels: tuple[Label, ...], links: ReportLinks, link: Link) -> str:
    """Return the topics of a passage; why each is there is told where a pointer rests."""
    told = (
        f'<a href="{link(topic_address(label.topic))}" title="{_why(label)}">{escape(links.names[label.topic])}</a>'
        for label in labels
    )
    return f"<span>主题</span> {' '.join(told)}"


def _why(label: Label) -> str:
    if label.edited:
        return "由编辑指定"
    return "自动识别：" + str(escape("、".join(label.words))) if label.words else "没有更具体的主题"


def _others(common: SharedPassage, places: Mapping[str, Place], link: Link) -> str:
    items = "".join(
        f'<li><a href="{link(f"{report_address(match.report_id)}#{match.passage}")}">'
        f"{escape(_name(match.report_id, places))}</a>"
        f"{'' if match.exact else ' <span>相近</span>'}</li>"
        for match in common.matches[:_SHOWN_MATCHES]
    )
    more = common.places - min(_SHOWN_MATCHES, len(common.matches))
    rest = f"<li>另有 {more:,} 个</li>" if more > 0 else ""
    return f"<details><summary>另见 {common.places:,} 个乡镇</summary><ul>{items}{rest}</ul></details>"


def _name(report_id: str, places: Mapping[str, Place]) -> str:
    place, _, year = report_id.rpartition("/")
    return f"{places[place].name if place in places else place} {year}"
