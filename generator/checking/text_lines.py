"""Where a character of a text stands: its line and column, and whether that line is a sentence, a heading, a table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.content.load import Filing
from generator.model import Problem, Role, Severity

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
"""Chinese characters, as a piece of a character class."""
_LINE = re.compile("^", re.MULTILINE)
_SENTENCE = re.compile("[，。；]")


_MOST_LINES = 5
"""What stands on more lines than so many is how the text is written: it is told once."""


class Found(NamedTuple):
    """Words that were found: where, which they are, and what to add of how often."""

    place: tuple[int, int]
    words: str
    times: str


def gather(found: Iterable[tuple[tuple[int, int], str]]) -> Iterator[Found]:
    """Gather finds of one kind, in the order of the text, by their lines, or all into one where the lines are many."""
    lines: dict[int, tuple[tuple[int, int], str, int]] = {}
    for place, words in found:
        first, told, count = lines.get(place[0], (place, words, 0))
        lines[place[0]] = (first, told, count + 1)
    if len(lines) > _MOST_LINES:
        place, words, _ = next(iter(lines.values()))
        count = sum(each[2] for each in lines.values())
        yield Found(place, words, f"，全文 {len(lines)} 段共 {count} 处")
        return
    for place, words, count in lines.values():
        yield Found(place, words, f"，这一段共 {count} 处" if count > 1 else "")


@dataclass(frozen=True)
class TextLines:
    """The lines of ``YEAR.md`` as printed in the file, and the roles of the sections that they stand in."""

    filing: Filing

    @cached_property
    def _starts(self) -> list[int]:
        return [match.start() for match in _LINE.finditer(self.filing.text)]

    @cached_property
    def _sections(self) -> tuple[list[int], list[Role]]:
        sections = self.filing.report.sections
        return [section.line for section in sections], [section.role for section in sections]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column, from 1, of a place in the text."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line by its number, from 1."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.filing.text)
        return self.filing.text[start:end]

    def is_image(self, number: int) -> bool:
        """Tell whether a line is an image: its words are the editor's, its name is a file's."""
        return self.line(number).lstrip().startswith("![")

    def is_table(self, number: int) -> bool:
        """Tell whether a line is a row of a table."""
        return self.line(number).lstrip().startswith("|")

    def is_prose(self, number: int) -> bool:
        """Tell whether a line has whole sentences: no heading, no row of a table, no signature."""
        line = self.line(number)
        return not line.startswith(("#", "|")) and _SENTENCE.search(line) is not None

    def role(self, number: int) -> Role:
        """Return the role of the section that a line stands in."""
        lines, roles = self._sections
        index = bisect_right(lines, number)
        return roles[index - 1] if index else "preamble"

    def problem(self, place: tuple[int, int], rule: str, level: Severity, message: str, hint: str) -> Problem:
        """Tell a problem at a line and column of the text."""
        return Problem(self.filing.text_path, *place, rule, level, message, hint)
