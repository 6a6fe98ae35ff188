"""Numbers with their units, as official reports print them: 1800余份, 万余人, 5万余件, 720 余人次, 百分之九十八点五.

What looks like a number and counts nothing is left out: years and dates, document numbers, hotlines, ordinals,
「八五」, 「12.4」, 「1+2+4+N」, 「三会一课」, 一把手, 一系列. The forms are those of 60 reports of 2020-2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.content.measures import IDIOM, MEASURE, NOT_BEFORE_ONE
from generator.content.numerals import HAN_DIGITS, number_of
from generator.model import Qualifier

_FULL_WIDTH = re.compile("[０-９．％＋－／～＊]")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％＋－／～＊", "0123456789.%+-/~*")
"""One character for one, so that places stay; the full width comma stays a comma of the sentence."""
_UNIT_FORMS = str.maketrans("", "", "/()（）")

_SCALE = "十百千万亿"
_HAN = f"{HAN_DIGITS}两{_SCALE}零〇"
_GAP = r"[^\S\n]{0,3}"
_SCALED = rf"(?:{_GAP}[余多几]?{_GAP}[{_SCALE}]+(?:\d+[{_SCALE}]*)*)?"
"""The scale behind digits: 5万, 10余万, 3万5千."""
_START = re.compile(rf"[\d{_HAN}上数几《〔\[]")
_NUMBER = re.compile(
    rf"《[^《》]{{0,100}}》|[〔\[]{_GAP}\d{{4}}{_GAP}[〕\]]{_GAP}\d*"  # a title, a document number: no quantity
    rf"|(?P<percent>百分(?:之{_GAP}(?:\d+(?:\.\d+)?|[{_HAN}]+(?:点[{_HAN}]+)?)|百))"
    rf"|(?P<digits>\d+(?:{_GAP}[-+*/×:：~–—―·•至到]{_GAP}[0-9A-Za-z]+|[.,，]\d+)*{_SCALED})"
    rf"|(?P<han>(?:[数几](?=[{_SCALE}])|上(?=[百千万亿](?!分之)))?[{_HAN}]+(?:[至到][{_HAN}]+|[余多][{_SCALE}]+)?)"
)
_PLAIN_DIGITS = re.compile(rf"(?:\d{{1,3}}(?:[,，]\d{{3}})+|\d+)(?:\.\d+)?{_SCALED}")
_TAIL = re.compile(rf"{_GAP}(?P<vague>[余多来几]?){_GAP}(?P<unit>{MEASURE})?")
_AFTER = re.compile(rf"(?:{_GAP}[(（][人件场批户]?次[)）])?{_GAP}(?P<bound>及?以上|之上|及?以下|以内|之内|左右|上下)?")

_HOTLINES = frozenset({110, 119, 120, 122, 12309, 12315, 12333, 12345, 12348, 12369, 12380, 12388})
_LONG_HOTLINE = 10_000
"""12345件 speaks of the hotline all the same; 110名 counts."""
_FULL_DAY = 24
_YEAR_DIGITS = 4
_TELEPHONE_DIGITS = 7
_ENDS = frozenset("，。；！？,;!?")
_CALENDAR = frozenset("年月日号时点分岁级届层楼周")
_QUOTES = frozenset("“‘「『\"'")

_AT_LEAST = ("不少于", "不低于", "不下于", "不下", "不小于", "至少", "最少")
_LESS_THAN = ("不足", "不到", "低于", "少于", "小于", "不超过", "不高于", "不多于", "至多", "最多", "未满", "不满")
_ABOUT = ("约", "近", "超", "逾", "超过", "超出", "突破")
_NOT_ABOUT = ("节约", "签约", "预约", "履约", "合约", "违约", "附近", "最近", "邻近", "临近", "靠近")
_BEFORE_A_SCALE = frozenset("近超逾约过")
"""What lets a scale alone count: 近百人, 超千人次."""
_BOUNDS: dict[str, Qualifier] = {
    **dict.fromkeys(("以上", "及以上", "之上"), "at_least"),
    **dict.fromkeys(("以下", "及以下", "以内", "之内"), "less_than"),
    **dict.fromkeys(("左右", "上下"), "approx"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    ``start`` and ``end`` are the span of the number words alone (「3039」「上千」「一百万」「5万」); ``whole_end`` is behind
    what belongs to it (余, the unit, 以上). ``unit`` is a measure word, 元 or %; empty where none follows.
    """

    start: int
    end: int
    value: int | float
    qualifier: Qualifier
    unit: str
    whole_end: int


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order, not overlapping. Linear in the text."""
    folded = text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text
    return tuple(quantity for match in _numbers(folded) if (quantity := _quantity(folded, match)))


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Walk what may be a number; looking for its first character first is what makes this fast."""
    place = 0
    while start := _START.search(text, place):
        match = _NUMBER.match(text, start.start())
        place = match.end() if match else start.end()
        if match and match.lastgroup:
            yield match


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    value = number_of(match.group().removeprefix("百分之").removeprefix("百分"))
    tail = _TAIL.match(text, match.end())
    if value is None or tail is None:
        return None
    if match["percent"]:
        unit, vague, end = "%", "", match.end()
    elif _numeral_counts(text, match, tail) if match["han"] else _digits_count(text, match, tail, value):
        unit, vague = (tail["unit"] or "").translate(_UNIT_FORMS), tail["vague"]
        end = tail.end() if unit or vague else match.end()
    else:
        return None
    after = _AFTER.match(text, end)
    bound = after["bound"] if after else None
    qualifier = _qualifier(text[max(match.start() - 6, 0) : match.start()].rstrip(), match.group() + vague, bound)
    whole_end = after.end() if after and after.group().strip() else end
    return Quantity(match.start(), match.end(), value, qualifier, unit, whole_end)


