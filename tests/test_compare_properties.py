"""What holds of every comparison, of odd reports too."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.comparing.anchors import change_anchors
from generator.comparing.clauses import LONGEST, read_clauses
from generator.comparing.compare import compare
from generator.comparing.similarity import measure_similarity
from generator.comparing.words import make_cut
from tests.cases_reader import ROOT
from tests.comparing import edited_text, made_up_report, printed_characters, side_text
from tests.odd_reports import HOSTILE, LONG_TEXTS, ODD_PIECES, SENTENCES, pairs_of_reports, reports, rewritten_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.comparing.comparison import Change, Clause, Comparison
    from generator.model import Report

SIDES = ("old", "new")
COUNTS = {"kept": (1, 1), "reworded": (1, 1), "moved": (1, 1), "split": (1, 2), "merged": (2, 1), "added": (0, 1), "removed": (1, 0)}  # fmt: skip
LONG = 200_000

examples = settings(derandomize=True, deadline=None, max_examples=150)


def compared(old: str, new: str, years: tuple[int, int] = (2022, 2023)) -> tuple[Report, Report, Comparison]:
    first, second = made_up_report(old, years[0]), made_up_report(new, years[1])
    return first, second, compare(first, second)


def tells_nothing_new(change: Change) -> bool:
    """Tell whether the edits of a change are noise, where the change says so, and otherwise none at all."""
    return all(edit.op == "equal" or (edit.noise and change.noise) for edit in change.edits)


def address(clause: Clause) -> tuple[str, str, str]:
    return clause.section, clause.passage, clause.text


def clauses(change: Change, side: str) -> tuple[Clause, ...]:
    found: tuple[Clause, ...] = getattr(change, side)
    return found


@examples
@given(pairs_of_reports())
def test_every_character_of_both_is_in_exactly_one_change(texts: tuple[str, str]) -> None:
    old, new, comparison = compared(*texts)
    for side, report in zip(SIDES, (old, new), strict=True):
        if not comparison.comparable:
            assert not (old.passages and new.passages)
            continue
        found = Counter(address(clause) for change in comparison.changes for clause in clauses(change, side))
        assert found == Counter(address(clause) for clause in read_clauses(report))
        assert Counter("".join("".join(side_text(comparison, side)).split())) == printed_characters(report)
        for passage in report.passages:
            own = [clause.text for clause in read_clauses(report) if clause.passage == passage.id]
            assert ("\n" if passage.kind == "table" else "").join(own) == passage.text


@examples
@given(pairs_of_reports())
def test_edits_lead_from_the_old_words_to_the_new(texts: tuple[str, str]) -> None:
    for change in compared(*texts)[2].changes:
        for side in SIDES:
            assert edited_text(change, side) == "".join(clause.text for clause in clauses(change, side))
        assert change.edits or not any(clause.text for side in SIDES for clause in clauses(change, side))
        assert all(edit.text for edit in change.edits)
        for one, other in itertools.pairwise(change.edits):
            assert (one.op, one.noise) != (other.op, other.noise)
        assert not any(edit.noise for edit in change.edits if edit.op == "equal")
        assert change.kind != "kept" or tells_nothing_new(change)


@examples
@given(pairs_of_reports())
def test_kinds_fit_the_number_of_clauses_on_each_side(texts: tuple[str, str]) -> None:
    for change in compared(*texts)[2].changes:
        assert (len(change.old), len(change.new)) == COUNTS[change.kind]
        assert change.role == (change.new or change.old)[0].role
        assert change.kind == "kept" or not change.noise


@examples
@given(pairs_of_reports())
def test_shares_and_measures_are_between_none_and_all(texts: tuple[str, str]) -> None:
    old, new, comparison = compared(*texts)
    assert all(0 <= share <= 1 for share in (comparison.copied or {}).values())
    for each in measure_similarity(old, new, make_cut()).values():
        assert all(0 <= value <= 1 for value in (each.cosine, each.jaccard, each.minimum_edit, each.simple))


@examples
@given(reports)
def test_a_report_compared_with_itself_is_kept(text: str) -> None:
    report, _, comparison = compared(text, text, (2023, 2023))
    if not comparison.comparable:
        assert not report.passages
        return
    for change in comparison.changes:
        assert (change.kind, change.noise) == ("kept", False)
        assert change.old == change.new
        assert [(edit.op, edit.text) for edit in change.edits if edit.text] == [
            ("equal", clause.text) for clause in change.new if clause.text
        ]
    assert all(share == 1.0 for share in (comparison.copied or {}).values())
    for each in measure_similarity(report, report, make_cut()).values():
        assert each.cosine == each.jaccard == each.minimum_edit == each.simple == 1.0


@examples
@given(pairs_of_reports())
def test_anchors_of_changes_are_unique(texts: tuple[str, str]) -> None:
    changes = compared(*texts)[2].changes
    anchors = change_anchors(changes)
    assert len(anchors) == len({*anchors}) == len(changes)


@examples
@given(rewritten_reports())
def test_turned_round_the_same_clauses_belong_together(texts: tuple[str, str]) -> None:
    """Which of two clauses that changed places has moved is any one's guess: all that are kept or moved are compared."""
    there, back = compared(*texts, (2023, 2023))[2], compared(texts[1], texts[0], (2023, 2023))[2]
    assert Counter(pairs(there, SIDES)) == Counter(pairs(back, SIDES[::-1]))
    assert count_kind(there, "moved") == count_kind(back, "moved")


