"""A web page saved as one file (MHTML, RFC 2557) -> its pages, the one that was saved first."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import Message

from generator.importing.document import ImportRefusedError

MAX_BYTES = 40_000_000
_MAX_LINES = 1_000_000
_MAX_PARTS = 2_000
_MAX_LEVELS = 20
_MAX_PAGES = 10
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page of an archive: its bytes, and the encoding that its part declares ("" for none)."""

    content: bytes
    charset: str


@dataclass(frozen=True, slots=True)
class WebArchive:
    """The pages of an archive, the one that was saved first, then its frames; the address it was saved from."""

    pages: tuple[ArchivedPage, ...]
    address: str


def open_archive(content: bytes) -> WebArchive:
    """Open an archive. Raise ImportRefusedError for one that is broken or beyond the limits."""
    if len(content) > MAX_BYTES:
        raise ImportRefusedError(f"网页归档有 {len(content):,} 字节，超过上限 {MAX_BYTES:,}", _HINT)
    lowered = content.lower()
    if content.count(b"\n") > _MAX_LINES or lowered.count(b"content-type:") > _MAX_PARTS:
        raise ImportRefusedError("网页归档的部分太多", _HINT)
    if lowered.count(b"boundary=") > _MAX_LEVELS:  # each nested archive makes the parser call itself
        raise ImportRefusedError("网页归档套得太深", _HINT)
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() in _PAGE_TYPES]
        address = _header(message, "Snapshot-Content-Location")
        start = _header(message, "start") or str(message.get_param("start", ""))
        parts.sort(key=lambda part: not _is_saved(part, address, start))
        pages = tuple(_page(part) for part in parts[:_MAX_PAGES])
    except (ValueError, LookupError, TypeError, RecursionError):
        raise ImportRefusedError("网页归档已损坏，读不完整", _HINT) from None
    address = address or (_header(parts[0], "Content-Location") if parts else "")
    return WebArchive(pages, address)


_HINT = "在浏览器里打开它，另存为「网页，仅 HTML」后再导入"


def _header(part: Message, name: str) -> str:
    return " ".join(str(part.get(name, "")).split())


def _is_saved(part: Message, address: str, start: str) -> bool:
    """Tell the page that was saved from its frames."""
    if address and _header(part, "Content-Location") == address:
        return True
    return bool(start) and _header(part, "Content-ID") == start


def _page(part: Message) -> ArchivedPage:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return ArchivedPage(content, (part.get_content_charset() or "").lower())
