from __future__ import annotations

import json
import re
import socket
from typing import TYPE_CHECKING

import pytest

from generator.checking.project import check_project
from generator.checking.rules import rule_help
from generator.content.load import MAX_TEXT_BYTES
from tests.cases_reader import CASES, case_names
from tests.made_up_site import ALL_ROLES, township
from tests.site_in_string import make_project, run_gongkai, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from generator.model import Problem
    from generator.project import Project

FOLDER = "content/places/qinghe-zhen"
TOWN = township("qinghe-zhen", "清河镇", y2023=ALL_ROLES)
EXPECTED = "-- expected --\n"
OF_BYTES = {"encoding", "too_large", "link"}
"""Rules on what a text file cannot show."""


def case(name: str) -> tuple[str, list[str]]:
    text, expected = (CASES / "checking" / f"{name}.txt").read_bytes().decode().split(EXPECTED)
    return text, expected.splitlines()


def told(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}: {problem.level} {problem.rule}"


def errors(project: Project) -> list[str]:
    return [told(problem) for problem in check_project(project) if problem.level == "error"]


@pytest.mark.parametrize("name", case_names("checking"))
def test_every_problem_is_told_at_its_line(plot: Path, name: str) -> None:
    text, expected = case(name)
    assert [told(problem) for problem in check_project(make_project(plot, text))] == expected


@pytest.mark.parametrize("name", case_names("checking"))
def test_every_problem_is_told_in_chinese_with_what_to_do(plot: Path, name: str) -> None:
    for problem in check_project(make_project(plot, case(name)[0])):
        for text in (problem.message, problem.hint):
            assert re.search("[\u4e00-\u9fff]", text), text
            assert not re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", text), text
            assert not text.endswith("。"), text
            assert "\n" not in text
        assert problem.line >= 1
        assert problem.column >= 1


def test_every_rule_has_a_case() -> None:
    shown = {line.rpartition(" ")[2] for name in case_names("checking") for line in case(name)[1]}
    assert shown | OF_BYTES == set(rule_help())


def test_every_rule_is_described_in_one_chinese_sentence() -> None:
    for rule, told in rule_help().items():
        assert re.fullmatch("[^\n]*[\u4e00-\u9fff][^\n]*。", told.asks), rule


def test_files_that_are_not_utf_8_are_told_at_the_line(plot: Path) -> None:
    project = make_project(plot, TOWN)
    write_file(project.root, f"{FOLDER}/2023.md", ALL_ROLES.encode() + "末段".encode("gb18030"))
    write_file(project.root, f"{FOLDER}/2023.yml", b"title: a\nissuer: [" + "清河镇".encode("gb18030") + b"]\n")
    assert errors(project) == [f"{FOLDER}/2023.md:16: error encoding", f"{FOLDER}/2023.yml:2: error yaml_syntax"]


def test_a_nul_in_the_text_is_told(plot: Path) -> None:
    project = make_project(plot, TOWN)
    write_file(project.root, f"{FOLDER}/2023.md", "## 一、举措\n\n文\0字。\n")
    assert errors(project) == [f"{FOLDER}/2023.md:3: error encoding"]


def test_a_text_that_is_too_large_is_told_and_not_read(plot: Path) -> None:
    project = make_project(plot, TOWN)
    write_file(project.root, f"{FOLDER}/2023.md", b"a" * (MAX_TEXT_BYTES + 1))
    assert errors(project) == [f"{FOLDER}/2023.md:1: error too_large"]


def test_a_link_is_told(plot: Path) -> None:
    project = make_project(plot, TOWN)
    (project.root / FOLDER / "2023-1.png").symlink_to("/dev/null")
    assert errors(project) == [f"{FOLDER}/2023-1.png:1: error link"]


def test_a_text_with_windows_line_ends_and_a_byte_order_mark_is_read_as_any_other(plot: Path) -> None:
    project = make_project(plot, TOWN)
    before = check_project(project)
    write_file(project.root, f"{FOLDER}/2023.md", b"\xef\xbb\xbf" + ALL_ROLES.replace("\n", "\r\n").encode())
    assert check_project(project) == before


def broken(plot: Path) -> Project:
    project = make_project(plot, TOWN)
    write_file(
        project.root, f"{FOLDER}/2023.md", ALL_ROLES.replace("执法力量", "执法<b>力量").replace("## 四", "## 六")
    )
    write_file(project.root, f"{FOLDER}/2023.yml", "title: '清河镇, 100%: 报告'\ntilte: 错\n")
    return project


def test_text_lines_name_the_place_and_say_what_to_do(plot: Path) -> None:
    result = run_gongkai(broken(plot), "check")
    assert result.returncode == 1
    *lines, last = result.stdout.splitlines()
    assert all(re.fullmatch(r"content/\S+:\d+: .+（.+）", line) for line in lines)
    assert [line.split(": ")[0] for line in lines] == [
        f"{FOLDER}/2023.md:7", f"{FOLDER}/2023.md:13", f"{FOLDER}/2023.yml:2",
    ]  # fmt: skip
    assert last == "共发现：错误 2，警告 1"
    assert result.stderr == ""


def test_github_lines_are_workflow_commands(plot: Path) -> None:
    result = run_gongkai(broken(plot), "check", "--format", "github")
    assert result.returncode == 1
    pattern = r"::(error|warning|notice) file=content/[^,:]+,line=\d+,col=\d+,title=[a-z_]+::.+"
    lines = result.stdout.splitlines()
    assert [re.fullmatch(pattern, line)[1] if re.fullmatch(pattern, line) else line for line in lines] == [  # type: ignore[index]
        "error", "warning", "error",
    ]  # fmt: skip


