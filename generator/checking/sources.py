"""The documents that reports were imported from, read again; several rules on one report read each once."""

from __future__ import annotations

import functools

from generator.importing.document import Document
from generator.importing.reading import read_document


@functools.lru_cache(maxsize=2)
def source_document(content: bytes, name: str) -> Document:
    """Read a source file. Raise ImportRefusedError as ``read_document`` does."""
    return read_document(content, name)
