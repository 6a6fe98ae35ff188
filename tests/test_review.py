"""What a change would do, told in one comment: cases are two states of a project, ``old/`` and ``new/``, and the comment."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from generator.model import Place, PlaceRecord
from generator.project import Project
from generator.publishing.shell import preview_folder
from generator.reviewing.base import BaseError, base_project
from generator.reviewing.changes import review_states
from generator.reviewing.markdown import LONGEST, MARK, review_markdown
from generator.reviewing.received import accepted_comment
from generator.reviewing.review import EntryReview, PagesReview, Review
from generator.reviewing.states import read_states
from generator.reviewing.told_review import review_against
from tests.cases_reader import CASES, case_names
from tests.made_up_site import QINGXI, QINGXI_FILES, SITE
from tests.site_in_string import (
    build_site,
    edit_file,
    files_in,
    make_project,
    remove,
    run_gongkai,
    site_bytes,
    write_file,
)

if TYPE_CHECKING:
    from pathlib import Path

GIT = ("git", "-c", "user.name=editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
TEXT = f"{QINGXI_FILES}/2023.md"


def git(project: Project, *arguments: str) -> str:
    return subprocess.run(
        [*GIT, *arguments], cwd=project.root, capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()


def two_states(folder: Path, changed: dict[str, str]) -> tuple[Project, Project]:
    """Make the made-up site twice, each with its own changes; a file whose text is ``gone`` is taken away."""
    projects = make_project(folder / "old", SITE), make_project(folder / "new", SITE)
    for path, text in changed.items():
        state, _, own = path.partition("/")
        for project in projects if state == "old" else projects[1:]:
            if text == "gone\n":
                remove(project.root / own)
            else:
                write_file(project.root, own, text)
    return projects


def comment_on(folder: Path, changed: dict[str, str]) -> str:
    return review_markdown(review_states(*read_states(*two_states(folder, changed))))


@pytest.mark.parametrize("name", case_names("review"))
def test_a_change_is_told(tmp_path: Path, name: str) -> None:
    changed = files_in((CASES / "review" / f"{name}.txt").read_text(encoding="utf-8"))
    expected = changed.pop("expected")
    told = comment_on(tmp_path, changed)
    assert told == expected
    assert accepted_comment(told.encode()) == told


def test_the_same_review_is_told_to_programs_whole(tmp_path: Path) -> None:
    project = make_project(tmp_path / "new", SITE)
    other = make_project(tmp_path / "old", SITE)
    edit_file(project, TEXT, "听取汇报4次", "听取汇报14次")
    told = run_gongkai(project, "review", str(other.root), "--format", "json", "--no-pages")
    assert told.returncode == 0, told.stderr
    value = json.loads(told.stdout)
    assert value["unchanged"] is False
    (report,) = value["reports"]
    (change,) = report["changes"]
    assert (report["id"], change["kind"]) == (f"{QINGXI}/2023", "reworded")
    assert "".join(edit["text"] for edit in change["edits"] if edit["op"] != "insert") == "".join(change["old"])
    assert {"op": "delete", "text": "4次"} in change["edits"]
    assert {"op": "insert", "text": "14次"} in change["edits"]


def test_a_revision_is_compared_and_leaves_no_trace_in_the_repository(plot: Path) -> None:
    project = make_project(plot, SITE)
    write_file(project.root, ".gitignore", ".gongkai/\nsite/\n")
    git(project, "init", "--quiet", "--initial-branch", "main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "one")
    build_site(project)
    published = site_bytes(project)
    edit_file(project, TEXT, "听取汇报4次", "听取汇报5次")
    before = git(project, "status", "--porcelain"), git(project, "for-each-ref")
    review = review_against(project, "main")
    assert [report.id for report in review.reports] == [f"{QINGXI}/2023"]
    assert review.pages is not None
    touched = {path for _, path in review.pages.first}
    assert f"places/{QINGXI}/2023/index.html" in touched
    assert not {path for path in touched if "baiyun" in path and path.endswith("/2023/index.html")}
    assert (git(project, "status", "--porcelain"), git(project, "for-each-ref")) == before
    assert git(project, "worktree", "list").count("\n") == 0
    assert site_bytes(project) == published
    preview = (preview_folder(project) / "places" / QINGXI / "2023" / "index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex, nofollow">' in preview
    assert "预览，未发布" in preview
    assert "听取汇报5次" in preview
    git(project, "commit", "--quiet", "--all", "--message", "two")
    assert review_against(project, "HEAD").is_empty
    assert "没有变化" in review_markdown(review_against(project, "HEAD", pages=False))


def test_a_worktree_that_a_killed_review_left_behind_is_cleared(tmp_path: Path) -> None:
    project = make_project(tmp_path, SITE)
    git(project, "init", "--quiet")
    git(project, "add", "content", "mkdocs.yml")
    git(project, "commit", "--quiet", "--message", "one")
    left = project.kept / "pr" / "worktree-left" / "checkout"
    left.parent.mkdir(parents=True)
    git(project, "worktree", "add", "--detach", "--quiet", str(left), "HEAD")
    base_project(project, "HEAD")
    assert not left.exists()
    assert git(project, "worktree", "list").count("\n") == 0


def test_the_state_to_compare_with_may_be_of_a_project_inside_a_repository(tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    project = make_project(outer / "site-of-ours", SITE)
    subprocess.run(["git", "init", "--quiet"], cwd=outer, check=True)
    git(project, "add", "content", "mkdocs.yml")
    git(project, "commit", "--quiet", "--message", "one")
    base = base_project(project, "HEAD")
    assert (base.root / TEXT).read_bytes() == (project.root / TEXT).read_bytes()


def test_what_the_other_state_keeps_is_brought_up_to_date_and_links_are_not_followed(tmp_path: Path) -> None:
    project, other = make_project(tmp_path / "new", SITE), make_project(tmp_path / "old", SITE)
    secret = write_file(tmp_path, "secret.txt", "secret")
    base = base_project(project, str(other.root))
    times = {path: path.stat().st_mtime_ns for path in base.content.rglob("*.yml")}
    (other.root / TEXT).unlink()
    (other.places / "baiyun-xiang" / "2023-1.png").symlink_to(secret)
    base_project(project, str(other.root))
    assert not (base.root / TEXT).exists()
    assert (base.places / "baiyun-xiang" / "2023-1.png").is_symlink()
    assert {path: path.stat().st_mtime_ns for path in base.content.rglob("*.yml")} == times
    (other.places / "baiyun-xiang" / "2023-1.png").unlink()
    base_project(project, str(other.root))
    assert not (base.places / "baiyun-xiang" / "2023-1.png").is_symlink()
    assert secret.read_text(encoding="utf-8") == "secret"


@pytest.mark.parametrize("base", ["nowhere", "--upload-pack=touch x", "HEAD; touch x", "", "HEAD:content"])
def test_a_state_that_is_not_there_is_refused(tmp_path: Path, base: str) -> None:
    project = make_project(tmp_path / "project", SITE)
    git(project, "init", "--quiet")
    with pytest.raises(BaseError, match="没有"):
        base_project(project, base)
    assert not (project.root / "x").exists()


def test_the_command_tells_a_wrong_base_and_exits_with_2(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", SITE)
    told = run_gongkai(project, "review", "no-such-revision")
    assert told.returncode == 2
    assert "no-such-revision" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_project_that_was_never_built_for_review_tells_why_its_site_cannot_be(tmp_path: Path) -> None:
    project, other = make_project(tmp_path / "new", SITE), make_project(tmp_path / "old", SITE)
    write_file(other.root, "mkdocs.yml", "site_name: [\n")
    review = review_against(project, str(other.root))
    assert review.pages is not None
    assert "原来的网站生成不了" in (review.pages.reason or "")
    assert accepted_comment(review_markdown(review).encode())


def test_a_comment_never_grows_beyond_its_bound(tmp_path: Path) -> None:
    sentences = "".join(f"第{number}项工作已经<完成>，办结{number}件。" for number in range(3_000))
    changed = {f"new/content/places/cun{number}-zhen/place.yml": "name: 镇\nlevel: township\n" for number in range(300)}
    changed |= {f"new/content/places/cun{number}-zhen/2023.yml": "{}\n" for number in range(300)}
    changed |= {
        f"new/content/places/cun{number}-zhen/2023.md": f"## 一、举措\n\n{sentences[:900]}\n" for number in range(300)
    }
    changed[f"new/{TEXT}"] = f"## 一、主要举措和成效\n\n{sentences}\n"
    told = comment_on(tmp_path, changed)
    assert len(told) <= LONGEST
    assert "没有列出" in told
    assert told.count("<details>") == told.count("</details>")
    assert accepted_comment(told.encode()) == told


def test_many_entries_and_addresses_are_counted_where_they_are_not_shown() -> None:
    entries = tuple(EntryReview(f"places/{number}", "名" * 500, "added") for number in range(5_000))
    pages = PagesReview(
        (("其他文件", 7_000, 0, 0),), tuple(("added", f"{'长' * 400}/{number}") for number in range(30))
    )
    told = review_markdown(Review(places=entries, pages=pages))
    assert told.startswith(MARK)
    assert len(told) <= LONGEST
    assert "另有 4,960 处没有列出" in told
    assert "另有 6,970 个没有列出" in told


def test_a_number_is_never_cut_in_two(tmp_path: Path) -> None:
    """Wherever the bound falls, the digits that are shown of the text make numbers that stand in it."""
    text = "，".join(f"办理事项{123456 + number}件" for number in range(200)) + "。"
    told = comment_on(tmp_path, {f"new/{TEXT}": f"## 一、主要举措和成效\n\n{text}\n"})
    shown = re.findall(r"办理事项(\d+)", told)
    assert shown
    assert {len(number) for number in shown} == {6}


def test_values_without_files_are_reviewed_alike() -> None:
    from generator.catalogues import Catalogues  # noqa: PLC0415 - a state made of values alone
    from generator.reviewing.states import State  # noqa: PLC0415

    place = Place("baiyun-xiang", PlaceRecord("白云乡", "township"))
    old = State({}, {}, Catalogues(), frozenset(), ())
    new = State({place.path: place}, {}, Catalogues(), frozenset(), ())
    assert [(entry.id, entry.fate) for entry in review_states(old, new).places] == [("baiyun-xiang", "added")]
    assert review_states(new, new).is_empty
