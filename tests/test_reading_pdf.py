from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from generator.importing.document import ImportRefusedError
from generator.importing.readers.pdf.reader import read_pdf
from tests.cases_reader import ROOT, case_names, read_case
from tests.documents.filed_reports import REPORTS, blocks_of, imported_pdf, report
from tests.documents.pdf_making import make_pdf

NAMES = [name for name in case_names("import") if name.startswith("pdf-")]
INDENTED = '@page header="法治政府建设年度报告汇编" number="— {n} —" justify=yes'
BLOCKS = '@page size=12 leading=18 indent=0 after=9 latin=Times-Roman number="第 {n} 页 共 9 页"'
SHORT = """\
= 清溪镇2023年法治政府建设年度报告
一、主要举措和成效
镇党委、政府全年召开法治建设专题会议6次，研究解决问题11个，依法行政水平进一步提高。
二、存在的不足
执法人员中有法律专业背景的仅占三成，普法内容与群众需求贴得不紧，外出务工人员覆盖不足。
"""


@pytest.mark.parametrize("name", NAMES)
def test_imports_as_a_careful_editor_would(name: str) -> None:
    case = read_case("import", name)
    found = imported_pdf(make_pdf(case["pdf"]))
    assert found.text == case["text"].strip("\n") + "\n"
    assert (found.title or "") == case["title"].strip()
    assert found.document.unexplained == 0
    told = [note.what for note in found.document.notes]
    assert [word for word in case.get("notes", "").splitlines() if not any(word in what for what in told)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if "notes" not in read_case("import", name)])
def test_nothing_is_told_where_nothing_was_left_out(name: str) -> None:
    assert read_pdf(make_pdf(read_case("import", name)["pdf"])).notes == ()


@pytest.mark.parametrize("setting", [INDENTED, BLOCKS])
@pytest.mark.parametrize("name", REPORTS)
def test_real_reports_come_back(name: str, setting: str) -> None:
    text, title = report(name)
    head = [f"= {title}"] if title else []
    found = imported_pdf(make_pdf("\n".join([setting, *head, *(words for _, words in blocks_of(text))])))
    assert found.text == text
    assert found.title == title


def office_pdf(folder: Path, text: str, title: str | None, options: str = "") -> bytes:
    """The PDF that an office program makes of a report written as a Word file."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no office program")
    word = WordDocument()
    word.styles["Normal"].font.size = Pt(14)
    head = word.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(title or "").font.size = Pt(22)
    for _, words in blocks_of(text):
        paragraph = word.add_paragraph(words)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Pt(28)
        paragraph.paragraph_format.space_after = Pt(0)
    word.save(str(folder / "report.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", f"pdf{options}", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "report.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "report.pdf").read_bytes()


def test_a_real_report_comes_back_from_an_office_program(tmp_path: Path) -> None:
    text, title = report(REPORTS[0])
    found = imported_pdf(office_pdf(tmp_path, text, title))
    assert (found.title, found.text) == (title, text)


def test_a_file_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    text, title = report(REPORTS[0])
    forbid = {
        "RestrictPermissions": {"type": "boolean", "value": "true"},
        "PermissionPassword": {"type": "string", "value": "owner"},
    }
    content = office_pdf(tmp_path, text, title, f":writer_pdf_Export:{json.dumps(forbid)}")
    assert b"/Encrypt" in content
    assert imported_pdf(content).text == text


def test_the_title_that_a_file_tells_is_read_unless_it_is_a_file_name() -> None:
    body = "\n".join(SHORT.splitlines()[1:])
    told = make_pdf(body, title="Microsoft Word - 清溪镇2023年法治政府建设年度报告.docx")
    assert imported_pdf(told).title == "清溪镇2023年法治政府建设年度报告"
    assert imported_pdf(make_pdf(body, title="untitled")).title is None


def test_the_document_says_what_it_was() -> None:
    document = read_pdf(make_pdf(SHORT))
    assert (document.form, document.described, document.wrapped) == ("pdf", "PDF，1 页", False)
    assert document.characters == sum(len(line.split(" ")[-1]) for line in SHORT.splitlines())


def test_reading_is_the_same_each_time() -> None:
    content = make_pdf(read_case("import", "pdf-watermarks")["pdf"])
    assert read_pdf(content) == read_pdf(content)


def test_reading_works_from_any_folder_and_without_the_tests(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(make_pdf(SHORT))
    script = (
        "import json; from pathlib import Path; from generator.importing.readers.pdf.reader import read_pdf; "
        "print(json.dumps(read_pdf(Path('report.pdf').read_bytes()).texts))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=60
    )
    assert len(json.loads(done.stdout)) == 5


def test_a_scan_without_text_is_refused_with_advice() -> None:
    with pytest.raises(ImportRefusedError) as refused:
        read_pdf(make_pdf("@scan\n@break\n@scan"))
    assert "扫描" in refused.value.message
    assert "text_state: ocr" in refused.value.hint
