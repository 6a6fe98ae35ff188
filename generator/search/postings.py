"""Postings: which reports have a key, as files. ``docs/search-index.md`` describes their bytes for whoever reads them elsewhere."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from generator.search.keys import Field, Keys, field_of, pair_of

Numbers = npt.NDArray[np.uint32]
"""Numbers of reports, ascending, each once."""
Pair = tuple[int, int]
Lists = dict[Field, bytes]
"""The encoded list of each field that has one."""

STAMP_BYTES = 4
"""A shard begins with the stamp of the numbering that it was made for: the numbers of another one mean other reports."""
_SEVEN = 0x7F
_MORE = 0x80


class DamagedError(ValueError):
    """A file of the index that cannot be read."""


def encode_list(numbers: Numbers, reports: int) -> bytes:
    """Encode the numbers of reports, of ``reports`` in all: as gaps, or as a bitmap where that is shorter.

    A varint tells the length of what follows, doubled, plus one for a bitmap.
    """
    gaps = gap_bytes(numbers.astype(np.int64), np.zeros(1, np.int64))[0] if len(numbers) else b""
    return framed(gaps, numbers, reports)


def framed(gaps: bytes, numbers: Numbers, reports: int) -> bytes:
    """Choose between gaps and a bitmap, and put the length before it."""
    size = (reports + 7) // 8
    if len(gaps) <= size:
        return varint(len(gaps) << 1) + gaps
    marks = np.zeros(size * 8, np.uint8)
    marks[numbers] = 1
    return varint((size << 1) | 1) + np.packbits(marks, bitorder="little").tobytes()


def gap_bytes(numbers: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]) -> list[bytes]:
    """Encode lists that stand one after the other, each from its start, as the distances of their numbers less one.

    A distance is a varint: seven bits a byte, the lowest first, the high bit set in all but the last byte.
    """
    before = np.empty_like(numbers)
    before[1:] = numbers[:-1]
    before[starts] = -1
    gaps = numbers - before - 1
    lengths = 1 + (gaps >= 1 << 7).astype(np.int64) + (gaps >= 1 << 14) + (gaps >= 1 << 21)
    ends = np.cumsum(lengths)
    content = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    first = ends - lengths
    for byte in range(4):
        here = lengths > byte
        value = (gaps[here] >> (7 * byte)) & _SEVEN
        content[first[here] + byte] = value | np.where(lengths[here] > byte + 1, _MORE, 0)
    borders = [*first[starts].tolist(), len(content)]
    plain = content.tobytes()
    return [plain[start:end] for start, end in itertools.pairwise(borders)]


def decode_list(content: bytes, at: int) -> tuple[Numbers, int]:
    """Decode the list that begins at ``at``; return it and where it ends. Raise DamagedError where it is cut short."""
    header, at = read_varint(content, at)
    end = at + (header >> 1)
    if end > len(content):
        raise DamagedError("cut short")
    plain = np.frombuffer(content, np.uint8, header >> 1, at)
    if header & 1:
        return np.flatnonzero(np.unpackbits(plain, bitorder="little")).astype(np.uint32), end
    last = plain < _MORE
    ends = np.flatnonzero(last)
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    shifts = np.arange(len(plain)) - np.repeat(starts, ends - starts + 1) if len(ends) else np.empty(0, np.int64)
    if len(shifts) != len(plain):
        raise DamagedError("a number without its end")
    parts = (plain & _SEVEN).astype(np.int64) << (7 * shifts)
    gaps = np.add.reduceat(parts, starts) if len(starts) else np.empty(0, np.int64)
    return (np.cumsum(gaps + 1) - 1).astype(np.uint32), end


def encode_shard(stamp: bytes, records: Mapping[Pair, Lists]) -> bytes:
    """Encode a shard: the stamp, then for each pair its two characters, the length of its lists, their fields, and the lists."""
    pieces = [stamp]
    for pair in sorted(records):
        lists = records[pair]
        body = bytes([sum(1 << field for field in lists)]) + b"".join(lists[field] for field in sorted(lists))
        pieces += [varint(pair[0]), varint(pair[1]), varint(len(body)), body]
    return zlib.compress(b"".join(pieces), 9)


def decode_shard(content: bytes) -> tuple[bytes, dict[Pair, bytes]]:
    """Return the stamp of a shard, and the body of each pair in it. Raise DamagedError where it cannot be read."""
    try:
        plain = zlib.decompress(content)
    except zlib.error as error:
        raise DamagedError(str(error)) from error
    records: dict[Pair, bytes] = {}
    at = STAMP_BYTES
    while at < len(plain):
        first, at = read_varint(plain, at)
        second, at = read_varint(plain, at)
        size, at = read_varint(plain, at)
        records[first, second] = plain[at : at + size]
        at += size
    if at > len(plain):
        raise DamagedError("cut short")
    return plain[:STAMP_BYTES], records


def split_body(body: bytes) -> Lists:
    """Return the lists of a pair, still encoded."""
    lists: Lists = {}
    at = 1
    for field in Field:
        if body[0] & (1 << field):
            header, start = read_varint(body, at)
            end = start + (header >> 1)
            lists[field] = body[at:end]
            at = end
    return lists


def shard_records(keys: Keys, numbers: Numbers, reports: int) -> Iterator[tuple[Pair, Lists]]:
    """Walk pairs with the lists of their fields, from keys in order and the number of the report that each is of.

    ``numbers`` ascend within equal keys.
    """
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    borders = [*starts.tolist(), len(keys)]
    gaps = gap_bytes(numbers.astype(np.int64), starts.astype(np.int64))
    distinct = keys[starts].tolist()
    pair, lists = (-1, -1), Lists()
    for index, key in enumerate(distinct):
        if pair_of(key) != pair:
            if lists:
                yield pair, lists
            pair, lists = pair_of(key), {}
        lists[field_of(key)] = framed(gaps[index], numbers[borders[index] : borders[index + 1]], reports)
    if lists:
        yield pair, lists


def varint(value: int) -> bytes:
    """Return a number as seven bits a byte, the lowest first, the high bit set in all but the last."""
    content = bytearray()
    while value > _SEVEN:
        content.append((value & _SEVEN) | _MORE)
        value >>= 7
    content.append(value)
    return bytes(content)


def read_varint(content: bytes, at: int) -> tuple[int, int]:
    """Read a varint; return it and where it ends. Raise DamagedError where it is cut short."""
    value = shift = 0
    while at < len(content):
        byte = content[at]
        at += 1
        value |= (byte & _SEVEN) << shift
        if byte < _MORE:
            return value, at
        shift += 7
    raise DamagedError("a number without its end")
