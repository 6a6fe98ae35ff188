"""Figures added to a ``YEAR.yml`` that is there: the lines that an editor wrote stay as they are, byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from generator.content.schema import record_from
from generator.content.yaml_reading import YamlDocument, YamlError, read_yaml
from generator.importing.document import ImportRefusedError
from generator.model import Figure, ReportRecord

_PLAIN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fffA-Za-z0-9.%，。、；（）《》“”—]*")
"""Words that need no quotes in YAML's flow style."""


def figure_line(figure: Figure) -> str:
    """Return a figure as one item of YAML, without its dash."""
    qualifier = "" if figure.qualifier == "exact" else f", qualifier: {figure.qualifier}"
    confirmed = ", confirmed: true" if figure.confirmed else ""
    return (
        f"{{indicator: {figure.indicator}, value: {figure.value}, unit: {_scalar(figure.unit)}{qualifier}, "
        f"quote: {_scalar(figure.quote)}{confirmed}}}"
    )


def add_figures(content: bytes, figures: Sequence[Figure]) -> bytes:
    """Return a ``YEAR.yml`` with figures added after those that it has.

    Raise ImportRefusedError for a file in which they cannot be added without touching what an editor wrote.
    """
    try:
        document = read_yaml(content)
        value = document.value or {}
        lines = content.decode("utf-8-sig").splitlines()
        added = "\n".join(_with_figures(lines, document, [figure_line(each) for each in figures])) + "\n"
        wanted = {**value, "figures": [*(value.get("figures") or []), *map(_plain, figures)]}
        unread = read_yaml(added.encode()).value != wanted
    except YamlError as error:
        raise ImportRefusedError(f"第 {error.line} 行：{error.message}", error.hint) from None
    if unread:
        raise ImportRefusedError("figures 的写法程序不会接着写", "每个数据写一行，前面加「- 」")
    return added.encode()


def _with_figures(lines: list[str], document: YamlDocument, items: list[str]) -> list[str]:
    value = document.value or {}
    recorded = value.get("figures") if isinstance(value, dict) else None
    if not value:  # an empty file, or {}
        kept = [line for line in lines if line.strip() not in {"{}", "---", ""}]
        return [*kept, "figures:", *(f"- {item}" for item in items)]
    if not recorded:
        kept = [line for line in lines if not re.match(r"figures\s*:", line)]
        return [*kept, "figures:", *(f"- {item}" for item in items)]
    last = document.line_of(("figures", len(recorded) - 1))
    dash = re.match(r"\s*-", lines[last - 1])
    if dash is None:
        raise YamlError(last, "figures 写在一行里，程序不会接着写", "每个数据写一行，前面加「- 」")
    following = [line for keys, line in document.lines.items() if len(keys) == 1 and line > last]
    end = min(following, default=len(lines) + 1) - 1
    while end > last and not lines[end - 1].strip():
        end -= 1
    return [*lines[:end], *(f"{dash.group()} {item}" for item in items), *lines[end:]]


def _plain(figure: Figure) -> dict[str, object]:
    """Return a figure as its item reads."""
    value = read_yaml(f"- {figure_line(figure)}\n".encode()).value
    record: ReportRecord = record_from("report", {"figures": value})
    if record.figures != (figure,):
        raise YamlError(1, f"「{figure.quote}」写不成 YAML", "手工填写这一个")
    item: dict[str, object] = value[0]
    return item


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
