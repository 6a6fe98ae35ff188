"""PDF files that are broken, locked, or made to exhaust: each is refused in plain words, or read within bounds."""

from __future__ import annotations

import random
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]

from generator.importing.document import ImportRefusedError
from generator.importing.readers.pdf.apart import print_of
from generator.importing.readers.pdf.reader import read_pdf
from tests.documents.pdf_making import make_pdf

TEXT = "\n".join(
    [
        "= 清溪镇2023年法治政府建设年度报告",
        "一、主要举措和成效",
        *["镇党委、政府全年召开法治建设专题会议，研究解决问题，依法行政水平进一步提高。"] * 20,
    ]
)
WHOLE = make_pdf(TEXT)


def written(objects: dict[int, bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """Write objects as a PDF with a table of their places."""
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, max(objects) + 1))
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (max(objects) + 1, rows)
    return out + b"trailer\n<</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF" % (
        max(objects) + 1,
        root,
        trailer,
        start,
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def page_of(content: bytes, entries: bytes = b"", page: bytes = b"/MediaBox [0 0 595 842]") -> bytes:
    """Write a file of one page with this content, /F a font of Latin letters."""
    return written(
        {
            1: b"<</Type /Catalog /Pages 2 0 R>>",
            2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            3: b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F 5 0 R>> /XObject <</X 6 0 R>>>> "
            + page
            + b">>",
            4: stream(content, entries),
            5: b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
            6: stream(
                b"/X Do " * 50, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 6 0 R>>>>"
            ),
        }
    )


PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>"
BOMB = zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)
REFUSED = {
    "nothing": b"",
    "a header alone": b"%PDF-1.7\n",
    "a header and noise": b"%PDF-1.7\n" + random.Random(1).randbytes(50_000),  # noqa: S311 - the same each time
    "half a file": WHOLE[: len(WHOLE) // 2],
    "a table of places that leads to itself": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1 /Prev 9>>\nstartxref\n9\n%%EOF",
    "pages that are their own parents": written(
        {1: b"<</Type /Catalog /Pages 2 0 R>>", 2: b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>>"}
    ),
    "pages nested without end": written(
        {1: b"<</Type /Catalog /Pages 2 0 R>>"}
        | {number: b"<</Type /Pages /Kids [%d 0 R] /Count 1>>" % (number + 1) for number in range(2, 3000)}
    ),
    "100,000 pages": written(
        {
            1: b"<</Type /Catalog /Pages 2 0 R>>",
            2: b"<</Type /Pages /Kids [%s] /Count 100000>>" % b" ".join(b"%d 0 R" % n for n in range(3, 500)),
        }
        | dict.fromkeys(range(3, 500), PAGE)
    ),
    "pages that are only counted": written(
        {1: b"<</Type /Catalog /Pages 2 0 R>>", 2: b"<</Type /Pages /Kids [] /Count 100000>>"}
    ),
    "a stream that unpacks to very much": page_of(BOMB, b"/Filter [/FlateDecode /FlateDecode]"),
    "characters without end": page_of(b"BT /F 9 Tf (" + b"x" * 400_000 + b") Tj ET"),
    "a page without a word": page_of(b""),
    "a form that draws itself": page_of(b"/X Do"),
    "brackets within brackets": page_of(b"[" * 200_000),
    "dictionaries within dictionaries": page_of(b"<<" * 200_000),
    "states saved without end": page_of(b"q " * 100_000),
    "words that are no Chinese": page_of(b"BT /F 9 Tf (" + b"Lorem ipsum dolor sit amet. " * 50 + b") Tj ET"),
    "numbers beyond all measure": page_of(
        b"BT /F 9 Tf 1 0 0 1 1e300 -1e300 Tm (abc) Tj ET", page=b"/MediaBox [0 0 1e30 1e30]"
    ),
    "a page of no size": page_of(b"BT /F 9 Tf (abc) Tj ET", page=b"/MediaBox [0 0 0 0]"),
    "pictures alone": make_pdf("@scan\n@break\n@scan"),
    "a password": make_pdf(TEXT, encrypt=StandardEncryption("secret", ownerPassword="owner")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_plain_words(name: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        read_pdf(REFUSED[name])
    assert refused.value.message
    assert not refused.value.message.endswith("。")
    assert refused.value.hint
    assert not refused.value.hint.endswith("。")


def test_a_password_is_named() -> None:
    with pytest.raises(ImportRefusedError, match="密码"):
        read_pdf(REFUSED["a password"])


def test_many_pages_are_named() -> None:
    with pytest.raises(ImportRefusedError, match="300 页"):
        read_pdf(REFUSED["100,000 pages"])


ENDLESS = {
    "objects that name each other": written({1: b"2 0 R", 2: b"1 0 R"}),
    "very many strokes": page_of(b"BT /F 9 Tf (x) Tj ET " * 400_000),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_reading_that_does_not_end_is_ended(name: str) -> None:
    with pytest.raises(ImportRefusedError, match=r"1 秒|时间"):
        print_of(ENDLESS[name], seconds=1)


@pytest.mark.parametrize("seed", range(12))
def test_damaged_bytes_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    damaged = bytearray(WHOLE)
    for _ in range(chance.choice((3, 30, 300))):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    try:
        document = read_pdf(bytes(damaged))
    except ImportRefusedError as refused:
        assert refused.hint  # noqa: PT017 - either way is right
    else:
        assert document.unexplained == 0


def test_rules_without_end_are_no_table_and_leave_the_text() -> None:
    lines = b"".join(b"%d 0 m %d 800 l S 0 %d m 800 %d l S " % (n, n, n, n) for n in range(0, 595, 1))
    with pytest.raises(ImportRefusedError, match="乱码"):
        read_pdf(page_of(lines * 5 + b"BT /F 9 Tf 50 50 Td (the words of this page are still read) Tj ET"))
