"""The files of names, read: names.py describes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.search.name_alphabet import Alphabet, read_alphabet, typed_sign
from generator.search.name_book import FIRST_OTHER, LEVELS, Book, Named, make_book
from generator.search.name_format import FormatError, read_numbers, read_sections, read_symbols

ENDS, SYLLABLES, EXTRAS, ALPHABET, PLACES, OTHERS, IDS, NOTES, PARENTS = range(9)
"""The sections of a file of names."""

_PLACE_END = re.compile(r"(\d+)([a-z])(.*)")

_Readings = Mapping[int, Mapping[int, str]]
"""The syllables that are not what the character mostly has: by the name, by the position in it."""


def read_book(content: bytes, fold: Callable[[str], str], above: Book | None = None) -> Book:
    """Read a file of names; one below another book has that one's alphabet."""
    sections = read_sections(content)
    if len(sections.contents) != PARENTS + 1:
        raise FormatError("not a file of names")
    if above and sections.note != above.stamp:
        raise FormatError("a file of names of another making")
    alphabet = above.alphabet if above else read_alphabet(*sections.contents[SYLLABLES : ALPHABET + 1])
    slugs, readings = _read_notes(sections.contents[NOTES].decode())
    ids = sections.contents[IDS].decode().split("\n")
    parents = _read_parents(read_numbers(sections.contents[PARENTS]))
    named: list[Named] = []
    open_places: list[int] = []
    for stem, end in _read_names(sections.contents, alphabet):
        number = len(named)
        if place := _PLACE_END.fullmatch(end):
            name, rank = stem + place[3], LEVELS.index(place[2])
            del open_places[int(place[1]) :]
            parent = parents[number] if parents else open_places[-1] if open_places else -1
            open_places.append(number)
            slug = slugs.get(number, "")
        else:
            name, rank, parent = stem, FIRST_OTHER + int(end), -1
            slug = ids.pop(0)
        syllables = _read_aloud(name, alphabet, readings.get(number, {}))
        named.append(Named(name, rank, syllables, len(stem), parent, slug))
    return make_book(named, alphabet, sections.note, above, fold)


def _read_names(sections: Sequence[bytes], alphabet: Alphabet) -> Iterator[tuple[str, str]]:
    """Read names: what stands before the end, and the end."""
    ends = sections[ENDS].decode().split(" ")
    stem = ""
    for part in (PLACES, OTHERS):
        for symbol in read_symbols(sections[part]):
            if symbol >= len(ends):
                stem += alphabet.characters[symbol - len(ends)]
            else:
                yield stem, ends[symbol]
                stem = ""


def _read_notes(written: str) -> tuple[dict[int, str], _Readings]:
    """Read what differs from the rules, by the numbers of names: slugs, and readings by positions."""
    slugs: dict[int, str] = {}
    readings: dict[int, dict[int, str]] = {}
    number = 0
    for line in filter(None, written.split("\n")):
        step, *told = line.split(" ")
        number += int(step)
        if len(told) == 1:
            slugs[number] = told[0]
        else:
            readings.setdefault(number, {})[int(told[0])] = told[1]
    return slugs, readings


def _read_parents(numbers: Sequence[int]) -> list[int]:
    """Read the places above: pairs of a step from the one before and how many names stand below it; 0 is none."""
    parents, parent = [], -1
    for step, count in zip(numbers[::2], numbers[1::2], strict=True):
        parent += step
        parents += [parent] * count
    return parents


def _read_aloud(name: str, alphabet: Alphabet, exceptions: Mapping[int, str]) -> tuple[str, ...]:
    usual = [alphabet.readings.get(each) or typed_sign(each) for each in name]
    return tuple(exceptions.get(at, each) for at, each in enumerate(usual))
