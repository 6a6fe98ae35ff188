"""The other state of a project, from a folder or a revision of git, kept as a project of its own beside what builds keep.

It is brought up to date file by file, so that what was built from it before still serves.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.project import CONFIG_FILE, Project

_WORKTREE = "worktree-"
_SHOWN = 300
_GIT = ("git", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false")
"""No program that a checkout could name is run."""


class BaseError(ValueError):
    """A state that cannot be had; the message says why and what to do."""


def base_project(project: Project, base: str) -> Project:
    """Return the state of ``project`` that ``base`` names, a folder or a revision, as a project. Raise BaseError.

    The folder that it is kept in belongs to reviews; the folder that was named is only read.
    """
    kept = project.kept / "pr" / "base"
    if base and Path(base).is_dir():
        named = Path(base).resolve()
        if not (named / CONFIG_FILE).is_file():
            raise BaseError(f"{base} 里没有 {CONFIG_FILE}，不是 gongkai 项目；写另一份项目的文件夹，或 git 版本")
        if named == project.root.resolve():
            raise BaseError("要比较的就是当前项目；写另一份项目的文件夹，或 git 版本，如 origin/main")
        _bring_up_to_date(named, kept)
    else:
        with _worktree(project, base) as folder:
            _bring_up_to_date(folder, kept)
    return Project(kept)


@contextmanager
def _worktree(project: Project, revision: str) -> Iterator[Path]:
    """Check a revision out into a temporary worktree, and yield the project's folder in it."""
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        raise BaseError(f"没有 {revision[:80]} 这个文件夹或 git 版本；先 git fetch，或写另一份项目的文件夹")
    prefix = _git(project, "rev-parse", "--show-prefix")
    parent = project.kept / "pr"
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.glob(f"{_WORKTREE}*"):  # of a review that was killed
        shutil.rmtree(left, ignore_errors=True)
    _git(project, "worktree", "prune")
    with tempfile.TemporaryDirectory(prefix=_WORKTREE, dir=parent) as folder:
        target = Path(folder, "checkout")
        try:
            _git(project, "worktree", "add", "--detach", "--quiet", str(target), commit, must=True)
            checked_out = target / prefix
            if not (checked_out / CONFIG_FILE).is_file():
                raise BaseError(f"{revision[:80]} 里没有 {CONFIG_FILE}，还不是 gongkai 项目；换一个版本")
            yield checked_out
        finally:
            _git(project, "worktree", "remove", "--force", str(target))


def _git(project: Project, *arguments: str, must: bool = False) -> str:
    """Run git in the project; return what it says, or the empty string where it fails and need not succeed."""
    try:
        done = subprocess.run(  # noqa: S603 - arguments are ours, the revision behind --end-of-options
            [*_GIT, *arguments], cwd=project.root, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except FileNotFoundError:
        raise BaseError("没有安装 git；装好以后再运行，或写另一份项目的文件夹") from None
    if done.returncode and must:
        raise BaseError(f"git {arguments[0]} 失败：{done.stderr.strip()[:_SHOWN]}；检查仓库是否完整")
    return "" if done.returncode else done.stdout.strip()


def _bring_up_to_date(source: Path, kept: Path) -> None:
    """Make ``kept`` a project with the contents of ``source``: files that are the same stay as they are."""
    kept.mkdir(parents=True, exist_ok=True)
    wanted = {CONFIG_FILE, *_paths(source, "content")}
    for path in sorted(set(_paths(kept, "content")) - wanted, reverse=True):
        _remove(kept / path)
    for path in sorted(wanted):
        _copy(source / path, kept / path)


def _paths(root: Path, folder: str) -> Iterator[str]:
    """Walk the files, links and folders under ``folder``, links not followed."""
    top = root / folder
    for current, folders, files in os.walk(top):
        place = Path(current).relative_to(root)
        yield place.as_posix()
        yield from ((place / name).as_posix() for name in files)
        yield from ((place / name).as_posix() for name in folders if Path(current, name).is_symlink())


def _copy(source: Path, target: Path) -> None:
    if source.is_symlink():
        if not (target.is_symlink() and target.readlink() == source.readlink()):
            _remove(target)
            target.symlink_to(source.readlink())
    elif source.is_dir():
        if target.is_symlink() or not target.is_dir():
            _remove(target)
            target.mkdir(parents=True)
    elif source.is_file():
        if target.is_symlink() or not target.is_file():
            _remove(target)
        if not (target.is_file() and filecmp.cmp(source, target, shallow=False)):
            shutil.copyfile(source, target)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
