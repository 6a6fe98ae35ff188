from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generator.publishing.manifest import MANIFEST, manifest_lines
from generator.publishing.releases import ReleaseError, current_release, release, release_time, roll_back
from generator.publishing.verifying import verify_folder
from tests.cases_reader import ROOT
from tests.made_up_site import QINGXI_FILES, SITE
from tests.site_in_string import edit_file, make_project, run_gongkai, site_folder, write_file

if TYPE_CHECKING:
    from pathlib import Path

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
KILLED_RELEASE = """
import datetime as dt, os, signal, sys
from pathlib import Path

left = int(sys.argv[1])

def killed_at_last(call):
    def calls(*arguments, **rest):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return call(*arguments, **rest)
    return calls

for name in ("replace", "rename", "link", "symlink", "unlink", "rmdir", "mkdir", "open", "utime"):
    setattr(os, name, killed_at_last(getattr(os, name)))

from generator.publishing.releases import release

os.sync = lambda: None
release(Path("site"), Path("releases"), dt.datetime(2026, 5, 2, tzinfo=dt.UTC), 2)
"""
"""A release in a process that is killed at the n-th call that changes, or may change, what the disk holds."""


def make_site(root: Path, **files: str) -> Path:
    """Make a site with its list."""
    site = root / "site"
    contents = {"index.html": "<h1>公开</h1>", "places/index.html": "地方", **files}
    sums = []
    for path, text in sorted(contents.items()):
        (site / path).unlink(missing_ok=True)
        write_file(site, path, text)
        sums.append((path, hashlib.sha256(text.encode()).digest()))
    (site / MANIFEST).unlink(missing_ok=True)
    (site / MANIFEST).write_bytes(b"".join(manifest_lines(sums)))
    return site


def releases_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.is_symlink() and not path.name.startswith("."))


def test_a_release_is_a_whole_copy_named_by_its_day_and_fingerprint(tmp_path: Path) -> None:
    site, folder = make_site(tmp_path), tmp_path / "releases"
    write_file(site, ".well-known/security.txt", "Contact: mailto:a@example.org\n")
    fingerprint = hashlib.sha256((site / MANIFEST).read_bytes()).hexdigest()
    assert release(site, folder, NOON).name == f"2026-05-01-{fingerprint[:12]}"
    assert (folder / "current").readlink().name == f"2026-05-01-{fingerprint[:12]}"
    assert verify_folder(folder / "current").fingerprint == fingerprint
    assert verify_folder(folder / "current").is_whole
    assert (folder / "current" / ".well-known" / "security.txt").is_file()


def test_the_same_content_is_not_released_again(tmp_path: Path) -> None:
    site, folder = make_site(tmp_path), tmp_path / "releases"
    first = release(site, folder, NOON)
    again = release(site, folder, NOON + dt.timedelta(days=1))
    assert (again.name, again.is_new) == (first.name, False)
    assert releases_in(folder) == [first.name]


