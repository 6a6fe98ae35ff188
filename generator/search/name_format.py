"""How the files of names are written: sections of numbers, of symbols, of lines of text; names.py says which."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

VERSION = "gongkai-names-1"
ONE_BYTE = 224
"""Symbols below it take one byte, others two: 224 + high and low; 8,416 symbols can be told."""

_MOST = 255
_MOST_SYMBOLS = ONE_BYTE + (256 - ONE_BYTE) * 256
_OWN_BLOCK = 300
"""Bytes; sections that are longer begin a block of their own, so that each has the Huffman code that fits it."""
_MOST_SKIPPED, _MOST_TAKEN = 26, 9


class FormatError(ValueError):
    """A file is of another format, or none."""


@dataclass(frozen=True, slots=True)
class Sections:
    """A file: what the first line says beside the format and the lengths, and its sections."""

    note: str
    contents: tuple[bytes, ...]


def write_sections(sections: Sections) -> bytes:
    """Compress sections; the first line tells the format, the note and the length of each section."""
    lengths = " ".join(str(len(content)) for content in sections.contents)
    packer = zlib.compressobj(9)
    written = packer.compress(f"{VERSION} {sections.note} {lengths}\n".encode())
    for content in sections.contents:
        if len(content) > _OWN_BLOCK:
            written += packer.flush(zlib.Z_SYNC_FLUSH)
        written += packer.compress(content)
    return written + packer.flush()


def read_sections(content: bytes) -> Sections:
    """Read the sections of a compressed file."""
    try:
        first, _, rest = zlib.decompress(content).partition(b"\n")
        version, note, *lengths = first.decode().split(" ")
    except (zlib.error, ValueError) as error:
        raise FormatError("not a file of names") from error
    if version != VERSION:
        raise FormatError(f"a file of names of another format: {version[:40]}")
    contents: list[bytes] = []
    at = 0
    for length in map(int, lengths):
        contents.append(rest[at : at + length])
        at += length
    return Sections(note, tuple(contents))


def write_numbers(numbers: Iterable[int]) -> bytes:
    """Write numbers from 0: each is the sum of bytes up to the first that is not 255."""
    return b"".join(b"\xff" * (number // _MOST) + bytes([number % _MOST]) for number in numbers)


def read_numbers(content: bytes) -> list[int]:
    """Read numbers."""
    numbers, sum_ = [], 0
    for byte in content:
        sum_ += byte
        if byte != _MOST:
            numbers.append(sum_)
            sum_ = 0
    return numbers


def write_symbols(symbols: Iterable[int]) -> bytes:
    """Write symbols, the most frequent of which take one byte."""
    return b"".join(map(_symbol_bytes, symbols))


def read_symbols(content: bytes) -> Iterator[int]:
    """Read symbols."""
    bytes_ = iter(content)
    for byte in bytes_:
        yield byte if byte < ONE_BYTE else ONE_BYTE + (byte - ONE_BYTE) * 256 + next(bytes_, 0)


def write_slug(slug: str, syllables: Sequence[str]) -> str:
    """Write a slug by the syllables of the name that it is made of: a digit takes so many, A to Z passes over 1 to 26.

    All else stands for itself: minzu-quyu-zizhifa of 民族区域自治法 is 2-2-3. A slug that has such signs stands after =.
    """
    pieces: list[str] = []
    at = 0
    for piece in slug.split("-"):
        if found := _cover(piece, syllables, at):
            told, at = found
            pieces.append(told)
        else:
            pieces.append(piece)
            if not piece.islower() or any(each.isdigit() for each in piece):
                return f"={slug}"
    written = "-".join(pieces)
    return written if read_slug(written, syllables) == slug else f"={slug}"


def read_slug(written: str, syllables: Sequence[str]) -> str:
    """Read a slug."""
    if written.startswith("="):
        return written[1:]
    slug, at = "", 0
    for sign in written:
        if "1" <= sign <= "9":
            slug += "".join(syllables[at : at + int(sign)])
            at += int(sign)
        elif "A" <= sign <= "Z":
            at += ord(sign) - ord("A") + 1
        else:
            slug += sign
    return slug


def _symbol_bytes(symbol: int) -> bytes:
    if symbol < ONE_BYTE:
        return bytes([symbol])
    if symbol >= _MOST_SYMBOLS:
        raise FormatError(f"too many different characters in names: more than {_MOST_SYMBOLS}")
    high, low = divmod(symbol - ONE_BYTE, 256)
    return bytes([ONE_BYTE + high, low])


def _cover(piece: str, syllables: Sequence[str], at: int) -> tuple[str, int] | None:
    """Make a piece of a slug of syllables from ``at``, passing over some; as it is written, and where it ends."""
    if not piece:
        return "", at
    for start in range(at, min(len(syllables), at + _MOST_SKIPPED + 1)):
        passed = chr(ord("A") + start - at - 1) if start > at else ""
        ends, made = [], ""
        for end in range(start + 1, min(len(syllables), start + _MOST_TAKEN) + 1):
            made += syllables[end - 1]
            if not piece.startswith(made):
                break
            ends.append((end, len(made)))
        for end, length in reversed(ends):
            if rest := _cover(piece[length:], syllables, end):
                return f"{passed}{end - start}{rest[0]}", rest[1]
    return None
