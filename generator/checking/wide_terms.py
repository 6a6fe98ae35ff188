"""Terms of the topic catalogue that most passages of the reports at hand contain: they tell nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from generator.content.catalogue_files import CatalogueFiles
from generator.content.yaml_reading import Keys
from generator.linking.folding import fold
from generator.model import Problem, Report

_FEWEST_PASSAGES = 40
_MOST = 0.4
"""The widest good term, 习近平法治思想, stands in about a sixth of the passages of the reports that name it most."""


class WideTerms:
    """Counts in how many passages each term stands."""

    def __init__(self, files: CatalogueFiles) -> None:
        self.files = files
        self.keys: dict[str, Keys] = {}
        for number, group in enumerate(files.catalogues.topics.topics):
            for index, topic in enumerate(group.children):
                for i, term in enumerate(topic.terms):
                    self.keys.setdefault(fold(term), ("topics", number, "children", index, "terms", i))
        self.terms = tuple(sorted(term for term in self.keys if term))
        self.automaton = AhoCorasick(self.terms) if self.terms else None
        self.found: Counter[int] = Counter()
        self.passages = 0

    def see(self, report: Report) -> None:
        """Count the passages of a report."""
        for passage in report.passages if self.automaton else ():
            self.passages += 1
            hits = (
                self.automaton.find_matches_as_indexes(fold(passage.text), overlapping=True) if self.automaton else ()
            )
            self.found.update({term for term, _, _ in hits})

    def problems(self) -> Iterator[Problem]:
        """Tell the terms that stand nearly everywhere, once enough passages have been seen."""
        for number, count in sorted(self.found.items()):
            if self.passages >= _FEWEST_PASSAGES and count > _MOST * self.passages:
                term = self.terms[number]
                line = self.files.documents["topics"].line_of(self.keys[term])
                message = f"「{term}」在 {self.passages} 段里有 {count} 段都出现，不能用来识别"
                hint = "换成更长、更专门的词"
                yield Problem("content/topics.yml", line, 1, "catalogue_too_wide", "error", message, hint)
