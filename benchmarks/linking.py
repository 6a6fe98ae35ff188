"""Measure what linking costs a report: topics, figures, citations, and all that is kept; beside simpler ways, in the same run.

The peers look for the same terms: one by one with ``in``, and with one regular expression of alternatives. They only find
terms, and score nothing.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from benchmarks.make_corpus import main as make_corpus  # noqa: E402 - found beside this folder
from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes  # noqa: E402
from generator.content.load import load_filing  # noqa: E402
from generator.content.parse import parse_report  # noqa: E402
from generator.content.tree import scan_places  # noqa: E402
from generator.linking.figures import FigureReader  # noqa: E402
from generator.linking.folding import fold  # noqa: E402
from generator.linking.links import Linker  # noqa: E402
from generator.linking.listings import listings  # noqa: E402
from generator.model import Report, ReportRecord  # noqa: E402

ODD = ("信访3批次4人次，", "化解矛盾纠纷3件，其中", "3个村均", "《宪法》", "《", "一是", "十余", "法律明白人")
"""Passages of nothing but this."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what linking costs a report.")
    parser.add_argument("reports", type=int, nargs="?", default=200, metavar="N")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    reports = made_up(arguments.reports)
    characters = sum(report.characters for report in reports) / len(reports)
    print(
        f"{len(reports)} made-up reports of {characters:,.0f} characters; median of {arguments.runs} runs, one process"
    )
    started = time.perf_counter()
    catalogues = load_catalogues(read_catalogue_bytes(CHECKOUT / "content")).catalogues
    linker, figures = Linker(catalogues), FigureReader(catalogues.indicators.indicators)
    linker.link(reports[0])
    print(f"catalogues read and made ready: {1000 * (time.perf_counter() - started):.0f} ms, once a process")
    topics = measure("topics and systems", reports, linker.topics.read, arguments.runs)
    find = linker.topics.terms.find
    measure("  of which finding terms", reports, lambda r: [find(fold(p.text)) for p in r.passages], arguments.runs)
    measure("figures (proposals)", reports, figures.propose, arguments.runs)
    measure("citations", reports, linker.laws.mentions, arguments.runs)
    measure("all links and lists", reports, lambda report: list(listings(report, linker.link(report))), arguments.runs)
    tell_growth(linker, figures)
    terms = tuple(linker.topics.terms.uses)
    one_by_one = measure("peer: the same terms with in", reports[:20], lambda r: terms_in(terms, r), arguments.runs)
    pattern = re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))
    alternatives = measure(
        "peer: one regular expression", reports[:20], lambda r: pattern.findall(text_of(r)), arguments.runs
    )
    print(
        f"{len(terms):,} terms; in / topics: {one_by_one / topics:.1f}; expression / topics: {alternatives / topics:.1f}"
    )
    return 0


def tell_growth(linker: Linker, figures: FigureReader) -> None:
    """Print how the cost grows with the length of one odd passage: 10 times the text, about 10 times the cost."""
    works: tuple[tuple[str, Callable[[Report], object]], ...] = (
        ("topics", linker.topics.read),
        ("figures", figures.propose),
        ("citations", linker.laws.mentions),
    )
    for part in ODD:
        grown: list[str] = []
        for name, work in works:
            short, long = (seconds(work, odd_report(part, length)) for length in (20_000, 200_000))
            grown.append(f"{name} {long / max(short, 1e-4):.1f}")
        print(f"10 times as much of 「{part}」: {', '.join(grown)}")


def odd_report(part: str, length: int) -> Report:
    return parse_report("x", 2023, "## 一、主要举措和成效\n\n" + part * (length // len(part)) + "\n", ReportRecord())


def seconds(work: Callable[[Report], object], report: Report) -> float:
    started = time.perf_counter()
    work(report)
    return time.perf_counter() - started


def made_up(count: int) -> list[Report]:
    """Return made-up reports."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        sys.argv = ["make_corpus.py", str(count), "--out", str(corpus)]
        make_corpus()
        tree = scan_places(corpus / "content" / "places")
        return [load_filing(tree.root, files).report for files in tree.reports.values()]


def measure(name: str, reports: Sequence[Report], work: Callable[[Report], object], runs: int) -> float:
    """Print and return the milliseconds that some work costs a report."""
    times: list[float] = []
    for _ in range(runs):
        started = time.perf_counter()
        for report in reports:
            work(report)
        times.append(1000 * (time.perf_counter() - started) / len(reports))
    print(f"{name}: {statistics.median(times):.2f} ms a report")
    return statistics.median(times)


def text_of(report: Report) -> str:
    return fold("\n".join(passage.text for passage in report.passages))


def terms_in(terms: Sequence[str], report: Report) -> list[str]:
    text = text_of(report)
    return [term for term in terms if term in text]


if __name__ == "__main__":
    sys.exit(main())
