"""The rules of a comparison for the browser, taken from the constants themselves: ``templates/assets/comparing.js`` has none."""

from __future__ import annotations

import re
from typing import Any

from generator.comparing import clauses, compare, edits, folding, formats, halves, matching, nearness, sections, words
from generator.content import items, quotes, wording

_TOKEN = re.compile(
    r"(?P<line>\[\^\\S\\n\])|(?P<escape>\\.)|(?P<named>\(\?P<)|(?P<group>\(\?(?:[:=!]|<[=!]))|(?P<strange>\(\?)"
    r"|(?P<quantifier>(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?)|(?P<other>.)",
    re.DOTALL,
)
_WHITE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python takes for white space: not quite what JavaScript does."""
_WHITE_IN_A_LINE = _WHITE.replace(r"\t-\r", r"\t\v-\r")
_OUTSIDE = {".": r"[^\n]", "$": r"(?=\n?$)"}
"""These know one end of a line, ``\n``."""
_ALIKE = frozenset(r"^$\.*+?()[]{}|/-nrtvfux")
"""These mean the same behind a backslash; punctuation that need not be escaped must not be."""


def browser_rules() -> dict[str, Any]:
    """Return all that the browser must know to compare two reports as Python does, ready for JSON."""
    return {
        "patterns": {
            "clause": browser_pattern(items.CLAUSE),
            "label": browser_pattern(folding.LABEL),
            "year": browser_pattern(re.compile(folding.YEAR)),
            "number": browser_pattern(folding.NUMBER),
            "stretch": browser_pattern(words.STRETCH),
            "atom": browser_pattern(words.ATOM),
            "open": browser_pattern(edits.OPEN_OR_NUMBER),
            "closed": browser_pattern(edits.CLOSED_OR_NUMBER),
            "han": browser_pattern(edits.HAN_WORD),
        },
        "longest": compare.LONGEST,
        "reasons": compare.REASONS,
        "clauses": {
            "longest": clauses.LONGEST,
            "numerals": "".join(sorted(quotes.NUMERALS)),
            "points": "".join(sorted(quotes.POINTS)),
        },
        "folding": {
            "table": folding.TABLE,
            "labels": "".join(sorted(folding.MAY_BEGIN_LABEL)),
            "stops": folding.STOPS,
            "years": folding.YEAR_WORDS,
            "digits": {chr(printed): chr(digit) for printed, digit in folding.HAN_DIGITS.items()},
            "own": folding.THIS,
            "last": folding.LAST,
            "next": folding.NEXT,
        },
        "sections": {
            "same": sections.SAME_HEADING,
            "like": sections.LIKE_HEADING,
            "role": sections.SAME_ROLE,
            "level": sections.SAME_LEVEL,
            "mostWeight": sections.MOST_WEIGHT,
            "least": sections.LEAST_LIKENESS,
            "mostHeadings": sections.MOST_HEADINGS,
        },
        "matching": {
            "strong": matching.STRONG,
            "near": matching.NEAR,
            "elsewhere": matching.NEAR_ELSEWHERE,
            "nearShort": matching.NEAR_SHORT,
            "short": matching.SHORT,
        },
        "nearness": {
            "mostPairs": nearness.MOST_PAIRS,
            "mostCells": nearness.MOST_CELLS,
            "least": nearness.LEAST,
            "contained": nearness.CONTAINED,
            "shortest": nearness.SHORTEST,
            "end": nearness.END,
            "mostAlike": nearness.MOST_ALIKE,
            "asLike": nearness.AS_LIKE,
            "worthless": nearness.WORTHLESS,
            "numbers": nearness.NUMBERS,
        },
        "halves": {
            "whole": halves.WHOLE,
            "half": halves.HALF,
            "nearly": halves.NEARLY,
            "gain": halves.GAIN,
            "leastGain": halves.LEAST_GAIN,
        },
        "edits": {
            "island": edits.ISLAND,
            "mostCells": edits.MOST_CELLS,
            "pauses": edits.PAUSES,
            "punctuation": sorted(words.PUNCTUATION),
        },
        "kinds": dict(formats.CHANGE_NAMES),
        "parts": dict(formats.PART_NAMES),
        "qualifiers": dict(wording.QUALIFIER_NAMES),
    }


def browser_pattern(pattern: re.Pattern[str]) -> str:
    """Return a regular expression as JavaScript reads it with its flag ``u``: the same texts match.

    Possessive quantifiers become greedy ones, which is the same where what follows them cannot fail. Raise ValueError for
    what has no counterpart.
    """
    if pattern.flags & ~re.UNICODE:
        raise ValueError(f"flags: {pattern.pattern}")
    translated: list[str] = []
    in_class = False
    for token in _TOKEN.finditer(pattern.pattern):
        text = token.group()
        match token.lastgroup:
            case "line":
                translated.append(f"[{_WHITE_IN_A_LINE}]")
            case "escape":
                translated.append(_escape(text[1], in_class=in_class))
            case "quantifier" if not in_class:
                translated.append(text[0] + text[1:].removesuffix("+"))
            case "named":
                translated.append("(?<")
            case "strange":
                raise ValueError(f"{text}: {pattern.pattern}")
            case _:
                translated.append(text if in_class else _OUTSIDE.get(text, text))
                in_class = text == "[" or (in_class and text != "]")
    return "".join(translated)


def _escape(letter: str, *, in_class: bool) -> str:
    """Translate what stands behind a backslash."""
    if letter == "d":
        return r"\p{Nd}"
    if letter == "s":
        return _WHITE if in_class else f"[{_WHITE}]"
    if letter in _ALIKE:
        return f"\\{letter}"
    if letter.isalnum():
        raise ValueError(f"\\{letter} has another meaning in JavaScript, or none")
    return letter
