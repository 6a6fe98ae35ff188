from __future__ import annotations

import fcntl
import shutil
from typing import TYPE_CHECKING

import pytest

from generator.project import ProjectError
from generator.publishing.shell import ensure_shells
from tests.cases_reader import ROOT
from tests.html_reading import read_html
from tests.made_up_site import BAIYUN, QINGXI, QINGXI_FILES, SITE
from tests.site_in_string import (
    build_site,
    edit_file,
    make_project,
    remove,
    run_gongkai,
    run_python,
    site_bytes,
    site_folder,
    site_text,
    site_times,
    write_file,
)

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

REPORT = f"places/{QINGXI}/2023"
KILLED = 9
KILLED_BUILD = """
import os, sys
from pathlib import Path

left = int(sys.argv[1])
replace = os.replace

def replace_until_killed(source, target, **rest):
    global left
    if "site" in os.fspath(target) and ".gongkai" not in os.fspath(target):
        if left == 0:
            os._exit(9)
        left -= 1
    return replace(source, target, **rest)

os.replace = replace_until_killed

from generator.build import BuildOptions, build
from generator.project import Project

build(Project(Path.cwd()), BuildOptions(strict=True, jobs=1, quiet=True))
"""
"""A build in a process that ends, as if its power were cut, at the n-th ``os.replace``; the first is the journal's."""


@pytest.fixture
def project(plot: Path) -> Project:
    made = make_project(plot, SITE)
    build_site(made)
    return made


def break_report(project: Project) -> None:
    edit_file(project, f"{QINGXI_FILES}/2023.md", "听取汇报4次", "听取<b>汇报</b>4次")


def break_record(project: Project) -> None:
    edit_file(project, f"{QINGXI_FILES}/2022.yml", "title:", "tilte:")


def change_the_others(project: Project) -> None:
    edit_file(project, f"content/places/{BAIYUN}/2023.md", "案件7件", "案件8件")


def staging(project: Project) -> Path:
    return project.root / ".site.staging"


def test_a_strict_build_publishes_nothing_and_tells_all_errors_at_once(project: Project) -> None:
    before = site_times(project)
    break_report(project)
    break_record(project)
    change_the_others(project)
    told = run_gongkai(project, "build", "--strict")
    assert told.returncode == 1
    lines = [line for line in told.stderr.splitlines() if line.startswith("content/")]
    assert [line.split(": ")[0] for line in lines] == [f"{QINGXI_FILES}/2022.yml:1", f"{QINGXI_FILES}/2023.md:26"]
    assert "没有发布" in told.stderr
    assert site_times(project) == before
    assert not staging(project).exists()


def test_a_build_in_ci_is_strict_and_one_at_a_desk_is_not(project: Project) -> None:
    break_report(project)
    change_the_others(project)
    before = site_times(project)
    assert run_gongkai(project, "build", environment={"CI": "true"}).returncode == 1
    assert site_times(project) == before
    assert run_gongkai(project, "build").returncode == 1
    assert "案件8件" in site_text(project, f"places/{BAIYUN}/2023/index.html")


@pytest.mark.parametrize("cache", ["kept", "deleted"])
def test_keep_going_publishes_the_rest_and_keeps_the_last_good_version(project: Project, cache: str) -> None:
    before = site_bytes(project)
    break_report(project)
    change_the_others(project)
    if cache == "deleted":
        shutil.rmtree(project.kept)
    told = run_gongkai(project, "build", "--keep-going")
    assert told.returncode == 1
    after = site_bytes(project)
    assert "案件8件".encode() in after[f"places/{BAIYUN}/2023/index.html"]
    own = [path for path in before if path.startswith(f"{REPORT}/")]
    assert len(own) == 6
    assert [path for path in own if after.get(path) != before[path]] == []
    status = read_html(site_text(project, "status/index.html")).words
    assert f"{QINGXI_FILES}/2023.md:26" in status
    for path in ("data/reports.json", f"places/{QINGXI}/index.html", "years/2023/index.html", "index.html"):
        assert after[path] == before[path], path
    again = site_times(project)
    assert run_gongkai(project, "build", "--keep-going").returncode == 1
    assert site_times(project) == again


def test_keep_going_leaves_out_a_report_that_was_never_good(plot: Path) -> None:
    project = make_project(plot, SITE)
    break_report(project)
    result = build_site(project, strict=False)
    assert result.published
    built = site_bytes(project)
    assert not [path for path in built if path.startswith(f"{REPORT}/")]
    assert f"{QINGXI}/2023" not in built["data/reports.json"].decode()
    assert f"places/{QINGXI}/2022/index.html" in built


def test_keep_going_keeps_the_page_of_a_place_whose_file_is_broken(project: Project) -> None:
    before = site_bytes(project)
    edit_file(project, f"{QINGXI_FILES}/place.yml", "level: township", "level: village")
    assert build_site(project, strict=False).published
    after = site_bytes(project)
    own = [path for path in before if path.startswith(f"places/{QINGXI}/")]
    assert [path for path in own if after.get(path) != before[path]] == []


def test_a_mended_report_takes_the_place_of_its_last_good_version(project: Project) -> None:
    break_report(project)
    build_site(project, strict=False)
    edit_file(project, f"{QINGXI_FILES}/2023.md", "听取<b>汇报</b>4次", "听取工作汇报4次")
    assert not build_site(project).problems
    assert "听取工作汇报4次" in site_text(project, f"{REPORT}/index.html")
    assert "没有。全部报告都是最新的版本" in read_html(site_text(project, "status/index.html")).words


def fresh_bytes(project: Project) -> dict[str, bytes]:
    remove(site_folder(project))
    for path in project.kept.glob("cache.sqlite*"):
        path.unlink()
    build_site(project)
    return site_bytes(project)


