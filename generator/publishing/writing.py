"""The published site, changed whole or not at all: stage, journal, replace file by file, prune.

Everything is staged beside the site first. Then a journal says what will be moved and removed, and from that moment on
the publication will be finished: by this run or, if it is killed, by the next. Before that moment it leaves no trace.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.files import read_file, write_file

_JOURNAL = "journal.json"
_FILES = "files"


class SiteFolderError(ValueError):
    """A folder that must not become the published site; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """The folder of the published site, and the folder beside it where the next version is staged."""

    root: Path

    @property
    def staging(self) -> Path:
        """The staging folder; on the same file system, so that ``os.replace`` can move files over."""
        return self.root.parent / f".{self.root.name}.staging"

    def staged(self, path: str) -> str:
        """Return where the file ``path`` of the site is staged: all in one folder, so that none has to be made."""
        return f"{self.staging}/{_FILES}/{hashlib.blake2b(path.encode(), digest_size=16).hexdigest()}"

    def published(self, path: str) -> str:
        """Return where the file ``path`` of the site is published. Raise ValueError for a path that leaves the site."""
        if path.startswith("/") or "\\" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
            raise ValueError(f"路径 {path} 不在网站里")
        return f"{self.root}/{path}"


def site_at(root: Path, project_root: Path) -> Site:
    """Return the site at ``root``. Raise SiteFolderError where publishing would empty the project itself."""
    root = root.resolve()
    if project_root.resolve().is_relative_to(root) or root.is_relative_to(project_root.resolve() / "content"):
        raise SiteFolderError(f"网站不能发布到 {root}：那里是项目本身；请在 mkdocs.yml 里把 site_dir 设为单独的文件夹")
    return Site(root)


def recover(site: Site) -> bool:
    """Finish a publication that was interrupted, or undo one that had not begun; tell whether there was one."""
    if not site.staging.exists():
        return False
    if (site.staging / _JOURNAL).exists():
        _carry_out(site)
    shutil.rmtree(site.staging)
    return True


@dataclass(frozen=True, slots=True)
class Staged:
    """What was staged: whether anything had to be, and the SHA-256 of the file either way."""

    changed: bool
    sha256: bytes


def stage(site: Site, path: str, content: bytes) -> Staged:
    """Stage a file, unless the published one has the same bytes."""
    sum_ = hashlib.sha256(content).digest()
    if _has_bytes(site.published(path), content):
        return Staged(changed=False, sha256=sum_)
    staged = site.staged(path)
    try:
        write_file(staged, content)
    except FileNotFoundError:
        (site.staging / _FILES).mkdir(parents=True, exist_ok=True)
        write_file(staged, content)
    return Staged(changed=True, sha256=sum_)


def stage_pieces(site: Site, path: str, pieces: Iterable[bytes]) -> Staged:
    """Stage a file of any size, piece by piece, as ``stage`` does."""
    staged, published = Path(site.staged(path)), Path(site.published(path))
    staged.parent.mkdir(parents=True, exist_ok=True)
    sum_ = hashlib.sha256()
    with staged.open("wb") as file:
        for piece in pieces:
            sum_.update(piece)
            file.write(piece)
    changed = not (published.is_file() and filecmp.cmp(staged, published, shallow=False))
    if not changed:
        staged.unlink()
    return Staged(changed, sum_.digest())


def checksums(site: Site, paths: Sequence[str]) -> bytes:
    """Return the SHA-256 sums of files as ``sha256sum`` writes them, as they are staged or, unchanged, published.

    The names are relative to the folder of the first.
    """
    lines: list[str] = []
    for path in paths:
        staged = Path(site.staged(path))
        with (staged if staged.is_file() else Path(site.published(path))).open("rb") as file:
            sum_ = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f"{sum_}  {path.removeprefix(paths[0].rpartition('/')[0] + '/')}\n")
    return "".join(lines).encode()


def publish(site: Site, changed: Sequence[str], gone: Sequence[str]) -> None:
    """Move the staged files ``changed`` over the site, remove ``gone``; killed at any moment, ``recover`` finishes it."""
    if changed or gone:
        journal = site.staging / _JOURNAL
        journal.parent.mkdir(parents=True, exist_ok=True)
        draft = journal.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"changed": list(changed), "gone": list(gone)}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(journal)
        _carry_out(site)
    if site.staging.exists():
        shutil.rmtree(site.staging)


def published_files(site: Site) -> Iterator[tuple[str, int, int]]:
    """Walk the files of the published site: (path, size, mtime_ns); hidden files at its root are not ours."""
    if not site.root.is_dir():
        return
    folders = [site.root]
    while folders:
        folder = folders.pop()
        prefix = "" if folder == site.root else folder.relative_to(site.root).as_posix() + "/"
        with os.scandir(folder) as entries:
            for entry in entries:
                if not prefix and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                else:
                    stat = entry.stat(follow_symlinks=False)
                    yield prefix + entry.name, stat.st_size, stat.st_mtime_ns


def _carry_out(site: Site) -> None:
    journal = json.loads((site.staging / _JOURNAL).read_text(encoding="utf-8"))
    for path in journal["changed"]:
        staged, published = site.staged(path), site.published(path)
        try:
            os.replace(staged, published)
        except OSError:  # its folder is still to be made, or it was moved before an interruption
            if os.path.exists(staged):
                _make_room(site, Path(published))
                os.replace(staged, published)
    for path in journal["gone"]:
        gone = Path(site.published(path))
        gone.unlink(missing_ok=True)
        _remove_empty(gone.parent, site.root)
    (site.staging / _JOURNAL).unlink()


def _make_room(site: Site, published: Path) -> None:
    """Make the folder of a file, where a file of an earlier version may stand in the way, and the other way round."""
    try:
        os.makedirs(published.parent, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for folder in reversed(published.relative_to(site.root).parents):
            if (site.root / folder).is_file():
                (site.root / folder).unlink()
        os.makedirs(published.parent, exist_ok=True)
    if published.is_dir():
        shutil.rmtree(published)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _has_bytes(path: str, content: bytes) -> bool:
    try:
        return os.stat(path).st_size == len(content) and read_file(path) == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
