from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pytest

from generator.content.markdown import Block, read_blocks
from generator.content.numbering import Label, read_label
from generator.content.schema import record_from
from generator.content.yaml_reading import read_yaml
from generator.importing.imported import ImportedText, import_document
from generator.importing.proposals import propose_record
from generator.importing.reading import read_document
from tests.cases_reader import ROOT, case_names, read_case
from tests.documents.docx_making import make_docx

PLACES = ROOT / "content" / "places"
REPORTS = [path.relative_to(PLACES).as_posix() for path in sorted(PLACES.rglob("*.md"))]
CASES = [name for name in case_names("import") if name.startswith("docx-")]


def import_docx(source: str) -> ImportedText:
    return import_document(read_document(make_docx(source), "report.docx"))


@pytest.mark.parametrize("name", CASES)
def test_reads_what_word_prints(name: str) -> None:
    case = read_case("import", name)
    imported = import_docx(case["docx"])
    assert (imported.title or "") == case["title"].strip()
    assert imported.text == case["text"].strip("\n") + "\n"
    assert imported.document.unexplained == 0
    told = "\n".join(note.what for note in imported.document.notes)
    assert [what for what in case.get("notes", "").splitlines() if what not in told] == []


@pytest.mark.parametrize("name", [name for name in CASES if "record" in read_case("import", name)])
def test_proposes_what_the_document_states(name: str) -> None:
    case = read_case("import", name)
    expected = read_yaml(case["record"].encode()).value
    proposed = msgspec.to_builtins(propose_record(import_docx(case["docx"]), 2023))
    dates = {key: date for key, date in proposed["dates"].items() if date is not None}
    stated = {**proposed, "issuer": list(proposed["issuer"]), "dates": dates}
    assert {key: stated[key] for key in expected} == expected


def block_lines(block: Block) -> Iterator[str]:
    """Return the lines of the making language that print a block of a report with its numbers typed."""
    if block.kind == "table":
        yield from ("row: " + " | ".join(row) for row in block.rows)
    else:
        yield block.text


def report_source(path: str) -> tuple[str | None, str, list[Block]]:
    base = PLACES / path
    record = record_from("report", read_yaml(base.with_suffix(".yml").read_bytes()).value)
    text = base.read_bytes().decode()
    return record.title, text, list(read_blocks(text))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("styled", [True, False])
def test_real_reports_come_through_with_typed_numbers(report: str, styled: bool) -> None:  # noqa: FBT001
    title, text, blocks = report_source(report)
    lines = [f"title: {title}"] if title else []
    for block in blocks:
        heading = f"heading {block.level}: " if styled and block.kind == "heading" else ""
        lines += [heading + line for line in block_lines(block)]
    imported = import_docx("\n".join(lines))
    assert (imported.title, imported.text) == (title, text)


class AutomaticNumbers:
    """Lists that print the numbers of a report, made as they are met: one for each run of numbers that counts by one."""

    def __init__(self) -> None:
        self.definitions: list[str] = []
        self.written: list[str] = []
        self._last: dict[str, tuple[str, int]] = {}

    def line(self, text: str) -> str:
        found = read_label(text)
        level_text = found and level_text_of(found[0], text)
        if not found or not level_text:
            return text
        label, rest = found
        list_name, last = self._last.get(level_text, ("", -1))
        if label.ordinal != last + 1:
            list_name = f"n{len(self.definitions)}"
            self.definitions.append(f"list {list_name}: {level_text} start={label.ordinal}")
        self._last[level_text] = (list_name, label.ordinal)
        self.written.append(label.printed)
        return f"auto {list_name} 0: {rest}"


def level_text_of(label: Label, text: str) -> str | None:
    """Return the format and text of a level that prints a label; None where Word's automatic numbers never print it so."""
    number_format = "chineseCountingThousand" if label.style.startswith("han") else "decimal"
    digits = re.sub(r"[^0-9一二三四五六七八九十]", "", label.printed)
    spaced = text[len(label.printed) :][:1].isspace() or not digits or " " in label.printed
    return None if spaced else f"{number_format} {label.printed.replace(digits, '%1', 1)}"


@pytest.mark.parametrize("report", REPORTS)
def test_real_reports_come_through_with_automatic_numbers(report: str) -> None:
    title, text, blocks = report_source(report)
    numbers = AutomaticNumbers()
    lines = [f"title: {title}"] if title else []
    lines += [numbers.line(line) for block in blocks for line in block_lines(block)]
    imported = import_docx("\n".join([*numbers.definitions, *lines]))
    assert (imported.title, imported.text) == (title, text)
    written = [note for note in imported.document.notes if note.kind == "written_out"]
    assert sum(note.count for note in written) == len(numbers.written) > 0
