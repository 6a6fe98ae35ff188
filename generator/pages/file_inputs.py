"""What the files of the site that are no pages are made of: exports, schemas, copies, redirects. See ``inputs``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model import Place
from generator.pages.rows import FeedRow


@dataclass(frozen=True, slots=True)
class ReportJson:
    """The export of one report."""

    id: str
    digest: bytes
    links: bytes
    place: Place


@dataclass(frozen=True, slots=True)
class PlaceJson:
    """The export of one place."""

    place: Place


@dataclass(frozen=True, slots=True)
class TableCsv:
    """The export of a table; ``digest`` stands for its rows."""

    table: Literal["figures", "citations", "changes", "similarity"]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: of the site, a place or a ``topic``; ``name`` tells which, ``address`` is the page that it belongs to."""

    name: str
    address: str
    topic: str
    rows: tuple[FeedRow, ...]


@dataclass(frozen=True, slots=True)
class DataPackage:
    """The description of the tables (Frictionless Data Package)."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Database:
    """All tables in one SQLite file; ``digest`` stands for their rows."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class SearchTextFile:
    """What can be found of a report, for the search; ``digest`` stands for it."""

    id: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class SearchShardFile:
    """A part of the postings of the search; ``digest`` stands for it."""

    shard: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class SearchFile:
    """A small file of the search, as it is."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Checksums:
    """The SHA-256 sums of the exports; ``digest`` stands for their contents."""

    files: tuple[str, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class ReportsJson:
    """The list of all reports; ``digest`` stands for their summaries."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The site map of a configured address; ``digest`` stands for the list of addresses."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class Redirect:
    """A former address that leads to the present one."""

    target: str
    name: str


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A JSON Schema for editors' tools."""

    name: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A file published as it is: of the contents, of the theme or of our assets."""

    origin: str
    file: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class AdminPage:
    """The page of the editing form: where its modules are (an import map), and what it may load (a policy)."""

    modules: str
    policy: str


@dataclass(frozen=True, slots=True)
class AdminFile:
    """What the editing form is told, as it is."""

    content: bytes


AS_THEY_ARE = (Copy, SearchTextFile, SearchShardFile, SearchFile, AdminFile)
"""Files whose inputs tell all their bytes, whatever code and templates make pages."""