def test_files_that_stay_are_linked_and_an_edit_of_the_site_reaches_no_release(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    first = release(make_site(tmp_path), folder, NOON)
    site = make_site(tmp_path, **{"index.html": "<h1>新的</h1>"})
    second = release(site, folder, NOON)
    kept = [(folder / each.name / "places/index.html").stat().st_ino for each in (first, second)]
    assert kept[0] == kept[1]
    (site / "places/index.html").write_text("改了", encoding="utf-8")
    assert (folder / second.name / "places/index.html").read_text(encoding="utf-8") == "地方"


def test_a_damaged_file_of_the_current_release_is_not_handed_on(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    first = release(make_site(tmp_path), folder, NOON)
    (folder / first.name / "places/index.html").write_text("坏了", encoding="utf-8")
    release(make_site(tmp_path, more="多"), folder, NOON)
    assert verify_folder(folder / "current").is_whole


def test_a_site_that_is_not_what_its_list_says_is_not_released(tmp_path: Path) -> None:
    site, folder = make_site(tmp_path), tmp_path / "releases"
    (site / "index.html").write_text("别的", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"内容不符：index\.html"):
        release(site, folder, NOON)
    assert current_release(folder) is None


def test_a_rollback_goes_back_step_by_step_and_refuses_where_there_is_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    names = [release(make_site(tmp_path, more=str(number)), folder, NOON).name for number in range(3)]
    assert [roll_back(folder).name for _ in range(2)] == [names[1], names[0]]
    with pytest.raises(ReleaseError, match="不能退回"):
        roll_back(folder)
    assert (folder / "current").readlink().name == names[0]
    assert release(make_site(tmp_path, more="2"), folder, NOON).name == names[2]
    assert roll_back(folder).name == names[1]


def test_what_was_released_before_becomes_the_newest_when_it_is_released_again(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    first, second = (release(make_site(tmp_path, more=text), folder, NOON).name for text in "ab")
    assert release(make_site(tmp_path, more="a"), folder, NOON).name == first
    assert releases_in(folder) == sorted([first, second])
    assert roll_back(folder).name == second


def test_a_release_that_is_no_longer_whole_is_not_gone_back_to(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    first, second = (release(make_site(tmp_path, more=text), folder, NOON).name for text in "ab")
    (folder / first / "more").unlink()
    with pytest.raises(ReleaseError, match="缺少：more"):
        roll_back(folder)
    assert (folder / "current").readlink().name == second


def test_only_the_newest_are_kept_and_never_is_the_current_one_dropped(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    names = [release(make_site(tmp_path, more=str(number)), folder, NOON, keep=3).name for number in range(5)]
    assert releases_in(folder) == sorted(names[2:])
    assert release(make_site(tmp_path, more="last"), folder, NOON, keep=1).dropped == tuple(names[2:])
    assert len(releases_in(folder)) == 1
    assert verify_folder(folder / "current").is_whole


@pytest.mark.parametrize("to", ["site", "site/releases", "."])
def test_a_folder_that_holds_the_site_or_lies_in_it_is_refused(tmp_path: Path, to: str) -> None:
    with pytest.raises(ReleaseError, match="相互包含"):
        release(make_site(tmp_path), tmp_path / to, NOON)


def test_a_current_that_is_no_link_is_left_alone(tmp_path: Path) -> None:
    site, folder = make_site(tmp_path), tmp_path / "releases"
    write_file(folder, "current/index.html", "手工放的")
    with pytest.raises(ReleaseError, match="移走它"):
        release(site, folder, NOON)
    assert (folder / "current/index.html").is_file()


def test_two_releases_at_the_same_time_do_not_meet(tmp_path: Path) -> None:
    site, folder = make_site(tmp_path), tmp_path / "releases"
    folder.mkdir()
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ReleaseError, match="另一次发布"):
            release(site, folder, NOON)


def run_killed(root: Path, calls: int) -> int:
    return subprocess.run(
        [sys.executable, "-c", KILLED_RELEASE, str(calls)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    ).returncode


def test_killed_at_any_moment_there_is_a_whole_current_release_and_the_next_run_finishes(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    for number in range(2):
        old = release(make_site(tmp_path, more=str(number)), folder, NOON, keep=2)
    new = hashlib.sha256((make_site(tmp_path, more="new") / MANIFEST).read_bytes()).hexdigest()[:12]
    ends = []
    calls = 0
    while run_killed(tmp_path, calls) == -signal.SIGKILL:
        found = (folder / "current").readlink().name
        assert verify_folder(folder / "current").is_whole, calls
        assert found == old.name or found.endswith(new), calls
        ends.append(found == old.name)
        if not ends[-1]:  # take the new one back, so that the next run has all its work to do
            (folder / "current").unlink()
            (folder / "current").symlink_to(old.name)
        calls += 5
    assert ends.count(True) > 3
    assert (folder / "current").readlink().name.endswith(new)
    assert verify_folder(folder / "current").is_whole
    assert len(releases_in(folder)) == 2
    assert not (folder / ".incoming").exists()


def test_the_time_of_a_release_is_that_of_the_environment_where_it_is_set() -> None:
    assert release_time("1767225600") == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert release_time(None).tzinfo is dt.UTC
    for wrong in ("yesterday", "1e99", "9" * 40):
        with pytest.raises(ReleaseError, match="SOURCE_DATE_EPOCH"):
            release_time(wrong)


def test_the_commands_build_release_and_go_back(plot: Path) -> None:
    project = make_project(plot, SITE)
    moment = {"SOURCE_DATE_EPOCH": "1767225600"}
    told = run_gongkai(project, "release", environment=moment)
    assert told.returncode == 0, told.stderr
    (first,) = releases_in(project.root / "releases")
    assert first.startswith("2026-01-01-")
    assert f"已发布 {project.root / 'releases' / 'current'} → {first}" in told.stdout
    told = run_gongkai(project, "release", environment=moment)
    assert (told.returncode, told.stdout) == (0, f"内容与当前版本 {first} 相同，没有发布\n")
    edit_file(project, f"{QINGXI_FILES}/2023.md", "听取汇报4次", "听取汇报5次")
    assert run_gongkai(project, "release", environment=moment).returncode == 0
    assert len(releases_in(project.root / "releases")) == 2
    told = run_gongkai(project, "rollback")
    assert (told.returncode, told.stdout.strip().endswith(first)) == (0, True)
    assert run_gongkai(project, "rollback").returncode == 1
    edit_file(project, f"{QINGXI_FILES}/2023.md", "听取汇报5次", "听取<b>汇报</b>5次")
    told = run_gongkai(project, "release")
    assert told.returncode == 1
    assert (project.root / "releases" / "current").readlink().name == first
    assert verify_folder(site_folder(project)).is_whole


def test_a_rollback_without_releases_says_what_to_do(plot: Path) -> None:
    told = run_gongkai(make_project(plot, SITE), "rollback")
    assert told.returncode == 1
    assert "先运行 gongkai release" in told.stderr
