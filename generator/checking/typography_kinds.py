"""The kinds of misprints that ``typography`` looks for: how each looks, what is told of it, what to do.

Sources: GB/T 15834-2011 标点符号用法 (punctuation, its width, 4.13 the dash), GB/T 9704-2012 7.2.5 (the year of a document
number stands in 〔〕), GB/T 15835-2011 (〇 is the zero of Chinese numerals). In a pattern that has a group ``fault`` only
what that group matches is a misprint; the other alternatives are looked over because they are right. Patterns begin with
characters, and look behind from there: so they are searched for fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.checking.text_lines import HAN
from generator.model import Severity

AS_PRINTED = "与原件核对；原件如此就不改"
_LOST = "对照原件补上；原件上也认不出时，在 repairs 里记明"
_LEFTOVER = "这是转换时留下的，原件上没有就删去，并在 repairs 里记明"
_UNIFIED = frozenset("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩")
"""Twelve characters of the block of compatibility ideographs are none (Unicode, chapter 18.1)."""
_ZEROS = "○〇零OoＯΟО0"
_YEAR_OPENS, _YEAR_CLOSES = r"〔［\[（(【〖", r"〕］\]）)】〗"
_Y = r"20[0-4]\d"


def _always(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of misprint. ``prose``: only in sentences; ``table``: in the rows of tables as well.

    A text that has none of the characters that ``needs`` matches cannot have the misprint.
    """

    name: str
    pattern: re.Pattern[str]
    needs: re.Pattern[str]
    hint: str = AS_PRINTED
    level: Severity = "note"
    prose: bool = False
    table: bool = False
    is_fault: Callable[[str], bool] = _always


def _mixed_zeros(year: str) -> bool:
    zeros = set(year) & set(_ZEROS)
    return len(zeros) > 1 or bool(zeros - set("○〇零"))


def _is_lookalike(character: str) -> bool:
    return character not in _UNIFIED


def _is_particle(word: str) -> bool:
    return word in {"and", "or", "the", "of", "in", "to", "for", "with"}


def _has_wide_stop(stops: str) -> bool:
    return not set(stops) <= set(",;")


