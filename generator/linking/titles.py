"""《…》 titles in a text, nested ones included, and what a title that no catalogue knows seems to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogues import LawKind

_PAIRS = {"《": "》", "〈": "〉", "<": ">", "﹤": "﹥"}
_LONGEST = 160
"""Marks that enclose more are stray ones: no title is so long."""
_BARE_WORDS = "意见|清单|方案|实施方案|工作方案|通知|决定|规划|计划|纲要|办法|规定|条例|细则|制度|要点|报告|公约|章程|准则|通报|公告|实施意见|若干意见|指导意见|工作要点|责任书|承诺书|协议|手册"
_BARE = re.compile(f"(?:{_BARE_WORDS})")
_TRAILING = re.compile(r"[（(][^（）()]*[）)]$")
_ENDINGS: tuple[tuple[str, LawKind], ...] = (
    ("[|丨｜│—]|-{2}|(活动|竞赛|故事|课堂|讲堂|知识|那些事|知道)$", "article"),
    ("(读本|概论|论述摘编|学习纲要|学习问答|选读|选编|文选|治国理政|百问|案例选|汇编|丛书)$", "book"),
    ("(规划|纲要|计划|要点|任务书|路线图)$", "plan"),
    ("(?<=..)法$", "law"),
    ("条例$", "regulation"),
    (
        "(办法|规定|细则|准则|意见|通知|方案|制度|规程|清单|决定|公约|章程|规则|守则|预案|协议|责任书|机制)$",
        "local_document",
    ),
    ("(标准|规范|指引|指南|公告|通报|目录|函|书|表|报告)$", "local_document"),
)
_FORMS = tuple((re.compile(pattern), kind) for pattern, kind in _ENDINGS)
_FEWEST = 4
"""A title of fewer characters that no catalogue knows could be anything."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title in marks: its span, marks included, its words, and how deep it lies in others (0 is outermost)."""

    start: int
    end: int
    words: str
    depth: int


def find_titles(text: str) -> Iterator[Title]:
    """Walk the titles of a text from left to right, an outer one before those within it; stray marks are no titles."""
    for start, end in _outermost(text):
        yield Title(start, end, text[start + 1 : end - 1], 0)
        yield from _within(text, start + 1, end - 1, 1)


def _outermost(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("《")
    while start >= 0:
        end = _closing(text, start, min(len(text), start + _LONGEST))
        if end is None:
            start = text.find("《", start + 1)
        else:
            yield start, end
            start = text.find("《", end)


def _within(text: str, start: int, end: int, depth: int) -> Iterator[Title]:
    position = start
    while position < end:
        if text[position] in _PAIRS and (closed := _closing(text, position, end)):
            yield Title(position, closed, text[position + 1 : closed - 1], depth)
            yield from _within(text, position + 1, closed - 1, depth + 1)
            position = closed
        else:
            position += 1


def _closing(text: str, start: int, limit: int) -> int | None:
    """Return the end of the title that opens at ``start``, or None where it is not closed before ``limit``."""
    opening, closing, depth = text[start], _PAIRS[text[start]], 0
    for position in range(start, limit):
        if text[position] == opening:
            depth += 1
        elif text[position] == closing:
            depth -= 1
            if depth == 0:
                return position + 1
    return None


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text of the same length in which nothing can be found within ``spans``."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], "\x00" * (end - start)]
        last = end
    return "".join([*pieces, text[last:]])


def without_titles(text: str) -> str:
    """Return a text of the same length in which the words of its titles cannot be found: they are those of others."""
    return blanked(text, [(start, end) for start, end in _outermost(text)]) if "《" in text else text


def kind_by_form(words: str) -> LawKind | None:
    """Tell from its words alone what a title is; None where they could mean many documents (《意见》, 《清单》).

    What does not end as documents do is the title of an article, a film, a talk.
    """
    plain = _TRAILING.sub("", words).strip()
    if len(plain) < _FEWEST or _BARE.fullmatch(plain):
        return None
    return next((kind for pattern, kind in _FORMS if pattern.search(plain)), "article")
