from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.checking.project import check_project
from generator.content.yaml_reading import read_yaml
from tests.html_reading import read_html
from tests.made_up_site import ALL_ROLES, township
from tests.site_in_string import build_site, make_project, run_gongkai, site_bytes, site_text, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

WHY = "原件含有不应公开的个人信息"
TOWNS = township("qinghe-zhen", "清河镇", y2022=ALL_ROLES, y2023=ALL_ROLES) + township(
    "baishi-xiang", "白石乡", y2023=ALL_ROLES
)
REPORT = "content/places/qinghe-zhen/2023"
PAGE = "places/qinghe-zhen/2023/"


@pytest.fixture
def project(plot: Path) -> Project:
    return make_project(plot, TOWNS)


def withdrawn(project: Project, report: str = "qinghe-zhen/2023", why: str = WHY) -> None:
    result = run_gongkai(project, "withdraw", report, "--why", why)
    assert result.returncode == 0, result.stderr


def test_the_text_goes_and_the_reason_stays(project: Project) -> None:
    write_file(
        project.root,
        f"{REPORT}.yml",
        "title: 清河镇2023年报告\nissuer: [清河镇人民政府]\nfigures: []\nroles: {s-1: measures}\n",
    )
    withdrawn(project)
    names = {path.name for path in (project.places / "qinghe-zhen").iterdir()}
    assert names == {"place.yml", "2022.md", "2022.yml", "2023.yml"}
    value = read_yaml((project.root / f"{REPORT}.yml").read_bytes()).value
    assert (value["title"], value["issuer"], value["withdrawn"]["why"]) == ("清河镇2023年报告", ["清河镇人民政府"], WHY)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", value["withdrawn"]["date"])
    assert set(value) == {"title", "issuer", "withdrawn"}
    assert [problem for problem in check_project(project) if problem.path.startswith(REPORT)] == []


def test_nothing_of_the_report_is_left_on_the_site_but_a_page_that_says_why(project: Project) -> None:
    before = build_site(project)
    assert before.published
    words = "做了许多"
    text = project.root / f"{REPORT}.md"
    text.write_text(f"{words}。\n\n" + text.read_text(encoding="utf-8"), encoding="utf-8")
    assert build_site(project).published
    assert any(words.encode() in content for content in site_bytes(project).values())
    withdrawn(project)
    result = build_site(project)
    assert result.published
    assert not any(words.encode() in content for content in site_bytes(project).values())
    assert {path for path in site_bytes(project) if path.startswith(PAGE)} == {f"{PAGE}index.html"}
    page = read_html(site_text(project, f"{PAGE}index.html")).words
    assert "已撤下" in page
    assert WHY in page
    assert WHY in read_html(site_text(project, "places/qinghe-zhen/index.html")).words
    assert '"qinghe-zhen/2023"' not in site_text(project, "data/reports.json")


def test_a_fresh_build_gives_the_same(project: Project, tmp_path: Path) -> None:
    build_site(project)
    withdrawn(project)
    build_site(project)
    fresh = make_project(tmp_path / "fresh", TOWNS)
    for path in (fresh.places / "qinghe-zhen").glob("2023.*"):
        path.unlink()
    write_file(fresh.root, f"{REPORT}.yml", (project.root / f"{REPORT}.yml").read_bytes())
    build_site(fresh)
    assert site_bytes(fresh) == site_bytes(project)


def test_the_log_tells_corrections_and_withdrawals_the_newest_first(project: Project) -> None:
    edit = "corrections:\n- {date: 2024-03-01, what: 补上漏掉的一段, why: 读者指出}\n"
    record = project.root / "content/places/baishi-xiang/2023.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("{}", "") + edit, encoding="utf-8")
    withdrawn(project)
    build_site(project)
    log = read_html(site_text(project, "status/log/index.html")).words
    assert log.index(WHY) < log.index("补上漏掉的一段") < log.index("读者指出")
    assert "白石乡" in log


def test_an_empty_log_says_so(project: Project) -> None:
    build_site(project)
    assert "也没有撤下过报告" in read_html(site_text(project, "status/log/index.html")).words


def test_a_text_that_is_still_there_is_told_and_not_published(project: Project) -> None:
    text = (project.root / f"{REPORT}.md").read_bytes()
    build_site(project)
    withdrawn(project)
    write_file(project.root, f"{REPORT}.md", text)
    found = [problem for problem in check_project(project) if problem.level == "error"]
    assert [(problem.path, problem.rule) for problem in found] == [(f"{REPORT}.md", "withdrawn_bare")]
    build_site(project, strict=False)
    assert {path for path in site_bytes(project) if path.startswith(PAGE)} == {f"{PAGE}index.html"}


@pytest.mark.parametrize(
    ("report", "why", "code"),
    [("qinghe-zhen", WHY, 2), ("nowhere-zhen/2023", WHY, 2), ("qinghe-zhen/2023", " ", 1), ("place.yml", WHY, 2)],
)
def test_what_cannot_be_withdrawn_is_left(project: Project, report: str, why: str, code: int) -> None:
    result = run_gongkai(project, "withdraw", report, "--why", why)
    assert result.returncode == code, result.stderr
    assert (project.root / f"{REPORT}.md").is_file()


def test_a_report_is_withdrawn_once_and_not_brought_back_by_accident(project: Project) -> None:
    withdrawn(project)
    assert run_gongkai(project, "withdraw", "qinghe-zhen/2023", "--why", WHY).returncode == 1
    write_file(project.root, "in.txt", "清河镇2023年法治政府建设年度报告\n一、主要举措和成效\n做了许多工作。\n")
    again = run_gongkai(project, "import", "in.txt", "--place", "qinghe-zhen", "--year", "2023", "--replace")
    assert again.returncode == 1
    assert "撤下" in again.stderr
    assert not (project.root / f"{REPORT}.md").exists()
