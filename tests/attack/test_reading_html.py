"""Web pages that nobody saves: reading ends, in a text with every character told or in a refusal that says what to do."""

from __future__ import annotations

import pytest

from generator.importing.document import Document, ImportRefusedError
from generator.importing.imported import import_document
from generator.importing.reading import read_document

BODY = "<p>清溪镇推进法治政府建设，取得成效。</p><p>一、工作情况</p><p>办理案件12件。</p><p>二、存在问题</p>"
PART = "Content-Type: text/html; charset=utf-8\n\n<html><body>" + BODY + "</body></html>\n"
ARCHIVE = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n"

READ = {
    "unclosed everything": f"<html><body><div><table><tr><td><ul><li><b><i><font><span>{BODY}",
    "nested as deep as may be": "<div>" * 200 + BODY,
    "an entity flood": BODY + "&amp;&#27861;" * 50_000,
    "unknown entities": BODY + "<p>" + "&lol9;" * 50_000,
    "entities that a document type makes": '<!DOCTYPE html [<!ENTITY a "法法"><!ENTITY b "&a;&a;">]>' + BODY + "&b;",
    "an entity from a file": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + BODY + "&x;",
    "a huge attribute": f"<div class='{'x ' * 2_000_000}' style='{'display:' * 200_000}'>{BODY}</div>",
    "a huge picture in an attribute": f"<img src='data:image/png;base64,{'A' * 12_000_000}'>{BODY}",
    "styles that never close": "<style>" + "/*" * 200_000 + "@" * 200_000 + "{" * 200_000 + "</style>" + BODY,
    "comments that never close": BODY + "<!--" * 100_000,
    "lists that never close": BODY + "<ol><li>" * 100,
    "list numbers beyond measure": BODY + "<ol start=999999 type=i><li value=-999999>法</li><li>治</li></ol>",
    "one paragraph of breaks": BODY + "<p>" + "法<br>" * 50_000,
    "many tables": BODY + "<table><tr><td>法</td><td>治</td></tr></table>" * 5_000,
    "an odd control": BODY + "<p>一、法\x01\x08治\x0c\x1f建设。</p>",
    "a few null bytes": BODY.replace("镇", "镇\0"),
    "lone surrogates": BODY + "&#xD800;&#xDFFF;&#x110000;&#0;",
    "attributes without names": BODY + "<p =法 '\"< ='>治</p>",
    "labels without values": BODY + "<i>来源</i><br>" * 40_000,
    "labels in one box": "<div>" + "来源<br>" * 40_000 + "</div>" + BODY,
    "labels with colons": "<div>" + "<b>发布日期：</b><i></i><br>" * 40_000 + "</div>" + BODY,
    "headings without end": "<h1>法治</h1>" * 20_000 + BODY,
    "boxes beside the article": "<div><p>法治建设取得新的成效。</p></div>" * 5_000 + BODY * 2_000,
    "links without end": BODY + "<a href=x>" * 5_000,
}
REFUSED = {
    "nested beyond measure": "<html>" + "<div>" * 100_000 + BODY,
    "breaks beyond measure": "<html>" + BODY + "<br>" * 1_000_000,
    "inline elements beyond measure": "<html>" + BODY + "<p>" + "<b>" * 1_000,
    "one text beyond measure": "<html><p>" + "法治。" * 4_000_000,
    "null bytes": "<html>" + BODY + "\0" * 1_000,
    "a span beyond measure": "<html>"
    + BODY
    + "<table border=1>"
    + "<tr><td colspan=99999>法</td><td>治</td></tr>" * 200,
    "no text": "<html>" + "<p></p>" * 1_000,
    "nothing": "   ",
}


def read(content: bytes, name: str = "page.html") -> Document:
    document = read_document(content, name)
    assert document.unexplained == 0
    import_document(document)
    return document


@pytest.mark.parametrize("name", READ)
def test_an_odd_page_is_read_without_losing_a_character(name: str) -> None:
    document = read(READ[name].encode())
    assert "清溪镇推进法治政府建设，取得成效。" in document.texts
    assert not any("root:" in text for text in document.texts)


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_beyond_measure_is_refused(name: str) -> None:
    with pytest.raises(ImportRefusedError):
        read(REFUSED[name].encode())


def test_a_page_of_forty_megabytes_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ImportRefusedError, match="超过上限"):
        read(b"<html>" + BODY.encode() * 300_000)


@pytest.mark.parametrize("cut", range(1, 400, 7))
def test_a_page_cut_short_is_read_or_refused(cut: int) -> None:
    content = f"<html><head><meta charset='utf-8'><title>法治政府</title></head><body>{BODY}</body></html>".encode()[
        :-cut
    ]
    try:
        read(content)
    except ImportRefusedError as refused:
        assert refused.hint  # noqa: PT017 - a page may also be read


NESTED = "".join(f"--b{at}\nContent-Type: multipart/mixed; boundary=b{at + 1}\n\n" for at in range(5_000))
ARCHIVES = {
    "archives in archives": ARCHIVE + NESTED,
    "parts beyond measure": ARCHIVE + ("--b0\n" + PART) * 5_000 + "--b0--\n",
    "lines beyond measure": ARCHIVE + "--b0\n" + PART + "\n" * 1_100_000,
    "no page in it": ARCHIVE + "--b0\nContent-Type: image/png\n\nx\n--b0--\n",
    "no boundary": "MIME-Version: 1.0\nContent-Type: multipart/related\n\n" + PART,
    "cut before its page": ARCHIVE,
    "a page that is no text": ARCHIVE
    + "--b0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nAAAA\n--b0--\n",
    "a broken transfer encoding": ARCHIVE
    + "--b0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!\n--b0--\n",
    "a page beyond measure": ARCHIVE + "--b0\nContent-Type: text/html\n\n" + "x" * 21_000_000 + "\n--b0--\n",
}


def test_archives_in_archives_are_refused_before_the_parser_calls_itself() -> None:
    page = f"--b40\n{PART}--b40--\n"
    nested = "".join(f"--b{at}\nContent-Type: multipart/mixed; boundary=b{at + 1}\n\n" for at in range(40))
    with pytest.raises(ImportRefusedError, match="套得太深"):
        read((ARCHIVE + nested + page).encode(), "page.mhtml")


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_beyond_measure_is_refused(name: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        read(ARCHIVES[name].encode(), "page.mhtml")
    assert refused.value.hint


def test_an_archive_is_read_whatever_its_parts_declare() -> None:
    part = PART.replace("charset=utf-8", 'charset="no-such-charset"')
    assert read(f"{ARCHIVE}--b0\n{part}--b0--\n".encode(), "page.mhtml").texts[1] == "一、工作情况"
    assert read(f"{ARCHIVE}--b0\n{part}".encode(), "page.mhtml").texts[1] == "一、工作情况"
