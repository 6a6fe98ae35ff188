"""The engine: a query and an index -> hits, best first. ``templates/assets/search-engine.js`` is the same for browsers.

First titles and names of places, then headings, then passages: those with more and rarer terms before others, up to three of
each; the newest first among equals. Postings tell which reports may have a hit and how good it can be at most; texts are read
in that order, ten by ten, and a hit is given out as soon as none that is left of the ten can be better (Fagin's threshold
algorithm). For terms of two characters the bound is exact, and so the order as a whole; for longer ones it is exact in each ten.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from generator.search.keys import Field
from generator.search.postings import Numbers
from generator.search.query import Query
from generator.search.reading import Index
from generator.search.texts import SearchPassage, SearchSection, SearchText

A_BLOCK = 10
"""Texts in which all hits are put in order before others are read: without an end, a bound that is too high would have
thousands of texts read before anything is shown."""
MOST_TIMES = 3
"""More of a term in one passage do not make it better."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits are narrowed to: a year, a place and all below it, a topic of either level."""

    year: int | None = None
    place: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where all terms stand: in the title or the place's name (no passage), a heading, or a passage.

    ``terms`` are what was found, folded; ``alias`` is the other name that was looked for in place of what was typed.
    """

    text: SearchText
    section: SearchSection | None
    passage: SearchPassage | None
    terms: tuple[str, ...]
    alias: str | None = None
    in_heading: bool = False

    @property
    def anchor(self) -> str:
        """Where in the page of the report the hit stands; empty for its beginning."""
        if self.section is None:
            return ""
        return self.section.id if self.in_heading or self.passage is None else self.passage.id


@dataclass(frozen=True, slots=True)
class Wanted:
    """One reading of a query: terms of which all must stand in one place, terms that must not.

    ``alias`` tells what is looked for in place of what was typed; with a ``place`` all reports below it are meant.
    """

    terms: tuple[str, ...]
    without: tuple[str, ...] = ()
    alias: str | None = None
    place: str = ""

    @property
    def searched(self) -> tuple[str, ...]:
        """The terms that the postings know; a single character is looked for in the text only."""
        return tuple(term for term in self.terms if len(term) > 1)

    def fits(self, folded: str) -> bool:
        """Tell whether a folded text has all that must be there and nothing that must not."""
        return all(term in folded for term in self.terms) and not any(term in folded for term in self.without)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Reports that may have a hit, in the order in which they are read.

    Those with passages come with the most that a passage can score there; ``weights`` tell what each term counts.
    """

    titles: Numbers
    headings: Numbers
    passages: Sequence[tuple[int, int]]
    weights: Mapping[str, int]


def readings(index: Index, query: Query) -> Iterator[Wanted]:
    """Walk the readings of a query: as typed, then with another name from the catalogues in place of a term."""
    terms = tuple(term.text for term in query.terms)
    yield Wanted(terms, query.without)
    for place, term in enumerate(query.terms):
        if not term.quoted and len(term.text) > 2:  # noqa: PLR2004 - shorter ones are names of too much
            for other in index.aliases(term.text):
                yield Wanted((*terms[:place], other, *terms[place + 1 :]), query.without, other)


def find_hits(index: Index, wanted: Iterable[Wanted], filters: Filters) -> Iterator[Hit]:
    """Walk all hits of some readings, one reading after the other, each best first; no passage is shown twice."""
    seen: set[tuple[str, str]] = set()
    for each in wanted:
        for hit in hits_of(index, each, filters):
            if (hit.text.id, hit.anchor) not in seen:
                seen.add((hit.text.id, hit.anchor))
                if hit.passage:
                    seen.add((hit.text.id, hit.passage.id))
                yield hit


def hits_of(index: Index, wanted: Wanted, filters: Filters) -> Iterator[Hit]:
    """Walk the hits of one reading."""
    if wanted.place:
        yield from _in_place(index, wanted, filters)
        return
    candidates = _candidates(index, wanted, _allowed(index, filters))
    if not filters.topic:
        for number in candidates.titles.tolist():
            text = index.text(number)
            if text and _in_names(index, wanted, text):
                yield Hit(text, None, None, wanted.terms, wanted.alias)
    for number in candidates.headings.tolist():
        text = index.text(number)
        yield from _in_headings(index, wanted, text, filters) if text else ()
    yield from _in_passages(index, wanted, candidates, filters)


def _in_place(index: Index, wanted: Wanted, filters: Filters) -> Iterator[Hit]:
    """Walk the reports below a place that was meant."""
    for number in may_have(index, wanted, filters).tolist() if not filters.topic else ():
        if text := index.text(number):
            yield Hit(text, None, None, wanted.terms, wanted.alias)


def may_have(index: Index, wanted: Wanted, filters: Filters) -> Numbers:
    """Return the reports that may have a hit of one reading."""
    allowed = _allowed(index, filters)
    if wanted.place:
        below = _allowed(index, Filters(place=wanted.place))
        return _all([each for each in (below, allowed) if each is not None])
    candidates = _candidates(index, wanted, allowed)
    passages = np.array([number for _, number in candidates.passages], np.uint32)
    return np.unique(np.concatenate([candidates.titles, candidates.headings, passages]))


