"""Reports compared with the year before through the cache: only those of which one, or the dictionary, has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from generator.comparing.brief import Brief, brief_of
from generator.comparing.compare import compare
from generator.comparing.comparison import Comparison, Part, Similarity
from generator.comparing.export_rows import change_table, similarity_table
from generator.comparing.following import Following, follow
from generator.comparing.similarity import measure_similarity
from generator.comparing.words import Cut, make_cut
from generator.model import Report
from generator.publishing.cache import Cache, encode
from generator.publishing.comparison_store import (
    KeptComparison,
    ToCompare,
    comparison_value,
    keep_comparisons,
)
from generator.publishing.links import catalogues_of
from generator.publishing.progress import Step
from generator.publishing.reading import report_value
from generator.publishing.workers import in_batches, map_bounded

Compared = tuple[Comparison, dict[Part, Similarity]]
"""A comparison, and how alike the two reports are by role and as a whole."""

_COMPARISON = msgspec.msgpack.Decoder(Compared)
_BRIEF = msgspec.msgpack.Decoder(Brief)
_FOLLOWING = msgspec.msgpack.Decoder(Following)


class _Comparing:
    """A worker's tools for comparing, made once for each process."""

    cache: Cache
    cut: Cut
    last_good: Callable[[str], Report]


def start_comparing(cache: Path, digest: bytes, last_good: Callable[[str], Report]) -> None:
    """Prepare this process for comparing; ``last_good`` returns the published version of a report that fails today."""
    _Comparing.cache = Cache(cache)
    _Comparing.cut = make_cut(tuple(catalogues_of(_Comparing.cache, digest).system_names()))
    _Comparing.last_good = last_good


def compare_batch(batch: list[ToCompare]) -> list[KeptComparison]:
    """Compare some reports."""
    return [_compare_one(each) for each in batch]


def compare_reports(cache: Cache, stale: list[ToCompare], *, executor: Executor | None, step: Step) -> None:
    """Compare reports and keep what was found; on ``executor`` where there is one, else in this process."""
    batches = in_batches(stale)
    results = map_bounded(executor, compare_batch, batches) if executor else map(compare_batch, batches)
    for rows in results:
        with cache.transaction():
            keep_comparisons(cache.db, rows)
        step.add(len(rows))


def comparison_of(cache: Cache, report_id: str) -> Compared | None:
    """Return how a report compares with the year before, and how alike they are; None where there is none before it."""
    value = comparison_value(cache.db, report_id, "comparison")
    return _COMPARISON.decode(value) if value else None


def brief_for(cache: Cache, report_id: str) -> Brief | None:
    """Return how a report compares with the year before, in short."""
    value = comparison_value(cache.db, report_id, "brief")
    return _BRIEF.decode(value) if value else None


def following_of(cache: Cache, report_id: str) -> Following | None:
    """Return what a report says of the plan and the problems of the year before."""
    value = comparison_value(cache.db, report_id, "following")
    return _FOLLOWING.decode(value) if value else None


def _compare_one(wanted: ToCompare) -> KeptComparison:
    old = _Comparing.last_good(wanted.old) if wanted.old_kept else report_value(_Comparing.cache, wanted.old)
    new = _Comparing.last_good(wanted.new) if wanted.new_kept else report_value(_Comparing.cache, wanted.new)
    comparison = compare(old, new, _Comparing.cut)
    similarity = measure_similarity(old, new, _Comparing.cut) if comparison.comparable else {}
    following = follow(old, new, comparison, _Comparing.cut)
    brief = brief_of(comparison, similarity.get("whole"))
    values = encode((comparison, similarity)), encode(brief), encode(following)
    changes, likeness = change_table(comparison), similarity_table(comparison, similarity)
    return KeptComparison(
        wanted.new,
        wanted.key,
        _digest(b"".join(values) + likeness.encode()),
        *values,
        changes,
        _digest(changes.encode()),
        likeness,
        _digest(likeness.encode()),
    )


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
