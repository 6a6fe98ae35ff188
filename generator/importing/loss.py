"""The loss report of an import: characters in, characters out, and every difference between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.content.wording import REPAIR_NAMES
from generator.importing.document import Note, printed
from generator.importing.filing import ImportPlan
from generator.importing.imported import ImportedText
from generator.model import Repair


def loss_report(imported: ImportedText, plan: ImportPlan, doubts: Iterable[str] = ()) -> str:
    """Tell an editor in plain Chinese what an import read, wrote, repaired and could not know, and what to look at."""
    return "\n".join([*_lines(imported, plan), *(f"  请核对：{doubt}" for doubt in doubts)]) + "\n"


def _lines(imported: ImportedText, plan: ImportPlan) -> Iterator[str]:
    document = imported.document
    written = printed(document.texts)
    dropped = printed(repair.text or "" for repair in imported.repairs if repair.kind == "drop")
    yield f"{plan.place} {plan.year}：{imported.title or '（原文没有题名）'}"
    yield f"  读入 {document.characters:,} 字（{document.described}），写出 {written - dropped:,} 字{_told_dropped(dropped)}（空格和换行不计）"
    yield from (f"  {_noted(note)}" for note in document.notes)
    if not imported.repairs:
        yield "  没有需要修复的地方"
    for kind, name in REPAIR_NAMES.items():
        repairs = [repair for repair in imported.repairs if repair.kind == kind]
        if repairs:
            yield f"  {name}：{sum(repair.count or 1 for repair in repairs)} 处"
            yield from (f"    {_told(repair)}" for repair in repairs)
    if plan.new_places:
        named = "、".join(f"{record.name}（{path}）" for path, record in plan.new_places.items())
        yield f"  新建地方，请核对名称：{named}"
    if plan.record.figures:
        sure = sum(figure.confirmed for figure in plan.record.figures)
        yield f"  数据：{len(plan.record.figures)} 个，已确认 {sure} 个（其余请逐个对照原话，核对后加上 confirmed: true）"
    if plan.unknown:
        yield f"  文件里没有、因而留空：{'、'.join(plan.unknown)}"


def _told_dropped(dropped: int) -> str:
    return f"，去掉 {dropped:,} 字" if dropped else ""


_NOTE_VERBS = {"left_out": "不收", "written_out": "补写出", "kept": "收入正文"}
_SAMPLES, _SAMPLE_LENGTH = 3, 40


def _noted(note: Note) -> str:
    """Tell what the reader did: 「不收：页眉和页脚 2 处，36 字（如「…」）」."""
    characters = f"，{note.characters:,} 字" if note.characters else ""
    samples = "、".join(f"「{_visible(sample[:_SAMPLE_LENGTH])}」" for sample in note.samples[:_SAMPLES])
    return f"{_NOTE_VERBS[note.kind]}：{note.what} {note.count} 处{characters}{f'（{samples}）' if samples else ''}"


def _told(repair: Repair) -> str:
    if repair.kind == "spaces":
        return "第 " + "、".join(map(str, repair.lines)) + " 行"
    return f"第 {repair.line} 行：{_visible(repair.text or '')}"


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else f"〔U+{ord(char):04X}〕" for char in text)
