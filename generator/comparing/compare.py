"""Two reports compared: ``compare(old, new)`` is a function of two values; pages, commands and feeds choose the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.comparing.comparison import Change, ChangeKind, Comparison, Edit, Part
from generator.comparing.edits import Printed, plain_edits, read_edits
from generator.comparing.figures import compare_figures
from generator.comparing.matching import Match, match_clauses
from generator.comparing.sides import Side, read_side
from generator.comparing.words import Cut, make_cut
from generator.model import Report

LONGEST = 60_000
"""Longer texts (in characters, both together) are compared clause by clause, without the words inside."""


REASONS = {
    "excerpt": "{year}年的文本是节录，不是全文，比不出增减",
    "empty": "{year}年的报告没有正文",
    "ocr": "{year}年的文本是识别文本，可能有误字，与另一份不能逐字比较",
}
"""Why two reports are not compared."""


def compare(old: Report, new: Report, cut: Cut | None = None) -> Comparison:
    """Compare two reports, the earlier first; ``cut`` cuts texts into words.

    Every character of both is in exactly one change, on its side. Time is bounded: about linear in the texts, and in the
    product of the clauses that neither has word for word, up to a limit.
    """
    years = old.year, new.year
    if reason := why_not_comparable(old, new):
        return Comparison(old.id, new.id, years, reason)
    sides = read_side(old), read_side(new)
    matches, complete = match_clauses(*sides)
    coarse = sum(len(text) for side in sides for text in side.texts) > LONGEST
    changes = tuple(_in_order(*sides, matches, _Writer(*sides, None if coarse else cut or make_cut())))
    figures = compare_figures(old.record.figures, new.record.figures)
    return Comparison(old.id, new.id, years, None, changes, figures, share_copied(changes), coarse or not complete)


def why_not_comparable(old: Report, new: Report) -> str | None:
    """Return why two reports cannot be compared, in Chinese, or None where they can."""
    states = old.record.text_state, new.record.text_state
    for report, state in zip((old, new), states, strict=True):
        if state == "excerpt":
            return REASONS["excerpt"].format(year=report.year)
        if not report.passages:
            return REASONS["empty"].format(year=report.year)
    if "ocr" in states and states[0] != states[1]:
        year = old.year if states[0] == "ocr" else new.year
        return REASONS["ocr"].format(year=year)
    return None


def share_copied(changes: Iterable[Change]) -> dict[Part, float]:
    """Return the share of the characters of the new report, by role and as a whole, that were copied: kept, or only moved."""
    copied: dict[Part, int] = {}
    counted: dict[Part, int] = {"whole": 0}
    for change in changes:
        if change.new and change.new[0].passage:
            length = sum(len(clause.text) for clause in change.new)
            counted[change.role] = counted.get(change.role, 0) + length
            counted["whole"] += length
            if change.kind == "kept" or (change.kind == "moved" and is_noise(change.edits)):
                copied[change.role] = copied.get(change.role, 0) + length
                copied["whole"] = copied.get("whole", 0) + length
    return {part: round(copied.get(part, 0) / length, 4) for part, length in counted.items() if length}


def is_noise(edits: Iterable[Edit]) -> bool:
    """Tell whether edits say nothing new."""
    return all(edit.noise or edit.op == "equal" for edit in edits)


def _in_order(old: Side, new: Side, matches: Sequence[Match], writer: _Writer) -> Iterable[Change]:
    """Walk the changes in the order of the new report, with what was removed behind what stood before it."""
    by_new = {match.new[0]: match for match in matches}
    further = {place for match in matches for place in match.new[1:]}
    by_old = {place: match for match in matches for place in match.old}
    removed: dict[int, list[int]] = {}
    last = -1
    for place in range(len(old.texts)):
        if match := by_old.get(place):
            last = last if match.moved else match.new[-1]
        else:
            removed.setdefault(last, []).append(place)
    yield from map(writer.removed, removed.get(-1, ()))
    for place in range(len(new.texts)):
        if match := by_new.get(place):
            yield writer.matched(match)
        elif place not in further:
            yield writer.added(place)
        yield from map(writer.removed, removed.get(place, ()))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes changes from places; without ``cut``, what differs is told as a whole."""

    old: Side
    new: Side
    cut: Cut | None

    def added(self, place: int) -> Change:
        clause = self.new.clauses[place]
        return Change("added", clause.role, (), (clause,), plain_edits("insert", [clause.text]))

    def removed(self, place: int) -> Change:
        clause = self.old.clauses[place]
        return Change("removed", clause.role, (clause,), (), plain_edits("delete", [clause.text]))

    def matched(self, match: Match) -> Change:
        if len(match.old) == len(match.new) == 1:
            mine, other = self.old.clauses[match.old[0]], self.new.clauses[match.new[0]]
            if mine.text == other.text:
                kind: ChangeKind = "moved" if match.moved else "kept"
                return Change(kind, other.role, (mine,), (other,), plain_edits("equal", [other.text]))
        old = tuple([self.old.clauses[place] for place in match.old])
        new = tuple([self.new.clauses[place] for place in match.new])
        edits = self._edits(
            [clause.text for clause in old], [clause.text for clause in new], noise=match.has_same_words
        )
        kind = _kind(match)
        return Change(kind, new[0].role, old, new, edits, kind == "kept")

    def _edits(self, old: list[str], new: list[str], *, noise: bool) -> tuple[Edit, ...]:
        if self.cut:
            return read_edits(Printed(old, self.old.year), Printed(new, self.new.year), self.cut)
        edits = *plain_edits("delete", old), *plain_edits("insert", new)
        return tuple([edit._replace(noise=noise) for edit in edits])


def _kind(match: Match) -> ChangeKind:
    if len(match.new) > 1:
        return "split"
    if len(match.old) > 1:
        return "merged"
    if match.moved:
        return "moved"
    return "kept" if match.has_same_words else "reworded"
