from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.publishing.deployed import verify_address
from generator.publishing.manifest import MANIFEST, ManifestError, file_sum, manifest_lines, read_manifest, walk_by_path
from generator.publishing.verifying import verify_folder
from tests.cases_reader import ROOT
from tests.made_up_site import BAIYUN, QINGXI, QINGXI_FILES, SITE
from tests.site_in_string import (
    build_site,
    edit_file,
    make_project,
    remove,
    run_gongkai,
    site_bytes,
    site_folder,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.project import Project

PAGE = f"places/{QINGXI}/2023/index.html"
NAMES = st.text("ab-./中\\\n\r \udc80", min_size=1, max_size=4).filter(
    lambda name: "/" not in name and name not in {".", ".."} and not name.startswith(".")
)


@pytest.fixture
def project(plot: Path) -> Project:
    made = make_project(plot, SITE)
    build_site(made)
    return made


def listed(project: Project) -> dict[str, bytes]:
    return dict(read_manifest(site_folder(project) / MANIFEST))


def sums_of(project: Project) -> dict[str, bytes]:
    return {path: file_sum(site_folder(project) / path) for path in site_bytes(project) if path != MANIFEST}


def test_the_list_of_the_site_tells_every_file_of_it_and_sha256sum_reads_it(project: Project) -> None:
    assert listed(project) == sums_of(project)
    told = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", MANIFEST], cwd=site_folder(project), check=False
    )
    assert told.returncode == 0


def test_the_list_follows_what_is_changed_added_and_removed(project: Project) -> None:
    edit_file(project, f"{QINGXI_FILES}/2023.md", "听取汇报4次", "听取汇报5次")
    remove(project.places / BAIYUN)
    write_file(project.root, "content/pages/about/more.md", "# 更多\n")
    build_site(project)
    assert listed(project) == sums_of(project)
    assert "about/more/index.html" in listed(project)
    assert not [path for path in listed(project) if BAIYUN in path]


def test_files_that_did_not_change_are_not_read_again_for_the_list(project: Project) -> None:
    """A file that was altered behind the build's back, with its size and time as before, keeps its sum: verify finds it."""
    page = site_folder(project) / "about" / "index.html"
    stat = page.stat()
    page.write_bytes(page.read_bytes().replace("关于".encode(), "关千".encode()))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    before = listed(project)
    edit_file(project, f"{QINGXI_FILES}/2023.md", "听取汇报4次", "听取汇报5次")
    build_site(project)
    assert listed(project)["about/index.html"] == before["about/index.html"]
    assert verify_folder(site_folder(project)).changed.first == ["about/index.html"]


def test_a_list_that_is_missing_or_was_altered_is_made_again(project: Project) -> None:
    path = site_folder(project) / MANIFEST
    whole = path.read_bytes()
    path.unlink()
    build_site(project)
    assert path.read_bytes() == whole
    path.write_bytes(b"")
    build_site(project)
    assert path.read_bytes() == whole


def test_the_last_good_version_of_a_report_stays_listed_without_a_cache(project: Project) -> None:
    edit_file(project, f"{QINGXI_FILES}/2023.md", "听取汇报4次", "听取<b>汇报</b>4次")
    for path in project.kept.glob("cache.sqlite*"):
        path.unlink()
    build_site(project, strict=False)
    assert PAGE in listed(project)
    assert verify_folder(site_folder(project)).is_whole


def test_a_whole_site_is_told_with_its_fingerprint(project: Project) -> None:
    told = run_gongkai(project, "verify")
    assert told.returncode == 0, told.stdout
    fingerprint = file_sum(site_folder(project) / MANIFEST).hex()
    assert f"{len(listed(project)):,} 个文件，指纹 {fingerprint}" in told.stdout
    assert run_gongkai(project, "verify", "--expect", fingerprint).returncode == 0
    assert run_gongkai(project, "verify", "--expect", "0" * 64).returncode == 1


def test_what_is_missing_changed_and_extra_is_told(project: Project) -> None:
    site = site_folder(project)
    (site / PAGE).unlink()
    write_file(site, "index.html", "<h1>别的</h1>")
    write_file(site, "places/extra.html", "多出来的")
    write_file(site, ".well-known/security.txt", "Contact: mailto:a@example.org\n")
    (site / "404.html").unlink()
    (site / "404.html").symlink_to(site / "feed.xml")
    told = run_gongkai(project, "verify", str(site))
    assert told.returncode == 1
    lines = told.stdout.splitlines()
    assert lines[:-1] == [f"缺少：{PAGE}", "内容不符：404.html", "内容不符：index.html", "多出：places/extra.html"]
    assert "缺少 1，内容不符 2，多出 1" in lines[-1]


