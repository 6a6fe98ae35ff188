"""Comparisons of the five real reports with next year's, written from them by a known script of edits."""

from __future__ import annotations

import functools
import itertools
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from generator.comparing.compare import compare
from tests.cases_reader import ROOT
from tests.comparing import cut_places, edited_text, printed_characters, side_text, sides
from tests.mutations import ATOMS, EDITS, Mutation, Piece, Place, mutate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.comparing.comparison import Change, Comparison

REPORTS = sorted((ROOT / "content" / "places").rglob("20*.md"))
SEEDS = range(12)
WANTED, EACH_WANTED = 0.97, 0.9
KINDS = ("kept", "reworded", "moved", "split", "merged", "added", "removed")
SIDES = ("old", "new")
MOST_TOLD = 40


@dataclass(frozen=True, slots=True)
class Run:
    """What was done to one report by one seed, and what the program made of it."""

    mutation: Mutation
    comparison: Comparison


@dataclass(slots=True)
class Scores:
    """Clauses of both sides, counted by what was done to them. ``paired``: their change holds the right others, too."""

    all_: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    paired: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        return self.right.total() / self.all_.total()

    def recall(self, edit: str) -> float:
        return self.right[edit] / self.all_[edit]

    def lines(self) -> Iterator[str]:
        yield f"\nfive reports, {len(SEEDS)} seeds: {self.right.total()} of {self.all_.total()} clauses, {self.share:.4f}"
        yield f"  {'what was done':18}recall   pairs"
        for edit in EDITS:
            all_ = self.all_[edit]
            yield f"  {edit:18}{self.recall(edit):.3f}    {self.paired[edit] / all_:.3f}   ({self.right[edit]} of {all_})"
        yield f"  {'what was found':18}recall   precision"
        for kind in KINDS:
            both = self.kinds[kind, kind]
            wanted, found = (
                sum(count for pair, count in self.kinds.items() if pair[side] == kind) for side in range(2)
            )
            yield f"  {kind:18}{both / wanted:.3f}    {both / found:.3f}   ({both}, wanted {wanted}, found {found})"


@functools.cache
def run(path: Path, seed: int) -> Run:
    place = str(path.parent.relative_to(ROOT / "content" / "places"))
    mutation = mutate(place, int(path.stem), path.read_text(encoding="utf-8"), seed)
    return Run(mutation, compare(mutation.old, mutation.new))


def score(runs: list[Run]) -> Scores:
    scores = Scores()
    for each in runs:
        for side in SIDES:
            found = changes_by_place(each.comparison, side)
            for piece in each.mutation.pieces:
                for place in piece.old if side == "old" else piece.places:
                    count(scores, piece, take(found[place], piece))
    return scores


def changes_by_place(comparison: Comparison, side: str) -> defaultdict[Place, list[Change]]:
    found: defaultdict[Place, list[Change]] = defaultdict(list)
    for change in comparison.changes:
        for place in places(change, side):
            found[place].append(change)
    return found


def places(change: Change, side: str) -> tuple[Place, ...]:
    return tuple(Place(each.section, each.passage, each.text) for each in getattr(change, side))


def take(changes: list[Change], piece: Piece) -> Change:
    """Take the change of a clause; where a passage has the same words twice, the one that fits best."""
    best = max(changes, key=lambda change: (is_right(change, piece), is_paired(change, piece)))
    changes.remove(best)
    return best


def is_right(change: Change, piece: Piece) -> bool:
    return change.kind in piece.kinds and piece.noise in {None, change.noise}


def is_paired(change: Change, piece: Piece) -> bool:
    return is_right(change, piece) and (places(change, "old"), places(change, "new")) == (piece.old, piece.places)


def count(scores: Scores, piece: Piece, change: Change) -> None:
    right = is_right(change, piece)
    wanted = change.kind if change.kind in piece.kinds else min(piece.kinds)
    scores.all_[piece.edit] += 1
    scores.right[piece.edit] += right
    scores.paired[piece.edit] += is_paired(change, piece)
    scores.kinds[wanted, change.kind] += 1
    if not right:
        old, new = " + ".join(each.text for each in piece.old), " + ".join(piece.new)
        found = f"{change.kind}{' (noise)' if change.noise else ''}: {sides(change, 'old')} => {sides(change, 'new')}"
        scores.failures[f"{piece.edit}\n    done:  {old} => {new}\n    found: {found}"] += 1


ALL = [pytest.param(path, seed, id=f"{path.parent.name}-{seed}") for path in REPORTS for seed in SEEDS]


def test_changes_are_told_as_they_were_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(REPORTS) == 5
    scores = score([run(path, seed) for path, seed in itertools.product(REPORTS, SEEDS)])
    with capsys.disabled():
        sys.stdout.write("\n".join(scores.lines()) + "\n")
    told = "\n".join(f"{times} × {text}" for text, times in scores.failures.most_common(MOST_TOLD))
    assert {edit: scores.recall(edit) for edit in EDITS if scores.recall(edit) < EACH_WANTED} == {}, told
    assert scores.share >= WANTED, told


def test_the_script_does_all_that_it_can_do_in_every_report() -> None:
    for path in REPORTS:
        done = Counter(piece.edit for seed in SEEDS for piece in run(path, seed).mutation.pieces)
        assert set(done) == set(EDITS), path


@pytest.mark.parametrize(("path", "seed"), ALL)
def test_every_clause_is_in_exactly_one_change(path: Path, seed: int) -> None:
    mutation, comparison = run(path, seed).mutation, run(path, seed).comparison
    for side, report in zip(SIDES, (mutation.old, mutation.new), strict=True):
        pieces = [place for piece in mutation.pieces for place in (piece.old if side == "old" else piece.places)]
        assert Counter(pieces) == Counter(place for change in comparison.changes for place in places(change, side))
        assert side_text(comparison, side) == sorted(place.text for place in pieces)
        found = Counter("".join("".join(side_text(comparison, side)).split()))
        assert found == printed_characters(report)


@pytest.mark.parametrize(("path", "seed"), ALL)
def test_edits_lead_from_the_old_words_to_the_new(path: Path, seed: int) -> None:
    for change in run(path, seed).comparison.changes:
        for side in SIDES:
            assert edited_text(change, side) == "".join(clause.text for clause in getattr(change, side))


@pytest.mark.parametrize(("path", "seed"), ALL)
def test_numbers_dates_titles_and_names_are_never_cut(path: Path, seed: int) -> None:
    cut = [
        f"{match.group()} in {edited_text(change, side)}"
        for change in run(path, seed).comparison.changes
        for side in SIDES
        for match in ATOMS.finditer(edited_text(change, side))
        if any(match.start() < place < match.end() for place in cut_places(change, side))
    ]
    assert cut == []
