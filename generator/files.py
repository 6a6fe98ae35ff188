"""Whole files read and written with plain system calls; a build touches very many small ones.

``open`` asks for each file whether it is a terminal, where it stands and how large its blocks are; for very many small
files that costs more than reading them.
"""

from __future__ import annotations

import os

_MODE = 0o666
_PIECE = 1 << 20


def read_file(path: str) -> bytes:
    """Return the bytes of a file. Raise OSError as ``open`` does."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        pieces = [os.read(handle, _PIECE)]
        while pieces[-1]:
            pieces.append(os.read(handle, _PIECE))
    finally:
        os.close(handle)
    return pieces[0] if len(pieces) <= 2 else b"".join(pieces)  # noqa: PLR2004 - nearly every file is one piece and its end


def write_file(path: str, content: bytes) -> None:
    """Write a file anew. Raise OSError as ``open`` does."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _MODE)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
    finally:
        os.close(handle)
