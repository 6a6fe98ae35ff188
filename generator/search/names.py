"""The names of a site - places, topics, systems, laws - as files of the static index, and what is suggested of them.

``names.bin`` tells all names; above 12,000 places those of townships stand in ``names-LETTER.bin``, by the first letter
of their pinyin (0: none). ``names-aliases.bin`` has the other names of topics, systems and laws, and ``readings.bin`` the
readings of common characters; both are fetched only where they are needed. All files are compressed (zlib). Unpacked, the
first line tells the format, a note (the letters of the files of townships, a colon, a stamp; these bear the stamp alone)
and the lengths in bytes of the sections that follow:

1. ends: words. A name's end tells depth, level (p, f, c, t) and generic part of a place, 3t镇; or 0 topic, 1 system, 2 law
2. syllables: for all that begin alike a line of their consonants and what follows these: ``zh a ai an``
3. the characters of names that are not in GB 2312
4. alphabet: how many characters are frequent; for each the step to its place in GB 2312 (rows 16 to 87, then section
   3) from that of the one before, frequent ones first; then for each the step to its usual syllable's number (0: none)
5. places, in the order of the tree: the symbols of the name up to its generic part, then that of its end
6. other names, likewise
7. ids of other names: a line for each
8. notes: lines of the step to a name's number and what differs from the rules: a folder, or a position and a syllable
9. in files of townships the places above: steps to a place's number in names.bin, each with how many names stand below it

Numbers (4, 9) are sums of bytes up to the first that is not 255; steps to syllables are modulo their count. Symbols (5, 6)
number the ends, then the alphabet: below 224 one byte, others 224 + high and low. A folder is the syllables of the name
with a hyphen before the generic part; one that is not, and an id, is written by the syllables of the name: a digit
takes so many, A to Z passes over 1 to 26, all else stands for itself; after = all stands for itself, after / is an
address. Files of townships have no sections 2 to 4: theirs are those of names.bin. ``readings.bin`` has section 2, then
the steps to the syllables of all characters of GB 2312.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

from generator.model import Place
from generator.search.name_alphabet import read_readings
from generator.search.name_book import Book, Kind
from generator.search.name_format import FormatError
from generator.search.name_matching import FULL, PREFIX, Typed, cuts_generic, find_matches, is_inner, key_of
from generator.search.name_mending import LEAST_UNITS, find_alike
from generator.search.name_reading import read_book
from generator.search.name_writing import (
    ALIASES,
    MAIN,
    READINGS,
    UNSHARDED,
    OtherName,
    first_letter,
    shard_name,
    write_names,
)
from generator.search.pinyin import fold_typed, is_han

__all__ = ["Names", "Nearest", "OtherName", "Suggestion", "encode_names", "read_names"]

Loaded = TypeVar("Loaded")

_LIKE_LETTERS = {"l": "ln", "n": "ln"}
"""The first letters of syllables that sound alike, where they are not the same."""


class _Found(NamedTuple):
    """A match that was found: what it is sorted by, the number of its book, its entry, and where it is in the name."""

    key: tuple[int, ...]
    book: int
    entry: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name: the names above it, its address, its path (of a place) or id; characters ``start`` to ``end`` match."""

    kind: Kind
    name: str
    above: str
    address: str
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """A word to search for instead, why, and the name that it is of."""

    word: str
    why: Literal["sound", "letters"]
    suggestion: Suggestion


def encode_names(
    places: Mapping[str, Place], others: Sequence[OtherName], unsharded: int = UNSHARDED
) -> dict[str, bytes]:
    """Return the files of the names of places and other names, by their names; up to ``unsharded`` places are in one."""
    return write_names(places, others, unsharded)


def read_names(read: Callable[[str], bytes | None], fold: Callable[[str], str] = str) -> Names:
    """Return the names in files that ``read`` gives by their names (None: missing).

    ``fold`` is done to names and to what is typed before they are compared, and changes no length: 鎮 is 镇 then.
    """
    return Names(read, fold)


