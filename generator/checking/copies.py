"""How much of a report's text stands in another: the sentences that are equal but for their numbers and years.

Everything is bounded: a sentence is a key of 8 bytes, the keys of all reports lie in one sorted array (some 13 bytes for
each sentence: 100,000 reports of 80 sentences take 100 MB), a sentence that stands in many reports is counted for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from generator.linking.reuse import fold, is_set_phrase, key_of, split_sentences, wording

Keys = npt.NDArray[np.int64]

COMMON = 50
"""A sentence that stands in more reports than so many is a set phrase of its kind and shows no copying."""
FEWEST = 8
"""A text with fewer sentences of its own shows too little."""
LEAST_SHARE = 0.8
_YEARS = re.compile("[本今上去明来下]一?年度?|二[〇○零][一二三四五六七八九〇○零]{2}年度?")


class TextKeys(NamedTuple):
    """The keys of the sentences of one report, each once, sorted; ``id`` is the report's."""

    id: str
    keys: Keys

    @property
    def place(self) -> str:
        """The place that the report is of."""
        return self.id.rpartition("/")[0]

    @property
    def year(self) -> int:
        """The year of the report."""
        return int(self.id.rpartition("/")[2])


class Copy(NamedTuple):
    """A report that shares much with the one at hand: its id, and the share of the latter's sentences, 0 to 1."""

    id: str
    share: float


def text_keys(report_id: str, text: str) -> TextKeys:
    """Return the keys of the sentences of a text of record (``YEAR.md``): headings and set phrases left out. Linear."""
    found: set[int] = set()
    for line in text.split("\n"):
        if not line or line.startswith(("#", "|", "![")):
            continue
        for sentence in split_sentences(line):
            words = wording(_YEARS.sub("0年", fold(sentence.text)))
            if not is_set_phrase(words):
                found.add(key_of(words))
    return TextKeys(report_id, np.array(sorted(found), dtype=np.int64))


@dataclass(frozen=True, slots=True)
class FiledTexts:
    """The sentences of many reports, findable by their keys: ``keys`` sorted, ``owners`` the places in ``ids``."""

    ids: Sequence[str]
    keys: Keys
    owners: npt.NDArray[np.int32]

    @classmethod
    def of(cls, texts: Iterable[TextKeys], wanted: Keys | None = None) -> FiledTexts:
        """Gather texts; only the sentences of ``wanted`` (sorted keys) where given, so that few reports need little."""
        ids: list[str] = []
        keys: list[Keys] = []
        owners: list[npt.NDArray[np.int32]] = []
        for text in texts:
            kept = text.keys if wanted is None else _common(text.keys, wanted)
            keys.append(kept)
            owners.append(np.full(len(kept), len(ids), dtype=np.int32))
            ids.append(text.id)
        if not ids:
            return cls((), np.empty(0, np.int64), np.empty(0, np.int32))
        joined, owned = np.concatenate(keys), np.concatenate(owners)
        order = np.argsort(joined, kind="stable")
        return cls(ids, joined[order], owned[order])

    def copies(self, text: TextKeys) -> tuple[Copy, ...]:
        """Return the reports of the same year or before that hold most of a text: that of its place, that of another.

        At most one of each, the place's own last report first. A text of few sentences has none.
        """
        starts = np.searchsorted(self.keys, text.keys, "left")
        ends = np.searchsorted(self.keys, text.keys, "right")
        own = ends - starts <= COMMON
        counted = int(own.sum())
        if counted < FEWEST:
            return ()
        lengths = (ends - starts)[own]
        shift = np.repeat(ends[own] - np.cumsum(lengths), lengths)  # from a place in the joined spans to one in owners
        owners, shared = np.unique(self.owners[shift + np.arange(len(shift))], return_counts=True)
        enough = shared >= LEAST_SHARE * counted
        candidates = [
            Copy(self.ids[owner], min(1.0, int(count) / counted))
            for owner, count in zip(owners[enough].tolist(), shared[enough].tolist(), strict=True)
        ]
        return _chosen(text, candidates)


def _common(keys: Keys, wanted: Keys) -> Keys:
    """Return the few keys that are among the many wanted ones, which are sorted: the many are not walked."""
    if not len(wanted):
        return wanted
    places = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
    kept: Keys = keys[wanted[places] == keys]
    return kept


def _chosen(text: TextKeys, candidates: Iterable[Copy]) -> tuple[Copy, ...]:
    """Choose of the reports that hold most of a text: the last earlier one of its place, the most alike of another."""
    earlier: list[tuple[int, Copy]] = []
    others: list[tuple[float, int, Copy]] = []
    for copy in candidates:
        place, _, year = copy.id.rpartition("/")
        if place == text.place and int(year) < text.year:
            earlier.append((int(year), copy))
        elif place != text.place and int(year) <= text.year:
            others.append((copy.share, int(year), copy))
    last = max(earlier)[1] if earlier else None
    other = max(others, key=lambda each: (each[0], each[1], each[2].id))[2] if others else None
    return tuple(each for each in (last, other) if each)
