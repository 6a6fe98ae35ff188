"""What every page says of itself outside its body: title, description, contents list, tags."""

from __future__ import annotations

from dataclasses import dataclass

from generator.addresses import place_address
from generator.content.wording import ROLE_NAMES
from generator.model import Place, Report
from generator.pages.exports import display_title
from generator.pages.inputs import (
    HomePage,
    LogPage,
    PlacePage,
    ReportPage,
    RulesPage,
    TownshipPage,
    WithdrawnPage,
    YearPage,
)
from generator.publishing.shell import Heading, Prose

_CONTENTS_LEVEL = 2
"""A contents list goes down to （一）; level-3 headings would bury it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Title and description of a page; ``name`` is short, for the header; ``tags`` are meta tags (name, content).

    ``feed`` is the address of the feed that it can be followed by; ``modules`` are the scripts that its own scripts import.
    """

    title: str
    description: str
    name: str
    contents: tuple[Heading, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    home: bool = False
    feed: str = ""
    modules: tuple[str, ...] = ()

    @classmethod
    def of_report(cls, report: Report, page: ReportPage) -> Frame:
        """Frame a report page; ArticleTitle, PubDate, ContentSource as 政府网站发展指引 has them, where known."""
        place = page.place.name
        title = display_title(report.record.title, place, report.year)
        above = "".join(crumb.name for crumb in page.crumbs[2:])
        missing = "、".join(ROLE_NAMES[role] for role in report.missing_roles)
        told = f"法定内容未见：{missing}。" if missing else "四项法定内容齐全。"
        description = f"{above}{report.year}年法治政府建设年度报告全文，{report.characters:,}字。{told}"
        tags = (
            ("ArticleTitle", title),
            ("PubDate", report.record.dates.published),
            ("ContentSource", "、".join(report.record.issuer)),
        )
        known = tuple((name, content) for name, content in tags if content)
        return cls(title, description, f"{place} {report.year}", heading_entries(report), known)

    @classmethod
    def of_place(cls, page: PlacePage | TownshipPage, place: Place) -> Frame:
        """Frame the page of a place."""
        above = "".join(crumb.name for crumb in page.crumbs[2:])
        if isinstance(page, TownshipPage):
            years = "、".join(str(summary.year) for summary in page.reports)
            told = f"收录年度：{years}。" if years else "尚未收录报告。"
        else:
            told = f"收录 {page.coverage.townships} 个乡镇的 {page.coverage.reports} 份报告。"
        return cls(
            f"{above}{place.name}{_numbered(page)}",
            f"{above}{place.name}的法治政府建设年度报告。{told}",
            place.name,
            feed=f"{place_address(place.path)}feed.xml",
        )

    @classmethod
    def of_year(cls, page: YearPage) -> Frame:
        """Frame the list of a year's reports."""
        title = f"{page.row.year}年度报告"
        return cls(
            f"{title}{_numbered(page)}",
            f"{page.row.year}年度法治政府建设年度报告 {page.row.reports} 份，逐份列明法定内容。",
            title,
        )

    @classmethod
    def of_withdrawn(cls, page: WithdrawnPage) -> Frame:
        """Frame what stands in the place of a report that was taken down."""
        taken = page.withdrawn
        title = display_title(taken.title, page.place.name, taken.year)
        return cls(f"{title}（已撤下）", f"这份报告已于 {taken.date} 从本站撤下。", f"{page.place.name} {taken.year}")

    @classmethod
    def of_rules(cls, page: RulesPage) -> Frame:
        """Frame the list of what the checks ask."""
        contents = tuple(Heading(f"on-{group.id}", group.title, 1) for group in page.groups)
        told = "每一项检查问的是什么，举例，怎么改。"
        return cls("检查项目", told, "检查项目", contents)

    @classmethod
    def of_log(cls, page: LogPage) -> Frame:
        """Frame the public log."""
        return cls(f"公开记录{_numbered(page)}", "本站更正过什么、撤下过什么，为什么。", "公开记录")

    @classmethod
    def of_prose(cls, prose: Prose, page: object) -> Frame:
        """Frame a hand-written page."""
        return cls(
            f"{prose.title}{_numbered(page)}",
            prose.description,
            prose.title,
            prose.contents,
            home=isinstance(page, HomePage),
            feed="feed.xml" if isinstance(page, HomePage) else "",
        )


def _numbered(page: object) -> str:
    """Return which page of a list this is, where the list has several."""
    number = getattr(page, "number", 1)
    return f"（第 {number} 页）" if number > 1 else ""


def heading_entries(report: Report) -> tuple[Heading, ...]:
    """Return the headings of a report as the entries of a contents list, two levels deep."""
    entries: list[tuple[Heading, list[Heading]]] = []
    for section in report.sections:
        entry = Heading(section.id, section.number + section.heading, section.level)
        if section.level == 1:
            entries.append((entry, []))
        elif section.level == _CONTENTS_LEVEL and entries:
            entries[-1][1].append(entry)
    return tuple(Heading(top.anchor, top.text, top.level, tuple(below)) for top, below in entries)
