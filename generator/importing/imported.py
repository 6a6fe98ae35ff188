"""A document -> the text of record, with every repair told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.importing.debris import debris_repairs, metadata_of, page_ends, without_drops
from generator.importing.differences import differences
from generator.importing.document import Document, ImportRefusedError
from generator.importing.paragraphs import join_cut_paragraphs
from generator.importing.source_lines import SourceLine, source_lines
from generator.importing.spaces import fold_spaces
from generator.importing.structure import structure
from generator.importing.title import repeats_title, title_lines
from generator.model import Repair

_TITLE_LABEL = "标题"


@dataclass(frozen=True, slots=True)
class ImportedText:
    """What a document becomes: the title as printed (or None), the text of ``YEAR.md``, what was repaired and found."""

    title: str | None
    text: str
    repairs: tuple[Repair, ...]
    metadata: tuple[tuple[str, str], ...]
    document: Document


def import_document(document: Document) -> ImportedText:
    """Make the text of record of a document. Raise ImportRefusedError where the two would not say the same."""
    raw = document.texts
    drops = debris_repairs(raw)
    lines = source_lines(document.lines, without_drops(raw, drops), page_ends(drops))
    title, body = _split_title(lines)
    drops = _with_repeated_titles(drops, body, title, raw)
    body = [line for line in body if not (title and repeats_title(line.text, title))]
    joined = join_cut_paragraphs(body, wrapped=document.wrapped)
    text = "\n\n".join(structure([replace(line, text=fold_spaces(line.text)) for line in joined])) + "\n"
    try:
        repairs = differences(raw, title, text, sorted(drops, key=lambda drop: drop.line or 0))
    except ValueError as error:  # a fault of ours, whatever the file: nothing is written that check would not accept
        message = f"整理不出与原文一致的正文：{error}"
        raise ImportRefusedError(message, "另存为纯文本（.txt）后再导入，并请把原件发给维护者") from error
    metadata = (*metadata_of(drops), *document.metadata)
    return ImportedText(title or _told_title(metadata), text, repairs, metadata, document)


def _split_title(lines: Sequence[SourceLine]) -> tuple[str | None, list[SourceLine]]:
    found = title_lines(lines)
    if not found:
        return None, list(lines)
    title = fold_spaces("".join(line.text for line in lines[found.start : found.stop]))
    return title, [*lines[: found.start], *lines[found.stop :]]


def _with_repeated_titles(
    drops: Sequence[Repair], body: Sequence[SourceLine], title: str | None, raw: Sequence[str]
) -> tuple[Repair, ...]:
    """Add the lines that only say the title once more: dropped whole, with what was to be dropped within them."""
    again = {line.number for line in body if title and repeats_title(line.text, title)}
    lines = (Repair("drop", line=number, text=raw[number - 1].strip()) for number in sorted(again))
    return (*(drop for drop in drops if drop.line not in again), *lines)


def _told_title(metadata: Sequence[tuple[str, str]]) -> str | None:
    """Return the title that a page tells of itself, for a text that prints none."""
    return next((value for label, value in metadata if label == _TITLE_LABEL and value), None)
