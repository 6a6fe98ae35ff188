"""Problems told in the forms that editors and their tools read: text, GitHub annotations, SARIF, JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from generator.checking.rule_help import RuleHelp
from generator.content.wording import SEVERITY_NAMES
from generator.model import Problem, Severity

_GITLAB_LEVELS: dict[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}
_GITHUB_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def text_line(problem: Problem) -> str:
    """Return ``path:line: what is wrong（what to do）``."""
    name = "" if problem.level == "error" else f"{SEVERITY_NAMES[problem.level]}：{problem.message}"
    return f"{problem.path}:{problem.line}: {name or problem.message}（{problem.hint}）"


def format_text(problems: Sequence[Problem]) -> str:
    """Return a line for each problem and a last line that counts them."""
    counts = {level: sum(1 for problem in problems if problem.level == level) for level in SEVERITY_NAMES}
    summary = "，".join(f"{SEVERITY_NAMES[level]} {count}" for level, count in counts.items() if count)
    return "\n".join([*map(text_line, problems), f"共发现：{summary}" if summary else "没有发现问题"]) + "\n"


def format_github(problems: Iterable[Problem]) -> str:
    """Return GitHub workflow commands (docs: Workflow commands for GitHub Actions)."""
    return "".join(
        f"::{_GITHUB_LEVELS[p.level]} file={_property(p.path)},line={p.line},col={p.column},title={_property(p.rule)}"
        f"::{_escaped(f'{p.message}（{p.hint}）')}\n"
        for p in problems
    )


def format_json(problems: Iterable[Problem]) -> str:
    """Return a list of objects with the fields of Problem."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n"


def format_gitlab(problems: Iterable[Problem]) -> str:
    """Return a report of code quality as GitLab reads it (docs: Code Quality report format)."""
    seen: dict[str, int] = {}
    value = []
    for p in problems:
        told = f"{p.path}\0{p.rule}\0{p.message}"
        seen[told] = seen.get(told, 0) + 1
        value.append(
            {
                "description": f"{p.message}（{p.hint}）",
                "check_name": p.rule,
                "fingerprint": hashlib.sha256(f"{told}\0{seen[told]}".encode()).hexdigest(),
                "severity": _GITLAB_LEVELS[p.level],
                "location": {"path": p.path, "lines": {"begin": p.line}},
            }
        )
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def sarif_formatter(rules: Mapping[str, RuleHelp]) -> Callable[[Sequence[Problem]], str]:
    """Return a formatter to SARIF 2.1.0 (OASIS) that describes each rule and says what to do."""

    def format_sarif(problems: Sequence[Problem]) -> str:
        used = sorted({problem.rule for problem in problems})
        driver = {
            "name": "gongkai",
            "rules": [_sarif_rule(rule, rules.get(rule, RuleHelp(rule))) for rule in used],
        }
        run = {"tool": {"driver": driver}, "results": [_sarif_result(problem) for problem in problems]}
        log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
        return json.dumps(log, ensure_ascii=False, indent=2) + "\n"

    return format_sarif


def _sarif_rule(name: str, told: RuleHelp) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name, "shortDescription": {"text": told.asks}}
    if told.text:
        rule |= {"fullDescription": {"text": f"{told.asks}{told.mending}"}, "help": {"text": told.text}}
    return rule


def _sarif_result(problem: Problem) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    location = {"physicalLocation": {"artifactLocation": {"uri": problem.path}, "region": region}}
    return {
        "ruleId": problem.rule,
        "level": problem.level,
        "message": {"text": f"{problem.message}（{problem.hint}）"},
        "locations": [location],
    }


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
