from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from generator.content.yaml_reading import read_yaml, write_yaml
from tests.site_in_string import make_project, run_gongkai, write_file

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from generator.project import Project

SOURCE = """\
清溪镇2023年法治政府建设年度报告

2023年，清溪镇认真学习，推进法治政府建设。现将有关情况报告如下：

一、主要举措和成效

（一）强化学习。镇党委组织学习 12 次，参加 120 人次，
党员干部的法治素养得到提升。

二、存在的不足和原因

执法力量还比较薄弱，得第八个方面尚待加强。[bookmark: _GoBack]

三、主要负责人履职情况

镇长听取汇报4次。

四、下一年度主要安排

继续推进普法宣传。

清溪镇人民政府

2024年1月5日
"""
TEXT = """\
2023年，清溪镇认真学习，推进法治政府建设。现将有关情况报告如下：

## 一、主要举措和成效

### （一）强化学习。

镇党委组织学习12次，参加120人次，党员干部的法治素养得到提升。

## 二、存在的不足和原因

执法力量还比较薄弱，得第八个方面尚待加强。

## 三、主要负责人履职情况

镇长听取汇报4次。

## 四、下一年度主要安排

继续推进普法宣传。

清溪镇人民政府

2024年1月5日
"""
FOLDER = "content/places/qingxi-zhen"
NEW = ["--place", "qingxi-zhen", "--year", "2023"]
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
DOCX = b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256))


@pytest.fixture
def project(plot: Path) -> Project:
    return make_project(plot, "")


def imported(project: Project, content: str | bytes, *options: str) -> CompletedProcess[str]:
    write_file(project.root, "in.txt", content)
    return run_gongkai(project, "import", "in.txt", *(options or NEW))


def files_of(project: Project) -> dict[str, bytes]:
    return {
        path.relative_to(project.places).as_posix(): path.read_bytes()
        for path in sorted(project.places.rglob("*"))
        if path.is_file()
    }


def refused(project: Project, result: CompletedProcess[str], code: int = 1) -> None:
    assert result.returncode == code
    assert re.search("[\u4e00-\u9fff]", result.stderr)
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert files_of(project) == {}
    assert not project.places.exists()


def test_an_import_writes_the_text_the_record_the_source_and_the_place(project: Project) -> None:
    result = imported(project, SOURCE)
    assert (result.returncode, result.stderr) == (0, "")
    files = files_of(project)
    assert set(files) == {f"qingxi-zhen/{name}" for name in ("place.yml", "2023.md", "2023.yml", "2023.source.txt")}
    assert files["qingxi-zhen/2023.md"].decode() == TEXT
    assert files["qingxi-zhen/2023.source.txt"] == SOURCE.encode()
    record = read_yaml(files["qingxi-zhen/2023.yml"]).value
    assert record["title"] == "清溪镇2023年法治政府建设年度报告"
    assert record["issuer"] == ["清溪镇人民政府"]
    assert record["dates"] == {"made": "2024-01-05"}
    assert record["source"] == {"file": "2023.source.txt", "sha256": hashlib.sha256(SOURCE.encode()).hexdigest()}
    assert {repair["kind"] for repair in record["repairs"]} == {"join", "split", "spaces", "drop"}
    assert read_yaml(files["qingxi-zhen/place.yml"]).value["name"] == "清溪镇"
    for name in ("2023.yml", "place.yml"):
        first = files[f"qingxi-zhen/{name}"].decode().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=../../../docs/schema/")


def test_what_was_imported_passes_the_check(project: Project) -> None:
    imported(project, SOURCE)
    checked = run_gongkai(project, "check")
    assert checked.returncode == 0
    assert "错误" not in checked.stdout


def test_the_loss_report_tells_characters_and_every_difference_and_what_is_unknown(project: Project) -> None:
    told = imported(project, SOURCE).stdout
    characters = len("".join(SOURCE.split()))
    assert re.search(rf"\b{characters}\b|{characters:,}", told), told
    assert "_GoBack" in told
    assert "120人次，|党员干部" in told.replace(" ", "") or "党员干部" in told
    for unknown in ("公开日期", "网址", "代码", "上级"):
        assert unknown in told, told
    assert "content/places/qingxi-zhen/2023.md" in told
    assert "gongkai check" in told


def test_an_existing_report_is_not_overwritten(project: Project) -> None:
    imported(project, SOURCE)
    before = files_of(project)
    result = imported(project, SOURCE.replace("12 次", "13 次"))
    assert result.returncode == 1
    assert "--replace" in result.stderr
    assert files_of(project) == before


