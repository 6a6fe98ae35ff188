"""Bytes of a plain-text file -> text, or a refusal that says what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BYTES = 20_000_000

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "这是 Word（.docx）或压缩文件，不是纯文本"),
    (b"\xd0\xcf\x11\xe0", "这是旧版 Word 或 WPS 文件，不是纯文本"),
    (b"%PDF", "这是 PDF 文件，不是纯文本"),
    (b"{\\rtf", "这是 RTF 文件，不是纯文本"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_COMMON_HAN = re.compile("[的法政府工作年]")
_MAX_CONTROL_SHARE = 0.005
"""Word leaves a few control characters behind; a binary file is full of them."""


class ImportRefusedError(ValueError):
    """A document that is not imported: ``message`` says why, ``hint`` what to do. Nothing has been written."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text and the name of the encoding it was read in."""

    text: str
    encoding: str


def decode_text(content: bytes) -> DecodedText:
    """Detect the encoding: a byte order mark, else UTF-8, else GB18030 (GB 18030-2022, which holds GBK and GB2312).

    Raise ImportRefusedError for a file that is empty, too large, binary, or in none of these encodings.
    """
    if len(content) > MAX_BYTES:
        raise ImportRefusedError(f"文件有 {len(content):,} 字节，超过上限 {MAX_BYTES:,}", "检查是否选错了文件")
    for signature, message in _SIGNATURES:
        if content.startswith(signature):
            raise ImportRefusedError(message, "在 Word、WPS 或 PDF 阅读器里另存为纯文本（.txt）后再导入")
    decoded = _decode(content)
    if not decoded.text.strip("\ufeff \t\r\n\f\u3000"):
        raise ImportRefusedError("文件是空的", "检查文件是否完整，或重新另存为纯文本")
    controls = len(_CONTROL.findall(decoded.text))
    if "\0" in decoded.text or controls > _MAX_CONTROL_SHARE * len(decoded.text):
        raise ImportRefusedError(
            "文件含有大量控制字符，不是纯文本", "检查是否选错了文件，或另存为 UTF-8 纯文本（.txt）"
        )
    if not _COMMON_HAN.search(decoded.text):
        raise ImportRefusedError("读不出报告常用的汉字，文件损坏或编码不明", "用 UTF-8 编码重新保存后再导入")
    return decoded


def _decode(content: bytes) -> DecodedText:
    marks = (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8（带 BOM）"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    )
    marked = next(((codec, name) for mark, codec, name in marks if content.startswith(mark)), None)
    candidates = (marked,) if marked else (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
    for codec, name in candidates:
        try:
            return DecodedText(content.decode(codec), name)
        except UnicodeDecodeError:
            continue
    raise ImportRefusedError(
        "读不出文字：不是 UTF-8，也不是 GB18030", "检查是否选错了文件，或另存为 UTF-8 纯文本（.txt）"
    )
