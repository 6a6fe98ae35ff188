"""The workflows of forges, read as files: what they may do, what they run, and what a linter of their security says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.checking.problems import format_gitlab
from generator.cli import gongkai
from generator.model import Problem
from tests.cases_reader import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
OTHERS = [ROOT / ".gitlab-ci.yml", *sorted((ROOT / ".workflow").glob("*.yml"))]
WRITING = {"pull-requests", "issues", "pages", "id-token", "security-events"}
MAY_WRITE = {
    ("check.yml", "sarif"): {"security-events"},
    ("comment.yml", "comment"): {"pull-requests"},
    ("release.yml", "deploy"): {"pages", "id-token"},
    ("release.yml", "report"): {"issues"},
}
"""What the jobs may write; all others only read."""


def read(path: Path) -> dict[str, Any]:
    """Read a workflow; YAML 1.1 takes its key ``on`` for a truth value."""
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): each for key, each in value.items()}


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def commands(path: Path) -> list[str]:
    """Return the shell lines that a workflow of any forge runs."""
    if path.parent.name == "workflows":
        return [step["run"] for step in steps(path) if "run" in step]
    value = read(path)
    if "stages" in value and isinstance(value["stages"][0], dict):
        return [line for stage in value["stages"] for step in stage["steps"] for line in step["commands"]]
    return [line for job in value.values() if isinstance(job, dict) for line in job.get("script", [])]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_their_commits_with_the_version_beside(path: Path) -> None:
    lines = re.findall(r"^\s*-?\s*uses:\s*(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in lines), lines


def test_one_action_has_one_version_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for step in steps(path):
            if "uses" in step:
                name, _, commit = step["uses"].partition("@")
                pins.setdefault(name, set()).add(commit)
    assert pins
    assert {name: commits for name, commits in pins.items() if len(commits) > 1} == {}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_nothing_but_what_each_job_asks_for(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for name, job in workflow["jobs"].items():
        written = {scope for scope, access in job["permissions"].items() if access == "write"}
        assert written == MAY_WRITE.get((path.name, name), set()), name
        assert written <= WRITING
        assert 0 < job["timeout-minutes"] <= 60


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_workflow_gives_its_rights_to_what_a_pull_request_brings(path: Path) -> None:
    triggers = read(path)["on"]
    assert "pull_request_target" not in triggers
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert "head" not in str(step["with"].get("ref", ""))
    if "pull_request" in triggers:
        assert "secrets." not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_expression_stands_in_a_shell_command(path: Path) -> None:
    assert [line for line in commands(path) if "${{" in line] == []


@pytest.mark.parametrize("path", [*WORKFLOWS, *OTHERS], ids=lambda path: path.name)
def test_every_command_that_a_workflow_runs_is_there(path: Path) -> None:
    targets = set(re.findall(r"^([\w.-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    found = "\n".join(commands(path))
    assert set(re.findall(r"\bmake (?!\.venv)([\w-]+)", found)) <= targets
    for script in re.findall(r"(?<!\S)(\.ci/[\w-]+)", found):
        assert (ROOT / script).stat().st_mode & 0o100, script
    assert found


@pytest.mark.parametrize("path", sorted((ROOT / ".ci").iterdir()), ids=lambda path: path.name)
def test_the_scripts_are_read_by_their_shells_and_call_commands_that_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shell = "bash" if text.startswith("#!/usr/bin/env bash") else "sh"
    assert subprocess.run([shell, "-n", str(path)], check=False).returncode == 0
    called = set(re.findall(r"\$gongkai\"? (\w+)", text))
    assert called <= set(gongkai.commands)
    assert set(re.findall(r"^set -eu", text, re.MULTILINE)) == {"set -eu"}


def test_the_linter_of_their_security_finds_nothing() -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    told = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--persona", "pedantic", str(ROOT / ".github")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_templates_ask_for_no_personal_details_and_warn_where_they_may_be_written() -> None:
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
    assert len(forms) == 4
    asked = [
        item["attributes"]["label"]
        for form in forms
        for item in yaml.safe_load(form.read_text(encoding="utf-8"))["body"]
        if item["type"] in {"input", "textarea"}
    ]
    assert not [label for label in asked if re.search("姓名|电话|邮箱|身份证|联系", label)]
    for folder in (".github/ISSUE_TEMPLATE", ".gitee/ISSUE_TEMPLATE", ".gitlab/issue_templates"):
        removal = [path for path in (ROOT / folder).iterdir() if "removal" in path.name or "撤下" in path.name]
        assert len(removal) == 1
        assert "不要在这里重复隐私内容" in removal[0].read_text(encoding="utf-8")


def test_the_templates_of_all_forges_say_the_same() -> None:
    texts = {
        (ROOT / path).read_text(encoding="utf-8")
        for path in (
            ".github/PULL_REQUEST_TEMPLATE.md",
            ".gitee/PULL_REQUEST_TEMPLATE.md",
            ".gitlab/merge_request_templates/Default.md",
        )
    }
    assert len(texts) == 1
    for form in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"):
        labels = [
            item["attributes"]["label"]
            for item in yaml.safe_load(form.read_text(encoding="utf-8"))["body"]
            if item["type"] in {"input", "textarea", "dropdown"}
        ]
        other = (ROOT / ".gitee" / "ISSUE_TEMPLATE" / f"{form.stem}.md").read_text(encoding="utf-8")
        assert re.findall(r"^\*\*(.+)\*\*$", other, re.MULTILINE) == labels


def test_problems_are_told_as_gitlab_reads_them_each_with_a_fingerprint_of_its_own() -> None:
    problem = Problem("content/a.md", 3, 1, "rule", "error", "有误", "改正")
    told = json.loads(format_gitlab([problem, replace(problem, line=9), replace(problem, level="note", path="b")]))
    assert told[0]["location"] == {"path": "content/a.md", "lines": {"begin": 3}}
    assert [each["severity"] for each in told] == ["major", "major", "info"]
    assert len({each["fingerprint"] for each in told}) == 3
    moved = json.loads(format_gitlab([replace(problem, line=4)]))
    assert moved[0]["fingerprint"] == told[0]["fingerprint"]