def test_replace_keeps_what_editors_have_said(project: Project) -> None:
    imported(project, SOURCE)
    record = project.places / "qingxi-zhen/2023.yml"
    said = """\
figures:
- {indicator: training.sessions, value: 12, unit: 次, quote: 组织学习12次, confirmed: true}
text_state: original
roles: {s-1: measures}
corrections:
- {date: 2024-03-01, what: 补上表格, why: 来源漏录}
exceptions:
- {rule: privacy, quote: 组织学习12次, why: 不是个人信息}
"""
    value = read_yaml(record.read_bytes()).value
    value |= read_yaml(said.encode()).value
    value["dates"] |= {"made": "2024-01-06", "published": "2024-02-01"}
    value["source"] |= {"url": "https://example.org/1"}
    record.write_text(write_yaml(value), encoding="utf-8")
    result = imported(project, SOURCE.replace("听取汇报4次", "听取汇报5次"), *NEW, "--replace")
    assert result.returncode == 0, result.stderr
    value = read_yaml(record.read_bytes()).value
    assert value["figures"][0] == {
        "indicator": "training.sessions", "value": 12, "unit": "次", "quote": "组织学习12次", "confirmed": True,
    }  # fmt: skip
    assert (value["text_state"], value["roles"]) == ("original", {"s-1": "measures"})
    assert value["corrections"] == [{"date": "2024-03-01", "what": "补上表格", "why": "来源漏录"}]
    assert value["exceptions"] == [{"rule": "privacy", "quote": "组织学习12次", "why": "不是个人信息"}]
    assert value["dates"] == {"made": "2024-01-06", "published": "2024-02-01"}
    assert value["source"]["url"] == "https://example.org/1"
    assert "听取汇报5次" in files_of(project)["qingxi-zhen/2023.md"].decode()
    assert run_gongkai(project, "check").returncode == 0


def test_replace_proposes_anew_what_the_text_says_otherwise_now(project: Project) -> None:
    imported(project, SOURCE)
    record = project.places / "qingxi-zhen/2023.yml"
    said = """\
figures:
- {indicator: training.sessions, value: 12, unit: 次, quote: 组织学习12次}
- {indicator: leader.briefings, value: 4, unit: 次, quote: 听取汇报4次, confirmed: true}
"""
    value = read_yaml(record.read_bytes()).value | read_yaml(said.encode()).value
    record.write_text(write_yaml(value), encoding="utf-8")
    changed = SOURCE.replace("镇党委组织学习 12 次", "镇党委组织法治培训 13 次").replace("听取汇报4次", "听取汇报5次")
    assert imported(project, changed, *NEW, "--replace").returncode == 0
    figures = read_yaml(record.read_bytes()).value["figures"]
    assert [figure["quote"] for figure in figures] == ["听取汇报4次"]  # a person's word, which check will tell
    assert "figure_quote_in_text" in run_gongkai(project, "check", "--format", "json").stdout


def test_replace_refuses_where_the_editors_file_cannot_be_read(project: Project) -> None:
    imported(project, SOURCE)
    record = project.places / "qingxi-zhen/2023.yml"
    record.write_text("title: [\n", encoding="utf-8")
    before = files_of(project)
    result = imported(project, SOURCE, *NEW, "--replace")
    assert result.returncode == 1
    assert "2023.yml" in result.stderr
    assert files_of(project) == before


@pytest.mark.parametrize(
    "content",
    [b"", b" \r\n\t\n", "\ufeff\n".encode(), bytes(range(256)) * 20, DOCX, PDF, SOURCE.encode()[:-300] + b"\xe6\xb8",
     "rapport annuel: \xe9tat de droit, \xe0 publier".encode("latin-1"), b"\x89PNG\r\n\x1a\n" + bytes(200),
     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), b"only plain English words\n", SOURCE.encode() + b"\0\0\0"],
    ids=["empty", "blank", "mark-only", "bytes", "docx", "pdf", "truncated", "latin-1", "png", "doc", "english", "nul"],
)  # fmt: skip
def test_what_is_no_readable_text_is_refused_and_nothing_is_written(project: Project, content: bytes) -> None:
    refused(project, imported(project, content))


