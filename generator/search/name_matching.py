"""What is typed, matched with names: by characters, by pinyin, by initials, and by any mixture of these.

templates/assets/search-names.js says the same to the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.search.name_book import Book
from generator.search.pinyin import initials, is_han, like_spellings, spellings

FULL, INITIAL, PREFIX = range(3)
"""How a syllable is typed: in full, by what it begins with, or (only the last one) by any beginning."""
EXACT, EXACT_STEM, BEGINS, INSIDE = range(4)
"""Where in a name what is typed stands."""

Key = tuple[int, int, int, int, int]
"""Sorts matches, best first: abbreviated, place in the name, last syllable not complete, rank, length of the name."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a name that matches: its units from ``start`` to ``end``, and how the syllables are typed."""

    entry: int
    start: int
    end: int
    is_abbreviated: bool
    last: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed, folded; ``is_loose``: syllables are in full, and may be others that sound alike."""

    text: str
    is_loose: bool = False
    steps: dict[tuple[str, int], tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def steps_at(self, at: int, character: str, syllable: str) -> tuple[tuple[int, int], ...]:
        """Return where a unit of a name can end that begins at ``at`` in what is typed, and how it is typed then."""
        at += self.text[at] == " "
        if is_han(self.text[at]):
            return ((at + 1, FULL),) if self.text[at] == character else ()
        found = self.steps.get((syllable, at))
        if found is None:
            found = self.steps[syllable, at] = tuple(self._steps(at, syllable).items())
        return found

    def _steps(self, at: int, syllable: str) -> dict[int, int]:
        if not syllable or not (self.is_loose or self.text[at] == syllable[0]):
            return {}
        forms = (like_spellings if self.is_loose else spellings)(syllable)
        found = {at + len(form): FULL for form in forms if self.text.startswith(form, at)}
        if self.is_loose:
            return found
        for initial in initials(syllable):
            if self.text.startswith(initial, at):
                found.setdefault(at + len(initial), INITIAL)
        rest = self.text[at:]
        if any(form.startswith(rest) for form in forms):
            found.setdefault(len(self.text), PREFIX)
        return found


def find_matches(book: Book, typed: Typed) -> Iterator[Match]:
    """Walk what matches in the names of a book; below another book, where names are by their beginnings, only these."""
    for start in _starts(book, typed):
        entry = book.owners[start]
        if not book.above or start == book.first[entry]:
            for end, is_abbreviated, last in _ends(book, typed, start):
                yield Match(entry, start, end, is_abbreviated, last)


def key_of(book: Book, match: Match) -> Key:
    """Return what a match is sorted by."""
    named = book.named[match.entry]
    place = _place_in_name(book, match)
    return int(match.is_abbreviated), place, int(match.last != FULL), named.rank, len(named.name)


def is_inner(book: Book, match: Match) -> bool:
    """Whether a match neither begins a name nor ends it, or its stem."""
    first, after = book.first[match.entry], book.first[match.entry + 1] - 1
    is_first = match.start - first in (0, book.omissible[match.entry])
    return not is_first and match.end not in (after, first + book.stems[match.entry])


def cuts_generic(book: Book, match: Match) -> bool:
    """Whether a match has some of the generic part of a name and is not the whole name."""
    first, after = book.first[match.entry], book.first[match.entry + 1] - 1
    return match.end > first + book.stems[match.entry] and (match.start, match.end) != (first, after)


def _place_in_name(book: Book, match: Match) -> int:
    first, after = book.first[match.entry], book.first[match.entry + 1] - 1
    if match.start - first not in (0, book.omissible[match.entry]):
        return INSIDE
    if match.last == FULL or (match.is_abbreviated and match.last == INITIAL):
        if match.end == after:
            return EXACT
        if match.end == first + book.stems[match.entry]:
            return EXACT_STEM
    return BEGINS


def _starts(book: Book, typed: Typed) -> Iterator[int]:
    """Walk the units that what is typed may begin with; for many of these the unit after tells at once that it cannot."""
    if is_han(typed.text[0]):
        yield from book.by_character.get(typed.text[0], ())
        return
    following: dict[int, set[str]] = {}
    for syllable, starts in book.by_syllable.items():
        ends = {end for end, _ in typed.steps_at(0, "", syllable)}
        if any(end == len(typed.text) or is_han(typed.text[end]) for end in ends):
            yield from starts
        elif ends:
            for end in ends - following.keys():
                following[end] = {each for each in book.by_syllable if typed.steps_at(end, "", each)}
            yield from (start for start in starts if any(book.syllables[start + 1] in following[end] for end in ends))


def _ends(book: Book, typed: Typed, unit: int) -> list[tuple[int, bool, int]]:
    """Return the ends of matches that begin with a unit, whether abbreviated, and how the last syllable is typed.

    ``ways`` tells how far in what is typed the units so far may reach, and whether a syllable had to be abbreviated.
    """
    found: list[tuple[int, bool, int]] = []
    ways = {0: False}
    length = len(typed.text)
    while ways and (character := book.characters[unit]):
        reached: dict[int, bool] = {}
        for at, is_abbreviated in ways.items():
            for end, how in typed.steps_at(at, character, book.syllables[unit]):
                if end == length:
                    found.append((unit + 1, is_abbreviated, how))
                else:
                    reached[end] = reached.get(end, True) and (is_abbreviated or how == INITIAL)
        ways, unit = reached, unit + 1
    return found
