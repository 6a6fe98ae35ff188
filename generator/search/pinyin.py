"""Pinyin as people type it: how a character folds, how a syllable may be spelled, which syllables sound alike.

templates/assets/search-pinyin.js says the same to the browser. ü is written v, as in the folders of places.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable

MOST_TYPED = 256
"""Characters; nobody types a longer name, and what is longer has no suggestions."""
SEPARATORS = frozenset(" \t\r\n\u00a0\u3000'’‘`·-_")
"""May stand between syllables; they say that one ends here."""
GB_CHARACTERS = 6768
"""Places for characters in GB 2312: 72 rows of 94, of which the first 40 are in the order of pinyin."""

_GB_ROWS, _GB_CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
_HAN = ((0x3007, 0x3007), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_TWO_LETTERS = ("zh", "ch", "sh")
_WORDS = {
    "调查": "diao cha", "调研": "diao yan", "调度": "diao du", "调动": "diao dong", "调取": "diao qu", "乡长": "xiang zhang",
    "镇长": "zhen zhang", "县长": "xian zhang", "区长": "qu zhang", "市长": "shi zhang",
    "调": "tiao", "同行": "tong xing", "在行动": "zai xing dong", "三重一大": "san zhong yi da", "藏汉": "zang han",
}  # fmt: skip
"""Readings of words in the names of topics, systems and laws where dictionaries think of another word first."""
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_SEPARATE = re.compile(" +")


@functools.lru_cache(maxsize=65_536)
def fold_character(character: str) -> str:
    """Fold a character: a small letter (ü is v), a digit, a Chinese character; the empty string for all others."""
    if "a" <= character <= "z" or "0" <= character <= "9":
        return character
    decomposed = unicodedata.normalize("NFKD", character).lower() or " "
    first, marks = decomposed[0], decomposed[1:]
    if is_han(first):
        return first if not marks else ""
    if not ("a" <= first <= "z" or "0" <= first <= "9") or not all("\u0300" <= mark <= "\u036f" for mark in marks):
        return ""
    return "v" if first == "u" and "\u0308" in marks else first


def fold_typed(typed: str, fold: Callable[[str], str]) -> str:
    """Fold what is typed: characters as in names, one blank for what separates; empty where there is too much of it."""
    if len(typed) > 4 * MOST_TYPED:
        return ""
    told = fold(unicodedata.normalize("NFC", typed))
    folded = "".join(" " if each in SEPARATORS else fold_character(each) for each in told)
    folded = _SEPARATE.sub(" ", folded).strip(" ")
    return folded if len(folded) <= MOST_TYPED else ""


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return character > "\u3000" and any(first <= ord(character) <= last for first, last in _HAN)


@functools.cache
def spellings(syllable: str) -> tuple[str, ...]:
    """Return the ways in which a syllable is typed in full: lv, lu and lyu for lü."""
    vowels = ("v", "u", "yu") if "v" in syllable[1:] else ("v",)
    return tuple(syllable.replace("v", each) for each in vowels)


@functools.cache
def initials(syllable: str) -> tuple[str, ...]:
    """Return what may stand for a syllable: its first letter, and zh, ch, sh; nothing shorter than one letter can be."""
    shorter = (syllable[:1], syllable[:2] if syllable.startswith(_TWO_LETTERS) else "")
    return tuple(each for each in shorter if each and each != syllable)


@functools.cache
def sound(syllable: str) -> str:
    """Return what syllables that sound alike have in common: n and ng, zh and z, ch and c, sh and s, l and n, ü and u."""
    alike = syllable.replace("v", "u")
    alike = alike[0] + alike[2:] if alike.startswith(_TWO_LETTERS) else alike
    alike = "l" + alike[1:] if alike[:1] == "n" and len(alike) > 1 else alike
    return alike[:-1] if alike.endswith("ng") else alike


@functools.cache
def like_spellings(syllable: str) -> tuple[str, ...]:
    """Return the spellings of a syllable and of those that sound alike."""
    starts, rest = _starts(syllable)
    stem = rest.removesuffix("g") if rest.endswith("ng") else rest
    rests = (stem, f"{stem}g") if stem.endswith("n") else (rest,)
    return tuple(dict.fromkeys(form for start in starts for end in rests for form in spellings(start + end)))


def phrase_syllables(text: str) -> tuple[str, ...]:
    """Read a phrase: one syllable a character; a character without a reading stands for itself."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - only whoever makes an index needs it

    # of a run of other characters the library takes a list too: one for each
    syllables = lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]
    for word in _WORD.finditer(text):
        syllables[word.start() : word.end()] = _WORDS[word.group()].split()
    return tuple(each.replace("ü", "v").replace("ê", "e") for each in syllables)


@functools.cache
def gb_characters() -> tuple[str, ...]:
    """Return the Chinese characters of GB 2312 in its order; the empty string where it has none."""
    pairs = (bytes([row, cell]) for row in _GB_ROWS for cell in _GB_CELLS)
    return tuple(pair.decode("gb2312", errors="ignore") for pair in pairs)


def _starts(syllable: str) -> tuple[tuple[str, ...], str]:
    """Return the consonants that sound like that of a syllable, its own first, and the rest of the syllable."""
    for pair in (*((each, each[0]) for each in _TWO_LETTERS), ("l", "n")):
        own = next((each for each in pair if syllable.startswith(each) and len(syllable) > len(each)), None)
        if own:
            return (own, *(each for each in pair if each != own)), syllable[len(own) :]
    return ("",), syllable
