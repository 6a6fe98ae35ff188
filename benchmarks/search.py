"""Measure the search: what it finds, what a first query fetches and how long it takes, what the index costs; beside others.

Queries are drawn from the text (2 to 12 characters, across words, digits, punctuation), and 20 stand nowhere. The truth is the
exact string, folded, in a title, a place's name, a heading or a passage. The browser is a headless Chromium; the slow network is
1.6 Mbit/s with 300 ms a request, as Chromium's own throttling has it. SQLite's FTS5 and, where it is installed
(``pip install 'pagefind[bin]==1.5.2'``), Pagefind answer the same queries in the same run.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from benchmarks.compare import adopt_orphans, measure  # noqa: E402 - found beside this folder
from benchmarks.search_browser import first_queries, pagefind_answers  # noqa: E402
from benchmarks.search_peers import fts5, pagefind_index  # noqa: E402
from generator.search.answering import open_index  # noqa: E402
from generator.search.engine import Filters, Wanted, hits_of, may_have  # noqa: E402

GONGKAI = (sys.executable, "-c", "from generator.cli import main; main()")
ABSENT = (
    "龘龘", "京沪高铁", "小行星带", "量子计算机", "zzzz", "98.7654%", "《不存在的法》", "1+1+1+1", "海底捞针", "恐龙蛋",
    "火星移民", "梵高画展", "魑魅魍魉", "饕餮盛宴", "qwerty", "123456789", "￥￥", "∑∫", "氢弹", "莎士比亚",
)  # fmt: skip
SHOWN = 50
"""So many hits of a query are looked at where there are very many; of up to ``WHOLE`` reports all are."""
WHOLE = 300


@dataclass
class Truth:
    """All that can be found, by report: (anchor, words folded); titles and names of places have the anchor ``""``."""

    reports: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)

    def has(self, wanted: str) -> set[str]:
        """Return the reports that have a string in one place."""
        return {id_ for id_, words in self.joined.items() if wanted in words}

    def places(self, id_: str, wanted: str) -> set[tuple[str, str]]:
        """Return the places of a report that have a string."""
        return {(id_, anchor) for anchor, words in self.reports[id_] if wanted in words}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the search of N made-up reports.")
    parser.add_argument("reports", type=int, nargs="?", default=1000, metavar="N")
    parser.add_argument(
        "--project", type=Path, help="a project that is there (built or not) in place of N made-up reports"
    )
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--browser-queries", type=int, default=30)
    parser.add_argument("--built", action="store_true", help="take the site of --project as it is")
    parser.add_argument(
        "--no-pagefind", action="store_true", help="its index of 10,000 reports takes minutes and 13 GB"
    )
    arguments = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        project = arguments.project or make_corpus(Path(folder, "corpus"), arguments.reports)
        if not arguments.built:
            tell_build(project)
        tell_index(project, Path(folder))
        site = project / "site"
        truth = read_truth(site)
        queries = draw(truth, arguments.queries)
        tell_sizes(site, truth)
        tell_found(site, truth, [*queries, *ABSENT])
        for slow in (False, True):
            for line in first_queries(site, queries[: arguments.browser_queries], slow=slow):
                print(line)
        tell_peers(Path(folder), truth, queries, with_pagefind=not arguments.no_pagefind)
    return 0


def make_corpus(folder: Path, reports: int) -> Path:
    subprocess.run(
        [sys.executable, str(CHECKOUT / "benchmarks/make_corpus.py"), str(reports), "--out", str(folder)], check=True
    )
    return folder


def tell_build(project: Path) -> None:
    """Build, edit one report, build again; tell what the step of the index took each time."""
    for name in ("whole", "unchanged", "one edit", "the edit undone"):
        if name in {"one edit", "the edit undone"}:
            report = max((project / "content/places").rglob("20*.md"))
            text = report.read_text("utf-8")
            mark = "\n\n本段是为测量而加的一句话。\n"
            report.write_text(text.removesuffix(mark) if text.endswith(mark) else text + mark, "utf-8")
        started = time.perf_counter()
        done = subprocess.run([*GONGKAI, "-C", str(project), "build"], capture_output=True, text=True, check=True)
        step = re.search(r"编制搜索索引.*?（([\d.]+) 秒）", done.stderr)
        print(f"build, {name}: {time.perf_counter() - started:.1f} s, the index {step.group(1) if step else '?'} s")


def tell_index(project: Path, folder: Path) -> None:
    """Make the index alone, from nothing and after an edit, in a copy of the cache; memory counts shared pages for each process."""
    copy = folder / "cache.sqlite"
    shutil.copy(project / ".gongkai" / "cache.sqlite", copy)
    for name, edited in (("from nothing", 0), ("one edit", 1)):
        cost = measure([sys.executable, str(CHECKOUT / "benchmarks/search_step.py"), str(copy), str(edited)])
        print(
            f"the index alone, {name}: {cost.seconds:.1f} s with start-up, {cost.cpu:.1f} s CPU, {cost.memory:.0f} MB"
        )


def read_truth(site: Path) -> Truth:
    index, truth = open_index(site), Truth()
    for row in json.loads((site / "data/reports.json").read_text("utf-8")):
        report = json.loads((site / row["url"] / "report.json").read_text("utf-8"))
        units = [("", report["title"]), ("", report["place"]["name"])]
        for section in report["sections"]:
            units.append((section["id"], section["number"] + section["heading"]))
            units += [(passage["id"], passage["text"]) for passage in section["passages"]]
        truth.reports[report["id"]] = [(anchor, index.fold(words)) for anchor, words in units if words]
        truth.joined[report["id"]] = "\0".join(words for _, words in truth.reports[report["id"]])
    return truth


def draw(truth: Truth, how_many: int) -> list[str]:
    rng = random.Random(5)
    ids, queries = list(truth.reports), list[str]()
    while len(queries) < how_many:
        _, words = rng.choice(truth.reports[rng.choice(ids)])
        size = rng.randint(2, 12)
        start = rng.randrange(max(1, len(words) - size + 1))
        query = words[start : start + size]
        if len(query) == size and not re.search(r'\s|^-|"', query):
            queries.append(query)
    return queries


def tell_sizes(site: Path, truth: Truth) -> None:
    total = sum(path.stat().st_size for path in (site / "search").rglob("*.bin"))
    parts = {
        part: sum(path.stat().st_size for path in (site / "search" / part).rglob("*.bin"))
        for part in ("postings", "texts", "aliases", "places", "topics")
    }
    texts = [words.encode() for words in truth.joined.values()]
    each, together = sum(len(zlib.compress(words, 6)) for words in texts), zlib.compressobj(6)
    stream = sum(len(together.compress(words)) for words in texts) + len(together.flush())
    print(
        f"index {total / 1e6:.1f} MB ({', '.join(f'{name} {size / 1e6:.2f}' for name, size in parts.items())}); "
        f"the text gzipped {each / 1e6:.1f} MB report by report ({total / each:.2f}), "
        f"{stream / 1e6:.1f} MB as one stream ({total / stream:.2f})"
    )


def tell_found(site: Path, truth: Truth, queries: Sequence[str]) -> None:
    """Tell recall and precision of what the engine shows."""
    index, found, shown, right, wanted_all, took = open_index(site), 0, 0, 0, 0, list[float]()
    for typed in queries:
        wanted, reports = Wanted((typed,)), truth.has(typed)
        started = time.perf_counter()
        candidates = {index.text_names[number] for number in may_have(index, wanted, Filters()).tolist()}
        hits = [hit for hit, _ in zip(hits_of(index, wanted, Filters()), range(SHOWN), strict=False)]
        took.append(time.perf_counter() - started)
        whole = len(candidates) <= WHOLE
        if whole:
            hits = list(hits_of(index, wanted, Filters()))
        places = {(hit.text.id, hit.anchor) for hit in hits}
        beside = {(hit.text.id, hit.passage.id) for hit in hits if hit.passage}
        truths = {place for id_ in reports for place in truth.places(id_, typed)} if whole else set()
        shown += len(places)
        right += sum(place in truth.places(place[0], typed) for place in places)
        wanted_all += len(truths) if whole else len(reports)
        found += len(truths & (places | beside)) if whole else min(len(reports), len(candidates))
    print(
        f"{len(queries)} queries: recall {found / max(1, wanted_all):.4f} ({wanted_all:,} places or reports), "
        f"precision {right / max(1, shown):.4f} ({shown:,} shown); in Python {statistics.median(took) * 1000:.0f} ms median"
    )


def tell_peers(folder: Path, truth: Truth, queries: Sequence[str], *, with_pagefind: bool) -> None:
    asked = [*queries, *ABSENT]
    truths = [truth.has(query) for query in asked]
    answers, cost = fts5(folder / "fts5.sqlite", truth.reports, asked)
    print(f"SQLite FTS5, pairs of characters as words, asked for as phrases: {scores(answers, truths)}; {cost}")
    if with_pagefind and (made := pagefind_index(folder / "pagefind", truth.reports)):
        answers, cost = pagefind_answers(folder / "pagefind", asked)
        print(f"Pagefind {made}: {scores(answers, truths)}; {cost}")


def scores(answers: Sequence[set[str]], truths: Sequence[set[str]]) -> str:
    right = sum(len(found & true) for found, true in zip(answers, truths, strict=True))
    recall = right / max(1, sum(map(len, truths)))
    precision = right / max(1, sum(map(len, answers)))
    false = sum(bool(found) for found, true in zip(answers, truths, strict=True) if not true)
    return f"reports found: recall {recall:.3f}, precision {precision:.3f}, {false} of {len(ABSENT)} absent ones found"


if __name__ == "__main__":
    sys.exit(main())
