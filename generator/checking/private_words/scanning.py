"""All private words of a text, each told once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.checking.private_words.addresses import home_addresses
from generator.checking.private_words.denied import denied_words
from generator.checking.private_words.finding import Found, half_width
from generator.checking.private_words.names import law_firms, masked_names, personal_names
from generator.checking.private_words.numbers import bank_cards, identity_numbers
from generator.checking.private_words.phones import mobile_phones
from generator.checking.private_words.plates import plates
from generator.model import DenyList

NUMBER_FINDERS: tuple[Callable[[str], Iterator[Found]], ...] = (identity_numbers, bank_cards, mobile_phones)
WORD_FINDERS: tuple[Callable[[str], Iterator[Found]], ...] = (
    plates,
    home_addresses,
    personal_names,
    masked_names,
    law_firms,
)
"""Where two of them find words that overlap, the first is believed, those of numbers before the others."""
NOTHING_DENIED = DenyList()
_LONG_NUMBER = re.compile(r"[0-9][0-9 \-]{9,}[0-9]")
"""As long as a phone's number, which is the shortest."""


def find_private(text: str, denied: DenyList = NOTHING_DENIED) -> tuple[Found, ...]:
    """Return the private words of a text as it is printed, and those that are ``denied``, in their order, each place once.

    Places count characters from 0. Linear in the text.
    """
    narrow = half_width(text)
    taken = _merged([], denied_words(text, denied))
    finders = (*NUMBER_FINDERS, *WORD_FINDERS) if _LONG_NUMBER.search(narrow) else WORD_FINDERS
    for finder in finders:
        taken = _merged(taken, finder(narrow))
    return tuple(taken)


def _merged(taken: list[Found], found: Iterator[Found]) -> list[Found]:
    """Put what was found among what was ``taken``, but for what overlaps it."""
    new = sorted(found, key=lambda each: each.start)
    if not new:
        return taken
    merged: list[Found] = []
    at, end = 0, 0
    for each in new:
        while at < len(taken) and taken[at].start < each.end:
            merged.append(taken[at])
            end = max(end, taken[at].end)
            at += 1
        if each.start >= end:
            merged.append(each)
            end = each.end
    return merged + taken[at:]
