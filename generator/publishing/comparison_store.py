"""The comparisons of reports with the year before as the cache keeps them: whole, in short, and as rows of the exports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

COMPARISON_SCHEMA = """
CREATE TABLE compared (
    id TEXT PRIMARY KEY, key BLOB NOT NULL, digest BLOB NOT NULL, changes BLOB NOT NULL, similarity BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE compared_values (
    id TEXT PRIMARY KEY, comparison BLOB NOT NULL, brief BLOB NOT NULL, following BLOB NOT NULL, changes TEXT NOT NULL,
    similarity TEXT NOT NULL
);
"""
"""By the id of the later report. ``key`` is a digest of all that a comparison was made from."""

COMPARISON_TABLES = {"changes": "changes", "similarity": "similarity"}
"""The tables of the exports that comparisons fill, and their columns here."""


class ToCompare(NamedTuple):
    """Two reports, the earlier first, whether only their last good versions are left, and the key of their comparison."""

    old: str
    new: str
    old_kept: bool
    new_kept: bool
    key: bytes


class KeptComparison(NamedTuple):
    """A comparison, encoded; ``changes`` and ``similarity`` are its rows of the exports as CSV, with their digests."""

    id: str
    key: bytes
    digest: bytes
    comparison: bytes
    brief: bytes
    following: bytes
    changes: str
    changes_digest: bytes
    similarity: str
    similarity_digest: bytes


def stale_comparisons(db: sqlite3.Connection, wanted: Iterable[ToCompare]) -> list[ToCompare]:
    """Return the pairs whose comparisons are not there with their keys; drop the comparisons that nothing wants."""
    db.execute(
        """CREATE TEMP TABLE to_compare (
            old TEXT NOT NULL, id TEXT PRIMARY KEY, old_kept INTEGER NOT NULL, new_kept INTEGER NOT NULL, key BLOB NOT NULL
        ) WITHOUT ROWID"""
    )
    db.executemany("INSERT INTO to_compare VALUES (?, ?, ?, ?, ?)", wanted)
    query = """SELECT old, id, old_kept, new_kept, to_compare.key FROM to_compare LEFT JOIN compared USING (id)
        WHERE compared.key IS NOT to_compare.key ORDER BY id"""
    stale = [ToCompare(old, new, bool(a), bool(b), key) for old, new, a, b, key in db.execute(query)]
    gone = [id_ for (id_,) in db.execute("SELECT id FROM compared WHERE id NOT IN (SELECT id FROM to_compare)")]
    db.execute("DROP TABLE to_compare")
    db.execute("BEGIN")
    _forget(db, gone)
    db.execute("COMMIT")
    return stale


def keep_comparisons(db: sqlite3.Connection, rows: Sequence[KeptComparison]) -> None:
    """Keep comparisons, in place of what was kept of these reports."""
    _forget(db, [each.id for each in rows])
    db.executemany(
        "INSERT INTO compared VALUES (?, ?, ?, ?, ?)",
        ((each.id, each.key, each.digest, each.changes_digest, each.similarity_digest) for each in rows),
    )
    db.executemany(
        "INSERT INTO compared_values VALUES (?, ?, ?, ?, ?, ?)",
        ((each.id, each.comparison, each.brief, each.following, each.changes, each.similarity) for each in rows),
    )


def comparison_value(db: sqlite3.Connection, id_: str, part: str) -> bytes | None:
    """Return the ``comparison``, ``brief`` or ``following`` of a report, encoded; None where it was not compared."""
    column = {"comparison": "comparison", "brief": "brief", "following": "following"}[part]
    row = db.execute(f"SELECT {column} FROM compared_values WHERE id = ?", (id_,)).fetchone()  # noqa: S608 - one of three names
    return row[0] if row else None


def newest_in_list(db: sqlite3.Connection, name: str, most: int) -> list[tuple[str, bytes]]:
    """Return the reports of the newest years in a list, each with a digest of its files, links and comparison.

    Of the comparison it is the key, which stands for all that the earlier report was read and linked from.
    """
    query = """SELECT listings.id, readings.digest, linked.digest, coalesce(compared.key, x'')
        FROM (SELECT id FROM listings WHERE name = ? ORDER BY substr(id, -4) DESC, id DESC LIMIT ?) AS listings
        JOIN linked USING (id) JOIN readings ON readings.id = 'report:' || listings.id LEFT JOIN compared USING (id)
        ORDER BY substr(listings.id, -4) DESC, listings.id DESC"""
    return [(id_, b"".join(digests)) for id_, *digests in db.execute(query, (name, most))]


def comparison_rows(db: sqlite3.Connection, table: str) -> Iterator[str]:
    """Walk the rows of the export ``changes`` or ``similarity`` as CSV, a text for each comparison, by report."""
    column = COMPARISON_TABLES[table]
    query = f"SELECT {column} FROM compared_values WHERE {column} != '' ORDER BY id"  # noqa: S608 - one of two names
    return (text for (text,) in db.execute(query))


def comparison_digests(db: sqlite3.Connection, table: str) -> Iterator[bytes]:
    """Walk the digests of the rows of an export, by report."""
    query = f"SELECT {COMPARISON_TABLES[table]} FROM compared ORDER BY id"  # noqa: S608 - one of two names
    return (digest for (digest,) in db.execute(query))


def _forget(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Drop comparisons."""
    for id_ in ids:
        db.execute("DELETE FROM compared WHERE id = ?", (id_,))
        db.execute("DELETE FROM compared_values WHERE id = ?", (id_,))
