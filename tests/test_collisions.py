"""What two editors can file, each in good faith or not, that would want one address, or an address that runs code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.html_reading import read_html
from tests.made_up_site import ALL_ROLES, BAIYUN, COUNTY, QINGXI, SITE, township
from tests.site_in_string import build_site, edit_file, make_project, run_gongkai, site_bytes, site_text, write_file

if TYPE_CHECKING:
    from pathlib import Path

NEW_TOWN = "-- content/places/xin-zhen/place.yml --\nname: 新镇\nlevel: township\nparent_unverified: true\n"
COLLISIONS = {
    "a place below a report": township(f"{QINGXI}/2023", "某村"),
    "a former address that is a report": f"{NEW_TOWN}former: [{BAIYUN}/2023]\n",
    "a former address told twice": f"{NEW_TOWN}former: [jiu-zhen, jiu-zhen]\n",
    "a former address below itself": f"{NEW_TOWN}former: [xin-zhen/2023]\n"
    f"-- content/places/xin-zhen/2023.md --\n{ALL_ROLES}-- content/places/xin-zhen/2023.yml --\n{{}}\n",
}


@pytest.mark.parametrize("name", sorted(COLLISIONS))
def test_two_contents_that_want_one_address_are_told_by_check(plot: Path, name: str) -> None:
    project = make_project(plot, SITE + COLLISIONS[name])
    checked = run_gongkai(project, "check")
    assert checked.returncode == 1, checked.stdout
    built = run_gongkai(project, "build", "--keep-going")
    assert built.returncode == 1, built.stderr
    assert "Traceback" not in built.stderr


@pytest.mark.parametrize(
    "path", [f"places/{BAIYUN}.md", f"places/{BAIYUN}/2023.md", "data/reports.json", "years/2023.md"]
)
def test_a_hand_written_page_at_a_generated_address_is_told(tmp_path: Path, path: str) -> None:
    project = make_project(tmp_path, SITE)
    write_file(project.root, f"content/pages/{path}", "# 标题\n")
    built = run_gongkai(project, "build", "--keep-going")
    assert built.returncode in {1, 2}, built.stderr
    assert "Traceback" not in built.stderr
    assert path.rpartition(".")[0] in built.stderr


@pytest.mark.parametrize("name", ["2023-index.html", "2023-1.svg", "2023-1.js", "2023.source.html", "2023.source.svg"])
def test_no_file_beside_a_report_can_run_code_on_the_site(plot: Path, name: str) -> None:
    project = make_project(plot, SITE)
    write_file(
        project.places, f"{BAIYUN}/{name}", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    )
    build_site(project, strict=False)
    running = (".html", ".svg", ".js", ".xhtml", ".xml")
    found = [path for path, content in site_bytes(project).items() if b"alert(1)" in content and path.endswith(running)]
    assert found == []


@pytest.mark.parametrize("year", ["0000", "0999", "1899", "9999"])
def test_a_year_that_is_none_is_told_and_not_dropped_in_silence(plot: Path, year: str) -> None:
    project = make_project(plot, township("qinghe-zhen", "清河镇"))
    write_file(project.places, f"qinghe-zhen/{year}.md", ALL_ROLES)
    write_file(project.places, f"qinghe-zhen/{year}.yml", "{}\n")
    checked = run_gongkai(project, "check")
    assert checked.returncode == 1
    assert f"qinghe-zhen/{year}.md" in checked.stdout


def test_keep_going_keeps_the_pages_below_a_place_whose_file_is_broken(plot: Path) -> None:
    project = make_project(plot, SITE)
    build_site(project)
    before = site_bytes(project)
    edit_file(project, f"content/places/{COUNTY}/place.yml", "level: county", "level: xian")
    assert build_site(project, strict=False).published
    for path in (f"places/{QINGXI}/2023/index.html", f"places/{QINGXI}/index.html", "years/2023/index.html"):
        assert "dongshan-xian" not in read_html(site_text(project, path)).one("main").words, path
        assert site_bytes(project)[path] == before[path], path
