"""The help of a rule is its docstring, and its example does trigger it: the editors' guide cannot drift."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.checking.project import check_project
from generator.checking.rule_help import read_help
from generator.checking.rules import rule_help
from tests.cases_reader import CASES, ROOT, case_names
from tests.made_up_catalogues import CATALOGUES
from tests.made_up_site import ALL_ROLES
from tests.site_in_string import make_project

SHOWN_BY_A_CASE = {
    "missing_file": "text-missing",
    "folder_name": "folder-with-an-unknown-name",
    "unknown_file": "file-that-does-not-belong",
    "spec": "spec-newer-than-the-program",
    "empty_text": "text-that-is-empty",
    "missing_roles": "roles-that-are-missing",
    "duplicate_passage": "passage-twice",
    "source_unchanged": "source-changed",
    "text_equals_source": "text-unlike-its-source",
    "figure_sums": "figures-that-do-not-fit",
    "withdrawn_bare": "withdrawn-with-its-text",
    "copied_text": "copied-from-last-year",
    "source_filed_twice": "source-filed-twice",
    "place_known": "place-without-a-file",
    "level_below_parent": "level-not-below-its-parent",
    "report_at_township": "report-above-the-townships",
    "catalogue_ids": "catalogues-with-faults",
    "catalogue_names": "catalogues-with-faults",
    "catalogue_phrases": "catalogues-with-faults",
    "catalogue_too_wide": "catalogues-with-faults",
    "page_address_free": "hand-written-pages-out-of-place",
    "page_file_harmless": "hand-written-pages-out-of-place",
    "prose_present": "hand-written-pages-out-of-place",
}
"""Rules that no one line of a file shows."""
SHOWN_BY_A_TEST = {"encoding", "too_large", "link"}
"""Rules on bytes, sizes and links, which tests make: a file of text cannot show them."""
ONE_LINE = sorted(set(rule_help()) - SHOWN_BY_A_CASE.keys() - SHOWN_BY_A_TEST)

TITLE = "title: 清河镇2023年法治政府建设年度报告\n"
PLACE = "name: 清河镇\nlevel: township\nparent_unverified: true\n"
REVIEWED = "    - {id: fazhi-shenhe, name: 重大执法决定法制审核制度, kind: system}\n"


def project_text(text: str = ALL_ROLES, record: str = TITLE, place: str = PLACE) -> str:
    catalogues = CATALOGUES.replace("    - {id: xuexi-zhidu", f"{REVIEWED}    - {{id: xuexi-zhidu")
    folder = "content/places/qinghe-zhen"
    return (
        f"{catalogues}-- {folder}/place.yml --\n{place}-- {folder}/2023.md --\n{text}-- {folder}/2023.yml --\n{record}"
    )


def rules_found(folder: Path, text: str) -> set[str]:
    return {problem.rule for problem in check_project(make_project(folder, text))}


def with_line(example: str) -> list[str]:
    """Return projects with a line where it may stand: in the text at the end and the beginning, in the record, the place."""
    record = example + "\n" if example.startswith("title:") else f"{TITLE}{example}\n"
    return [
        project_text(text=f"{ALL_ROLES}\n{example}\n"),
        project_text(text=f"{example}\n\n{ALL_ROLES}"),
        project_text(record=record),
        project_text(place=f"{PLACE}{example}\n"),
    ]


def test_every_rule_has_help_in_three_parts() -> None:
    for rule, told in rule_help().items():
        assert told.asks.endswith("。"), rule
        assert told.example, rule
        assert told.mending.endswith("。"), rule
        assert told.text == f"例：{told.example}\n改法：{told.mending}"


def test_every_rule_that_the_code_tells_has_help() -> None:
    pattern = re.compile(
        r"\"([a-z_]+)\", \"(?:error|warning|note)\"|_RULE = \"([a-z_]+)\"|_error\([^\n]*?, \"([a-z_]+)\""
    )
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("checking", "content")
        for path in (ROOT / "generator" / folder).glob("*.py")
    ]
    told = {name for source in sources for groups in pattern.findall(source) for name in groups if name}
    told -= {"error", "warning", "note", "major", "minor"}  # words for levels
    assert {"typography", "item_numbers", "schema", "copied_text"} <= told
    assert told <= set(rule_help())


def test_every_rule_that_a_case_tells_has_help() -> None:
    for name in case_names("checking"):
        expected = (CASES / "checking" / f"{name}.txt").read_text(encoding="utf-8").partition("-- expected --\n")[2]
        assert {line.rpartition(" ")[2] for line in expected.splitlines()} <= set(rule_help()), name


def test_the_project_that_examples_are_put_in_is_free_of_what_they_show(plot: Path) -> None:
    assert rules_found(plot, project_text()) == {"source_unchanged"}


@pytest.mark.parametrize("rule", ONE_LINE)
def test_the_example_of_a_rule_is_a_line_that_it_finds(plot: Path, rule: str) -> None:
    example = rule_help()[rule].example
    assert any(rule in rules_found(plot, text) for text in with_line(example)), example


@pytest.mark.parametrize(("rule", "case"), sorted(SHOWN_BY_A_CASE.items()))
def test_a_rule_that_no_line_shows_is_shown_by_a_case(rule: str, case: str) -> None:
    expected = (CASES / "checking" / f"{case}.txt").read_text(encoding="utf-8").partition("-- expected --\n")[2]
    assert rule in {line.rpartition(" ")[2] for line in expected.splitlines()}


def test_a_docstring_without_the_parts_gives_its_first_line_alone() -> None:
    told = read_help("文件要在。\n\n别的话。")
    assert (told.asks, told.example, told.mending, told.text) == ("文件要在。", "", "", "")
