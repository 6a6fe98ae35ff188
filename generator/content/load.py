"""The files of one report, read whole: what they say and where they say it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.content.parse import parse_report
from generator.content.schema import record_from, violations
from generator.content.tree import ReportFiles
from generator.content.yaml_reading import Keys, YamlDocument, YamlError, read_yaml
from generator.files import read_file
from generator.model import Problem, Report, ReportRecord, Severity

MAX_TEXT_BYTES = 4_000_000
MAX_SOURCE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Filing:
    """One report as it is filed: its files' contents, the report they make, and what went wrong in reading them.

    ``report`` is there whenever there is a text; where ``YEAR.yml`` cannot be read it carries an empty record.
    ``source`` is the file that it was imported from, ``sources`` are all such files that lie beside it; ``digest`` is one of
    all its files.
    """

    place: str
    year: int
    files: ReportFiles
    text: str
    document: YamlDocument
    report: Report
    source: bytes | None
    sources: Mapping[str, bytes]
    digest: bytes
    problems: tuple[Problem, ...]

    @property
    def text_path(self) -> str:
        """The path of ``YEAR.md`` in the project."""
        return f"content/places/{self.place}/{self.year}.md"

    @property
    def record_path(self) -> str:
        """The path of ``YEAR.yml`` in the project."""
        return f"content/places/{self.place}/{self.year}.yml"

    def in_text(self, line: int, rule: str, level: Severity, message: str, hint: str) -> Problem:
        """Tell a problem at a line of the text."""
        return Problem(self.text_path, line, 1, rule, level, message, hint)

    def in_record(self, keys: Keys, rule: str, level: Severity, message: str, hint: str) -> Problem:
        """Tell a problem at a key of the record."""
        return Problem(self.record_path, self.document.line_of(keys), 1, rule, level, message, hint)


def load_filing(root: Path, files: ReportFiles) -> Filing:
    """Read the files of one report under ``root`` (``content/places``). What cannot be read becomes a problem."""
    problems: list[Problem] = []
    base = f"content/places/{files.place}/{files.year}"
    contents = _contents(root, files, problems)
    document, record = _read_record(contents, files, f"{base}.yml", problems)
    text = "" if record.withdrawn else _read_text(contents, files, f"{base}.md", problems)
    source = _read_source(contents, files, record, document, problems)
    report = parse_report(files.place, files.year, text, record)
    sources = {name: contents[name] for name in files.sources if name in contents}
    digest = _digest(contents)
    return Filing(files.place, files.year, files, text, document, report, source, sources, digest, tuple(problems))


def _contents(root: Path, files: ReportFiles, problems: list[Problem]) -> dict[str, bytes]:
    """Read every file, each once; one that is too large is told and left out."""
    contents: dict[str, bytes] = {}
    for name, stamp in files.files.items():
        limit = MAX_TEXT_BYTES if name.endswith((".md", ".yml")) else MAX_SOURCE_BYTES
        if stamp.size > limit:
            problems.append(_error(stamp.path, 1, "too_large", f"文件超过 {limit:,} 字节", "检查是否放错了文件"))
        else:
            contents[name] = read_file(f"{root}/{files.place}/{name}")
    return contents


def _digest(contents: Mapping[str, bytes]) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.digest()


def _read_text(contents: Mapping[str, bytes], files: ReportFiles, path: str, problems: list[Problem]) -> str:
    name = f"{files.year}.md"
    if name not in files.files:
        problems.append(_error(path, 1, "missing_file", "缺少正文文件", "用 gongkai import 导入，或补上这个文件"))
        return ""
    if name not in contents:
        return ""
    content = contents[name]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.append(_error(path, line, "encoding", "不是 UTF-8 编码", "用 UTF-8 编码重新保存"))
        return ""
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        problems.append(_error(path, line, "encoding", "含有空字符（NUL）", "检查是否放错了文件"))
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_record(
    contents: Mapping[str, bytes], files: ReportFiles, path: str, problems: list[Problem]
) -> tuple[YamlDocument, ReportRecord]:
    name = f"{files.year}.yml"
    if name not in files.files:
        problems.append(_error(path, 1, "missing_file", "缺少说明文件", "用 gongkai import 导入，或补上这个文件"))
        return YamlDocument({}), ReportRecord()
    try:
        document = read_yaml(contents.get(name, b""))
    except YamlError as error:
        problems.append(_error(path, error.line, "yaml_syntax", error.message, error.hint))
        return YamlDocument({}), ReportRecord()
    value = {} if document.value is None else document.value
    found = [
        _error(path, document.line_of(each.keys), "schema", each.message, each.hint)
        for each in violations("report", value)
    ]
    problems.extend(found)
    return document, ReportRecord() if found else record_from("report", value)


def _read_source(
    contents: Mapping[str, bytes],
    files: ReportFiles,
    record: ReportRecord,
    document: YamlDocument,
    problems: list[Problem],
) -> bytes | None:
    name = record.source.file
    if name is None:
        return None
    if name not in files.sources:
        hint = f"来源文件名为 {files.year}.source.txt 之类，放在同一文件夹"
        path, line = f"content/places/{files.id}.yml", document.line_of(("source", "file"))
        problems.append(_error(path, line, "source_file", f"找不到来源文件 {name}", hint))
        return None
    return contents.get(name)


def _error(path: str, line: int, rule: str, message: str, hint: str) -> Problem:
    return Problem(path, line, 1, rule, "error", message, hint)
