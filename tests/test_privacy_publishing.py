"""A privacy error stops a publication, and what was published before it was known for one is taken down."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.html_reading import read_html
from tests.made_up_site import BAIYUN, COUNTY, QINGXI, QINGXI_FILES, SITE
from tests.site_in_string import (
    build_site,
    edit_file,
    make_project,
    run_gongkai,
    site_bytes,
    site_text,
    site_times,
    write_file,
)

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

REPORT = f"places/{QINGXI}/2023"
DENIED = "编制少"


@pytest.fixture
def project(plot: Path) -> Project:
    made = make_project(plot, SITE)
    build_site(made)
    return made


def deny(project: Project) -> None:
    digest = hashlib.sha256(DENIED.encode()).hexdigest()
    write_file(project.content, "deny.yml", f"deny:\n- {{sha256: {digest}, length: {len(DENIED)}, why: 应要求撤下}}\n")


def status(project: Project) -> str:
    return read_html(site_text(project, "status/index.html")).words


def test_strict_publishes_nothing(project: Project) -> None:
    before = site_times(project)
    edit_file(project, f"{QINGXI_FILES}/2023.md", "参加120人次", "信访人王小朋参加")
    told = run_gongkai(project, "build", "--strict")
    assert told.returncode == 1
    assert "王小朋" not in told.stderr
    assert site_times(project) == before


def test_keep_going_keeps_a_last_good_version_that_holds_nothing_private(project: Project) -> None:
    before = site_bytes(project)
    edit_file(project, f"{QINGXI_FILES}/2023.md", "参加120人次", "信访人王小朋参加")
    assert build_site(project, strict=False).published
    after = site_bytes(project)
    own = [path for path in before if path.startswith(f"{REPORT}/")]
    assert [path for path in own if after.get(path) != before[path]] == []
    assert not [path for path, content in after.items() if "王小朋".encode() in content]


def test_what_is_denied_after_it_was_published_is_taken_down_everywhere(project: Project) -> None:
    assert [path for path, content in site_bytes(project).items() if DENIED.encode() in content]
    deny(project)
    assert build_site(project, strict=False).published
    after = site_bytes(project)
    assert not [path for path in after if path.startswith(f"{REPORT}/")]
    assert not [path for path, content in after.items() if DENIED.encode() in content]
    assert f"places/{QINGXI}/2022/index.html" in after
    assert f"places/{BAIYUN}/2023/index.html" in after
    assert "清溪镇 2023 年" in status(project)
    times = site_times(project)
    build_site(project, strict=False)
    assert site_times(project) == times


def test_an_exception_that_is_taken_back_takes_the_report_down(project: Project) -> None:
    record = (project.root / QINGXI_FILES / "2023.yml").read_text(encoding="utf-8")
    edit_file(project, f"{QINGXI_FILES}/2023.md", "参加120人次", "村民王小朋参加")
    excepted = "exceptions:\n- {rule: privacy, quote: 村民王小朋参加, why: 先进事迹已经公开, date: 2024-03-01}\n"
    write_file(project.root, f"{QINGXI_FILES}/2023.yml", record + excepted)
    assert build_site(project).published
    assert "王小朋" in site_text(project, f"{REPORT}/index.html")
    for word in ("村民王小朋参加", "先进事迹已经公开", "2024-03-01"):
        assert word in status(project)
    write_file(project.root, f"{QINGXI_FILES}/2023.yml", record)
    assert build_site(project, strict=False).published
    assert not [path for path, content in site_bytes(project).items() if "王小朋".encode() in content]


def test_an_exception_serves_while_the_record_cannot_be_read(project: Project) -> None:
    record = (project.root / QINGXI_FILES / "2023.yml").read_text(encoding="utf-8")
    edit_file(project, f"{QINGXI_FILES}/2023.md", "参加120人次", "村民王小朋参加")
    excepted = "exceptions:\n- {rule: privacy, quote: 村民王小朋参加, why: 先进事迹已经公开}\n"
    write_file(project.root, f"{QINGXI_FILES}/2023.yml", record + excepted)
    build_site(project)
    write_file(project.root, f"{QINGXI_FILES}/2023.yml", record + excepted + "tilte: 错\n")
    assert build_site(project, strict=False).published
    assert "王小朋" in site_text(project, f"{REPORT}/index.html")


def test_without_exceptions_the_status_page_says_so(project: Project) -> None:
    assert "检查的例外 没有。" in " ".join(status(project).split())


def test_a_note_on_a_place_that_holds_something_private_is_not_published(project: Project) -> None:
    path = f"content/places/{COUNTY}/place.yml"
    write_file(project.root, path, (project.root / path).read_text(encoding="utf-8") + "note: 村民王小朋提供资料\n")
    assert build_site(project, strict=False).published
    assert not [path for path, content in site_bytes(project).items() if "王小朋".encode() in content]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("deny.yml", "deny:\n- {text: 张三丰}\n"),
        ("deny.yml", "deny: [\n"),
        ("pages/about/contact.md", "# 联系\n\n身份证号110101199003077758\n"),
    ],
)
def test_nothing_is_published_past_a_list_that_cannot_be_read_or_a_page_with_private_words(
    project: Project, path: str, content: str
) -> None:
    before = site_times(project)
    write_file(project.content, path, content)
    assert not build_site(project, strict=False).published
    assert site_times(project) == before


def test_a_change_of_the_list_is_seen_by_the_next_build(project: Project) -> None:
    deny(project)
    build_site(project, strict=False)
    (project.content / "deny.yml").unlink()
    assert build_site(project).published
    assert DENIED in site_text(project, f"{REPORT}/index.html")
