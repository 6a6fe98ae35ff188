"""The version of the content format that this program reads; ``content/spec.yml`` says which one a project is in."""

from __future__ import annotations

from pathlib import Path

from generator.content.yaml_reading import YamlError, read_yaml
from generator.model import Problem

SPEC = 1
SPEC_FILE = "spec.yml"


def check_spec(content: Path) -> tuple[Problem, ...]:
    """Tell where the content format is newer than this program, or not told in a way that can be read."""
    path = content / SPEC_FILE
    if not path.is_file():
        return ()
    try:
        document = read_yaml(path.read_bytes())
    except YamlError as error:
        return (Problem(f"content/{SPEC_FILE}", error.line, 1, "spec", "error", error.message, error.hint),)
    spec = document.value.get("spec") if isinstance(document.value, dict) else None
    line = document.line_of(("spec",))
    if isinstance(spec, bool) or not isinstance(spec, int):
        message, hint = "没有写明内容格式的版本", f"写作 spec: {SPEC}"
    elif spec > SPEC:
        message, hint = f"内容格式的版本 {spec} 比程序支持的 {SPEC} 新", "升级 gongkai 后再用"
    else:
        return ()
    return (Problem(f"content/{SPEC_FILE}", line, 1, "spec", "error", message, hint),)
