"""A page's inputs -> the bytes of its file. Each kind of page has one function here and one template in ``templates/pages``."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.addresses import (
    changes_address,
    indicator_address,
    law_address,
    place_address,
    report_address,
    system_address,
    topic_address,
)
from generator.comparing.brief import Brief
from generator.comparing.following import Following
from generator.content import wording
from generator.content.schema import schema_file
from generator.files import read_file
from generator.linking.links import ReportLinks
from generator.linking.listings import Listing
from generator.model import Place, Report, ReportSummary
from generator.pages import file_inputs as files
from generator.pages import inputs as kinds
from generator.pages.changes_view import changes_view
from generator.pages.compare_view import compare_view
from generator.pages.exports import display_title, place_json, report_json, reports_json
from generator.pages.feeds import feed_values
from generator.pages.frame import Frame
from generator.pages.linked_views import View, excerpt_html, linked_view, told_value, words_marked
from generator.pages.links import Link, linker, page_address, published_name
from generator.pages.open_data import data_package, table_csv, write_database
from generator.pages.page import Page
from generator.pages.report_view import report_view
from generator.pages.text import title_html
from generator.pages.township_view import township_view
from generator.project import Project, templates_folder
from generator.publishing.comparisons import Compared
from generator.publishing.programs import program_files, vendor_folder
from generator.publishing.reusing import Shared
from generator.publishing.shell import Shells, fill_shell, split_shell


@dataclass(frozen=True)
class Workshop:
    """What rendering needs besides a page's inputs: the shells, the contents, and how to read values that were kept."""

    project: Project
    shells: Shells
    read_report: Callable[[str], Report]
    read_summaries: Callable[[], Iterator[ReportSummary]]
    read_places: Callable[[], Mapping[str, Place]]
    read_addresses: Callable[[], Iterator[str]]
    read_links: Callable[[str], ReportLinks]
    read_shared: Callable[[str], Shared]
    read_listing: Callable[[str, str], Listing]
    read_rows: Callable[[str], Iterator[str]]
    read_comparison: Callable[[str], Compared | None]
    read_brief: Callable[[str], Brief | None]
    read_following: Callable[[str], Following | None]
    read_search_text: Callable[[str], bytes]
    read_search_shard: Callable[[int], bytes]

    @functools.cached_property
    def environment(self) -> Environment:
        """The Jinja environment of our templates: everything is escaped, nothing undefined passes."""
        compiled = self.project.kept / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        environment = Environment(
            loader=FileSystemLoader([templates_folder() / "pages", templates_folder() / "components"]),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            bytecode_cache=FileSystemBytecodeCache(str(compiled)),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            role_names=wording.ROLE_NAMES,
            role_statutes=wording.ROLE_STATUTES,
            level_names=wording.LEVEL_NAMES,
            text_states=wording.TEXT_STATE_NAMES,
            repair_names=wording.REPAIR_NAMES,
            severity_names=wording.SEVERITY_NAMES,
            place_address=place_address,
            report_address=report_address,
            page_address=page_address,
            published_name=published_name,
            display_title=display_title,
            law_kinds=wording.LAW_KIND_NAMES,
            system_kinds=wording.SYSTEM_KIND_NAMES,
            topic_address=topic_address,
            system_address=system_address,
            changes_address=changes_address,
            law_address=law_address,
            indicator_address=indicator_address,
            told_value=told_value,
            excerpt_html=excerpt_html,
            words_marked=words_marked,
            asset_address=self.asset_address,
            settings=self.shells.facts.settings,
        )
        environment.filters["title"] = title_html
        environment.filters["number"] = "{:,}".format
        return environment

    @functools.cached_property
    def split_shells(self) -> dict[Path, tuple[str, ...]]:
        """The shells that have been split, by their files."""
        return {}

    @functools.cached_property
    def footers(self) -> dict[str, Markup]:
        """The feet of pages that have been rendered, by the link home."""
        return {}

    def asset_address(self, name: str) -> str:
        """Return the address that a file of ``templates/assets`` is published at. Raise KeyError for one that is not there."""
        return {file: published for published, file in self.shells.facts.assets}[name]

    def shell(self, address: str) -> tuple[str, ...]:
        """Return the split shell for an address."""
        path = self.shells.path(address)
        if path not in self.split_shells:
            self.split_shells[path] = split_shell(path.read_text(encoding="utf-8"))
        return self.split_shells[path]

    def footer(self, link: Link) -> Markup:
        """Return the foot of a page; it is the same for all pages of one depth."""
        up = link("")
        if up not in self.footers:
            self.footers[up] = self.template("footer.html", link=link)
        return self.footers[up]

    def template(self, name: str, **values: Any) -> Markup:
        """Render a template, escaped."""
        return Markup(self.environment.get_template(name).render(values))  # noqa: S704 - autoescape is on


