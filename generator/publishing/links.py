"""Reports linked through the cache: only those whose text, or whose catalogues, have changed since the last build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.catalogues import Catalogues
from generator.content.catalogue_files import digest_catalogues, load_catalogues, read_catalogue_bytes
from generator.linking.export_rows import citation_table, figure_table
from generator.linking.links import Linker, ReportLinks
from generator.linking.listings import Listing, listings, statements
from generator.linking.reuse import report_prints
from generator.model import Problem, Report
from generator.publishing.cache import Cache, encode
from generator.publishing.link_store import KeptLinks, KeptListing, keep_links, links_value, listing_value
from generator.publishing.progress import Step
from generator.publishing.reading import report_value
from generator.publishing.reusing import forget, update
from generator.publishing.workers import in_batches, map_bounded

ToLink = tuple[str, bytes, bool]
"""Id of a report, the key of its links, whether only its last good version is left."""

_CATALOGUES = msgspec.msgpack.Decoder(tuple[Catalogues, tuple[Problem, ...]])
_LINKS = msgspec.msgpack.Decoder(ReportLinks)
_LISTING = msgspec.msgpack.Decoder(Listing)


@dataclass(frozen=True, slots=True)
class ReadCatalogues:
    """The catalogues of a project, what is wrong with them, and a digest of their files."""

    catalogues: Catalogues
    problems: tuple[Problem, ...]
    digest: bytes


def read_catalogues(
    cache: Cache, content: Path, code: bytes, check: Callable[..., Iterable[Problem]]
) -> ReadCatalogues:
    """Read and ``check`` the catalogues under ``content``, through the cache."""
    contents = read_catalogue_bytes(content)
    digest = hashlib.blake2b(digest_catalogues(contents) + code, digest_size=16).digest()
    kept = cache.catalogues(digest)
    if kept is not None:
        return ReadCatalogues(*_CATALOGUES.decode(kept), digest)
    files = load_catalogues(contents)
    problems = tuple(sorted((*files.problems, *check(files))))
    cache.keep_catalogues(digest, encode((files.catalogues, problems)))
    return ReadCatalogues(files.catalogues, problems, digest)


def catalogues_of(cache: Cache, digest: bytes) -> Catalogues:
    """Return the catalogues that were read. Raise KeyError where they were not."""
    kept = cache.catalogues(digest)
    if kept is None:
        raise KeyError("catalogues")
    return _CATALOGUES.decode(kept)[0]


class _Linking:
    """A worker's tools for linking, made once for each process."""

    cache: Cache
    linker: Linker
    last_good: Callable[[str], Report]


def start_linking(cache: Path, digest: bytes, last_good: Callable[[str], Report]) -> None:
    """Prepare this process for linking; ``last_good`` returns the published version of a report that fails today."""
    _Linking.cache = Cache(cache)
    _Linking.linker = Linker(catalogues_of(_Linking.cache, digest))
    _Linking.last_good = last_good


def link_batch(batch: list[ToLink]) -> list[KeptLinks]:
    """Link some reports."""
    return [_link_one(*each) for each in batch]


def link_reports(cache: Cache, stale: list[ToLink], *, executor: Executor | None, step: Step) -> None:
    """Link reports and keep their links; on ``executor`` where there is one, else in this process."""
    batches = in_batches(stale)
    results = map_bounded(executor, link_batch, batches) if executor else map(link_batch, batches)
    for rows in results:
        with cache.transaction():
            keep_links(cache.db, rows)
        step.add(len(rows))


def compare_sentences(cache: Cache, code: bytes, step: Step) -> None:
    """Compare the sentences of the reports that were linked anew with those of all others, and keep what they share.

    ``code`` is a digest of the code that compares; when it changes, all reports have just been linked anew.
    """
    db = cache.db
    with cache.transaction():
        if db.execute("SELECT code FROM compared_by").fetchone() != (code,):
            forget(db)
            db.execute("DELETE FROM compared_by")
            db.execute("INSERT INTO compared_by VALUES (?)", (code,))
        (new,) = db.execute("SELECT count(*) FROM new_prints").fetchone()
        if new:
            changed = db.execute("SELECT id, value FROM new_prints WHERE value IS NOT NULL ORDER BY id")
            removed = db.execute("SELECT id FROM new_prints WHERE value IS NULL ORDER BY id")
            update(db, changed, (id_ for (id_,) in removed))
            db.execute("DELETE FROM new_prints")
        step.add(new)


def links_of(cache: Cache, report_id: str) -> ReportLinks:
    """Return the links of a report that was linked."""
    return _LINKS.decode(links_value(cache.db, report_id))


def listing_of(cache: Cache, name: str, report_id: str) -> Listing:
    """Return what a list shows of a report."""
    return _LISTING.decode(listing_value(cache.db, name, report_id))


def _link_one(report_id: str, key: bytes, kept: bool) -> KeptLinks:  # noqa: FBT001 - a row of the store
    report = _Linking.last_good(report_id) if kept else report_value(_Linking.cache, report_id)
    links = _Linking.linker.link(report)
    value = encode(links)
    figures = figure_table(report, statements(report, links))
    citations = citation_table(report, links)
    return KeptLinks(
        report_id,
        key,
        _digest(value),
        value,
        figures,
        _digest(figures.encode()),
        citations,
        _digest(citations.encode()),
        tuple(_kept(listings(report, links))),
        msgspec.msgpack.encode(report_prints(report)),
    )


def _kept(found: Iterable[Listing]) -> Iterator[KeptListing]:
    for listing in found:
        value = encode(listing)
        yield KeptListing(listing.name, listing.count, _digest(value), " ".join(listing.beside), value)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
