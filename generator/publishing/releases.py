"""Releases: whole copies of the built site, one of which is ``current``; a switch is one replaced link.

A release is made in a folder of its own, verified, and only then gets its name; the link is replaced in one step. Killed
at any moment, ``current`` leads to a whole release: the old one or the new. Releases stand in the order of the times of
their folders, which are set when a release becomes the newest.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.publishing.manifest import MANIFEST, file_sum, read_manifest
from generator.publishing.verifying import Verification, fingerprint_of, told_verification, verify_folder

CURRENT = "current"
KEPT = 5
_DRAFT = ".incoming"
_NEXT = ".current.next"
_SHORT = 12


class ReleaseError(ValueError):
    """A release that cannot be made or gone back to; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did: the name that is current now, whether that is new, and the names that were dropped."""

    name: str
    is_new: bool
    dropped: tuple[str, ...] = ()


def release(site: Path, releases: Path, now: dt.datetime, keep: int = KEPT) -> Released:
    """Make the built site the current release, and keep the newest ``keep``. Raise ReleaseError, ManifestError.

    Nothing is done where the current release has the same fingerprint. Files that the current release has too are
    hard-linked to it, others copied, so that an edit of the built site never reaches a release.
    """
    if releases.resolve().is_relative_to(site.resolve()) or site.resolve().is_relative_to(releases.resolve()):
        raise ReleaseError(f"发布文件夹 {releases} 与网站 {site} 相互包含；用 --to 另选一个文件夹")
    fingerprint = fingerprint_of(site)
    with _only_release(releases):
        current = current_release(releases)
        if current and _is_release(current) and fingerprint_of(current) == fingerprint:
            return Released(current.name, is_new=False)
        _refuse(verify_folder(site), site)
        name = f"{now.astimezone(dt.UTC):%Y-%m-%d}-{fingerprint[:_SHORT]}"
        made = releases / name
        if not (made.is_dir() and verify_folder(made).is_whole):
            _make(site, releases, made, current)
        _make_newest(releases, made)
        _switch(releases, name)
        _refuse(verify_folder(releases / CURRENT), made)
        return Released(name, is_new=True, dropped=tuple(_drop(releases, keep)))


def roll_back(releases: Path) -> Released:
    """Make the release before the current one current again. Raise ReleaseError where there is none that is whole."""
    if not releases.is_dir():
        raise ReleaseError(f"没有发布文件夹 {releases}；先运行 gongkai release，或用 --to 指明")
    with _only_release(releases):
        current = current_release(releases)
        if current is None:
            raise ReleaseError(f"{releases} 里没有当前版本；先运行 gongkai release")
        ordered = _in_order(releases)
        earlier = [each.name for each in ordered[: ordered.index(current)]] if current in ordered else []
        if not earlier:
            raise ReleaseError(f"{current.name} 之前没有保留的版本，不能退回；改好内容后再运行 gongkai release")
        _refuse(verify_folder(releases / earlier[-1]), releases / earlier[-1])
        _switch(releases, earlier[-1])
        return Released(earlier[-1], is_new=True)


def current_release(releases: Path) -> Path | None:
    """Return the folder of the current release, or None where there is none yet."""
    link = releases / CURRENT
    if link.exists() and not link.is_symlink():
        raise ReleaseError(f"{link} 应该是指向当前版本的链接，却是文件或文件夹；移走它再运行")
    if not link.is_symlink():
        return None
    made = releases / Path(os.readlink(link)).name  # noqa: PTH115 - only its name counts
    return made if made.is_dir() else None


def release_time(epoch: str | None) -> dt.datetime:
    """Return the time of a release: that of SOURCE_DATE_EPOCH, in seconds, where it is set. Raise ReleaseError."""
    if not epoch:
        return dt.datetime.now(dt.UTC)
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise ReleaseError(f"SOURCE_DATE_EPOCH={epoch[:40]} 不是一个时间；写成秒数，如 1767225600") from None


def _make(site: Path, releases: Path, made: Path, current: Path | None) -> None:
    """Copy the site into a draft, verify it, and give it its name."""
    draft = releases / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    if made.exists():  # it is not whole: nobody is served from it, for the current one was compared already
        shutil.rmtree(made)
    draft.mkdir()
    for path, sum_ in read_manifest(site / MANIFEST):
        _place(site / path, draft / path, current / path if current else None, sum_)
    shutil.copyfile(site / MANIFEST, draft / MANIFEST)
    _copy_hidden(site, draft)
    _refuse(verify_folder(draft), draft)
    os.sync()  # a power cut must not leave a current release with empty files
    draft.replace(made)


def _place(source: Path, target: Path, earlier: Path | None, sum_: bytes) -> None:
    """Put a file of the site into a release: a link to the one of an earlier release where that has the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if earlier and file_sum(earlier) == sum_:
            os.link(earlier, target)
            return
    except OSError:  # not there, of another kind, or on a file system without links
        pass
    shutil.copyfile(source, target)


def _copy_hidden(site: Path, draft: Path) -> None:
    """Copy the hidden entries at the root of the site (``.well-known``), which no list tells."""
    for path in sorted(site.glob(".*")):
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, draft / path.name, symlinks=True)
        elif path.is_file() and not path.is_symlink():
            shutil.copyfile(path, draft / path.name)


def _refuse(verification: Verification, folder: Path) -> None:
    if not verification.is_whole:
        raise ReleaseError(f"没有发布：\n{told_verification(verification, folder)}".rstrip())


def _switch(releases: Path, name: str) -> None:
    """Make a release current in one step: there is always a link, and it always leads to a whole release."""
    following = releases / _NEXT
    following.unlink(missing_ok=True)
    following.symlink_to(name)
    following.replace(releases / CURRENT)


def _in_order(releases: Path) -> list[Path]:
    """Return the releases, oldest first."""
    found = [each for each in releases.iterdir() if _is_release(each)]
    return sorted(found, key=lambda each: (each.stat().st_mtime_ns, each.name))


def _is_release(path: Path) -> bool:
    return not path.name.startswith(".") and not path.is_symlink() and (path / MANIFEST).is_file()


def _make_newest(releases: Path, made: Path) -> None:
    others = [each.stat().st_mtime_ns for each in _in_order(releases) if each != made]
    moment = max(time.time_ns(), max(others, default=0) + 1_000_000_000)
    os.utime(made, ns=(moment, moment))


def _drop(releases: Path, keep: int) -> Iterator[str]:
    """Remove the oldest releases, never the current one; first from the names, so that none is ever half there."""
    current = current_release(releases)
    old = [each for each in _in_order(releases) if each != current]
    for each in old[: max(0, len(old) - (keep - 1))]:
        draft = releases / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        each.replace(draft)
        shutil.rmtree(draft)
        yield each.name


@contextmanager
def _only_release(releases: Path) -> Iterator[None]:
    """Let one release at a time be made in a folder."""
    try:
        releases.mkdir(parents=True, exist_ok=True)
        lock = (releases / ".lock").open("w")
    except OSError as error:
        raise ReleaseError(f"不能写发布文件夹 {releases}：{error.strerror}；检查路径和权限") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ReleaseError(f"另一次发布正在写 {releases}；等它结束再运行") from None
        yield


def told_release(released: Released, releases: Path, *, back: bool = False) -> str:
    """Tell what a release or a rollback did."""
    if not released.is_new:
        return f"内容与当前版本 {released.name} 相同，没有发布\n"
    dropped = f"；删去旧版本 {'、'.join(released.dropped)}" if released.dropped else ""
    return f"{'已退回' if back else '已发布'} {releases / CURRENT} → {released.name}{dropped}\n"
