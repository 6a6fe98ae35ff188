"""A plain-text document -> the text of record, with every repair told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.importing.debris import debris_repairs, metadata_of, page_ends, without_drops
from generator.importing.decode import DecodedText, decode_text
from generator.importing.differences import differences
from generator.importing.paragraphs import join_cut_paragraphs
from generator.importing.source_lines import SourceLine, source_lines, split_lines
from generator.importing.spaces import fold_spaces
from generator.importing.structure import structure
from generator.importing.title import repeats_title, title_lines
from generator.model import Repair


@dataclass(frozen=True, slots=True)
class ImportedText:
    """What a document becomes: the title as printed (or None), the text of ``YEAR.md``, what was repaired and found."""

    title: str | None
    text: str
    repairs: tuple[Repair, ...]
    metadata: tuple[tuple[str, str], ...]
    decoded: DecodedText


def import_text(content: bytes) -> ImportedText:
    """Import the bytes of a plain-text file. Raise ImportRefusedError for what is no readable text."""
    decoded = decode_text(content)
    raw = split_lines(decoded.text)
    drops = debris_repairs(raw)
    lines = source_lines(without_drops(raw, drops), page_ends(drops))
    title, body = _split_title(lines)
    drops = (*drops, *_repeated_titles(body, title, raw))
    body = [line for line in body if not (title and repeats_title(line.text, title))]
    paragraphs = [fold_spaces(line.text) for line in join_cut_paragraphs(body)]
    text = "\n\n".join(structure(paragraphs)) + "\n"
    repairs = differences(decoded.text, title, text, sorted(drops, key=lambda drop: drop.line or 0))
    return ImportedText(title, text, repairs, tuple(metadata_of(drops)), decoded)


def _split_title(lines: Sequence[SourceLine]) -> tuple[str | None, list[SourceLine]]:
    found = title_lines(lines)
    if not found:
        return None, list(lines)
    title = fold_spaces("".join(line.text for line in lines[found.start : found.stop]))
    return title, [*lines[: found.start], *lines[found.stop :]]


def _repeated_titles(body: Sequence[SourceLine], title: str | None, raw: Sequence[str]) -> list[Repair]:
    return [
        Repair("drop", line=line.number, text=raw[line.number - 1].strip())
        for line in body
        if title and repeats_title(line.text, title)
    ]
