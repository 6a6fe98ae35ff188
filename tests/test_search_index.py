"""The index is kept up to date: an edit rewrites the files that it touches, and the bytes are those of a build from nothing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from generator.search.answering import open_index
from generator.search.engine import Filters, Wanted, find_hits
from generator.search.folding import fold, make_folding
from generator.search.keys import shard_of
from tests.made_up_texts import BAIYUN, QINGXI, SITE
from tests.site_in_string import build_site, edit_file, make_project, remove, site_bytes, site_folder, write_file
from tests.test_incremental import all_rewritten, is_of_index

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

FILES = f"content/places/{QINGXI}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path, SITE)
    build_site(made)
    return made


def index_files(project: Project, old: str, new: str, path: str = f"{FILES}/2023.md") -> tuple[set[str], set[str]]:
    written, removed = all_rewritten(project, lambda: edit_file(project, path, old, new))
    return {path for path in written if is_of_index(path)}, {path for path in removed if is_of_index(path)}


def shards(*words: str) -> set[str]:
    """Return the files of the pairs that words have."""
    folded = [fold(word, make_folding()) for word in words]
    pairs = {word[at : at + 2] for word in folded for at in range(len(word) - 1)}
    return {f"search/postings/{shard_of(ord(pair[0]), ord(pair[1]), 6):x}.bin" for pair in pairs}


def texts(project: Project) -> set[str]:
    return {path for path in site_bytes(project) if path.startswith("search/texts/")}


def test_an_edit_rewrites_the_text_and_the_shards_of_what_changed(project: Project) -> None:
    written, removed = index_files(project, "滚动播放", "滚动放映")
    of_text = written & texts(project)
    assert len(of_text) == 1
    assert written - of_text == shards("动播放，", "动放映，")
    assert not removed


def test_an_edit_that_changes_no_pair_rewrites_the_text_alone(project: Project) -> None:
    written, _ = index_files(project, "办理信访事项8件。\n\n", "办理信访事项8件。\n\n办理信访事项8件。\n\n")
    assert written == written & texts(project)
    assert len(written) == 1


def test_what_is_written_and_undone_leaves_the_index_as_it_was(project: Project) -> None:
    before = site_bytes(project)
    index_files(project, "集市LED屏", "集市大屏、小屏、大屏、小屏")
    index_files(project, "集市大屏、小屏、大屏、小屏", "集市LED屏")
    assert site_bytes(project) == before


def test_a_new_report_renumbers_and_moves_no_other_text(project: Project) -> None:
    before = {path: content for path, content in site_bytes(project).items() if path in texts(project)}

    def add() -> None:
        write_file(project.root, f"content/places/{BAIYUN}/2022.md", "## 一、主要举措\n\n新的一份。\n")
        write_file(project.root, f"content/places/{BAIYUN}/2022.yml", "title: 白云乡2022年报告\n")

    written, _ = all_rewritten(project, add)
    assert "search/manifest.bin" in written
    after = site_bytes(project)
    assert set(before.values()) < {content for path, content in after.items() if path in texts(project)}
    assert shards("新的一份") <= written


def test_a_report_that_goes_takes_what_finds_it_along(project: Project) -> None:
    written, removed = all_rewritten(project, lambda: remove(project.places / BAIYUN.removeprefix("content/places/")))
    assert "search/manifest.bin" in written
    assert len([path for path in removed if path.startswith("search/texts/")]) == 1
    index = open_index(site_folder(project))
    assert {hit.text.id for hit in find_hits(index, [Wanted(("信访",))], Filters())} == {
        f"{QINGXI}/2022",
        f"{QINGXI}/2023",
    }
    assert not list(find_hits(index, [Wanted(("持证上岗",))], Filters()))


def test_a_topic_that_is_named_otherwise_rewrites_what_tells_its_name_and_no_postings(project: Project) -> None:
    written, _ = index_files(project, "name: 信访工作", "name: 信访办理", "content/topics.yml")
    assert "search/manifest.bin" in written
    assert not {path for path in written if path.startswith(("search/postings/", "search/texts/"))}


def test_a_cache_that_is_lost_costs_time_only(project: Project) -> None:
    before = site_bytes(project)
    shutil.rmtree(project.kept)
    assert build_site(project).written == ()
    assert site_bytes(project) == before
    assert (site_folder(project) / "search" / "manifest.bin").is_file()
