"""Keys: what a report is found by. A key is two neighbouring characters, folded, in one of five fields; kept as one number.

The number is ``shard hash (16 bits) | first character (21) | second character (21) | field (3)``, so that keys in their order
lie shard by shard, whatever the number of shards. A single character of a place's name is a key too, its second is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
"""Sorted, each once."""
Codes = npt.NDArray[np.uint32]
"""Code points."""


class Field(IntEnum):
    """Where in a report a key stands: in its title or its place's name, in a heading, in a passage, there twice, three times."""

    TITLE = 0
    HEADING = 1
    PASSAGE = 2
    TWICE = 3
    THRICE = 4


HASH_BITS = 16
_CODE_BITS = 21
_FIELD_BITS = 3
_PAIR_BITS = 2 * _CODE_BITS
_CODE_MASK = (1 << _CODE_BITS) - 1
_FIRST_FACTOR, _SECOND_FACTOR = 0x9E3779B1, 0x85EBCA6B
"""Odd factors with well mixed bits (the golden ratio; MurmurHash3): the high bits of the sum spread evenly."""
_MOST = 3


def report_keys(title: str, place: str, headings: Sequence[str], passages: Sequence[str], folded: Codes) -> Keys:
    """Return the keys of a report; ``folded`` is the array of ``folding.folding_array``. Linear in the text but for sorting."""
    names = _pairs([title, place], folded)[0]
    letters = np.unique(folded[_codes(place)].astype(np.uint64)) << np.uint64(_CODE_BITS)
    pairs, units = _pairs(passages, folded)
    order = np.lexsort((units, pairs))
    pairs, units = pairs[order], units[order]
    fields = [
        _keys(np.concatenate([names, letters]), Field.TITLE),
        _keys(_pairs(headings, folded)[0], Field.HEADING),
        _keys(pairs, Field.PASSAGE),
    ]
    for times in range(2, _MOST + 1):
        again = times - 1
        repeated = (pairs[again:] == pairs[: len(pairs) - again]) & (units[again:] == units[: len(units) - again])
        fields.append(_keys(pairs[again:][repeated], Field(Field.PASSAGE + again)))
    return np.unique(np.concatenate(fields))


def shard_of(first: int, second: int, bits: int) -> int:
    """Return the shard of two characters, of ``2 ** bits`` shards (at most 16 bits)."""
    mixed = (first * _FIRST_FACTOR + second * _SECOND_FACTOR) & 0xFFFFFFFF
    return mixed >> (32 - bits) if bits else 0


def shards_of(keys: Keys, bits: int) -> npt.NDArray[np.int64]:
    """Return the shard of each key."""
    return (keys >> np.uint64(_PAIR_BITS + _FIELD_BITS + HASH_BITS - bits)).astype(np.int64)


def field_of(key: int) -> Field:
    """Return the field of a key."""
    return Field(key & ((1 << _FIELD_BITS) - 1))


def pair_of(key: int) -> tuple[int, int]:
    """Return the two characters of a key."""
    return (key >> (_CODE_BITS + _FIELD_BITS)) & _CODE_MASK, (key >> _FIELD_BITS) & _CODE_MASK


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _pairs(texts: Sequence[str], folded: Codes) -> tuple[Keys, npt.NDArray[np.int64]]:
    """Return the neighbouring characters of texts, not across them, and the number of the text that each stands in."""
    codes = folded[_codes("\0".join(texts))].astype(np.uint64)
    if len(codes) < 2:  # noqa: PLR2004 - a pair
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    within = (codes[:-1] != 0) & (codes[1:] != 0)
    pairs = (codes[:-1] << np.uint64(_CODE_BITS)) | codes[1:]
    units = np.cumsum(codes[:-1] == 0)
    return pairs[within], units[within]


def _keys(pairs: Keys, field: Field) -> Keys:
    first, second = pairs >> np.uint64(_CODE_BITS), pairs & np.uint64(_CODE_MASK)
    mixed = (first * np.uint64(_FIRST_FACTOR) + second * np.uint64(_SECOND_FACTOR)) & np.uint64(0xFFFFFFFF)
    hashed = mixed >> np.uint64(32 - HASH_BITS)
    return (hashed << np.uint64(_PAIR_BITS + _FIELD_BITS)) | (pairs << np.uint64(_FIELD_BITS)) | np.uint64(field)
