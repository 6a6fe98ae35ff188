from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from generator.project import Project
from generator.publishing.manifest import MANIFEST
from tests.cases_reader import ROOT
from tests.made_up_site import ALL_ROLES, BAIYUN, COUNTY, QINGXI, QINGXI_FILES, SITE
from tests.site_in_string import (
    build_site,
    edit_file,
    make_project,
    remove,
    run_gongkai,
    run_python,
    site_bytes,
    site_folder,
    site_times,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


REPORT = f"places/{QINGXI}/2023"
CORPUS = 210
"""So many reports that workers are started, for reading as for rendering."""
LOG = "status/log/index.html"
LISTS = frozenset(["index.html", "places/index.html", "data/index.html", "status/index.html", "years/index.html"])
"""Pages that show how many reports there are, and of which years."""
DATA = frozenset(f"data/{name}" for name in ("reports.json", "gongkai.sqlite", "SHA256SUMS"))
"""The exports that list reports."""
CHANGED = frozenset(
    (
        f"places/{QINGXI}/2023/changes/index.html",
        *(f"data/{name}" for name in ("changes.csv", "gongkai.sqlite", "SHA256SUMS")),
    )
)
"""What tells how the report of 2023 compares with that of 2022."""
LIKENESS = "data/similarity.csv"
FEEDS = frozenset(
    ("feed.xml", *(f"places/{path}/feed.xml" for path in ("nanling-sheng", "nanling-sheng/linhe-shi", COUNTY, QINGXI)))
)
"""The feeds that tell of the reports of a township."""


@pytest.fixture
def project(plot: Path) -> Project:
    made = make_project(plot, SITE)
    build_site(made)
    return made


def rewritten(project: Project, change: Callable[[], object]) -> tuple[set[str], set[str]]:
    """Make a change and build; return the files written and removed, which the result tells as the file system does.

    The files of the search index are left out; ``tests/test_search_index.py`` tells which of those are rewritten.
    """
    return tuple({path for path in paths if not is_of_index(path)} for paths in all_rewritten(project, change))  # type: ignore[return-value]


def is_of_index(path: str) -> bool:
    """Tell a file of the search index."""
    return path.startswith("search/") and path.endswith(".bin")


def all_rewritten(project: Project, change: Callable[[], object]) -> tuple[set[str], set[str]]:
    """Make a change and build; return all files written and removed, after a comparison with a build from nothing.

    The list of checksums is left out: it is another whenever anything is (``tests/test_verify.py``).
    """
    before = site_times(project)
    change()
    result = build_site(project)
    after = site_times(project)
    written = {path for path, time in after.items() if before.get(path) != time and path != MANIFEST}
    removed = set(before) - set(after)
    assert (set(result.written), set(result.removed)) == (written, removed)
    assert site_bytes(project) == built_elsewhere(project)
    return written, removed


def built_elsewhere(project: Project) -> dict[str, bytes]:
    """Return what a build of the same contents from nothing gives."""
    kept, site = project.kept / "cache.sqlite", site_folder(project)
    aside = project.root.parent / "aside"
    remove(aside)
    aside.mkdir()
    for path in (site, *project.kept.glob("cache.sqlite*")):
        path.rename(aside / path.name)
    try:
        build_site(project)
        return site_bytes(project)
    finally:
        for path in (site, *project.kept.glob("cache.sqlite*")):
            remove(path)
        for path in aside.iterdir():
            path.rename((site if path.name == site.name else kept).parent / path.name)


def edit(project: Project, path: str, old: str, new: str) -> Callable[[], None]:
    return lambda: edit_file(project, path, old, new)


def test_a_second_build_writes_nothing(project: Project) -> None:
    before = site_times(project)
    result = build_site(project)
    assert (result.written, result.removed, result.rendered) == ((), (), 0)
    assert site_times(project) == before


def test_an_edit_of_a_passage_rewrites_its_report_and_nothing_else(project: Project) -> None:
    written, removed = rewritten(project, edit(project, f"{QINGXI_FILES}/2023.md", "听取汇报4次", "听取汇报5次"))
    own = {f"{REPORT}/index.html", f"{REPORT}/report.json", f"{REPORT}/2023.md"}
    assert written == own | CHANGED | {LIKENESS}
    assert not removed


def test_an_edit_that_changes_the_count_of_characters_rewrites_the_pages_that_show_it(project: Project) -> None:
    written, _ = rewritten(project, edit(project, f"{QINGXI_FILES}/2023.md", "听取汇报4次", "听取汇报14次"))
    own = {f"{REPORT}/index.html", f"{REPORT}/report.json", f"{REPORT}/2023.md"}
    assert written == own | DATA | CHANGED | {f"places/{QINGXI}/index.html"}


def test_an_edit_of_the_title_rewrites_the_lists_that_show_it(project: Project) -> None:
    written, _ = rewritten(
        project, edit(project, f"{QINGXI_FILES}/2023.yml", "title: 清溪镇2023年", "title: 清溪镇二〇二三年")
    )
    own = {f"{REPORT}/index.html", f"{REPORT}/report.json", f"{REPORT}/2023.yml"}
    lists = {"index.html", f"places/{QINGXI}/index.html", "years/2023/index.html"}
    assert written == own | lists | DATA | FEEDS


def test_a_correction_rewrites_the_report_and_the_public_log(project: Project) -> None:
    written, _ = rewritten(project, edit(project, f"{QINGXI_FILES}/2023.yml", "what: 补上表格", "what: 补上一张表格"))
    assert written == {f"{REPORT}/index.html", f"{REPORT}/2023.yml", LOG}


def test_an_edit_of_what_only_the_report_shows_rewrites_only_the_report(project: Project) -> None:
    written, _ = rewritten(
        project, edit(project, f"{QINGXI_FILES}/2023.yml", "url: 'https://example", "url: 'https://www.example")
    )
    assert written == {f"{REPORT}/index.html", f"{REPORT}/2023.yml", f"{REPORT}/report.json"}


def test_a_heading_that_changes_its_role_rewrites_the_checklists(project: Project) -> None:
    written, _ = rewritten(
        project, edit(project, f"{QINGXI_FILES}/2023.md", "三、主要负责人履职情况", "三、其他需要说明的事项")
    )
    own = {f"{REPORT}/index.html", f"{REPORT}/report.json", f"{REPORT}/2023.md"}
    lists = {f"places/{QINGXI}/index.html", "years/2023/index.html", "years/index.html"}
    assert {*own, *lists, *DATA, *CHANGED, *FEEDS, "status/index.html"} <= written
    assert written <= {*own, *lists, *DATA, *CHANGED, *FEEDS, "status/index.html", LIKENESS}


def test_a_new_year_rewrites_its_neighbour_and_the_lists(project: Project) -> None:
    def add() -> None:
        write_file(project.root, f"{QINGXI_FILES}/2024.md", ALL_ROLES)
        write_file(project.root, f"{QINGXI_FILES}/2024.yml", "{}\n")

    written, removed = rewritten(project, add)
    names = ("index.html", "report.json", "2024.md", "2024.yml", "changes/index.html")
    new = {f"places/{QINGXI}/2024/{name}" for name in names}
    above = {f"places/{path}/index.html" for path in (QINGXI, COUNTY, "nanling-sheng", "nanling-sheng/linhe-shi")}
    redirect = {f"places/{COUNTY}/qingxi-xiang/2024/index.html"}
    lists = LISTS | DATA | {"years/2024/index.html"}
    compared = {"data/changes.csv", LIKENESS}
    assert written == new | above | redirect | lists | compared | FEEDS | {f"{REPORT}/index.html"}
    assert not removed


def test_a_year_between_two_others_rewrites_both(project: Project) -> None:
    def add(year: int) -> None:
        write_file(project.root, f"{QINGXI_FILES}/{year}.md", ALL_ROLES)
        write_file(project.root, f"{QINGXI_FILES}/{year}.yml", "{}\n")

    add(2020)
    build_site(project)
    written, _ = rewritten(project, lambda: add(2021))
    pages = {path for path in written if path.startswith(f"places/{QINGXI}/") and path.endswith("index.html")}
    folders = ("", "2020/", "2021/", "2022/", "2021/changes/", "2022/changes/")
    assert pages == {f"places/{QINGXI}/{folder}index.html" for folder in folders}


def test_a_removed_report_takes_its_files_and_empty_folders_along(project: Project) -> None:
    def drop() -> None:
        for path in (project.root / QINGXI_FILES).glob("2022.*"):
            path.unlink()

    written, removed = rewritten(project, drop)
    old = f"places/{QINGXI}/2022"
    assert removed == {
        *(f"{old}/{name}" for name in ("index.html", "report.json", "2022.md", "2022.yml", "changes/index.html")),
        f"places/{COUNTY}/qingxi-xiang/2022/index.html",
        "years/2022/index.html",
    }
    assert f"{REPORT}/index.html" in written
    assert not (site_folder(project) / old).exists()
    assert not (site_folder(project) / "years/2022").exists()


def test_a_removed_township_takes_its_folder_along(project: Project) -> None:
    _, removed = rewritten(project, lambda: remove(project.places / BAIYUN))
    assert {path for path in removed if path.startswith(f"places/{BAIYUN}/")} == removed
    assert not (site_folder(project) / "places" / BAIYUN).exists()


def test_a_new_name_of_a_place_rewrites_what_shows_it(project: Project) -> None:
    written, _ = rewritten(project, edit(project, f"content/places/{COUNTY}/place.yml", "东山县", "东山区"))
    shown = {f"places/{path}/index.html" for path in (COUNTY, "nanling-sheng/linhe-shi", QINGXI)}
    reports = {f"places/{QINGXI}/{year}/index.html" for year in (2022, 2023)}
    years = {f"years/{year}/index.html" for year in (2022, 2023)}
    changes = {f"places/{QINGXI}/{year}/changes/index.html" for year in (2022, 2023)}
    feeds = {
        "feed.xml",
        *(f"places/{path}/feed.xml" for path in (QINGXI, COUNTY, "nanling-sheng", "nanling-sheng/linhe-shi")),
    }
    assert written == shown | reports | years | changes | feeds | {"index.html", f"places/{COUNTY}/place.json", LOG}


def test_without_the_cache_the_same_bytes_are_found_and_nothing_is_written(project: Project) -> None:
    def drop() -> None:
        shutil.rmtree(project.kept)

    assert rewritten(project, drop) == (set(), set())


def test_a_damaged_cache_is_made_anew(project: Project) -> None:
    before = site_times(project)
    (project.kept / "cache.sqlite").write_bytes(b"no database" * 1000)
    assert build_site(project).written == ()
    assert site_times(project) == before


@pytest.mark.parametrize("path", [f"{REPORT}/index.html", "data/reports.json", "404.html", f"{REPORT}/2023.md"])
def test_a_published_file_that_was_deleted_comes_back(project: Project, path: str) -> None:
    written, _ = rewritten(project, (site_folder(project) / path).unlink)
    assert written == {path}


def test_a_published_file_that_was_damaged_is_mended(project: Project) -> None:
    path = site_folder(project) / REPORT / "index.html"
    written, _ = rewritten(project, lambda: path.write_bytes(path.read_bytes()[:-20] + b"<p>damaged</p>\n\n\n\n\n"))
    assert written == {f"{REPORT}/index.html"}


def test_a_file_that_nobody_made_is_removed_from_the_site(project: Project) -> None:
    write_file(site_folder(project), "left/over.html", "old")
    assert rewritten(project, lambda: None) == (set(), {"left/over.html"})
    assert not (site_folder(project) / "left").exists()


def test_an_edit_within_the_tick_of_the_clock_is_seen(project: Project) -> None:
    for number in range(5, 9):
        edit_file(project, f"{QINGXI_FILES}/2023.md", f"听取汇报{number - 1}次", f"听取汇报{number}次")
        build_site(project)
        assert f"听取汇报{number}次".encode() in (site_folder(project) / REPORT / "index.html").read_bytes()


def test_a_hand_written_page_that_changes_is_the_only_one_rewritten(tmp_path: Path) -> None:
    project = make_project(tmp_path, SITE)
    build_site(project)
    before = site_times(project)
    page = project.content / "pages/about/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n末尾一段。\n", encoding="utf-8")
    result = build_site(project)
    assert result.written == ("about/index.html",)
    written = {path for path, time in site_times(project).items() if before[path] != time}
    assert written == {"about/index.html", MANIFEST}


