"""Bytes of a file -> a document, by what the bytes are; the name decides only between text, Markdown and web pages."""

from __future__ import annotations

import re
from typing import Literal

from generator.importing.document import Document, ImportRefusedError

MAX_BYTES = 50_000_000
_LOST = 3
"""So few characters may differ in the two ways of counting: a mark of the file's own that neither names."""

FileKind = Literal["text", "markdown", "docx", "html", "mhtml", "pdf", "office"]
_SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"PK\x03\x04", "docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),  # the compound files of Word 97 and WPS
    (b"{\\rtf", "office"),
)
_PDF_REACH = 1024
"""A PDF may have other bytes before its header (ISO 32000-1, Annex H)."""
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WEB_ARCHIVE = re.compile(rb"(?:[A-Za-z-]+:.*\r?\n(?:[ \t].*\r?\n)*){0,20}?MIME-Version:", re.IGNORECASE)


def file_kind(content: bytes, name: str) -> FileKind:
    """Tell what a file is. ``office`` are the older files that only an office program reads."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    start = content[:_PDF_REACH]
    if b"%PDF-" in start:
        return "pdf"
    suffix = name.lower().rpartition(".")[2]
    if suffix in {"mht", "mhtml"} or (_WEB_ARCHIVE.match(start) and b"multipart/related" in start):
        return "mhtml"
    if suffix in {"htm", "html", "xhtml", "shtml"} or _WEB_PAGE.match(content.lstrip(b"\xef\xbb\xbf")[:_PDF_REACH]):
        return "html"
    return "markdown" if suffix in {"md", "markdown"} else "text"


def read_document(content: bytes, name: str) -> Document:
    """Read a document. Raise ImportRefusedError for a file that cannot be read, or of which more is lost than is told."""
    if len(content) > MAX_BYTES:
        raise too_large(len(content))
    document = _read(content, name)
    if abs(document.unexplained) > _LOST:
        message = f"有 {abs(document.unexplained):,} 个字说不清去向，为免漏字没有导入"
        raise ImportRefusedError(message, "另存为 .docx 或纯文本（.txt）后再导入，并请把原件发给维护者")
    return document


def too_large(size: int) -> ImportRefusedError:
    """Refuse a file for its size in bytes, before or after it is read."""
    return ImportRefusedError(f"文件有 {size:,} 字节，超过上限 {MAX_BYTES:,}", "检查是否选错了文件，或删去其中的图片")


def _read(content: bytes, name: str) -> Document:
    match file_kind(content, name):
        case "docx":
            from generator.importing.readers.docx.reader import read_docx  # noqa: PLC0415 - a text needs no reader of others

            return read_docx(content)
        case "pdf":
            from generator.importing.readers.pdf.reader import read_pdf  # noqa: PLC0415

            return read_pdf(content)
        case "html" | "mhtml" as kind:
            from generator.importing.readers.html.reader import read_html, read_web_archive  # noqa: PLC0415

            return read_html(content) if kind == "html" else read_web_archive(content)
        case "markdown":
            from generator.importing.readers.markdown.reader import read_markdown  # noqa: PLC0415

            return read_markdown(content)
        case "office":
            message = "这是旧版 Word 或 WPS 文件，只有办公软件能读"
            raise ImportRefusedError(message, "在 Word 或 WPS 里另存为 .docx 后再导入")
        case "text":
            from generator.importing.readers.plain_text import read_plain_text  # noqa: PLC0415

            return read_plain_text(content)
