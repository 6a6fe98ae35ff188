"""Paragraphs -> the heading tree and the body, as Markdown blocks, with numbers as printed."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.content.markdown import escape
from generator.content.numbering import STYLE_LEVELS, Label, Style, read_label
from generator.content.roles import roles_named
from generator.importing.paragraphs import unclosed
from generator.importing.source_lines import SourceLine

_SHORTEST_HEAD = 6
_HEAD_LENGTH = 50
_SHORT_HEAD_LENGTH = 30
_LONGEST_HEAD = 60
_BODY_OPENERS = re.compile(
    r"(?<=[^，、。；：和与及或对向从把将按“（《第])(一是(?!否)|20\d\d\s*年(以来|度)?，|今年以来，|一年来，|近年来，|[镇乡]党委、政府)"
)
_COLON_HEAD = re.compile(r"[^，。；：\s]{4,20}：(?=.{8})")
_STATES_A_FIGURE = re.compile(r"[\d０-９]\s*(余|多)?\s*(余|多)?[次份件人场条个名%％万元户起批期篇]|[\d０-９]\s*(余|多)")
_ANNEX = re.compile(r"附件\s*\d*\s*[:：]|附件\d*$")
_REACH = 100
_HEADING_LEVELS = 3


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A paragraph that begins with a number: its label, the words that may be its heading, and a run-in body."""

    label: Label
    head: str
    body: str


def structure(paragraphs: Sequence[SourceLine]) -> list[str]:
    """Turn paragraphs into the lines of ``YEAR.md``, one block each."""
    annexes = next((i for i, paragraph in enumerate(paragraphs) if _ANNEX.match(paragraph.text)), len(paragraphs))
    numbered = [
        _numbered(paragraph.text) if index < annexes and paragraph.kind == "line" else None
        for index, paragraph in enumerate(paragraphs)
    ]
    levels = _outlined(paragraphs, _levels(numbered))
    blocks: list[str] = []
    table: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        row = _is_row(paragraphs, index)
        if table and (not row or paragraph.after_blank):
            blocks.append(_table(table))
            table = []
        if row:
            table.append(paragraph.text)
        elif paragraph.kind == "item":
            blocks.append("- " + escape(paragraph.text))
        else:
            blocks += _block_lines(paragraph.text, numbered[index], levels[index])
    if table:
        blocks.append(_table(table))
    return blocks


def _block_lines(paragraph: str, numbered: _Numbered | None, level: int) -> Iterator[str]:
    if level == 0:
        yield escape(paragraph)
        return
    body = numbered.body if numbered else ""
    end = len(paragraph) - len(body)
    yield "#" * (level + 1) + " " + escape(paragraph[:end].strip())
    if body:
        yield escape(body)


def _outlined(paragraphs: Sequence[SourceLine], levels: Sequence[int]) -> list[int]:
    """Add the headings that have no number, but that the file itself calls headings.

    Their levels are those of the numbered headings of the same outline, and else follow the order of the outlines.
    """
    known: dict[int, int] = {}
    for paragraph, level in zip(paragraphs, levels, strict=True):
        if paragraph.outline and level:
            known.setdefault(paragraph.outline, level)
    bare = sorted({paragraph.outline for paragraph in paragraphs} - {0})
    ranks = {outline: min(rank, _HEADING_LEVELS) for rank, outline in enumerate(bare, 1)}
    return [
        known.get(paragraph.outline, ranks[paragraph.outline])
        if not level and paragraph.outline and len(paragraph.text) <= _LONGEST_HEAD
        else level
        for paragraph, level in zip(paragraphs, levels, strict=True)
    ]


def _numbered(paragraph: str) -> _Numbered | None:
    found = read_label(paragraph)
    if found is None:
        return None
    label, rest = found
    end = _head_end(rest)
    return _Numbered(label, rest[:end].strip(), rest[end:].strip())


def _head_end(rest: str) -> int:
    """Find where the heading ends and a run-in body begins; the end of ``rest`` where there is no body."""
    stop = rest.find("。")
    while 0 <= stop <= _HEAD_LENGTH and unclosed(rest[:stop]):
        stop = rest.find("。", stop + 1)
    glued = _BODY_OPENERS.search(rest, _SHORTEST_HEAD, _LONGEST_HEAD)
    if glued and (stop < 0 or glued.start() < stop) and not unclosed(rest[: glued.start()]):
        return glued.start()
    colon = _COLON_HEAD.match(rest)
    if colon and not 0 <= stop < colon.end():
        return colon.end()
    if 0 <= stop <= _HEAD_LENGTH:
        return stop + 1
    if gap := re.match(r"[^\s，。；：]{4,30}[\s\u3000]+(?=\S{20})", rest):
        return gap.end()
    return len(rest)


def _levels(numbered: Sequence[_Numbered | None]) -> list[int]:
    """Return the heading level of each paragraph, 0 for those that are no heading."""
    style_levels = _style_levels(numbered)
    levels = [style_levels.get(each.label.style, 0) if each else 0 for each in numbered]
    for index in _misprinted_tops(numbered):
        levels[index] = 1
    return [
        level if level < 2 or _is_heading(numbered, levels, index) else 0  # noqa: PLR2004 - the top level is never an item
        for index, level in enumerate(levels)
    ]


