"""Numbers of reports: the newest year first, within a year by a hash of the place, so that no place comes first for its name.

The hash spreads the reports of a year over small buckets. A number tells the year, the bucket and the position in the bucket,
with nothing but the sizes of the buckets; so the address of a report's text follows from its number, and a new report moves
the texts of its own bucket only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.search.postings import STAMP_BYTES

FORMAT = 1
"""Of all files of the index. A browser that knows another one loads the page anew."""
_A_BUCKET = 8
_A_SHARD = 5
_LEAST_BITS, _MOST_BITS = 6, 16


@dataclass(frozen=True, slots=True)
class Numbering:
    """The ids of reports by number, and the sizes of the buckets of each year, newest first. ``stamp`` tells it from others."""

    ids: tuple[str, ...]
    years: tuple[tuple[int, tuple[int, ...]], ...]
    stamp: bytes

    @property
    def shard_bits(self) -> int:
        """How many shards the postings have: 2 to this power, so that a shard stays small as reports become many."""
        return shard_bits(len(self.ids))


def number_reports(ids: Iterable[str]) -> Numbering:
    """Number reports. Depends on which there are and on nothing else."""
    by_year: dict[int, list[str]] = {}
    for id_ in ids:
        by_year.setdefault(int(id_[-4:]), []).append(id_)
    ordered: list[str] = []
    years: list[tuple[int, tuple[int, ...]]] = []
    for year in sorted(by_year, reverse=True):
        bits = max(0, (len(by_year[year]) // _A_BUCKET).bit_length())
        placed = sorted((_bucket(id_, bits), id_) for id_ in by_year[year])
        sizes = [0] * (1 << bits)
        for bucket, _ in placed:
            sizes[bucket] += 1
        ordered += [id_ for _, id_ in placed]
        years.append((year, tuple(sizes)))
    stamp = hashlib.blake2b("\n".join(ordered).encode(), digest_size=STAMP_BYTES).digest()
    return Numbering(tuple(ordered), tuple(years), stamp)


def shard_bits(reports: int) -> int:
    """Return the shards that the postings of so many reports have, as a power of 2."""
    return min(_MOST_BITS, max(_LEAST_BITS, (reports // _A_SHARD).bit_length()))


def text_files(years: Sequence[tuple[int, Sequence[int]]]) -> Iterable[str]:
    """Walk the names of the files of texts, by number."""
    for year, sizes in years:
        for bucket, size in enumerate(sizes):
            for position in range(size):
                yield f"texts/{year}/{bucket:x}-{position}.bin"


def _bucket(id_: str, bits: int) -> int:
    place = id_.rpartition("/")[0]
    hashed = int.from_bytes(hashlib.blake2b(place.encode(), digest_size=4).digest())
    return hashed >> (32 - bits) if bits else 0
