"""Texts that no township writes: import ends, explains every character, and joins nothing into one endless paragraph."""

from __future__ import annotations

import pytest

from generator.content.parse import parse_report
from generator.importing.imported import import_document
from generator.importing.reading import read_document
from generator.model import ReportRecord

HEAD = "青石桥镇2023年法治政府建设年度报告\n"
TEXTS = {
    "numbers without end": "1.法治工作情况\n" * 20_000,
    "no stop anywhere": ("法治政府建设工作推进情况良好并且继续推进" * 2 + "\n") * 5_000,
    "one line": "法治，" * 100_000,
    "a quote that never closes": "（一）“法治。" + "工作。" * 50_000,
    "quotes within quotes": "“" * 50_000 + "法\n" + "”" * 50_000,
    "headings alone": "一、工作\n" * 20_000,
    "a table without end": "法\t治\n" * 20_000,
    "marks of Markdown": "# 法\n- 法\n| 法 |\n![法](法)\n\\#\n<b>法</b>\n" * 2_000,
    "dashes": "- " * 50_000 + "法",
}


@pytest.mark.parametrize("name", TEXTS)
def test_import_ends_and_loses_nothing(name: str) -> None:
    imported = import_document(read_document((HEAD + TEXTS[name]).encode(), "report.txt"))
    report = parse_report("qingshiqiao-zhen", 2023, imported.text, ReportRecord(imported.title))
    printed = sum(1 for char in HEAD + TEXTS[name] if not char.isspace())
    dropped = sum(len("".join((repair.text or "").split())) for repair in imported.repairs if repair.kind == "drop")
    assert report.characters + len(imported.title or "") + dropped == printed
