"""Signs that Word sets in a font of signs: the characters that look like them."""

from __future__ import annotations

import re

_PRIVATE = re.compile("[\uf020-\uf0ff]")
_PRIVATE_START = 0xF000
_LARGEST_CODE = 0x10FFFF


def _signs(pairs: str) -> dict[int, str]:
    """Read pairs of a code in hexadecimal and the character that looks like it."""
    return {int(pair[:2], 16): pair[2:] for pair in pairs.split()}


_WINGDINGS = {
    **_signs("21✏ 22✂ 28☎ 2A✉ 3F✍ 41✌ 46☞ 4A☺ 52☼ 6C● 6D❍ 6E■ 6F□ 71❑ 72❒ 73⬧ 74⧫ 75◆ 76❖ 77⬥ 9E· 9F• A1○ A7▪ A8◻"),
    **_signs("AA✦ AB★ AC✶ D8➢ DC➲ DF← E0→ E1↑ E2↓ E8➔ EF⇦ F0⇨ F1⇧ F2⇩ FB✗ FC✓ FD☒ FE☑"),
    **_signs("80⓪ 81① 82② 83③ 84④ 85⑤ 86⑥ 87⑦ 88⑧ 89⑨ 8A⑩ 8B⓿ 8C❶ 8D❷ 8E❸ 8F❹ 90❺ 91❻ 92❼ 93❽ 94❾ 95❿"),
}
_WINGDINGS_2 = _signs("4F✗ 50✓ 51☒ 52☑ A3□")
_SYMBOL = {
    **_signs("2D− A2′ A3≤ A5∞ AB↔ AC← AD↑ AE→ AF↓ B0° B1± B2″ B3≥ B4× B7• B8÷ B9≠ BA≡ BB≈ BC… C6∅ CE∈ D6√ DB⇔ DE⇒ E5∑"),
    **_signs("44Δ 53Σ 57Ω 61α 62β 64δ 66φ 67γ 6Cλ 6Dμ 70π 71θ 73σ 77ω"),
    **{code: chr(code) for code in b" !#%&()+,./0123456789:;<=>?[]_{|}"},
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_FONTS_OF_SIGNS = re.compile("wingdings|webdings|symbol|dingbats|marlett|mt extra", re.IGNORECASE)


def sign(font: str, code: str) -> str | None:
    """Return the character for a sign (``w:sym``): its font, its code in hexadecimal; None where none is known."""
    if not re.fullmatch("[0-9A-Fa-f]{1,6}", code):
        return None
    value = int(code, 16)
    if _PRIVATE_START <= value <= _PRIVATE_START + 0xFF:
        value -= _PRIVATE_START
    known = _FONTS.get(font.lower())
    if known is not None:
        return known.get(value)
    printable = value <= _LARGEST_CODE and chr(value).isprintable() and not chr(value).isspace()
    return chr(value) if printable and not _FONTS_OF_SIGNS.search(font) else None


def with_signs(text: str, font: str) -> str:
    """Return a text set in ``font`` with the signs in it, where they are known, as the characters that look like them."""
    known = _FONTS.get(font.lower())
    if known is None or not _PRIVATE.search(text):
        return text
    return _PRIVATE.sub(lambda match: known.get(ord(match.group()) - _PRIVATE_START, match.group()), text)
