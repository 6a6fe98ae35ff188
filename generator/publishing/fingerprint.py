"""Digests of what makes values and pages: when code or a template changes, what it made is stale."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from generator.project import templates_folder

_READING = ("model.py", "catalogues.py", "content", "importing", "checking", "linking")
_REUSE = (
    "content/items.py",
    "linking/reuse.py",
    "linking/minhash.py",
    "publishing/reusing.py",
    "publishing/reuse_kept.py",
    "publishing/reuse_near.py",
    "publishing/reuse_ranking.py",
)
_LINKING = ("model.py", "catalogues.py", "addresses.py", "content", "linking", "publishing/links.py", *_REUSE)
_COMPARING = ("model.py", "catalogues.py", "addresses.py", "content", "comparing", "publishing/comparisons.py")
_SEARCHING = (
    "model.py",
    "content",
    "search/building.py",
    "search/folding.py",
    "search/keys.py",
    "search/numbering.py",
    "search/patching.py",
    "search/postings.py",
    "search/spilling.py",
    "search/texts.py",
)
_NAMING = ("model.py", "importing/naming.py", "search/aliases.py", "search/folding.py", "search/pinyin.py")
_RENDERING = (*_READING, "comparing", "addresses.py", "settings.py", "pages", "publishing/shell.py")


def reading_digest() -> bytes:
    """Return a digest of the code that reads and checks reports."""
    return _code_digest(_READING)


def linking_digest() -> bytes:
    """Return a digest of the code that links reports."""
    return _code_digest(_LINKING)


def comparing_digest() -> bytes:
    """Return a digest of the code that compares reports."""
    return _code_digest(_COMPARING)


def searching_digest() -> bytes:
    """Return a digest of the code that makes texts and postings of the search index."""
    return _code_digest(_SEARCHING)


def naming_digest() -> bytes:
    """Return a digest of the code that writes the names that the search suggests."""
    package = Path(__file__).resolve().parent.parent
    names = sorted(path.name for path in (package / "search").glob("name*.py"))
    return _code_digest((*(f"search/{name}" for name in names), *_NAMING))


def reuse_digest() -> bytes:
    """Return a digest of the code that compares sentences; it is part of the code that links reports."""
    return _code_digest(_REUSE)


def rendering_digest() -> bytes:
    """Return a digest of the code and templates that make pages."""
    root = templates_folder()
    files = [path for part in ("pages", "components") for path in (root / part).iterdir()]
    return hashlib.blake2b(_code_digest(_RENDERING) + _digest_files(root, files), digest_size=16).digest()


def _code_digest(parts: Iterable[str]) -> bytes:
    package = Path(__file__).resolve().parent.parent
    files = {
        path
        for part in parts
        for path in ([package / part] if part.endswith(".py") else (package / part).rglob("*.py"))
    }
    return _digest_files(package, files)


def _digest_files(root: Path, files: Iterable[Path]) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(files):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.digest()
