"""All rules, in the order in which their problems are found; a rule's docstring is what the editors' guide prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.catalogues import Catalogues, Indicator
from generator.checking.catalogue_rules import (
    catalogue_ids,
    catalogue_names,
    catalogue_phrases,
    catalogue_too_wide,
)
from generator.checking.figure_rules import (
    figure_contradiction,
    figure_indicator,
    figure_rate,
    figure_repeated,
    figure_sums,
    figure_unit,
    figure_value,
)
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
    commitment_in_plan,
    dates_valid,
    figure_quote_in_text,
    passages_known,
    sections_known,
    source_unchanged,
    text_equals_source,
    topics_known,
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
from generator.content.catalogue_files import CatalogueFiles
from generator.content.load import Filing
from generator.model import Problem


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules on a report need to know of the catalogues: the topics, and the indicators without their aliases."""

    topics: frozenset[str] = frozenset()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogues: Catalogues) -> Known:
        """Take it from the catalogues."""
        indicators = {each.id: replace(each, aliases=(), excludes=()) for each in catalogues.indicators.indicators}
        return cls(frozenset(topic.id for topic in catalogues.second_level()), indicators)


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
    commitment_in_plan,
    sections_known,
    passages_known,
    source_unchanged,
    text_equals_source,
)
FIGURE_RULES: tuple[Callable[[Filing, Mapping[str, Indicator]], Iterator[Problem]], ...] = (
    figure_indicator,
    figure_unit,
    figure_value,
    figure_sums,
    figure_rate,
    figure_contradiction,
    figure_repeated,
)
PLACE_RULES: tuple[Callable[[Gazetteer], Iterator[Problem]], ...] = (
    place_known,
    level_below_parent,
    code_fits,
    former_free,
    predecessor_known,
    report_at_township,
)
CATALOGUE_RULES: tuple[Callable[[CatalogueFiles], Iterator[Problem]], ...] = (
    catalogue_ids,
    catalogue_names,
    catalogue_phrases,
    catalogue_too_wide,
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


def check_filing(filing: Filing, known: Known) -> tuple[Problem, ...]:
    """Return every problem of one report, in the order of its files and lines."""
    found = [problem for rule in RULES for problem in rule(filing)]
    found += [problem for figure_rule in FIGURE_RULES for problem in figure_rule(filing, known.indicators)]
    found += topics_known(filing, known.topics)
    return tuple(sorted((*filing.problems, *found)))


def check_places(gazetteer: Gazetteer) -> tuple[Problem, ...]:
    """Return every problem of the hierarchy of places."""
    return tuple(sorted(problem for rule in PLACE_RULES for problem in rule(gazetteer)))


def check_catalogues(files: CatalogueFiles) -> tuple[Problem, ...]:
    """Return every problem of the catalogues."""
    return tuple(sorted(problem for rule in CATALOGUE_RULES for problem in rule(files)))


def rule_descriptions() -> dict[str, str]:
    """Return what each rule asks, by its name, for the editors' guide and SARIF."""
    prose = (link, page_address_free, page_file_harmless, prose_present)
    rules = (*RULES, *FIGURE_RULES, topics_known, *PLACE_RULES, *CATALOGUE_RULES, *prose)
    named = {rule.__name__: rule.__doc__ or "" for rule in rules}
    return {**READING_RULES, **named}
