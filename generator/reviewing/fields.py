"""Records of the model compared field by field, in Chinese words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from generator.content.wording import LEVEL_NAMES, TEXT_STATE_NAMES
from generator.reviewing.review import FieldChange

_NAMES = {
    "title": "题名", "issuer": "发布机关", "dates.made": "成文日期", "dates.published": "公开日期",
    "dates.collected": "收录日期", "source.url": "来源网址", "source.file": "来源文件", "source.sha256": "来源文件校验值",
    "text_state": "文本状态", "roles": "法定内容（人工指定）", "topics": "主题（人工增减）", "commitments": "承诺后续",
    "corrections": "更正记录", "repairs": "修复记录", "name": "名称", "level": "层级", "code": "行政区划代码",
    "parent_unverified": "上级待核实", "former": "曾用地址", "predecessors": "承接自", "note": "说明", "unit": "单位",
    "units": "也可用的单位", "aliases": "别称和说法", "zero": "表示没有的说法", "excludes": "排除", "terms": "识别用词",
    "hints": "弱识别词", "kind": "种类", "marked": "书名号内的简称", "basis": "依据", "parent": "属于", "date": "日期", "what": "改了什么", "why": "为什么", "line": "行",
    "text": "文字", "after": "换成", "count": "几处", "lines": "各行", "commitment": "承诺", "year": "年份", "quote": "原话",
    "add": "补上", "remove": "去掉",
}  # fmt: skip
_SHOWN = 12
"""So many items of a list that were added or removed are told."""


def compare_fields(old: Any, new: Any, leave_out: frozenset[str] = frozenset()) -> tuple[FieldChange, ...]:
    """Compare two records, or a record with None; fields in ``leave_out`` are told elsewhere."""
    mine = {} if old is None else dict(_flat(msgspec.to_builtins(old), ""))
    other = {} if new is None else dict(_flat(msgspec.to_builtins(new), ""))
    found = []
    for key in dict.fromkeys((*mine, *other)):
        before, after = mine.get(key), other.get(key)
        if before != after and key.partition(".")[0] not in leave_out:
            found.append(_told(key, before, after))
    return tuple(found)


def _flat(value: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, each in value.items():
        if isinstance(each, Mapping) and key in {"dates", "source"}:
            yield from _flat(each, f"{key}.")
        elif each not in (None, False, [], (), {}):
            yield prefix + key, each


def _told(key: str, before: Any, after: Any) -> FieldChange:
    name = _NAMES.get(key, key)
    if isinstance(before, list | tuple | Mapping) or isinstance(after, list | tuple | Mapping):
        mine, other = _items(before), _items(after)
        kept = set(mine) & set(other)
        gone, come = [each for each in mine if each not in kept], [each for each in other if each not in kept]
        if gone or come:
            return FieldChange(name, _listed(gone), _listed(come))
        return FieldChange(name, _listed(mine), _listed(other))  # the same in another order
    return FieldChange(name, _scalar(key, before), _scalar(key, after))


def _items(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{key}：{_line(each)}" for key, each in value.items()]
    return [_line(each) for each in value or ()]


def _line(value: Any) -> str:
    """Tell an item of a list, which may be a record itself, in one line."""
    if isinstance(value, Mapping):
        return "，".join(
            f"{_NAMES.get(key, key)} {_line(each)}" for key, each in value.items() if each not in (None, [], (), "")
        )
    if isinstance(value, list | tuple):
        return "、".join(map(_line, value))
    return str(value)


def _listed(items: list[str]) -> str | None:
    if not items:
        return None
    more = f"；另有 {len(items) - _SHOWN:,} 项" if len(items) > _SHOWN else ""
    return "；".join(items[:_SHOWN]) + more


def _scalar(key: str, value: Any) -> str | None:
    if value is None:
        return None
    if key == "level":
        return LEVEL_NAMES.get(value, str(value))
    if key == "text_state":
        return TEXT_STATE_NAMES.get(value, str(value))
    return "是" if value is True else str(value)
