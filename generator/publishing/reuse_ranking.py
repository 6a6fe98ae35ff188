"""Who else says what a passage says: counted, and the nearest of them ranked, from the tables of reuse.

A wording that thousands of townships use is read once, and kept as its first few uses of each year: whoever is among the
nearest to a passage is among the nearest to one of its sentences, and among the first of that year.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import operator
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from generator.linking.reuse import PassagePrint

MOST_MATCHES = 20
MANY_PLACES = 3
"""A sentence of so many townships is common: what a county or a ministry has given them to write, or what all copy."""

_KEPT = MOST_MATCHES + 1
"""The nearest, and one more: the township itself may be among them."""
_USES = """SELECT id, passage, report, place, year FROM reuse_uses CROSS JOIN reuse_reports ON number = report """
_AT_HAND = 30_000
"""So many wordings stay at hand; those that many reports use come again and again."""


class Use(NamedTuple):
    """A passage that uses a wording; ``report`` and ``place`` are the numbers of its report and township."""

    report_id: str
    passage: str
    report: int
    place: int


Years = dict[int, list[Use]]
"""The first uses of each year, by report. A township has one report a year, so these are the first townships too."""
Ranks = dict[str, Use]
"""Uses by their ranks, texts that sort as matches do: the nearest year, exact before near, by report, by passage."""


@dataclass(frozen=True, slots=True)
class _Users:
    """Who uses a wording: ``places`` has a bit for each township."""

    years: Years
    places: int


@dataclass(frozen=True, slots=True)
class Sharers:
    """Who shares a passage: how many other townships, the nearest of them, and how many of its characters are shared.

    ``common`` are the wordings in it that stand in many townships.
    """

    places: int
    matches: Ranks
    characters: int
    common: tuple[int, ...]


class Ranking:
    """A reader of the tables of reuse, which must not change meanwhile; memory is bounded."""

    def __init__(self, db: sqlite3.Connection) -> None:
        keep = functools.lru_cache(_AT_HAND)
        own = keep(functools.partial(_read_own, db))
        self._is_shared = keep(functools.partial(_read_is_shared, db))
        self._around = keep(functools.partial(_read_around, db, own))
        self._near = keep(functools.partial(_rank_near, self._around))
        self._same = keep(functools.partial(_rank_same, keep(functools.partial(_read_same, db))))

    def sharers(self, place: int, year: int, passage: PassagePrint) -> Sharers | None:
        """Return who shares a passage of a township's report of a year; None where no other township does."""
        shared = [each for each in passage.sentences if self._is_shared(each.wording)]
        if not shared:
            return None
        everywhere = 0
        ranks: Ranks = {}
        for sentence in shared:
            everywhere |= self._around(sentence.wording).places
            ranks.update(self._near(sentence.wording, year))
            ranks.update(self._same(sentence.wording, sentence.exact, year))
        characters = sum(each.characters for each in shared)
        many = dict.fromkeys(
            each.wording for each in shared if self._around(each.wording).places.bit_count() >= MANY_PLACES
        )
        return Sharers(everywhere.bit_count() - 1, _first_of_others(ranks, place), characters, tuple(many))

    def digest(self, wording: int) -> bytes | None:
        """Return a digest of all that passages show of who uses a wording or one near it; None for one township alone."""
        users = self._around(wording)
        if users.places.bit_count() <= 1:
            return None
        first = sorted((year, use.report_id, use.passage) for year, uses in users.years.items() for use in uses)
        encoded = msgspec.msgpack.encode((hex(users.places), first))
        return hashlib.blake2b(encoded, digest_size=16).digest()


def is_exact(rank: str) -> bool:
    """Tell whether a rank is that of an exact match."""
    return rank[4] == "="


def _read_is_shared(db: sqlite3.Connection, wording: int) -> bool:
    return db.execute("SELECT 1 FROM reuse_around WHERE wording = ?", (wording,)).fetchone() is not None


def _read_own(db: sqlite3.Connection, wording: int) -> _Users:
    """Return who uses a wording itself."""
    return _users(db.execute(_USES + "WHERE wording = ?", (wording,)))


def _read_same(db: sqlite3.Connection, wording: int, exact: int) -> _Users:
    """Return who uses a wording with the same numbers."""
    return _users(db.execute(_USES + "WHERE wording = ? AND exact = ?", (wording, exact)))


def _users(rows: Iterable[tuple[str, str, int, int, int]]) -> _Users:
    places = 0
    years: Years = {}
    for report_id, passage, report, place, year in rows:
        places |= 1 << place
        years.setdefault(year, []).append(Use(report_id, passage, report, place))
    return _Users({year: _first(uses) for year, uses in years.items()}, places)


def _read_around(db: sqlite3.Connection, own: Callable[[int], _Users], wording: int) -> _Users:
    """Return who uses a wording or one near it."""
    query = "SELECT other FROM reuse_near WHERE wording = ?"
    users = [own(wording), *(own(other) for (other,) in db.execute(query, (wording,)))]
    if len(users) == 1:
        return users[0]
    places = 0
    years: Years = {}
    for each in users:
        places |= each.places
        for year, uses in each.years.items():
            years.setdefault(year, []).extend(uses)
    return _Users({year: _first(uses) for year, uses in years.items()}, places)


def _rank_near(around: Callable[[int], _Users], wording: int, year: int) -> Ranks:
    return _nearest(around(wording).years, year, "~")


def _rank_same(same: Callable[[int, int], _Users], wording: int, exact: int, year: int) -> Ranks:
    return _nearest(same(wording, exact).years, year, "=")


def _first(uses: list[Use]) -> list[Use]:
    """Return the first of some uses, one of each report, by report; all, where there are no more than are kept."""
    if len(uses) <= _KEPT:
        return uses
    groups = itertools.groupby(sorted(uses), key=operator.attrgetter("report"))
    return [next(group) for _, group in itertools.islice(groups, _KEPT)]


def _nearest(years: Years, year: int, kind: str) -> Ranks:
    """Return the uses nearest to a year, one of each township, by their ranks: "=" is a kind that sorts before "~"."""
    by_distance: dict[int, list[Use]] = {}
    for other, uses in years.items():
        by_distance.setdefault(abs(other - year), []).extend(uses)
    ranks: Ranks = {}
    seen: set[int] = set()
    for distance in sorted(by_distance):
        for use in sorted(by_distance[distance]):
            if use.place not in seen:
                seen.add(use.place)
                ranks[f"{distance:04}{kind}{use.report_id}#{use.passage}"] = use
                if len(seen) == _KEPT:
                    return ranks
    return ranks


def _first_of_others(ranks: Ranks, own: int) -> Ranks:
    """Return the first of each other township, of so many townships only."""
    seen = {own}
    found: Ranks = {}
    for rank in sorted(ranks):
        use = ranks[rank]
        if use.place not in seen:
            seen.add(use.place)
            found[rank] = use
            if len(found) == MOST_MATCHES:
                break
    return found