def _style_levels(numbered: Sequence[_Numbered | None]) -> dict[Style, int]:
    """Map the styles in use to levels: by the standard where 「一、」 is used, else from the first style down."""
    styles = {each.label.style for each in numbered if each}
    if "han" in styles:
        levels: dict[Style, int] = {style: STYLE_LEVELS[style] for style in styles}
        if "digit" not in styles and "digit_bracket" in styles:
            levels["digit_bracket"] = _HEADING_LEVELS
    else:
        levels = {style: level for level, style in enumerate((s for s in STYLE_LEVELS if s in styles), 1)}
        tops = [each for each in numbered if each and levels[each.label.style] == 1]
        if not any(each.body or roles_named(each.head) for each in tops):
            return {}
    return {style: level for style, level in levels.items() if level <= _HEADING_LEVELS}


def _misprinted_tops(numbered: Sequence[_Numbered | None]) -> Iterator[int]:
    """Find the 「1、」 that stands where 「一、」 should: it fills a gap in the series and has no neighbours of its own."""
    tops = [(index, each.label.ordinal) for index, each in enumerate(numbered) if each and each.label.style == "han"]
    digits = [index for index, each in enumerate(numbered) if each and each.label.style == "digit"]
    for index in digits if tops else ():
        at = bisect(tops, (index, 0))
        start, before = tops[at - 1] if at else (-1, 0)
        end, after = tops[at] if at < len(tops) else (len(numbered), 0)
        alone = bisect(digits, end) - bisect(digits, start) == 1
        each = numbered[index]
        if not each or not alone or before != each.label.ordinal - 1 or after not in {0, each.label.ordinal + 1}:
            continue
        if len(each.head) <= _HEAD_LENGTH and not _STATES_A_FIGURE.search(each.head):
            yield index


def _is_heading(numbered: Sequence[_Numbered | None], levels: Sequence[int], index: int) -> bool:
    """Tell a heading below level 1 from a numbered item, which is a paragraph of its section."""
    each = numbered[index]
    if each is None or len(each.head) > _LONGEST_HEAD or _is_statement(each, levels[index]):
        return False
    if each.body:
        return True
    follows_body = index + 1 < len(numbered) and (numbered[index + 1] is None or levels[index + 1] > levels[index])
    if follows_body and numbered[index + 1] is None:
        return not _last_of_items(numbered, levels, index)
    if follows_body:
        return True
    return (
        len(each.head) <= _SHORT_HEAD_LENGTH
        and not each.head.endswith(("。", "；", ";"))
        and _has_bodies(numbered, levels, index)
    )


def _is_statement(each: _Numbered, level: int) -> bool:
    """Tell a sentence that reports a figure (「1.全年开展宣传20余次。」) from a heading that holds a number."""
    told = bool(_STATES_A_FIGURE.search(each.head)) and each.head.endswith(("。", "；"))
    return told and (not each.body or level == _HEADING_LEVELS)


def _siblings(numbered: Sequence[_Numbered | None], levels: Sequence[int], index: int) -> Iterator[int]:
    """Walk the same-level neighbours of a numbered paragraph under the same heading, as far as people number things."""
    for reach in (range(index - 1, index - _REACH, -1), range(index + 1, index + _REACH)):
        for at in reach:
            if not 0 <= at < len(numbered):
                break
            if numbered[at] and 0 < levels[at] < levels[index]:
                break
            each, own = numbered[at], numbered[index]
            if each and own and each.label.style == own.label.style:
                yield at


def _has_bodies(numbered: Sequence[_Numbered | None], levels: Sequence[int], index: int) -> bool:
    siblings = list(_siblings(numbered, levels, index))
    return any(_followed(numbered, levels, at) for at in siblings)


def _followed(numbered: Sequence[_Numbered | None], levels: Sequence[int], index: int) -> bool:
    each = numbered[index]
    if each and each.body:
        return True
    return index + 1 < len(numbered) and (numbered[index + 1] is None or levels[index + 1] > levels[index])


def _last_of_items(numbered: Sequence[_Numbered | None], levels: Sequence[int], index: int) -> bool:
    """Tell the last of a run of bare items (「1.…。2.…。3.…。」) that a closing paragraph follows."""
    each = numbered[index]
    siblings = list(_siblings(numbered, levels, index))
    return bool(
        each
        and siblings
        and max(siblings) < index
        and each.head.endswith(("。", "；"))
        and not any(_followed(numbered, levels, at) for at in siblings)
    )


def _is_row(paragraphs: Sequence[SourceLine], index: int) -> bool:
    """Tell a row of a table: the file says so, or it is a line with tabs beside another with as many."""
    if paragraphs[index].kind == "row":
        return True
    tabs = paragraphs[index].text.count("\t")
    beside = [paragraphs[at].text.count("\t") for at in (index - 1, index + 1) if 0 <= at < len(paragraphs)]
    return tabs > 0 and tabs in beside


def _table(rows: Sequence[str]) -> str:
    cells = [[cell.strip().replace("\\", "\\\\").replace("|", "\\|") for cell in row.split("\t")] for row in rows]
    width = max(len(row) for row in cells)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