_UNREADABLE = "\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd"
_UNSEEN = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
_LOOKALIKE = "\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
_WS = " \t\u3000\u00a0\u2002\u2003"
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
KINDS: tuple[Kind, ...] = (
    Kind(
        "汉字之间用了半角标点",
        re.compile(
            rf"[,;:?!](?:(?<=[{HAN}％%”》）].)(?= ?[{HAN}“《（\d]|[ \t]*$)|(?<=\d.)(?=[{HAN}]))"
            rf"|\.(?<=[{HAN}].)(?=[{HAN}]|[ \t]*$)",
            re.MULTILINE,
        ),
        re.compile("[,;:?!.]"),
    ),
    Kind(
        "汉字旁边用了半角括号",
        re.compile(
            rf"[\[(（【]{_Y}[\])）】]\s*第?\d+\s*号|[(（]{_Y}{_Y}年?[)）]|[（(](?:\d{{1,2}}|{_HAN_NUMBER})[)）]"
            rf"|(?:^[# \t-]{{0,8}}|[。；;：:，,、\s])(?:\d{{1,2}}|{_HAN_NUMBER})\)|(?P<fault>[()](?:(?<=[{HAN}].)|(?=[{HAN}])))",
            re.MULTILINE,
        ),
        re.compile("[()]"),
    ),
    Kind(
        "标点重复或连用",
        re.compile("[。，、；：,;](?=[。，、；：,;])[。，、；：,;]+"),
        re.compile("[。，、；：]"),
        is_fault=_has_wide_stop,
    ),
    Kind(
        "句子里的汉字之间有空格",
        re.compile(rf"《[^《》\n]{{0,200}}》|“[^“”\n]{{0,200}}”|(?P<fault>[{_WS}](?<=[{HAN}].)[{_WS}]*(?=[{HAN}]))"),
        re.compile(f"[{_WS}]"),
        prose=True,
    ),
    Kind("有全角的数字或字母", re.compile("[０-９Ａ-Ｚａ-ｚ]+"), re.compile("[０-９Ａ-Ｚａ-ｚ]"), table=True),
    Kind(
        "文号或年份的括号、连接号缺失",
        re.compile(
            rf"20[0-4](?:(?<=[{_YEAR_OPENS}]20.)\d{{2,5}}\s*号|(?<![{_YEAR_OPENS}\d]20.)\d[{_YEAR_CLOSES}]\s*第?\d{{1,4}}\s*号"
            rf"|(?<!\d20.)\d{_Y}(?=\s*年|[)）])|(?<=[发办函字文]20.)\d{{2,4}}号)"
        ),
        re.compile("2"),
        table=True,
    ),
    Kind(
        "文号的年份不是用六角括号「〔〕」",
        re.compile(rf"20[0-4](?<=[{_YEAR_OPENS}]20.)\d(?!(?<=〔20..)〕)[{_YEAR_CLOSES}]\s*第?\d{{1,4}}\s*号"),
        re.compile("号"),
        table=True,
    ),
    Kind(
        "用了不分左右的直引号",
        re.compile(rf"[\"＂](?:(?<=[{HAN}，。、：（；].)|(?=[{HAN}]))|['＇](?:(?<=[{HAN}].)|(?=[{HAN}]))"),
        re.compile("[\"'＂＇]"),
    ),
    Kind(
        "日期里的「〇」写法混杂",
        re.compile(rf"二[{_ZEROS}][{_ZEROS}一二三四五六七八九]{{2}}(?=\s*年)"),
        re.compile("二"),
        is_fault=_mixed_zeros,
    ),
    Kind(
        "破折号只有半个或写法不对",
        re.compile(
            rf"[—–](?<=[{HAN}”》）].)(?<![年月日时].)(?=[{HAN}“《])|[-─](?<=[{HAN}”》）].)[-─]+(?=[{HAN}“《])"
            rf"|─(?<=[{HAN}”》）].)(?=[{HAN}“《])"
        ),
        re.compile("[—–─-]"),
    ),
    Kind(
        "汉字之间夹着英文虚词",
        re.compile(rf"[aofitw](?<=[{HAN} ].)[a-z]{{1,3}}(?= ?[{HAN}])"),
        re.compile("[a-z]"),
        is_fault=_is_particle,
    ),
    Kind(
        "有网页或 Markdown 的残留",
        re.compile(
            r"&(?:nbsp|amp|lt|gt|quot|apos|[lr][sd]quo|middot|[mn]dash|hellip|e[mn]sp|#\d{1,7}|#x[0-9a-fA-F]{1,6});?"
            r"|\*\*[^*\n]{1,200}\*\*|_(?<![_A-Za-z0-9]_)_[^_\s][^_\n]{0,200}__(?!_)|\[[^\[\]\n]{1,80}\]\(https?:|`+"
            r"|\[bookmark:[^\]\n]{0,80}\]"
        ),
        re.compile(r"[&*_`\[]"),
        _LEFTOVER,
        "warning",
        table=True,
    ),
    Kind(
        "有认不出的字符（乱码）",
        re.compile(f"[{_UNREADABLE}]+|锟斤拷|烫烫烫+"),
        re.compile(f"[{_UNREADABLE}锟烫]"),
        _LOST,
        "warning",
        table=True,
    ),
    Kind(
        "有看不见的字符",
        re.compile(f"[{_UNSEEN}]+"),
        re.compile(f"[{_UNSEEN}]"),
        "删去；它使检索找不到这个词",
        "warning",
        table=True,
    ),
    Kind(
        "有与常用字同形的另一个字符（部首或兼容汉字）",
        re.compile(f"[{_LOOKALIKE}]"),
        re.compile(f"[{_LOOKALIKE}]"),
        "换成常用的字，并在 repairs 里记明；两者看着一样，检索却找不到",
        "warning",
        table=True,
        is_fault=_is_lookalike,
    ),
)
"""In the order in which they are looked for."""
