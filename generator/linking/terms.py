"""The topic catalogue made ready for reading: all its phrases in one automaton (Aho and Corasick 1975), another for systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from generator.catalogues import Topic, TopicCatalogue
from generator.linking.folding import fold

SYSTEM_SCORE, TERM_SCORE, HINT_SCORE = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says of one topic: its score, the words that tell it, and where the first of them stands."""

    score: int
    words: tuple[str, ...]
    first: int


class Terms:
    """The phrases of the topics, each with what it counts for which topics; 0 only takes the words in it from others."""

    def __init__(self, catalogue: TopicCatalogue) -> None:
        self.topics = tuple(topic for group in catalogue.topics for topic in group.children)
        self.uses: dict[str, list[tuple[str, int]]] = {}
        self.systems: dict[str, str] = {}
        self.topic_of: dict[str, str] = {}
        for topic in self.topics:
            self._add(topic)
        self._phrases = _Phrases(tuple(sorted(self.uses)))
        self._names = _Phrases(tuple(sorted(self.systems)))

    def _add(self, topic: Topic) -> None:
        names: list[str] = []
        for system in topic.systems:
            self.topic_of[system.id] = topic.id
            names += (system.name, *system.aliases)
            for name in (system.name, *system.aliases):
                self.systems.setdefault(fold(name), system.id)
        for phrases, score in (
            (names, SYSTEM_SCORE),
            ((*topic.terms, *topic.aliases), TERM_SCORE),
            (topic.hints, HINT_SCORE),
            (topic.excludes, 0),
        ):
            for phrase in {fold(phrase): None for phrase in phrases if fold(phrase)}:
                self.uses.setdefault(phrase, []).append((topic.id, score))

    def find(self, folded: str) -> Mapping[str, Found]:
        """Return what a folded text says of topics. From left to right, the longest phrase takes the words that it holds."""
        scores: dict[str, dict[str, int]] = {}
        first: dict[str, int] = {}
        for phrase, start, _ in self._phrases.find(folded):
            for topic, score in self.uses[phrase]:
                if score:
                    scores.setdefault(topic, {}).setdefault(phrase, score)
                    first.setdefault(topic, start)
        return {topic: Found(sum(own.values()), tuple(own), first[topic]) for topic, own in scores.items()}

    def find_systems(self, folded: str) -> Iterator[tuple[str, int, int]]:
        """Walk the named systems of a folded text: (id, start, end)."""
        for name, start, end in self._names.find(folded):
            yield self.systems[name], start, end


class _Phrases:
    """Phrases looked for all at once, from left to right, of those that start together the longest."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self.phrases = phrases
        self.automaton = AhoCorasick(phrases, matchkind=MatchKind.LeftmostLongest) if phrases else None

    def find(self, folded: str) -> Iterator[tuple[str, int, int]]:
        for number, start, end in self.automaton.find_matches_as_indexes(folded) if self.automaton else ():
            yield self.phrases[number], start, end