def stream(page: Page, workshop: Workshop) -> Iterator[bytes] | None:
    """Return the bytes of a file that holds something of every report, in pieces; None for all others."""
    match page.inputs:
        case files.ReportsJson():
            return (piece.encode() for piece in reports_json(workshop.read_summaries(), workshop.read_places()))
        case files.TableCsv(table):
            return table_csv(table, workshop.read_rows)
        case files.Database():
            file = workshop.project.kept / "gongkai.sqlite"
            return write_database(file, workshop.read_summaries(), workshop.read_places(), workshop.read_rows)
        case _:
            return None


def render(page: Page, workshop: Workshop) -> bytes:  # noqa: PLR0911 - one for each kind of file
    """Return the bytes of a page's file."""
    match page.inputs:
        case files.Copy() as copy:
            return _copied(copy, workshop)
        case files.ReportJson() as export:
            return report_json(workshop.read_report(export.id), export.place, workshop.read_links(export.id))
        case files.PlaceJson(place):
            return place_json(place)
        case files.SchemaFile(name):
            return schema_file(name).encode()
        case files.DataPackage(name, title):
            return data_package(name, title)
        case files.AdminFile(content):
            return content
        case files.SearchTextFile() | files.SearchShardFile() | files.SearchFile() as part:
            return _part_of_index(part, workshop)
        case _:
            return _text(page, workshop).encode()


def _part_of_index(part: files.SearchTextFile | files.SearchShardFile | files.SearchFile, workshop: Workshop) -> bytes:
    match part:
        case files.SearchTextFile(id_):
            return workshop.read_search_text(id_)
        case files.SearchShardFile(shard):
            return workshop.read_search_shard(shard)
        case files.SearchFile(content):
            return content


def _text(page: Page, workshop: Workshop) -> str:
    match page.inputs:
        case files.Feed() as feed:
            return _feed(feed, workshop)
        case files.Sitemap():
            return workshop.template("sitemap.xml", addresses=list(workshop.read_addresses()))
        case files.Redirect() as redirect:
            link = linker(page.address, workshop.shells.facts.settings.base)
            return workshop.template("redirect.html", redirect=redirect, link=link)
        case files.AdminPage(modules) as admin:
            link = linker(page.address, workshop.shells.facts.settings.base)
            return workshop.template("admin.html", page=admin, modules=Markup(modules), link=link)  # noqa: S704 - JSON of ours
        case _:
            return _framed(page, workshop)


def _feed(feed: files.Feed, workshop: Workshop) -> str:
    """Return a feed; addresses are whole where that of the site is known, else relative to the feed."""
    site = (workshop.shells.facts.settings.site_url or "").rstrip("/")
    link = linker(feed.address, workshop.shells.facts.settings.base)
    values = feed_values(feed, workshop, site)

    def at(address: str) -> str:
        return f"{site}/{address}" if site else link(address)

    return workshop.template("feed.xml", feed=feed, at=at, **values)


def _framed(page: Page, workshop: Workshop) -> str:
    settings = workshop.shells.facts.settings
    link = linker(page.address, settings.base)
    frame, template, values = _describe(page, workshop)
    body = workshop.template(template, page=page.inputs, link=link, frame=frame, address=page.address, **values)
    head = workshop.template("head.html", frame=frame, link=link, address=page.address, column=_column(page, workshop))
    slots = {
        "name": str(escape(frame.name)),
        "head": head,
        "toc": workshop.template("contents.html", contents=frame.contents) if frame.contents else "",
        "body": body,
        "footer": workshop.footer(link),
    }
    return fill_shell(workshop.shell(page.address), slots)


