"""The catalogue files in ``content/``, read and validated; a file that is not there is an empty catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.catalogues import Catalogues
from generator.content.schema import record_from, violations
from generator.content.yaml_reading import YamlDocument, YamlError, read_yaml
from generator.model import Problem

CATALOGUE_NAMES = ("topics", "indicators", "laws")


@dataclass(frozen=True, slots=True)
class CatalogueFiles:
    """The catalogues, the documents that they were read from (for their lines), and what could not be read."""

    catalogues: Catalogues
    documents: Mapping[str, YamlDocument] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_catalogue_bytes(content: Path) -> dict[str, bytes]:
    """Return the bytes of the catalogue files under ``content``, by their names."""
    paths = ((name, content / f"{name}.yml") for name in CATALOGUE_NAMES)
    return {name: path.read_bytes() for name, path in paths if path.is_file()}


def digest_catalogues(contents: Mapping[str, bytes]) -> bytes:
    """Return a digest of the catalogue files."""
    digest = hashlib.blake2b(digest_size=16)
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.digest()


def load_catalogues(contents: Mapping[str, bytes]) -> CatalogueFiles:
    """Read the catalogues from the bytes of their files. One that cannot be read is told, and left empty."""
    values: dict[str, Any] = {}
    documents: dict[str, YamlDocument] = {}
    problems: list[Problem] = []
    for name, content in contents.items():
        path = f"content/{name}.yml"
        try:
            document = read_yaml(content)
        except YamlError as error:
            problems.append(Problem(path, error.line, 1, "yaml_syntax", "error", error.message, error.hint))
            continue
        value = {} if document.value is None else document.value
        found = [
            Problem(path, document.line_of(each.keys), 1, "schema", "error", each.message, each.hint)
            for each in violations(name, value)
        ]
        problems += found
        if not found:
            values[name], documents[name] = record_from(name, value), document
    return CatalogueFiles(Catalogues(**values), documents, tuple(problems))
