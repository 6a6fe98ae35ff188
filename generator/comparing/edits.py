"""What was inserted and deleted between two clauses, word by word, so that it reads.

First by stretches (what lies between punctuation, with numbers, dates, titles and quoted names whole), then by words
inside the stretches that differ: most of a clause need not be cut into words at all.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Postfix, Prefix

from generator.comparing.comparison import Edit, Operation
from generator.comparing.folding import core_span
from generator.comparing.words import PUNCTUATION, Cut, is_atom, read_stretches, read_words, word_key

ISLAND = 2
"""Equal words of so few characters between two edits are joined with them."""
MOST_CELLS = 4_000_000
"""Of longer clauses (the product of both lengths, in stretches) nothing is told but that one takes the other's place."""
PAUSES = "，、：；。"
OPEN_OR_NUMBER = re.compile(r"《[^》]*$|“[^”]*$|「[^」]*$|『[^』]*$|\d[，、：；。]$")
CLOSED_OR_NUMBER = re.compile(r"[^《]*》|[^“]*”|[^「]*」|[^『]*』|[，、：；。]\d")
"""A pause that lies within a title or a quotation, or beside a digit, ends no stretch."""
HAN_WORD = re.compile("[\u4e00-\u9fff]+")


class Printed(NamedTuple):
    """The texts of clauses, and the year of their report."""

    texts: Sequence[str]
    year: int


class _Run(NamedTuple):
    """Words that stand in both (``is_same``: but for noise), or that take each other's place."""

    old: str
    new: str
    is_same: bool


class _Years(NamedTuple):
    """The years of both reports, and what cuts stretches into words: None where that was done."""

    old: int
    new: int
    cut: Cut | None


def read_edits(old: Printed, new: Printed, cut: Cut) -> tuple[Edit, ...]:
    """Return the edits that lead from the texts of old clauses to those of new ones, noise told as such."""
    before, after = "".join(old.texts), "".join(new.texts)
    start, end = _equal_ends(before, after)
    (first, last), (other_first, other_last) = _core(old.texts, start, end), _core(new.texts, start, end)
    mine, others = read_stretches(before[first:last]), read_stretches(after[other_first:other_last])
    if len(mine) * len(others) > MOST_CELLS:
        return (*plain_edits("delete", old.texts), *plain_edits("insert", new.texts))
    runs = [
        _Run(before[:first], after[:other_first], is_same=True),
        *_runs(mine, others, _Years(old.year, new.year, cut)),
        _Run(before[last:], after[other_last:], is_same=True),
    ]
    return tuple(_told(_join_islands(runs)))


def plain_edits(operation: Operation, texts: Iterable[str]) -> tuple[Edit, ...]:
    """Return the one edit of clauses that are kept, added or removed as they are; none of an empty row of a table."""
    text = "".join(texts)
    return (Edit(operation, text),) if text else ()


def _equal_ends(before: str, after: str) -> tuple[int, int]:
    """Return how much of the beginning and of the end is equal letter by letter, up to punctuation that lies in no atom.

    This is what makes it fast: little of a clause changes, and the rest need not be read.
    """
    start = Prefix.similarity(before, after)
    end = Postfix.similarity(before[start:], after[start:])
    start = max(before.rfind(mark, 0, start) for mark in PAUSES) + 1
    pauses = [place for mark in PAUSES if (place := before.find(mark, len(before) - end)) >= 0]
    last = min(pauses, default=len(before))
    if OPEN_OR_NUMBER.search(before[max(0, start - 100) : start]) or CLOSED_OR_NUMBER.match(before, last):
        return 0, 0
    return start, len(before) - last