def prepare_change(project: Project) -> dict[str, bytes]:
    """Change, add and remove reports of a built site; return what is still published."""
    published = site_bytes(project)
    change_the_others(project)
    for name in ("2022.md", "2022.yml"):
        (project.root / QINGXI_FILES / name).unlink()
    write_file(project.root, f"{QINGXI_FILES}/2024.md", "## 一、主要举措和成效\n\n开展培训5场。\n")
    write_file(project.root, f"{QINGXI_FILES}/2024.yml", "{}\n")
    return published


def test_a_build_killed_before_its_journal_leaves_no_trace(project: Project) -> None:
    published = prepare_change(project)
    assert run_python(project, ["-c", KILLED_BUILD, "0"]).returncode == KILLED
    assert site_bytes(project) == published
    assert staging(project).exists()
    build_site(project)
    incremental = site_bytes(project)
    assert not staging(project).exists()
    assert incremental == fresh_bytes(project)


@pytest.mark.parametrize("moved", [1, 2, 7, 15])
def test_a_build_killed_while_it_publishes_is_finished_by_the_next(project: Project, moved: int) -> None:
    published = prepare_change(project)
    assert run_python(project, ["-c", KILLED_BUILD, str(moved)]).returncode == KILLED
    halfway = site_bytes(project)
    assert (halfway == published) == (moved == 1)
    result = build_site(project)
    assert result.published
    assert not staging(project).exists()
    incremental = site_bytes(project)
    assert incremental == fresh_bytes(project)


def test_an_interrupted_publication_is_finished_even_if_the_next_build_finds_errors(project: Project) -> None:
    prepare_change(project)
    assert run_python(project, ["-c", KILLED_BUILD, "4"]).returncode == KILLED
    break_report(project)
    assert not build_site(project).published
    finished = site_bytes(project)
    edit_file(project, f"{QINGXI_FILES}/2023.md", "听取<b>汇报</b>4次", "听取汇报4次")
    assert finished == fresh_bytes(project)


def test_a_killed_first_build_is_finished_by_the_next(plot: Path) -> None:
    project = make_project(plot, SITE)
    ensure_shells(project)
    assert run_python(project, ["-c", KILLED_BUILD, "5"]).returncode == KILLED
    build_site(project)
    first = site_bytes(project)
    assert first == fresh_bytes(project)


def test_a_second_build_at_the_same_time_is_told_to_wait(project: Project) -> None:
    before = site_times(project)
    change_the_others(project)
    with (project.kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ProjectError, match="另一个构建正在进行"):
            build_site(project)
        told = run_gongkai(project, "build")
    assert told.returncode != 0
    assert told.stderr.strip() == "另一个构建正在进行；等它结束再运行"
    assert site_times(project) == before


@pytest.mark.parametrize("folder", [".", "..", "content/places", "content/site"])
def test_a_site_folder_that_holds_the_project_is_refused(tmp_path: Path, folder: str) -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("site_dir: site", f"site_dir: {folder}")
    project = make_project(tmp_path / "outer" / "project", f"{SITE}-- mkdocs.yml --\n{config}")
    write_file(project.root.parent, "precious.txt", "precious")
    contents = {path for path in project.root.parent.rglob("*") if ".gongkai" not in path.parts}
    told = run_gongkai(project, "build", "--keep-going")
    assert told.returncode == 2
    assert "site_dir" in told.stderr
    assert "Traceback" not in told.stderr
    assert {path for path in project.root.parent.rglob("*") if ".gongkai" not in path.parts} == contents


@pytest.mark.parametrize(
    "config", ["site_name: [\n", "docs_dir: content/pages\n", "site_name: 公开\ndocs_dir: nowhere\n", "- site_name\n"]
)
def test_settings_that_cannot_be_read_are_the_users_to_mend_and_no_internal_fault(tmp_path: Path, config: str) -> None:
    project = make_project(tmp_path, f"{SITE}-- mkdocs.yml --\n{config}")
    told = run_gongkai(project, "build")
    assert told.returncode == 2
    assert "mkdocs.yml" in told.stderr
    assert "Traceback" not in told.stderr
    assert not site_folder(project).exists()


def test_hidden_files_at_the_root_of_the_site_survive(project: Project) -> None:
    write_file(site_folder(project), ".nojekyll", "")
    write_file(site_folder(project), ".well-known/security.txt", "Contact: mailto:a@example.org\n")
    change_the_others(project)
    build_site(project)
    assert (site_folder(project) / ".nojekyll").is_file()
    assert (site_folder(project) / ".well-known/security.txt").is_file()


def test_mkdocs_and_gongkai_give_the_same_site(plot: Path) -> None:
    project = make_project(plot, SITE)
    assert run_gongkai(project, "build", "--strict").returncode == 0
    ours = site_bytes(project)
    remove(site_folder(project))
    shutil.rmtree(project.kept)
    told = run_python(project, ["-m", "mkdocs", "build"])
    assert told.returncode == 0, told.stderr
    theirs = site_bytes(project)
    assert sorted(theirs) == sorted(ours)
    assert [path for path in ours if ours[path] != theirs[path]] == []
    unchanged = site_times(project)
    assert run_gongkai(project, "build", "--strict").returncode == 0
    assert site_times(project) == unchanged


def test_mkdocs_fails_where_a_report_has_an_error(plot: Path) -> None:
    project = make_project(plot, SITE)
    break_report(project)
    told = run_python(project, ["-m", "mkdocs", "build"], {"CI": "true"})
    assert told.returncode == 1
    assert f"{QINGXI_FILES}/2023.md:26" in told.stderr
    assert not site_folder(project).exists()