def _allowed(index: Index, filters: Filters) -> Numbers | None:
    """Return the reports that the filters let pass; None for all."""
    allowed: Numbers | None = None
    if filters.place:
        above, _, last = filters.place.rpartition("/")
        entries = index.facet(f"places/{above}" if above else "places")
        allowed = entries[last][1] if last in entries else np.empty(0, np.uint32)
    if filters.topic:
        group = filters.topic.partition(".")[0]
        entries = index.facet(f"topics/{group}")
        lists = [numbers for id_, (_, numbers) in entries.items() if filters.topic in {id_, group}]
        found = np.unique(np.concatenate(lists)) if lists else np.empty(0, np.uint32)
        allowed = found if allowed is None else np.intersect1d(allowed, found, assume_unique=True)
    if filters.year:
        start = 0
        years = {}
        for year, sizes in index.manifest["years"]:
            years[year] = np.arange(start, start + sum(sizes), dtype=np.uint32)
            start += sum(sizes)
        found = years.get(filters.year, np.empty(0, np.uint32))
        allowed = found if allowed is None else np.intersect1d(allowed, found, assume_unique=True)
    return allowed


def _candidates(index: Index, wanted: Wanted, allowed: Numbers | None) -> _Candidates:
    def narrowed(numbers: Numbers) -> Numbers:
        return numbers if allowed is None else np.intersect1d(numbers, allowed, assume_unique=True)

    if not wanted.searched:  # single characters: the names of places
        return _Candidates(
            narrowed(_all([index.named(letter) for letter in wanted.terms])), np.empty(0, np.uint32), (), {}
        )
    found = {term: index.find(term) for term in wanted.searched}
    titles, headings, passages = (
        narrowed(_all([fields[each] for fields in found.values()]))
        for each in (Field.TITLE, Field.HEADING, Field.PASSAGE)
    )
    weights = {
        term: max(1, (index.reports // max(1, len(fields[Field.PASSAGE]))).bit_length())
        for term, fields in found.items()
    }
    best = np.zeros(len(passages), np.int64)
    for term, fields in found.items():
        times = 1 + np.isin(passages, fields[Field.TWICE]).astype(np.int64) + np.isin(passages, fields[Field.THRICE])
        best += weights[term] * times
    order = np.lexsort((passages, -best))
    return _Candidates(
        titles, headings, list(zip(best[order].tolist(), passages[order].tolist(), strict=True)), weights
    )


def _all(lists: Sequence[Numbers]) -> Numbers:
    """Return the numbers that stand in all lists."""
    common = lists[0]
    for each in lists[1:]:
        common = np.intersect1d(common, each, assume_unique=True)
    return common


def _in_names(index: Index, wanted: Wanted, text: SearchText) -> bool:
    """Tell whether all terms stand in the title, or in the name of the place; single characters alone only in the latter."""
    return wanted.fits(index.fold(text.place)) or (bool(wanted.searched) and wanted.fits(index.fold(text.title)))


def _in_headings(index: Index, wanted: Wanted, text: SearchText, filters: Filters) -> Iterator[Hit]:
    for number, section in enumerate(text.sections):
        if wanted.fits(index.fold(section.heading)):
            passage = _first_passage(text.sections, number)
            if not filters.topic or (passage and _has_topic(passage, filters.topic)):
                yield Hit(text, section, passage, wanted.terms, wanted.alias, in_heading=True)


def _in_passages(index: Index, wanted: Wanted, candidates: _Candidates, filters: Filters) -> Iterator[Hit]:
    waiting: list[tuple[int, int, int, Hit]] = []
    for place, (best, number) in enumerate(candidates.passages):
        while waiting and (waiting[0][:2] < (-best, number) or place % A_BLOCK == 0):
            yield heapq.heappop(waiting)[3]
        text = index.text(number)
        position = 0
        for section in text.sections if text else ():
            for passage in section.passages:
                position += 1
                folded = index.fold(passage.text)
                if wanted.fits(folded) and (not filters.topic or _has_topic(passage, filters.topic)):
                    score = sum(
                        weight * min(MOST_TIMES, folded.count(term)) for term, weight in candidates.weights.items()
                    )
                    hit = Hit(text, section, passage, wanted.terms, wanted.alias)  # type: ignore[arg-type]  # there is one
                    heapq.heappush(waiting, (-score, number, position, hit))
    while waiting:
        yield heapq.heappop(waiting)[3]


def _first_passage(sections: Sequence[SearchSection], number: int) -> SearchPassage | None:
    """Return the first passage under a heading, be it under one below it."""
    level = sections[number].level
    for index in range(number, len(sections)):
        if index > number and sections[index].level <= level:
            return None
        if sections[index].passages:
            return sections[index].passages[0]
    return None


def _has_topic(passage: SearchPassage, topic: str) -> bool:
    """Tell whether a passage has a topic: of the second level that one, of the first any below it."""
    return any(each == topic or each.startswith(f"{topic}.") for each in passage.topics)
