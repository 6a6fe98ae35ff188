"""The cases of ``tests/cases/compare``: two reports, the changes that a careful reader expects, and how some of them read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.comparing.compare import compare
from tests.cases_reader import case_names, read_case
from tests.comparing import change_lines, made_up_report, marked

if TYPE_CHECKING:
    from generator.comparing.comparison import Change, Comparison

NAMES = case_names("compare")
LEAST_CASES = 60


def compared(name: str) -> tuple[dict[str, str], Comparison]:
    case = read_case("compare", name)
    years = [int(each) for each in case.get("years", "2022 2023").split()]
    return case, compare(made_up_report(case["old"], years[0]), made_up_report(case["new"], years[1]))


def fits(expected: str, line: str) -> bool:
    """Tell whether a line is the expected one, in which clauses may end with … for whatever follows."""
    mine, others = (
        [part.strip() for side in each.split("|") for part in side.split(" + ")] for each in (expected, line)
    )
    return len(mine) == len(others) and all(
        other.startswith(one[:-1]) if one.endswith("…") else one == other
        for one, other in zip(mine, others, strict=True)
    )


def test_there_are_enough_cases() -> None:
    assert len(NAMES) >= LEAST_CASES


@pytest.mark.parametrize("name", NAMES)
def test_clauses_change_as_a_reader_sees_it(name: str) -> None:
    case, comparison = compared(name)
    lines = change_lines(comparison)
    expected = [line for line in case["changes"].split("\n") if line.strip()]
    unmet = [each for each in expected if not any(fits(each, line) for line in lines)]
    unexpected = [line for line in lines if not any(fits(each, line) for each in expected)]
    assert (unmet, unexpected) == ([], [])
    assert len(lines) == len(expected)


@pytest.mark.parametrize("name", [name for name in NAMES if "edits" in read_case("compare", name)])
def test_words_inside_a_clause_change_as_a_reader_sees_it(name: str) -> None:
    case, comparison = compared(name)
    found = [marked(change) for change in comparison.changes if is_shown(change)]
    for line in case["edits"].strip().split("\n"):
        assert line in found


def is_shown(change: Change) -> bool:
    return change.kind not in {"added", "removed"} and len(change.edits) > 1
