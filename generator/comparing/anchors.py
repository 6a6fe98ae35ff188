"""The addresses of changes within their page."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from generator.comparing.comparison import Change


def change_anchors(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return an anchor for each change: ``c-`` and 8 hex digits (BLAKE2b) of its words on both sides.

    An insertion above changes no anchor; the same words again are numbered.
    """
    seen: Counter[str] = Counter()
    anchors: list[str] = []
    for change in changes:
        words = "\n".join([*(clause.text for clause in change.old), "\0", *(clause.text for clause in change.new)])
        anchor = "c-" + hashlib.blake2b(words.encode(), digest_size=4).hexdigest()
        seen[anchor] += 1
        anchors.append(anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
    return tuple(anchors)
