"""The bytes of a web page -> its markup, whatever its server or its author said of the encoding."""

from __future__ import annotations

import re

from generator.importing.document import ImportRefusedError

MAX_BYTES = 20_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8（带 BOM）"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_DECLARED = re.compile(
    rb"(?:<meta\b[^>]{0,300}?charset|<\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_DECLARED_REACH = 8_192
_CODECS = {
    "big5": ("big5hkscs", "Big5"),
    "big5-hkscs": ("big5hkscs", "Big5"),
    "utf-16le": ("utf-16-le", "UTF-16"),
    "utf-16be": ("utf-16-be", "UTF-16"),
    "hz-gb-2312": ("hz", "HZ"),
}
_FALLBACKS = (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
_LOST = "\ufffd"
_MAX_LOST = 50
"""So many broken characters may stand in a page's frame; in the article there may be none."""
_COMMON_HAN = re.compile("[的法政府工作年]")
_MAX_NULLS = 20


def decode_page(content: bytes, charset: str = "") -> tuple[str, str]:
    """Return the markup of a page and the name of its encoding.

    A byte order mark decides; then UTF-8, which no other encoding looks like; then what is declared (in the page, or in
    ``charset``), then GB18030, which holds GBK and GB2312. Raise ImportRefusedError for a file that is empty, too large,
    binary, or in none of these.
    """
    if len(content) > MAX_BYTES:
        hint = "在浏览器里只保存网页本身（「网页，仅 HTML」），或复制正文另存为纯文本（.txt）"
        raise ImportRefusedError(f"网页有 {len(content):,} 字节，超过上限 {MAX_BYTES:,}", hint)
    if not content.strip():
        raise ImportRefusedError("文件是空的", "检查文件是否完整，或在浏览器里重新保存网页")
    markup, name = _decoded(content, charset)
    if markup.count("\0") > _MAX_NULLS:
        raise ImportRefusedError("文件含有大量控制字符，不是网页", "检查是否选错了文件，或在浏览器里重新保存网页")
    return markup.replace("\0", "").removeprefix("\ufeff"), name


def _decoded(content: bytes, charset: str) -> tuple[str, str]:
    candidates = [(codec, name) for mark, codec, name in _MARKS if content.startswith(mark)][:1]
    if not candidates:
        found = _DECLARED.search(content[:_DECLARED_REACH])
        declared = (found.group(1).decode("ascii", "replace") if found else charset).lower()
        candidates = [_FALLBACKS[0], *([_CODECS[declared]] if declared in _CODECS else []), _FALLBACKS[1]]
    for codec, name in candidates:
        try:
            return content.decode(codec), name
        except UnicodeError:
            continue
    return _mostly(content, candidates)


def _mostly(content: bytes, candidates: list[tuple[str, str]]) -> tuple[str, str]:
    """Decode a page with a few broken characters in it, such as a headline cut in the middle of a character."""
    decoded = [(content.decode(codec, "replace"), name) for codec, name in candidates]
    markup, name = min(decoded, key=lambda each: each[0].count(_LOST))
    if markup.count(_LOST) > _MAX_LOST or not _COMMON_HAN.search(markup):
        raise ImportRefusedError("读不出文字：不是 UTF-8，也不是 GB18030", "在浏览器里重新打开并保存网页后再导入")
    return markup, name
