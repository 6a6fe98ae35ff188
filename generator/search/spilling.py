"""Keys of very many reports sorted in bounded memory: spilled to disk by parts, each sorted and encoded by itself."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np

from generator.search.keys import Keys, shard_of, shards_of
from generator.search.numbering import shard_bits
from generator.search.postings import Lists, Pair, encode_shard, shard_records

_A_PART = 250
"""Reports whose keys would fill one part alone: some 0.7 million keys, 8 MB."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the keys: its folder and number, how many parts there are as a power of 2, and for which reports."""

    folder: Path
    number: int
    bits: int
    reports: int
    stamp: bytes


class Spill:
    """Files in ``folder`` that keys are spilled to while the context lasts."""

    def __init__(self, folder: Path, reports: int) -> None:
        self.folder, self.reports = folder, reports
        self.bits = min(shard_bits(reports), (reports // _A_PART).bit_length())
        self._files: list[tuple[BinaryIO, BinaryIO]] = []

    def __enter__(self) -> Self:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._files = [
            ((self.folder / f"{part}.keys").open("wb"), (self.folder / f"{part}.numbers").open("wb"))
            for part in range(1 << self.bits)
        ]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, keys: Keys, number: int) -> None:
        """Add the keys of a report; reports come in the order of their numbers."""
        borders = np.searchsorted(shards_of(keys, self.bits), np.arange((1 << self.bits) + 1))
        for part, (start, end) in enumerate(itertools.pairwise(borders)):
            key_file, number_file = self._files[part]
            key_file.write(keys[start:end].tobytes())
            number_file.write(np.full(end - start, number, np.uint32).tobytes())

    def close(self) -> None:
        """Write what is still in memory."""
        for pair in self._files:
            for file in pair:
                file.close()

    def parts(self, stamp: bytes) -> Iterator[Part]:
        """Walk the parts, for ``shards``."""
        return (Part(self.folder, number, self.bits, self.reports, stamp) for number in range(1 << self.bits))

    @staticmethod
    def shards(part: Part) -> list[tuple[int, bytes]]:
        """Sort a part and return its shards (shard, bytes), empty ones too."""
        keys = np.fromfile(part.folder / f"{part.number}.keys", np.uint64)
        numbers = np.fromfile(part.folder / f"{part.number}.numbers", np.uint32)
        order = np.argsort(keys, kind="stable")
        keys, numbers = keys[order], numbers[order]
        del order
        bits = shard_bits(part.reports)
        a_part = 1 << (bits - part.bits)
        records: dict[int, dict[Pair, Lists]] = {part.number * a_part + shard: {} for shard in range(a_part)}
        for pair, lists in shard_records(keys, numbers, part.reports):
            records[shard_of(*pair, bits)][pair] = lists
        return [(shard, encode_shard(part.stamp, of_shard)) for shard, of_shard in records.items()]
