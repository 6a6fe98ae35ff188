"""What the cache keeps of each report for reuse: its prints, and what it shares, passage by passage."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from generator.linking.reuse import PassagePrint
from generator.publishing.reuse_ranking import Ranking, Sharers, is_exact

Stale = set[str] | None
"""The passages of a report that must be worked out again; None for all."""


class SentenceUse(NamedTuple):
    """A sentence of a passage: the keys of its wording and of its words with their numbers, the number of its report."""

    wording: int
    exact: int
    report: int
    passage: str


class Known(NamedTuple):
    """The prints of a report, without the texts of the wordings."""

    characters: int
    passages: tuple[PassagePrint, ...]


class KeptPassage(NamedTuple):
    """A shared passage: matches as (number of the report, passage, exact); a digest of what a reader sees of it.

    ``common`` are the wordings in it that stand in many townships.
    """

    id: str
    places: int
    characters: int
    digest: bytes
    matches: tuple[tuple[int, str, bool], ...]
    common: tuple[int, ...]


class Kept(NamedTuple):
    """What a report shares: the share of its characters, and its shared passages in their order."""

    share: float
    passages: tuple[KeptPassage, ...]


_KNOWN, _KEPT = msgspec.msgpack.Decoder(Known), msgspec.msgpack.Decoder(Kept)
_encode = msgspec.msgpack.encode


def known_of(db: sqlite3.Connection, number: int) -> Known | None:
    """Return the prints of a report; None where it is not known."""
    row = db.execute("SELECT value FROM reuse_prints WHERE report = ?", (number,)).fetchone()
    return _KNOWN.decode(row[0]) if row else None


def kept_of(db: sqlite3.Connection, number: int) -> Kept:
    """Return what a report shares: nothing, where it is not known."""
    row = db.execute("SELECT value FROM reuse_shared WHERE report = ?", (number,)).fetchone()
    return _KEPT.decode(row[0]) if row else Kept(0.0, ())


def uses(number: int, known: Known | None) -> set[SentenceUse]:
    """Return the sentences of a report, each once in a passage."""
    passages = known.passages if known else ()
    return {
        SentenceUse(each.wording, each.exact, number, passage.id) for passage in passages for each in passage.sentences
    }


def renew(db: sqlite3.Connection, ranking: Ranking, reports: Iterable[tuple[int, Stale]]) -> None:
    """Work out what reports share, as far as it is stale, and keep it with its digest."""
    query = "SELECT place, year, digest FROM reuse_reports WHERE number = ?"
    for number, stale in reports:
        place, year, digest = db.execute(query, (number,)).fetchone()
        known, before = known_of(db, number) or Known(0, ()), kept_of(db, number)
        fresh = {} if stale is None else {passage.id: passage for passage in before.passages if passage.id not in stale}
        passages = tuple(_passages(ranking, place, year, known, fresh, stale))
        shared = sum(each.characters for each in passages)
        after = Kept(round(shared / known.characters, 4) if shared else 0.0, passages)
        if after != before or not digest:
            digest = _digest((after.share, [passage.digest for passage in passages]))
            db.execute("INSERT OR REPLACE INTO reuse_shared VALUES (?, ?)", (number, _encode(after)))
            db.execute("UPDATE reuse_reports SET digest = ? WHERE number = ?", (digest, number))


def _passages(  # noqa: PLR0913, PLR0917 - whose, of what, what of it is known
    ranking: Ranking, place: int, year: int, known: Known, fresh: Mapping[str, KeptPassage], stale: Stale
) -> Iterator[KeptPassage]:
    """Walk the shared passages of a report: those that are stale worked out again, the others as they were."""
    for passage in known.passages:
        if stale is not None and passage.id not in stale:
            if passage.id in fresh:
                yield fresh[passage.id]
        elif sharers := ranking.sharers(place, year, passage):
            yield _keep(passage.id, sharers)


def _keep(passage: str, sharers: Sharers) -> KeptPassage:
    digest = _digest((passage, sharers.places, tuple(sharers.matches), sharers.common))
    matches = tuple((use.report, use.passage, is_exact(rank)) for rank, use in sharers.matches.items())
    return KeptPassage(passage, sharers.places, sharers.characters, digest, matches, sharers.common)


def _digest(value: object) -> bytes:
    return hashlib.blake2b(_encode(value), digest_size=16).digest()


def column(db: sqlite3.Connection, query: str, *values: int) -> Iterator[int]:
    """Walk the numbers of the one column that a query returns."""
    return (value for (value,) in db.execute(query, values))