class Names:
    """The names of a site; files are read when they are needed, and once."""

    def __init__(self, read: Callable[[str], bytes | None], fold: Callable[[str], str]) -> None:
        self._read = read
        self._fold = fold
        self._books: dict[str, Book | None] = {}
        self._readings: Mapping[str, str] | None = None
        self.incomplete = False
        """Whether a file is missing or of another format."""

    def suggest(self, typed: str, most: int = 8) -> list[Suggestion]:
        """Return names for what is typed in Chinese, pinyin, initials or a mixture, best first."""
        text = fold_typed(typed, self._fold)
        found: list[Suggestion] = []
        books: list[Book] = []
        matches: list[_Found] = []
        for more in self._rounds(text):
            matches += _best_matches(more, len(books), Typed(text))
            books += more
            found = _first_suggestions(books, sorted(matches), most)
            if found:
                break
        return found

    def words(self, typed: str, most: int = 8) -> list[str]:
        """Return the Chinese words of two characters or more that pinyin stands for, as names have them, best first.

        Those in full come before those that are abbreviated, then those that most names have.
        """
        text = fold_typed(typed, self._fold)
        found: list[str] = []
        if any(is_han(each) or each.isdigit() for each in text):
            return found
        read = 0
        matches: list[tuple[str, _Found]] = []
        for more in self._rounds(text):
            matches += _word_matches(more, read, Typed(text))
            read += len(more)
            found = _best_words(matches)[:most]
            if found:
                break
        return found

    def nearest(self, typed: str, most: int = 5) -> list[Nearest]:
        """Return words of names that sound like what is typed, then names that share most of its characters."""
        text = fold_typed(typed, self._fold).replace(" ", "")
        main = self._book(MAIN)
        if len(text) < LEAST_UNITS or not main:
            return []
        readings = {each: self._readings_of(main, each) for each in text if is_han(each)}
        letters = {first_letter(reading) for reading in readings.get(text[0], {text[0]})}
        letters = {each for letter in letters for each in _LIKE_LETTERS.get(letter, letter)}
        books = [book for more in self._rounds(text, letters) for book in more]
        found: dict[str, Nearest] = {}
        for mending in sorted(find_alike(books, text, readings)):
            if len(found) >= most:
                break
            book = books[mending.book]
            start, end = book.span(mending.start, mending.end)
            word = book.named[mending.entry].name[start:end]
            if word not in found and "".join(book.characters[mending.start : mending.end]) != text:
                found[word] = Nearest(word, mending.why, _suggestion(book, mending.entry, start, end))
        return list(found.values())

    def _rounds(self, text: str, letters: AbstractSet[str] | None = None) -> Iterator[list[Book]]:
        """Walk the books to look in: first those of names (of townships, by ``letters``), then that of aliases.

        Aliases are many, and are not fetched for readers who find without them.
        """
        main = self._book(MAIN) if text else None
        if not main:
            return
        if letters is None:
            letters = {first_letter(main.alphabet.readings.get(text[0], "") if is_han(text[0]) else text[0])}
        shards = (self._book(shard_name(letter), main) for letter in main.shards if letter in letters)
        yield [main, *filter(None, shards)]
        aliases = self._book(ALIASES)
        if aliases:
            yield [aliases]

    def _book(self, name: str, above: Book | None = None) -> Book | None:
        if name not in self._books:
            self._books[name] = self._load(name, lambda content: read_book(content, self._fold, above))
        return self._books[name]

    def _readings_of(self, main: Book, character: str) -> frozenset[str]:
        """Return the readings of a character: those that it has in names, and the common one."""
        if self._readings is None:
            self._readings = self._load(READINGS, read_readings) or {}
        in_names = {main.syllables[unit] for unit in main.by_character.get(character, ())}
        others = {main.alphabet.readings.get(character, ""), self._readings.get(character, "")}
        return frozenset((in_names | others) - {""})

    def _load(self, name: str, reader: Callable[[bytes], Loaded]) -> Loaded | None:
        content = self._read(name)
        try:
            if content is not None:
                return reader(content)
        except FormatError:
            pass
        self.incomplete = True
        return None


def _best_matches(books: Sequence[Book], number: int, typed: Typed) -> Iterable[_Found]:
    """Return the best match in each name of books, the first of which has a ``number``."""
    best: dict[tuple[int, int], _Found] = {}
    for book in books:
        for match in find_matches(book, typed):
            found = _Found(key_of(book, match), number, match.entry, *book.span(match.start, match.end))
            known = best.get((number, match.entry))
            if known is None or found < known:
                best[number, match.entry] = found
        number += 1
    return best.values()


def _first_suggestions(books: Sequence[Book], matches: Iterable[_Found], most: int) -> list[Suggestion]:
    """Return the first suggestions, each address once: a name and its aliases have the same."""
    found: dict[str, Suggestion] = {}
    for match in matches:
        if len(found) >= most:
            break
        suggestion = _suggestion(books[match.book], match.entry, match.start, match.end)
        found.setdefault(suggestion.address, suggestion)
    return list(found.values())


def _word_matches(books: Sequence[Book], number: int, typed: Typed) -> Iterator[tuple[str, _Found]]:
    """Walk the words that match, as often as names have them; the first key tells abbreviated ones, and inner pieces."""
    for book in books:
        for match in find_matches(book, typed):
            if match.last == PREFIX or match.end - match.start < LEAST_UNITS or cuts_generic(book, match):
                continue
            start, end = book.span(match.start, match.end)
            word = book.named[match.entry].name[start:end]
            if all(map(is_han, word)):
                is_short = int(match.is_abbreviated or match.last != FULL)
                key = (is_short, int(is_inner(book, match)), *key_of(book, match)[2:])
                yield word, _Found(key, number, match.entry, start, end)
        number += 1


def _best_words(matches: Sequence[tuple[str, _Found]]) -> list[str]:
    counts = Counter(word for word, _ in matches)
    best: dict[str, _Found] = {}
    for word, found in matches:
        best[word] = min(best.get(word, found), found)
    return sorted(best, key=lambda word: (best[word].key[:2], -counts[word], best[word]))


def _suggestion(book: Book, entry: int, start: int, end: int) -> Suggestion:
    name = book.named[entry].name
    return Suggestion(book.kind(entry), name, book.names_above(entry), book.address(entry), book.id(entry), start, end)
