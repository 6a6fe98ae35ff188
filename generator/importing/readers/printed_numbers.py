"""Numbers that a file does not hold as text: written as they are printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_LEGAL_JAPANESE = "〇壱弐参四伍六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_ENCLOSED = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LARGEST = 32_767
"""Word counts no further (ECMA-376 part 1, 17.9.25)."""
_LONGEST_SERIES = 780
"""Thirty times round the alphabet: further on the letters are no number that anyone prints."""
_TEN, _TWENTY, _HUNDRED, _TEN_THOUSAND = 10, 20, 100, 10_000
_CYCLE = 60


def number_text(value: int, number_format: str) -> str | None:
    """Write a number in a format of ECMA-376 part 1, 17.18.59; None for a format that is not known here.

    A number beyond the reach of its format is written in digits, as Word does.
    """
    if value < 0 or value > _LARGEST:
        return str(value)
    if number_format in _ENCLOSED:
        first, last = _ENCLOSED[number_format]
        return chr(ord(first) + value - 1) if 1 <= value <= last else str(value)
    write = _WRITERS.get(number_format)
    return write(value) if write else None


def with_number(label: str, text: str) -> str:
    """Put a number before the text that it numbers, with a space only where the two would run together.

    「一、」 and 「（一）」 part themselves from the words; 「1.」 does, unless a digit or letter follows; 「第一条」 does not.
    """
    if not label or not text:
        return label + text
    last, first = label[-1], text[0]
    runs_on = unicodedata.category(last) in {"Lu", "Ll", "Lo", "Nd"} or (
        last == "." and first.isascii() and first.isalnum()
    )
    return f"{label} {text}" if runs_on and not first.isspace() else label + text


def _digits(value: int, zero: str) -> str:
    return "".join(zero if digit == "0" else _HAN[int(digit)] for digit in str(value))


def _thousands(value: int, digits: str, units: str, *, short_ten: bool = True) -> str:
    """Write a number as it is counted: 十二, 二十, 一百零三, 一万零二十."""
    if value == 0:
        return digits[0]
    if value >= _TEN_THOUSAND:
        high, low = divmod(value, _TEN_THOUSAND)
        gap = digits[0] if 0 < low < _TEN_THOUSAND // 10 else ""
        rest = _thousands(low, digits, units, short_ten=False) if low else ""
        return _thousands(high, digits, units, short_ten=short_ten) + "万" + gap + rest
    text = ""
    for digit, unit in zip(f"{value:04}", (*reversed(units), ""), strict=True):
        if digit != "0":
            text += digits[int(digit)] + unit
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    text = text.rstrip(digits[0])
    return text[1:] if short_ten and _TEN <= value < _TWENTY else text


def _japanese(value: int) -> str:
    """Write a number as Japanese counts it: no zero, and no one before ten, hundred and thousand."""
    if value >= _TEN_THOUSAND or value == 0:
        return _digits(value, "〇")
    return "".join(
        ("" if digit == "1" and unit else _HAN[int(digit)]) + unit
        for digit, unit in zip(f"{value:04}", ("千", "百", "十", ""), strict=True)
        if digit != "0"
    )


def _series(value: int, letters: str) -> str:
    """Write a number as Word does in letters: A … Z, AA, BB … ZZ, AAA …"""
    if not 1 <= value <= _LONGEST_SERIES:
        return str(value)
    return letters[(value - 1) % len(letters)] * ((value - 1) // len(letters) + 1)


def _roman(value: int) -> str:
    if value == 0 or value >= 4_000:  # noqa: PLR2004 - there are no numerals further on
        return str(value)
    text = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        text += letters * times
    return text


def _ordinal_ending(value: int) -> str:
    if value % _HUNDRED in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % _TEN, "th")


def _cycle(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]


def _within(value: int, last: int, write: Callable[[int], str]) -> str:
    return write(value) if 1 <= value <= last else str(value)


def _counting(value: int) -> str:
    return _thousands(value, _HAN, "十百千") if value < _HUNDRED else _digits(value, "○")


def _counting_thousand(value: int) -> str:
    return _thousands(value, "零" + _HAN[1:], "十百千")


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "numberInDash": "- {} -".format,
    "ordinal": lambda value: f"{value}{_ordinal_ending(value)}",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _counting_thousand,
    "taiwaneseCountingThousand": _counting_thousand,
    "chineseLegalSimplified": lambda value: _thousands(value, _LEGAL, "拾佰仟", short_ten=False),
    "ideographLegalTraditional": lambda value: _thousands(value, _LEGAL_TRADITIONAL, "拾佰仟", short_ten=False),
    "japaneseLegal": lambda value: _thousands(value, _LEGAL_JAPANESE, "拾百阡", short_ten=False),
    "japaneseCounting": _japanese,
    "ideographDigital": lambda value: _digits(value, "〇"),
    "japaneseDigitalTenThousand": lambda value: _digits(value, "〇"),
    "taiwaneseDigital": lambda value: _digits(value, "○"),
    "upperLetter": lambda value: _series(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": lambda value: _series(value, "abcdefghijklmnopqrstuvwxyz"),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "ideographTraditional": lambda value: _within(value, len(_STEMS), lambda n: _STEMS[n - 1]),
    "ideographZodiac": lambda value: _within(value, len(_BRANCHES), lambda n: _BRANCHES[n - 1]),
    "ideographZodiacTraditional": lambda value: _within(value, _CYCLE, _cycle),
}
