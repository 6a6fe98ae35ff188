"""The words of a clause: Chinese word segments, and atoms that a comparison must not take apart.

Atoms are numbers with their unit, percentages, dates, document numbers, 《titles》, quoted names, and whatever Latin
letters and digits stand together (``1+2+4+N``, ``4.15``). What lies between them is cut by jieba's dictionary with the
terms of the catalogues, or character by character where it is not installed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence

from generator.comparing.folding import YEAR, fold_words
from generator.content.measures import MEASURE

Cut = Callable[[str], Sequence[str]]
"""Cuts a text into words; together they are the text."""

_GAP = r"[^\S\n]{0,3}"
_HAN = "一二三四五六七八九十百千万亿两零〇"
_SCALE = rf"(?:{_GAP}[余多几]?{_GAP}[十百千万亿]{{1,6}})?"
_UNIT = rf"(?:{_GAP}[余多来几]?{_GAP}(?:{MEASURE}|个?月|年|日|天|周|岁|级|层|类|元|[％%‰])(?:{_GAP}[(（][人件场批户]?次[)）])?)?"
_BOUND = rf"(?:{_GAP}(?:及?以上|及?以下|以内|之内|左右|上下))?"
_MONTH = rf"\d{{1,2}}{_GAP}月(?:份|底|初|中旬|上旬|下旬|{_GAP}\d{{1,2}}{_GAP}[日号])?"
_LATIN = r"[A-Za-z\dＡ-Ｚａ-ｚ](?:[A-Za-z\dＡ-Ｚａ-ｚ]|[.．+＋·:：/／\-－—–~～×,，](?=[A-Za-z\d]))*"
_ATOM = "|".join(
    (
        r"《[^《》\n]{1,100}》",
        r"“[^“”。！？；\n]{1,24}”|「[^「」。！？；\n]{1,24}」|『[^『』。！？；\n]{1,24}』|\"[^\"。！？；\n]{1,24}\"",
        rf"[〔\[【（(]{_GAP}20\d\d{_GAP}[〕\]】）)]{_GAP}第?\d*{_GAP}号?",
        rf"(?:{YEAR}){_GAP}(?:{_MONTH})?",
        _MONTH,
        rf"百分之{_GAP}(?:{_LATIN}|[{_HAN}点]{{1,12}})",
        rf"{_LATIN}{_SCALE}{_UNIT}{_BOUND}",
        rf"(?:[上数几近超][{_HAN}]{{1,12}}|[{_HAN}]{{1,12}})(?:[余多][{_HAN}]{{0,6}})?{_GAP}(?:[余多来几]{_GAP})?(?:{MEASURE}){_BOUND}",
    )
)
_MAY_BEGIN_ATOM = rf"\dA-Za-zＡ-Ｚａ-ｚ《“「『\"〔\[【（({_HAN}上数几近超本今下去明来"
PUNCTUATION = frozenset(",、:;。.!?—…()《》")
"""Punctuation, as keys: folded to half width."""
_STOPS = "，、。；：！？,;:!?…—）)》”"
"""Punctuation: each mark is a word of its own."""
STRETCH = re.compile(rf"(?:[^{_STOPS}{_MAY_BEGIN_ATOM}\s]++|(?!{_ATOM})[{_MAY_BEGIN_ATOM}])++|{_ATOM}|\s+|.")
_HAN_TERM = re.compile("[\u4e00-\u9fff]{2,8}")
"""Longer names of systems would hide what changes within them."""
_KEYS_AT_HAND = 1 << 16
_SHORTEST_TERM = 2


def read_stretches(text: str) -> list[str]:
    """Return a text as stretches: atoms, punctuation, white space, and what lies between them. Linear."""
    return STRETCH.findall(text)


def read_words(stretches: Iterable[str], cut: Cut) -> list[str]:
    """Return the words of stretches; atoms stay whole."""
    words: list[str] = []
    for stretch in stretches:
        if len(stretch) < _SHORTEST_TERM or is_atom(stretch):
            words.append(stretch)
        else:
            words += cut(stretch)
    return words


ATOM = re.compile(_ATOM)


@functools.lru_cache(_KEYS_AT_HAND)
def is_atom(stretch: str) -> bool:
    """Tell an atom from other words."""
    return ATOM.fullmatch(stretch) is not None


@functools.lru_cache(_KEYS_AT_HAND)
def word_key(word: str, year: int) -> str:
    """Return the key of a word in the report of ``year``: equal keys are equal words, noise has none."""
    return fold_words(word, year)


@functools.lru_cache(maxsize=2)
def make_cut(terms: tuple[str, ...] = ()) -> Cut:
    """Return what cuts texts into words; it knows ``terms`` besides its dictionary.

    Making it takes longer than using it: it loads the dictionary, once for the same terms. Where that is not installed,
    characters are words.
    """
    try:
        import rjieba  # noqa: PLC0415 - loads a dictionary: only those who cut should wait for it
    except ImportError:  # a platform without a wheel
        return list
    jieba = rjieba.Jieba()
    for term in terms:
        if _HAN_TERM.fullmatch(term):
            jieba.add_word(term, None, None)
    return functools.partial(jieba.cut, hmm=False)
