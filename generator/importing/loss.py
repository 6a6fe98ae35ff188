"""The loss report of an import: characters in, characters out, and every difference between the two."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.wording import REPAIR_NAMES
from generator.importing.filing import ImportPlan
from generator.importing.text import ImportedText
from generator.model import Repair


def loss_report(imported: ImportedText, plan: ImportPlan) -> str:
    """Tell an editor in plain Chinese what an import read, wrote, repaired and could not know."""
    return "\n".join(_lines(imported, plan)) + "\n"


def _lines(imported: ImportedText, plan: ImportPlan) -> Iterator[str]:
    read = _printed(imported.decoded.text)
    dropped = sum(_printed(repair.text or "") for repair in imported.repairs if repair.kind == "drop")
    yield f"{plan.place} {plan.year}：{imported.title or '（原文没有题名）'}"
    yield f"  读入 {read:,} 字（{imported.decoded.encoding}），写出 {read - dropped:,} 字，去掉 {dropped:,} 字（空格和换行不计）"
    if not imported.repairs:
        yield "  没有需要修复的地方"
    for kind, name in REPAIR_NAMES.items():
        repairs = [repair for repair in imported.repairs if repair.kind == kind]
        if repairs:
            yield f"  {name}：{sum(repair.count or 1 for repair in repairs)} 处"
            yield from (f"    {_told(repair)}" for repair in repairs)
    if plan.new_places:
        yield f"  新建地方：{'、'.join(plan.new_places)}（名称取自正文，请核对）"
    if plan.record.figures:
        sure = sum(figure.confirmed for figure in plan.record.figures)
        yield f"  数据：{len(plan.record.figures)} 个，已确认 {sure} 个（其余请逐个对照原话，核对后加上 confirmed: true）"
    if plan.unknown:
        yield f"  文件里没有、因而留空：{'、'.join(plan.unknown)}"


def _told(repair: Repair) -> str:
    if repair.kind == "spaces":
        return "第 " + "、".join(map(str, repair.lines)) + " 行"
    return f"第 {repair.line} 行：{_visible(repair.text or '')}"


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else f"〔U+{ord(char):04X}〕" for char in text)


def _printed(text: str) -> int:
    return len("".join(text.removeprefix("\ufeff").split()))
