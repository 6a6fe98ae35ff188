"""What the build keeps between runs, in SQLite: values read, pages wanted and pages done. Deleting it costs time only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.publishing.comparison_store import COMPARISON_SCHEMA
from generator.publishing.link_store import LINK_SCHEMA
from generator.publishing.reusing import REUSE_SCHEMA
from generator.publishing.search_store import SEARCH_SCHEMA

_VERSION = 9
_CACHE_KIB = 8_192
_SCHEMA = """
CREATE TABLE readings (
    id TEXT PRIMARY KEY, stamps BLOB NOT NULL, code BLOB NOT NULL, digest BLOB NOT NULL, summary BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE read_values (id TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE catalogues (digest BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE done (
    site TEXT, path TEXT, key BLOB NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 BLOB NOT NULL,
    PRIMARY KEY (site, path)
) WITHOUT ROWID;
"""
_WANTED = """
CREATE TEMP TABLE wanted (path TEXT PRIMARY KEY, key BLOB NOT NULL, page BLOB NOT NULL, listed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE kept (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE found (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE summed (path TEXT PRIMARY KEY, sha256 BLOB NOT NULL) WITHOUT ROWID;
"""
_SUMS = """
SELECT files.path, coalesce(summed.sha256, done.sha256)
FROM (SELECT path FROM wanted UNION SELECT path FROM kept ORDER BY path) AS files
LEFT JOIN summed ON summed.path = files.path LEFT JOIN found ON found.path = files.path
LEFT JOIN done ON done.site = ? AND done.path = files.path AND done.size = found.size AND done.mtime_ns = found.mtime_ns
ORDER BY files.path
"""
_STALE = """
SELECT path, key, page FROM wanted WHERE NOT EXISTS (
    SELECT 1 FROM done JOIN found USING (path)
    WHERE done.site = ? AND done.path = wanted.path AND done.key = wanted.key
    AND done.size = found.size AND done.mtime_ns = found.mtime_ns
) ORDER BY path
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from files: which files (``stamps``), their digest, and the value, in short and whole, encoded."""

    id: str
    stamps: bytes
    digest: bytes
    summary: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """A page that has been published: its key, and the size, time and SHA-256 of its file."""

    path: str
    key: bytes
    size: int
    mtime_ns: int
    sha256: bytes


class Cache:
    """An open cache. One process writes it; workers open it to read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.DatabaseError:  # damaged, or of another version
            self._discard()
            self._open()
        self.db.executescript(_WANTED)

    def _open(self) -> None:
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            self.db.close()
            raise sqlite3.DatabaseError("another version")
        if version == 0:
            self.db.executescript(
                f"BEGIN; {_SCHEMA} {LINK_SCHEMA} {REUSE_SCHEMA} {COMPARISON_SCHEMA} {SEARCH_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;"
            )

    def _discard(self) -> None:
        self.db.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def is_fresh(self, id_: str, stamps: bytes, code: bytes) -> bool:
        """Tell whether files with these stamps have been read under ``id_`` by this code."""
        query = "SELECT 1 FROM readings WHERE id = ? AND stamps = ? AND code = ?"
        return self.db.execute(query, (id_, stamps, code)).fetchone() is not None

    def reports(self, prefix: str) -> Iterator[tuple[bytes, bytes, bytes, bytes, bytes, bytes]]:
        """Walk the reports that are kept under ids that begin with ``prefix``, by id.

        Each is (digest of its files, encoded summary, digests of its links, its figures, what it shares with others, and how
        it compares with the year before); what a report does not have yet is empty.
        """
        query = """SELECT readings.digest, summary, coalesce(linked.digest, x''), coalesce(linked.figures, x''),
                coalesce(reuse_reports.digest, x''), coalesce(compared.digest, x'')
            FROM readings LEFT JOIN linked ON linked.id = substr(readings.id, ?1)
            LEFT JOIN reuse_reports ON reuse_reports.id = substr(readings.id, ?1)
            LEFT JOIN compared ON compared.id = substr(readings.id, ?1)
            WHERE readings.id >= ?2 AND readings.id < ?3 ORDER BY readings.id"""
        yield from self.db.execute(query, (len(prefix) + 1, prefix, prefix + "\U0010ffff"))

    def catalogues(self, digest: bytes) -> bytes | None:
        """Return the catalogues that were read from files of this digest, encoded."""
        row = self.db.execute("SELECT value FROM catalogues WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def keep_catalogues(self, digest: bytes, value: bytes) -> None:
        """Keep the catalogues that were read, and no others."""
        with self.transaction():
            self.db.execute("DELETE FROM catalogues")
            self.db.execute("INSERT INTO catalogues VALUES (?, ?)", (digest, value))

    def value(self, id_: str) -> bytes:
        """Return the value read last under ``id_``. Raise KeyError where there is none."""
        row = self.db.execute("SELECT value FROM read_values WHERE id = ?", (id_,)).fetchone()
        if row is None:
            raise KeyError(id_)
        value: bytes = row[0]
        return value

    def keep_readings(self, readings: Iterable[Reading], code: bytes) -> None:
        """Keep what was read, in one transaction."""
        rows = list(readings)
        with self.transaction():
            kept = ((each.id, each.stamps, code, each.digest, each.summary) for each in rows)
            self.db.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", kept)
            values = ((each.id, each.value) for each in rows)
            self.db.executemany("INSERT OR REPLACE INTO read_values VALUES (?, ?)", values)

    def forget_readings(self, known: Iterable[str]) -> None:
        """Drop the values of files that are no more."""
        with self.transaction():
            self.db.execute("CREATE TEMP TABLE known (id TEXT PRIMARY KEY) WITHOUT ROWID")
            self.db.executemany("INSERT INTO known VALUES (?)", ((id_,) for id_ in known))
            self.db.execute("DELETE FROM readings WHERE id NOT IN (SELECT id FROM known)")
            self.db.execute("DELETE FROM read_values WHERE id NOT IN (SELECT id FROM known)")
            self.db.execute("DROP TABLE known")

    def want(self, pages: Iterable[tuple[str, bytes, bytes, bool]]) -> None:
        """Note the pages that the site shall have: (path, key, encoded page, listed in the site map)."""
        with self.transaction():
            self.db.executemany("INSERT INTO wanted VALUES (?, ?, ?, ?)", pages)

    def find(self, files: Iterable[tuple[str, int, int]]) -> None:
        """Note the files that the published site has: (path, size, mtime_ns)."""
        with self.transaction():
            self.db.executemany("INSERT INTO found VALUES (?, ?, ?)", files)

    def stale(self, site: str) -> Iterator[tuple[str, bytes, bytes]]:
        """Walk the pages that are wanted and not done: (path, key, encoded page), by path."""
        yield from self.db.execute(_STALE, (site,))

    def gone(self) -> list[str]:
        """Return the files of the published site that are not wanted."""
        query = """SELECT path FROM found WHERE path NOT IN (SELECT path FROM wanted)
            AND path NOT IN (SELECT path FROM kept) ORDER BY path"""
        return [path for (path,) in self.db.execute(query)]

    def keep_published(self, prefix: str) -> None:
        """Keep what the published site has under ``prefix``, though nothing wants it: the last good version."""
        query = "INSERT OR IGNORE INTO kept SELECT path FROM found WHERE path >= ? AND path < ?"
        self.db.execute(query, (prefix, prefix + "\U0010ffff"))

    def is_done(self, site: str, path: str) -> bool:
        """Tell whether the published file ``path`` is the one that was published last."""
        query = """SELECT 1 FROM done JOIN found USING (path, size, mtime_ns) WHERE site = ? AND path = ?"""
        return self.db.execute(query, (site, path)).fetchone() is not None

    def sum_anew(self, sums: Iterable[tuple[str, bytes]]) -> None:
        """Note the SHA-256 of files that are about to be published: (path, sum)."""
        with self.transaction():
            self.db.executemany("INSERT OR REPLACE INTO summed VALUES (?, ?)", sums)

    def sums(self, site: str) -> Iterator[tuple[str, bytes | None]]:
        """Walk all files that the site will have, by path: (path, SHA-256 or None where it is not known)."""
        yield from self.db.execute(_SUMS, (site,))

    def listed(self) -> list[str]:
        """Return the pages, of those wanted and those kept, that a site map lists: all but redirects."""
        query = "SELECT path FROM wanted WHERE listed UNION SELECT path FROM kept WHERE path LIKE '%index.html' ORDER BY path"
        return [path for (path,) in self.db.execute(query)]

    def wanted_count(self) -> int:
        """Return how many pages the site shall have."""
        (count,) = self.db.execute("SELECT count(*) FROM wanted").fetchone()
        return int(count)

    def keep_done(self, site: str, done: Iterable[Done], gone: Iterable[str]) -> None:
        """Note what has been published and what removed, in one transaction."""
        with self.transaction():
            rows = ((site, each.path, each.key, each.size, each.mtime_ns, each.sha256) for each in done)
            self.db.executemany("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?)", rows)
            self.db.executemany("DELETE FROM done WHERE site = ? AND path = ?", ((site, path) for path in gone))

    def transaction(self) -> _Transaction:
        """Return a context in which everything is kept or nothing."""
        return _Transaction(self.db)


class _Transaction:
    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def __enter__(self) -> None:
        self.db.execute("BEGIN")

    def __exit__(self, kind: object, *_: object) -> None:
        self.db.execute("ROLLBACK" if kind else "COMMIT")


def encode(value: object) -> bytes:
    """Encode a value of the model; equal values give equal bytes."""
    return msgspec.msgpack.encode(value, order="sorted")
