"""A file of the site: its path and its inputs, one of the kinds in ``inputs`` and ``file_inputs``; and its encoding, which is its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import msgspec

from generator.pages.file_inputs import (
    AdminFile,
    AdminPage,
    Checksums,
    Copy,
    Database,
    DataPackage,
    Feed,
    PlaceJson,
    Redirect,
    ReportJson,
    ReportsJson,
    SchemaFile,
    SearchFile,
    SearchShardFile,
    SearchTextFile,
    Sitemap,
    TableCsv,
)
from generator.pages.inputs import (
    ChangesPage,
    ComparePage,
    DataPage,
    HomePage,
    IndicatorPage,
    IndicatorsPage,
    LawsPage,
    ListPage,
    LogPage,
    NotFound,
    PlacePage,
    ProsePage,
    ReportPage,
    RulesPage,
    SearchPage,
    StatusPage,
    SystemsPage,
    TopicsPage,
    TownshipPage,
    WithdrawnPage,
    YearPage,
    YearsPage,
)

Inputs = (
    ProsePage
    | HomePage
    | PlacePage
    | TownshipPage
    | ReportPage
    | ChangesPage
    | ReportJson
    | PlaceJson
    | YearsPage
    | YearPage
    | TopicsPage
    | ListPage
    | SystemsPage
    | LawsPage
    | IndicatorsPage
    | IndicatorPage
    | TableCsv
    | DataPackage
    | Feed
    | Database
    | Checksums
    | StatusPage
    | LogPage
    | RulesPage
    | WithdrawnPage
    | DataPage
    | ComparePage
    | SearchPage
    | SearchTextFile
    | SearchShardFile
    | SearchFile
    | ReportsJson
    | Sitemap
    | Redirect
    | NotFound
    | SchemaFile
    | Copy
    | AdminPage
    | AdminFile
)


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site: its path and what it shows."""

    path: str
    inputs: Inputs

    @property
    def address(self) -> str:
        """The address that readers see: the folder of an ``index.html``, else the path itself."""
        return self.path.removesuffix("index.html") if self.path.endswith("index.html") else self.path


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that was planned and encoded before, and is wanted again as it was."""

    path: str
    encoded: bytes


_KINDS: dict[str, type[Inputs]] = {kind.__name__: kind for kind in get_args(Inputs)}


def encode_page(page: Page) -> bytes:
    """Encode a page; pages that show the same have the same bytes."""
    return msgspec.msgpack.encode((page.path, type(page.inputs).__name__, page.inputs), order="sorted")


def decode_page(content: bytes) -> Page:
    """Decode a page that ``encode_page`` encoded."""
    path, kind, raw = msgspec.msgpack.decode(content, type=tuple[str, str, msgspec.Raw])
    return Page(path, msgspec.msgpack.decode(raw, type=_KINDS[kind]))
