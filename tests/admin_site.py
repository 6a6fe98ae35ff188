"""A project with the editing form, and the programs that the form runs in browsers, fetched as ``make admin`` does."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from generator.project import Project
from generator.publishing.programs import PROGRAMS, fetch_programs, vendor_folder
from tests.cases_reader import ROOT

if TYPE_CHECKING:
    from pathlib import Path

UNSET = "      editing: {}\n"
SET = "      editing: {backend: github, repo: dongshan/gongkai}\n"


def with_editing(editing: str = SET) -> str:
    """Return the checkout's mkdocs.yml with a setting for the form."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    if text.count(UNSET) != 1:
        raise ValueError("mkdocs.yml does not name editing once")
    return text.replace(UNSET, editing)


def give_programs(project: Project) -> None:
    """Put the packages into a project; they are fetched once for the checkout."""
    checkout = Project(ROOT)
    assert len(list(fetch_programs(checkout))) == len(PROGRAMS)
    vendor_folder(project).mkdir(parents=True, exist_ok=True)
    for program in PROGRAMS:
        shutil.copy(vendor_folder(checkout) / program.packed, vendor_folder(project) / program.packed)


def packed_file(program_name: str) -> Path:
    """Return the packed file of a program in the checkout."""
    [program] = [each for each in PROGRAMS if each.name == program_name]
    return vendor_folder(Project(ROOT)) / program.packed
