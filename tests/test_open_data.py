"""The exports, read with the tools that their users have."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from frictionless import Package

from tests.made_up_catalogues import CATALOGUES, CITING
from tests.made_up_site import QINGXI, QINGXI_FILES, SITE, township
from tests.site_in_string import build_site, edit_file, make_project, site_folder

if TYPE_CHECKING:
    from generator.project import Project

FIGURES = ["report", "place", "year", "indicator", "name", "value", "unit", "qualifier", "confirmed", "quote", "url"]
CITATIONS = ["report", "place", "year", "printed", "canonical", "kind", "count", "url"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = make_project(
        tmp_path_factory.mktemp("data"), SITE + CATALOGUES + township("shanqian-xiang", "山前乡", y2023=CITING)
    )
    build_site(made)
    return made


@pytest.fixture
def data(project: Project) -> Path:
    return site_folder(project) / "data"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode())))


def test_the_figures_have_their_columns_and_lead_to_the_sentence(project: Project, data: Path) -> None:
    assert (data / "figures.csv").read_text(encoding="utf-8").splitlines()[0].split(",") == FIGURES
    first, second = rows(data / "figures.csv")
    assert first == {
        "report": f"{QINGXI}/2023",
        "place": QINGXI,
        "year": "2023",
        "indicator": "training.sessions",
        "name": "培训次数",
        "value": "3",
        "unit": "场",
        "qualifier": "exact",
        "confirmed": "true",
        "quote": "开展法治培训3场",
        "url": f"places/{QINGXI}/2023/#f-training.sessions",
    }
    assert second["confirmed"] == "false"
    address, _, anchor = first["url"].partition("#")
    assert f'id="{anchor}"' in (site_folder(project) / address / "index.html").read_text(encoding="utf-8")


def test_the_citations_have_their_columns_and_nothing_where_nothing_is_known(data: Path) -> None:
    assert (data / "citations.csv").read_text(encoding="utf-8").splitlines()[0].split(",") == CITATIONS
    told = {row["printed"]: (row["canonical"], row["kind"], row["count"]) for row in rows(data / "citations.csv")}
    assert told["宪法"] == ("中华人民共和国宪法", "law", "2")
    assert told["《意见》"] == ("", "", "1")


def test_frictionless_finds_the_package_valid(data: Path) -> None:
    report = Package(str(data / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    package = json.loads((data / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            assert any("\u4e00" <= character <= "\u9fff" for character in field["title"])


def test_a_spoiled_table_is_found_invalid(data: Path, tmp_path: Path) -> None:
    spoiled = tmp_path / "data"
    shutil.copytree(data, spoiled)
    table = spoiled / "figures.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",exact,", ",about,"), encoding="utf-8")
    assert not Package(str(spoiled / "datapackage.json")).validate().valid


def test_datasette_opens_the_database(data: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "datasette",
        str(data / "gongkai.sqlite"),
        "--get",
        "/gongkai/figures.json?_shape=array",
    ]
    told = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert [row["value"] for row in json.loads(told.stdout)] == [3, 25]


def test_the_database_says_the_same_as_the_tables(data: Path) -> None:
    db = sqlite3.connect(data / "gongkai.sqlite")
    assert [row[1] for row in db.execute("PRAGMA table_info(figures)")] == FIGURES
    assert [row[1] for row in db.execute("PRAGMA table_info(citations)")] == CITATIONS
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    listed = {each["id"]: each["characters"] for each in json.loads((data / "reports.json").read_bytes())}
    assert dict(db.execute("SELECT id, characters FROM reports")) == listed
    assert db.execute("SELECT count(*) FROM citations").fetchone() == (len(rows(data / "citations.csv")),)
    assert db.execute("SELECT typeof(value), confirmed FROM figures").fetchall() == [("integer", 1), ("integer", 0)]
    db.close()


def test_the_sums_are_those_of_the_files(data: Path) -> None:
    lines = (data / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {name: sum_ for sum_, name in (line.split("  ") for line in lines)}
    assert set(told) == {path.name for path in data.iterdir()} - {"SHA256SUMS", "index.html"}
    for name, sum_ in told.items():
        assert hashlib.sha256((data / name).read_bytes()).hexdigest() == sum_


def test_after_an_edit_the_sums_still_hold(tmp_path: Path) -> None:
    project = make_project(tmp_path, SITE + CATALOGUES)
    build_site(project)
    edit_file(project, f"{QINGXI_FILES}/2023.yml", "value: 3,", "value: 3.0,")
    build_site(project)
    folder = site_folder(project) / "data"
    told = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    assert told.returncode == 0, told.stdout
