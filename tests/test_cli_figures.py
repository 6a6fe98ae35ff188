"""``gongkai figures`` and what ``gongkai import`` proposes: found, told, written, and nothing of an editor's touched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from generator.content.yaml_reading import read_yaml
from tests.made_up_catalogues import CATALOGUES
from tests.made_up_site import BAIYUN, QINGXI, QINGXI_FILES, SITE
from tests.site_in_string import make_project, run_gongkai, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

RECORD = f"content/places/{BAIYUN}/2023.yml"
PROPOSED = "- {indicator: dispute.resolved, value: 7, unit: 件, quote: 白云乡办理调解案件7件}"


@pytest.fixture
def project(plot: Path) -> Project:
    return make_project(plot, SITE + CATALOGUES)


def record_text(project: Project) -> str:
    return (project.root / RECORD).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", [f"{BAIYUN}/2023", RECORD, f"content/places/{BAIYUN}/2023.md", f"content/places/{BAIYUN}"]
)
def test_figures_are_proposed_for_a_report_however_it_is_named(project: Project, path: str) -> None:
    told = run_gongkai(project, "figures", path)
    assert (told.returncode, told.stderr) == (0, "")
    assert PROPOSED in told.stdout.splitlines()
    assert "confirmed: true" in told.stdout.splitlines()[-1]
    assert record_text(project) == "{}\n"


def test_figures_that_are_recorded_are_not_proposed_again(project: Project) -> None:
    told = run_gongkai(project, "figures", "--format", "json", f"{QINGXI}/2023")
    (report,) = json.loads(told.stdout)
    assert report == {"report": f"{QINGXI}/2023", "figures": []}


def test_proposals_are_written_unconfirmed_and_pass_the_check(project: Project) -> None:
    assert run_gongkai(project, "figures", "--write", f"{BAIYUN}/2023").returncode == 0
    assert record_text(project) == f"figures:\n{PROPOSED}\n"
    assert run_gongkai(project, "check", f"{BAIYUN}/2023").returncode == 0
    again = run_gongkai(project, "figures", "--write", f"{BAIYUN}/2023")
    assert "新找到 0 个" in again.stdout
    assert record_text(project) == f"figures:\n{PROPOSED}\n"


@pytest.mark.parametrize(
    "before",
    [
        "# 甲编辑\ntitle: 白云乡报告   # 原件如此\nfigures:\n- {indicator: a.b, value: 1, unit: 件, quote: x1件}\n\ntext_state: original\n",
        "figures:\n  - indicator: a.b\n    value: 1\n    unit: 件\n    quote: x1件 # 备注\ntitle: '白云乡'\n",
        "title: 白云乡\nfigures: []\nissuer: [白云乡人民政府]\n",
        "title: 白云乡",
    ],
)
def test_the_lines_of_an_editor_stay_byte_for_byte(project: Project, before: str) -> None:
    write_file(project.root, RECORD, before)
    assert run_gongkai(project, "figures", "--write", f"{BAIYUN}/2023").returncode == 0
    after = record_text(project)
    kept = [line for line in before.splitlines() if line != "figures: []"]
    left = iter(after.splitlines())
    assert all(line in left for line in kept), "every old line is there, in the old order"
    value = read_yaml(after.encode()).value
    assert value["figures"][-1]["quote"] == "白云乡办理调解案件7件"
    assert {name: each for name, each in value.items() if name != "figures"} == {
        name: each for name, each in read_yaml(before.encode()).value.items() if name != "figures"
    }


def test_a_record_in_a_form_that_cannot_be_continued_is_left_alone(project: Project) -> None:
    before = "figures: [{indicator: a.b, value: 1, unit: 件, quote: x1件}]\n"
    write_file(project.root, RECORD, before)
    told = run_gongkai(project, "figures", "--write", f"{BAIYUN}/2023")
    assert told.returncode == 1
    assert "没有写" in told.stderr
    assert record_text(project) == before


def test_a_report_that_is_not_there_is_told(project: Project) -> None:
    told = run_gongkai(project, "figures", "nowhere/2023")
    assert told.returncode == 2
    assert "没有 nowhere/2023" in told.stderr


def test_an_import_proposes_figures_and_keeps_what_people_have_confirmed(project: Project) -> None:
    source = write_file(project.root, "in.txt", "青石镇2023年报告\n一、主要举措\n开展法治培训6场。\n")
    arguments = ("import", str(source), "--place", "qingshi-zhen", "--year", "2023")
    told = run_gongkai(project, *arguments)
    assert "数据：1 个，已确认 0 个" in told.stdout
    path = project.root / "content/places/qingshi-zhen/2023.yml"
    (figure,) = read_yaml(path.read_bytes()).value["figures"]
    assert figure == {"indicator": "training.sessions", "value": 6, "unit": "次", "quote": "开展法治培训6场"}
    path.write_text(path.read_text(encoding="utf-8").replace("quote:", "confirmed: true, quote:"), encoding="utf-8")
    assert "已确认 1 个" in run_gongkai(project, *arguments, "--replace").stdout


def test_what_is_proposed_is_shown_apart_from_what_is_confirmed(project: Project) -> None:
    run_gongkai(project, "figures", "--write", f"{BAIYUN}/2023")
    assert run_gongkai(project, "build", "--strict").returncode == 0
    page = (project.root / f"site/places/{BAIYUN}/2023/index.html").read_text(encoding="utf-8")
    assert "未确认：程序提取" in page
    assert "已确认：经人" not in page
    assert f"{QINGXI_FILES}" not in page
