"""The rule on 法治 and 法制, two words that sound alike: which one a term has is what the catalogues know.

法制 is the system of laws, 法治 the rule of law; since 1997 the official phrases have 法治, but many names keep 法制 to this
day (重大执法决定法制审核, 全国人大常委会法制工作委员会).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ahocorasick_rs import MATCHKIND_LEFTMOST_LONGEST, AhoCorasick

from generator.catalogues import Catalogues
from generator.checking.known_slips import SLIPS
from generator.checking.text_lines import TextLines
from generator.content.load import Filing
from generator.model import Problem

_WORD = re.compile("法[治制]")
_OTHER = {"法治": "法制", "法制": "法治"}
_SHORTEST = 4
"""A shorter phrase (法治, 法治化) is said of too much to show which word is meant."""
_PIECES = re.compile(r"\{\}|…")
_NAMES = re.compile(
    "法制(?:办|审核|审查|机构|工作委员会|委员会|副校长|辅导员|校长|员|科|股|处|局|司|大队|中队|支队|部门|晚报|史)"
    "|法治(?:办|政府|日报|网)|政府法制|民主与法制|法制与新闻"
)
"""Names in which either word is right: offices, posts, newspapers, what is called so by law."""
_DATED = (("法制宣传日", 2014, "国家宪法日"), ("法制日报", 2021, "法治日报"))
"""Names of their time, the first year in which another is used, and that other: the National People's Congress made 4
December the 国家宪法日 in 2014; the newspaper took its new name in August 2020."""


def fazhi_phrases(catalogues: Catalogues) -> tuple[str, ...]:
    """Return the phrases of the catalogues that have 法治 or 法制 in them, sorted: terms, names, other names, all of them."""
    known: set[str] = set()
    for topic in catalogues.second_level():
        known.update((topic.name, *topic.aliases, *topic.terms, *topic.hints, *topic.excludes))
    known.update(catalogues.system_names())
    for indicator in catalogues.indicators.indicators:
        known.update(piece for alias in (indicator.name, *indicator.aliases) for piece in _PIECES.split(alias))
    for law in catalogues.laws.laws:
        known.update((law.name, *law.aliases, *law.marked, *law.excludes))
    names = [name for name in catalogues.system_names() if "法制审核" in name]
    phrases = (phrase for phrase in known if len(phrase) >= _SHORTEST and _WORD.search(phrase))
    return tuple(sorted(phrase for phrase in phrases if not _is_slip_of(phrase, names)))


def _is_slip_of(phrase: str, names: list[str]) -> bool:
    """Tell words that a catalogue has only to find those who write 法治 where the name has 法制: 重大执法决定法治审核."""
    return (
        len(phrase) > _SHORTEST and "法治" in phrase and any(o in name for o in _other_forms(phrase) for name in names)
    )


def fazhi_form(filing: Filing, phrases: tuple[str, ...]) -> Iterator[Problem]:
    """「法治」和「法制」应当用对；照原文保留，不改写。

    例：落实重大执法决定法治审核制度。
    改法：与原件核对，转换时弄错的改回原样，原件如此就不改。
    """
    text = filing.text
    if "法制" not in text and "法治" not in text:
        return
    lines = TextLines(filing)
    found: dict[str, tuple[tuple[int, int], str, int]] = {}
    for start, words, right in _wrong_forms(text, phrases, filing.year):
        place = lines.place(start)
        if not lines.is_image(place[0]):
            first, _, count = found.get(words, (place, right, 0))
            found[words] = (first, right, count + 1)
    for words, (place, right, count) in found.items():
        times = f"，全文共 {count} 处" if count > 1 else ""
        message = f"「{words}」通常写作「{right}」{times}"
        yield lines.problem(place, "fazhi_form", "note", message, "与原件核对；原件如此就不改")


def _wrong_forms(text: str, phrases: tuple[str, ...], year: int) -> Iterator[tuple[int, str, str]]:
    """Walk the words of a text that are known with the other word: where they start, as printed, as known."""
    automaton, patterns, wrong = _automaton(phrases)
    for number, start, _ in automaton.find_matches_as_indexes(text) if automaton else ():
        words = patterns[number]
        if (right := wrong.get(words)) and not _is_name(text, start, words, right):
            yield start, words, right
    for name, first_year, right in _DATED:
        if year >= first_year:
            yield from ((match.start(), name, right) for match in re.finditer(name, text))


def _is_name(text: str, start: int, words: str, right: str) -> bool:
    """Tell whether each word that differs stands in a name that has it so."""
    around = text[max(0, start - 2) : start + len(words) + 6]
    shift = start - max(0, start - 2)
    names = [match.span() for match in _NAMES.finditer(around)]
    places = [place + shift for place in range(len(words)) if words[place] != right[place]]
    return all(any(first <= place < last for first, last in names) for place in places)


@lru_cache(maxsize=4)
def _automaton(phrases: tuple[str, ...]) -> tuple[AhoCorasick | None, tuple[str, ...], Mapping[str, str]]:
    """Return what finds the phrases and their wrong forms, those patterns, and the right form of each wrong one.

    The longest match counts, so that a phrase that is known stays silent though a part of it is wrong elsewhere.
    """
    known = frozenset(phrases)
    wrong: dict[str, str] = {}
    for phrase in phrases:
        for other in _other_forms(phrase):
            if other not in known and not any(slip.pattern.search(other) for slip in SLIPS):
                wrong.setdefault(other, phrase)
    patterns = tuple(sorted(known | wrong.keys()))
    if not patterns:
        return None, patterns, wrong
    return AhoCorasick(patterns, matchkind=MATCHKIND_LEFTMOST_LONGEST), patterns, wrong


def _other_forms(phrase: str) -> Iterable[str]:
    """Walk a phrase with one of its words changed into the other."""
    for match in _WORD.finditer(phrase):
        yield phrase[: match.start()] + _OTHER[match.group()] + phrase[match.end() :]
