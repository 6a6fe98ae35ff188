"""Whether the characters of a PDF are a text: refused are scans without text and fonts that hide what they print."""

from __future__ import annotations

import re
from collections import Counter

from generator.importing.document import ImportRefusedError
from generator.importing.readers.pdf.marks import Unmarked
from generator.importing.readers.pdf.print import Print

_FEWEST = 20
"""Characters on a page: a scan may bear a stamp or a page number in characters."""
_PICTURED = 0.3
_SHARE = 0.01
_TURNED = 0.3
_WATERMARK = 60
"""A watermark, however often it is printed, has not so many different characters."""
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]|\\(cid:\\d+\\)")
_HAN = re.compile("[\u3400-\u9fff]")
_COMMON = re.compile(
    "[的一是在不了有和人这中大为上个国法政府工作年镇乡村行治建设依民理全会行加强进执普委党众社公安项实制度对展开提管部务责以习近平]"
)
_COMMON_SHARE = 0.1
_OCR = "用识别软件（OCR）识别并逐字校对后，存成 Word 再导入，并在 YEAR.yml 里写 text_state: ocr；或向提供者要 Word 原件"
_WORD = "向提供者要 Word 原件（.docx），或用识别软件（OCR）识别并校对后再导入"


def refuse_unreadable(held: Print, unmarked: Unmarked) -> None:
    """Raise ImportRefusedError for a PDF whose characters give no text of the report."""
    text = "".join(glyph.text for page in unmarked.pages for glyph in page.glyphs if glyph.text.strip())
    pictured = sum(page.pictured > _PICTURED for page in held.pages)
    if len(text) < _FEWEST * len(held.pages) and pictured:
        raise ImportRefusedError("PDF 是扫描的图片，没有文字", _OCR)
    if len(text) < _FEWEST and held.told:
        raise ImportRefusedError(
            f"PDF 的页面上没有文字，内容在别处：{'、'.join(held.told)}", "取出其中的文件，或另存成普通 PDF 后再导入"
        )
    if len(text) < (1 - _TURNED) * held.characters and _words_lost(held, unmarked) > _WATERMARK:
        lost = held.characters - len(text)
        raise ImportRefusedError(f"PDF 有 {lost:,} 个字竖排、斜排或看不见，读不成正文", _WORD)
    if not text:
        raise ImportRefusedError("PDF 里没有文字", "检查是否选错了文件，或改用 Word 原件（.docx）")
    unknown = len(_PRIVATE.findall(text))
    if unknown > max(3.0, _SHARE * len(text)):
        raise ImportRefusedError(f"PDF 的字体没有说明有 {unknown:,} 处是什么字", _WORD)
    han = len(_HAN.findall(text))
    common = len(_COMMON.findall(text))
    if han < len(text) / 10 or common < _COMMON_SHARE * han:
        raise ImportRefusedError("PDF 读出的是乱码：字体的字符表不对", _WORD)


def _words_lost(held: Print, unmarked: Unmarked) -> int:
    """Count the different characters of which fewer are left than were printed."""
    lost: Counter[str] = Counter()
    for page, kept in zip(held.pages, unmarked.pages, strict=True):
        lost.update(glyph.text for glyph in page.glyphs)
        lost.subtract(glyph.text for glyph in kept.glyphs)
    return sum(1 for count in lost.values() if count > 0)
