"""All rules, in the order in which their problems are found; a rule's docstring is what the editors' guide prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.catalogues import Catalogues, Indicator
from generator.checking.catalogue_rules import (
    catalogue_ids,
    catalogue_names,
    catalogue_phrases,
    catalogue_too_wide,
)
from generator.checking.fazhi import fazhi_form, fazhi_phrases
from generator.checking.figure_rules import (
    figure_contradiction,
    figure_indicator,
    figure_rate,
    figure_repeated,
    figure_sums,
    figure_unit,
    figure_value,
)
from generator.checking.filed_copies import copied_text, source_filed_twice
from generator.checking.filed_places import place_in_text
from generator.checking.item_numbers import item_numbers
from generator.checking.known_slips import known_slip
from generator.checking.place_rules import (
    Gazetteer,
    code_fits,
    former_free,
    level_below_parent,
    place_known,
    predecessor_known,
    report_at_township,
)
from generator.checking.privacy_rules import exception_unused, privacy, private_notes
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
    withdrawn_bare,
    year_matches_path,
)
from generator.checking.rule_help import GROUP_TITLES, READING_RULES, RuleGroup, RuleHelp, group_of, read_help
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
from generator.checking.text_year import year_in_text
from generator.checking.typography import typography
from generator.content.catalogue_files import CatalogueFiles
from generator.content.load import Filing
from generator.model import DenyList, Problem


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules on a report need to know of the project.

    Of the catalogues the topics, the indicators without their aliases, and the phrases that have 法治 or 法制 in them
    (``fazhi``); and the words that must not be published.
    """

    topics: frozenset[str] = frozenset()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    fazhi: tuple[str, ...] = ()
    denied: DenyList = field(default_factory=DenyList)

    @classmethod
    def of(cls, catalogues: Catalogues, denied: DenyList) -> Known:
        """Take it from the catalogues and the list of denied words."""
        indicators = {each.id: replace(each, aliases=(), excludes=()) for each in catalogues.indicators.indicators}
        topics = frozenset(topic.id for topic in catalogues.second_level())
        return cls(topics, indicators, fazhi_phrases(catalogues), denied)


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
    typography,
    item_numbers,
    known_slip,
    year_in_text,
)
WITHDRAWN_RULES: tuple[Callable[[Filing], Iterator[Problem]], ...] = (withdrawn_bare, dates_valid)
"""The rules on a report that was taken down, in place of all others but privacy."""
FIGURE_RULES: tuple[Callable[[Filing, Mapping[str, Indicator]], Iterator[Problem]], ...] = (
    figure_indicator,
    figure_unit,
    figure_value,
    figure_sums,
    figure_rate,
    figure_contradiction,
    figure_repeated,
)
PRIVACY_RULES: tuple[Callable[[Filing, DenyList], Iterator[Problem]], ...] = (privacy, exception_unused)
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


def check_filing(filing: Filing, known: Known) -> tuple[Problem, ...]:
    """Return every problem of one report, in the order of its files and lines."""
    if filing.report.record.withdrawn:
        found = [problem for rule in WITHDRAWN_RULES for problem in rule(filing)]
        found += [problem for privacy_rule in PRIVACY_RULES for problem in privacy_rule(filing, known.denied)]
        return tuple(sorted((*filing.problems, *found)))
    found = [problem for rule in RULES for problem in rule(filing)]
    found += [problem for figure_rule in FIGURE_RULES for problem in figure_rule(filing, known.indicators)]
    found += [problem for privacy_rule in PRIVACY_RULES for problem in privacy_rule(filing, known.denied)]
    found += topics_known(filing, known.topics)
    found += fazhi_form(filing, known.fazhi)
    return tuple(sorted((*filing.problems, *found)))


def check_places(gazetteer: Gazetteer, denied: DenyList) -> tuple[Problem, ...]:
    """Return every problem of the hierarchy of places, and of what is noted of them."""
    found = [problem for rule in PLACE_RULES for problem in rule(gazetteer)]
    return tuple(sorted((*found, *private_notes(gazetteer, denied))))


def check_catalogues(files: CatalogueFiles) -> tuple[Problem, ...]:
    """Return every problem of the catalogues."""
    return tuple(sorted(problem for rule in CATALOGUE_RULES for problem in rule(files)))


def _every_rule() -> tuple[Callable[..., Any], ...]:
    prose = (link, page_address_free, page_file_harmless, prose_present)
    across = (place_in_text, copied_text, source_filed_twice)
    return (
        *RULES,
        withdrawn_bare,
        *FIGURE_RULES,
        *PRIVACY_RULES,
        topics_known,
        fazhi_form,
        *across,
        *PLACE_RULES,
        *CATALOGUE_RULES,
        *prose,
    )


def rule_help() -> dict[str, RuleHelp]:
    """Return what each rule asks, an example and what to do, by its name: its docstring."""
    docstrings = {**READING_RULES, **{rule.__name__: rule.__doc__ or "" for rule in _every_rule()}}
    return {name: read_help(docstring) for name, docstring in docstrings.items()}


def rule_groups() -> tuple[RuleGroup, ...]:
    """Return the help of all rules by what they are about, for the editors' guide."""
    told = rule_help()
    names: dict[str, list[str]] = {group: [] for group in GROUP_TITLES}
    names["files"] += READING_RULES
    for rule in _every_rule():
        names[group_of(rule.__module__)].append(rule.__name__)
    return tuple(
        RuleGroup(group, GROUP_TITLES[group], tuple((name, told[name]) for name in members))
        for group, members in names.items()
    )
