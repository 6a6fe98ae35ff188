"""The links of reports as the cache keeps them: whole, as rows of the exports, and as what each list shows of each report."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LINK_SCHEMA = """
CREATE TABLE linked (
    id TEXT PRIMARY KEY, key BLOB NOT NULL, digest BLOB NOT NULL, figures BLOB NOT NULL, citations BLOB NOT NULL,
    lists TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE link_values (
    id TEXT PRIMARY KEY, value BLOB NOT NULL, figures TEXT NOT NULL, citations TEXT NOT NULL, listings BLOB NOT NULL
);
CREATE TABLE listings (
    name TEXT, id TEXT, count INTEGER NOT NULL, digest BLOB NOT NULL, beside TEXT NOT NULL, start INTEGER NOT NULL,
    length INTEGER NOT NULL, PRIMARY KEY (name, id)
) WITHOUT ROWID;
CREATE TABLE touched_lists (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE list_plans (name TEXT PRIMARY KEY, context BLOB NOT NULL, pages BLOB NOT NULL);
CREATE TABLE compared_by (code BLOB NOT NULL);
CREATE TABLE new_prints (id TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""
"""What the lists show of a report is one value, ``link_values.listings``; ``listings`` tell which part of it is whose.

``list_plans`` are the pages that were planned of lists that nothing has touched since.
``compared_by`` is a digest of the code that compared sentences last. ``new_prints`` are those of reports whose sentences are still to be compared with others; null where a report is gone.
"""


@dataclass(frozen=True, slots=True)
class KeptListing:
    """What a list shows of a report: how many entries, their digest, the topics beside them, and the entries, encoded."""

    name: str
    count: int
    digest: bytes
    beside: str
    value: bytes


@dataclass(frozen=True, slots=True)
class KeptLinks:
    """The links of a report, encoded; ``figures`` and ``citations`` are its rows of the exports as CSV, with their digests.

    ``key`` is a digest of all that they were read from.
    """

    id: str
    key: bytes
    digest: bytes
    value: bytes
    figures: str
    figures_digest: bytes
    citations: str
    citations_digest: bytes
    listings: tuple[KeptListing, ...]
    prints: bytes


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A report in a list, without its entries."""

    id: str
    count: int
    digest: bytes
    beside: str


def stale_links(db: sqlite3.Connection, wanted: Iterable[tuple[str, bytes, bool]]) -> list[tuple[str, bytes, bool]]:
    """Return the reports (id, key, last good version only) whose links are not there with that key; drop all others' links."""
    db.execute(
        "CREATE TEMP TABLE to_link (id TEXT PRIMARY KEY, key BLOB NOT NULL, kept INTEGER NOT NULL) WITHOUT ROWID"
    )
    db.executemany("INSERT INTO to_link VALUES (?, ?, ?)", wanted)
    gone = [id_ for (id_,) in db.execute("SELECT id FROM linked WHERE id NOT IN (SELECT id FROM to_link)")]
    query = """SELECT to_link.id, to_link.key, kept FROM to_link LEFT JOIN linked USING (id)
        WHERE linked.key IS NOT to_link.key ORDER BY to_link.id"""
    stale = [(id_, key, bool(kept)) for id_, key, kept in db.execute(query)]
    db.execute("DROP TABLE to_link")
    db.execute("BEGIN")
    forget_links(db, gone)
    db.executemany("INSERT OR REPLACE INTO new_prints VALUES (?, NULL)", ((id_,) for id_ in gone))
    db.execute("COMMIT")
    return stale


def keep_links(db: sqlite3.Connection, rows: Sequence[KeptLinks]) -> None:
    """Keep the links of reports, in place of what was kept of them."""
    _touch(db, rows)
    forget_links(db, [each.id for each in rows], touch=False)
    listings: list[tuple[object, ...]] = []
    for each in rows:
        start = 0
        for listing in each.listings:
            length = len(listing.value)
            listings.append((listing.name, each.id, listing.count, listing.digest, listing.beside, start, length))
            start += length
    names = ((" ".join(listing.name for listing in each.listings), each) for each in rows)
    db.executemany(
        "INSERT INTO linked VALUES (?, ?, ?, ?, ?, ?)",
        ((each.id, each.key, each.digest, each.figures_digest, each.citations_digest, lists) for lists, each in names),
    )
    whole = (
        (each.id, each.value, each.figures, each.citations, b"".join(listing.value for listing in each.listings))
        for each in rows
    )
    db.executemany("INSERT INTO link_values VALUES (?, ?, ?, ?, ?)", whole)
    db.executemany("INSERT INTO listings VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(listings))
    db.executemany("INSERT OR REPLACE INTO new_prints VALUES (?, ?)", ((each.id, each.prints) for each in rows))


def _touch(db: sqlite3.Connection, rows: Sequence[KeptLinks]) -> None:
    """Note the lists that will show something else of these reports than they do now."""
    touched: set[str] = set()
    for each in rows:
        before = {name: _digest(db, name, each.id) for name in _lists_of(db, each.id)}
        after = {listing.name: listing.digest for listing in each.listings}
        touched |= {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    db.executemany("INSERT OR IGNORE INTO touched_lists VALUES (?)", ((name,) for name in sorted(touched)))


def _lists_of(db: sqlite3.Connection, id_: str) -> list[str]:
    row = db.execute("SELECT lists FROM linked WHERE id = ?", (id_,)).fetchone()
    return row[0].split() if row else []


def _digest(db: sqlite3.Connection, name: str, id_: str) -> bytes | None:
    row = db.execute("SELECT digest FROM listings WHERE name = ? AND id = ?", (name, id_)).fetchone()
    return row[0] if row else None


def planned_list(db: sqlite3.Connection, name: str, context: bytes) -> bytes | None:
    """Return what was planned of a list in this context, if nothing has touched the list since."""
    query = """SELECT pages FROM list_plans WHERE name = ?1 AND context = ?2
        AND NOT EXISTS (SELECT 1 FROM touched_lists WHERE name = ?1)"""
    row = db.execute(query, (name, context)).fetchone()
    return row[0] if row else None


def keep_plan(db: sqlite3.Connection, name: str, context: bytes, pages: bytes) -> None:
    """Keep what was planned of a list as it is now."""
    db.execute("INSERT OR REPLACE INTO list_plans VALUES (?, ?, ?)", (name, context, pages))
    db.execute("DELETE FROM touched_lists WHERE name = ?", (name,))


def forget_links(db: sqlite3.Connection, ids: Iterable[str], *, touch: bool = True) -> None:
    """Drop the links of reports; ``touch`` notes the lists that showed them."""
    for id_ in ids:
        names = _lists_of(db, id_)
        if touch:
            db.executemany("INSERT OR IGNORE INTO touched_lists VALUES (?)", ((name,) for name in names))
        db.executemany("DELETE FROM listings WHERE name = ? AND id = ?", ((name, id_) for name in names))
        db.execute("DELETE FROM linked WHERE id = ?", (id_,))
        db.execute("DELETE FROM link_values WHERE id = ?", (id_,))


def links_value(db: sqlite3.Connection, id_: str) -> bytes:
    """Return the links of a report, encoded. Raise KeyError where there are none."""
    row = db.execute("SELECT value FROM link_values WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise KeyError(id_)
    value: bytes = row[0]
    return value


def list_names(db: sqlite3.Connection, prefix: str) -> Iterator[tuple[str, int, int]]:
    """Walk the lists whose names begin with ``prefix``: (name, reports, entries), by name."""
    query = """SELECT name, count(*), sum(count) FROM listings WHERE name >= ? AND name < ?
        GROUP BY name ORDER BY name"""
    yield from db.execute(query, (prefix, prefix + "\U0010ffff"))


def list_rows(db: sqlite3.Connection, name: str) -> Iterator[ListingRow]:
    """Walk the reports of a list, by place and year."""
    query = "SELECT id, count, digest, beside FROM listings WHERE name = ? ORDER BY id"
    for row in db.execute(query, (name,)):
        yield ListingRow(*row)


def listing_value(db: sqlite3.Connection, name: str, id_: str) -> bytes:
    """Return what a list shows of a report, encoded. Raise KeyError where it shows nothing of it."""
    query = """SELECT substr(link_values.listings, start + 1, length) FROM listings JOIN link_values USING (id)
        WHERE name = ? AND id = ?"""
    row = db.execute(query, (name, id_)).fetchone()
    if row is None:
        raise KeyError(f"{name} {id_}")
    value: bytes = row[0]
    return value


def export_rows(db: sqlite3.Connection, table: str) -> Iterator[str]:
    """Walk the rows of the export ``figures`` or ``citations`` as CSV, a text for each report that has any, by report."""
    column = {"figures": "figures", "citations": "citations"}[table]
    query = f"SELECT {column} FROM link_values WHERE {column} != '' ORDER BY id"  # noqa: S608 - one of two names
    for (text,) in db.execute(query):
        yield text


def export_digests(db: sqlite3.Connection, table: str) -> Iterator[bytes]:
    """Walk the digests of the rows of an export, by report."""
    column = {"figures": "figures", "citations": "citations"}[table]
    query = f"SELECT {column} FROM linked ORDER BY id"  # noqa: S608 - one of two names
    for (digest,) in db.execute(query):
        yield digest
