"""What a passage is about: terms of the topic catalogue found in it, scored, and the best one to three topics kept.

A long passage of 「一是…」 items is labelled item by item and takes the union. The score can be told in words: the name of
a system counts 3, a term 2, a hint 1, each once, and twice as much in a heading above; a topic needs 2. Headings
strengthen what the text says, and speak alone where it says nothing. Words within 《…》 are those of other documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.catalogues import TopicCatalogue
from generator.content.items import Span, item_spans
from generator.linking.folding import fold, fold_text
from generator.linking.terms import Found, Terms
from generator.linking.titles import without_titles
from generator.model import Passage, Report, Section, TopicEdit

HEADING_FACTOR = 2
NEEDED = 2
MOST = 3
"""An item, or a passage without items, has at most so many topics."""
OVERVIEW = "general.overview"
"""The topic of what is about nothing more specific."""

Headings = Sequence[Mapping[str, Found]]


@dataclass(frozen=True, slots=True)
class Label:
    """A topic of a passage and why: the terms that were found, or ``edited`` where an editor put it there.

    ``spans`` are the parts of the passage that it was found for: its items, or the passage as a whole.
    """

    topic: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    edited: bool = False


@dataclass(frozen=True, slots=True)
class SystemMention:
    """A named system, and where in a passage it stands."""

    system: str
    passage: str
    start: int
    end: int


class TopicReader:
    """Reads the topics of reports."""

    def __init__(self, catalogue: TopicCatalogue) -> None:
        self.terms = Terms(catalogue)
        self.known = {topic.id: number for number, topic in enumerate(self.terms.topics)}

    def read(self, report: Report) -> tuple[dict[str, tuple[Label, ...]], tuple[SystemMention, ...]]:
        """Return the topics of every passage of a report, and every named system in it, in document order."""
        found: dict[str, tuple[Label, ...]] = {}
        mentions: list[SystemMention] = []
        headings: dict[int, Mapping[str, Found]] = {}
        for section in report.sections:
            headings = {level: own for level, own in headings.items() if level < section.level}
            headings[section.level] = self._of_heading(section)
            for passage in section.passages:
                found[passage.id] = self._labels(passage, list(headings.values()), mentions)
        self._keep_systems(report, found, mentions)
        edits = report.record.topics
        labels = {each.id: self._edited(found[each.id], edits.get(each.id), each) for each in report.passages}
        return labels, tuple(mentions)

    def _of_heading(self, section: Section) -> Mapping[str, Found]:
        """Return the topics that a heading speaks of; the headings of level 1 are the law's, and count as text does."""
        factor = HEADING_FACTOR if section.level > 1 else 1
        found = self.terms.find(fold(section.heading))
        return {topic: Found(each.score * factor, each.words, 0) for topic, each in found.items()}

    def _labels(self, passage: Passage, headings: Headings, mentions: list[SystemMention]) -> tuple[Label, ...]:
        if passage.kind == "signature":
            return ()
        union: dict[str, tuple[dict[str, None], list[Span]]] = {}
        text = without_titles(passage.text)
        for start, end in item_spans(passage.text):
            folded = fold_text(text[start:end])
            for system, *place in self.terms.find_systems(folded.text):
                first, last = folded.printed(*place)
                mentions.append(SystemMention(system, passage.id, start + first, start + last))
            for topic, words in self._best(self.terms.find(folded.text), headings):
                known, spans = union.setdefault(topic, ({}, []))
                known.update(dict.fromkeys(words))
                spans.append((start, end))
        found = tuple(Label(topic, tuple(words), tuple(spans)) for topic, (words, spans) in union.items())
        if len(found) > 1:
            return tuple(label for label in found if label.topic != OVERVIEW)
        if not found and OVERVIEW in self.known:
            return (Label(OVERVIEW, (), ((0, len(passage.text)),)),)
        return found

    def _best(self, own: Mapping[str, Found], headings: Headings) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Walk the best topics of an item with the words that tell them."""
        scores = dict(own)
        alone = not any(each.score >= NEEDED for each in own.values())
        for heading in headings:
            for topic, above in heading.items():
                if alone or topic in own:
                    known = scores.get(topic, Found(0, (), 0))
                    words = tuple(dict.fromkeys((*known.words, *above.words)))
                    scores[topic] = Found(known.score + above.score, words, known.first)
        ranked = sorted(scores.items(), key=lambda each: (-each[1].score, each[1].first, self.known[each[0]]))
        for topic, found in ranked[:MOST]:
            if found.score >= NEEDED:
                yield topic, found.words

    def _keep_systems(
        self, report: Report, found: dict[str, tuple[Label, ...]], mentions: Sequence[SystemMention]
    ) -> None:
        """Give every system that a report names a passage with its topic: where all others took precedence, the first."""
        texts = {passage.id: passage.text for passage in report.passages}
        places: dict[str, list[SystemMention]] = {}
        for mention in mentions:
            places.setdefault(mention.system, []).append(mention)
        for system, own in places.items():
            topic = self.terms.topic_of[system]
            if not any(label.topic == topic for mention in own for label in found[mention.passage]):
                first = own[0]
                text = texts[first.passage]
                span = next(span for span in item_spans(text) if span[0] <= first.start < span[1])
                label = Label(topic, (text[first.start : first.end],), (span,))
                found[first.passage] = (*(each for each in found[first.passage] if each.topic != OVERVIEW), label)

    def _edited(self, labels: tuple[Label, ...], edit: TopicEdit | None, passage: Passage) -> tuple[Label, ...]:
        if edit is None:
            return labels
        whole = ((0, len(passage.text)),)
        kept = tuple(label for label in labels if label.topic not in edit.remove and label.topic not in edit.add)
        return (*kept, *(Label(topic, (), whole, edited=True) for topic in edit.add if topic in self.known))
