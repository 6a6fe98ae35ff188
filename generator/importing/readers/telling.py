"""What a reader did besides reading, gathered by kind, to be told as notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.importing.document import Note, NoteKind, printed

_SAMPLES, _SAMPLE_LENGTH = 5, 40


@dataclass(slots=True)
class _Told:
    count: int = 0
    characters: int = 0
    samples: list[str] = field(default_factory=list)
    place: object = None


@dataclass(slots=True)
class Telling:
    """Notes in the making, in the order in which their kinds first came up."""

    _told: dict[tuple[NoteKind, str], _Told] = field(default_factory=dict)

    def tell(self, kind: NoteKind, what: str, text: str = "", place: object = None, *, counted: bool = True) -> None:
        """Add one more of a kind: its text is its sample and, where ``counted``, its characters.

        Texts of one ``place``, one after the other, are one thing told once.
        """
        told = self._told.setdefault((kind, what), _Told())
        sample = " ".join(text.split())
        goes_on = place is not None and place is told.place
        told.place = place
        told.count += not goes_on
        told.characters += printed([text]) if counted else 0
        if goes_on and told.samples and told.count <= _SAMPLES:
            told.samples[-1] = (told.samples[-1] + sample)[:_SAMPLE_LENGTH]
        elif sample and len(told.samples) < _SAMPLES:
            told.samples.append(sample[:_SAMPLE_LENGTH])

    def notes(self) -> tuple[Note, ...]:
        """Return the notes."""
        return tuple(
            Note(kind, what, told.count, told.characters, tuple(told.samples))
            for (kind, what), told in self._told.items()
        )
