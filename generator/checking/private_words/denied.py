"""Words on the list of what must not be published: written out, or known by their SHA-256 alone."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator

from generator.checking.private_words.finding import MASK, Found, half_width
from generator.model import DeniedWords, DenyList

_HINT = f"{MASK}，或整句删去；名单在 content/deny.yml，不能用 exceptions 放行"
_KEPT_LISTS = 4


def denied_words(text: str, denied: DenyList) -> Iterator[Found]:
    """Find the words of the list in a text: width, case and white space make no difference.

    Linear in the text: one pass for all words that are written out, and one for each length of those that are not.
    """
    if not denied.deny:
        return
    narrow = half_width(text)
    places = [place for place, character in enumerate(narrow) if not character.isspace()]
    bare = "".join([narrow[place] for place in places]).translate(_LOWER)
    written = _written(denied)
    if written:
        for match in written.finditer(bare):
            yield _found(places, *match.span(1))
    for length, digests in _digests(denied).items():
        for start in range(len(bare) - length + 1):
            if hashlib.sha256(bare[start : start + length].encode("utf-8", "surrogatepass")).digest() in digests:
                yield _found(places, start, start + length)


def normal_form(words: str) -> str:
    """Return words as they are compared and hashed: half width, lower case, no white space."""
    return "".join(half_width(words).split()).translate(_LOWER)


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
"""Of Latin letters only: no character becomes two."""


@functools.lru_cache(_KEPT_LISTS)
def _written(denied: DenyList) -> re.Pattern[str] | None:
    words = {normal_form(each.text) for each in denied.deny if each.text} - {""}
    if not words:
        return None
    longest_first = sorted(words, key=lambda each: (-len(each), each))
    return re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))")


@functools.lru_cache(_KEPT_LISTS)
def _digests(denied: DenyList) -> dict[int, frozenset[bytes]]:
    known: dict[int, set[bytes]] = {}
    for each in filter(_is_hashed, denied.deny):
        known.setdefault(each.length or 0, set()).add(bytes.fromhex(each.sha256 or ""))
    return {length: frozenset(digests) for length, digests in sorted(known.items())}


def _is_hashed(words: DeniedWords) -> bool:
    return words.sha256 is not None and words.length is not None


def _found(places: list[int], start: int, end: int) -> Found:
    return Found(places[start], places[end - 1] + 1, "屏蔽词", "error", "*" * (end - start), _HINT)
