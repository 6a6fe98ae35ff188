"""Identity numbers and bank cards: long numbers that carry a check digit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.checking.private_words.finding import (
    GAP,
    MASK,
    OR_EXCEPT,
    Found,
    last_place,
    starred,
    words_after,
    words_before,
)

OTHER_NUMBER = re.compile(
    r"索 ?引 ?号?|信用代码|机构代码|信用编码|文号|文件号|案号|编号|编码|序号|流水号|合同号|订单号?|单号|许可证|执照|发票|批次号"
    r"|项目代码|档案号|受理号|登记号|备案号|执法证|统计代码|区划代码|物料号|产品号|型号|条码|条形码|追溯码|二维码|ISBN|ISSN|DOI"
    r"|https?:",
    re.IGNORECASE,
)
"""Words before a number that is nobody's: of files, contracts, firms, goods."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGIONS = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
_PROVINCES = frozenset(_REGIONS.split())
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])(?=([1-9](?:{GAP}\d){{16}}{GAP}[0-9Xx])(?![0-9A-Za-z]))")
_OLD_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])(?=([1-9](?:{GAP}\d){{14}})(?![0-9A-Za-z]))")
_IDENTITY_WORDS = re.compile("身份证|身份号|证件|居民证|户口|护照")
_CARD = re.compile(
    rf"(?<![0-9A-Za-z])(?=((?:62[1-9]|9558|35[2-8]|[45]\d)\d{{0,16}}(?:{GAP}\d{{4}}){{2,4}}(?:{GAP}\d{{1,3}})?)(?![0-9A-Za-z]))"
)
_CARD_WORDS = re.compile("卡号|银行卡|储蓄卡|信用卡|借记卡|社保卡|账户|账号|帐户|帐号|存折|汇入|打入|转入|开户|银行")
_UNIT = re.compile(
    r" ?(?:\.\d|,\d{3}|[万亿千百]?(?:元|余|多|件|次|人|份|条|户|吨|亩|斤|米|度|平方|立方|公里|千瓦|%|％))"
)
_CONTEXT = 14
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_CARD_DIGITS = range(16, 20)
_SHORT_CARD = 16
_IDENTITY_DIGITS = 18


def identity_numbers(text: str) -> Iterator[Found]:
    """Find identity numbers of 18 digits (GB 11643-1999) and, where the text says that they are some, of 15.

    ``text`` is of half width. One whose check digit is wrong counts only where the text says that it is one.
    """
    for match in _IDENTITY.finditer(text):
        bare = _bare(match[1])
        if not _is_identity(bare):
            continue
        start, end = match.span(1)
        named = _is_named(text, start, end, _IDENTITY_WORDS)
        if not named and _is_other(text, start):
            continue
        if check_digit(bare[:17]) == bare[17].upper():
            yield _identity(match)
        elif named:
            yield _identity(match, "（校验位不符，请核对）")
    for match in _OLD_IDENTITY.finditer(text):
        bare = _bare(match[1])
        if _is_region(bare) and _is_day(f"19{bare[6:12]}") and _is_named(text, *match.span(1), _IDENTITY_WORDS):
            yield _identity(match)


def _identity(match: re.Match[str], note: str = "") -> Found:
    hint = f"{MASK}；{OR_EXCEPT}"
    return Found(*match.span(1), "身份证号", "warning" if note else "error", starred(match[1], 4, 4), hint, note)


def check_digit(digits: str) -> str:
    """Return the check digit of the first 17 digits of an identity number: mod 11-2 (GB 11643-1999)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def bank_cards(text: str) -> Iterator[Found]:
    """Find the numbers of bank cards: an issuer's first digits (ISO/IEC 7812) and the check digit of Luhn."""
    for match in _CARD.finditer(text):
        bare = _bare(match[1])
        start, end = match.span(1)
        if len(bare) not in _CARD_DIGITS or (bare[0] in "345" and len(bare) != _SHORT_CARD) or not passes_luhn(bare):
            continue
        named = _is_named(text, start, end, _CARD_WORDS)
        if not named and (_is_other(text, start) or _UNIT.match(text, end)):
            continue
        if not named and len(bare) == _IDENTITY_DIGITS and _is_identity(bare):
            continue
        yield Found(start, end, "银行卡号", "error", starred(match[1], 4, 4), f"{MASK}；{OR_EXCEPT}")


def passes_luhn(digits: str) -> bool:
    """Tell whether a number has the check digit of Luhn (ISO/IEC 7812-1, Annex B)."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(each - 9 if each > 9 else each for each in doubled)) % 10 == 0  # noqa: PLR2004


def _bare(words: str) -> str:
    return re.sub("[ -]", "", words)


def _is_identity(bare: str) -> bool:
    return _is_region(bare) and _is_day(bare[6:14])


def _is_region(bare: str) -> bool:
    return bare[:2] in _PROVINCES


def _is_day(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _is_named(text: str, start: int, end: int, names: re.Pattern[str]) -> bool:
    """Tell whether the words around a number say what it is, nearer than they say that it is something else."""
    before = words_before(text, start, _CONTEXT)
    named = last_place(names, before)
    if named >= 0:
        return named > last_place(OTHER_NUMBER, before)
    return re.match(r" ?[（(]", text[end : end + 2]) is not None and bool(names.search(words_after(text, end, 8)))


def _is_other(text: str, start: int) -> bool:
    return bool(OTHER_NUMBER.search(words_before(text, start, _CONTEXT)))