@examples
@given(pairs_of_reports())
def test_turned_round_as_many_clauses_are_kept_or_moved_as_they_are(texts: tuple[str, str]) -> None:
    """Clauses that stand several times, nearly alike, may meet others when turned round; those that are equal all meet."""
    there, back = compared(*texts, (2023, 2023))[2], compared(texts[1], texts[0], (2023, 2023))[2]
    first, second = ([each for each in pairs(both, SIDES) if each[0] == each[1]] for both in (there, back))
    assert Counter(first) == Counter(second)


def pairs(comparison: Comparison, order: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
    for change in comparison.changes:
        if change.old and change.new and clauses(change, "new")[0].passage:
            yield tuple(tuple(clause.text for clause in clauses(change, side)) for side in order)


def count_kind(comparison: Comparison, kind: str) -> int:
    return sum(change.kind == kind for change in comparison.changes)


PRINTS = """
from generator.comparing.compare import compare
from tests.comparing import made_up_report
texts = {texts!r}
for old in texts:
    for new in texts:
        print(repr(compare(made_up_report(old, 2022), made_up_report(new, 2023))))
"""


def test_the_seed_of_hashes_changes_nothing() -> None:
    rng = Random(7)  # noqa: S311 - chance that repeats itself
    pool = [*SENTENCES, *ODD_PIECES[:20], "\n\n", "\n\n## 一、情况\n\n", "\n\n### （一）情况\n\n"]
    texts = ["".join(rng.choices(pool, k=60)) for _ in range(5)]
    printed = [
        subprocess.run(
            [sys.executable, "-c", PRINTS.format(texts=texts)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0].count("Comparison(") == 25
    assert printed[0] == printed[1]


@pytest.mark.parametrize("kind", LONG_TEXTS)
def test_long_odd_texts_are_compared_by_clauses_and_say_so(kind: str) -> None:
    """A way that takes the square of the text would not come back; how long it takes is measured in benchmarks."""
    old, new = (made_up_report(LONG_TEXTS[kind](Random(seed), LONG), 2022 + seed) for seed in (0, 1))  # noqa: S311 - chance that repeats itself
    comparison = compare(old, new)
    assert comparison.coarse
    for side, report in zip(SIDES, (old, new), strict=True):
        assert Counter("".join("".join(side_text(comparison, side)).split())) == printed_characters(report)


@pytest.mark.parametrize("piece", HOSTILE)
def test_clauses_full_of_odd_pieces_are_compared(piece: str) -> None:
    texts = [f"{first}{(piece * LONGEST)[: LONGEST - 2]}乙。" for first in "甲丙"]
    comparison = compare(made_up_report(texts[0], 2022), made_up_report(texts[1], 2023))
    for side, text in zip(SIDES, texts, strict=True):
        assert "".join(edited_text(change, side) for change in comparison.changes).replace(" ", "") == text.replace(
            " ", ""
        )


def test_what_is_kept_of_a_long_text_but_for_noise_is_told_as_noise() -> None:
    text = "".join(f"第{number}村共排查调处矛盾纠纷{number}件，化解率100%。" for number in range(1500))
    comparison = compared(text, text.replace("%", "％"))[2]
    assert comparison.coarse
    assert {(change.kind, change.noise) for change in comparison.changes} == {("kept", True)}
    assert all(tells_nothing_new(change) for change in comparison.changes)


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=40)
def test_odd_texts_of_some_length_are_conserved(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(LONG_TEXTS)))
    old, new = (
        made_up_report(LONG_TEXTS[kind](Random(data.draw(st.integers(0, 3))), data.draw(st.integers(1000, 4000))), year)  # noqa: S311 - chance that repeats itself
        for year in (2022, 2023)
    )
    comparison = compare(old, new)
    for side, report in zip(SIDES, (old, new), strict=True):
        assert Counter("".join("".join(side_text(comparison, side)).split())) == printed_characters(report)
        for change in comparison.changes:
            assert edited_text(change, side) == "".join(clause.text for clause in clauses(change, side))
