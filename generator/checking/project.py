"""All the problems of a project, or of a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.checking.filed_copies import copied_text, filed, read_filed, source_filed_twice
from generator.checking.filed_places import place_in_text
from generator.checking.place_rules import Gazetteer
from generator.checking.prose_rules import check_prose
from generator.checking.rules import Known, check_catalogues, check_filing, check_places
from generator.checking.wide_terms import WideTerms
from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes
from generator.content.deny_file import read_deny
from generator.content.load import load_filing
from generator.content.spec import check_spec
from generator.content.tree import ReportFiles, read_places, scan_places
from generator.model import Problem
from generator.project import Project


class UnknownPathError(ValueError):
    """A path that is not in the project's contents."""


def wanted_reports(project: Project, paths: Sequence[Path]) -> list[ReportFiles]:
    """Return the files of the reports that ``paths`` name: files, folders, ids. Raise UnknownPathError as ``check_project`` does."""
    wanted = [_within(project, path) for path in paths]
    tree = scan_places(project.places)
    return [
        files for files in tree.reports.values() if any(_covers(each, f"content/places/{files.id}") for each in wanted)
    ]


def check_project(project: Project, paths: Sequence[Path] = ()) -> tuple[Problem, ...]:
    """Return the problems of the project, in the order of paths and lines; only those under ``paths`` where given.

    Raise UnknownPathError for a path outside ``content`` or one that does not exist.
    """
    wanted = [_within(project, path) for path in paths]
    tree = scan_places(project.places)
    places, unread = read_places(tree)
    catalogue_files = load_catalogues(read_catalogue_bytes(project.content))
    deny_file = read_deny(project.content)
    known = Known.of(catalogue_files.catalogues, deny_file.denied)
    problems = [
        *check_spec(project.content),
        *check_prose(project.content, known.denied),
        *deny_file.problems,
        *catalogue_files.problems,
        *check_catalogues(catalogue_files),
        *tree.problems,
        *unread,
        *check_places(Gazetteer(tree, places), known.denied),
    ]
    terms = WideTerms(catalogue_files)
    judged, others = [], []
    for files in tree.reports.values():
        if not wanted or any(_covers(each, f"content/places/{files.id}") for each in wanted):
            filing = load_filing(project.places, files)
            problems += check_filing(filing, known)
            problems += place_in_text(filing, places)
            terms.see(filing.report)
            judged.append(filed(filing))
        else:
            others.append(files)
    problems += terms.problems()
    rest = [read_filed(tree, files) for files in others] if judged else []
    problems += [*copied_text(judged, rest, places), *source_filed_twice(judged, rest)]
    return tuple(
        sorted(problem for problem in problems if not wanted or any(_covers(each, problem.path) for each in wanted))
    )


def _within(project: Project, path: Path) -> str:
    resolved = path.resolve()
    if not resolved.exists():
        beside = (project.places / path).resolve()
        if not list(beside.parent.glob(f"{beside.name}*")):
            raise UnknownPathError(f"没有 {path}")
        resolved = beside
    if not resolved.is_relative_to(project.content.resolve()):
        raise UnknownPathError(f"{path} 不在 content 里")
    return resolved.relative_to(project.root.resolve()).as_posix()


def _covers(wanted: str, path: str) -> bool:
    """Tell whether a wanted path names ``path``, a folder above it, or one of the two files of a report."""
    stem = wanted.removesuffix(".md").removesuffix(".yml")
    return (
        path == wanted or path.startswith((f"{wanted}/", f"{wanted}.")) or path in (stem, f"{stem}.md", f"{stem}.yml")
    )
