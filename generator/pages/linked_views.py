"""What the pages of topics, systems, laws and indicators hand to their templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator.addresses import report_address, topic_address
from generator.content.wording import LAW_KIND_NAMES, QUALIFIER_NAMES, SYSTEM_KIND_NAMES
from generator.linking.listings import Excerpt, Statement
from generator.pages import inputs as kinds
from generator.pages.charts import Bar, bar_chart
from generator.pages.frame import Frame
from generator.pages.links import Link
from generator.pages.reader import Reader
from generator.pages.rows import ListedReport, ListHead

LAW_DATABASE = "https://flk.npc.gov.cn/"
"""国家法律法规数据库; it has no lasting addresses for searches, so its front page is linked and the name told."""
_SHOWN_WORDS = 8
_SHOWN_TERMS = 60

View = tuple[Frame, str, dict[str, Any]]
"""The frame of a page, the name of its template, and what the template needs besides the inputs."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one report on a page of a list."""

    row: ListedReport
    excerpts: tuple[Excerpt, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def address(self) -> str:
        """The address of the report."""
        return report_address(self.row.id)

    @property
    def year(self) -> str:
        """Its year."""
        return self.row.id.rpartition("/")[2]


def read_entries(reader: Reader, name: str, rows: Iterable[ListedReport]) -> Iterator[Entries]:
    """Read the entries of the rows of a list."""
    for row in rows:
        listing = reader.read_listing(name, row.id)
        yield Entries(row, listing.excerpts[row.start : row.end], listing.statements[row.start : row.end])


def linked_view(
    page: kinds.TopicsPage
    | kinds.ListPage
    | kinds.SystemsPage
    | kinds.LawsPage
    | kinds.IndicatorsPage
    | kinds.IndicatorPage,
    reader: Reader,
) -> View:
    """Return what a page that links reports shows."""
    match page:
        case kinds.TopicsPage():
            return topics_view(page)
        case kinds.ListPage():
            return list_view(page, reader)
        case kinds.SystemsPage():
            return systems_view(page, reader)
        case kinds.LawsPage():
            return laws_view(page)
        case kinds.IndicatorsPage():
            return indicators_view(page)
        case kinds.IndicatorPage():
            return indicator_view(page, reader)


def list_view(page: kinds.ListPage, reader: Reader) -> View:
    """Show a list of passages on a topic, a system or a law."""
    head = page.head
    narrowed = "".join(each for each in (page.place, f"{page.year}年度" if page.year else None) if each)
    title = head.name + (f"：{narrowed}" if narrowed else "")
    numbered = f"（第 {page.number} 页）" if page.number > 1 else ""
    description = (
        f"{_KINDS[head.kind]}「{head.name}」{narrowed}：{page.reports} 份报告中的 {page.entries} 段，逐段附出处。"
    )
    values = {
        "title": title,
        "entries": list(read_entries(reader, page.list, page.rows)),
        "kind": _kind(head),
        "database": LAW_DATABASE if head.law_kind in {"law", "regulation"} else None,
        "terms": head.terms[:_SHOWN_TERMS],
        "more_terms": max(0, len(head.terms) - _SHOWN_TERMS),
    }
    feed = f"{topic_address(head.id)}feed.xml" if head.kind == "topic" else ""
    return Frame(f"{title}{numbered}", description, head.name, feed=feed), "list.html", values


_KINDS = {"topic": "主题", "system": "制度和机制", "law": "法律和文件", "others": "法律和文件"}


def _kind(head: ListHead) -> str:
    if head.system_kind:
        return SYSTEM_KIND_NAMES[head.system_kind]
    return LAW_KIND_NAMES[head.law_kind] if head.law_kind else _KINDS[head.kind]


def systems_view(page: kinds.SystemsPage, reader: Reader) -> View:
    """Show the glossary."""
    rows = [(row, list(read_entries(reader, f"systems/{row.id}", row.rows))) for row in page.rows]
    numbered = f"（第 {page.number} 页）" if page.number > 1 else ""
    description = f"报告里提到的 {page.total} 个制度、平台、机构、机制和活动，各附所在的段落。"
    return Frame(f"制度和机制{numbered}", description, "制度和机制"), "systems.html", {"rows": rows}


def topics_view(page: kinds.TopicsPage) -> View:
    """Show the tree of topics, or one group of it."""
    if page.prose:
        return Frame.of_prose(page.prose, page), "topics.html", {"prose": Markup(page.prose.html)}  # noqa: S704 - sanitised
    (group,) = page.groups
    description = f"主题「{group.name}」之下的 {len(group.topics)} 个主题，各附报告份数和段落数。"
    return Frame(group.name, description, group.name), "topics.html", {"prose": None}


def laws_view(page: kinds.LawsPage) -> View:
    """Show the laws and documents by kind."""
    by_kind = [
        (name, [law for law in page.laws if law.kind == kind])
        for kind, name in LAW_KIND_NAMES.items()
        if any(law.kind == kind for law in page.laws)
    ]
    values = {"prose": Markup(page.prose.html), "by_kind": by_kind}  # noqa: S704 - sanitised
    return Frame.of_prose(page.prose, page), "laws.html", values


def indicators_view(page: kinds.IndicatorsPage) -> View:
    """Show the indicators."""
    return Frame.of_prose(page.prose, page), "indicators.html", {"prose": Markup(page.prose.html)}  # noqa: S704 - sanitised


def indicator_view(page: kinds.IndicatorPage, reader: Reader) -> View:
    """Show an indicator over places and years: a chart, and a table that tells the same."""
    entries = list(read_entries(reader, f"indicators/{page.id}", page.rows))
    bars = [
        Bar(f"{each.row.place_name} {each.year}", said.value, told_value(said), said.confirmed)
        for each in entries
        for said in each.statements
    ]
    told = "，".join(f"{bar.label}：{bar.told}" for bar in bars[:3]) + ("等" if len(bars) > 3 else "")  # noqa: PLR2004 - examples
    description = f"横条图，按地方和年度排列，不作排名。单位：{page.unit}。{told}。全部数值见下表。"
    chart = bar_chart(bars, id_="chart", title=page.name, description=description, unit=page.unit) if bars else None
    numbered = f"（第 {page.number} 页）" if page.number > 1 else ""
    frame = Frame(
        f"{page.name}{numbered}",
        f"指标「{page.name}」：{page.reports} 份报告中的 {page.figures} 个数值，逐个附原话和出处。",
        page.name,
    )
    return frame, "indicator.html", {"entries": entries, "chart": chart, "bars": len(bars)}


def told_value(said: Statement) -> str:
    """Return a value as people say it: 约 1,800 份, 不足 20%."""
    number = f"{said.value:,}"
    qualifier = QUALIFIER_NAMES[said.qualifier]
    spaced = "" if said.unit == "%" else " "
    return f"{qualifier} {number}{spaced}{said.unit}".strip()


def words_marked(text: str, words: Sequence[str]) -> Markup:
    """Return a text in which each of the words that it was found by is marked, where it first stands letter by letter."""
    spans = sorted((start, -len(word)) for word in words if (start := text.find(word)) >= 0)
    pieces: list[str] = []
    last = 0
    for start, length in spans:
        if start >= last:
            end = start - length
            pieces += [escape(text[last:start]), f"<mark>{escape(text[start:end])}</mark>"]
            last = end
    return Markup("".join([*pieces, escape(text[last:])]))  # noqa: S704 - escaped piece by piece


def excerpt_html(excerpt: Excerpt, address: str, link: Link) -> Markup:
    """Return a passage in a list, with its heading and the way to it; there are too many for a template."""
    heading = f"<span>{escape(excerpt.heading)}</span> " if excerpt.heading else ""
    edited = " <span>人工</span>" if excerpt.edited else ""
    return Markup(  # noqa: S704 - escaped piece by piece
        f'<div class="gk-entry">\n<p>{words_marked(excerpt.text, excerpt.words)}{"…" if excerpt.more else ""}</p>\n'
        f'<p class="gk-quiet">{heading}<a href="{link(f"{address}#{excerpt.passage}")}">看原文</a>{edited}</p>\n</div>\n'
    )
