"""Bytes of a plain-text file -> its lines, or a refusal that says what to do."""

from __future__ import annotations

import re

from generator.importing.document import Document, ImportRefusedError, Line, printed
from generator.importing.source_lines import split_lines

MAX_BYTES = 20_000_000

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_COMMON_HAN = re.compile("[的法政府工作年]")
_MAX_CONTROL_SHARE = 0.005
"""Word leaves a few control characters behind; a binary file is full of them."""


def read_plain_text(content: bytes) -> Document:
    """Read a plain-text file. Raise ImportRefusedError as ``decode_text`` does."""
    text, encoding = decode_text(content)
    texts = split_lines(text)
    return Document("text", encoding, tuple(map(Line, texts)), printed([text]), wrapped=True)


def decode_text(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: a byte order mark, else UTF-8, else GB18030 (GB 18030-2022, which holds GBK and GB2312).

    Raise ImportRefusedError for a file that is empty, too large, binary, or in none of these encodings.
    """
    if len(content) > MAX_BYTES:
        raise ImportRefusedError(f"文件有 {len(content):,} 字节，超过上限 {MAX_BYTES:,}", "检查是否选错了文件")
    text, encoding = _decode(content)
    if not text.strip("\ufeff \t\r\n\f\u3000"):
        raise ImportRefusedError("文件是空的", "检查文件是否完整，或重新另存为纯文本")
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > _MAX_CONTROL_SHARE * len(text):
        raise ImportRefusedError(
            "文件含有大量控制字符，不是纯文本", "检查是否选错了文件，或另存为 UTF-8 纯文本（.txt）"
        )
    if not _COMMON_HAN.search(text):
        raise ImportRefusedError("读不出报告常用的汉字，文件损坏或编码不明", "用 UTF-8 编码重新保存后再导入")
    return text, encoding


def _decode(content: bytes) -> tuple[str, str]:
    marks = (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8（带 BOM）"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    )
    marked = next(((codec, name) for mark, codec, name in marks if content.startswith(mark)), None)
    candidates = (marked,) if marked else (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
    for codec, name in candidates:
        try:
            return content.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise ImportRefusedError(
        "读不出文字：不是 UTF-8，也不是 GB18030", "检查是否选错了文件，或另存为 UTF-8 纯文本（.txt）"
    )
