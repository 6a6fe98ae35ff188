"""How far the program agrees with people who read the reports before it did: precision and recall against review files.

A review file (``tests/cases/links/NAME.yml``) holds, for one report, the topics of every passage, the figures and the
citations; ``also`` are topics that a passage tells as well and that the reader left out only because three are enough:
they count neither for nor against the program. The five real reports name their text by ``report``; the made-up ones have it beside them (演示数据).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes
from generator.content.parse import parse_report
from generator.linking.figures import FigureReader
from generator.linking.folding import fold
from generator.linking.links import Linker
from generator.model import Report, ReportRecord
from tests.cases_reader import CASES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

REVIEWS = sorted((CASES / "links").glob("*.yml"))
MADE_UP = sorted((CASES / "links" / "made-up").glob("*.yml"))


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what both have, of what only the program has, of what only the reader has."""

    both: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.both + other.both, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.both / (self.both + self.extra) if self.both + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.both / (self.both + self.missed) if self.both + self.missed else 1.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({self.both}, +{self.extra}, -{self.missed})"


@dataclass(frozen=True, slots=True)
class Review:
    """What a reader and the program found in one report, as multisets; ``systems`` named in it, with fitting topics."""

    name: str
    report: Report
    wanted: dict[str, Counter[Any]]
    found: dict[str, Counter[Any]]
    systems: dict[str, list[str]]

    def score(self, what: str) -> Score:
        wanted, found = self.wanted[what], self.found[what]
        both = (wanted & found).total()
        return Score(both, found.total() - both, wanted.total() - both)


class Reviewer:
    """Reads reports with the catalogues of the checkout."""

    def __init__(self) -> None:
        catalogues = load_catalogues(read_catalogue_bytes(ROOT / "content")).catalogues
        self.linker = Linker(catalogues)
        self.figures = FigureReader(catalogues.indicators.indicators)

    def review(self, path: Path) -> Review:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "report" in told:
            place, _, year = told["report"].rpartition("/")
            text = (ROOT / "content" / "places" / f"{told['report']}.md").read_text(encoding="utf-8")
        else:
            place, year, text = "yanshi-zhen", told["year"], path.with_suffix(".md").read_text(encoding="utf-8")
        report = parse_report(place, int(year), text, ReportRecord())
        links = self.linker.link(report)
        wanted: dict[str, Counter[Any]] = {
            "topics": Counter((passage, topic) for passage, topics in told["topics"].items() for topic in topics),
            "figures": Counter((each["indicator"], each["value"]) for each in told["figures"]),
            "citations": Counter((_name(each["printed"]), _name(each["canonical"])) for each in told["citations"]),
        }
        signed = {passage.id for passage in report.passages if passage.kind == "signature"}
        for key in [key for key in wanted["topics"] if key[0] in signed]:  # a signature is about nothing
            del wanted["topics"][key]
        also = {(passage, topic) for passage, topics in told.get("also", {}).items() for topic in topics}
        topics = ((passage, each.topic) for passage, labels in links.topics.items() for each in labels)
        found: dict[str, Counter[Any]] = {
            "topics": Counter(each for each in topics if each not in also),
            "figures": Counter((each.indicator, each.value) for each in self.figures.propose(report)),
            "citations": Counter((_name(each.printed), _name(each.canonical)) for each in links.citations),
        }
        systems = {str(name): topics for name, topics in told.get("systems", {}).items()}
        return Review(path.stem, report, wanted, found, systems)


def _name(text: str | None) -> str | None:
    """Return a name that can be compared: marks, widths, dashes and spaces make no difference."""
    return None if text is None else fold(text).strip("《》〈〉")
