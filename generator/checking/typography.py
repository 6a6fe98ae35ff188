"""The rule on misprints of ``YEAR.md``."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checking.text_lines import TextLines, gather
from generator.checking.typography_kinds import AS_PRINTED, KINDS, Kind
from generator.checking.unpaired import unpaired_marks
from generator.content.load import Filing
from generator.model import Problem

_SHOWN = 12


def typography(filing: Filing) -> Iterator[Problem]:
    """标点、括号、空格和字符的写法应当规范；原件如此就照原文保留。

    例：召开会议3次,培训执法人员20人。
    改法：与原件核对，是转换时弄错的就改回原样，原件如此就不改；文字有乱码、网页残留的，对照原件改正并在 repairs 里记明。
    """
    lines = TextLines(filing)
    characters = "".join(set(filing.text))
    for kind in KINDS:
        if kind.needs.search(characters):
            yield from _of_kind(lines, kind)
    yield from _unpaired(lines)


def _of_kind(lines: TextLines, kind: Kind) -> Iterator[Problem]:
    """Tell the first misprint of a kind on each line, and how many there are."""
    for place, words, times in gather(_finds(lines, kind)):
        message = f"{kind.name}：{_told(words, lines.line(place[0]), place[1])}{times}"
        yield lines.problem(place, "typography", kind.level, message, kind.hint)


def _finds(lines: TextLines, kind: Kind) -> Iterator[tuple[tuple[int, int], str]]:
    has_fault = "fault" in kind.pattern.groupindex
    for match in kind.pattern.finditer(lines.filing.text):
        words = match["fault"] if has_fault else match.group()
        if words is None or not kind.is_fault(words):
            continue
        place = lines.place(match.start())
        line = place[0]
        elsewhere = lines.is_image(line) or (lines.is_table(line) and not kind.table)
        if not elsewhere and not (kind.prose and not lines.is_prose(line)):
            yield place, words


def _unpaired(lines: TextLines) -> Iterator[Problem]:
    found = (
        ((number, place + 1), line[place])
        for number, line in enumerate(lines.filing.text.split("\n"), 1)
        if not lines.is_image(number)
        for place in unpaired_marks(line)
    )
    for place, words, times in gather(found):
        message = f"括号、书名号或引号不成对：{_told(words, lines.line(place[0]), place[1])}{times}"
        yield lines.problem(place, "typography", "note", message, AS_PRINTED)


def _told(words: str, line: str, column: int) -> str:
    """Show a misprint with the characters round it, those that cannot be seen by their numbers."""
    start = column - 1
    around = line[max(0, start - _SHOWN // 2) : start + len(words[:_SHOWN]) + _SHOWN // 2]
    shown = "".join(each if each.isprintable() or each in "\u3000 " else f"U+{ord(each):04X}" for each in around)
    return f"「{shown}」"
