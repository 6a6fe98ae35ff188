"""Reports and places read and checked, through the cache: only what has changed since the last build is read again."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from generator.checking.rules import Known, check_filing
from generator.content.load import load_filing
from generator.content.parse import summarise
from generator.content.tree import FileStamp, ReportFiles, Tree, read_place
from generator.model import Correction, Exemption, Place, Problem, Report, ReportSummary, Withdrawal
from generator.publishing.cache import Cache, Reading, encode
from generator.publishing.progress import Step
from generator.publishing.workers import in_batches, map_bounded

REPORT, PLACE = "report:", "place:"

_SETTLED_SECONDS = 2
"""A file that has changed this recently may change again within the tick of its time stamp: it is read again next time."""
_REPORT_VALUE = msgspec.msgpack.Decoder(Report)
_PLACE_VALUE = msgspec.msgpack.Decoder(tuple[Place | None, tuple[Problem, ...]])


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What a build keeps at hand of a report that was read."""

    summary: ReportSummary
    problems: tuple[Problem, ...]
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    exceptions: tuple[Exemption, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the report must not be published as it is."""
        return any(problem.level == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Digests:
    """The digests of a report: of its files, its links, its figures, what it shares, how it compares; empty where not yet."""

    files: bytes
    links: bytes = b""
    figures: bytes = b""
    shared: bytes = b""
    compared: bytes = b""


_SUMMARY = msgspec.msgpack.Decoder(ReadReport)


def changed_reports(cache: Cache, tree: Tree, code: bytes) -> list[ReportFiles]:
    """Return the files of every report that the cache does not hold as they are now."""
    return [
        files for files in tree.reports.values() if not cache.is_fresh(REPORT + files.id, _stamps(files.files), code)
    ]


def read_reports(  # noqa: PLR0913 - where from, what, with what, how told
    cache: Cache,
    tree: Tree,
    changed: Sequence[ReportFiles],
    known: Known,
    code: bytes,
    *,
    executor: Executor | None,
    step: Step,
) -> None:
    """Read and check reports, and keep what was read; on ``executor`` where there is one."""
    work = partial(read_batch, tree.root, known)
    batches = in_batches(changed)
    results = map_bounded(executor, work, batches) if executor else map(work, batches)
    for readings in results:
        cache.keep_readings(readings, code)
        step.add(len(readings))


def read_batch(root: Path, known: Known, batch: list[ReportFiles]) -> list[Reading]:
    """Read and check some reports."""
    return [_read_report(root, known, files) for files in batch]


def read_all_places(cache: Cache, tree: Tree, code: bytes) -> tuple[dict[str, Place], list[Problem]]:
    """Read every place, through the cache."""
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    readings: list[Reading] = []
    for path, stamp in tree.places.items():
        stamps = _stamps({"place": stamp})
        if cache.is_fresh(PLACE + path, stamps, code):
            place, found = _PLACE_VALUE.decode(cache.value(PLACE + path))
        else:
            place, found = read_place(tree.root, path, stamp)
            readings.append(Reading(PLACE + path, _settled(stamps, [stamp]), b"", b"", encode((place, found))))
        problems += found
        if place:
            places[path] = place
    cache.keep_readings(readings, code)
    return places, problems


def forget_removed(cache: Cache, tree: Tree) -> None:
    """Drop what the cache holds of files that are no more."""
    known = [PLACE + path for path in tree.places] + [REPORT + report_id for report_id in tree.reports]
    cache.forget_readings(known)


def iter_reads(cache: Cache) -> Iterator[tuple[ReadReport, Digests]]:
    """Walk all reports by place and year, each with its digests."""
    for files, summary, *others in cache.reports(REPORT):
        yield _SUMMARY.decode(summary), Digests(files, *others)


def report_value(cache: Cache, report_id: str) -> Report:
    """Return a report that was read."""
    return _REPORT_VALUE.decode(cache.value(REPORT + report_id))


def _read_report(root: Path, known: Known, files: ReportFiles) -> Reading:
    filing = load_filing(root, files)
    record = filing.report.record
    problems = check_filing(filing, known)
    told = (record.corrections, record.withdrawn, record.exceptions)
    read = ReadReport(summarise(filing.report), problems, *told)
    stamps = _settled(_stamps(files.files), files.files.values())
    return Reading(REPORT + files.id, stamps, filing.digest, encode(read), encode(filing.report))


def _stamps(files: Mapping[str, FileStamp]) -> bytes:
    return encode(list(files.values()))


def _settled(stamps: bytes, files: Iterable[FileStamp]) -> bytes:
    newest = max(max(stamp.mtime_ns, stamp.ctime_ns) for stamp in files)
    return stamps if time.time_ns() - newest > _SETTLED_SECONDS * 1_000_000_000 else b""