def test_a_file_that_is_not_there_is_told(project: Project) -> None:
    result = run_gongkai(project, "import", "nowhere.txt", *NEW)
    assert result.returncode in {1, 2}
    assert "nowhere.txt" in result.stderr
    assert "Traceback" not in result.stderr
    assert not project.places.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-bom", "crlf"])
def test_every_usual_encoding_gives_the_same_text(project: Project, encoding: str) -> None:
    content = {
        "utf-16-le-bom": b"\xff\xfe" + SOURCE.encode("utf-16-le"),
        "crlf": SOURCE.replace("\n", "\r\n").encode(),
    }.get(encoding) or SOURCE.encode(encoding)
    result = imported(project, content)
    assert result.returncode == 0, result.stderr
    files = files_of(project)
    assert files["qingxi-zhen/2023.md"].decode() == TEXT
    assert files["qingxi-zhen/2023.source.txt"] == content
    assert run_gongkai(project, "check").returncode == 0


def test_a_dry_run_tells_all_and_writes_nothing(project: Project) -> None:
    result = imported(project, SOURCE, *NEW, "--dry-run")
    assert result.returncode == 0
    assert "_GoBack" in result.stdout
    assert "--dry-run" in result.stdout
    assert not project.places.exists()


def test_a_dry_run_over_an_existing_report_says_that_it_exists(project: Project) -> None:
    imported(project, SOURCE)
    before = files_of(project)
    result = imported(project, SOURCE, *NEW, "--dry-run")
    assert "已经存在" in result.stdout + result.stderr
    assert files_of(project) == before


def test_a_name_that_the_text_does_not_tell_is_left_out_and_told(project: Project) -> None:
    result = imported(project, SOURCE, "--place", "baiyun-xiang", "--year", "2023")
    assert result.returncode == 0
    assert "--name" in result.stdout
    assert "baiyun-xiang/place.yml" not in files_of(project)


def test_the_names_of_the_places_above_can_be_given_too(project: Project) -> None:
    place = "yang-sheng/linhe-xian/baiyun-xiang"
    named = imported(project, SOURCE, "--place", place, "--year", "2023", "--name", "漾省/临河县/白云乡")
    assert named.returncode == 0, named.stderr
    written = {
        path: read_yaml(content).value for path, content in files_of(project).items() if path.endswith("place.yml")
    }
    assert written == {
        "yang-sheng/place.yml": {"name": "漾省", "level": "province"},
        "yang-sheng/linhe-xian/place.yml": {"name": "临河县", "level": "county"},
        f"{place}/place.yml": {"name": "白云乡", "level": "township"},
    }
    assert "错误" not in run_gongkai(project, "check").stdout


def test_more_names_than_the_address_has_places_are_refused(project: Project) -> None:
    refused(project, imported(project, SOURCE, *NEW, "--name", "临河县/清溪镇"))


def test_a_name_that_is_given_is_written(project: Project) -> None:
    named = imported(project, SOURCE, "--place", "baiyun-xiang", "--year", "2023", "--name", "白云乡")
    assert named.returncode == 0
    assert read_yaml(files_of(project)["baiyun-xiang/place.yml"]).value["name"] == "白云乡"


@pytest.mark.parametrize(
    "place",
    [
        "../qingxi-zhen",
        "a/../../b",
        "/etc",
        "Qingxi",
        "清溪镇",
        "a//b",
        "a/",
        "",
        ".",
        "a b",
        "a/2023",
        "a/page-2",
        "a/b/c/d/e/f",
    ],
)
def test_an_address_that_is_none_is_refused(project: Project, place: str) -> None:
    result = imported(project, SOURCE, "--place", place, "--year", "2023")
    refused(project, result, code=2)
    assert "--place" in result.stderr


@pytest.mark.parametrize("year", ["1999", "2101", "23", "-1"])
def test_a_year_that_is_none_is_refused(project: Project, year: str) -> None:
    refused(project, imported(project, SOURCE, "--place", "qingxi-zhen", "--year", year), code=2)


def test_two_years_of_one_township_stand_beside_each_other(project: Project) -> None:
    imported(project, SOURCE)
    place = files_of(project)["qingxi-zhen/place.yml"]
    later = imported(project, SOURCE.replace("2023", "2024"), "--place", "qingxi-zhen", "--year", "2024")
    assert later.returncode == 0
    files = files_of(project)
    assert files["qingxi-zhen/place.yml"] == place
    assert {"qingxi-zhen/2023.md", "qingxi-zhen/2024.md"} <= set(files)
