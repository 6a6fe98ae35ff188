"""What lies in ``content/places``: the folders of places and the files of reports, found in one walk."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.content.schema import record_from, violations
from generator.content.yaml_reading import YamlError, read_yaml
from generator.model import Place, Problem

PLACE_FILE = "place.yml"
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif")

_REPORT_FILE = re.compile(
    r"(20\d\d)(?:\.md|\.yml|\.source\.(?:txt|md|docx|doc|wps|rtf|pdf|html?|mhtml)|-[\w-]+\.(?:png|jpe?g|webp|gif))"
)
_DEEPEST = 5
_FOLDER = re.compile(r"(?!\d+$|page-\d+$)[a-z0-9]+(-[a-z0-9]+)*")


def is_place_path(path: str) -> bool:
    """Tell whether a path can be the address of a place: one to five folder names."""
    names = path.split("/")
    return len(names) <= _DEEPEST and all(_FOLDER.fullmatch(name) for name in names)


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file and what its file system says of it; equal stamps mean equal bytes, but for the last two seconds."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The files of one report: text, record, sources and images, by their names."""

    place: str
    year: int
    files: Mapping[str, FileStamp]

    @property
    def id(self) -> str:
        """The id of the report that these files make."""
        return f"{self.place}/{self.year}"

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the files that it was imported from."""
        return tuple(sorted(name for name in self.files if name.startswith(f"{self.year}.source.")))

    @property
    def images(self) -> tuple[str, ...]:
        """The names of its images."""
        return tuple(sorted(name for name in self.files if name.lower().endswith(IMAGE_SUFFIXES)))


@dataclass(frozen=True, slots=True)
class Tree:
    """All files under ``content/places``: place files by place path, report files by report id."""

    root: Path
    places: Mapping[str, FileStamp]
    folders: frozenset[str]
    reports: Mapping[str, ReportFiles]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Finds:
    root: Path
    places: dict[str, FileStamp] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    reports: dict[str, dict[str, FileStamp]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, path: str, rule: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path, 1, 1, rule, "error", message, hint))


def scan_places(root: Path) -> Tree:
    """Walk ``root`` (the project's ``content/places``); links are not followed but told as problems."""
    finds = _Finds(root)
    if root.is_dir():
        _scan_folder(finds, root, "")
    reports = {
        key: ReportFiles(key.rpartition("/")[0], int(key.rpartition("/")[2]), dict(sorted(files.items())))
        for key, files in sorted(finds.reports.items())
    }
    return Tree(
        root, dict(sorted(finds.places.items())), frozenset(finds.folders), reports, tuple(sorted(finds.problems))
    )


def _scan_folder(finds: _Finds, folder: Path, place: str) -> None:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        shown = f"content/places/{place}/{entry.name}" if place else f"content/places/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            finds.problem(shown, "link", "这里不允许符号链接", "换成真实的文件或文件夹")
        elif entry.is_dir(follow_symlinks=False):
            child = f"{place}/{entry.name}" if place else entry.name
            if child.count("/") == _DEEPEST:
                finds.problem(shown, "folder_name", f"文件夹超过 {_DEEPEST} 层", "地方最多是省、市、县、乡镇、村五层")
                continue
            if not _FOLDER.fullmatch(entry.name):
                finds.problem(
                    shown,
                    "folder_name",
                    f"文件夹名「{entry.name}」不合规定",
                    "用小写拼音和连字符，如 yangliuqing-zhen；不能只是数字",
                )
                continue
            finds.folders.add(child)
            _scan_folder(finds, Path(entry.path), child)
        else:
            _file(finds, entry, place, shown)


def _file(finds: _Finds, entry: os.DirEntry[str], place: str, shown: str) -> None:
    stat = entry.stat(follow_symlinks=False)
    stamp = FileStamp(shown, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    if entry.name == PLACE_FILE and place:
        finds.places[place] = stamp
    elif place and (match := _REPORT_FILE.fullmatch(entry.name)):
        finds.reports.setdefault(f"{place}/{match.group(1)}", {})[entry.name] = stamp
    else:
        finds.problem(
            shown,
            "unknown_file",
            "不认识的文件",
            "报告文件名为 年份.md、年份.yml、年份.source.txt 等，年份从 2000 到 2099；图片为 年份-序号.png",
        )


def read_place(root: Path, path: str, stamp: FileStamp) -> tuple[Place | None, tuple[Problem, ...]]:
    """Read the ``place.yml`` of the place at ``path`` under ``root``: the place, or what is wrong with its file."""
    content = (root / path / PLACE_FILE).read_bytes()
    try:
        document = read_yaml(content)
    except YamlError as error:
        return None, (Problem(stamp.path, error.line, 1, "yaml_syntax", "error", error.message, error.hint),)
    problems = tuple(
        Problem(stamp.path, document.line_of(each.keys), 1, "schema", "error", each.message, each.hint)
        for each in violations("place", document.value)
    )
    return (None, problems) if problems else (Place(path, record_from("place", document.value)), ())


def read_places(tree: Tree) -> tuple[dict[str, Place], list[Problem]]:
    """Read every ``place.yml``: the places by path, and what is wrong with those that cannot be read."""
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for path, stamp in tree.places.items():
        place, found = read_place(tree.root, path, stamp)
        problems += found
        if place:
            places[path] = place
    return places, problems
