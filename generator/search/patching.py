"""A shard mended where reports have changed; the same bytes as one made anew."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.search.keys import Field, field_of, pair_of
from generator.search.postings import Pair, decode_list, decode_shard, encode_list, encode_shard, split_body

Change = tuple[int, int]
"""A key, and the number of the report that has it now, or has it no more."""


def patch_shard(content: bytes, added: Sequence[Change], removed: Sequence[Change], reports: int) -> bytes:
    """Return a shard with keys ``added`` and ``removed``; all of them belong to it."""
    stamp, bodies = decode_shard(content)
    records = {pair: split_body(body) for pair, body in bodies.items()}
    for (pair, field), (plus, minus) in _by_list(added, removed).items():
        lists = records.setdefault(pair, {})
        numbers = decode_list(lists[field], 0)[0] if field in lists else np.empty(0, np.uint32)
        numbers = np.union1d(np.setdiff1d(numbers, np.array(minus, np.uint32)), np.array(plus, np.uint32)).astype(
            np.uint32
        )
        if len(numbers):
            lists[field] = encode_list(numbers, reports)
        else:
            del lists[field]
    return encode_shard(stamp, {pair: lists for pair, lists in records.items() if lists})


def _by_list(
    added: Sequence[Change], removed: Sequence[Change]
) -> dict[tuple[Pair, Field], tuple[list[int], list[int]]]:
    """Sort changes by the list that they change."""
    by_list: dict[tuple[Pair, Field], tuple[list[int], list[int]]] = {}
    for side, changes in enumerate((added, removed)):
        for key, number in changes:
            by_list.setdefault((pair_of(key), field_of(key)), ([], []))[side].append(number)
    return by_list