def test_sarif_has_the_shape_that_code_scanning_reads(plot: Path) -> None:
    result = run_gongkai(broken(plot), "check", "--format", "sarif")
    assert result.returncode == 1
    log = json.loads(result.stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "gongkai"
    rules = {rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]}
    assert rules == {name: rule_help()[name].asks for name in ("heading_numbers", "html_refused", "schema")}
    for rule in run["tool"]["driver"]["rules"]:
        told = rule_help()[rule["id"]]
        assert rule["help"]["text"] == f"例：{told.example}\n改法：{told.mending}"
        assert rule["fullDescription"]["text"] == told.asks + told.mending
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("html_refused", "error")
    location = first["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == f"{FOLDER}/2023.md"
    assert location["region"] == {"startLine": 7, "startColumn": 3}


def test_json_is_a_list_of_problems_with_the_agreed_keys(plot: Path) -> None:
    result = run_gongkai(broken(plot), "check", "--format", "json")
    assert result.returncode == 1
    problems = json.loads(result.stdout)
    assert [set(each) for each in problems] == [
        {"path", "line", "column", "rule", "level", "message", "hint"}
    ] * 3  # fmt: skip
    assert [(each["line"], each["rule"], each["level"]) for each in problems] == [
        (7, "html_refused", "error"),
        (13, "heading_numbers", "warning"),
        (2, "schema", "error"),
    ]


@pytest.mark.parametrize("form", ["text", "github", "sarif", "json"])
def test_a_project_without_errors_passes_in_every_format(plot: Path, form: str) -> None:
    result = run_gongkai(make_project(plot, case("clean-with-its-source")[0]), "check", "--format", form)
    assert (result.returncode, result.stderr) == (0, "")
    if form == "json":
        assert json.loads(result.stdout) == []
    if form == "text":
        assert result.stdout == "没有发现问题\n"


def test_warnings_and_notes_alone_do_not_fail(plot: Path) -> None:
    project = make_project(plot, case("heading-numbers-out-of-order")[0])
    assert run_gongkai(project, "check").returncode == 0


@pytest.mark.parametrize("path", [FOLDER, f"{FOLDER}/2023.md", f"{FOLDER}/2023.yml", "qinghe-zhen/2023", "content"])
def test_a_path_asks_for_a_part(plot: Path, path: str) -> None:
    project = broken(plot)
    write_file(project.root, "content/places/luan-zhen/place.yml", "name: 乱镇\n")
    told_lines = run_gongkai(project, "check", path).stdout
    assert f"{FOLDER}/2023.md:7" in told_lines
    assert ("luan-zhen" in told_lines) == (path == "content")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "没有命令 chekc"),
        (["check", "--fromat", "json"], "--fromat"),
        (["check", "--format", "xml"], "--format"),
        (["check", "no/such/path"], "没有 no/such/path"),
        (["check", ".."], "不在 content 里"),
        (["import", "a.txt", "--place"], "--place"),
        (["import", "a.txt", "--place", "清河镇"], "--place"),
        (["import", "--place", "qinghe-zhen", "--year", "2023"], "文件"),
        (["import", "a.txt", "--place", "qinghe-zhen", "--year", "二〇二三"], "--year"),
        (["import", "a.txt", "--place", "qinghe-zhen", "--year"], "--year"),
        (["build", "--jobs", "0"], "--jobs"),
        (["build", "extra"], "extra"),
        ([], "gongkai"),
    ],
)
def test_wrong_use_is_told_in_chinese(plot: Path, arguments: list[str], said: str) -> None:
    result = run_gongkai(make_project(plot, TOWN), *arguments)
    assert result.returncode == 2
    assert said in result.stdout + result.stderr
    assert re.search("[\u4e00-\u9fff]", result.stderr)
    english = ("Error", "Missing", "Usage", "Invalid", "required", "requires", "unexpected", "Traceback", "No such")
    assert not [word for word in english if word in result.stderr]


def test_help_is_in_chinese_and_works_anywhere(tmp_path: Path) -> None:
    project = make_project(tmp_path, "")
    (project.root / "mkdocs.yml").unlink()
    for arguments in (["--help"], ["check", "--help"], ["import", "-h"], ["build", "--help"], ["serve", "--help"]):
        result = run_gongkai(project, *arguments)
        assert result.returncode == 0
        english = ("Usage:", "Options:", "Commands:", "Show this message")
        assert not [word for word in english if word in result.stdout]


def test_a_folder_that_is_no_project_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path, "")
    (project.root / "mkdocs.yml").unlink()
    result = run_gongkai(project, "check")
    assert result.returncode == 2
    assert "不在 gongkai 项目里" in result.stderr


def test_a_content_format_newer_than_the_program_is_refused_by_check_and_build(plot: Path) -> None:
    project = make_project(plot, f"{TOWN}-- content/spec.yml --\nspec: 99\n")
    checked = run_gongkai(project, "check")
    assert checked.returncode == 1
    assert "升级 gongkai" in checked.stdout
    for mode in ("--strict", "--keep-going"):
        built = run_gongkai(project, "build", mode)
        assert built.returncode == 1
        assert "升级 gongkai" in built.stderr
        assert not (project.root / "site").exists(), mode


def test_a_port_that_is_taken_is_told_with_what_to_do(tmp_path: Path) -> None:
    project = make_project(tmp_path, TOWN)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run_gongkai(project, "serve", "--port", port)
    assert result.returncode == 2
    assert f"端口 {port}" in result.stderr
    assert "--port" in result.stderr
    assert "Traceback" not in result.stderr
