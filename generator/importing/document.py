"""A document as its reader read it: the lines that it prints, in their order, whatever file it came in.

All readers give this one form, and one set of repairs works on it. A reader changes no printed character. What it leaves
out (headers, deletions, a web page's frame) and what it writes out (automatic numbers) it tells as notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Form = Literal["text", "markdown", "docx", "html", "pdf"]
LineKind = Literal["line", "item", "row"]
NoteKind = Literal["left_out", "written_out", "kept"]


class ImportRefusedError(ValueError):
    """A document that is not imported: ``message`` says why, ``hint`` what to do. Nothing has been written."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, paragraph, list item or row of a table (its cells separated by tabs).

    ``outline`` is the heading level that the file itself gives it, from 1; 0 where it gives none. An empty text is a blank
    line; it separates two tables.
    """

    text: str
    kind: LineKind = "line"
    outline: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader did that is no repair of the text.

    ``left_out``: ``characters`` of the file that are no part of the text; ``written_out``: ``characters`` that the file
    prints without holding them; ``kept``: text that stands apart and was taken along. ``what`` says it in Chinese, ``count``
    how many there are, ``samples`` show some.
    """

    kind: NoteKind
    what: str
    count: int
    characters: int = 0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its lines, what it says of itself, and what its reader did.

    ``described`` says in Chinese how it was read (「UTF-8」, 「Word」, 「PDF，8 页」). ``characters`` counts the characters that
    the file holds, white space aside, without regard to how the lines were made of them. ``metadata`` are (label, value)
    pairs under the labels that government sites print (「发布日期」). ``wrapped`` tells that lines may end for want of room.
    """

    form: Form
    described: str
    lines: tuple[Line, ...]
    characters: int
    metadata: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    wrapped: bool = False

    @property
    def texts(self) -> list[str]:
        """The texts of the lines; repairs count them from 1."""
        return [line.text for line in self.lines]

    @property
    def unexplained(self) -> int:
        """How many characters of the file are neither in the lines nor told as left out; negative for too many."""
        told = sum(note.characters for note in self.notes if note.kind == "left_out")
        written = sum(note.characters for note in self.notes if note.kind == "written_out")
        return self.characters - told + written - printed(self.texts)


def printed(texts: Iterable[str]) -> int:
    """Count the characters of texts, white space and byte order marks aside."""
    return sum(len("".join(text.split()).replace("\ufeff", "")) for text in texts)
