"""Other names: what else a term may be called, from the catalogues, so that 人民调解委员会 finds 调委会 too."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import msgspec

from generator.search.folding import Folding, fold
from generator.search.reading import alias_file

MOST = 6
_SHORTEST_KEY, _SHORTEST = 3, 2
_A_FILE = 40


def alias_bits(groups: Sequence[Sequence[str]]) -> int:
    """Return how many files the other names are in, as a power of 2."""
    return (sum(len(names) for names in groups) // _A_FILE).bit_length()


def alias_files(groups: Sequence[Sequence[str]], folding: Folding) -> Iterator[tuple[str, bytes]]:
    """Walk the files of other names: {name: [other names]}, folded, compressed JSON; a file may be empty but is there.

    ``groups`` are the names of one thing each.
    """
    bits = alias_bits(groups)
    tables: dict[str, dict[str, list[str]]] = {f"aliases/{number:x}.bin": {} for number in range(1 << bits)}
    for names in groups:
        folded = list(dict.fromkeys(fold(name, folding) for name in names))
        for name in folded:
            others = _others(name, folded)
            if len(name) >= _SHORTEST_KEY and others:
                known = tables[alias_file(name, bits)].setdefault(name, [])
                known += [each for each in others if each not in known]
    for file, table in tables.items():
        yield file, zlib.compress(msgspec.json.encode({name: table[name][:MOST] for name in sorted(table)}), 9)


def _others(name: str, names: Sequence[str]) -> list[str]:
    """Return the names that find more than ``name`` does; of two that find the same, the shorter."""
    more = [each for each in names if name not in each and len(each) >= _SHORTEST]
    return [each for each in more if not any(other in each for other in more if other != each)]
