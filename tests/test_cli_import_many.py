"""Several files and folders at once, files that only an office program reads, and reports begun from last year's."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from generator.content.yaml_reading import read_yaml
from tests.made_up_site import township
from tests.site_in_string import make_project, run_gongkai, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

COUNTY = """\
-- content/places/linhe-xian/place.yml --
name: 临河县
level: county
parent_unverified: true
"""
TOWNS = COUNTY + "".join(
    f"-- content/places/linhe-xian/{slug}/place.yml --\nname: {name}\nlevel: township\n"
    for slug, name in (("qingxi-zhen", "清溪镇"), ("baishi-xiang", "白石乡"), ("shi-xiang", "石乡"))
)
SOFFICE = shutil.which("soffice")


def report(name: str, year: int, done: str = "学习12次") -> str:
    return f"""\
{name}{year}年法治政府建设年度报告
一、主要举措和成效
镇党委组织{done}，推进依法行政。
二、存在的不足和原因
执法力量还比较薄弱。
三、主要负责人履职情况
镇长听取汇报4次。
四、下一年度主要安排
继续推进普法宣传。
"""


@pytest.fixture
def project(plot: Path) -> Project:
    return make_project(plot, TOWNS)


def reports_of(project: Project) -> set[str]:
    return {path.relative_to(project.places).as_posix() for path in project.places.rglob("20*.md")}


def test_each_of_several_files_goes_to_the_township_and_year_of_its_title(project: Project) -> None:
    write_file(project.root, "1.txt", report("清溪镇", 2023))
    write_file(project.root, "2.txt", report("临河县白石乡", 2023))
    write_file(project.root, "3.txt", report("清溪镇", 2024))
    result = run_gongkai(project, "import", "1.txt", "2.txt", "3.txt", "--place", "linhe-xian")
    assert result.returncode == 0, result.stderr
    assert reports_of(project) == {
        f"linhe-xian/{name}.md" for name in ("qingxi-zhen/2023", "baishi-xiang/2023", "qingxi-zhen/2024")
    }
    assert "导入 3 个，没有导入 0 个" in result.stdout


def test_without_a_place_the_known_township_is_found_by_its_name(project: Project) -> None:
    write_file(project.root, "1.txt", report("白石乡", 2023))
    assert run_gongkai(project, "import", "1.txt").returncode == 0
    assert reports_of(project) == {"linhe-xian/baishi-xiang/2023.md"}  # and not 石乡, whose name is part of it


def test_a_folder_is_imported_whole_but_for_what_is_no_document(project: Project) -> None:
    write_file(project.root, "in/a/1.txt", report("清溪镇", 2023))
    write_file(project.root, "in/b/2.TXT", report("白石乡", 2023))
    write_file(project.root, "in/~$1.docx", "Word has this file open")
    write_file(project.root, "in/.hidden/3.txt", report("石乡", 2023))
    write_file(project.root, "in/picture.png", b"\x89PNG")
    result = run_gongkai(project, "import", "in", "--place", "linhe-xian")
    assert result.returncode == 0, result.stderr
    assert reports_of(project) == {"linhe-xian/qingxi-zhen/2023.md", "linhe-xian/baishi-xiang/2023.md"}


def test_a_township_that_is_new_is_named_below_the_place_asked_for(project: Project) -> None:
    write_file(project.root, "in/1.txt", report("临河县乌山乡", 2023))
    write_file(project.root, "in/2.txt", report("中共杨柳镇委员会 杨柳镇人民政府关于", 2023))
    result = run_gongkai(project, "import", "in", "--place", "linhe-xian")
    assert result.returncode == 0, result.stderr
    assert reports_of(project) == {"linhe-xian/wushan-xiang/2023.md", "linhe-xian/yangliu-zhen/2023.md"}
    assert read_yaml((project.places / "linhe-xian/wushan-xiang/place.yml").read_bytes()).value["name"] == "乌山乡"
    assert run_gongkai(project, "check").returncode == 0


def test_one_file_that_is_refused_does_not_keep_the_others(project: Project) -> None:
    write_file(project.root, "in/1.txt", report("清溪镇", 2023))
    write_file(project.root, "in/2.txt", b"")
    write_file(project.root, "in/3.txt", report("白石乡", 2023))
    result = run_gongkai(project, "import", "in", "--place", "linhe-xian")
    assert result.returncode == 1
    assert "in/2.txt" in result.stderr
    assert "导入 2 个，没有导入 1 个" in result.stdout
    assert reports_of(project) == {"linhe-xian/qingxi-zhen/2023.md", "linhe-xian/baishi-xiang/2023.md"}


@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--replace",)])
def test_two_files_for_one_report_are_told_apart_by_the_editor(project: Project, options: tuple[str, ...]) -> None:
    write_file(project.root, "1.txt", report("清溪镇", 2023))
    write_file(project.root, "2.txt", report("清溪镇", 2023, "学习13次"))
    result = run_gongkai(project, "import", "1.txt", "2.txt", "--place", "linhe-xian", *options)
    assert result.returncode == 1
    assert "同是" in result.stderr
    if "--dry-run" not in options:
        assert "学习12次" in (project.places / "linhe-xian/qingxi-zhen/2023.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("title", "options", "advice"),
    [
        ("法治政府建设年度报告", ("--place", "linhe-xian/qingxi-zhen"), "--year"),
        ("2022年和2023年法治政府建设报告", ("--place", "linhe-xian/qingxi-zhen"), "--year"),
        ("2023年法治政府建设年度报告", (), "--place"),
        ("清溪镇和白石乡2023年法治政府建设年度报告", (), "--place"),
        ("东山镇2023年法治政府建设年度报告", (), "--place"),
        ("2023年乡镇法治政府建设年度报告", ("--place", "linhe-xian"), "--place"),
    ],
)
def test_what_no_document_tells_is_asked_for(
    project: Project, title: str, options: tuple[str, ...], advice: str
) -> None:
    text = title + "\n" + report("", 2023).split("\n", 1)[1]
    write_file(project.root, "in.txt", text)
    result = run_gongkai(project, "import", "in.txt", *options)
    assert result.returncode == 1
    assert advice in result.stderr
    assert reports_of(project) == set()


def test_the_name_of_the_file_tells_what_its_title_does_not(project: Project) -> None:
    write_file(project.root, "清溪镇2022.txt", report("", 2022).replace("2022年", ""))
    assert run_gongkai(project, "import", "清溪镇2022.txt").returncode == 0
    assert reports_of(project) == {"linhe-xian/qingxi-zhen/2022.md"}


def test_a_better_original_takes_the_place_of_the_other_format(project: Project) -> None:
    write_file(project.root, "in.txt", report("清溪镇", 2023))
    write_file(
        project.root,
        "in.html",
        f"<html><body><div>{''.join(f'<p>{line}</p>' for line in report('清溪镇', 2023).splitlines())}</div></body></html>",
    )
    place = ("--place", "linhe-xian/qingxi-zhen", "--year", "2023")
    assert run_gongkai(project, "import", "in.txt", *place).returncode == 0
    result = run_gongkai(project, "import", "in.html", *place, "--replace")
    assert result.returncode == 0, result.stderr
    names = {path.name for path in (project.places / "linhe-xian/qingxi-zhen").iterdir()}
    assert names == {"place.yml", "2023.md", "2023.yml", "2023.source.html"}
    assert run_gongkai(project, "check").returncode == 0


def test_a_file_of_300_megabytes_is_refused_unread(project: Project) -> None:
    path = project.root / "in.docx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(300_000_000)
    result = run_gongkai(project, "import", "in.docx", "--place", "linhe-xian/qingxi-zhen", "--year", "2023")
    assert result.returncode == 1
    assert "300,000,000" in result.stderr
    assert reports_of(project) == set()


def test_a_new_report_begins_with_what_stays_the_same(plot: Path) -> None:
    text = township("qinghe-zhen", "清河镇", y2023="## 一、主要举措和成效\n\n做了许多。\n")
    project = make_project(plot, text)
    record = project.places / "qinghe-zhen/2023.yml"
    record.write_text(
        "title: 清河镇2023年报告\nissuer: [清河镇人民政府]\ndates: {made: 2024-01-05}\n", encoding="utf-8"
    )
    result = run_gongkai(project, "new", "qinghe-zhen", "2024")
    assert result.returncode == 0, result.stderr
    assert (project.places / "qinghe-zhen/2024.md").read_bytes() == b""
    written = (project.places / "qinghe-zhen/2024.yml").read_text(encoding="utf-8")
    assert read_yaml(written.encode()).value == {"issuer": ["清河镇人民政府"]}
    assert "清河镇2023年报告" in written
    assert written.startswith("# yaml-language-server: $schema=../../../docs/schema/report.json\n")
    again = run_gongkai(project, "new", "qinghe-zhen", "2024")
    assert (again.returncode, again.stdout) == (1, "")
    assert (project.places / "qinghe-zhen/2024.yml").read_text(encoding="utf-8") == written


def test_a_new_report_of_a_new_place_needs_its_name(plot: Path) -> None:
    project = make_project(plot, "")
    refused = run_gongkai(project, "new", "qinghe-zhen", "2024")
    assert refused.returncode == 1
    assert "--name" in refused.stderr
    assert not project.places.exists()
    assert run_gongkai(project, "new", "qinghe-zhen", "2024", "--name", "清河镇").returncode == 0
    assert read_yaml((project.places / "qinghe-zhen/2024.yml").read_bytes()).value in (None, {})
    above = run_gongkai(project, "new", "linhe-xian/baishi-xiang", "2024", "--name", "临河县/白石乡")
    assert above.returncode == 0, above.stderr
    assert read_yaml((project.places / "linhe-xian/place.yml").read_bytes()).value == {
        "name": "临河县",
        "level": "county",
    }
    checked = run_gongkai(project, "check")
    assert "empty_text" in run_gongkai(project, "check", "--format", "json").stdout
    assert checked.returncode == 1


def converted(folder: Path, form: str) -> bytes:
    """Let LibreOffice make a file of the older kinds."""
    write_file(folder, "made.txt", report("清溪镇", 2023))
    profile = (folder / "profile").as_uri()
    command = [
        SOFFICE or "",
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        form,
        "--infilter=Text (encoded):UTF8",
        "made.txt",
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / f"made.{form.partition(':')[0]}").read_bytes()


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("form", "name"), [("doc:MS Word 97", "in.doc"), ("doc:MS Word 97", "in.wps"), ("rtf", "in.rtf")]
)
def test_what_only_an_office_program_reads_is_read_through_it(
    project: Project, tmp_path: Path, form: str, name: str
) -> None:
    write_file(project.root, name, converted(tmp_path, form))
    result = run_gongkai(project, "import", name, "--place", "linhe-xian/qingxi-zhen", "--year", "2023")
    assert result.returncode == 0, result.stderr
    text = (project.places / "linhe-xian/qingxi-zhen/2023.md").read_text(encoding="utf-8")
    assert text.startswith("## 一、主要举措和成效\n\n镇党委组织学习12次，推进依法行政。\n")
    assert (project.places / f"linhe-xian/qingxi-zhen/2023.source.{name[-3:]}").is_file()
    checked = run_gongkai(project, "check")
    assert checked.returncode == 0
    assert "没有逐字核对" in checked.stdout


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), b"{\\rtf1 }"], ids=["doc", "rtf"]
)
def test_without_an_office_program_the_way_round_is_told(project: Project, content: bytes, tmp_path: Path) -> None:
    write_file(project.root, "in.doc", content)
    result = run_gongkai(
        project,
        "import",
        "in.doc",
        "--place",
        "linhe-xian/qingxi-zhen",
        "--year",
        "2023",
        environment={"PATH": str(tmp_path)},
    )
    assert result.returncode == 1
    assert "LibreOffice" in result.stderr
    assert ".docx" in result.stderr


@pytest.mark.parametrize(
    ("stream", "told"),
    [("EncryptedPackage", "密码"), ("Workbook", "表格"), ("PowerPoint Document", "演示文稿")],
)
def test_compound_files_that_hold_no_text_are_told(project: Project, stream: str, told: str) -> None:
    write_file(
        project.root,
        "in.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(500),
    )
    result = run_gongkai(project, "import", "in.doc", "--place", "linhe-xian/qingxi-zhen", "--year", "2023")
    assert result.returncode == 1
    assert re.search(told, result.stderr)
    assert reports_of(project) == set()


@pytest.mark.parametrize(
    ("text", "place", "year", "told"),
    [
        (report("白石乡", 2023), "linhe-xian/qingxi-zhen", 2023, "白石乡"),
        (report("清溪镇", 2022), "linhe-xian/qingxi-zhen", 2023, "题名写的是 2022 年"),
        (report("清溪镇", 2023).replace("听取汇报4次", "接待信访人王小明4次"), "linhe-xian/qingxi-zhen", 2023, "隐去"),
    ],
)
def test_what_speaks_against_an_import_is_told(project: Project, text: str, place: str, year: int, told: str) -> None:
    write_file(project.root, "in.txt", text)
    result = run_gongkai(project, "import", "in.txt", "--place", place, "--year", str(year))
    assert result.returncode == 0
    doubts = [line for line in result.stdout.splitlines() if "请核对" in line]
    assert any(told in line for line in doubts), result.stdout
    assert "王小明" not in "".join(doubts)


def test_a_copy_of_last_year_and_a_file_filed_twice_are_told_at_the_import(project: Project) -> None:
    tasks = (
        "普法宣传",
        "矛盾调解",
        "行政执法",
        "政务公开",
        "法律援助",
        "社区矫正",
        "网格巡查",
        "合同审查",
        "信访接待",
        "队伍培训",
    )
    long = report("清溪镇", 2022).replace("推进依法行政。", "".join(f"把{task}落实到每个村每个组。" for task in tasks))
    for year in (2022, 2023):
        write_file(project.root, "in.txt", long.replace("2022", str(year)))
        place = ("--place", "linhe-xian/qingxi-zhen", "--year", str(year))
        told = run_gongkai(project, "import", "in.txt", *place).stdout
    assert "2022 年的正文有" in told
    again = run_gongkai(
        project, "import", "in.txt", "--place", "linhe-xian/baishi-xiang", "--year", "2023", "--dry-run"
    )
    assert "的是同一个" in again.stdout
