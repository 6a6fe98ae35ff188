"""Private words found in a text, and what their finders share: digits of half width, and the words around a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.model import Severity

Kind = Literal["身份证号", "手机号", "银行卡号", "车牌号", "住址", "人名", "律所", "邮箱", "屏蔽词"]

MASK = "用「某」或「*」隐去"
OR_EXCEPT = "确可公开的，在 yml 的 exceptions 里写明原话和理由"
GAP = r"[ \-]{0,2}"
"""What may stand between the digits of one number."""

_NARROW = {
    **{
        chr(code): chr(code - 0xFEE0)
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    },
    **dict(zip("＋－＊．／", "+-*./", strict=True)),
    **dict.fromkeys("\t\u00a0\u00ad\u202f\u205f\u2060\u3000\ufeff", " "),
    **{chr(code): " " for code in range(0x2000, 0x200C)},
    **dict.fromkeys("‐‑‒–—―−─﹣", "-"),
}
_OTHER_FORM = re.compile(f"[{re.escape(''.join(_NARROW))}]")
_CLAUSE_END = re.compile("[。；;！？\n]")


@dataclass(frozen=True, slots=True)
class Found:
    """Private words at ``start`` to ``end`` of a text, in characters; ``shown`` tells them without giving them away.

    ``masked``: they are hidden in the text already. ``note`` says what speaks for a lower level, in Chinese.
    """

    start: int
    end: int
    kind: Kind
    level: Severity
    shown: str
    hint: str
    note: str = ""
    masked: bool = False


def half_width(text: str) -> str:
    """Return the text with letters, digits and signs of half width, blanks and dashes made one: a character for each."""
    return _OTHER_FORM.sub(lambda match: _NARROW[match.group()], text)


def words_before(text: str, start: int, reach: int) -> str:
    """Return up to ``reach`` characters before a place, of the same clause only."""
    words = text[max(0, start - reach) : start]
    ends = [match.end() for match in _CLAUSE_END.finditer(words)]
    return words[ends[-1] :] if ends else words


def words_after(text: str, end: int, reach: int) -> str:
    """Return up to ``reach`` characters behind a place, of the same clause only."""
    words = text[end : end + reach]
    match = _CLAUSE_END.search(words)
    return words[: match.start()] if match else words


def last_place(pattern: re.Pattern[str], words: str) -> int:
    """Return where the last match of a pattern begins in a few words, or -1."""
    return max((match.start() for match in pattern.finditer(words)), default=-1)


def starred(words: str, head: int, tail: int) -> str:
    """Show the first and the last characters of a number, and stars for the others."""
    bare = re.sub("[ -]", "", words)
    return bare[:head] + "*" * max(1, len(bare) - head - tail) + (bare[-tail:] if tail else "")
