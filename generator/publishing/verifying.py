"""A folder compared with its list of checksums: what is missing, what has other bytes, what is there besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.publishing.manifest import MANIFEST, ManifestError, file_sum, read_manifest, walk_by_path

SHOWN = 20
"""So many paths of a kind are told, and the rest counted."""


@dataclass(slots=True)
class Told:
    """How many paths were found wrong in one way, and the first of them."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, path: str) -> None:
        """Count a path, and keep it among the first few."""
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(path)


@dataclass(frozen=True, slots=True)
class Verification:
    """What a comparison found. ``fingerprint`` is the SHA-256 of the list, in hexadecimal; ``files`` how many it lists."""

    fingerprint: str
    files: int
    missing: Told
    changed: Told
    extra: Told

    @property
    def is_whole(self) -> bool:
        """Whether the folder is exactly what its list says."""
        return not (self.missing.count or self.changed.count or self.extra.count)


def fingerprint_of(root: Path) -> str:
    """Return the fingerprint of the site at ``root``, in hexadecimal. Raise ManifestError where it has no list."""
    try:
        return file_sum(root / MANIFEST).hex()
    except OSError:
        raise ManifestError(f"{root} 里没有校验清单 {MANIFEST}；先运行 gongkai build，或写明网站所在的文件夹") from None


def verify_folder(root: Path) -> Verification:
    """Compare every file under ``root`` with the list at its root. Raise ManifestError where there is none or it is damaged.

    Both are walked in the order of their paths, so memory does not grow with the site.
    """
    fingerprint = fingerprint_of(root)
    missing, changed, extra = Told(), Told(), Told()
    files = 0
    there = (each for each in walk_by_path(root) if each[0] != MANIFEST)
    for path, sum_, is_there in _in_step(read_manifest(root / MANIFEST), there):
        files += sum_ is not None
        if sum_ is None:
            extra.add(path)
        elif is_there is None:
            missing.add(path)
        elif not is_there or not _has_sum(root / path, sum_):
            changed.add(path)
    return Verification(fingerprint, files, missing, changed, extra)


def _in_step(
    listed: Iterator[tuple[str, bytes]], there: Iterator[tuple[str, bool]]
) -> Iterator[tuple[str, bytes | None, bool | None]]:
    """Walk two lists that come by path as one: (path, sum where it is listed, whether a regular file where it is there)."""
    mine, other = next(listed, None), next(there, None)
    while mine or other:
        left = None if mine is None else mine[0].encode(errors="surrogateescape")
        right = None if other is None else other[0].encode(errors="surrogateescape")
        if mine and (right is None or (left is not None and left < right)):
            yield mine[0], mine[1], None
            mine = next(listed, None)
        elif other and (left is None or (right is not None and right < left)):
            yield other[0], None, other[1]
            other = next(there, None)
        elif mine and other:
            yield mine[0], mine[1], other[1]
            mine, other = next(listed, None), next(there, None)


def _has_sum(path: Path, sum_: bytes) -> bool:
    try:
        return file_sum(path) == sum_
    except OSError:  # not to be read, or gone since it was walked
        return False


def told_verification(verification: Verification, root: Path) -> str:
    """Tell what was found, a line a path."""
    lines = []
    for name, told in (
        ("缺少", verification.missing),
        ("内容不符", verification.changed),
        ("多出", verification.extra),
    ):
        lines += [f"{name}：{path}" for path in told.first]
        if told.count > len(told.first):
            lines.append(f"{name}：另有 {told.count - len(told.first):,} 个")
    if verification.is_whole:
        lines.append(f"{root} 与校验清单一致：{verification.files:,} 个文件，指纹 {verification.fingerprint}")
    else:
        counts = f"缺少 {verification.missing.count:,}，内容不符 {verification.changed.count:,}，多出 {verification.extra.count:,}"
        hint = "再运行 gongkai build；仍然不一致，就删去 .gongkai 文件夹后重新生成"
        lines.append(f"{root} 与校验清单不一致：{counts}（{hint}）")
    return "\n".join(line.encode(errors="replace").decode() for line in lines) + "\n"
