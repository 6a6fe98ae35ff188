"""Files as they are handed in -> what they say, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.importing.document import Document, ImportRefusedError
from generator.importing.imported import ImportedText, import_document
from generator.importing.readers.office import read_office
from generator.importing.reading import MAX_BYTES, FileKind, file_kind, read_document, too_large

_SUFFIXES: dict[FileKind, tuple[str, ...]] = {
    "text": (".txt",),
    "markdown": (".md",),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "html": (".html",),
    "mhtml": (".mhtml",),
    "office": (".doc", ".wps", ".rtf"),
}
"""The suffixes under which a file of each kind is kept; the first where its own name has none of them."""
_HANDED_IN = {".txt", ".md", ".docx", ".docm", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".doc", ".wps", ".rtf"}
_LOCK = "~$"
"""Word's mark of a file that is open."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was handed in: its name, its bytes, the suffix under which they are kept, and the text made of them."""

    name: str
    content: bytes
    suffix: str
    imported: ImportedText


def files_under(paths: Iterable[Path]) -> Iterator[Path]:
    """Walk the files that are meant: those named, and in a folder all whose suffix is that of a document, sorted."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = (each for each in path.rglob("*") if each.suffix.lower() in _HANDED_IN and each.is_file())
        yield from sorted(each for each in inside if not _is_hidden(each.relative_to(path)))


def receive(path: Path) -> Received:
    """Read a file that is handed in. Raise ImportRefusedError for one that cannot be imported, OSError as reading does."""
    size = path.stat().st_size
    if size > MAX_BYTES:  # told before it is read
        raise too_large(size)
    content = path.read_bytes()
    kind = file_kind(content, path.name)
    suffixes = _SUFFIXES[kind]
    suffix = path.suffix.lower() if path.suffix.lower() in suffixes else suffixes[0]
    return Received(path.name, content, suffix, import_document(_read(content, path.name, kind, suffix)))


def _read(content: bytes, name: str, kind: FileKind, suffix: str) -> Document:
    document = read_office(content, suffix) if kind == "office" else read_document(content, name)
    if not any(line.text for line in document.lines):
        raise ImportRefusedError("文件里没有文字", "检查是否选错了文件")
    return document


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(_LOCK) or any(part.startswith(".") for part in path.parts)
