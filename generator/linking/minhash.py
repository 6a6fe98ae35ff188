"""MinHash signatures of many texts at once, and their bands: texts that are much alike share a band, most others none.

The signature of a text is, for each of some hash functions, the least hash of its 3-grams; the share of equal rows in two
signatures estimates the Jaccard similarity of the sets of 3-grams (Broder, On the resemblance and containment of
documents, 1997). Cut into ``BANDS`` bands of ``ROWS`` rows, two texts of similarity s share a band with probability
1 - (1 - s^ROWS)^BANDS (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3): 0.99 at 0.75, which is one word
of two characters changed in a sentence of 30; 0.7 at 0.55; 0.001 at 0.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

BANDS, ROWS = 12, 4

_GRAM = 3
_SLICE = 500
"""So many texts at a time: their 3-grams and hashes stay in the processor's cache."""

Hashes = NDArray[np.uint64]


def _constants(name: str, count: int) -> Hashes:
    """Return odd multipliers that are the same on every machine and with every version of numpy."""
    digests = (hashlib.blake2b(f"{name} {number}".encode(), digest_size=8).digest() for number in range(count))
    return np.array([int.from_bytes(digest, "big") | 1 for digest in digests], dtype=np.uint64)


_PLACES = _constants("place in a 3-gram", _GRAM)
_FUNCTIONS = _constants("hash function", BANDS * ROWS)
_BAND_SEEDS = _constants("band", BANDS)
_MIXER = _constants("mixer", 1)
_HALF = np.uint64(32)


def signatures(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Return the MinHash signatures of texts over their 3-grams: an array of (texts, BANDS × ROWS).

    Linear in the characters; memory beyond the result is that of a few hundred texts. Raise ValueError for a text of
    fewer than 3 characters.
    """
    found = np.empty((len(texts), BANDS * ROWS), dtype=np.uint32)
    for start in range(0, len(texts), _SLICE):
        part = texts[start : start + _SLICE]
        grams, first = _grams(part)
        for row, multiplier in enumerate(_FUNCTIONS):  # multiply-shift: the upper half of the product
            hashes = (grams * multiplier) >> _HALF
            found[start : start + len(part), row] = np.minimum.reduceat(hashes, first)
    return found


def bands(found: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the keys of the bands of signatures: an array of (texts, BANDS) of 8-byte numbers."""
    keys = np.repeat(_BAND_SEEDS[np.newaxis, :], len(found), axis=0)
    rows = found.reshape(len(found), BANDS, ROWS).astype(np.uint64)
    for row in range(ROWS):
        keys = _mixed(keys ^ rows[:, :, row])
    return keys.view(np.int64)


def pairs_in_buckets(keys: NDArray[np.int64], members: NDArray[np.int64], largest: int) -> NDArray[np.int64]:
    """Return the pairs of members that stand under the same key, each once, the lesser first: an array of (pairs, 2).

    ``keys`` are sorted; a bucket of more than ``largest`` members gives no pairs.
    """
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    pairs = [np.empty((0, 2), dtype=np.int64), *_pairs_by_size(members, starts, sizes, largest)]
    return np.unique(np.sort(np.concatenate(pairs), axis=1), axis=0)


def _pairs_by_size(
    members: NDArray[np.int64], starts: NDArray[np.int64], sizes: NDArray[np.int64], largest: int
) -> Iterator[NDArray[np.int64]]:
    """Yield the pairs of all buckets of one size, size by size: so many arrays as there are sizes, not buckets."""
    for size in range(2, largest + 1):
        if len(alike := starts[sizes == size]):
            bucket = members[alike[:, np.newaxis] + np.arange(size)]
            first, second = np.triu_indices(size, 1)
            yield np.stack([bucket[:, first].ravel(), bucket[:, second].ravel()], axis=1)


def _grams(texts: Sequence[str]) -> tuple[Hashes, NDArray[np.intp]]:
    """Return the hashed 3-grams of texts, one text after the other, and where each text's begin."""
    lengths = np.array([len(text) for text in texts])
    if lengths.min() < _GRAM:
        raise ValueError("a text has fewer than 3 characters")
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    count = len(codes) - _GRAM + 1
    grams = sum(
        (codes[place : count + place] * _PLACES[place] for place in range(1, _GRAM)), codes[:count] * _PLACES[0]
    )
    inside = np.ones(len(codes), dtype=bool)
    ends = np.cumsum(lengths)
    for place in range(1, _GRAM):  # a 3-gram does not run from one text into the next
        inside[ends - place] = False
    return _mixed(grams[inside[:count]]), np.r_[0, np.cumsum(lengths - _GRAM + 1)[:-1]]


def _mixed(values: Hashes) -> Hashes:
    """Spread every bit of the values over all bits."""
    for _ in range(2):
        values = (values ^ (values >> _HALF)) * _MIXER
    return values ^ (values >> _HALF)
