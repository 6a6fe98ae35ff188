"""Reports that a command names: by their ids in the project, or as files that may lie anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from generator.content.load import load_filing
from generator.content.parse import parse_report
from generator.content.schema import record_from, violations
from generator.content.tree import FileStamp, ReportFiles
from generator.content.yaml_reading import YamlError, read_yaml
from generator.model import Problem, Report, ReportRecord
from generator.project import Project

_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_IN_TEXT = re.compile(r"(20\d\d)\s*年")
_TEXTS = (".md", ".txt")
_LARGEST = 4_000_000


class NamedReportError(ValueError):
    """A report that cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Target:
    """What was named: the files of a report of the project, or one file and perhaps its record beside it."""

    named: str
    filed: ReportFiles | None
    text: Path | None


def read_named(project: Project | None, named: str) -> Report:
    """Return the report that an id (``PLACE/2023``) or a file (``…/2023.md``) names. Raise NamedReportError.

    A file outside the project has the year that its name tells, or else the first that its text does, and its path as its
    place; its record is the ``.yml`` beside it, if there is one.
    """
    target = _find(project, named)
    if target.filed and project:
        filing = load_filing(project.places, target.filed)
        _refuse(filing.problems)
        return filing.report
    if target.text is None:
        hint = "写报告编号（如 tianjin-shi/xiqing-qu/yangliuqing-zhen/2023）或正文文件的路径"
        raise NamedReportError(f"没有 {named}：{hint}")
    return _read_lone(named, target.text)


def _find(project: Project | None, named: str) -> _Target:
    path = Path(named)
    stem = path.with_suffix("") if path.suffix in {".md", ".yml"} else path
    if project:
        places = project.places.resolve()
        for candidate in (places / stem, stem.resolve()):
            if candidate.is_relative_to(places) and candidate.with_name(f"{candidate.name}.md").is_file():
                return _Target(named, _files_of(places, candidate), None)
    text = path.with_suffix(".md") if path.suffix == ".yml" else path
    return _Target(named, None, text if text.is_file() else None)


def _files_of(places: Path, report: Path) -> ReportFiles:
    """Return the files of a report whose path without an ending is given."""
    files: dict[str, FileStamp] = {}
    for path in sorted(report.parent.glob(f"{report.name}.*")):
        stat = path.stat()
        stamp = FileStamp(str(path), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        files[path.name] = stamp
    return ReportFiles(report.parent.relative_to(places).as_posix(), int(report.name), files)


def _read_lone(named: str, path: Path) -> Report:
    if path.suffix not in _TEXTS:
        raise NamedReportError(f"{named} 不是正文文件：正文是 .md，别的格式先用 gongkai import 导入")
    try:
        if path.stat().st_size > _LARGEST:
            raise NamedReportError(f"{named} 超过 {_LARGEST:,} 字节：检查是否给错了文件")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NamedReportError(f"{named} 不是 UTF-8 编码：用 UTF-8 编码重新保存") from None
    except OSError as error:
        raise NamedReportError(f"读不了 {named}：{error.strerror}（检查路径和权限）") from None
    year = _YEAR_IN_NAME.search(path.stem) or _YEAR_IN_TEXT.search(text)
    if year is None:
        raise NamedReportError(f"看不出 {named} 是哪一年的报告：文件名里写上年份，如 2023.md")
    place = path.parent if path.stem == year.group(1) else path.with_suffix("")
    return parse_report(place.as_posix(), int(year.group(1)), text, _record_beside(path))


def _record_beside(path: Path) -> ReportRecord:
    beside = path.with_suffix(".yml")
    if not beside.is_file():
        return ReportRecord()
    try:
        value = read_yaml(beside.read_bytes()).value or {}
    except YamlError as error:
        raise NamedReportError(f"{beside} 第 {error.line} 行：{error.message}（{error.hint}）") from None
    for each in violations("report", value):
        raise NamedReportError(f"{beside}：{each.message}（{each.hint}）")
    record: ReportRecord = record_from("report", value)
    return record


def _refuse(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        if problem.level == "error":
            raise NamedReportError(f"{problem.path} 第 {problem.line} 行：{problem.message}（{problem.hint}）")
