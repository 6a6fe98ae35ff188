"""The numbers that a web page's lists print without holding them."""

from __future__ import annotations

import re

from generator.importing.readers.html.tree import PageTree
from generator.importing.readers.printed_numbers import number_text

_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]{1,200})")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_EDITOR_STYLES = {
    "custom_cn": "{han}、",
    "custom_cn1": "{han}）",
    "custom_cn2": "（{han}）",
    "custom_num": "{number}.",
    "custom_num1": "{number}）",
    "custom_num2": "（{number}）",
}
"""The list classes of UEditor, the editor of many site systems."""
_HAN_STYLES = frozenset(
    {"cjk-ideographic", "simp-chinese-informal", "simp-chinese-formal", "trad-chinese-informal", "cjk-decimal", "han"}
)
_BULLETS = frozenset({"disc", "circle", "square"})
_FORMATS = {
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
}
"""List styles of CSS (Counter Styles Level 3) that are written as the formats of Word are."""
_MOST = 3_999


def list_start(tree: PageTree, index: int) -> int:
    """Return the number of the first item of an ``<ol>``."""
    attributes = tree.nodes[index].attributes
    start = attributes.get("start", "")
    if re.fullmatch(r"-?\d{1,6}", start):
        return int(start)
    if "reversed" in attributes:
        return sum(1 for child in tree.children(index) if tree.nodes[child].tag == "li")
    return 1


def marker(tree: PageTree, around: int | None, item: int, number: int) -> str | None:
    """Return what a list prints before its item: a number with its stop, "" for a bullet, None for nothing."""
    if around is None:
        return ""
    ordered = tree.nodes[around].tag == "ol"
    style = _style(tree, item) or _style(tree, around) or ("decimal" if ordered else "disc")
    if style == "none":
        return None
    if not ordered or style in _BULLETS:
        return ""
    if style in _EDITOR_STYLES:
        return _EDITOR_STYLES[style].format(han=_han(number), number=number)
    if style in _HAN_STYLES:
        return f"{_han(number)}、"
    return f"{_latin(style, number)}."


def _style(tree: PageTree, index: int) -> str | None:
    node = tree.nodes[index]
    if own := next((name for name in node.names if name in _EDITOR_STYLES), None):
        return own
    if match := _LIST_STYLE.search(node.style):
        words = match.group(1).split()
        known = [
            word for word in words if word not in {"inside", "outside", "!important"} and not word.startswith("url")
        ]
        if known:
            return known[0]
    return _TYPES.get(node.attributes.get("type", "")) or (node.attributes.get("type", "").lower() or None)


def _latin(style: str, number: int) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    if style in {"lower-alpha", "lower-latin"}:
        return _letters(number)
    if style in {"upper-alpha", "upper-latin"}:
        return _letters(number).upper()
    return number_text(number, _FORMATS.get(style, "decimal")) or str(number)


def _letters(number: int) -> str:
    """Write a number in letters as CSS counts them: a … z, aa, ab; Word goes on with aa, bb."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _han(number: int) -> str:
    """Return a number up to 99 as Chinese documents count: 一, 十, 十一, 二十."""
    if not 0 < number < 100:  # noqa: PLR2004 - no list of a report is longer
        return str(number)
    return number_text(number, "chineseCounting") or str(number)