def _core(texts: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the span of the texts, as one, that may hold news: without equal ends, else without label and stop."""
    length = sum(map(len, texts))
    first = start or core_span(texts[0])[0]
    last = length - (end or len(texts[-1]) - core_span(texts[-1])[1])
    return first, max(first, last)


def _runs(old: Sequence[str], new: Sequence[str], years: _Years) -> Iterator[_Run]:
    """Walk the runs of both: what both begin and end with, and what lies between.

    With something to cut with, stretches that differ are cut into words and compared again.
    """
    shorter = min(len(old), len(new))
    start = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    end = next((place for place in range(shorter - start) if old[-1 - place] != new[-1 - place]), shorter - start)
    if start:
        yield _same(old[:start])
    mine, others = old[start : len(old) - end], new[start : len(new) - end]
    if len(mine) == len(others) and all(map(_is_replacement, mine, others)):
        for word, other in zip(mine, others, strict=True):
            yield _Run(word, other, is_same=word_key(word, years.old) == word_key(other, years.new))
    elif mine or others:
        yield from _middle(mine, others, years)
    if end:
        yield _same(old[len(old) - end :])


def _is_replacement(word: str, other: str) -> bool:
    """Tell whether two stretches are equal, or both atoms: nearly always only numbers have changed."""
    return word == other or (is_atom(word) and is_atom(other))


def _middle(old: Sequence[str], new: Sequence[str], years: _Years) -> Iterator[_Run]:
    """Walk the runs of words that begin and end otherwise: a longest common subsequence, and what lies between its words."""
    old_keys, new_keys = [word_key(word, years.old) for word in old], [word_key(word, years.new) for word in new]
    if "".join(old_keys) == "".join(new_keys):
        yield _Run("".join(old), "".join(new), is_same=True)
        return
    last, other_last = 0, 0
    for i, j in _equal_words(old_keys, new_keys, PUNCTUATION if years.cut else frozenset()) if old and new else ():
        if i > last or j > other_last:
            yield from _difference(old[last:i], new[other_last:j], years)
        yield _Run(old[i], new[j], is_same=True)
        last, other_last = i + 1, j + 1
    if last < len(old) or other_last < len(new):
        yield from _difference(old[last:], new[other_last:], years)


def _equal_words(old: Sequence[str], new: Sequence[str], passed: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Walk the places of the words of a longest common subsequence; noise, which has no key, and what is ``passed`` over aside.

    Between stretches, punctuation is passed over: a comma that meets any comma would tear apart what belongs together.
    """
    mine, others = ([place for place, key in enumerate(keys) if key and key not in passed] for keys in (old, new))
    editops = LCSseq.editops([old[place] for place in mine], [new[place] for place in others])
    for block in editops.as_matching_blocks():
        first = mine[block.a : block.a + block.size]
        yield from zip(first, others[block.b : block.b + block.size], strict=True)


def _difference(old: Sequence[str], new: Sequence[str], years: _Years) -> Iterator[_Run]:
    """Walk the runs of what takes each other's place."""
    if years.cut and old and new:
        yield from _runs(read_words(old, years.cut), read_words(new, years.cut), years._replace(cut=None))
        return
    keys = ["".join([word_key(word, year) for word in words]) for words, year in ((old, years.old), (new, years.new))]
    run = _Run("".join(old), "".join(new), is_same=keys[0] == keys[1])
    yield from [run] if run.is_same else _without_common_ends(run, old, new)


def _without_common_ends(run: _Run, old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    """Take from a change what both begin and end with: 重要·参考 and 重要依据, which the dictionary cuts in two ways."""
    before, after, _ = run
    start = _common(old, new, before, after)
    left, other_left = before[start:], after[start:]
    end = _common([word[::-1] for word in old[::-1]], [word[::-1] for word in new[::-1]], left[::-1], other_left[::-1])
    if start:
        yield _same([before[:start]])
    yield _Run(left[: len(left) - end], other_left[: len(other_left) - end], is_same=False)
    if end:
        yield _same([before[len(before) - end :]])


def _common(old: Sequence[str], new: Sequence[str], before: str, after: str) -> int:
    """Return with how many characters both begin, up to where a word of one ends and no atom of the other is cut."""
    if before[:1] != after[:1]:
        return 0
    common = Prefix.similarity(before, after)
    (ends, inside), (other_ends, other_inside) = _cuts(old), _cuts(new)
    fitting = (ends & (other_ends | other_inside)) | (other_ends & inside)
    return max((place for place in fitting if place <= common), default=0)


def _cuts(words: Sequence[str]) -> tuple[set[int], set[int]]:
    """Return the places where words end, and those inside words that may be cut: of Chinese characters, and no atoms."""
    ends = list(itertools.accumulate(map(len, words)))
    inside: set[int] = set()
    for end, word in zip(ends, words, strict=True):
        if HAN_WORD.fullmatch(word) and not is_atom(word):
            inside.update(range(end - len(word) + 1, end))
    return set(ends), inside


def _same(words: Sequence[str]) -> _Run:
    text = "".join(words)
    return _Run(text, text, is_same=True)


def _join_islands(runs: Iterable[_Run]) -> list[_Run]:
    """Join changes with the few characters between them, where one word or more was put in another's place."""
    joined: list[_Run] = []
    island: list[_Run] = []
    for run in runs:
        if run.is_same:
            island.append(run)
            continue
        before = joined[-1] if joined and not joined[-1].is_same else None
        tiny = before and sum(len(each.new) for each in island) <= ISLAND
        if before and tiny and (before.old or run.old) and (before.new or run.new):
            parts = [before, *island, run]
            joined[-1] = _Run("".join(each.old for each in parts), "".join(each.new for each in parts), is_same=False)
        else:
            joined += [*island, run]
        island = []
    return [*joined, *island]


def _told(runs: Iterable[_Run]) -> list[Edit]:
    """Return the edits of runs, neighbours of one kind joined."""
    edits: list[Edit] = []
    for old, new, is_same in runs:
        if old == new:
            _add(edits, Edit("equal", old))
        else:
            _add(edits, Edit("delete", old, is_same))
            _add(edits, Edit("insert", new, is_same))
    return edits


def _add(edits: list[Edit], edit: Edit) -> None:
    if not edit.text:
        return
    if edits and (edits[-1].op, edits[-1].noise) == (edit.op, edit.noise):
        edits[-1] = Edit(edit.op, edits[-1].text + edit.text, edit.noise)
    else:
        edits.append(edit)
