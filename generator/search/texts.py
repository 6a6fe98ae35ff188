"""Texts: one small file a report, from which hits are verified and their snippets cut."""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from generator.model import Report
from generator.search.postings import DamagedError

_SEPARATOR = "\0"
_ANCHOR = 4
_ENCODINGS = ("gb18030", "utf-16-le")
_DISPUTED = re.compile("[\u1e3f\u9fb4-\u9fbb\ue000-\uf8ff\ufe10-\ufe19]")
"""Its editions of 2000 (which Python has), 2005 and 2022 (which browsers have) write these differently."""


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
    """Encode a text: a head in JSON that tells sections and topics, the anchors, then headings and passages in their order.

    A byte tells how the words are written: 0 GB 18030, which is a seventh smaller than UTF-8 for Chinese once compressed, or 1
    UTF-16 (little-endian) for characters on which its editions differ. Then the length of the head (four bytes, big-endian),
    the head, four bytes for each anchor, and the words with nulls between them.
    """
    passages = [passage for section in text.sections for passage in section.passages]
    topics = {topic: n for n, topic in enumerate(dict.fromkeys(topic for each in passages for topic in each.topics))}
    sections = [
        [section.id, section.level, [[topics[topic] for topic in each.topics] for each in section.passages]]
        for section in text.sections
    ]
    marks = [topic_mark(topic) for topic in topics]
    head = msgspec.json.encode([text.id, text.above, text.place, text.title, marks, sections])
    anchors = b"".join(bytes.fromhex(each.id.split("-")[1]) for each in passages)
    words = _SEPARATOR.join(words for section in text.sections for words in _words(section))
    encoding = 1 if _DISPUTED.search(words) else 0
    front = bytes([encoding]) + struct.pack(">I", len(head)) + head + anchors
    return zlib.compress(front + words.encode(_ENCODINGS[encoding]), 9)


def decode_text(content: bytes, topics: Mapping[int, str]) -> SearchText:
    """Decode a text; ``topics`` are the ids by their marks, others are left out. Raise DamagedError where it cannot be read."""
    try:
        plain = zlib.decompress(content)
        (size,) = struct.unpack_from(">I", plain, 1)
        id_, above, place, title, marks, sections = msgspec.json.decode(plain[5 : 5 + size])
        start = 5 + size + _ANCHOR * sum(len(passages) for *_, passages in sections)
        anchors = _anchors(plain[5 + size : start])
        words = iter(plain[start:].decode(_ENCODINGS[plain[0]]).split(_SEPARATOR))
        read = tuple(
            SearchSection(
                section,
                level,
                next(words),
                tuple(
                    SearchPassage(
                        next(anchors),
                        next(words),
                        tuple(topics[marks[n]] for n in own if marks[n] in topics),
                    )
                    for own in passages
                ),
            )
            for section, level, passages in sections
        )
    except (zlib.error, struct.error, msgspec.DecodeError, ValueError, IndexError, RuntimeError) as error:
        raise DamagedError(str(error)) from error
    return SearchText(id_, above, place, title, read)


def _anchors(content: bytes) -> Iterator[str]:
    """Walk the anchors of passages; those of the same words are numbered from the second on, as in the page."""
    times: Counter[bytes] = Counter()
    for start in range(0, len(content), _ANCHOR):
        own = content[start : start + _ANCHOR]
        times[own] += 1
        yield f"p-{own.hex()}" + (f"-{times[own]}" if times[own] > 1 else "")


def topic_mark(topic: str) -> int:
    """Return a number of 32 bits for the id of a topic (FNV-1a): an id is 20 letters, and a report has 30 topics."""
    mark = 0x811C9DC5
    for byte in topic.encode():
        mark = ((mark ^ byte) * 0x01000193) & 0xFFFFFFFF
    return mark


def _words(section: SearchSection) -> Iterator[str]:
    yield section.heading
    for passage in section.passages:
        yield passage.text


def _plain(text: str) -> str:
    return text.replace(_SEPARATOR, " ")
