"""``content/deny.yml``: words that must not be published anywhere; a file that is not there is an empty list."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from generator.content.schema import Violation, keys_text, record_from, violations
from generator.content.yaml_reading import YamlError, read_yaml
from generator.model import DenyList, Problem

DENY_FILE = "deny.yml"
DENY_PATH = f"content/{DENY_FILE}"


@dataclass(frozen=True, slots=True)
class DenyFile:
    """The list, and what is wrong with its file; one that cannot be read is told, and left empty."""

    denied: DenyList = field(default_factory=DenyList)
    problems: tuple[Problem, ...] = ()


def read_deny(content: Path) -> DenyFile:
    """Read the list of words under ``content`` that must not be published."""
    path = content / DENY_FILE
    if not path.is_file():
        return DenyFile()
    try:
        document = read_yaml(path.read_bytes())
    except YamlError as error:
        return DenyFile(
            problems=(Problem(DENY_PATH, error.line, 1, "yaml_syntax", "error", error.message, error.hint),)
        )
    value = {} if document.value is None else document.value
    found = tuple(
        Problem(DENY_PATH, document.line_of(each.keys), 1, "schema", "error", _told(each), each.hint)
        for each in violations("deny", value)
    )
    return DenyFile(problems=found) if found else DenyFile(record_from("deny", value))


def _told(violation: Violation) -> str:
    """Tell a violation without the words that must not be published."""
    if not violation.keys:
        return "文件应当写作「deny:」和它下面的列表"
    if violation.keys[-1] in {"text", "deny"} or isinstance(violation.keys[-1], int):
        return f"{keys_text(violation.keys)} 的写法不对，要么写 text，要么写 sha256 和 length，并写 why"
    return violation.message
