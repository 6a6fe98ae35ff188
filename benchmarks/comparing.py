"""Measure what comparing two reports costs; beside difflib and diff-match-patch on the same pairs, in the same run.

The peers only find differences of characters in the whole texts: no clauses, no kinds, no atoms, no figures, no likeness.
difflib is also given the easier task of comparing lists of clauses, and the characters of those that it finds replaced.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from diff_match_patch import diff_match_patch  # noqa: E402 - beside the others

from benchmarks.linking import made_up, odd_report  # noqa: E402 - found beside this folder
from generator.comparing.clauses import read_clauses  # noqa: E402
from generator.comparing.compare import compare  # noqa: E402
from generator.comparing.similarity import measure_similarity  # noqa: E402
from generator.comparing.words import make_cut  # noqa: E402
from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes  # noqa: E402
from generator.model import Report  # noqa: E402

ODD = ("信访3批次4人次，", "化解矛盾纠纷3件。", "《", "一是", "“", "村")
Pair = tuple[Report, Report]


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what comparing two reports costs.")
    parser.add_argument("reports", type=int, nargs="?", default=200, metavar="N")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    reports = made_up(arguments.reports)
    pairs = [(old, new) for old, new in itertools.pairwise(reports) if old.place == new.place]
    strangers = [(old, new) for old, new in zip(reports, reports[7:], strict=False) if old.place != new.place]
    characters = sum(report.characters for pair in pairs for report in pair) / len(pairs) / 2
    print(
        f"{len(pairs)} pairs of {characters:,.0f} characters; mean of a pair, median of {arguments.runs} runs, one process"
    )
    started = time.perf_counter()
    cut = make_cut(tuple(load_catalogues(read_catalogue_bytes(CHECKOUT / "content")).catalogues.system_names()))
    print(f"dictionary made ready: {1000 * (time.perf_counter() - started):.0f} ms, once a process")
    own = measure("compare", pairs, lambda old, new: compare(old, new, cut), arguments.runs)
    measure(
        "four measures of similarity, apart", pairs, lambda old, new: measure_similarity(old, new, cut), arguments.runs
    )
    measure("compare, other townships", strangers, lambda old, new: compare(old, new, cut), arguments.runs)
    few = pairs[:20]
    clauses = measure("peer: difflib, clauses, then characters", few, difflib_clauses, arguments.runs)
    whole = measure("peer: difflib, characters", few[:5], difflib_characters, 1)
    patch = measure("peer: diff-match-patch, characters", few, patch_characters, arguments.runs)
    print(
        f"difflib clauses / own {clauses / own:.1f}, difflib / own {whole / own:.0f}, diff-match-patch / own {patch / own:.1f}"
    )
    for part in ODD:
        short, long = (seconds(odd_report(part, length)) for length in (20_000, 200_000))
        print(f"10 times as much of 「{part}」: {long / max(short, 1e-4):.1f} times as long, {long:.2f} s")
    return 0


def measure(name: str, pairs: Sequence[Pair], work: Callable[[Report, Report], object], runs: int) -> float:
    """Print and return the milliseconds that some work costs a pair."""
    times: list[float] = []
    for _ in range(runs):
        started = time.perf_counter()
        for pair in pairs:
            work(*pair)
        times.append(1000 * (time.perf_counter() - started) / len(pairs))
    print(f"{name}: {statistics.median(times):.2f} ms a pair")
    return statistics.median(times)


def seconds(report: Report) -> float:
    other = odd_report("有关" + report.passages[0].text[:-3], len(report.passages[0].text))
    started = time.perf_counter()
    compare(report, other)
    return time.perf_counter() - started


def text_of(report: Report) -> str:
    return "\n".join(clause.text for clause in read_clauses(report))


def difflib_characters(old: Report, new: Report) -> object:
    return difflib.SequenceMatcher(None, text_of(old), text_of(new), autojunk=False).get_opcodes()


def difflib_clauses(old: Report, new: Report) -> object:
    mine, others = ([clause.text for clause in read_clauses(report)] for report in (old, new))
    found = []
    for tag, start, end, first, last in difflib.SequenceMatcher(None, mine, others, autojunk=False).get_opcodes():
        if tag == "replace":
            before, after = "".join(mine[start:end]), "".join(others[first:last])
            found.append(difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
    return found


def patch_characters(old: Report, new: Report) -> object:
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    found = differ.diff_main(text_of(old), text_of(new))
    differ.diff_cleanupSemantic(found)
    return found


if __name__ == "__main__":
    sys.exit(main())