def _numeral_counts(text: str, match: re.Match[str], tail: re.Match[str]) -> bool:
    """Chinese numerals count where a measure word follows and they are no part of a slogan or of another word."""
    start, words = match.start(), match.group()
    before = text[max(start - 1, 0) : start]
    if not tail["unit"] or before == "第" or before in _QUOTES or IDIOM.match(text, start):
        return False
    if "至" in words or "到" in words:  # a range
        return False
    if words == "一" and (before in NOT_BEFORE_ONE or text[max(start - 2, 0) : start - 1] == "一"):
        return False
    return words not in _SCALE or words == "十" or bool(tail["vague"]) or before in _BEFORE_A_SCALE


def _digits_count(text: str, match: re.Match[str], tail: re.Match[str], value: float) -> bool:
    """Digits count where a measure word follows, or else nothing that would make them a date or a name."""
    start, words, unit = match.start(), match.group(), tail["unit"]
    before = text[max(start - 1, 0) : start]
    if not _PLAIN_DIGITS.fullmatch(words) or before == "第" or (words[0] == "0" and words[1:2].isdigit()):
        return False
    if before.isascii() and (before.isalnum() or (before and before in ".+/-")):
        return False
    if value in _HOTLINES and (not unit or value > _LONG_HOTLINE):
        return False
    if unit:
        return not (unit == "小时" and value == _FULL_DAY)
    return _stands_alone(text, match, tail)


def _stands_alone(text: str, match: re.Match[str], tail: re.Match[str]) -> bool:
    """Digits without a unit count alone in a cell of a table, and before a stop: no year, no telephone, no 「12.4」."""
    start, words = match.start(), match.group()
    after = text[tail.end() : tail.end() + 1]
    spaced = not after or text[match.end()].isspace()
    if after in _CALENDAR or (len(words) == _YEAR_DIGITS and words.startswith(("19", "20"))):
        return False
    if spaced and (start == 0 or text[start - 1].isspace()):
        return True
    return "." not in words and len(words) < _TELEPHONE_DIGITS and (spaced or after in _ENDS)


def _qualifier(before: str, words: str, bound: str | None) -> Qualifier:
    if before.endswith(_AT_LEAST):
        return "at_least"
    if before.endswith(_LESS_THAN):
        return "less_than"
    if bound:
        return _BOUNDS[bound]
    rough = any(each in words for each in "上数几余多来")
    return "approx" if rough or (before.endswith(_ABOUT) and not before.endswith(_NOT_ABOUT)) else "exact"
