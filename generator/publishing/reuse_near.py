"""Which wordings are near each other, kept in SQLite: always what all wordings together give, in whatever order they came.

Two wordings are near where they share a bucket (a band of their signatures) in which at most ``LARGEST_BUCKET`` wordings
stand, and are similar. What more wordings than that have in common is a set phrase: it makes nobody near.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from generator.linking.minhash import bands, pairs_in_buckets, signatures
from generator.linking.reuse import similar_pairs
from generator.publishing.workers import in_batches

LARGEST_BUCKET = 100

_INSERT_BAND = "INSERT INTO reuse_bands VALUES (?, ?)"
_DELETE_BAND = "DELETE FROM reuse_bands WHERE band = ? AND wording = ?"
_FEW_WORDINGS, _MANY_ROWS = 100, 100_000
"""So much at once: were all their buckets as large as can be, these would give some millions of pairs."""
_MANY_PAIRS = 100_000
_MANY_WORDINGS = 100_000
"""So many enter at once, their bands sorted: rows in no order would touch every page of a large table, one by one."""

Rows = NDArray[np.int64]
"""Rows of two keys: band and wording, or two wordings."""
Links = set[tuple[int, int]]


def relink(db: sqlite3.Connection, appeared: set[int], vanished: set[int]) -> set[int]:
    """Note the wordings that appeared and vanished; return all that are now near others than before.

    Both stand in ``reuse_wordings``. Costs what the buckets of these wordings hold, however many others there are.
    """
    dropped, added = _rows_of(db, vanished), _rows_of(db, appeared)
    moved = {*dropped[:, 0].tolist(), *added[:, 0].tolist()}
    crowded = _crowded(db, moved)
    db.executemany(_DELETE_BAND, _listed(dropped))
    db.executemany(_INSERT_BAND, _listed(added))
    turned = crowded ^ _crowded(db, moved)  # their members are near through them no more, or from now on
    members = {member for band in turned for member in _members(db, band)}
    changed: set[int] = set()
    for part in in_batches(sorted(appeared | vanished | members), _FEW_WORDINGS):
        changed |= _replace_links(db, set(part), vanished)
    return changed


def relink_all(db: sqlite3.Connection, appeared: Iterable[int], vanished: Iterable[int]) -> None:
    """Do what ``relink`` does, and read all buckets once, in their order: cheaper where much has changed."""
    for wordings, statement in ((vanished, _DELETE_BAND), (appeared, _INSERT_BAND)):
        for part in in_batches(wordings, _MANY_WORDINGS):
            db.executemany(statement, _listed(_rows_of(db, part)))
    db.execute("DELETE FROM reuse_near")
    db.execute("CREATE TEMP TABLE reuse_links (wording INTEGER, other INTEGER)")
    for rows in _all_rows(db):
        links = _similar(db, pairs_in_buckets(rows[:, 0], rows[:, 1], LARGEST_BUCKET))
        db.executemany("INSERT INTO reuse_links VALUES (?, ?)", _both_ways(links))
    db.execute("INSERT INTO reuse_near SELECT DISTINCT wording, other FROM reuse_links ORDER BY wording, other")
    db.execute("DROP TABLE reuse_links")


def _replace_links(db: sqlite3.Connection, wordings: set[int], vanished: set[int]) -> set[int]:
    """Work out again who is near some wordings; return all for whom this has changed something."""
    query = "SELECT wording, other FROM reuse_near WHERE wording = ?"
    before: Links = {link for each in wordings for link in db.execute(query, (each,))}
    rows = _bucket_rows(db, wordings - vanished)
    pairs = pairs_in_buckets(rows[:, 0], rows[:, 1], LARGEST_BUCKET)
    own = np.isin(pairs, np.array(sorted(wordings), dtype=np.int64)).any(axis=1)
    after = {link for link in _both_ways(_similar(db, pairs[own])) if link[0] in wordings}
    gone, new = before - after, after - before
    db.executemany("DELETE FROM reuse_near WHERE wording = ? AND other = ?", _both_ways(gone))
    db.executemany("INSERT OR IGNORE INTO reuse_near VALUES (?, ?)", _both_ways(new))
    return {each for link in gone | new for each in link}


def _similar(db: sqlite3.Connection, pairs: Rows) -> Iterator[tuple[int, int]]:
    """Walk those pairs of wordings that are similar."""
    for part in np.array_split(pairs, max(1, len(pairs) // _MANY_PAIRS)):
        texts = dict(_texts(db, np.unique(part).tolist()))
        firsts, seconds = part.T.tolist()
        verdicts = similar_pairs([texts[each] for each in firsts], [texts[each] for each in seconds])
        yield from itertools.compress(zip(firsts, seconds, strict=True), verdicts)


def _rows_of(db: sqlite3.Connection, wordings: Iterable[int]) -> Rows:
    """Return the rows (band, wording) of wordings, sorted, from their texts."""
    texts = sorted(_texts(db, wordings))
    if not texts:
        return np.empty((0, 2), dtype=np.int64)
    keys = bands(signatures([text for _, text in texts]))
    return _rows(keys.ravel(), np.repeat(np.array([key for key, _ in texts], dtype=np.int64), keys.shape[1]))


def _bucket_rows(db: sqlite3.Connection, wordings: set[int]) -> Rows:
    """Return the rows of all who share a bucket with some wordings, sorted; of crowded buckets one too many."""
    keys = set(_rows_of(db, wordings)[:, 0].tolist())
    found = _array((band, member) for band in keys for member in _members(db, band, LARGEST_BUCKET + 1))
    return _rows(found[:, 0], found[:, 1])


def _all_rows(db: sqlite3.Connection) -> Iterator[Rows]:
    """Walk all rows (band, wording) by band, many at a time, no bucket cut in two."""
    cursor = iter(db.execute("SELECT band, wording FROM reuse_bands ORDER BY band, wording"))
    left = np.empty((0, 2), dtype=np.int64)
    while len(part := _array(itertools.islice(cursor, _MANY_ROWS))):
        rows = np.concatenate([left, part])
        end = int(np.searchsorted(rows[:, 0], rows[-1, 0]))
        yield rows[:end]
        left = rows[end:]
    yield left


def _array(rows: Iterable[tuple[int, int]]) -> Rows:
    return np.fromiter(itertools.chain.from_iterable(rows), dtype=np.int64).reshape(-1, 2)


def _listed(rows: Rows) -> Iterable[tuple[int, int]]:
    firsts, seconds = rows.T.tolist()
    return zip(firsts, seconds, strict=True)


def _rows(keys: NDArray[np.int64], members: NDArray[np.int64]) -> Rows:
    order = np.lexsort((members, keys))
    return np.stack([keys[order], members[order]], axis=1)


def _texts(db: sqlite3.Connection, wordings: Iterable[int]) -> Iterator[tuple[int, str]]:
    query = "SELECT wording, text FROM reuse_wordings WHERE wording = ?"
    for wording in wordings:
        yield from db.execute(query, (wording,))


def _members(db: sqlite3.Connection, band: int, limit: int = -1) -> list[int]:
    query = "SELECT wording FROM reuse_bands WHERE band = ? LIMIT ?"
    return [member for (member,) in db.execute(query, (band, limit))]


def _crowded(db: sqlite3.Connection, keys: Iterable[int]) -> set[int]:
    """Return the bands whose buckets are too large."""
    return {band for band in keys if len(_members(db, band, LARGEST_BUCKET + 1)) > LARGEST_BUCKET}


def _both_ways(links: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for first, second in links:
        yield first, second
        yield second, first
