"""What reuse between townships needs of a report: its sentences, folded, with keys that are equal where the words are.

Two sentences are the same where they are equal once folded, and near where their *wordings* are much alike: the folded
sentences with every number as one 0, so that 「开展宣讲3次」 and 「开展宣讲40次」 differ in nothing but what they report.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from generator.content.items import item_spans, sentence_spans
from generator.model import PassageKind, Report

SHORTEST = 12
"""A sentence with fewer characters, a number counting as one, is a set phrase (「取得明显成效」)."""
LONGEST = 1_000
"""A sentence is cut after so many characters: what has no stops for so long is a list or debris."""
LEAST_LIKENESS = 85.0
"""Per cent of the characters of both that stand in both in the same order: one word of two in 14, three in 40."""

_READ: frozenset[PassageKind] = frozenset(("paragraph", "item"))
_LABEL = re.compile(
    r"^\W*(?:[一二三四五六七八九十]{1,3}(?:[是要]|[、.．])|第[一二三四五六七八九十]{1,3}[，、]"
    r"|(?:首先|其次|再次|最后)[，,]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|[①-⑳])"
)
_DROPPED = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_FORMULA = re.compile(r"现[将就].*如下$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and where it stands in its passage: characters ``start`` to ``end``."""

    text: str
    start: int
    end: int


class SentencePrint(NamedTuple):
    """A sentence that can be shared: the key of its wording, the key of its words with their numbers, its characters."""

    wording: int
    exact: int
    characters: int


class PassagePrint(NamedTuple):
    """The sentences of a passage that can be shared, in their order."""

    id: str
    sentences: tuple[SentencePrint, ...]


@dataclass(frozen=True, slots=True)
class Prints:
    """What reuse needs of a report.

    ``characters`` are those of all sentences, folded; ``passages`` those that have a sentence that can be shared, in
    their order; ``wordings`` the keys of the wordings in them with their texts, each once.
    """

    characters: int
    passages: tuple[PassagePrint, ...]
    wordings: tuple[tuple[int, str], ...]


def report_prints(report: Report) -> Prints:
    """Return what reuse needs of a report: of its paragraphs and list items, not of tables, images and signatures."""
    characters = 0
    passages: list[PassagePrint] = []
    wordings: dict[int, str] = {}
    for passage in report.passages:
        if passage.kind not in _READ:
            continue
        prints: list[SentencePrint] = []
        for sentence in split_sentences(passage.text):
            folded = fold(sentence.text)
            characters += len(folded)
            words = wording(folded)
            if not is_set_phrase(words):
                key = key_of(words)
                wordings[key] = words
                prints.append(SentencePrint(key, key_of(folded), len(folded)))
        if prints:
            passages.append(PassagePrint(passage.id, tuple(prints)))
    return Prints(characters, tuple(passages), tuple(wordings.items()))


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split a passage at 。！？；, at line ends and before 一是, 二是 …; quotes and brackets stay whole.

    The sentences cover the text; one of more than ``LONGEST`` characters is cut. Linear in the text.
    """
    return tuple(
        Sentence(text[start:end], start, end)
        for first, last in item_spans(text)
        for begin, stop in sentence_spans(text[first:last])
        for start in range(first + begin, first + stop, LONGEST)
        for end in (min(start + LONGEST, first + stop),)
    )


def fold(sentence: str) -> str:
    """Return a sentence without what is not its words: the label of a list, white space, punctuation, width, case.

    Full and half width are made one by NFKC (Unicode Standard Annex 15).
    """
    words = _DROPPED.sub("", _LABEL.sub("", sentence))
    if not unicodedata.is_normalized("NFKC", words):  # a few are; 「㈠」 brings brackets of its own
        words = _DROPPED.sub("", unicodedata.normalize("NFKC", words))
    return words.lower()


def wording(folded: str) -> str:
    """Return a folded sentence with every number as one 0."""
    return _NUMBER.sub("0", folded)


def is_set_phrase(words: str) -> bool:
    """Tell wordings that show nothing where they are shared: short ones, and 「现将…报告如下」."""
    return len(words) < SHORTEST or _FORMULA.search(words) is not None


def key_of(text: str) -> int:
    """Return a key of 8 bytes (BLAKE2b), as the signed number that SQLite holds: equal for equal texts, always."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def similar(first: str, second: str) -> bool:
    """Tell whether two wordings are near: 2 × the longest common subsequence ÷ both lengths is at least 0.85.

    The banding of MinHash compares 3-grams, of which a changed word in the middle breaks two more than its own; whether
    the words stand in both in the same order is what a reader sees, so this decides.
    """
    return fuzz.ratio(first, second, score_cutoff=LEAST_LIKENESS) > 0


def similar_pairs(firsts: Sequence[str], seconds: Sequence[str]) -> list[bool]:
    """Tell for each pair of wordings whether they are near, as ``similar`` does, many at once."""
    scores = process.cpdist(firsts, seconds, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    return [bool(score) for score in scores.tolist()]
