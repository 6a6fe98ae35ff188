"""Folding: what counts as the same character in a search. One table, made here, published with the index, read by both engines.

Traditional characters become simplified ones (OpenCC's table of single characters), full width becomes half width, capitals
become small letters. Every character becomes exactly one character, so that a place in a folded text is the same place in
the text of record.
"""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Folding = Mapping[int, int]
"""Code point -> the code point that stands for it; one that is not there stands for itself."""

_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFAFF))
_LETTERS = ((0x41, 0x5B), (0xC0, 0x250), (0x370, 0x530), (0x2160, 0x2170))
_FULL_WIDTH = (0xFF01, 0xFF5F)
_WIDTH_SHIFT = 0xFEE0
_OTHER_SPACES = (0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000)
_CODES = 0x110000


@functools.cache
def make_folding() -> dict[int, int]:
    """Make the table. All code points lie in the basic plane, and what a character becomes stays as it is."""
    table = {**_simplified(), **dict.fromkeys(_OTHER_SPACES, 0x20)}
    for start, end in _LETTERS:
        for code in range(start, end):
            small = chr(code).lower()
            if len(small) == 1 and ord(small) != code:
                table[code] = ord(small)
    for code in range(*_FULL_WIDTH):
        half = code - _WIDTH_SHIFT
        table[code] = table.get(half, half)
    return {code: _last(table, code) for code in sorted(table)}


def fold(text: str, folding: Folding) -> str:
    """Fold a text; its length does not change."""
    return text.translate(folding)


def folding_array(folding: Folding) -> npt.NDArray[np.uint32]:
    """Return the table as an array over all code points, for texts that are arrays."""
    array = np.arange(_CODES, dtype=np.uint32)
    array[list(folding)] = list(folding.values())
    return array


def encode_folding(folding: Folding) -> bytes:
    """Return the table as a file: the distances between the code points, then the high and the low bytes of what they become.

    A distance is a byte, or 0 and two bytes (big-endian); the number of entries stands before all (four bytes).
    """
    distances, before = bytearray(), 0
    for code in folding:
        distance = code - before
        distances += bytes([distance]) if distance < 256 else b"\0" + struct.pack(">H", distance)  # noqa: PLR2004 - a byte
        before = code
    highs = bytes(code >> 8 for code in folding.values())
    lows = bytes(code & 255 for code in folding.values())
    return zlib.compress(struct.pack(">I", len(folding)) + bytes(distances) + highs + lows, 9)


def decode_folding(content: bytes) -> dict[int, int]:
    """Read the table from its file."""
    plain = zlib.decompress(content)
    (count,) = struct.unpack_from(">I", plain)
    codes: list[int] = []
    at, code = 4, 0
    for _ in range(count):
        distance, at = plain[at], at + 1
        if not distance:
            distance, at = (plain[at] << 8) | plain[at + 1], at + 2
        code += distance
        codes.append(code)
    highs, lows = plain[at : at + count], plain[at + count : at + 2 * count]
    return {code: (high << 8) | low for code, high, low in zip(codes, highs, lows, strict=True)}


def _simplified() -> dict[int, int]:
    """Return the traditional characters with the simplified ones that OpenCC has for them, one for one."""
    import opencc  # noqa: PLC0415 - only whoever makes an index needs it

    han = [chr(code) for start, end in _HAN for code in range(start, end)]
    simple = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    pairs = zip(han, simple, strict=True)
    return {ord(old): ord(new) for old, new in pairs if new != old and len(new) == 1 and ord(new) < 1 << 16}


def _last(table: Mapping[int, int], code: int) -> int:
    seen = {code}
    while (following := table.get(code)) is not None and following not in seen:
        seen.add(following)
        code = following
    return code
