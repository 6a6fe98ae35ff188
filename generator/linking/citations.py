"""Which laws and documents a report names: 《…》 titles and bare names, resolved through the catalogue of laws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from generator.catalogues import Law, LawCatalogue, LawKind
from generator.linking.folding import fold, fold_text
from generator.linking.titles import Title, blanked, find_titles, kind_by_form
from generator.model import Passage, Report

_STATE = "中华人民共和国"
_NEW = re.compile("^(?:(?:最?新|重新)?(?:修订|修改|修正|颁布|出台|制定|施行|实施)(?:后)?的?|最?新版?)")
_TRAILING = re.compile(r"\([^()]*\)$")
_SHORT_FOR = re.compile('^[(（,，]?(?:以下|下)?(?:简称|统称)(?:为|:|：)?[“"]?《?([^《》〈〉“”"()（）,，。；]{2,20})')
"""What follows a title that is given a short name: 《信访工作条例》（以下简称《条例》）."""
_LOCAL_ISSUER = re.compile("[省市区县州旗镇乡](?:委|政府|[^，。；、《》]{0,8}[局办部厅会])$")
_BEFORE, _LONGEST_SHORT_NAME = 16, 32
_NAMED_WITHOUT_MARKS: frozenset[LawKind] = frozenset(("law", "regulation", "party_rule"))
"""Plans and books without marks are talk of the plan, not a reference to its text."""
_LONGER_WORD = re.compile("治|律|规(?!定)|制|院|庭|官|学(?!习)|人|纪|宝|盲")
"""A name ending in 法 that goes on with one of these is another word: 教育法治, 安全生产法律法规."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a report names a document: its span in a passage (marks included), and the law, if known."""

    passage: str
    start: int
    end: int
    printed: str
    canonical: str | None
    kind: LawKind | None
    law: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that a report names in one printed form: how often, and in which passages."""

    printed: str
    canonical: str | None
    kind: LawKind | None
    law: str | None
    count: int
    passages: tuple[str, ...]


class LawReader:
    """The catalogue of laws made ready for reading."""

    def __init__(self, catalogue: LawCatalogue) -> None:
        self.laws = {law.id: law for law in catalogue.laws}
        self.in_marks: dict[str, Law] = {}
        bare: dict[str, Law | None] = {}
        for law in catalogue.laws:
            for name in (law.name, *law.aliases, *law.marked):
                self.in_marks.setdefault(_plain(name), law)
                self.in_marks.setdefault(essence(name), law)
            for name in (law.name, *law.aliases) if law.kind in _NAMED_WITHOUT_MARKS else ():
                bare.setdefault(fold(name), law)
                bare.setdefault(fold(name).removeprefix(_STATE), law)
        for law in catalogue.laws:
            bare.update(dict.fromkeys(map(fold, law.excludes), None))
        self.bare = {name: law for name, law in bare.items() if len(name) > 1}
        self.names = tuple(sorted(self.bare))
        self.automaton = AhoCorasick(self.names, matchkind=MatchKind.LeftmostLongest) if self.names else None
        campaigns = "|".join(re.escape(fold(each)) for each in sorted(catalogue.campaigns, key=lambda c: (-len(c), c)))
        self.campaign = re.compile(campaigns) if campaigns else None

    def mentions(self, report: Report) -> tuple[Mention, ...]:
        """Return every place where a report names a document, in document order. Linear in the text."""
        short: dict[str, Title] = {}
        return tuple(mention for passage in report.passages for mention in self._in_passage(passage, short))

    def _in_passage(self, passage: Passage, short: dict[str, Title]) -> list[Mention]:
        text = passage.text
        titles = list(find_titles(text)) if "《" in text else []
        found = [self._marked(passage.id, title, text, short) for title in titles if title.words.strip()]
        found += self._unmarked(passage.id, text, [(title.start, title.end) for title in titles if title.depth == 0])
        return sorted(found, key=lambda mention: (mention.start, -mention.end))

    def _marked(self, passage: str, title: Title, text: str, short: dict[str, Title]) -> Mention:
        """Read a title; ``short`` are the short names that the report has given so far, and learns from this one."""
        if given := _SHORT_FOR.match(text[title.end : title.end + _LONGEST_SHORT_NAME]):
            short[essence(given.group(1))] = title
        printed = text[title.start : title.end]
        words = short[essence(title.words)].words if essence(title.words) in short else title.words
        law = self.resolve(words)
        if law and not (law.kind == "plan" and _LOCAL_ISSUER.search(text[max(0, title.start - _BEFORE) : title.start])):
            return Mention(passage, title.start, title.end, printed, law.name, law.kind, law.id)
        kind = kind_by_form(words)
        canonical = (_spelt(words) if law else words) if kind else None
        return Mention(passage, title.start, title.end, printed, canonical, kind, None)

    def _unmarked(self, passage: str, text: str, titles: list[tuple[int, int]]) -> Iterator[Mention]:
        if self.automaton is None:
            return
        folded = fold_text(blanked(text, titles))
        for number, start, end in self.automaton.find_matches_as_indexes(folded.text):
            law = self.bare[self.names[number]]
            if law and not self._other_word(folded.text, end):
                first, last = folded.printed(start, end)
                yield Mention(passage, first, last, text[first:last], law.name, law.kind, law.id)

    def _other_word(self, folded: str, end: int) -> bool:
        """Tell a name that is part of a longer word, or of a campaign's name (民法典宣传月), and cites nothing."""
        if folded[end - 1] == "法" and _LONGER_WORD.match(folded, end):
            return True
        return bool(self.campaign and self.campaign.match(folded, end))

    def resolve(self, words: str) -> Law | None:
        """Return the law that a title means, or None."""
        name = essence(words)
        tried = (_plain(words), name, _NEW.sub("", name), _spelt(name))
        return next((self.in_marks[each] for each in tried if each in self.in_marks), None)


def essence(name: str) -> str:
    """Return a name without what may be left out of it: 中华人民共和国, a year or 试行 in brackets at the end, spaces."""
    return _TRAILING.sub("", _plain(name)) or _plain(name)


def _plain(name: str) -> str:
    """Return a name folded, without 中华人民共和国; two plans of one name differ by the years at the end."""
    return fold(name).removeprefix(_STATE) or fold(name)


def _spelt(name: str) -> str:
    """Return a title with the commonest slip mended: 得 for 的."""
    return name.replace("得", "的")


def count_citations(mentions: tuple[Mention, ...]) -> tuple[Citation, ...]:
    """Count mentions by printed form, in the order of their first places."""
    grouped: dict[tuple[str, str | None], list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault((mention.printed, mention.canonical), []).append(mention)
    return tuple(
        Citation(
            printed,
            canonical,
            group[0].kind,
            group[0].law,
            len(group),
            tuple(dict.fromkeys(mention.passage for mention in group)),
        )
        for (printed, canonical), group in grouped.items()
    )
