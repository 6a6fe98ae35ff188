"""The characters that names are written with, and their readings: made, written and read; names.py tells how."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.search.name_format import (
    FormatError,
    Sections,
    read_numbers,
    read_sections,
    write_numbers,
    write_sections,
)
from generator.search.pinyin import GB_CHARACTERS, fold_character, gb_characters, phrase_syllables

_CONSONANTS = re.compile("[^aeiouv]*")


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters of names in the order of their symbols, and the reading that each mostly has, if any.

    The first ``frequent`` ones are in the order of GB 2312, and so are the others.
    """

    characters: tuple[str, ...]
    frequent: int
    readings: Mapping[str, str]


def make_alphabet(names: Sequence[tuple[str, int, Sequence[str]]], room: int) -> Alphabet:
    """Make the alphabet of names (each with the length of its stem, and its syllables), ``room`` characters frequent."""
    counts = Counter(character for name, stem, _ in names for character in name[:stem])
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, _, syllables in names:
        for character, syllable in zip(name, syllables, strict=True):
            found[character][syllable] += 1
    ranked = sorted(found, key=lambda each: (-counts[each], each))
    frequent = min(room, len(ranked))
    order = _places(ranked)
    characters = sorted(ranked[:frequent], key=order.__getitem__) + sorted(ranked[frequent:], key=order.__getitem__)
    usual = {each: min(found[each], key=lambda reading: (-found[each][reading], reading)) for each in characters}
    readings = {each: reading for each, reading in usual.items() if reading and not each.isascii()}
    return Alphabet(tuple(characters), frequent, readings)


def write_alphabet(alphabet: Alphabet) -> tuple[bytes, bytes, bytes]:
    """Write an alphabet: its syllables, the characters that are not in GB 2312, and numbers."""
    places = _places(alphabet.characters)
    extras = sorted((each for each in alphabet.characters if places[each] >= GB_CHARACTERS), key=places.__getitem__)
    syllables, readings = _number_syllables(alphabet.readings.get(each, "") for each in alphabet.characters)
    steps, before = [], -1
    for number, character in enumerate(alphabet.characters):
        before = before if number != alphabet.frequent else -1
        steps.append(places[character] - before)
        before = places[character]
    return syllables, "".join(extras).encode(), write_numbers((alphabet.frequent, *steps, *readings))


def read_alphabet(syllables: bytes, extras: bytes, numbers: bytes) -> Alphabet:
    """Read an alphabet."""
    known = (*gb_characters(), *extras.decode())
    frequent, *rest = read_numbers(numbers) or [0]
    steps, readings = rest[: len(rest) // 2], rest[len(rest) // 2 :]
    place, characters = -1, []
    for number, step in enumerate(steps):
        place = step + (place if number != frequent else -1)
        characters.append(known[place])
    told = zip(characters, _syllables_at(readings, syllables), strict=True)
    return Alphabet(tuple(characters), frequent, {each: reading for each, reading in told if reading})


def typed_syllables(syllables: Iterable[str]) -> tuple[str, ...]:
    """Tell what is typed for a character: its syllable, itself where it is a letter or a digit, nothing otherwise."""
    return tuple(
        each if len(each) > 1 and each.isascii() and each.isalpha() else typed_sign(each) for each in syllables
    )


def typed_sign(character: str) -> str:
    """Return the letter or digit that a character folds to, or the empty string."""
    folded = fold_character(character) if len(character) == 1 else ""
    return folded if folded.isascii() else ""


def write_readings() -> bytes:
    """Write the file of the readings of the characters of GB 2312."""
    readings = (typed_syllables(phrase_syllables(each))[0] if each else "" for each in gb_characters())
    syllables, numbers = _number_syllables(readings)
    return write_sections(Sections("-", (syllables, write_numbers(numbers))))


def read_readings(content: bytes) -> dict[str, str]:
    """Read the file of the readings of the characters of GB 2312: character -> syllable."""
    sections = read_sections(content).contents
    if len(sections) != 2:  # noqa: PLR2004 - syllables and numbers
        raise FormatError("not a file of readings")
    told = zip(gb_characters(), _syllables_at(read_numbers(sections[1]), sections[0]), strict=False)
    return {character: syllable for character, syllable in told if syllable}


def _places(characters: Iterable[str]) -> dict[str, int]:
    """Return the places of characters in GB 2312; those of others follow."""
    places = {character: place for place, character in enumerate(gb_characters()) if character}
    extras = sorted(set(characters) - places.keys())
    return places | {character: GB_CHARACTERS + number for number, character in enumerate(extras)}


def _number_syllables(readings: Iterable[str]) -> tuple[bytes, list[int]]:
    """Return a list of syllables, and for each reading the step to its number from that of the reading before (modulo).

    The list has a line for all syllables that begin alike: their consonants, and what follows these.
    """
    readings = tuple(readings)
    lines: dict[str, list[str]] = {}
    syllables = sorted(set(readings) - {""}, key=_split_syllable)
    for consonants, rest in map(_split_syllable, syllables):
        lines.setdefault(consonants, []).append(rest)
    numbers = {syllable: number for number, syllable in enumerate(("", *syllables))}
    told = [numbers[reading] for reading in readings]
    steps = [(number - before) % len(numbers) for before, number in zip((0, *told), told, strict=False)]
    return "\n".join(" ".join((consonants, *rests)) for consonants, rests in lines.items()).encode(), steps


def _syllables_at(steps: Iterable[int], written: bytes) -> Iterator[str]:
    lines = [line.split(" ") for line in written.decode().split("\n")] if written else []
    syllables = ["", *(consonants + rest for consonants, *rests in lines for rest in rests)]
    number = 0
    for step in steps:
        number = (number + step) % len(syllables)
        yield syllables[number]


def _split_syllable(syllable: str) -> tuple[str, str]:
    found = _CONSONANTS.match(syllable)
    length = found.end() if found else 0
    return syllable[:length], syllable[length:]
