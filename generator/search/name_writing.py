"""Names, written into files; names.py describes them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.importing.naming import place_syllables, split_generic
from generator.model import Place
from generator.search.name_alphabet import (
    Alphabet,
    make_alphabet,
    typed_sign,
    typed_syllables,
    write_alphabet,
    write_readings,
)
from generator.search.name_book import FIRST_OTHER, LEVELS, OTHER_KINDS, PREFIXES, Named, usual_slug
from generator.search.name_format import ONE_BYTE, Sections, write_numbers, write_sections, write_slug, write_symbols
from generator.search.pinyin import phrase_syllables

MAIN, ALIASES, READINGS = "names.bin", "names-aliases.bin", "readings.bin"
UNSHARDED = 12_000
"""Places; more are written into a file for each first letter."""
ALONE = ":"
"""The note of a file of names below which no other stands."""

_LEVELS = {"province": "p", "prefecture": "f", "county": "c", "township": "t"}


@dataclass(frozen=True, slots=True)
class OtherName:
    """An entry of the catalogues that occurs in the site, and its address."""

    kind: Literal["topic", "system", "law"]
    name: str
    address: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name, and how deep in the tree it stands."""

    named: Named
    depth: int

    @property
    def end(self) -> str:
        """What the end of the name tells: depth, level and generic part; or the kind."""
        named = self.named
        if named.rank >= FIRST_OTHER:
            return str(named.rank - FIRST_OTHER)
        return f"{self.depth}{LEVELS[named.rank]}{named.name[named.stem :]}"


def shard_name(letter: str) -> str:
    """Return the name of the file of the names that begin with a letter; 0 is for all that no letter begins."""
    return f"names-{letter}.bin"


def first_letter(syllable: str) -> str:
    """Return the letter of the file in which a name is whose first syllable is this one."""
    return syllable[0] if "a" <= syllable[:1] <= "z" else "0"


def write_names(places: Mapping[str, Place], others: Sequence[OtherName], unsharded: int) -> dict[str, bytes]:
    """Write the files of names."""
    entries = _place_entries(places)
    other_entries = [_other_entry(each.kind, each.name, each.address) for each in others]
    aliases = [_other_entry(each.kind, alias, each.address) for each in others for alias in each.aliases]
    alphabet = _make_alphabet([*entries, *other_entries])
    alone = write_sections(Sections(ALONE, _contents(aliases, _make_alphabet(aliases))))
    files = {READINGS: write_readings(), ALIASES: alone}
    if len(entries) <= unsharded:
        return {**files, MAIN: write_sections(Sections(ALONE, _contents([*entries, *other_entries], alphabet)))}
    inner = {entry.named.parent for entry in entries}
    upper = [number for number, entry in enumerate(entries) if number in inner or entry.named.rank < len(LEVELS) - 1]
    numbers = {old: new for new, old in enumerate(upper)} | {-1: -1}
    moved = [replace(each, named=replace(each.named, parent=numbers[each.named.parent])) for each in entries]
    shards: dict[str, list[_Entry]] = defaultdict(list)
    for number, entry in enumerate(moved):
        if number not in numbers:
            for letter in _letters(entry.named, alphabet):
                shards[letter].append(replace(entry, depth=0))
    for names in shards.values():
        names.sort(key=lambda each: each.named.parent)
    main = _contents([*(moved[old] for old in upper), *other_entries], alphabet)
    stamp = hashlib.blake2b(b"".join(main), digest_size=4).hexdigest()
    files[MAIN] = write_sections(Sections(f"{''.join(sorted(shards))}:{stamp}", main))
    for letter in sorted(shards):
        files[shard_name(letter)] = write_sections(Sections(stamp, _contents(shards[letter], alphabet, is_shard=True)))
    return files


