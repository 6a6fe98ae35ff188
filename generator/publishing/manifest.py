"""The list of all files of the site with their SHA-256 sums: ``SHA256SUMS`` at its root, as ``sha256sum`` writes and reads it.

Its own SHA-256 is the fingerprint of the whole site: two sites with the same fingerprint are the same, byte for byte.
Paths stand in the order of their bytes, so that a list and a folder of any size are compared in one walk of both.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

MANIFEST = "SHA256SUMS"
"""The path of the list in the site; it does not list itself."""

_LINE = re.compile(rb"(\\?)([0-9a-f]{64}) [ *]([^\n]{1,4096})\n")
_LONGEST_LINE = 4_200
_PIECE = 1 << 20


class ManifestError(ValueError):
    """A list that is not there or cannot be read; the message says why and what to do."""


def manifest_lines(sums: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Walk the lines of the list for (path, SHA-256), which come by path; a path with a line break is escaped as by coreutils."""
    for path, sum_ in sums:
        escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        mark = "\\" if escaped != path else ""
        yield f"{mark}{sum_.hex()}  {escaped}\n".encode(errors="surrogateescape")


def read_manifest(path: Path) -> Iterator[tuple[str, bytes]]:
    """Walk (path, SHA-256) of a list, by path. Raise ManifestError for one that is damaged or leaves its folder."""
    try:
        with path.open("rb") as file:
            previous = b""
            number = 0
            while line := file.readline(_LONGEST_LINE):
                number += 1
                match = _LINE.fullmatch(line)
                name = _unescaped(match) if match else b""
                if match is None or name <= previous or not is_inside(os.fsdecode(name)):
                    raise ManifestError(f"校验清单 {path} 第 {number:,} 行有误；重新生成网站")
                previous = name
                yield os.fsdecode(name), bytes.fromhex(match.group(2).decode())
    except FileNotFoundError:
        raise ManifestError(f"没有校验清单 {path}；先运行 gongkai build") from None
    except OSError as error:
        raise ManifestError(f"读不了校验清单 {path}：{error.strerror}；检查路径和权限") from None


def is_inside(path: str) -> bool:
    """Tell whether a path stays in the folder that it is relative to, and is written in one way only."""
    return not path.startswith("/") and "\0" not in path and {"", ".", ".."}.isdisjoint(path.split("/"))


def _unescaped(match: re.Match[bytes]) -> bytes:
    name: bytes = match.group(3)
    if not match.group(1):
        return name
    told = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}
    return re.sub(rb"\\[\\nr]", lambda each: told[each.group()], name)


def file_sum(path: str | Path) -> bytes:
    """Return the SHA-256 of a file. Raise OSError as ``open`` does; a link is not followed."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        sum_ = hashlib.sha256()
        while piece := os.read(handle, _PIECE):
            sum_.update(piece)
        return sum_.digest()
    finally:
        os.close(handle)


def walk_by_path(root: Path) -> Iterator[tuple[str, bool]]:
    """Walk everything in a folder that is no folder, in the order of the bytes of the paths: (path, is a regular file).

    Hidden entries at its root are left out: they belong to the server that publishes the site.
    """
    yield from _walk(str(root), "")


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, bool]]:
    with os.scandir(folder) as entries:
        kinds = [
            (entry.name, entry.is_dir(follow_symlinks=False), entry.is_file(follow_symlinks=False)) for entry in entries
        ]
    kinds.sort(key=lambda kind: os.fsencode(f"{kind[0]}/" if kind[1] else kind[0]))
    for name, is_folder, is_file in kinds:
        if not prefix and name.startswith("."):
            continue
        if is_folder:
            yield from _walk(f"{folder}/{name}", f"{prefix}{name}/")
        else:
            yield prefix + name, is_file
