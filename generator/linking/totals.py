"""Numbers that are announced and yet no total of the year: a rate, a difference, a plan, another year's."""

from __future__ import annotations

import re
from typing import Literal

Objection = Literal["rate", "difference", "plan", "elsewhere", "other_year"]

_RATE = re.compile("每|人均|平均")
_DIFFERENCE = re.compile(
    "(?:提高|增长|下降|上升|减少|提升|降低|增加|增幅|降幅|新增|净增)了?[近约超]?$"
    "|分别(?:为|是|达|有)?$"  # the first of several numbers for several things
)
_PLAN = re.compile("确保|力争|争取|预计|[将拟](?:开展|组织|举办)|计划(?:开展|组织|举办)")
_PROMISE = re.compile("确保|力争|争取|防止|杜绝|努力|避免")
_TITLE = re.compile("《[^《》]{0,100}》")
_YEAR = re.compile(
    r"(?<![较比与同\d－—–-])(?:(20\d\d)\s*年(?!以来)|(去年|上年|上一年|明年|来年|下一年|历年|近[两三四五几\d]年|[两三四五六]年来)|今年|本年)"
)
_ELSEWHERE = re.compile("全[国省市县区](?:共|累计|现有|范围)")


def objection(clause: str, before: str, year: int) -> Objection | None:
    """Return why a number does not say what was done in the year of the report, or None where it does.

    ``clause`` are the words before it up to the comma, ``before`` those up to the stop. Behind 每, 人均, 平均 it is a rate,
    right behind 提高, 下降, 新增 a difference, behind 力争, 预计 a plan, behind 全县共 that of others, behind 2021年, 去年 or
    近三年 that of other years (not behind 较去年).
    """
    if _RATE.search(clause):
        return "rate"
    if _DIFFERENCE.search(clause):
        return "difference"
    if _PLAN.search(clause):
        return "plan"
    if _ELSEWHERE.search(clause):
        return "elsewhere"
    return "other_year" if of_another_year(before, year) else None


def is_overruled(objected: Objection, words: str) -> bool:
    """Tell whether the words of an alias speak of just that: 「每人…{}」 of a rate, 「新增持证{}」 of a difference."""
    return (objected == "rate" and _RATE.search(words) is not None) or (objected == "difference" and "新增" in words)


def of_another_year(text: str, year: int) -> bool:
    """Tell whether the year that a text names last, titles aside, is not the one of the report."""
    if "年" not in text:
        return False
    years = list(_YEAR.finditer(_TITLE.sub("", text)))
    if not years:
        return False
    printed, last_year = years[-1].groups()
    return bool(last_year) or (printed is not None and int(printed) != year)


def is_promise(quote: str) -> bool:
    """Tell whether words that state none of something only promise it: 确保不发生."""
    return _PROMISE.search(quote) is not None
