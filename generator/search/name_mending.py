"""What may have been meant: names that sound like what is typed, and names that share most of its characters.

templates/assets/search-names.js says the same to the browser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from generator.search.name_book import Book
from generator.search.name_matching import FULL, Match, Typed, find_matches, is_inner
from generator.search.pinyin import is_han, sound

LEAST_UNITS = 2
"""Of one character alone nothing can be told."""

_LEAST_DICE = 0.5
_MOST_WEIGHED = 200
"""Names whose characters are compared one by one: those that share most."""

Key = tuple[int, float, int, int, int, int, int, int]
"""Sorts what may have been meant: why, how far away, how far inside a name, rank, length, book, entry, first unit."""


@dataclass(frozen=True, slots=True, order=True)
class Mending:
    """A stretch of a name that may have been meant, units ``start`` to ``end`` of an entry of a book; sorts by its key."""

    key: Key
    book: int
    entry: int
    start: int
    end: int
    why: Literal["sound", "letters"]


def find_alike(books: Sequence[Book], typed: str, readings: Mapping[str, AbstractSet[str]]) -> Iterator[Mending]:
    """Walk what may have been meant; ``readings`` are those of the characters of what is typed, which has no blanks."""
    for number, book in enumerate(books):
        if not any(map(is_han, typed)):
            yield from _sounding_like_pinyin(number, book, typed)
            continue
        if not any(each.isalpha() and not is_han(each) for each in typed):
            yield from _sounding_alike(number, book, typed, [readings.get(each, frozenset((each,))) for each in typed])
        yield from _sharing_characters(number, book, typed)


def _sounding_like_pinyin(number: int, book: Book, typed: str) -> Iterator[Mending]:
    for match in find_matches(book, Typed(typed, is_loose=True)):
        yield _by_sound(number, book, 0, match.start, match.end)


def _sounding_alike(number: int, book: Book, typed: str, readings: Sequence[AbstractSet[str]]) -> Iterator[Mending]:
    sounds = [{sound(reading) for reading in each} for each in readings]
    for syllable in (each for each in book.by_syllable if sound(each) in sounds[0]):
        for start in book.by_syllable[syllable]:
            units = range(start, min(start + len(typed), len(book.syllables)))
            differs, near = 0, 0
            for at, unit in enumerate(units):
                if book.characters[unit] == typed[at]:
                    continue
                differs += 1
                if book.syllables[unit] not in readings[at]:
                    near += 1
                    if not book.syllables[unit] or sound(book.syllables[unit]) not in sounds[at]:
                        break
            else:
                if differs and len(units) == len(typed):
                    yield _by_sound(number, book, near, start, units.stop)


def _by_sound(number: int, book: Book, near: int, start: int, end: int) -> Mending:
    entry = book.owners[start]
    named = book.named[entry]
    match = Match(entry, start, end, is_abbreviated=False, last=FULL)
    inside = int(start > book.first[entry]) + int(is_inner(book, match))
    key = (0, near, inside, named.rank, len(named.name), number, entry, start)
    return Mending(key, number, entry, start, end, "sound")


def _sharing_characters(number: int, book: Book, typed: str) -> Iterator[Mending]:
    counts = Counter(typed)
    common: Counter[int] = Counter()
    for character, count in counts.items():
        owners = Counter(book.owners[unit] for unit in book.by_character.get(character, ()))
        common.update({entry: min(count, own) for entry, own in owners.items()})
    weighed = [(-_dice(shared, len(typed), _shortest(book, entry)), entry) for entry, shared in common.items()]
    for likeness, entry in sorted(weighed)[:_MOST_WEIGHED]:
        if -likeness >= _LEAST_DICE and (found := _best_part(book, entry, counts, len(typed))):
            dice, start, end = found
            named = book.named[entry]
            key = (1, -dice, 0, named.rank, len(named.name), number, entry, start)
            yield Mending(key, number, entry, start, end, "letters")


def _best_part(book: Book, entry: int, counts: Counter[str], length: int) -> tuple[float, int, int] | None:
    """Return the part of a name that shares most with what is typed: its stem, what cannot be left out, or all of it."""
    first, after = book.first[entry], book.first[entry + 1] - 1
    best = None
    for start, end in ((first + book.omissible[entry], first + book.stems[entry]), (first, after)):
        shared = (counts & Counter(book.characters[start:end])).total()
        dice = _dice(shared, length, end - start)
        if shared >= LEAST_UNITS and dice >= _LEAST_DICE and (best is None or dice > best[0]):
            best = (dice, start, end)
    return best


def _shortest(book: Book, entry: int) -> int:
    return book.stems[entry] - book.omissible[entry]


def _dice(shared: int, one: int, other: int) -> float:
    return 2 * shared / (one + other)
