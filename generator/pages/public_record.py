"""What was corrected and what was taken down, and why: the public log."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Place
from generator.pages.rows import LogRow, WithdrawnRow
from generator.publishing.reading import ReadReport


class PublicRecord:
    """What is to be told of reports in public, gathered in one walk of them."""

    def __init__(self) -> None:
        self._withdrawn: dict[str, list[WithdrawnRow]] = {}
        self._lines: list[tuple[str, str, str, str, str]] = []

    def see(self, read: ReadReport) -> None:
        """Note what a report has for the public record."""
        summary = read.summary
        for each in read.corrections:
            self._lines.append((each.date, summary.id, each.what, each.why, summary.place))
        if taken := read.withdrawn:
            row = WithdrawnRow(summary.id, summary.year, summary.title, taken.date, taken.why)
            self._withdrawn.setdefault(summary.place, []).append(row)
            self._lines.append((taken.date, summary.id, "", taken.why, summary.place))

    def withdrawn(self) -> dict[str, tuple[WithdrawnRow, ...]]:
        """Return the reports that were taken down, by place."""
        return {place: tuple(rows) for place, rows in self._withdrawn.items()}

    def log(self, places: Mapping[str, Place]) -> tuple[LogRow, ...]:
        """Return the lines of the log, the newest first."""
        rows = (
            LogRow(date, id_, what, why, places[place].name, _names_above(places, place))
            for date, id_, what, why, place in self._lines
        )
        return tuple(sorted(rows, reverse=True))


def _names_above(places: Mapping[str, Place], path: str) -> str:
    parts = path.split("/")
    above = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return "".join(places[each].name for each in above if each in places)
