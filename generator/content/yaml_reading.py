"""YAML files read safely: plain values only, no aliases, bounded size and depth, every key with its line.

Scalars follow the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema) without octals and
hexadecimals: ``no``, ``2024-01-05``, ``0123`` and ``1_000`` stay strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

Keys = tuple[str | int, ...]

_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_STRUCTURE_TAGS = {None, "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


class YamlError(ValueError):
    """A YAML file that cannot be read; ``line`` counts from 1."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A value and, for every mapping key and list item in it, the line it starts on (from 1).

    ``spans`` tell where in ``text``, the file, each plain value is written.
    """

    value: Any
    lines: dict[Keys, int] = field(default_factory=dict)
    text: str = ""
    spans: dict[Keys, tuple[int, int]] = field(default_factory=dict)

    def line_of(self, keys: Keys) -> int:
        """Return the line of the innermost key that the document has on the way to ``keys``."""
        for end in range(len(keys), 0, -1):
            if (line := self.lines.get(keys[:end])) is not None:
                return line
        return 1


def read_yaml(content: bytes) -> YamlDocument:
    """Read one document. Raise YamlError for anything but plain YAML within the limits."""
    if len(content) > MAX_BYTES:
        raise YamlError(1, f"文件有 {len(content):,} 字节，超过上限 {MAX_BYTES:,}", "拆分或删减这个文件")
    try:
        return _Reader(content.decode("utf-8-sig")).document()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise YamlError(line, "不是 UTF-8 编码", "用 UTF-8 编码重新保存") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(
            mark.line + 1 if mark else 1,
            "YAML 语法有误",
            "检查这一行和上一行：缩进是否对齐，冒号后有没有空格，引号、括号是否成对",
        ) from None
    except yaml.YAMLError:
        raise YamlError(1, "含有 YAML 不允许的控制字符", "删去看不见的字符，或重新输入这个文件") from None


class _Reader:
    """Builds a value from libyaml's events, which is how lines, doubled keys and depth can be seen at all."""

    def __init__(self, text: str) -> None:
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.text = text
        self.lines: dict[Keys, int] = {}
        self.spans: dict[Keys, tuple[int, int]] = {}

    def document(self) -> YamlDocument:
        value: Any = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                value = self._value(next(self.events), ())
                next(self.events)  # the document's end
                break
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise YamlError(_line(event), "一个文件里只能有一份 YAML 文档", "删去多余的「---」")
        return YamlDocument(value, self.lines, self.text, self.spans)

    def _value(self, event: Any, keys: Keys) -> Any:
        self._refuse_unsafe(event, keys)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(keys)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(keys)
        self.spans[keys] = event.start_mark.index, event.end_mark.index
        return _scalar(event)

    def _refuse_unsafe(self, event: Any, keys: Keys) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlError(
                _line(event), "不支持 YAML 的锚点和别名（& 和 *）", "把内容直接写出来；文字以 & 或 * 开头时加引号"
            )
        if event.tag not in _STRUCTURE_TAGS and event.tag != "!":
            raise YamlError(_line(event), f"不支持 YAML 标签 {event.tag}", "删去标签；文字以 ! 开头时加引号")
        if len(keys) > MAX_DEPTH:
            raise YamlError(_line(event), f"嵌套超过 {MAX_DEPTH} 层", "减少嵌套")

    def _mapping(self, keys: Keys) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlError(_line(event), "键必须是文字", "把键写成一个词")
            self._refuse_unsafe(event, keys)
            key = event.value
            if key in mapping:
                raise YamlError(_line(event), f"「{key}」写了两次", "合并为一处")
            self.lines[(*keys, key)] = _line(event)
            mapping[key] = self._value(next(self.events), (*keys, key))
        return mapping

    def _sequence(self, keys: Keys) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            item_keys = (*keys, len(items))
            self.lines[item_keys] = _line(event)
            items.append(self._value(event, item_keys))
        return items


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _scalar(event: Any) -> str | int | float | bool | None:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= 18 else text  # noqa: PLR2004 - longer than any count: an account or a code
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def write_yaml(mapping: Mapping[str, Any]) -> str:
    """Return a mapping as YAML that ``read_yaml`` reads back unchanged: keys in order, Chinese as it is, a fact a line."""
    return "".join(_entry(key, value) for key, value in mapping.items()) or "{}\n"


def _entry(key: str, value: Any) -> str:
    flow = None if isinstance(value, Mapping | list) else False
    text: str = yaml.dump(
        {key: value},
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=flow,
    )
    return text
