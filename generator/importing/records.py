"""``YEAR.yml`` and ``place.yml`` as the commands read and write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from generator.content.schema import record_from, violations
from generator.content.yaml_reading import YamlError, read_yaml, write_yaml
from generator.importing.document import ImportRefusedError
from generator.model import PlaceRecord, ReportRecord


def read_record(path: Path) -> ReportRecord:
    """Read a ``YEAR.yml`` that people have written in. Raise ImportRefusedError where it cannot be read whole."""
    hint = "先改正这个文件，人工填写的内容才不会丢失"
    try:
        value = read_yaml(path.read_bytes()).value or {}
    except YamlError as error:
        raise ImportRefusedError(f"原有的 {path.name} 第 {error.line} 行读不懂：{error.message}", hint) from None
    if found := next(violations("report", value), None):
        raise ImportRefusedError(f"原有的 {path.name} 有误：{found.message}", hint)
    record: ReportRecord = record_from("report", value)
    return record


def record_file(name: str, record: PlaceRecord | ReportRecord, depth: int) -> bytes:
    """Return a record as the bytes of its YAML file, its schema named in the first line (relative, so it works offline)."""
    up = "../" * (depth + 2)
    text = write_yaml(_plain(record))
    return f"# yaml-language-server: $schema={up}docs/schema/{name}.json\n{text}".encode()


def _plain(value: Any) -> Any:
    """Turn a record into plain values, leaving out whatever it does not say."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((each.name, each.default, _plain(getattr(value, each.name))) for each in fields(value))
        return {name: plain for name, default, plain in pairs if plain not in (None, {}, []) and plain is not default}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
