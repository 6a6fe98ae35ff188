"""A comparison in the words of the command: lines for a terminal, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import msgspec

from generator.comparing.anchors import change_anchors
from generator.comparing.brief import count_kinds
from generator.comparing.comparison import Change, ChangeKind, Comparison, Edit, FigureChange, Part, Similarity
from generator.content.wording import ROLE_NAMES

CHANGE_NAMES: Mapping[ChangeKind, str] = {
    "kept": "保留",
    "reworded": "改写",
    "moved": "移动",
    "split": "拆分",
    "merged": "合并",
    "added": "新增",
    "removed": "删去",
}
PART_NAMES: Mapping[Part, str] = {
    "measures": ROLE_NAMES["measures"],
    "shortcomings": ROLE_NAMES["shortcomings"],
    "leader_duty": ROLE_NAMES["leader_duty"],
    "plan": ROLE_NAMES["plan"],
    "other": ROLE_NAMES["other"],
    "preamble": ROLE_NAMES["preamble"],
    "whole": "全文",
}
_SIGNS = {"equal": ("", ""), "insert": ("{+", "+}"), "delete": ("[-", "-]")}


def told_counts(counts: Mapping[ChangeKind, int]) -> str:
    """Tell counts in one line: 保留 40 句，改写 12 句，新增 3 句."""
    told = "，".join(f"{name} {counts[kind]:,} 句" for kind, name in CHANGE_NAMES.items() if counts.get(kind))
    return told or "没有可比的句子"


def format_json(comparison: Comparison, similarity: Mapping[Part, Similarity]) -> str:
    """Return a comparison as JSON (design: Commands, ``gongkai diff --format json``).

    ``similarity`` gives the cosine of each part; ``similarity_measures`` all four measures.
    """
    value: dict[str, Any] = {
        "old": comparison.old,
        "new": comparison.new,
        "comparable": comparison.comparable,
        "reason": comparison.reason,
        "coarse": comparison.coarse,
        "changes": [
            _change(change, anchor)
            for change, anchor in zip(comparison.changes, change_anchors(comparison.changes), strict=True)
        ],
        "figures": [
            {"indicator": each.indicator, "unit": each.unit, "old": each.old_value, "new": each.new_value}
            for each in comparison.figures
        ],
        "similarity": {part: each.cosine for part, each in similarity.items()},
        "similarity_measures": {part: asdict(each) for part, each in similarity.items()},
        "copied": dict(comparison.copied or {}),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def format_text(comparison: Comparison, names: Mapping[str, str]) -> str:
    """Return a comparison in lines: the summary, the figures that moved, then every change but what was kept.

    ``names`` are those of indicators. Inserted words stand in ``{+ +}``, deleted ones in ``[- -]``, as ``git`` has them.
    """
    return "\n".join(_lines(comparison, names)) + "\n"


def _lines(comparison: Comparison, names: Mapping[str, str]) -> Iterator[str]:
    yield f"{comparison.old} → {comparison.new}"
    if comparison.reason:
        yield f"不能比较：{comparison.reason}"
        return
    yield told_counts(count_kinds(comparison.changes))
    if comparison.coarse:
        yield "文本过长，只比到句，没有比到词"
    copied = comparison.copied or {}
    yield "照录去年文字的比例：" + "，".join(
        f"{PART_NAMES[part]} {copied[part]:.0%}" for part in PART_NAMES if part in copied
    )
    moved = [each for each in comparison.figures if each.old_value != each.new_value]
    if moved:
        yield "\n数据"
        yield from (
            f"  {names.get(each.indicator, each.indicator)}：{told_figure(each, comparison.years)}" for each in moved
        )
    for role, name in ROLE_NAMES.items():
        own = [change for change in comparison.changes if change.role == role and change.kind != "kept"]
        if own:
            yield f"\n{name}"
            yield from (f"  {CHANGE_NAMES[change.kind]}　{marked(change.edits)}" for change in own)
    noise = sum(1 for change in comparison.changes if change.noise)
    if noise:
        yield f"\n另有 {noise} 句只有编号、标点、空格或年份写法的不同"


def told_figure(figure: FigureChange, years: tuple[int, int]) -> str:
    """Tell how a figure moved: 125 → 165 件（+40，+32.0%）."""
    if figure.old_value is None or figure.new_value is None:
        known, silent = (figure.new_value, years[0]) if figure.old_value is None else (figure.old_value, years[1])
        return f"{known:,} {figure.unit}（{silent}年没有写）"
    difference = round(figure.new_value - figure.old_value, 4)
    share = f"，{difference / figure.old_value:+.1%}" if figure.old_value and figure.unit != "%" else ""
    points = " 个百分点" if figure.unit == "%" else ""
    return f"{figure.old_value:,} → {figure.new_value:,} {figure.unit}（{difference:+,}{points}{share}）"


def marked(edits: Iterable[Edit]) -> str:
    """Return edits as one text; of noise, what the new report prints."""
    return "".join(
        ("" if edit.op == "delete" else edit.text) if edit.noise else edit.text.join(_SIGNS[edit.op]) for edit in edits
    )


def _change(change: Change, anchor: str) -> dict[str, Any]:
    return {
        "id": anchor,
        "kind": change.kind,
        "role": change.role,
        "old": [clause.text for clause in change.old],
        "new": [clause.text for clause in change.new],
        "edits": [{"op": op, "text": text} for op, text in _plain(change.edits)],
        "noise": change.noise,
    }


def _plain(edits: Iterable[Edit]) -> Iterator[tuple[str, str]]:
    """Walk edits without the mark of noise, neighbours of one kind joined."""
    held: tuple[str, str] | None = None
    for edit in edits:
        if held and held[0] == edit.op:
            held = (edit.op, held[1] + edit.text)
            continue
        if held:
            yield held
        held = (edit.op, edit.text)
    if held:
        yield held
