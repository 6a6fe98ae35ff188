"""The code points that fonts give to a printed character where people would write another one."""

from __future__ import annotations

import unicodedata

_RADICALS_START = "\u2e80"
_RADICALS = dict(
    zip(
        "⺒⺓⺟⺠⺩⺫⺬⺮⺷⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "巳幺母民王目示竹羊虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""The CJK Radicals Supplement has no decompositions; these look like the character that they stand for."""
_KANGXI, _KANGXI_END = "\u2f00", "\u2fd5"
_DOOR = {"\u2f3e": "户"}
"""Unicode decomposes ⼾ to the traditional 戶; the fonts of mainland texts draw 户 for both."""
_COMPATIBLE = (("\uf900", "\ufaff"), ("\U0002f800", "\U0002fa1f"))
_LIGATURES = ("\ufb00", "\ufb06")
_MARKS = {"\u2012": "–", "\u2015": "—", "\u2215": "／", "\u2329": "〈", "\u232a": "〉", "\u301c": "～"}
"""Marks that fonts draw with the glyph of the one on the right, so that a PDF may name either."""


def ordinary(char: str) -> str:
    """Return the ordinary character for a radical (⼀, ⻔) or compatibility ideograph or a dash, and the letters of a ligature (ﬁ)."""
    if char in _MARKS:
        return _MARKS[char]
    if char < _RADICALS_START:
        return char
    if char in _RADICALS or char in _DOOR:
        return _RADICALS.get(char) or _DOOR[char]
    if any(start <= char <= end for start, end in _COMPATIBLE):
        return unicodedata.normalize("NFC", char)
    if _KANGXI <= char <= _KANGXI_END or _LIGATURES[0] <= char <= _LIGATURES[1]:
        return unicodedata.normalize("NFKC", char)
    return char