def test_very_many_faults_are_counted(project: Project) -> None:
    for number in range(50):
        write_file(site_folder(project), f"extra/{number:02}.html", "多")
    told = run_gongkai(project, "verify").stdout
    assert told.count("多出：extra/") == 20
    assert "多出：另有 30 个" in told


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"not a list\n",
        b"0" * 64 + b"  ../outside\n",
        b"0" * 64 + b"  b\n" + b"0" * 64 + b"  a\n",
        b"0" * 64 + b"  x",
    ],
)
def test_a_list_that_is_not_one_is_told_and_exits_with_2(project: Project, content: bytes | None) -> None:
    path = site_folder(project) / MANIFEST
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    told = run_gongkai(project, "verify")
    assert told.returncode == 2
    assert "校验清单" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_folder_without_a_site_exits_with_2(plot: Path) -> None:
    project = make_project(plot, SITE)
    assert run_gongkai(project, "verify").returncode == 2
    assert run_gongkai(project, "verify", "nowhere").returncode == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sets(st.tuples(NAMES, NAMES) | st.tuples(NAMES), max_size=8))
def test_a_folder_of_any_names_is_listed_in_order_and_read_back(tmp_path: Path, paths: set[tuple[str, ...]]) -> None:
    root = tmp_path / "any"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for path in sorted(paths):
        with contextlib.suppress(OSError):  # a file where a folder should be, or the other way round
            write_file(root, "/".join(path), "x")
    walked = [path for path, _ in walk_by_path(root)]
    assert walked == sorted(walked, key=os.fsencode)
    sums = [(path, file_sum(root / path)) for path in walked if path != MANIFEST]
    (root / MANIFEST).write_bytes(b"".join(manifest_lines(sums)))
    assert list(read_manifest(root / MANIFEST)) == sums
    assert verify_folder(root).is_whole


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the parent's
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_deployed_site_is_compared_by_its_list_and_a_sample(project: Project) -> None:
    fingerprint = file_sum(site_folder(project) / MANIFEST).hex()
    number = len(listed(project))
    with served(site_folder(project)) as address:
        told = run_gongkai(project, "verify", address, "--expect", fingerprint, "--sample", str(number + 1))
        assert told.returncode == 0, told.stdout + told.stderr
        assert f"抽查 {number:,} 个文件" in told.stdout
        assert run_gongkai(project, "verify", address, "--expect", "0" * 64).returncode == 1
        (site_folder(project) / PAGE).unlink()
        write_file(site_folder(project), "index.html", "别的")
        found = verify_address(f"{address}/", number)
        assert (found.missing.first, found.changed.first) == ([PAGE], ["index.html"])
        assert run_gongkai(project, "verify", address, "--sample", str(number)).returncode == 1


def test_a_sample_is_the_same_for_the_same_site(project: Project) -> None:
    for path in (site_folder(project) / "places").rglob("*.html"):
        path.unlink()
    with served(site_folder(project)) as address:
        first, second = (verify_address(address, 30) for _ in range(2))
    assert first.missing.first == second.missing.first
    assert first.missing.count


def test_an_address_without_a_list_is_told(project: Project, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        told = run_gongkai(project, "verify", address)
        assert told.returncode == 2
        assert "404" in told.stderr
        (tmp_path / MANIFEST).write_text("<html>not found</html>", encoding="utf-8")
        with pytest.raises(ManifestError):
            verify_address(address, 5)
    assert run_gongkai(project, "verify", address).returncode == 2


@pytest.mark.parametrize(("deployed", "changed"), [("same", "false"), ("other", "true"), (None, "true")])
def test_a_release_job_deploys_only_what_differs_from_what_is_deployed(
    tmp_path: Path, deployed: str | None, changed: str
) -> None:
    for name in ("built", "deployed"):
        text = "same" if name == "built" else deployed
        if text is not None:
            write_file(tmp_path, f"{name}/{MANIFEST}", text)
    output = tmp_path / "output"
    with served(tmp_path / "deployed") as address:
        told = subprocess.run(
            [str(ROOT / ".ci" / "compare-deployed"), str(tmp_path / "built")],
            env={"PATH": os.environ["PATH"], "SITE_URL": f"{address}/", "GITHUB_OUTPUT": str(output)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert told.returncode == 0, told.stderr
    fingerprint = file_sum(tmp_path / "built" / MANIFEST).hex()
    assert output.read_text(encoding="utf-8") == f"changed={changed}\nfingerprint={fingerprint}\n"
