"""The index kept up to date through the cache: only the texts that have changed, and the shards that they touch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from generator.model import Report
from generator.publishing.cache import Cache
from generator.publishing.links import links_of
from generator.publishing.progress import Step
from generator.publishing.reading import report_value
from generator.publishing.search_store import (
    KeptText,
    forget_shards,
    forget_texts,
    keep_made_for,
    keep_shards,
    keep_texts,
    made_for,
    shard_value,
    text_keys,
    text_value,
)
from generator.publishing.workers import in_batches, map_bounded
from generator.search.folding import encode_folding, folding_array, make_folding
from generator.search.keys import Keys, pair_of, report_keys, shard_of
from generator.search.numbering import Numbering
from generator.search.patching import Change, patch_shard
from generator.search.spilling import Spill
from generator.search.texts import SearchText, decode_text, encode_text, search_text

PATCHED = 0.05
"""Of more changed texts than this part of all, every shard is touched: it costs less to make them anew."""


@dataclass(frozen=True, slots=True)
class ToIndex:
    """A report to be found: its title and its places' names as shown, a digest of all that it is made from.

    ``kept``: only the last good version is left.
    """

    id: str
    title: str
    place: str
    above: str
    key: bytes
    kept: bool


Executors = Callable[[int, Callable[..., None], tuple[object, ...]], AbstractContextManager[Executor | None]]
"""Gives an executor for so many pieces of work whose processes begin with a function and its arguments."""


class _Indexing:
    """A worker's tools for indexing, made once for each process."""

    cache: Cache
    last_good: Callable[[str], Report]
    folded: npt.NDArray[np.uint32]


def start_indexing(cache: Path, last_good: Callable[[str], Report]) -> None:
    """Prepare this process for indexing; ``last_good`` returns the published version of a report that fails today."""
    _Indexing.cache = Cache(cache)
    _Indexing.last_good = last_good
    _Indexing.folded = folding_array(make_folding())


def update_index(  # noqa: PLR0913, PLR0917 - where, of what, with what, how told
    cache: Cache,
    numbering: Numbering,
    wanted: Iterable[ToIndex],
    code: bytes,
    tools: tuple[Path, Callable[[str], Report]],
    executors: Executors,
    step: Step,
) -> None:
    """Bring the texts and shards up to date. ``wanted`` walks the reports of the numbering in any order."""
    kept = text_keys(cache.db)
    stale = {each.id: each for each in wanted if kept.get(each.id) != each.key}
    gone = kept.keys() - set(numbering.ids)
    target = hashlib.blake2b(numbering.stamp + code + encode_folding(make_folding()), digest_size=16).digest()
    whole = made_for(cache.db) == target
    if whole and not stale:  # whose reports have gone has another numbering
        return
    if whole and len(stale) <= PATCHED * len(numbering.ids) + 1:
        start_indexing(*tools)
        _patch(cache, numbering, list(stale.values()), step)
        return
    with cache.transaction():
        forget_shards(cache.db)
        forget_texts(cache.db, sorted(gone))
    _make(cache, numbering, stale, tools, executors, step)
    keep_made_for(cache.db, target)


def _patch(cache: Cache, numbering: Numbering, stale: Sequence[ToIndex], step: Step) -> None:
    """Put changed texts in place of what was kept of them, and mend the shards that they touch, in one transaction."""
    number_of = {id_: number for number, id_ in enumerate(numbering.ids)}
    added: list[Change] = []
    removed: list[Change] = []
    texts: list[KeptText] = []
    for each in stale:
        before = _keys_of(decode_text(text_value(cache.db, each.id), {}))
        text, after = _index_one(each)
        texts.append(text)
        number = number_of[each.id]
        added += [(key, number) for key in np.setdiff1d(after, before, assume_unique=True).tolist()]
        removed += [(key, number) for key in np.setdiff1d(before, after, assume_unique=True).tolist()]
    touched: dict[int, tuple[list[Change], list[Change]]] = {}
    for side, changes in enumerate((added, removed)):
        for key, number in changes:
            shard = shard_of(*pair_of(key), numbering.shard_bits)
            touched.setdefault(shard, ([], []))[side].append((key, number))
    with cache.transaction():
        keep_texts(cache.db, texts)
        for shard in sorted(touched):
            value = patch_shard(shard_value(cache.db, shard), *touched[shard], len(numbering.ids))
            keep_shards(cache.db, [(shard, _digest(value), value)])
    step.add(len(stale))


def _make(  # noqa: PLR0913, PLR0917 - as update_index
    cache: Cache,
    numbering: Numbering,
    stale: dict[str, ToIndex],
    tools: tuple[Path, Callable[[str], Report]],
    executors: Executors,
    step: Step,
) -> None:
    """Make all shards: the keys of all reports, spilled to disk in the order of numbers, then sorted part by part."""
    count = len(numbering.ids)
    with (
        Spill(cache.path.with_name("search-spill"), count) as spill,
        executors(count, start_indexing, tools) as executor,
    ):
        if executor is None:
            start_indexing(*tools)
        batches = in_batches((id_, stale.get(id_)) for id_ in numbering.ids)
        number = 0
        for batch in map_bounded(executor, _index_batch, batches) if executor else map(_index_batch, batches):
            with cache.transaction():
                keep_texts(cache.db, [text for text, _ in batch if text])
            for _, keys in batch:
                spill.add(keys, number)
                number += 1
            step.add(len(batch))
        spill.close()
        parts = spill.parts(numbering.stamp)
        for shards in map_bounded(executor, Spill.shards, parts, 2) if executor else map(Spill.shards, parts):
            with cache.transaction():
                keep_shards(cache.db, ((shard, _digest(value), value) for shard, value in shards))


def _index_batch(batch: list[tuple[str, ToIndex | None]]) -> list[tuple[KeptText | None, Keys]]:
    return list(_indexed(batch))


def _indexed(batch: Iterable[tuple[str, ToIndex | None]]) -> Iterator[tuple[KeptText | None, Keys]]:
    for id_, wanted in batch:
        if wanted:
            yield _index_one(wanted)
        else:
            yield None, _keys_of(decode_text(text_value(_Indexing.cache.db, id_), {}))


def _index_one(wanted: ToIndex) -> tuple[KeptText, Keys]:
    report = _Indexing.last_good(wanted.id) if wanted.kept else report_value(_Indexing.cache, wanted.id)
    labels = links_of(_Indexing.cache, wanted.id).topics
    topics = {anchor: [label.topic for label in of_passage] for anchor, of_passage in labels.items()}
    text = search_text(report, wanted.title, wanted.place, wanted.above, topics)
    value = encode_text(text)
    named = sorted({topic for section in text.sections for each in section.passages for topic in each.topics})
    return KeptText(wanted.id, wanted.key, _digest(value), tuple(named), value), _keys_of(text)


def _keys_of(text: SearchText) -> Keys:
    headings = [section.heading for section in text.sections]
    passages = [passage.text for section in text.sections for passage in section.passages]
    return report_keys(text.title, text.place, headings, passages, _Indexing.folded)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
