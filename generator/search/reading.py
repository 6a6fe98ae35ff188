"""An index as it is read: its files by name, decoded once."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from generator.search.facets import decode_facet
from generator.search.folding import decode_folding, fold
from generator.search.keys import Field, shard_of
from generator.search.numbering import FORMAT, text_files
from generator.search.postings import DamagedError, Numbers, decode_list, decode_shard, split_body
from generator.search.texts import SearchText, decode_text, topic_mark

MOST_PAIRS = 11
"""Pairs of a term that are looked up, all of one of twelve characters; the text decides in the end."""
_NONE = np.empty(0, np.uint32)


class IndexFormatError(ValueError):
    """An index of another format than this program reads."""


@dataclass(eq=False)
class Index:
    """An index; ``read`` returns the bytes of a file below ``search/`` and raises OSError where it cannot.

    ``missing`` are the files that could not be read: what was found without them is not all there is.
    """

    read: Callable[[str], bytes]
    missing: set[str] = field(default_factory=set)

    @functools.cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What the index says of itself. Raise OSError where there is none, IndexFormatError where it is of another format."""
        manifest: Mapping[str, Any] = msgspec.json.decode(zlib.decompress(self.read("manifest.bin")))
        if manifest.get("format") != FORMAT:
            raise IndexFormatError(f"{manifest.get('format')}")
        return manifest

    @functools.cached_property
    def folding(self) -> Mapping[int, int]:
        """The table of characters that count as the same."""
        return decode_folding(self.read("folding.bin"))

    @functools.cached_property
    def text_names(self) -> Sequence[str]:
        """The names of the files of texts, by number."""
        return tuple(text_files(self.manifest["years"]))

    @functools.cached_property
    def topics(self) -> Mapping[int, str]:
        """The ids of topics of the second level, by their marks in texts."""
        return {topic_mark(id_): id_ for _, _, children in self.manifest["topics"] for id_, _ in children}

    @property
    def reports(self) -> int:
        """How many reports there are."""
        return len(self.text_names)

    def fold(self, text: str) -> str:
        """Fold a text."""
        return fold(text, self.folding)

    def find(self, term: str) -> Mapping[Field, Numbers]:
        """Return the reports that have all pairs of a term (of at least two characters), by field; the text decides."""
        found: dict[Field, Numbers] = {}
        for number, pair in enumerate(chosen_pairs(term)):
            lists = self._lists(*pair)
            for each in Field:
                here = lists.get(each, _NONE)
                found[each] = np.intersect1d(found[each], here, assume_unique=True) if number else here
        return found

    def named(self, letter: str) -> Numbers:
        """Return the reports of places with a character in their names."""
        return self._lists(ord(letter), 0).get(Field.TITLE, _NONE)

    @functools.lru_cache(maxsize=256)  # noqa: B019 - lives as long as the search; a report may have hits of three kinds
    def text(self, number: int) -> SearchText | None:
        """Return the text of a report; None where its file is missing."""
        name = self.text_names[number]
        try:
            return decode_text(self.read(name), self.topics)
        except (OSError, DamagedError):
            self.missing.add(name)
            return None

    @functools.lru_cache(maxsize=64)  # noqa: B019 - lives as long as the search
    def facet(self, name: str) -> dict[str, tuple[str, Numbers]]:
        """Return what a file of ``places`` or ``topics`` lists: (name, reports) by the last part of the path or the id."""
        try:
            return decode_facet(self.read(f"{name}.bin"))
        except FileNotFoundError:
            return {}
        except (OSError, DamagedError):
            self.missing.add(name)
            return {}

    def aliases(self, term: str) -> Sequence[str]:
        """Return the other names of what a term names, folded."""
        name = alias_file(term, self.manifest["alias_bits"])
        try:
            table: Mapping[str, Sequence[str]] = msgspec.json.decode(zlib.decompress(self.read(name)))
        except (OSError, zlib.error, msgspec.DecodeError):
            self.missing.add(name)
            return ()
        return table.get(term, ())

    @functools.lru_cache(maxsize=256)  # noqa: B019 - lives as long as the search
    def _lists(self, first: int, second: int) -> Mapping[Field, Numbers]:
        body = self._shard(shard_of(first, second, self.manifest["bits"])).get((first, second))
        return {each: decode_list(content, 0)[0] for each, content in split_body(body).items()} if body else {}

    @functools.lru_cache(maxsize=64)  # noqa: B019 - lives as long as the search
    def _shard(self, shard: int) -> Mapping[tuple[int, int], bytes]:
        name = shard_file(shard)
        try:
            stamp, records = decode_shard(self.read(name))
        except (OSError, DamagedError):
            self.missing.add(name)
            return {}
        if stamp.hex() != self.manifest["stamp"]:
            raise IndexFormatError(name)
        return records


def chosen_pairs(term: str) -> list[tuple[int, int]]:
    """Return the pairs of a term that are looked up: all of a short one, evenly spread ones of a long one, each once."""
    codes = [ord(letter) for letter in term]
    last = len(codes) - 2
    places = range(last + 1) if last < MOST_PAIRS else [index * last // (MOST_PAIRS - 1) for index in range(MOST_PAIRS)]
    return list(dict.fromkeys((codes[place], codes[place + 1]) for place in places))


def shard_file(shard: int) -> str:
    """Return the name of the file of a shard."""
    return f"postings/{shard:x}.bin"


def alias_file(term: str, bits: int) -> str:
    """Return the name of the file in which the other names of a term are told."""
    return f"aliases/{shard_of(ord(term[0]), ord(term[-1]), bits):x}.bin"
