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
CREATE TABLE link_values (id TEXT PRIMARY KEY, value BLOB NOT NULL, figures TEXT NOT NULL, citations TEXT NOT NULL);
CREATE TABLE listings (
    name TEXT, id TEXT, count INTEGER NOT NULL, digest BLOB NOT NULL, beside TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (name, id)
) WITHOUT ROWID;
CREATE TABLE listing_values (number INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE new_prints (id TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE neighbours (digest BLOB PRIMARY KEY, places TEXT NOT NULL) WITHOUT ROWID;
"""
"""``listing_values`` grow at their end: values are written in the order in which they come, and found by number.

``new_prints`` are those of reports whose sentences are still to be compared with others; null where a report is gone.
``neighbours`` are the townships that a report shares sentences with, by the digest of what it shares.
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
    forget_links(db, [each.id for each in rows])
    (number,) = db.execute("SELECT coalesce(max(number), 0) FROM listing_values").fetchone()
    listings: list[tuple[object, ...]] = []
    values: list[tuple[int, bytes]] = []
    for each in rows:
        for listing in each.listings:
            number += 1
            listings.append((listing.name, each.id, listing.count, listing.digest, listing.beside, number))
            values.append((number, listing.value))
    names = ((" ".join(listing.name for listing in each.listings), each) for each in rows)
    db.executemany(
        "INSERT INTO linked VALUES (?, ?, ?, ?, ?, ?)",
        ((each.id, each.key, each.digest, each.figures_digest, each.citations_digest, lists) for lists, each in names),
    )
    whole = ((each.id, each.value, each.figures, each.citations) for each in rows)
    db.executemany("INSERT INTO link_values VALUES (?, ?, ?, ?)", whole)
    db.executemany("INSERT INTO listings VALUES (?, ?, ?, ?, ?, ?)", sorted(listings))
    db.executemany("INSERT INTO listing_values VALUES (?, ?)", values)
    db.executemany("INSERT OR REPLACE INTO new_prints VALUES (?, ?)", ((each.id, each.prints) for each in rows))


def forget_links(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Drop the links of reports."""
    for id_ in ids:
        row = db.execute("SELECT lists FROM linked WHERE id = ?", (id_,)).fetchone()
        if row is None:
            continue
        for name in row[0].split():
            query = "DELETE FROM listings WHERE name = ? AND id = ? RETURNING value"
            numbers = db.execute(query, (name, id_)).fetchall()
            db.executemany("DELETE FROM listing_values WHERE number = ?", numbers)
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
    query = "SELECT listing_values.value FROM listings JOIN listing_values ON number = listings.value WHERE name = ? AND id = ?"
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
