"""The rules that comparisons in the browser go by: patterns in JavaScript's words, tables that need no order."""

from __future__ import annotations

import json
import re

import pytest

from generator.comparing.browser_rules import browser_pattern, browser_rules
from generator.comparing.folding import TABLE


@pytest.mark.parametrize(
    ("pattern", "translated"),
    [
        (r"[一二]++是", "[一二]+是"),
        (r"(?:a|b)*+c{2}+", "(?:a|b)*c{2}"),
        (r"[.$+*]\.\$\++", r"[.$+*]\.\$\++"),
        (r"\d[\d０-９]", r"\p{Nd}[\p{Nd}０-９]"),
        (r"(?<=[。].)年$", r"(?<=[。][^\n])年(?=\n?$)"),
        (r"(?P<year>20)(?:\d\d)(?!年)", r"(?<year>20)(?:\p{Nd}\p{Nd})(?!年)"),
        (r"\"[^\"]\"\%", '"[^"]"%'),
        (r"[\]\-）]\n", r"[\]\-）]\n"),
    ],
)
def test_patterns_are_put_into_the_words_of_javascript(pattern: str, translated: str) -> None:
    assert browser_pattern(re.compile(pattern)) == translated


def test_white_space_is_what_python_takes_for_it() -> None:
    everything = [chr(code) for code in range(0x3100)]
    for pattern in (r"\s", r"[\s]", r"[^\S\n]"):
        own = [each for each in everything if re.fullmatch(pattern, each)]
        told = browser_pattern(re.compile(pattern))  # what it says is the same in Python
        assert [each for each in everything if re.fullmatch(told, each)] == own


@pytest.mark.parametrize(
    "pattern", [re.compile("a", re.IGNORECASE), re.compile(r"\bA"), re.compile(r"\w"), re.compile("(?>a)b")]
)
def test_what_has_no_counterpart_is_refused(pattern: re.Pattern[str]) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        browser_pattern(pattern)


def test_characters_are_folded_in_any_order() -> None:
    assert not {folded for folded in TABLE.values() if folded in TABLE}


def test_the_rules_can_travel_as_json() -> None:
    rules = browser_rules()
    assert json.loads(json.dumps(rules)) == rules
