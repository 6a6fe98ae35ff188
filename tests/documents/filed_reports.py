"""The reports of the checkout as blocks, for documents that are made of them and read again."""

from __future__ import annotations

import re

from generator.content.schema import record_from
from generator.content.yaml_reading import read_yaml
from generator.importing.imported import ImportedText, import_document
from generator.importing.reading import read_document
from tests.cases_reader import ROOT

PLACES = ROOT / "content" / "places"
REPORTS = [path.relative_to(PLACES).as_posix() for path in sorted(PLACES.rglob("20*.md"))]
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")


def imported_pdf(content: bytes) -> ImportedText:
    return import_document(read_document(content, "report.pdf"))


def blocks_of(text: str) -> list[tuple[int, str]]:
    """The blocks of a text of record: the level of a heading, 0 for a paragraph, and the words."""
    blocks = []
    for block in text.strip().split("\n\n"):
        marks, words = re.fullmatch(r"(?:(#+) )?(.*)", block, re.DOTALL).groups()  # type: ignore[union-attr]
        blocks.append((len(marks or ""), _ESCAPED.sub(r"\1", words)))
    return blocks


def report(name: str) -> tuple[str, str | None]:
    path = PLACES / name
    record = record_from("report", read_yaml(path.with_suffix(".yml").read_bytes()).value)
    return path.read_text(encoding="utf-8"), record.title
