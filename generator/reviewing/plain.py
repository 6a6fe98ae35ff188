"""Text of others in a comment of a forge: shown as it is, and never read as markup, a mention, a link or a command.

Forges read comments twice: as Markdown (GFM, CommonMark with HTML), and then they look in the text that came of it for
mentions, references, addresses, emoji and formulas. Against the first every sign of Markdown and HTML is a character
reference; against the second, signs that begin such things stand at full width or are followed by a word joiner, which
is not seen. What cannot be seen at all, or turns the direction of writing, is told by its number.
"""

from __future__ import annotations

import re
import unicodedata

JOINER = "\u2060"
_WIDE = {"@": "＠", "#": "＃", "$": "＄"}
_REFERENCES = {sign: f"&#{ord(sign)};" for sign in "&<>\"'`*_{}[]()|~!\\^="}
_BROKEN = re.compile(
    r"(?P<scheme>:)(?=[/A-Za-z0-9+_-])|(?P<www>www)(?=\.)|(?P<sign>[%~!&^])(?=\w)"
    r"|(?P<sha>\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{4})(?=[0-9a-f]{3})|(?P<key>(?-i:(?<=[A-Z]))-)(?=\d)",
    re.IGNORECASE,
)
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_NUMBER = r"\d０-９.,，．%％"
_CUT_NUMBER = re.compile(rf"[{_NUMBER}]+$")


def plain(text: str) -> str:
    """Return a text of others for a comment, on one line."""
    shown = "".join(map(_seen, " ".join(text.split())))
    broken = _BROKEN.sub(lambda match: f"{match.group()}{JOINER}", shown)
    return "".join(_WIDE.get(sign) or _REFERENCES.get(sign, sign) for sign in broken)


def shortened(text: str, longest: int) -> str:
    """Return a text cut to ``longest`` characters, never inside a number, with … for what was cut."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    if re.match(rf"[{_NUMBER}]", text[longest:]):
        cut = _CUT_NUMBER.sub("", cut) or cut
    return f"{cut}…"


def _seen(sign: str) -> str:
    return f"〔U+{ord(sign):04X}〕" if unicodedata.category(sign) in _UNSEEN else sign
