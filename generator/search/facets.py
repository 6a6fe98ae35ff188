"""Facets: which reports lie below each place and have each topic, and what the index says of itself."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from generator.catalogues import Catalogues
from generator.search.numbering import FORMAT, Numbering
from generator.search.postings import DamagedError, Numbers, decode_list, encode_list


def manifest_file(numbering: Numbering, catalogues: Catalogues, aliases: int) -> bytes:
    """Return what the index says of itself."""
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "stamp": numbering.stamp.hex(),
        "bits": numbering.shard_bits,
        "alias_bits": aliases,
        "years": numbering.years,
        "topics": [
            [group.id, group.name, [[child.id, child.name] for child in group.children]]
            for group in catalogues.topics.topics
        ],
    }
    return zlib.compress(msgspec.json.encode(manifest), 9)


def place_facets(numbering: Numbering, names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Walk the files that tell the reports under each place: one for a place, with the places right below it."""
    below: dict[str, dict[str, list[int]]] = {"": {}}
    for number, id_ in enumerate(numbering.ids):
        parts = id_.split("/")[:-1]
        for depth, part in enumerate(parts):
            below.setdefault("/".join(parts[:depth]), {}).setdefault(part, []).append(number)
    for above, children in below.items():
        prefix = f"{above}/" if above else ""
        entries = [(part, names[prefix + part], prefix + part in below, children[part]) for part in sorted(children)]
        yield f"places/{above}.bin" if above else "places.bin", _facet(entries, len(numbering.ids))


def topic_facets(
    numbering: Numbering, topics: Mapping[str, Sequence[str]], catalogues: Catalogues
) -> Iterator[tuple[str, bytes]]:
    """Walk the files that tell the reports with each topic: one for a topic of the first level."""
    reports: dict[str, list[int]] = {}
    for number, id_ in enumerate(numbering.ids):
        for topic in topics[id_]:
            reports.setdefault(topic, []).append(number)
    for group in catalogues.topics.topics:
        entries = [(child.id, child.name, False, reports.get(child.id, [])) for child in group.children]
        yield f"topics/{group.id}.bin", _facet(entries, len(numbering.ids))


def encode_facet(entries: Sequence[tuple[str, str, bool, bytes]]) -> bytes:
    """Encode (key, name, whether it has a file of its own, encoded list) of each entry.

    A head in JSON, its length before it (four bytes), then the lists.
    """
    head = msgspec.json.encode([[key, name, int(below)] for key, name, below, _ in entries])
    return zlib.compress(len(head).to_bytes(4) + head + b"".join(numbers for *_, numbers in entries), 9)


def decode_facet(content: bytes) -> dict[str, tuple[str, Numbers]]:
    """Decode the entries of ``encode_facet``. Raise DamagedError where they cannot be read."""
    try:
        plain = zlib.decompress(content)
        at = 4 + int.from_bytes(plain[:4])
        head = msgspec.json.decode(plain[4:at])
    except (zlib.error, msgspec.DecodeError) as error:
        raise DamagedError(str(error)) from error
    entries: dict[str, tuple[str, Numbers]] = {}
    for key, name, _ in head:
        numbers, at = decode_list(plain, at)
        entries[key] = name, numbers
    return entries


def _facet(entries: Sequence[tuple[str, str, bool, Sequence[int]]], reports: int) -> bytes:
    return encode_facet(
        [
            (key, name, below, encode_list(np.array(numbers, np.uint32), reports))
            for key, name, below, numbers in entries
        ]
    )
