"""All rules, in the order in which their problems are found; a rule's docstring is what the editors' guide prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.checking.place_rules import (
    Gazetteer,
    code_fits,
    former_free,
    level_below_parent,
    place_known,
    predecessor_known,
    report_at_township,
)
from generator.checking.prose_rules import link, page_address_free, page_file_harmless, prose_present
from generator.checking.record_rules import (
    dates_valid,
    figure_quote_in_text,
    passages_known,
    sections_known,
    source_unchanged,
    text_equals_source,
    year_matches_path,
)
from generator.checking.text_rules import (
    duplicate_passage,
    empty_section,
    empty_text,
    heading_form,
    heading_numbers,
    html_refused,
    images_present,
    missing_roles,
)
from generator.content.load import Filing
from generator.model import Problem

RULES: tuple[Callable[[Filing], Iterator[Problem]], ...] = (
    html_refused,
    heading_form,
    empty_text,
    heading_numbers,
    empty_section,
    missing_roles,
    duplicate_passage,
    images_present,
    year_matches_path,
    dates_valid,
    figure_quote_in_text,
    sections_known,
    passages_known,
    source_unchanged,
    text_equals_source,
)
PLACE_RULES: tuple[Callable[[Gazetteer], Iterator[Problem]], ...] = (
    place_known,
    level_below_parent,
    code_fits,
    former_free,
    predecessor_known,
    report_at_township,
)
READING_RULES = {
    "missing_file": "每份报告要有 年份.md 和 年份.yml 两个文件。",
    "encoding": "文件用 UTF-8 编码。",
    "yaml_syntax": "yml 文件要合 YAML 语法。",
    "schema": "yml 文件只用规定的键，值的类型要对。",
    "source_file": "登记的来源文件要在同一文件夹。",
    "too_large": "文件不能过大。",
    "folder_name": "文件夹名用小写拼音和连字符。",
    "unknown_file": "文件夹里只放报告的文件。",
    "spec": "内容格式的版本不能比程序新。",
}
"""What is found while files are read, before any rule can judge them."""


def check_filing(filing: Filing) -> tuple[Problem, ...]:
    """Return every problem of one report, in the order of its files and lines."""
    found = [problem for rule in RULES for problem in rule(filing)]
    return tuple(sorted((*filing.problems, *found)))


def check_places(gazetteer: Gazetteer) -> tuple[Problem, ...]:
    """Return every problem of the hierarchy of places."""
    return tuple(sorted(problem for rule in PLACE_RULES for problem in rule(gazetteer)))


def rule_descriptions() -> dict[str, str]:
    """Return what each rule asks, by its name, for the editors' guide and SARIF."""
    prose = (link, page_address_free, page_file_harmless, prose_present)
    named = {rule.__name__: rule.__doc__ or "" for rule in (*RULES, *PLACE_RULES, *prose)}
    return {**READING_RULES, **named}
