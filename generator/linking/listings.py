"""What a report gives to the lists of others: the passages on a topic, those that name a system or cite a law, its figures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.content.items import Span, sentence_spans
from generator.linking.links import ReportLinks
from generator.model import Passage, Qualifier, Report, Section

_LONGEST_EXCERPT = 360
_SHORT_EXCERPT = 180


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage in a list: its anchor, the heading above it, its words or the part that matters, and why it is there.

    ``words`` are the terms found, or the printed names; ``more`` tells that the passage goes on.
    """

    passage: str
    heading: str
    text: str
    words: tuple[str, ...]
    more: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in a list over places and years; ``anchor`` is that of the number, or of its passage."""

    indicator: str
    name: str
    value: int | float
    unit: str
    qualifier: Qualifier
    quote: str
    confirmed: bool
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one list shows of one report; ``beside`` are the other topics of the same passages, one entry a passage."""

    name: str
    excerpts: tuple[Excerpt, ...] = ()
    statements: tuple[Statement, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many entries the list shows."""
        return len(self.excerpts) + len(self.statements)


def listings(report: Report, links: ReportLinks) -> Iterator[Listing]:
    """Walk what a report gives to each list that it stands in, by the names of the lists (``topics/ID``, ``laws/ID`` …)."""
    headings = {passage.id: _heading(section) for section in report.sections for passage in section.passages}
    passages = {passage.id: passage for passage in report.passages}
    yield from _topic_listings(links, passages, headings)
    spans: dict[str, list[tuple[str, int, int]]] = {}
    for mention in links.systems:
        spans.setdefault(f"systems/{mention.system}", []).append((mention.passage, mention.start, mention.end))
    for cited in links.mentions:
        name = f"laws/{cited.law}" if cited.law else "laws/"
        spans.setdefault(name, []).append((cited.passage, cited.start, cited.end))
    sentences: dict[str, tuple[Span, ...]] = {}
    for name, places in spans.items():
        yield Listing(name, tuple(_around(passages, headings, sentences, places)))
    yield from _indicator_listings(statements(report, links))


def statements(report: Report, links: ReportLinks) -> tuple[Statement, ...]:
    """Return the figures of a report with the names of their indicators and where they stand."""
    anchors = figure_anchors(report)
    placed = links.figure_passages
    return tuple(
        Statement(
            figure.indicator,
            links.names.get(figure.indicator, figure.indicator),
            figure.value,
            figure.unit,
            figure.qualifier,
            figure.quote,
            figure.confirmed,
            anchors[index] if index in placed else None,
        )
        for index, figure in enumerate(report.record.figures)
    )


def figure_anchors(report: Report) -> tuple[str, ...]:
    """Return the anchors of the numbers of a report's figures: ``f-`` and the indicator, numbered from the second on."""
    seen: dict[str, int] = {}
    anchors: list[str] = []
    for figure in report.record.figures:
        seen[figure.indicator] = seen.get(figure.indicator, 0) + 1
        number = seen[figure.indicator]
        anchors.append(f"f-{figure.indicator}" + (f"-{number}" if number > 1 else ""))
    return tuple(anchors)


def _topic_listings(links: ReportLinks, passages: dict[str, Passage], headings: dict[str, str]) -> Iterator[Listing]:
    found: dict[str, list[Excerpt]] = {}
    beside: dict[str, list[str]] = {}
    for passage_id, labels in links.topics.items():
        for label in labels:
            text = passages[passage_id].text
            part = "".join(text[start:end] for start, end in label.spans)
            shown = part if len(part) <= _LONGEST_EXCERPT else part[:_LONGEST_EXCERPT]
            excerpt = Excerpt(
                passage_id, headings[passage_id], shown, label.words, len(shown) < len(text), label.edited
            )
            found.setdefault(label.topic, []).append(excerpt)
            beside.setdefault(label.topic, []).extend(each.topic for each in labels if each is not label)
    for topic, excerpts in found.items():
        yield Listing(f"topics/{topic}", tuple(excerpts), beside=tuple(sorted(beside[topic])))


def _indicator_listings(stated: Sequence[Statement]) -> Iterator[Listing]:
    found: dict[str, list[Statement]] = {}
    for statement in stated:
        found.setdefault(f"indicators/{statement.indicator}", []).append(statement)
    for name, statements_ in found.items():
        yield Listing(name, statements=tuple(statements_))


def _around(
    passages: dict[str, Passage],
    headings: dict[str, str],
    sentences: dict[str, tuple[Span, ...]],
    places: Sequence[tuple[str, int, int]],
) -> Iterator[Excerpt]:
    """Walk the sentences in which names stand, one for each passage: that of the first, with all printed forms.

    ``sentences`` are those of the passages that have been taken apart so far.
    """
    by_passage: dict[str, list[tuple[int, int]]] = {}
    for passage_id, start, end in places:
        by_passage.setdefault(passage_id, []).append((start, end))
    for passage_id, spans in by_passage.items():
        text = passages[passage_id].text
        if passage_id not in sentences:
            sentences[passage_id] = tuple(sentence_spans(text))
        first, last = _sentence_around(sentences[passage_id], *spans[0])
        words = tuple(dict.fromkeys(text[start:end] for start, end in spans))
        yield Excerpt(passage_id, headings[passage_id], text[first:last], words, last - first < len(text))


def _sentence_around(sentences: tuple[Span, ...], start: int, end: int) -> Span:
    """Return the sentence that holds a span; of one that is too long, the part around the span."""
    first, last = sentences[bisect_right(sentences, start, key=lambda span: span[0]) - 1]
    if last - first > _SHORT_EXCERPT:
        first = max(first, start - _SHORT_EXCERPT // 3)
        last = min(last, max(end, first + _SHORT_EXCERPT))
    return first, max(last, end)


def _heading(section: Section) -> str:
    return section.number + section.heading