def _place_entries(places: Mapping[str, Place]) -> list[_Entry]:
    """Make the entries of places, each after the one above it; a place above that is missing stands in the slug."""
    entries: list[_Entry] = []
    numbers: dict[str, int] = {}
    for path in sorted(places, key=lambda path: path.split("/")):
        above = path.rpartition("/")[0]
        while above and above not in numbers:
            above = above.rpartition("/")[0]
        parent = numbers[above] if above else -1
        name = _plain(places[path].name)
        syllables = typed_syllables(place_syllables(name))
        stem = len(split_generic(name)[0])
        slug = path.removeprefix(above).removeprefix("/")
        told = "" if slug == usual_slug(syllables, stem) else write_slug(slug, syllables)
        rank = LEVELS.index(_LEVELS[places[path].record.level])
        numbers[path] = len(entries)
        depth = entries[parent].depth + 1 if parent >= 0 else 0
        entries.append(_Entry(Named(name, rank, syllables, stem, parent, told), depth))
    return entries


def _other_entry(kind: Literal["topic", "system", "law"], name: str, address: str) -> _Entry:
    rank = OTHER_KINDS.index(kind)
    name = _plain(name)
    syllables = typed_syllables(phrase_syllables(name))
    own = address.removeprefix(PREFIXES[rank]).removesuffix("/")
    is_usual = own and address == f"{PREFIXES[rank]}{own}/" and not own.startswith("/")
    slug = write_slug(own, syllables) if is_usual else f"/{address}"
    return _Entry(Named(name, FIRST_OTHER + rank, syllables, len(name), -1, slug), 0)


def _plain(name: str) -> str:
    """Leave out white space that would break a line."""
    return " ".join(name.split())


def _letters(named: Named, alphabet: Alphabet) -> list[str]:
    """Return the files for a name: of its own reading, and of that which its first character mostly has."""
    first = named.syllables[0] if named.syllables else ""
    return sorted({first_letter(first), first_letter(alphabet.readings.get(named.name[:1], first))})


def _make_alphabet(entries: Sequence[_Entry]) -> Alphabet:
    names = [(named.name, named.stem, named.syllables) for named in (entry.named for entry in entries)]
    return make_alphabet(names, max(0, ONE_BYTE - len({entry.end for entry in entries})))


def _contents(entries: Sequence[_Entry], alphabet: Alphabet, *, is_shard: bool = False) -> tuple[bytes, ...]:
    """Return the sections of a file of names; a shard has its alphabet in the main file."""
    ends = [
        end for end, _ in sorted(Counter(each.end for each in entries).items(), key=lambda each: (-each[1], each[0]))
    ]
    numbers = {character: len(ends) + number for number, character in enumerate(alphabet.characters)}
    numbers_of_ends = {end: number for number, end in enumerate(ends)}
    symbols = [
        (*(numbers[character] for character in each.named.name[: each.named.stem]), numbers_of_ends[each.end])
        for each in entries
    ]
    places = sum(each.named.rank < FIRST_OTHER for each in entries)
    return (
        " ".join(ends).encode(), *((b"",) * 3 if is_shard else write_alphabet(alphabet)),
        write_symbols(symbol for each in symbols[:places] for symbol in each),
        write_symbols(symbol for each in symbols[places:] for symbol in each),
        "\n".join(each.named.slug for each in entries[places:]).encode(),
        _write_notes([each.named for each in entries], alphabet).encode(),
        _write_parents([each.named.parent for each in entries]) if is_shard else b"",
    )  # fmt: skip


def _write_notes(entries: Sequence[Named], alphabet: Alphabet) -> str:
    """Write what differs from the rules: steps to the name, then its slug, or a position in it and its syllable there."""
    lines: list[str] = []
    before = 0
    for number, named in enumerate(entries):
        told = [named.slug] if named.slug and named.rank < FIRST_OTHER else []
        for position, (character, syllable) in enumerate(zip(named.name, named.syllables, strict=True)):
            usual = alphabet.readings.get(character) or typed_sign(character)
            if syllable != usual:
                told.append(f"{position} {syllable}")
        for each in told:
            lines.append(f"{number - before} {each}")
            before = number
    return "\n".join(lines)


def _write_parents(parents: Sequence[int]) -> bytes:
    numbers: list[int] = []
    before = -1
    for parent in parents:
        if parent == before and numbers:
            numbers[-1] += 1
        else:
            numbers += (parent - before, 1)
            before = parent
    return write_numbers(numbers)
