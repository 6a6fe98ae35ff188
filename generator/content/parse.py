"""The one way from the two files of a report to a ``Report`` value."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.content.markdown import Block, read_blocks
from generator.content.numbering import read_label
from generator.content.roles import missing_roles, section_roles
from generator.model import Passage, PassageKind, Report, ReportRecord, ReportSummary, Section

_DATE_LINE = re.compile(r"(20\d\d|二[〇○零]\S\S)\s*年.{1,3}月.{1,3}日")
_ISSUER_LINE = re.compile(r"[^，。；：！？]{2,40}(委员会|人民政府|办事处|党工委|党委|政府|管委会)(办公室)?")
_SIGNATURE_LINES = 6
"""A signature is looked for in this many passages from the end: two or three issuers, a date, attachments."""


def parse_report(place: str, year: int, text: str, record: ReportRecord) -> Report:
    """Parse the text of record (``YEAR.md``) with what is known of it (``YEAR.yml``); linear in the text."""
    drafts = _sections(text)
    roles = section_roles(((draft.id, draft.level, draft.heading) for draft in drafts), record.roles, year)
    ids: Counter[str] = Counter()
    signature = _signature_lines(drafts)
    sections = tuple(
        Section(
            draft.id,
            draft.level,
            draft.number,
            draft.heading,
            roles[draft.id],
            tuple(_passage(block, ids, signature=block.line in signature) for block in draft.blocks),
            draft.line,
        )
        for draft in drafts
        if draft.level or draft.blocks
    )
    missing = missing_roles(((section.level, section.heading, section.role) for section in sections), year)
    return Report(place, year, record, sections, missing)


def passage_anchor(text: str) -> str:
    """Return ``p-`` and 8 hex digits (BLAKE2b) of the normalised text: its characters without the white space."""
    return "p-" + hashlib.blake2b("".join(text.split()).encode(), digest_size=4).hexdigest()


@dataclass(slots=True)
class _Draft:
    id: str
    level: int
    line: int
    number: str = ""
    heading: str = ""
    blocks: list[Block] = field(default_factory=list)


def _sections(text: str) -> list[_Draft]:
    drafts = [_Draft("s-0", 0, 1)]
    counters = [0, 0, 0]
    for block in read_blocks(text):
        if block.kind != "heading":
            drafts[-1].blocks.append(block)
            continue
        counters[block.level - 1] += 1
        counters[block.level :] = [0] * (3 - block.level)
        section_id = "s-" + "-".join(map(str, counters[: block.level]))
        label = read_label(block.text)
        number, heading = (label[0].printed, label[1].strip()) if label else ("", block.text)
        drafts.append(_Draft(section_id, block.level, block.line, number, heading))
    return drafts


def _passage(block: Block, ids: Counter[str], *, signature: bool) -> Passage:
    anchor = passage_anchor(block.text)
    ids[anchor] += 1
    if ids[anchor] > 1:  # the same words again: the first keeps the address, the others are numbered
        anchor = f"{anchor}-{ids[anchor]}"
    kind: PassageKind = "signature" if signature else "paragraph"
    if block.kind in {"item", "table", "image"}:
        kind = block.kind
    return Passage(anchor, block.text, kind, block.line, block.rows, block.image)


def _signature_lines(drafts: list[_Draft]) -> frozenset[int]:
    """Return the lines of 落款."""
    blocks = drafts[-1].blocks
    places = signature_places([block.text if block.kind == "paragraph" else "" for block in blocks])
    return frozenset(blocks[place].line for place in places)


def signature_places(paragraphs: Sequence[str]) -> frozenset[int]:
    """Return the places of 落款 among the paragraphs of the last section: issuers and a date, together, at the end."""
    first = max(0, len(paragraphs) - _SIGNATURE_LINES)
    dates = [
        place for place in range(first, len(paragraphs)) if _DATE_LINE.fullmatch(paragraphs[place].strip("（）() "))
    ]
    if not dates:
        return frozenset()
    last = dates[-1]
    places = {last}
    for place in range(last - 1, first - 1, -1):
        if not _ISSUER_LINE.fullmatch(paragraphs[place]):
            break
        places.add(place)
    return frozenset(places)


def summarise(report: Report) -> ReportSummary:
    """Return what lists and neighbours show of a report."""
    record = report.record
    return ReportSummary(
        id=report.id,
        place=report.place,
        year=report.year,
        title=record.title,
        roles=report.roles,
        missing_roles=report.missing_roles,
        sections=sum(1 for section in report.sections if section.level),
        passages=len(report.passages),
        figures=len(record.figures),
        characters=report.characters,
        published=record.dates.published,
        collected=record.dates.collected,
    )
