"""The JSON Schemas of the YAML files, made from the model, and validation against them with messages in Chinese."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
import msgspec

from generator.catalogues import IndicatorCatalogue, LawCatalogue, TopicCatalogue
from generator.content.yaml_reading import Keys
from generator.model import DenyList, PlaceRecord, ReportRecord

RECORD_TYPES: dict[str, type] = {
    "place": PlaceRecord,
    "report": ReportRecord,
    "topics": TopicCatalogue,
    "indicators": IndicatorCatalogue,
    "laws": LawCatalogue,
    "deny": DenyList,
}
_TITLES = {
    "place": "行政区划 place.yml",
    "report": "报告 YEAR.yml",
    "topics": "主题目录 topics.yml",
    "indicators": "指标目录 indicators.yml",
    "laws": "法律和文件目录 laws.yml",
    "deny": "屏蔽名单 deny.yml",
}
_EITHER = {
    "DeniedWords": [
        {"required": ["text"], "properties": {"sha256": False, "length": False}},
        {"required": ["sha256", "length"], "properties": {"text": False}},
    ]
}
"""Records of which there are two forms, as JSON Schema tells them."""
_TYPE_WORDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": " true 或 false",
    "array": "列表",
    "object": "键值对",
}
_SHOWN = 40
"""A wrong value is quoted up to this many characters."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a file departs from its schema."""

    keys: Keys
    message: str
    hint: str


@functools.cache
def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``place`` or ``report``; unknown keys are refused everywhere."""
    _, definitions = msgspec.json.schema_components([RECORD_TYPES[name]], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        _tidy(definition)
    for record, forms in _EITHER.items():
        if record in definitions:
            definitions[record]["oneOf"] = forms
    root = definitions.pop(RECORD_TYPES[name].__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLES[name],
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_file(name: str) -> str:
    """Return the schema as the text of its published file."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def violations(name: str, value: Any) -> Iterator[Violation]:
    """Tell every place where ``value`` departs from the schema ``name``, in the order of the document."""
    for error in _validator(name).iter_errors(value):
        yield from _explain(error, tuple(error.instance_path), json_schema(name))


def record_from(name: str, value: Any) -> Any:
    """Convert a value that has no violations into its record."""
    return msgspec.convert(value, RECORD_TYPES[name])


@functools.cache
def _validator(name: str) -> Any:
    return jsonschema_rs.validator_for(json_schema(name))


def _tidy(definition: dict[str, Any]) -> None:
    """Refuse unknown keys, and nulls (what is not known is left out); drop class names and docstrings of Python."""
    definition["additionalProperties"] = False
    for key in ("description", "title"):
        definition.pop(key, None)
    for name, value in definition["properties"].items():
        value.pop("default", None)
        options = value.pop("anyOf", None)
        if options is not None:  # of integer and number, the last is the wider
            definition["properties"][name] = {**[o for o in options if o != {"type": "null"}][-1], **value}


def _explain(error: Any, keys: Keys, schema: dict[str, Any]) -> Iterator[Violation]:
    name = keys_text(keys) or "文件"
    described = str(_schema_of(keys, schema).get("description", "")) or "照编辑指南改写"
    kind = error.kind
    match kind.name:
        case "additionalProperties":
            for key in kind.unexpected:
                yield Violation((*keys, key), f"不认识的键「{keys_text((*keys, key))}」", "检查拼写，或删去这一项")
        case "required":
            yield Violation(keys, f"{name} 缺少「{kind.property}」", "补上这一项")
        case "type":
            wanted = "或".join(_TYPE_WORDS[word] for word in kind.types)
            hint = described
            if error.instance is None:
                hint = "不知道的项整行删去，不要留空"
            elif "string" in kind.types and isinstance(error.instance, bool | int | float):
                hint = f"加上引号：'{error.instance}'"
            now = "现在是空的" if error.instance is None else f"现为「{_shortened(error.instance)}」"
            yield Violation(keys, f"{name} 应为{wanted}，{now}", hint)
        case "oneOf":
            yield Violation(keys, f"{name} 要么写 text，要么写 sha256 和 length", "两种写法选一种，写全")
        case "enum":
            yield Violation(keys, f"{name} 不能是「{_shortened(error.instance)}」", "可选：" + "、".join(kind.options))
        case _:
            yield Violation(keys, f"{name} 的写法不对：「{_shortened(error.instance)}」", described)


def keys_text(keys: Keys) -> str:
    """Return keys as editors say them: ``figures[3].quote`` (the third, counted from 1)."""
    text = ""
    for key in keys:
        text += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def _shortened(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _schema_of(keys: Keys, schema: dict[str, Any]) -> dict[str, Any]:
    """Find the part of the schema that describes the value at ``keys``."""
    node = schema
    for key in keys:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        if isinstance(key, int):
            node = node.get("items", {})
        else:
            other = node.get("additionalProperties")
            node = node.get("properties", {}).get(key) or (other if isinstance(other, dict) else {})
    return node
