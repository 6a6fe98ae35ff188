"""What a browser prints as PDF is read again."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from generator.importing.readers.pdf.reader import read_pdf
from tests.documents.filed_reports import REPORTS, blocks_of, imported_pdf, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def web_page(text: str, title: str | None, *, indent: bool) -> str:
    style = "p{text-indent:2em;margin:0}" if indent else "p{text-align:justify}"
    body = "".join(
        f"<h{level}>{html.escape(words)}</h{level}>" if level else f"<p>{html.escape(words)}</p>"
        for level, words in blocks_of(text)
    )
    head = f"<h1 style='font-size:26px;text-align:center'>{title}</h1>" if title else ""
    return (
        f"<html lang=zh><style>body{{font:16px/1.6 serif}} h2{{font-size:20px}} h3{{font-size:18px}} "
        f"h4{{font-size:17px}} {style}</style>{head}{body}"
    )


def test_real_reports_come_back_from_a_browser(browser: Browser) -> None:
    page = browser.new_page()
    for number, name in enumerate(REPORTS):
        text, title = report(name)
        page.set_content(web_page(text, title, indent=number % 2 == 0))
        margin = dict.fromkeys(("top", "bottom", "left", "right"), "2cm")
        content = page.pdf(format="A4", display_header_footer=True, margin=margin)  # type: ignore[arg-type]
        read = imported_pdf(content)
        assert (read.title, read.text) == (title, text), name
    page.close()


def test_radicals_of_a_browser_are_written_as_ordinary_characters(browser: Browser) -> None:
    words = "用户见到一长排门面，高标准推行工作人员立足岗位—以人民为中心。"
    page = browser.new_page()
    page.set_content(f"<html lang=zh><p>{words * 3}</p>")
    document = read_pdf(page.pdf())
    page.close()
    assert document.texts == [words * 3]
    assert document.unexplained == 0
