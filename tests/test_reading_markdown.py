from __future__ import annotations

import pytest

from generator.content.schema import record_from
from generator.content.yaml_reading import read_yaml
from generator.importing.document import ImportRefusedError
from generator.importing.imported import ImportedText, import_document
from generator.importing.reading import read_document
from tests.cases_reader import ROOT, case_names, read_case

CASES = [name for name in case_names("import") if name.startswith("md-")]
PLACES = ROOT / "content" / "places"
REPORTS = [path.relative_to(PLACES).as_posix() for path in sorted(PLACES.rglob("*.md"))]
BODY = "全年开展法治宣传工作。\n"


def import_markdown(source: str) -> ImportedText:
    return import_document(read_document(source.encode(), "report.md"))


@pytest.mark.parametrize("name", CASES)
def test_reads_the_words_without_the_marks(name: str) -> None:
    case = read_case("import", name)
    imported = import_markdown(case["markdown"])
    assert (imported.title or "") == case["title"].strip()
    assert imported.text == case["text"].strip("\n") + "\n"
    assert imported.document.unexplained == 0
    told = "\n".join(note.what for note in imported.document.notes)
    assert [what for what in case.get("notes", "").splitlines() if what not in told] == []


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("titled", [True, False])
def test_a_report_of_the_site_imports_to_itself(report: str, titled: bool) -> None:  # noqa: FBT001
    path = PLACES / report
    text = path.read_bytes().decode()
    record = record_from("report", read_yaml(path.with_suffix(".yml").read_bytes()).value)
    imported = import_markdown(f"# {record.title}\n\n{text}" if titled and record.title else text)
    assert imported.text == text
    assert imported.title == (record.title if titled else None)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('<div align="center">报告</div>\n\n' + BODY, "第 1 行起有一段 HTML"),
        ("> " * 60 + "深处的话\n\n" + BODY, "嵌套过深"),
        ("法\n" * 1_100_000, "不像是一份报告"),
        ("---\ntitle: 法治政府建设年度报告\n---\n", "没有正文"),
    ],
)
def test_refuses_what_it_cannot_read_whole(source: str, told: str) -> None:
    with pytest.raises(ImportRefusedError, match=told) as refused:
        import_markdown(source)
    assert refused.value.hint


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000,
        "*法 **治 " * 5_000,
        "`" * 20_000 + "法",
        "- " * 15 + "法",
        "|法" * 2_000 + "|\n" + "|-" * 2_000 + "|\n",
    ],
)
def test_endless_marks_lose_no_words(source: str) -> None:
    assert import_markdown(f"{BODY}\n{source}\n").document.unexplained == 0


def test_a_report_that_is_all_one_list_keeps_every_number() -> None:
    source = "\n".join(f"{number}. 第{number}项工作" for number in range(7, 2_000))
    assert import_markdown(source).text.split("\n\n")[-1] == "1999. 第1999项工作\n"
