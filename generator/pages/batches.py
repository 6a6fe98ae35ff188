"""Pages rendered in batches, in this process or in workers, and staged beside the published site."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.model import Place, Report, ReportSummary
from generator.pages.file_inputs import Checksums
from generator.pages.kept import kept_report
from generator.pages.page import decode_page
from generator.pages.render import Workshop, render, stream
from generator.project import Project
from generator.publishing.cache import Cache
from generator.publishing.comparison_store import COMPARISON_TABLES, comparison_rows
from generator.publishing.comparisons import brief_for, comparison_of, following_of
from generator.publishing.link_store import export_rows
from generator.publishing.links import links_of, listing_of
from generator.publishing.reading import report_value
from generator.publishing.reusing import shared_with
from generator.publishing.search_store import shard_value, text_value
from generator.publishing.shell import load_shells
from generator.publishing.writing import Site, checksums, stage, stage_pieces

WantedPage = tuple[str, bytes, bytes]
"""Path, key and encoded page, as the cache hands them out."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page that was rendered: its path and key, whether its bytes differ from the published ones, and their SHA-256."""

    path: str
    key: bytes
    changed: bool
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a worker finds everything; small, so that it can be sent to one.

    ``kept`` are the reports of which only the last good version is shown.
    """

    project: Project
    shells: Path
    site: Site
    kept: frozenset[str] = frozenset()

    @property
    def lists(self) -> Path:
        """The file of what the pages that list everything are made of."""
        return self.project.kept / "lists.msgpack"

    @property
    def places(self) -> Path:
        """The file of all places."""
        return self.project.kept / "places.msgpack"


@dataclass(frozen=True, slots=True)
class Lists:
    """What the few pages that list everything are made of, written once for the workers."""

    summaries: tuple[ReportSummary, ...]
    addresses: tuple[str, ...]


_at_hand = functools.lru_cache(maxsize=32)
"""A report has several files, and the newest stand in the feeds of all topics."""


class _Worker:
    """A worker's tools, made once for each process."""

    bench: Bench
    workshop: Workshop


def start_worker(bench: Bench) -> None:
    """Prepare this process for rendering."""
    cache = Cache(bench.project.kept / "cache.sqlite")
    lists = functools.cache(lambda: msgspec.msgpack.decode(bench.lists.read_bytes(), type=Lists))
    places = functools.cache(lambda: msgspec.msgpack.decode(bench.places.read_bytes(), type=dict[str, Place]))
    _Worker.bench = bench
    _Worker.workshop = Workshop(
        bench.project,
        load_shells(bench.shells),
        _at_hand(functools.partial(_read_report, cache, bench)),
        lambda: iter(lists().summaries),
        places,
        lambda: iter(lists().addresses),
        _at_hand(functools.partial(links_of, cache)),
        functools.partial(shared_with, cache.db),
        functools.partial(listing_of, cache),
        functools.partial(_rows_of, cache),
        _at_hand(functools.partial(comparison_of, cache)),
        functools.partial(brief_for, cache),
        functools.partial(following_of, cache),
        functools.partial(text_value, cache.db),
        functools.partial(shard_value, cache.db),
    )


def _read_report(cache: Cache, bench: Bench, report_id: str) -> Report:
    """Read a report as the site shows it: of one that fails today, the published version."""
    return kept_report(bench.site.root, report_id) if report_id in bench.kept else report_value(cache, report_id)


def _rows_of(cache: Cache, table: str) -> Iterator[str]:
    """Walk the rows of a table of the exports."""
    return (comparison_rows if table in COMPARISON_TABLES else export_rows)(cache.db, table)


def render_batch(batch: list[WantedPage]) -> list[Rendered]:
    """Render and stage some pages."""
    return [_render_one(*wanted) for wanted in batch]


def _render_one(path: str, key: bytes, encoded: bytes) -> Rendered:
    page, site = decode_page(encoded), _Worker.bench.site
    if isinstance(page.inputs, Checksums):
        staged = stage(site, path, checksums(site, page.inputs.files))
    elif pieces := stream(page, _Worker.workshop):
        staged = stage_pieces(site, path, pieces)
    else:
        staged = stage(site, path, render(page, _Worker.workshop))
    return Rendered(path, key, staged.changed, staged.sha256)
