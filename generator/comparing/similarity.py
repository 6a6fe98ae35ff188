"""How alike two reports are: the four measures of *Lazy Prices*, by role and for the whole.

L. Cohen, C. Malloy and Q. Nguyen, "Lazy Prices", The Journal of Finance 75 (3), 2020, section II: cosine and Jaccard
similarity, minimum edit distance, and "simple" (a word-by-word comparison). They norm the last two over their sample;
here both are between 0 and 1 for each pair alone, so that a value says the same whatever else is published.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from rapidfuzz.distance import Indel, Levenshtein

from generator.comparing.comparison import Part, Similarity
from generator.comparing.folding import fold_words
from generator.comparing.words import Cut
from generator.content.wording import ROLE_NAMES
from generator.model import Report, Role

_DIGITS = 4
_SAYS_SOMETHING = re.compile(r"[^\W_]|[\ue000-\ue002]")
_BETWEEN = "\x00"
"""Stands between the roles, so that all are cut at once."""
_FIRST = 0x10000
"""The first of the characters that stand for words: there are a million of them, and no surrogates."""


def measure_similarity(old: Report, new: Report, cut: Cut) -> dict[Part, Similarity]:
    """Measure how alike two reports are, for each role that both have and for the whole, over the words of their passages.

    The words are folded as for a comparison: width, spaces, quotation marks and the reports' own years make no difference.
    """
    characters = _Characters({_BETWEEN: _BETWEEN})
    mine, others = (_spelt(report, cut, characters) for report in (old, new))
    return {part: similarity(mine[part], words) for part, words in others.items() if part in mine}


def similarity(old: str, new: str) -> Similarity:
    """Return the four measures of two texts, in which a character stands for a word.

    ``cosine``: of the vectors of how often each word stands in each text. ``jaccard``: words in both ÷ words in either.
    ``minimum_edit``: 1 − the fewest words to insert, delete and replace ÷ the words of the longer. ``simple``: 1 − words
    deleted and inserted ÷ the words of both.
    """
    if not (old and new):
        return Similarity(*[1.0 if old == new else 0.0] * 4)
    mine, others = Counter(old), Counter(new)
    both = mine.keys() & others.keys()
    product = sum([mine[word] * others[word] for word in both])
    lengths = math.sqrt(_squares(mine) * _squares(others))
    return Similarity(
        round(min(1.0, product / lengths), _DIGITS),
        round(len(both) / (len(mine) + len(others) - len(both)), _DIGITS),
        round(Levenshtein.normalized_similarity(old, new), _DIGITS),
        round(Indel.normalized_similarity(old, new), _DIGITS),
    )


def _squares(counts: Counter[str]) -> int:
    return sum([count * count for count in counts.values()])


class _Characters(dict[str, str]):
    """Gives every word a character of its own, and none to punctuation and white space."""

    def __missing__(self, word: str) -> str:
        says = word.isalnum() or _SAYS_SOMETHING.search(word)
        self[word] = chr(_FIRST + len(self)) if says else ""
        return self[word]


def _spelt(report: Report, cut: Cut, characters: _Characters) -> dict[Part, str]:
    """Spell the words of each role, and of the whole in the order of the roles: sections that changed places are alike."""
    texts: dict[Role, list[str]] = {}
    for section in report.sections:
        texts.setdefault(section.role, []).extend([passage.text for passage in section.passages])
    roles = [role for role in ROLE_NAMES if role in texts]
    whole = fold_words(_BETWEEN.join(["\n".join(texts[role]).replace(_BETWEEN, " ") for role in roles]), report.year)
    spelt = "".join([characters[word] for word in cut(whole)]).split(_BETWEEN)
    return {**dict(zip(roles, spelt, strict=False)), "whole": "".join(spelt)}