def test_workers_and_hash_seeds_and_folders_make_no_difference(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    bare = make_project(tmp_path / "bare", "")
    made = run_python(bare, [str(ROOT / "benchmarks/make_corpus.py"), str(CORPUS), "--out", str(corpus)])
    assert made.returncode == 0, made.stderr
    built: list[dict[str, bytes]] = []
    for jobs, seed in (("1", "0"), ("4", "1"), ("2", "2")):
        project = Project((tmp_path / f"jobs-{jobs}").resolve())
        shutil.copytree(corpus, project.root)
        told = run_gongkai(project, "build", "--strict", "--jobs", jobs, environment={"PYTHONHASHSEED": seed})
        assert told.returncode == 0, told.stderr
        built.append(site_bytes(project))
    first, *others = built
    assert len([path for path in first if path.startswith("places/") and path.endswith("report.json")]) == CORPUS
    for other in others:
        assert sorted(other) == sorted(first)
        assert [path for path in first if first[path] != other[path]] == []
    assert_neither_place_nor_day(first, tmp_path)


def assert_neither_place_nor_day(files: dict[str, bytes], folder: Path) -> None:
    today = dt.datetime.now(dt.UTC).date()
    days = {today.isoformat(), f"{today.year}年{today.month}月{today.day}日", today.strftime("%d %b %Y")}
    needles = [str(folder), str(ROOT), *days]
    for path, content in files.items():
        assert not [needle for needle in needles if needle.encode() in content], path
