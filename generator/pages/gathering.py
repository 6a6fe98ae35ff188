"""What was read, sorted into what the site can show today and what it must keep from yesterday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.content.tree import Tree
from generator.model import Place, Problem
from generator.pages.holdings import Entry, Holdings, make_holdings
from generator.pages.kept import kept_entry, kept_place, stand_in
from generator.pages.plan import Findings
from generator.publishing.cache import Cache
from generator.publishing.reading import iter_reads


def gather(
    cache: Cache, tree: Tree, places: dict[str, Place], found: Sequence[Problem], site: Path
) -> tuple[Holdings, Findings]:
    """Make the holdings of the site, and count every problem once: those ``found`` outside reports, and the reports' own.

    A report or a place with an error is shown as the published ``site`` still has it; a report that it has not, not at all.
    """
    counts = Counter((problem.level, problem.rule) for problem in found)
    errors = [problem for problem in found if problem.level == "error"]
    failed = _failed_by_place(errors)
    last_good = {path: place for path in tree.folders - set(places) if (place := kept_place(site, path))}
    for read, _ in iter_reads(cache):
        counts.update((problem.level, problem.rule) for problem in read.problems)
        errors += [problem for problem in read.problems if problem.level == "error"]
        if read.failed or not (read.summary.place in places or read.summary.place in last_good):
            failed.add(read.summary.id)
    kept = {report_id: kept_entry(site, report_id) for report_id in failed}
    reporting = {files.place for files in tree.reports.values()}
    shown = {
        path: places.get(path) or last_good.get(path) or stand_in(path, "township" if path in reporting else "county")
        for path in sorted(tree.folders)
    }

    def entries() -> Iterator[Entry]:
        for read, digests in iter_reads(cache):
            if read.summary.id not in kept:
                yield Entry(read.summary, digests)
            elif last := kept[read.summary.id]:
                yield replace(last, digests=replace(digests, files=last.digests.files))

    return make_holdings(shown, tree.reports, frozenset(failed), entries), Findings(counts, tuple(sorted(errors)))


def keep_last_good(cache: Cache, holdings: Holdings) -> None:
    """Keep the published pages of the reports that failed."""
    for report_id in sorted(holdings.failed):
        cache.keep_published(f"places/{report_id}/")


def _failed_by_place(errors: Sequence[Problem]) -> set[str]:
    """Return the reports that fail because of where they are filed."""
    misplaced = (problem.path for problem in errors if problem.rule == "report_at_township")
    return {path.removeprefix("content/places/").removesuffix(".md") for path in misplaced}
