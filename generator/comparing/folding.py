"""What is noise between two years is folded away before clauses are compared: width, spaces, quotes, numbering, own years.

The report of 2023 says 「2023年」「今年」「本年度」 where that of 2022 says 「2022年」「今年」: the year is the report's own,
and no news. Likewise the year before and the year after. A plan period (2021－2025年) is not the report's own year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_DROPPED = " \t\r\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff“”‘’\"'＂＇「」『』"
_DASHES = "－—–―‐‑─"
TABLE = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_DROPPED, ""),
}
_HAN = "一二三四五六七八九十"
_S = r"[^\S\n]"
"""White space within a line."""
LABEL = re.compile(
    rf"{_S}*(?:[（(]{_S}*(?:[{_HAN}]{{1,3}}|\d{{1,2}}){_S}*[)）]{_S}*[、.．]?|[①-⑳]"
    rf"|[{_HAN}]{{1,3}}(?:[是要](?!求)|{_S}*[、.．]|[)）])|第[{_HAN}]{{1,3}}(?:部分{_S}*[、：:]?|[，、,])"
    rf"|(?:首先|其次|再次|最后)[，,]|\d{{1,2}}(?:{_S}*[、）)]|[.．](?!\d))){_S}*"
)
"""The number or label at the beginning of a clause or heading."""
MAY_BEGIN_LABEL = frozenset(f" \u3000（({_HAN}第首其再最①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789０１２３４５６７８９")
STOPS = "。；;.． \t\u3000\u00a0"
"""The stop at the end of a clause: 「…；」 becomes 「…。」 when its list ends with it."""
THIS, LAST, NEXT = "\ue000", "\ue001", "\ue002"
"""Stand for the report's own year, the one before and the one after (Private Use Area: no text has them)."""
YEAR_WORDS = {**dict.fromkeys("本今", THIS), **dict.fromkeys("上去", LAST), **dict.fromkeys("下明来", NEXT)}
"""What a word that names no year by its number begins with."""
HAN_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_COUNTED = (
    "余多几万亿千百十号件名起批处本位张块册幢套亩堂桩吨辆次场条份期家部户台面支组节例笔座间元幅轮宗单封篇所人个项"
)
"""Before these, digits are a number and no year without its 年 (「2023法治政府建设工作」)."""
_HAN_YEAR = "二[〇○零][一二三四五六七八九〇○零]{2}"
YEAR = (
    rf"(?:20\d\d(?<![\d\-－—–~～至到.]20\d\d)|{_HAN_YEAR}){_S}*年度?(?!代|{_S}*[\-－—–~～至到]{_S}*\d)"
    r"|本(?<!基本)年度?|今(?<!如今)年(?![轻纪])|[上下](?<!以[上下])一?年度?|去(?<!过去)年"
    r"|明(?<![说证表声申]明)年|来(?<![近历以年]来)年(?!轻)"
    rf"|20\d\d(?<![\d\-－—–~～至到.]20\d\d)(?![{_COUNTED}])(?=[\u4e00-\u9fff，、])"
)
"""Words that name the report's own year, the one before or after, or any year by its number."""
_YEAR = re.compile(YEAR)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def fold_clauses(clauses: Iterable[str], year: int) -> list[str]:
    """Return the words of the clauses of the report of ``year`` without what is noise; clauses with equal words are kept.

    All at once because there are many: linear in the text. A clause that is nothing but noise stays as it is.
    """
    printed = [clause.replace("\n", " ") for clause in clauses]
    if not printed:
        return []
    cores = "\n".join(clause[slice(*core_span(clause))] for clause in printed)
    return [words or clause for words, clause in zip(fold_words(cores, year).split("\n"), printed, strict=True)]


def core_span(clause: str) -> tuple[int, int]:
    """Return the span of a clause between its label and its stop."""
    label = LABEL.match(clause) if clause[:1] in MAY_BEGIN_LABEL else None
    start = label.end() if label else 0
    return start, max(start, len(clause.rstrip(STOPS)))


def fold_words(words: str, year: int) -> str:
    """Fold width, white space, quotation marks and the report's years in a piece of a clause."""
    folded = words
    for character in TABLE.keys() & set(words):
        folded = folded.replace(character, TABLE[character])
    return _YEAR.sub(lambda match: _year_word(match.group(), year), folded) if "年" in folded else folded


def wording(folded: str) -> str:
    """Return folded words with every number as one 0, so that a number alone makes no clause another one."""
    return NUMBER.sub("0", folded)


def _year_word(words: str, year: int) -> str:
    if known := YEAR_WORDS.get(words[0]):
        return known
    named = int(words[:4].translate(HAN_DIGITS))
    return {year: THIS, year - 1: LAST, year + 1: NEXT}.get(named, words)
