"""Word files made to break a reader: each is read whole or refused with a reason, and no other error gets out."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importing.document import ImportRefusedError
from generator.importing.imported import import_document
from generator.importing.readers.docx import package as docx_package
from generator.importing.readers.docx.reader import read_docx
from generator.importing.reading import read_document
from tests.documents.docx_making import NAMESPACES, make_docx

TEXT = "全年开展法治宣传12场。"
STRICT = (
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)
WORD = make_docx(f"title: 清溪镇2023年法治政府建设年度报告\n一、工作\n{TEXT}{{note 见附表}}")


def zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def words(text: str = TEXT) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def body(inside: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{inside}</w:body></w:document>"


def package(inside: str, **parts: str) -> bytes:
    """Return a Word file with a body and further parts (``styles``, ``numbering``, ``footnotes``)."""
    relations = "".join(f'<Relationship Id="{n}" Type="http://x/{n}" Target="{n}.xml"/>' for n in parts)
    relation_part = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    named = {f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{content}</w:{name}>" for name, content in parts.items()}
    return zipped({"word/document.xml": body(inside), "word/_rels/document.xml.rels": relation_part, **named})


def texts(content: bytes) -> list[str]:
    document = read_document(content, "report.docx")
    assert document.unexplained == 0
    return document.texts


def refusal(content: bytes) -> str:
    with pytest.raises(ImportRefusedError) as refused:
        read_docx(content)
    assert refused.value.hint
    return refused.value.message


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}, "Excel 表格"),
        ({"ppt/presentation.xml": "<a/>", "[Content_Types].xml": "<a/>"}, "PowerPoint 演示文稿"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "OpenDocument 文本"),
        ({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}, "OFD 版式文件"),
        ({"report.txt": TEXT}, "普通的压缩包"),
        ({"[Content_Types].xml": "<a/>"}, "没有 Word 正文"),
        ({"word/document.xml": "<a><b/></a>"}, "没有 Word 正文"),
        ({"word/document.xml": body("<w:p/>")}, "没有文字"),
        ({"word/document.xml": body("<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>")}, "只有图片"),
        ({"word/document.xml": "<w:document"}, "已损坏"),
        ({"word/document.xml": b"\xff\xfe\x00\x01"}, "已损坏"),
        ({f"word/media/{number}.png": "" for number in range(10_001)}, "多于 10,000 个"),
    ],
)
def test_refuses_by_name_what_is_no_document_of_word(parts: dict[str, str | bytes], told: str) -> None:
    assert told in refusal(zipped(parts))


def test_finds_the_main_part_by_what_the_package_names() -> None:
    relation = '<Relationship Id="a" Type="http://x/officeDocument" Target="/Inhalt/Text.xml"/>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    content = zipped(
        {"_rels/.rels": relations, "inhalt\\text.XML": body(words()), "word/document.xml": body(words("另一份"))}
    )
    assert texts(content) == [TEXT]


def test_reads_strict_documents_as_transitional_ones() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for transitional, strict in STRICT:
                content = content.replace(transitional.encode(), strict.encode())
            new.writestr(name, content)
    assert stream.getvalue() != WORD
    assert read_document(stream.getvalue(), "a.docx") == read_document(WORD, "a.docx")


def test_unpacks_no_more_than_the_limit() -> None:
    assert "解压后超过 40 MB" in refusal(zipped({"word/document.xml": b" " * 200_000_000}))


def test_a_size_that_lies_does_not_help_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_PART_BYTES", 1_000)
    honest = zipped({"word/document.xml": body(words() * 1_000)})
    size = len(body(words() * 1_000).encode()).to_bytes(4, "little")
    assert honest.count(size) == 2
    lying = honest.replace(size, (900).to_bytes(4, "little"))
    assert refusal(lying)


@pytest.mark.parametrize("kind", ["headers", "footers"])
def test_all_parts_together_are_limited(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_TOTAL_BYTES", 10_000)
    part = f"<w:hdr {NAMESPACES}>{words()}{' ' * 500}</w:hdr>"
    relations = "".join(f'<Relationship Id="{n}" Type="http://x/{kind[:-1]}" Target="{n}.xml"/>' for n in range(10))
    relation_part = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    parts: dict[str, str | bytes] = {f"word/{n}.xml": part for n in range(10)}
    content = zipped({"word/document.xml": body(words()), "word/_rels/document.xml.rels": relation_part, **parts})
    assert "解压后超过" in refusal(content)


def test_refuses_more_tags_than_a_report_has() -> None:
    assert "内容太多" in refusal(zipped({"word/document.xml": body("<w:p/>" * 4_000_000)}))


DECLARED = '<!DOCTYPE w:document [<!ENTITY a "法"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE w:document [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [DECLARED, EXTERNAL, '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/a.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_refuses_document_types_and_with_them_entities(declared: str, encoding: str) -> None:
    reference = "&b;" if "ENTITY" in declared else ""
    assert "DOCTYPE" in refusal(
        zipped({"word/document.xml": (declared + body(words(reference + TEXT))).encode(encoding)})
    )


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_refuses_a_file_that_was_cut_off(share: float) -> None:
    assert "解不开" in refusal(WORD[: int(len(WORD) * share)])


@pytest.mark.parametrize(
    ("offset", "value"), [(8, b"\x01\x00"), (10, b"\x0c\x00"), (10, b"\x0e\x00"), (10, b"\x63\x00")]
)
def test_refuses_encrypted_and_strangely_packed_entries(offset: int, value: bytes) -> None:
    content = bytearray(zipped({"word/document.xml": body(words())}))
    central = content.rindex(b"PK\x01\x02")
    content[central + offset : central + offset + 2] = value
    assert ("密码" if offset == 8 else "压缩方式") in refusal(bytes(content))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WORD) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_changed_bytes_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WORD)
    for at, value in changes:
        content[at] = value
    try:
        document = read_docx(bytes(content))
    except ImportRefusedError as refused:
        assert refused.hint  # noqa: PT017 - either outcome is right
    else:
        assert document.unexplained == 0


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:del>", "</w:del>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    ],
)
def test_nesting_ends_somewhere(opening: str, closing: str) -> None:
    assert "嵌套过深" in refusal(package(opening * 10_000 + words() + closing * 10_000))
    times = 240 // opening.count("<")
    document = read_document(package(words("一、工作") + opening * times + words() + closing * times), "a.docx")
    assert document.unexplained == 0


def test_a_hundred_thousand_paragraphs_are_read() -> None:
    numbered = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{TEXT}</w:t></w:r></w:p>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    lines = texts(package(numbered * 100_000, numbering=numbering))
    assert (len(lines), lines[0], lines[-1]) == (100_000, f"A.{TEXT}", f"100000.{TEXT}")


def test_a_table_of_twenty_thousand_rows_is_read() -> None:
    row = f"<w:tr><w:tc>{words('数')}</w:tc><w:tc>{words('据')}</w:tc></w:tr>"
    assert texts(package(f"<w:tbl>{row * 20_000}</w:tbl>")) == ["数\t据"] * 20_000


def test_a_cell_over_all_columns_of_the_world_is_one_cell_of_a_table() -> None:
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{words("甲")}</w:tc><w:tc>{words("乙")}</w:tc></w:tr>'
    assert texts(package(f"<w:tbl>{wide}</w:tbl>")) == ["甲" + "\t" * 63 + "乙"]


def test_chains_of_styles_and_lists_that_bite_their_tails_end() -> None:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{own}"><w:basedOn w:val="{base}"/>'
        f'<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr></w:style>'
        for kind, own, base, number in (
            ("paragraph", "a", "b", 1),
            ("paragraph", "b", "a", 1),
            ("paragraph", "c", "c", 2),
            ("numbering", "l", "", 2),
            ("numbering", "m", "", 1),
        )
    )
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:numStyleLink w:val="{link}"/></w:abstractNum>'
        for n, link in (("0", "l"), ("1", "m"))
    ) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n - 1}"/></w:num>' for n in (1, 2))
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{TEXT}</w:t></w:r></w:p>' for style in "abc"
    )
    assert texts(package(paragraphs, styles=styles, numbering=numbering)) == [TEXT] * 3


def test_a_chain_of_ten_thousand_styles_is_followed() -> None:
    styles = '<w:style w:styleId="s0"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>' + "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n - 1}"/></w:style>' for n in range(10_000, 0, -1)
    )
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="s10000"/></w:pPr><w:r><w:t>{TEXT}</w:t></w:r></w:p>'
    document = read_document(package(paragraph, styles=styles), "a.docx")
    assert [line.outline for line in document.lines] == [3]


@pytest.mark.parametrize("value", ["-1", "99999999999999999999", "一", "", "1e9", "٣"])
def test_numbers_out_of_all_reason_are_no_numbers(value: str) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{value}"/><w:numFmt w:val="upperLetter"/>'
        f'<w:lvlRestart w:val="{value}"/><w:lvlText w:val="%1%9、"/></w:lvl><w:lvl w:ilvl="{value}"/></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="{value}"><w:startOverride w:val="{value}"/>'
        "</w:lvlOverride></w:num>"
    )
    properties = f'<w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{value}"/>'
    paragraph = f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
    assert texts(package(paragraph, numbering=numbering)) == [f"0、{TEXT}"]


def test_fields_that_never_end_or_never_begin_hide_no_text() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))
    code = "<w:r><w:instrText>TOC</w:instrText></w:r>"
    content = package(
        f"<w:p>{end}{separate}{begin}{code}{separate}</w:p>{words()}<w:p>{begin}{end}</w:p>{begin * 50_000}"
    )
    assert texts(content) == [TEXT]


def test_a_note_that_refers_to_itself_is_read_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>见本注</w:t></w:r>{reference}</w:p></w:footnote>'
    unread = f'<w:footnote w:id="2">{words("没有提到")}</w:footnote>'
    content = package(words() + f"<w:p>{reference}{reference}</w:p>", footnotes=note + unread)
    assert texts(content) == [TEXT, "见本注"]


def test_text_at_odd_places_is_not_lost() -> None:
    loose = "<w:r><w:t>散落的字</w:t></w:r>"
    inside = f"{loose}<w:tbl><w:tr><w:tc>{loose}</w:tc></w:tr></w:tbl><w:odd>{words('怪')}</w:odd><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    assert texts(package(words() + inside)) == [TEXT, "散落的字", "散落的字", "怪", "x"]


def test_line_ends_in_the_text_of_a_run_end_no_line() -> None:
    content = package(words("法\n治\u2028政\u0085府") + words())
    assert import_document(read_document(content, "a.docx")).text.split("\n\n")[0] == "法 治 政 府"
