"""Everything that links a report to others, read from its text by the catalogues: topics, systems, citations, figures."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from generator.catalogues import Catalogues
from generator.linking.citations import Citation, LawReader, Mention, count_citations
from generator.linking.figures import FigureMark, mark_figures
from generator.linking.topics import Label, SystemMention, TopicReader
from generator.model import Report


@dataclass(frozen=True, slots=True)
class ReportLinks:
    """The links of a report. ``names`` are those of the topics, systems and indicators that it is linked to, by their ids."""

    topics: Mapping[str, tuple[Label, ...]]
    systems: tuple[SystemMention, ...]
    mentions: tuple[Mention, ...]
    citations: tuple[Citation, ...]
    marks: tuple[FigureMark, ...]
    names: Mapping[str, str]

    @property
    def figure_passages(self) -> Mapping[int, str]:
        """The passages in which the numbers of figures stand, by the figures' places in the record."""
        return {mark.figure: mark.passage for mark in self.marks}


@dataclass(frozen=True)
class Linker:
    """The catalogues made ready for linking reports; made once for many of them."""

    catalogues: Catalogues

    @functools.cached_property
    def topics(self) -> TopicReader:
        """The reader of topics and systems."""
        return TopicReader(self.catalogues.topics)

    @functools.cached_property
    def laws(self) -> LawReader:
        """The reader of citations."""
        return LawReader(self.catalogues.laws)

    @functools.cached_property
    def names(self) -> Mapping[str, str]:
        """The names of topics, systems and indicators, by their ids."""
        topics = {topic.id: topic.name for topic in self.catalogues.second_level()}
        systems = {each.id: each.name for topic in self.catalogues.second_level() for each in topic.systems}
        return {**topics, **systems, **{each.id: each.name for each in self.catalogues.indicators.indicators}}

    def link(self, report: Report) -> ReportLinks:
        """Return the links of a report. Linear in its text."""
        topics, systems = self.topics.read(report)
        mentions = self.laws.mentions(report)
        used = {label.topic for labels in topics.values() for label in labels}
        used |= {mention.system for mention in systems} | {figure.indicator for figure in report.record.figures}
        names = {id_: self.names[id_] for id_ in sorted(used) if id_ in self.names}
        return ReportLinks(topics, systems, mentions, count_citations(mentions), mark_figures(report), names)
