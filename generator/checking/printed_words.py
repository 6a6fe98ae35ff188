"""The texts of a report's files in which private words are looked for, each with the way back to its lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from generator.checking.sources import source_document
from generator.content.load import Filing
from generator.content.yaml_reading import Keys, YamlDocument
from generator.importing.document import ImportRefusedError

Part = Literal["text", "record", "source"]

_REPEATING = ("figures", "commitments", "repairs", "roles", "topics")
"""Keys of a record under which words of the text are told again."""
_EDITORS_OWN = frozenset({"note", "why"})
"""Keys whose words are the editor's own."""
_COMMENT = re.compile(r"(?:^|[ \t])#.*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A file's text, or the values of a YAML file; ``path`` is in the project.

    ``repeats`` are the spans that only tell the report's text again; ``document`` is there where ``text`` is made of its
    values, which then begin at ``starts`` and stand under ``keys``.
    """

    path: str
    part: Part
    text: str
    repeats: tuple[tuple[int, int], ...] = ()
    document: YamlDocument | None = None
    starts: tuple[int, ...] = ()
    keys: tuple[Keys | int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the line and the column, from 1, of the words at ``start`` to ``end``."""
        if self.document is None:
            return _line_and_column(self.text, start)
        index = bisect_right(self.starts, start) - 1
        keys = self.keys[index]
        if isinstance(keys, int):  # a comment, by its place in the file
            return _line_and_column(self.document.text, keys + start - self.starts[index])
        first, last = self.document.spans.get(keys, (0, 0))
        before = self.text.count(self.text[start:end], self.starts[index], start)
        at = first - 1
        for _ in range(before + 1):
            at = self.document.text.find(self.text[start:end], at + 1, last)
            if at < 0:  # written with escapes, or over several lines
                return _line_and_column(self.document.text, first) if last else (self.document.line_of(keys), 1)
        return _line_and_column(self.document.text, at)

    def is_repeat(self, start: int) -> bool:
        """Tell whether the words at ``start`` only tell the report's text again."""
        index = bisect_right(self.repeats, (start, len(self.text) + 1)) - 1
        return index >= 0 and self.repeats[index][0] <= start < self.repeats[index][1]


def printed_texts(filing: Filing) -> Iterator[PrintedText]:
    """Walk the texts of a report: ``YEAR.md``, the values of ``YEAR.yml``, its sources."""
    yield PrintedText(filing.text_path, "text", filing.text)
    yield record_text(filing.record_path, filing.document)
    yield from source_texts(filing)


def source_texts(filing: Filing) -> Iterator[PrintedText]:
    """Walk the texts of the files that the report was imported from, registered or not; of all formats that are read here.

    They lie in a public repository and are published beside the report. One that cannot be read is told by other rules.
    """
    for name, content in filing.sources.items():
        try:
            texts = source_document(content, name).texts
        except ImportRefusedError:
            continue
        yield PrintedText(f"content/places/{filing.place}/{name}", "source", "\n".join(texts))


def record_text(path: str, document: YamlDocument) -> PrintedText:
    """Return the values and comments of a YAML file, a line for each, but for the quotes of exceptions."""
    pieces: list[str] = []
    starts: list[int] = []
    keys: list[Keys | int] = []
    repeats: list[tuple[int, int]] = []
    at = 0
    found: list[tuple[Keys | int, str]] = [*_values(document.value, ()), *_comments(document)]
    for where, words in found:
        pieces.append(words)
        starts.append(at)
        keys.append(where)
        if not isinstance(where, int) and where and where[0] in _REPEATING and where[-1] not in _EDITORS_OWN:
            repeats.append((at, at + len(words)))
        at += len(words) + 1
    return PrintedText(path, "record", "\n".join(pieces), tuple(repeats), document, tuple(starts), tuple(keys))


def _values(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Walk the plain values, in the order of the file: depth is bounded by the reader."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _values(below, (*keys, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _values(below, (*keys, index))
    elif isinstance(value, str | int) and not isinstance(value, bool) and not _is_shown_elsewhere(keys):
        yield keys, str(value)


def _is_shown_elsewhere(keys: Keys) -> bool:
    return keys[:1] == ("exceptions",) and keys[-1] == "quote"


def _comments(document: YamlDocument) -> Iterator[tuple[int, str]]:
    """Walk the comments: what follows ``#`` outside the values."""
    if "#" not in document.text:
        return
    spans = sorted(document.spans.values())
    for match in _COMMENT.finditer(document.text):
        index = bisect_right(spans, (match.start(), len(document.text))) - 1
        if index < 0 or spans[index][1] <= match.start():
            yield match.start(), match.group()


def _line_and_column(text: str, place: int) -> tuple[int, int]:
    begin = text.rfind("\n", 0, place) + 1
    return text.count("\n", 0, place) + 1, place - begin + 1
