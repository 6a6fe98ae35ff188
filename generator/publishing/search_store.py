"""The search index as the cache keeps it: the text of each report, the shards of the postings, and what they were made for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SEARCH_SCHEMA = """
CREATE TABLE search_texts (
    id TEXT PRIMARY KEY, key BLOB NOT NULL, digest BLOB NOT NULL, topics TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE search_text_values (id TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE search_shards (shard INTEGER PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL);
CREATE TABLE search_state (made_for BLOB NOT NULL);
"""
"""``key`` is a digest of all that a text was made from; ``made_for`` tells the numbering and the code of the shards."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """The text of a report, encoded, its digest and its topics."""

    id: str
    key: bytes
    digest: bytes
    topics: tuple[str, ...]
    value: bytes


def text_keys(db: sqlite3.Connection) -> dict[str, bytes]:
    """Return the keys of the texts that are kept, by report."""
    return dict(db.execute("SELECT id, key FROM search_texts"))


def text_value(db: sqlite3.Connection, id_: str) -> bytes:
    """Return the text of a report, encoded. Raise KeyError where there is none."""
    return _value(db, "SELECT value FROM search_text_values WHERE id = ?", id_)


def shard_value(db: sqlite3.Connection, shard: int) -> bytes:
    """Return a shard. Raise KeyError where there is none."""
    return _value(db, "SELECT value FROM search_shards WHERE shard = ?", shard)


def text_digests(db: sqlite3.Connection) -> Iterator[tuple[str, bytes, list[str]]]:
    """Walk the texts: (report, digest, topics), by report."""
    for id_, digest, topics in db.execute("SELECT id, digest, topics FROM search_texts ORDER BY id"):
        yield id_, digest, topics.split()


def shard_digests(db: sqlite3.Connection) -> Iterator[tuple[int, bytes]]:
    """Walk the shards: (shard, digest)."""
    yield from db.execute("SELECT shard, digest FROM search_shards ORDER BY shard")


def keep_texts(db: sqlite3.Connection, texts: Iterable[KeptText]) -> None:
    """Keep texts, in place of what was kept of these reports."""
    for each in texts:
        row = (each.id, each.key, each.digest, " ".join(each.topics))
        db.execute("INSERT OR REPLACE INTO search_texts VALUES (?, ?, ?, ?)", row)
        db.execute("INSERT OR REPLACE INTO search_text_values VALUES (?, ?)", (each.id, each.value))


def forget_texts(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Drop the texts of reports."""
    for id_ in ids:
        db.execute("DELETE FROM search_texts WHERE id = ?", (id_,))
        db.execute("DELETE FROM search_text_values WHERE id = ?", (id_,))


def keep_shards(db: sqlite3.Connection, shards: Iterable[tuple[int, bytes, bytes]]) -> None:
    """Keep shards (shard, digest, value), in place of what was kept of them."""
    db.executemany("INSERT OR REPLACE INTO search_shards VALUES (?, ?, ?)", shards)


def forget_shards(db: sqlite3.Connection) -> None:
    """Drop all shards, and with them what they were made for."""
    db.execute("DELETE FROM search_shards")
    db.execute("DELETE FROM search_state")


def made_for(db: sqlite3.Connection) -> bytes | None:
    """Return what the shards were made for; None where they are not whole."""
    row = db.execute("SELECT made_for FROM search_state").fetchone()
    return row[0] if row else None


def keep_made_for(db: sqlite3.Connection, value: bytes) -> None:
    """Say what the shards were made for."""
    db.execute("DELETE FROM search_state")
    db.execute("INSERT INTO search_state VALUES (?)", (value,))


def _value(db: sqlite3.Connection, query: str, key: str | int) -> bytes:
    row = db.execute(query, (key,)).fetchone()
    if row is None:
        raise KeyError(key)
    value: bytes = row[0]
    return value
