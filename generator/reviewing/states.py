"""Two states of a project, read side by side: of the reports, only those that differ are read whole."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.catalogues import Catalogues
from generator.checking.project import check_project
from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes
from generator.content.load import load_filing
from generator.content.tree import ReportFiles, Tree, read_places, scan_places
from generator.files import read_file
from generator.model import Place, Problem, Report
from generator.project import Project

_LARGEST = 4_000_000
_UNREAD = frozenset({"yaml_syntax", "schema", "missing_file", "too_large"})


@dataclass(frozen=True, slots=True)
class FiledReport:
    """A report and the bytes of the files that people write: text and record. ``others``: names of sources and images.

    ``unread``: the record could not be read, and the report has an empty one.
    """

    report: Report
    text: bytes
    record: bytes
    others: frozenset[str]
    unread: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """One state of a project as a review sees it. ``reports`` are those that the other state does not have the same.

    ``pages`` are the hand-written pages and settings that differ; ``problems`` are those of the whole project.
    """

    places: Mapping[str, Place]
    reports: Mapping[str, FiledReport]
    catalogues: Catalogues
    pages: frozenset[str]
    problems: tuple[Problem, ...]
    changed_others: frozenset[str] = frozenset()


def read_states(old: Project, new: Project) -> tuple[State, State]:
    """Read two states of a project. ``changed_others`` (of the new one) are sources and images that have other bytes."""
    trees = scan_places(old.places), scan_places(new.places)
    differing = [id_ for id_ in sorted({*trees[0].reports, *trees[1].reports}) if _differ(*trees, id_)]
    others = frozenset(path for id_ in differing for path in _changed_others(*trees, id_))
    pages = _differing_pages(old, new)
    return (
        _read_state(old, trees[0], differing, pages[0], frozenset()),
        _read_state(new, trees[1], differing, pages[1], others),
    )


def _read_state(
    project: Project, tree: Tree, differing: list[str], pages: frozenset[str], others: frozenset[str]
) -> State:
    places, _ = read_places(tree)
    catalogues = load_catalogues(read_catalogue_bytes(project.content)).catalogues
    reports = {id_: _read_report(project, tree.reports[id_]) for id_ in differing if id_ in tree.reports}
    return State(places, reports, catalogues, pages, check_project(project), others)


def _read_report(project: Project, files: ReportFiles) -> FiledReport:
    filing = load_filing(project.places, files)
    contents = [_content(project, files, f"{files.year}{ending}") for ending in (".md", ".yml")]
    unread = any(each.path == filing.record_path and each.rule in _UNREAD for each in filing.problems)
    return FiledReport(filing.report, contents[0], contents[1], frozenset(_others(files)), unread)


def _content(project: Project, files: ReportFiles, name: str) -> bytes:
    stamp = files.files.get(name)
    return b"" if stamp is None or stamp.size > _LARGEST else read_file(f"{project.places}/{files.place}/{name}")


def _differ(old: Tree, new: Tree, id_: str) -> bool:
    mine, other = old.reports.get(id_), new.reports.get(id_)
    if mine is None or other is None or mine.files.keys() != other.files.keys():
        return True
    return any(not _same_bytes(old, new, mine, name) for name in mine.files)


def _changed_others(old: Tree, new: Tree, id_: str) -> Iterator[str]:
    mine, other = old.reports.get(id_), new.reports.get(id_)
    if mine and other:
        names = set(_others(mine)) & set(_others(other))
        yield from (f"{mine.place}/{name}" for name in sorted(names) if not _same_bytes(old, new, mine, name))


def _others(files: ReportFiles) -> Iterator[str]:
    return (name for name in files.files if name not in {f"{files.year}.md", f"{files.year}.yml"})


def _same_bytes(old: Tree, new: Tree, files: ReportFiles, name: str) -> bool:
    path = f"{files.place}/{name}"
    return filecmp.cmp(old.root / path, new.root / path, shallow=False)


def _differing_pages(old: Project, new: Project) -> tuple[frozenset[str], frozenset[str]]:
    """Return what each state has in ``content/pages`` and of settings, without what both have the same."""
    paths = frozenset(_page_paths(old)), frozenset(_page_paths(new))
    same = {path for path in paths[0] & paths[1] if filecmp.cmp(old.root / path, new.root / path, shallow=False)}
    return paths[0] - same, paths[1] - same


def _page_paths(project: Project) -> Iterator[str]:
    root = project.content / "pages"
    found: list[Path] = [*root.rglob("*"), project.config, project.content / "spec.yml"]
    yield from (path.relative_to(project.root).as_posix() for path in found if path.is_file() and not path.is_symlink())
