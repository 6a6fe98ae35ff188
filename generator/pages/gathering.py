"""What was read, sorted into what the site can show today and what it must keep from yesterday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.checking.privacy_rules import without_private_note
from generator.content.tree import Tree
from generator.model import DenyList, Exemption, Place, Problem, Severity
from generator.pages.holdings import Entry, Holdings, make_holdings
from generator.pages.kept import is_private, kept_entry, kept_place, stand_in
from generator.pages.public_record import PublicRecord
from generator.pages.status import Findings
from generator.publishing.cache import Cache
from generator.publishing.reading import ReadReport, iter_reads


def gather(  # noqa: PLR0913, PLR0917 - all that was read
    cache: Cache, tree: Tree, places: dict[str, Place], found: Sequence[Problem], site: Path, denied: DenyList
) -> tuple[Holdings, Findings]:
    """Make the holdings of the site, and count every problem once: those ``found`` outside reports, and the reports' own.

    A report or a place with an error is shown as the published ``site`` still has it; a report that it has not, not at all,
    and neither one whose published version holds what must not be published.
    """
    errors = [problem for problem in found if problem.level == "error"]
    last_good = {path: place for path in tree.folders - set(places) if (place := kept_place(site, path))}
    sorting = _Sorting(Counter((problem.level, problem.rule) for problem in found), errors, _failed_by_place(errors))
    for read, _ in iter_reads(cache):
        sorting.see(read, placed=read.summary.place in places or read.summary.place in last_good)
        if read.summary.id in sorting.failed and is_private(site, read, denied):
            sorting.taken_down.add(read.summary.id)
    failed, record = sorting.failed, sorting.record
    kept = {id_: None if id_ in sorting.taken_down else kept_entry(site, id_) for id_ in failed}
    reporting = {files.place for files in tree.reports.values()}
    shown = {
        path: places.get(path) or last_good.get(path) or stand_in(path, "township" if path in reporting else "county")
        for path in sorted(tree.folders)
    }
    shown = {path: without_private_note(place, denied) for path, place in shown.items()}

    def entries() -> Iterator[Entry]:
        for read, digests in iter_reads(cache):
            if read.withdrawn:
                continue
            if read.summary.id not in kept:
                yield Entry(read.summary, digests)
            elif last := kept[read.summary.id]:
                yield replace(last, digests=replace(digests, files=last.digests.files))

    withheld = tuple(sorted(report_id for report_id in kept if kept[report_id] is None))
    holdings = make_holdings(shown, tree.reports, frozenset(failed), entries, record.withdrawn(), record.log(shown))
    return holdings, sorting.findings(withheld)


@dataclass(slots=True)
class _Sorting:
    """What one walk of the reports finds: problems, which reports fail, what is to be told of them in public."""

    counts: Counter[tuple[Severity, str]]
    errors: list[Problem]
    failed: set[str]
    taken_down: set[str] = field(default_factory=set)
    exceptions: list[tuple[str, Exemption]] = field(default_factory=list)
    record: PublicRecord = field(default_factory=PublicRecord)

    def see(self, read: ReadReport, *, placed: bool) -> None:
        """Sort a report; ``placed`` tells that its place is known."""
        self.record.see(read)
        self.counts.update((problem.level, problem.rule) for problem in read.problems)
        self.errors += [problem for problem in read.problems if problem.level == "error"]
        if read.withdrawn:
            return
        if read.failed or not placed:
            self.failed.add(read.summary.id)
        if read.summary.id not in self.failed:
            self.exceptions += ((read.summary.id, each) for each in read.exceptions)

    def findings(self, withheld: tuple[str, ...]) -> Findings:
        """Return what the checks found, and which reports are ``withheld``."""
        told = tuple(sorted(self.errors))
        return Findings(self.counts, told, withheld, frozenset(self.taken_down), tuple(self.exceptions))


def keep_last_good(cache: Cache, holdings: Holdings, taken_down: frozenset[str]) -> None:
    """Keep the published pages of the reports that failed, but for those that must go."""
    for report_id in sorted(holdings.failed - taken_down):
        cache.keep_published(f"places/{report_id}/")


def _failed_by_place(errors: Sequence[Problem]) -> set[str]:
    """Return the reports that fail because of where they are filed."""
    misplaced = (problem.path for problem in errors if problem.rule == "report_at_township")
    return {path.removeprefix("content/places/").removesuffix(".md") for path in misplaced}
