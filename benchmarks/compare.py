"""Measure builds of made-up reports: cold, unchanged, one edit; beside MkDocs with Material alone, in the same run.

Seconds are wall time; CPU is user and system time of all processes of a build; memory is the sum of their resident sets,
sampled, and so an upper bound (what they share is counted for each). Trust the ratios more than the times.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
GONGKAI = (sys.executable, "-c", "from generator.cli import main; main()")
MKDOCS_CONFIG = "site_name: peer\ntheme: {name: material, font: false, language: zh}\nplugins: []\nnav: [index.md]\n"
PEER_PAGES = 300
SAMPLE_SECONDS = 0.05
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """What a command cost: wall and CPU seconds, and the peak of its processes' memory in MB."""

    seconds: float
    cpu: float
    memory: float


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure builds of N made-up reports.")
    parser.add_argument("reports", type=int, nargs="?", default=2000, metavar="N")
    parser.add_argument("--runs", type=int, default=3, help="runs of the unchanged and the edited build")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        run([sys.executable, str(CHECKOUT / "benchmarks/make_corpus.py"), str(arguments.reports), "--out", str(corpus)])
        build = [*GONGKAI, "-C", str(corpus), "build", "--strict", "--jobs", str(arguments.jobs)]
        cold = measure(build)
        pages = sum(1 for _ in Path(corpus, "site").rglob("*.html"))
        files = sum(1 for path in Path(corpus, "site").rglob("*") if path.is_file())
        print(f"{arguments.reports} reports, {pages} pages (HTML), {files} files, {arguments.jobs} jobs")
        tell("cold", [cold], pages, files)
        tell("unchanged", [measure(build) for _ in range(arguments.runs)])
        tell("one edit", [measure(build, before=lambda: edit(corpus)) for _ in range(arguments.runs)])
        peer = measure_mkdocs(corpus, Path(folder, "peer"))
        tell(f"MkDocs + Material alone, {PEER_PAGES} of the same texts", [peer], PEER_PAGES)
        print(f"CPU a page, MkDocs alone / gongkai: {(peer.cpu / PEER_PAGES) / (cold.cpu / pages):.1f}")
    return 0


def tell(name: str, costs: Sequence[Cost], pages: int | None = None, files: int | None = None) -> None:
    """Print the medians of some runs."""
    seconds, cpu, memory = (
        statistics.median(getattr(cost, each) for cost in costs) for each in ("seconds", "cpu", "memory")
    )
    each = f", {1000 * cpu / pages:.2f} ms CPU a page" if pages else ""
    each += f", {1000 * cpu / files:.2f} ms CPU a file" if files else ""
    print(f"{name}: {seconds:.2f} s, {cpu:.2f} s CPU{each}, {memory:.0f} MB")


def measure(command: Sequence[str], before: Callable[[], None] | None = None) -> Cost:
    """Run a command to its end, and to the end of every process that it leaves behind."""
    if before:
        before()
    peak = [0.0]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=CHECKOUT)
    sampler = threading.Thread(target=sample_memory, args=(process, peak))
    sampler.start()
    status = process.wait()
    seconds = time.perf_counter() - started
    sampler.join()
    reap_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status:
        raise SystemExit(f"{command}: exit code {status}")
    return Cost(seconds, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime, peak[0])


def measure_mkdocs(corpus: Path, folder: Path) -> Cost:
    """Build some of the same texts with MkDocs and Material alone, outside the navigation, without search."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# peer\n")
    for number, path in enumerate(sorted(Path(corpus, "content/places").rglob("*.md"))[:PEER_PAGES]):
        shutil.copyfile(path, docs / f"{number}.md")
    (folder / "mkdocs.yml").write_text(MKDOCS_CONFIG)
    return measure([sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(folder / "mkdocs.yml")])


def edit(corpus: Path) -> None:
    """Add a sentence to one report in the middle of the corpus."""
    texts = sorted(Path(corpus, "content/places").rglob("*.md"))
    with texts[len(texts) // 2].open("a", encoding="utf-8") as file:
        file.write(f"\n本段写于第 {time.time_ns()} 纳秒。\n")


def run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def adopt_orphans() -> None:
    """Become the parent of processes that outlive theirs, so that their CPU time is counted (prctl(2), Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap_orphans() -> None:
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def sample_memory(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    """Keep the highest sum of the resident sets of a process and its descendants, in MB."""
    page = os.sysconf("SC_PAGE_SIZE")
    while process.poll() is None:
        total = 0
        for pid in descendants(process.pid):
            try:
                total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page
            except (OSError, IndexError):
                continue
        peak[0] = max(peak[0], total / 1e6)
        time.sleep(SAMPLE_SECONDS)


def descendants(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for each in found:
        try:
            found += [int(child) for child in Path(f"/proc/{each}/task/{each}/children").read_text().split()]
        except OSError:
            continue
    return found


if __name__ == "__main__":
    sys.exit(main())
