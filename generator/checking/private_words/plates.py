"""Number plates of vehicles (GA 36-2018)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checking.private_words.finding import MASK, OR_EXCEPT, Found
from generator.checking.private_words.numbers import OTHER_NUMBER

_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁"
_LETTER = "A-HJ-NP-Za-hj-np-z"
_PLATE = re.compile(
    rf"([{_PLACES}])([{_LETTER}])[ ·•・∙.\-]?(?:临[ ·]?)?"
    rf"([{_LETTER}0-9]{{4}}[警学挂临领试超港澳]|[{_LETTER}0-9]{{5,6}}[临]?)(?![0-9A-Za-z])"
)
_NEW_ENERGY = re.compile(r"[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]", re.IGNORECASE)
_WORD_ENDS = {
    "新": "创更高革最崭翻刷全从重出清日",
    "云": "政里讯华上",
    "青": "知杨常",
    "宁": "南安咸海辽",
    "川": "四银汶",
    "黑": "扫打漆",
    "贵": "富珍宝",
}
"""Characters before which make a word of the character that would name a province: 「创新B20231号」."""
_LEAST_DIGITS = 3
_MOST_LETTERS = 2
_NEW_LENGTH = 6


def plates(text: str) -> Iterator[Found]:
    """Find number plates; ``text`` is of half width. Five characters behind the letter, six for new energy."""
    for match in _PLATE.finditer(text):
        body = match[3]
        own = body.rstrip("警学挂临领试超港澳")
        digits = sum(character.isdigit() for character in own)
        if digits < _LEAST_DIGITS or len(own) - digits > _MOST_LETTERS:
            continue
        if len(own) == _NEW_LENGTH and not _NEW_ENERGY.fullmatch(own):
            continue
        if text[: match.start()][-1:] and text[match.start() - 1] in _WORD_ENDS.get(match[1], ""):
            continue
        if OTHER_NUMBER.search(text[max(0, match.start() - 6) : match.start()]):
            continue
        shown = f"{match[1]}{match[2].upper()}{'*' * (len(own) - 2)}{body[len(own) - 2 :]}"
        yield Found(*match.span(), "车牌号", "error", shown, f"{MASK}；{OR_EXCEPT}")
