"""The value of number words: Arabic digits, Chinese numerals, and both mixed (「5万」「3千」「一百二十」「九十八点五」)."""

from __future__ import annotations

import re

HAN_DIGITS = "一二三四五六七八九"
_DIGITS = {**{each: number for number, each in enumerate(HAN_DIGITS, 1)}, "两": 2}
_SMALL_SCALES = (("thousands", 1000), ("hundreds", 100), ("tens", 10), ("ones", 1))
_D = rf"(?:\d+(?:\.\d+)?|[{HAN_DIGITS}两])"
_SECTION = re.compile(
    rf"(?P<thousands>{_D}?千(?=零|{_D}百|$))?(?:零?(?P<hundreds>{_D}?百(?=零|{_D}十|$)))?"
    rf"(?:零?(?P<tens>{_D}?十))?(?:零?(?P<ones>{_D}))?"
)
"""A numeral below 万. 一百二 is none: whether it says 102 or 120 is left unsaid."""
_VAGUE = str.maketrans("〇", "零", ",， 　上数几余多")
"""Not part of the value: separators of thousands, and the words that make a number a rough one (上千, 数百, 10余万)."""
_MOST_DIGITS = 15
_FRACTION_DIGITS = 6


def number_of(words: str) -> int | float | None:
    """Return the value of number words, or None where they are none: digits read one by one (二〇二三, 八五), 一百二.

    A scale alone counts once (百 is 100, 上千 is 1000): the least that it says.
    """
    if words.isdecimal():  # nearly always
        return int(words) if len(words) <= _MOST_DIGITS else None
    whole, _, fraction = words.translate(_VAGUE).partition("点")
    above, hundred_millions, rest = whole.rpartition("亿")
    middle, ten_thousands, ones = rest.rpartition("万")
    if (hundred_millions or ten_thousands) and len(ones) == 1:  # 三万五: the scale is left unsaid
        return None
    total: float = 0
    for part, scale_word, scale in ((above, hundred_millions, 10**8), (middle, ten_thousands, 10**4), (ones, "", 1)):
        value = 1 if scale_word and not part else _section(part) if part else 0
        if value is None:
            return None
        total += value * scale
    if fraction:
        total += float("0." + "".join(str(_DIGITS.get(each, 0)) for each in fraction))
    total = round(total, _FRACTION_DIGITS)
    return int(total) if total == int(total) else total


def _section(words: str) -> float | None:
    match = _SECTION.fullmatch(words)
    if match is None or len(words) > _MOST_DIGITS:
        return None
    value: float = 0
    for name, scale in _SMALL_SCALES:
        if part := match[name]:
            digits = part.rstrip("千百十")
            value += (_DIGITS.get(digits) or (float(digits) if "." in digits else int(digits or 1))) * scale
    return value
