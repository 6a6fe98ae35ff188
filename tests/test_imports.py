"""Imports run one way: faces -> reviewing -> build -> publishing, pages, search -> comparing, linking, checking -> content, importing -> model."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.cases_reader import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "generator"
FACES = ("cli", "cli_frame", "cli_import", "cli_site", "plugin", "__main__")
FLOORS: tuple[tuple[str, ...], ...] = (
    ("model", "catalogues", "addresses", "project", "settings", "files"),
    ("content",),
    ("importing",),
    ("comparing", "linking", "checking"),
    ("publishing", "search"),
    ("pages",),
    ("build",),
    ("reviewing",),
    FACES,
)
"""From the ground up; content lies below importing and publishing below pages, each on a floor of its own."""
SHARED = {
    ("checking", "linking"),
    ("linking", "comparing"),
    ("checking", "comparing"),
    ("search", "publishing"),
    ("cli", "cli_frame"),
    ("cli", "cli_import"),
    ("cli_import", "cli_frame"),
    ("cli_site", "cli_frame"),
    ("cli", "cli_site"),
}
"""Parts of one floor that may know each other, in this direction only."""
MKDOCS = {"generator.plugin", "generator.publishing.shell_building", "generator.cli"}
"""The modules that know MkDocs; the command only to serve."""
_PARTS_OF_ONE_MODULE = 2


def part_of(module: str) -> str:
    """Return the part of the house that a module belongs to."""
    return module.split(".")[1] if "." in module else ""


def floor_of(part: str) -> int:
    """Return the floor of a part. Raise KeyError for a part that the house does not have."""
    for number, parts in enumerate(FLOORS):
        if part in parts:
            return number
    raise KeyError(part)


def imports_in(module: str, source: str, *, package: bool = False) -> Iterator[str]:
    """Walk what a module imports, as full names, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                kept = parts[: len(parts) - node.level + package]
                base = ".".join([*kept, base] if base else kept)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def faults(module: str, source: str, *, package: bool = False) -> list[str]:
    """Tell every import of a module that runs the wrong way."""
    found: list[str] = []
    part = part_of(module)
    for name in imports_in(module, source, package=package):
        top = name.split(".")[0]
        if top in {"mkdocs", "material"} and module not in MKDOCS:
            found.append(f"{module} knows MkDocs: {name}")
        if top != PACKAGE or part == "":
            continue
        other = part_of(name)
        own_floor, floor = floor_of(part), floor_of(other)
        beside = floor == own_floor and other != part and own_floor != 0 and (part, other) not in SHARED
        if floor > own_floor or beside or (floor == 0 and own_floor == 0 and part == "model" and other != "model"):
            found.append(f"{module} imports {name}")
    return found


def modules() -> list[tuple[str, str, bool]]:
    found = []
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        package = parts[-1] == "__init__"
        found.append((".".join(parts[:-1] if package else parts), path.read_text(encoding="utf-8"), package))
    return found


def test_imports_run_one_way() -> None:
    found = [fault for module, source, package in modules() for fault in faults(module, source, package=package)]
    assert found == []


def test_no_module_is_outside_the_house() -> None:
    parts = {part_of(module) for module, _, _ in modules()} - {""}
    known = {part for parts in FLOORS for part in parts}
    others = parts - known - {"_templates", "house"}
    assert others == set()


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("generator.model", "from generator.content.parse import parse_report"),
        ("generator.model", "from generator.project import Project"),
        ("generator.content.load", "import generator.checking.rules"),
        ("generator.content.load", "from generator.importing import text"),
        ("generator.content.load", "from ..importing.imported import import_document"),
        ("generator.importing.imported", "from generator.checking.rules import RULES"),
        ("generator.checking.rules", "def f():\n    from generator.publishing.cache import Cache"),
        ("generator.publishing.writing", "from generator.pages.plan import plan_pages"),
        ("generator.publishing.writing", "if TYPE_CHECKING:\n    from generator.build import build"),
        ("generator.pages.plan", "from generator import build"),
        ("generator.pages.plan", "from ..build import build"),
        ("generator.pages.plan", "import generator.cli"),
        ("generator.build", "from generator.plugin import GongkaiPlugin"),
        ("generator.build", "from mkdocs.config import load_config"),
        ("generator.pages.render", "import mkdocs.commands.build"),
        ("generator.cli", "from generator.plugin import GongkaiPlugin"),
    ],
)
def test_a_wrong_import_is_found(module: str, source: str) -> None:
    assert len(faults(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("generator.content.load", "from generator.model import Report\nfrom .parse import parse_report"),
        ("generator.importing.imported", "from generator.content.parse import parse_report"),
        ("generator.pages.plan", "from generator.publishing.shell import Shells"),
        ("generator.settings", "from generator.project import Project"),
        ("generator.plugin", "import mkdocs\nfrom generator.build import build"),
        ("generator.publishing.shell_building", "from mkdocs.config import load_config"),
    ],
)
def test_a_right_import_passes(module: str, source: str) -> None:
    assert faults(module, source) == []
