"""What the status page shows: what the checks found, what could not be published, what was let pass."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.addresses import place_address, report_address
from generator.checking.rule_help import RuleGroup
from generator.model import Exemption, Problem, Severity
from generator.pages.holdings import Holdings
from generator.pages.inputs import StatusPage
from generator.pages.rows import Coverage, Crumb
from generator.publishing.shell import Prose

_SHOWN_FAILED = 200
_SHOWN_EXCEPTIONS = 200
_SHOWN_UNVERIFIED = 100


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks found: how often by (level, rule), and the errors themselves.

    ``withheld`` are the reports that failed and have no last good version to show; of these, ``taken_down`` are those whose
    published version must go. ``exceptions`` are those of the reports that passed, by the report's id.
    """

    counts: Mapping[tuple[Severity, str], int]
    failed: tuple[Problem, ...]
    withheld: tuple[str, ...] = ()
    taken_down: frozenset[str] = frozenset()
    exceptions: tuple[tuple[str, Exemption], ...] = ()


def status_page(holdings: Holdings, prose: Prose, findings: Findings, rules: Iterable[RuleGroup]) -> StatusPage:
    """Return what the status page shows; of long lists the beginning."""
    asked = {name: told.asks for group in rules for name, told in group.rules}
    counts = tuple((level, rule, asked.get(rule, rule), n) for (level, rule), n in sorted(findings.counts.items()))
    exceptions = findings.exceptions[:_SHOWN_EXCEPTIONS]
    return StatusPage(
        prose,
        holdings.coverage.get("", Coverage()),
        findings.failed[:_SHOWN_FAILED],
        max(0, len(findings.failed) - _SHOWN_FAILED),
        counts,
        _unverified(holdings),
        tuple(_report_crumb(holdings, report_id) for report_id in findings.withheld[:_SHOWN_FAILED]),
        max(0, len(findings.withheld) - _SHOWN_FAILED),
        tuple((_report_crumb(holdings, report_id), each) for report_id, each in exceptions),
        len(findings.exceptions) - len(exceptions),
    )


def _report_crumb(holdings: Holdings, report_id: str) -> Crumb:
    place, _, year = report_id.rpartition("/")
    return Crumb(f"{holdings.above(place)}{holdings.places[place].name} {year} 年", report_address(report_id))


def _unverified(holdings: Holdings) -> tuple[Crumb, ...]:
    places = (place for place in holdings.places.values() if place.record.parent_unverified)
    return tuple(Crumb(place.name, place_address(place.path)) for place in itertools.islice(places, _SHOWN_UNVERIFIED))
