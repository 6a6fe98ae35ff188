"""A site in a string: the files of a project, each after a line ``-- path --``; and what tests do with a project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from generator.build import BuildOptions, BuildResult, build
from generator.project import Project
from tests.cases_reader import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MARKER = re.compile(r"^-- (\S+) --\n", re.MULTILINE)
_RUN = "from generator.cli import main; main()"
_KEPT_FOLDER = ".gongkai"


def files_in(text: str) -> dict[str, str]:
    """Return the files that a string holds, by their paths."""
    before, *parts = _MARKER.split(text)
    if before.strip():
        raise ValueError(f"text before the first path: {before[:40]!r}")
    return dict(zip(parts[::2], parts[1::2], strict=True))


def make_project(folder: Path, text: str) -> Project:
    """Make ``folder`` a project with the files of ``text``, and those of the checkout that it does not give.

    A folder that was a project before is emptied, but for the shells that MkDocs has built there: their key tells
    whether they still serve, and building them anew takes longer than everything else in a test.
    """
    clear_project(folder)
    files = files_in(text)
    for path, content in files.items():
        write_file(folder, path, content)
    if "mkdocs.yml" not in files:
        shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    if not any(path.startswith("content/pages/") for path in files):
        shutil.copytree(ROOT / "content" / "pages", folder / "content" / "pages")
    if "content/spec.yml" not in files:
        shutil.copy(ROOT / "content" / "spec.yml", folder / "content" / "spec.yml")
    return Project(folder.resolve())


def copy_checkout(folder: Path) -> Project:
    """Make ``folder`` a project with the contents of the checkout."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    shutil.copytree(ROOT / "content", folder / "content")
    return Project(folder.resolve())


def clear_project(folder: Path) -> None:
    """Empty a folder, but for shells."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name != _KEPT_FOLDER:
            remove(path)
    kept = folder / _KEPT_FOLDER
    for path in kept.iterdir() if kept.is_dir() else ():
        if path.name != "shells":
            remove(path)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that it holds."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_file(folder: Path, path: str, content: str | bytes) -> Path:
    """Write a file of a project, and the folders on its way."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)
    return target


def edit_file(project: Project, path: str, old: str, new: str) -> None:
    """Put ``new`` in place of ``old``, which stands in the file just once."""
    target = project.root / path
    text = target.read_bytes().decode()
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in {path}")
    target.write_bytes(text.replace(old, new).encode())


def build_site(project: Project, *, strict: bool = True, jobs: int = 1) -> BuildResult:
    """Build a project's site in this process."""
    return build(project, BuildOptions(strict=strict, jobs=jobs, quiet=True))


def site_folder(project: Project) -> Path:
    """Return where the site of a project is published."""
    return project.root / "site"


def site_bytes(project: Project) -> dict[str, bytes]:
    """Return the published files: their bytes by path."""
    return {path: (site_folder(project) / path).read_bytes() for path in site_times(project)}


def site_times(project: Project) -> dict[str, int]:
    """Return the published files: their modification times by path."""
    site = site_folder(project)
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in files}


def site_text(project: Project, path: str) -> str:
    """Return a published file as text."""
    return (site_folder(project) / path).read_text(encoding="utf-8")


def run_gongkai(
    project: Project, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a project's folder, in a process of its own."""
    return run_python(project, ["-c", _RUN, *arguments], environment)


def run_python(
    project: Project, arguments: list[str], environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python in a project's folder; a CI's variables are taken away, so that defaults are those of a desk."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"CI", "SOURCE_DATE_EPOCH"}}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project.root,
        env={**inherited, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
