from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.content.parse import parse_report
from generator.content.schema import record_from
from generator.content.yaml_reading import read_yaml
from tests.cases_reader import case_names, read_case

if TYPE_CHECKING:
    from generator.model import Report

YEAR = 2023
NAMES = case_names("parsing")


def parsed(name: str) -> tuple[dict[str, str], Report]:
    case = read_case("parsing", name)
    year = re.search(r"-(20\d\d)$", name)
    record = record_from("report", read_yaml(case.get("record", "{}").encode()).value)
    return case, parse_report("qingshiqiao-zhen", int(year[1]) if year else YEAR, case["text"], record)


@pytest.mark.parametrize("name", NAMES)
def test_sections_have_their_ids_and_roles(name: str) -> None:
    case, report = parsed(name)
    outline = [f"{each.id} {each.role} {each.number or '-'} {each.heading or '-'}" for each in report.sections]
    assert outline == case["outline"].strip().split("\n")


@pytest.mark.parametrize("name", [name for name in NAMES if "missing" in read_case("parsing", name)])
def test_missing_roles_are_told(name: str) -> None:
    case, report = parsed(name)
    assert list(report.missing_roles) == case["missing"].split()


@pytest.mark.parametrize("name", [name for name in NAMES if "passages" in read_case("parsing", name)])
def test_passages_have_their_kinds(name: str) -> None:
    case, report = parsed(name)
    passages = [f"{section.id} {each.kind} {each.text}" for section in report.sections for each in section.passages]
    assert passages == case["passages"].strip().split("\n")
