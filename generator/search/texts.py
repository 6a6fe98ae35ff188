"""Texts: one small file a report, from which hits are verified and their snippets cut."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from generator.model import Report
from generator.search.postings import DamagedError

_SEPARATOR = "\0"


@dataclass(frozen=True, slots=True)
class SearchPassage:
    """A passage: its anchor, its text, its topics."""

    id: str
    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchSection:
    """A section: its anchor, its level, its heading with its number as printed."""

    id: str
    level: int
    heading: str
    passages: tuple[SearchPassage, ...]


@dataclass(frozen=True, slots=True)
class SearchText:
    """What can be found of a report; ``above`` are the names of the places above its own, as one."""

    id: str
    above: str
    place: str
    title: str
    sections: tuple[SearchSection, ...]


def search_text(report: Report, title: str, place: str, above: str, topics: Mapping[str, Sequence[str]]) -> SearchText:
    """Return what can be found of a report; ``topics`` are the topics of each passage by its anchor."""
    sections = tuple(
        SearchSection(
            section.id,
            section.level,
            _plain(section.number + section.heading),
            tuple(
                SearchPassage(passage.id, _plain(passage.text), tuple(topics.get(passage.id, ())))
                for passage in section.passages
            ),
        )
        for section in report.sections
    )
    return SearchText(report.id, above, place, _plain(title), sections)


def encode_text(text: SearchText) -> bytes:
    """Encode a text: a head in JSON that tells anchors and topics, then headings and passages in document order.

    The head is UTF-8, its length stands before it (four bytes, big-endian). The words are UTF-16 (little-endian), which is
    smaller than UTF-8 for Chinese once compressed; a null stands between them.
    """
    names = list(
        dict.fromkeys(topic for section in text.sections for each in section.passages for topic in each.topics)
    )
    place_of = {name: index for index, name in enumerate(names)}
    sections = [
        [
            section.id,
            section.level,
            [[each.id.removeprefix("p-"), *(place_of[topic] for topic in each.topics)] for each in section.passages],
        ]
        for section in text.sections
    ]
    head = msgspec.json.encode([text.id, text.above, text.place, text.title, names, sections])
    body = _SEPARATOR.join(words for section in text.sections for words in _words(section)).encode("utf-16-le")
    return zlib.compress(struct.pack(">I", len(head)) + head + body, 9)


def decode_text(content: bytes) -> SearchText:
    """Decode a text. Raise DamagedError where it cannot be read."""
    try:
        plain = zlib.decompress(content)
        (size,) = struct.unpack_from(">I", plain)
        id_, above, place, title, names, sections = msgspec.json.decode(plain[4 : 4 + size])
        words = iter(plain[4 + size :].decode("utf-16-le").split(_SEPARATOR))
        read = tuple(
            SearchSection(
                anchor,
                level,
                next(words),
                tuple(
                    SearchPassage(f"p-{each[0]}", next(words), tuple(names[n] for n in each[1:])) for each in passages
                ),
            )
            for anchor, level, passages in sections
        )
    except (zlib.error, struct.error, msgspec.DecodeError, ValueError, IndexError, RuntimeError) as error:
        raise DamagedError(str(error)) from error
    return SearchText(id_, above, place, title, read)


def _words(section: SearchSection) -> Iterator[str]:
    yield section.heading
    for passage in section.passages:
        yield passage.text


def _plain(text: str) -> str:
    return text.replace(_SEPARATOR, " ")
