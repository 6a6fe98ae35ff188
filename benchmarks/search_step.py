"""Make the search index alone, of a project that has been built, in a copy of its cache: for ``search.py`` to measure."""

from __future__ import annotations

import functools
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.model import Report
from generator.publishing.cache import Cache
from generator.publishing.progress import Progress
from generator.publishing.reading import iter_reads
from generator.publishing.workers import processes
from generator.search.building import ToIndex, update_index
from generator.search.numbering import number_reports


def no_last_good(report_id: str) -> Report:
    raise KeyError(report_id)


def make_index(copy: Path, code: bytes, edited: int) -> float:
    """Make the index (``edited`` 0), or bring it up to date after so many reports were edited; return the seconds."""
    cache = Cache(copy)
    summaries = [read.summary for read, _ in iter_reads(cache)]
    numbering = number_reports(summary.id for summary in summaries)
    wanted = [
        ToIndex(
            each.id,
            f"{each.title}改" if number < edited else f"{each.title}",
            "某镇",
            "某县",
            code if number >= edited else b"e",
            kept=False,
        )
        for number, each in enumerate(summaries)
    ]
    started = time.perf_counter()
    jobs = os.cpu_count() or 1
    with Progress(quiet=True).step("") as step:
        update_index(cache, numbering, wanted, b"", (copy, no_last_good), functools.partial(processes, jobs), step)
    cache.close()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(f"{make_index(Path(sys.argv[1]), b'w', int(sys.argv[2])):.2f}")