def _describe(page: Page, workshop: Workshop) -> View:
    """Return the frame of a page (title, description …), its template, and what the template needs besides the inputs."""
    match page.inputs:
        case kinds.ReportPage() as shown:
            link = linker(page.address, workshop.shells.facts.settings.base)
            return report_view(workshop.read_report(shown.id), shown, page.address, link, workshop)
        case (
            kinds.TopicsPage()
            | kinds.ListPage()
            | kinds.SystemsPage()
            | kinds.LawsPage()
            | kinds.IndicatorsPage()
            | kinds.IndicatorPage()
        ) as shown:
            return linked_view(shown, workshop)
        case kinds.ChangesPage() as shown:
            return changes_view(shown, linker(page.address, workshop.shells.facts.settings.base), workshop)
        case _:
            return _describe_listed(page, workshop)


def _describe_listed(page: Page, workshop: Workshop) -> View:
    """Return what a page shows that lists the reports of a place or a year."""
    match page.inputs:
        case kinds.TownshipPage() as shown:
            return township_view(shown, workshop)
        case kinds.PlacePage(place=Place() as place):
            return Frame.of_place(page.inputs, place), "place.html", {}
        case kinds.YearPage() as shown:
            return Frame.of_year(shown), "year.html", {}
        case _:
            return _describe_editing(page)


def _describe_editing(page: Page) -> View:
    """Return what a page shows that tells how reports are edited, and what was changed."""
    match page.inputs:
        case kinds.WithdrawnPage() as shown:
            return Frame.of_withdrawn(shown), "withdrawn.html", {}
        case kinds.LogPage() as shown:
            return Frame.of_log(shown), "log.html", {}
        case kinds.RulesPage() as shown:
            return Frame.of_rules(shown), "rules.html", {}
        case _:
            return _describe_written(page)


def _describe_written(page: Page) -> View:
    """Return what a page shows that has hand-written words."""
    match page.inputs:
        case (
            kinds.ProsePage(prose)
            | kinds.HomePage(prose)
            | kinds.YearsPage(prose)
            | kinds.StatusPage(prose)
            | kinds.DataPage(prose)
        ):
            template = _PROSE_TEMPLATES[type(page.inputs)]
            return Frame.of_prose(prose, page.inputs), template, {"prose": _prose(prose.html)}
        case kinds.ComparePage() as shown:
            return compare_view(shown)
        case kinds.SearchPage(prose) as shown:
            return Frame.of_prose(prose, shown), "search.html", {"prose": _prose(prose.html)}
        case kinds.PlacePage(prose=prose) if prose:
            return Frame.of_prose(prose, page.inputs), "place.html", {"prose": _prose(prose.html)}
        case kinds.NotFound():
            return Frame("找不到这一页", "这个地址没有页面。", ""), "not_found.html", {}
        case _:
            raise TypeError(type(page.inputs).__name__)


_PROSE_TEMPLATES: dict[type, str] = {
    kinds.ProsePage: "prose.html",
    kinds.HomePage: "home.html",
    kinds.YearsPage: "years.html",
    kinds.StatusPage: "status.html",
    kinds.DataPage: "data.html",
}


def _prose(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - publishing.sanitise has made it


def _column(page: Page, workshop: Workshop) -> Any:
    """Return the configured column (栏目) that a page lies in: list and article pages carry its tags, the home page not."""
    government = workshop.shells.facts.settings.government
    return government.columns.get(page.address.partition("/")[0]) if government else None


def _copied(copy: files.Copy, workshop: Workshop) -> bytes:
    if copy.origin == "program":
        return program_files(vendor_folder(workshop.project))[copy.file]
    roots: dict[str, Path] = {
        "shell": workshop.shells.folder,
        "asset": templates_folder() / "assets",
        "places": workshop.project.places,
    }
    if ".." in copy.file.split("/"):
        raise ValueError(f"{copy.file} 不在 {copy.origin} 里")
    return read_file(f"{roots[copy.origin]}/{copy.file}")
