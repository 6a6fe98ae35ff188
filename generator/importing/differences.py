"""Every difference between a source and the text of record made from it, told or refused.

Both are read as a stream of printed characters with the white space between them. The characters must be the same, but
for the words that are dropped or replaced on record; the white space may differ, and how it differs is the repairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.content.markdown import read_blocks
from generator.importing.debris import misplaced, without_drops
from generator.model import Repair

_CONTEXT = 8
_TITLE_REACH = 13
"""The title stands on the first lines that hold words: eight at most before it, and five of its own."""


class UnexplainedError(ValueError):
    """The text departs from its source at a place that no repair explains."""

    def __init__(self, message: str, source_line: int, text_line: int, source: str, text: str) -> None:
        super().__init__(message)
        self.source_line = source_line
        self.text_line = text_line
        self.source = source
        self.text = text


@dataclass(frozen=True, slots=True)
class _Stream:
    """Printed characters; ``gaps[i]`` is the white space before the i-th, ``lines[i]`` its line from 1."""

    characters: str
    gaps: tuple[str, ...]
    lines: tuple[int, ...]


def differences(source: Sequence[str], title: str | None, text: str, recorded: Sequence[Repair]) -> tuple[Repair, ...]:
    """Tell how ``text`` (of ``YEAR.md``) with ``title`` departs from the lines of ``source``, given the drops and replacements on record.

    Return these and the joins, splits and left-out spaces found, in the order of the source: what ``repairs`` must say.
    Raise UnexplainedError at the first character that differs. Linear in the text.
    """
    changed = [repair for repair in recorded if repair.kind in {"drop", "replace"}]
    before = _source_stream(source, changed)
    after = _with_title(_text_stream(text), title, before)
    _refuse_unexplained(before, after)
    found = [*changed, *_gap_repairs(before, after)]
    return tuple(sorted(found, key=lambda repair: repair.line or repair.lines[0]))


def _source_stream(source: Sequence[str], changed: Sequence[Repair]) -> _Stream:
    lines = without_drops(source, [repair for repair in changed if repair.kind == "drop"])
    for repair in changed:
        if repair.kind == "replace":
            index = (repair.line or 0) - 1
            if not (0 <= index < len(lines) and repair.text and repair.text in lines[index]):
                raise ValueError(misplaced(repair))
            lines[index] = lines[index].replace(repair.text, repair.after or "", 1)
    return _stream(enumerate(lines, 1))


def _text_stream(text: str) -> _Stream:
    numbered: list[tuple[int, str]] = []
    for block in read_blocks(text):
        if block.kind == "table":
            numbered += [(block.line + i, cell) for i, row in enumerate(block.rows) for cell in row]
        elif block.kind != "image":  # its words are the editor's
            numbered.append((block.line, block.text))
    return _stream(numbered)


def _with_title(body: _Stream, title: str | None, source: _Stream) -> _Stream:
    """Put the title where the source has it: at its head, or below a document number; nowhere if it is not there."""
    own = _stream([(1, title or "")])
    at = source.characters.find(own.characters, 0, _end_of_lines(source, _TITLE_REACH))
    if at < 0 or not own.characters:  # an editor took it from elsewhere, a web page's head say
        return body
    return _Stream(
        body.characters[:at] + own.characters + body.characters[at:],
        body.gaps[:at] + own.gaps + body.gaps[at:],
        body.lines[:at] + own.lines + body.lines[at:],
    )


def _end_of_lines(stream: _Stream, count: int) -> int:
    """Return how many characters the first ``count`` lines hold."""
    seen = 0
    last = None
    for at, line in enumerate(stream.lines):
        if line != last:
            if seen == count:
                return at
            seen, last = seen + 1, line
    return len(stream.lines)


def _stream(numbered_lines: Iterator[tuple[int, str]] | Sequence[tuple[int, str]]) -> _Stream:
    characters: list[str] = []
    gaps: list[str] = []
    lines: list[int] = []
    for number, line in numbered_lines:
        gap = "\n"
        for piece in re.split(r"(\s+)", line):
            if not piece or piece.isspace():
                gap = gap if gap == "\n" else piece
                continue
            characters.append(piece)
            gaps += [gap, *[""] * (len(piece) - 1)]
            lines += [number] * len(piece)
            gap = ""
    return _Stream("".join(characters), tuple(gaps), tuple(lines))


def _refuse_unexplained(before: _Stream, after: _Stream) -> None:
    if before.characters == after.characters:
        return
    at = next(
        (i for i, (a, b) in enumerate(zip(before.characters, after.characters, strict=False)) if a != b),
        min(len(before.characters), len(after.characters)),
    )
    source, text = before.characters[at : at + _CONTEXT], after.characters[at : at + _CONTEXT]
    raise UnexplainedError(
        f"正文与来源不同：来源是「{source or '（完）'}」，正文是「{text or '（完）'}」",
        before.lines[min(at, len(before.lines) - 1)] if before.lines else 1,
        max(after.lines[min(at, len(after.lines) - 1)], 1) if after.lines else 1,
        source,
        text,
    )


def _gap_repairs(before: _Stream, after: _Stream) -> Iterator[Repair]:
    spaces: list[int] = []
    for at, (gap, kept) in enumerate(zip(before.gaps, after.gaps, strict=True)):
        if gap == kept or at == 0:
            continue
        line = before.lines[at - 1]
        if gap == "\n":
            yield Repair("join", line=line, text=_around(before.characters, at))
        elif kept == "\n":
            if "\t" not in gap:  # a tab between cells is the source's own way to say so
                yield Repair("split", line=line, text=_around(before.characters, at))
        elif len(kept) < len(gap):
            spaces += [line] * (len(gap) - len(kept))
        else:
            message = f"正文多了空格：「{_around(before.characters, at)}」"
            raise UnexplainedError(message, line, max(after.lines[at], 1), "", kept)
    if spaces:
        yield Repair("spaces", count=len(spaces), lines=tuple(sorted(set(spaces))))


def _around(characters: str, at: int) -> str:
    return f"{characters[max(0, at - _CONTEXT) : at]}|{characters[at : at + _CONTEXT]}"
