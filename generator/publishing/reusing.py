"""What townships share, kept in SQLite from build to build: a change works out again only what it touches.

What is read from the tables is always what all reports together give, in whatever order they came.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import msgspec

from generator.linking.reuse import Prints, key_of
from generator.publishing.reuse_kept import Known, SentenceUse, column, kept_of, known_of, renew, uses
from generator.publishing.reuse_ranking import Ranking

REUSE_SCHEMA = """
CREATE TABLE reuse_places (number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE reuse_reports (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, place INTEGER NOT NULL, year INTEGER NOT NULL,
    digest BLOB NOT NULL
);
CREATE TABLE reuse_prints (report INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE reuse_shared (report INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE reuse_uses (
    wording INTEGER, exact INTEGER, report INTEGER, passage TEXT, PRIMARY KEY (wording, exact, report, passage)
) WITHOUT ROWID;
CREATE TABLE reuse_wordings (wording INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE reuse_bands (band INTEGER, wording INTEGER, PRIMARY KEY (band, wording)) WITHOUT ROWID;
CREATE TABLE reuse_near (wording INTEGER, other INTEGER, PRIMARY KEY (wording, other)) WITHOUT ROWID;
CREATE TABLE reuse_around (wording INTEGER PRIMARY KEY, digest BLOB NOT NULL);
"""
"""Which passages use which wordings, with which numbers in them; which wordings stand in which buckets, and who is near
whom, both ways; a digest of who uses each wording or one near it. Reports and wordings go by the keys of their texts;
places keep the numbers that they were given first, which no result shows."""

_CHANGES = (
    "CREATE TEMP TABLE reuse_dropped (wording INTEGER, exact INTEGER, report INTEGER, passage TEXT)",
    "CREATE TEMP TABLE reuse_added (wording INTEGER, exact INTEGER, report INTEGER, passage TEXT, text TEXT)",
    "CREATE TEMP TABLE reuse_stale (report INTEGER, passage TEXT)",
    "CREATE TEMP TABLE reuse_appeared (wording INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE reuse_vanished (wording INTEGER PRIMARY KEY)",
)
_NO_CHANGES = tuple(f"DROP TABLE temp.{statement.split()[3]}" for statement in _CHANGES)
_APPLY = (
    """INSERT INTO reuse_appeared SELECT DISTINCT wording FROM reuse_added
        WHERE NOT EXISTS (SELECT 1 FROM reuse_wordings AS known WHERE known.wording = reuse_added.wording)""",
    """INSERT INTO reuse_wordings SELECT wording, min(text) FROM reuse_added
        WHERE wording IN (SELECT wording FROM reuse_appeared) GROUP BY wording""",
    """INSERT INTO reuse_uses SELECT wording, exact, report, passage FROM reuse_added
        ORDER BY wording, exact, report, passage""",
    """INSERT INTO reuse_vanished SELECT DISTINCT wording FROM reuse_dropped
        WHERE NOT EXISTS (SELECT 1 FROM reuse_uses AS used WHERE used.wording = reuse_dropped.wording)""",
)
"""Rows enter sorted: in a large table, rows in no order would each touch a page of their own."""

_MANY = 1 / 8
"""Where more of the reports have changed, everything is worked out again: in bulk, it costs less."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage of another township; ``exact`` where it has a sentence word for word, its numbers too."""

    report_id: str
    passage: str
    exact: bool


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage of which other townships have a sentence: ``places`` counts them all, ``matches`` tell the nearest.

    At most 20 matches, one for each township: the nearest year first, exact before near, then by report.
    """

    passage: str
    places: int
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What a report shares with other townships; ``share`` is that of its characters, from 0 to 1, to four digits.

    ``common`` are the keys of the wordings in it that stand in many townships.
    """

    share: float
    passages: tuple[SharedPassage, ...]
    common: frozenset[int] = frozenset()


_PRINTS = msgspec.msgpack.Decoder(Prints)
_APPEARED, _VANISHED = "SELECT wording FROM reuse_appeared", "SELECT wording FROM reuse_vanished"


def update(db: sqlite3.Connection, changed: Iterable[tuple[str, bytes]], removed: Iterable[str]) -> None:
    """Replace what is known of reports, and work out again what they, and all whom that touches, share.

    ``changed`` are report ids with their encoded ``Prints``, each once; ``removed`` are other ids. Everything is kept or
    nothing. Costs what the sentences that come and go are shared by; memory does not grow with the reports.
    """
    db.execute("SAVEPOINT reuse")
    try:
        for statement in _CHANGES:
            db.execute(statement)
        if moved := sum(1 for _ in _note(db, changed, removed)):
            _work_out(db, moved)
        for statement in _NO_CHANGES:
            db.execute(statement)
    except BaseException:
        db.execute("ROLLBACK TO reuse")
        raise
    finally:
        db.execute("RELEASE reuse")


def shared_with(db: sqlite3.Connection, report_id: str) -> Shared:
    """Return what a report shares with other townships: nothing, where the report is not known."""
    kept = kept_of(db, key_of(report_id))
    numbers = {number for passage in kept.passages for number, _, _ in passage.matches}
    query = "SELECT number, id FROM reuse_reports WHERE number IN (SELECT value FROM json_each(?))"
    ids = dict(db.execute(query, (msgspec.json.encode(sorted(numbers)).decode(),)))
    passages = (
        SharedPassage(
            each.id, each.places, tuple(Match(ids[number], id_, exact) for number, id_, exact in each.matches)
        )
        for each in kept.passages
    )
    return Shared(kept.share, tuple(passages), frozenset(key for each in kept.passages for key in each.common))


def digests(db: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Walk the reports by id, each with a digest that changes when what it shares changes, and only then."""
    yield from db.execute("SELECT id, digest FROM reuse_reports ORDER BY id")


def forget(db: sqlite3.Connection) -> None:
    """Drop everything, as where the code that finds reuse has changed: the next update must bring all reports."""
    for table in re.findall(r"CREATE TABLE (\w+)", REUSE_SCHEMA):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - tables of ours


def _note(db: sqlite3.Connection, changed: Iterable[tuple[str, bytes]], removed: Iterable[str]) -> Iterator[int]:
    """Replace the prints of reports, and note the uses of wordings that come and go; walk the reports that differ."""
    for report_id, encoded in changed:
        number, prints = key_of(report_id), _PRINTS.decode(encoded)
        before, after = known_of(db, number), Known(prints.characters, prints.passages)
        if after != before:
            _keep_report(db, number, report_id, after)
            new = set(after.passages).difference(before.passages if before else ())
            db.execute("INSERT INTO reuse_stale VALUES (?, NULL)", (number,))
            db.executemany("INSERT INTO reuse_stale VALUES (?, ?)", ((number, each.id) for each in new))
            _note_uses(db, uses(number, before), uses(number, after), dict(prints.wordings))
            yield number
    for report_id in removed:
        number = key_of(report_id)
        if before := known_of(db, number):
            _note_uses(db, uses(number, before), set(), {})
            for table, column in (("reports", "number"), ("prints", "report"), ("shared", "report")):
                db.execute(f"DELETE FROM reuse_{table} WHERE {column} = ?", (number,))  # noqa: S608 - tables of ours
            yield number


def _keep_report(db: sqlite3.Connection, number: int, report_id: str, known: Known) -> None:
    place, _, year = report_id.rpartition("/")
    db.execute("INSERT OR IGNORE INTO reuse_places (path) VALUES (?)", (place,))
    query = "INSERT OR IGNORE INTO reuse_reports SELECT ?, ?, number, ?, x'' FROM reuse_places WHERE path = ?"
    db.execute(query, (number, report_id, int(year), place))
    db.execute("INSERT OR REPLACE INTO reuse_prints VALUES (?, ?)", (number, msgspec.msgpack.encode(known)))


def _note_uses(
    db: sqlite3.Connection, before: set[SentenceUse], after: set[SentenceUse], texts: Mapping[int, str]
) -> None:
    db.executemany("INSERT INTO reuse_dropped VALUES (?, ?, ?, ?)", before - after)
    added = ((*use, texts[use.wording]) for use in after - before)
    db.executemany("INSERT INTO reuse_added VALUES (?, ?, ?, ?, ?)", added)


def _work_out(db: sqlite3.Connection, moved: int) -> None:
    """Bring the tables up to date with what was noted of so many reports, and then what reports share."""
    dropped = db.execute("SELECT * FROM reuse_dropped")
    db.executemany("DELETE FROM reuse_uses WHERE wording = ? AND exact = ? AND report = ? AND passage = ?", dropped)
    for statement in _APPLY:
        db.execute(statement)
    (reports,) = db.execute("SELECT count(*) FROM reuse_reports").fetchone()
    if moved > _MANY * reports:
        _work_out_all(db)
    else:
        _work_out_touched(db)
    db.execute("DELETE FROM reuse_wordings WHERE wording IN (SELECT wording FROM reuse_vanished)")


def _work_out_all(db: sqlite3.Connection) -> None:
    from generator.publishing.reuse_near import relink_all  # noqa: PLC0415 - numpy takes 0.1 s to load

    relink_all(db, column(db, _APPEARED), column(db, _VANISHED))
    ranking = Ranking(db)
    db.execute("DELETE FROM reuse_around")
    query = "SELECT wording FROM reuse_uses GROUP BY wording HAVING count(*) > 1 UNION SELECT wording FROM reuse_near"
    wordings = column(db, query)
    around = ((wording, digest) for wording in wordings if (digest := ranking.digest(wording)))
    db.executemany("INSERT INTO reuse_around VALUES (?, ?)", around)
    renew(db, ranking, ((number, None) for number in column(db, "SELECT number FROM reuse_reports ORDER BY id")))


def _work_out_touched(db: sqlite3.Connection) -> None:
    """Work out what reports share in the passages that these changes may have touched."""
    query = "SELECT wording, exact FROM reuse_added UNION SELECT wording, exact FROM reuse_dropped"
    sentences = sorted(db.execute(query))
    query = "SELECT other FROM reuse_near WHERE wording = ?"
    wordings = {near for wording, _ in sentences for near in (wording, *column(db, query, wording))}
    appeared, vanished = set(column(db, _APPEARED)), set(column(db, _VANISHED))
    if appeared or vanished:
        from generator.publishing.reuse_near import relink  # noqa: PLC0415 - numpy takes 0.1 s to load

        wordings |= relink(db, appeared, vanished)
    ranking = Ranking(db)
    moved = [wording for wording in wordings if _has_other_users(db, ranking, wording)]
    query = "SELECT report, passage FROM reuse_uses WHERE wording = ?"
    rows = chain(
        db.execute("SELECT report, passage FROM reuse_stale"),
        chain.from_iterable(db.execute(query, (wording,)) for wording in moved),
        chain.from_iterable(db.execute(f"{query} AND exact = ?", sentence) for sentence in sentences),
    )
    stale: dict[int, set[str]] = {}
    for report, passage in rows:
        stale.setdefault(report, set()).add(passage)
    renew(db, ranking, stale.items())


def _has_other_users(db: sqlite3.Connection, ranking: Ranking, wording: int) -> bool:
    """Tell whether other townships than before use a wording or one near it, and keep who does."""
    row = db.execute("SELECT digest FROM reuse_around WHERE wording = ?", (wording,)).fetchone()
    digest = ranking.digest(wording)
    if digest == (row[0] if row else None):
        return False
    db.execute("DELETE FROM reuse_around WHERE wording = ?", (wording,))
    if digest:
        db.execute("INSERT INTO reuse_around VALUES (?, ?)", (wording, digest))
    return True
