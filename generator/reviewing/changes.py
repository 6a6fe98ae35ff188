"""Two states of a project -> what happened from one to the other. Pure: values in, values out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.catalogues import Catalogues
from generator.comparing.compare import compare
from generator.comparing.comparison import Change
from generator.comparing.words import Cut, make_cut
from generator.content.forms import AS_IT_WAS, rewriting_of_record, rewriting_of_text
from generator.model import Figure, Place, Problem, Report
from generator.reviewing.fields import compare_fields
from generator.reviewing.review import EntryReview, Fate, FigureReview, PagesReview, ReportReview, Review
from generator.reviewing.states import FiledReport, State

_TOLD_APART = frozenset({"figures"})
CATALOGUE_NAMES = {"topics": "主题", "systems": "制度和平台", "indicators": "指标", "laws": "法律和文件"}


def review_states(old: State, new: State, pages: PagesReview | None = None) -> Review:
    """Return what happens between two states; ``pages`` tells what happens to the site."""
    words = _Words(
        {**old.places, **new.places},
        {each.id: each.name for state in (old, new) for each in state.catalogues.indicators.indicators},
        make_cut(tuple(new.catalogues.system_names())),
    )
    ids = sorted({*old.reports, *new.reports})
    return Review(
        tuple(_review_report(id_, old.reports.get(id_), new, words) for id_ in ids),
        tuple(_review_places(old.places, new.places)),
        tuple(_review_catalogues(old.catalogues, new.catalogues)),
        tuple(_entries({path: path for path in old.pages}, {path: path for path in new.pages}, always=True)),
        _beyond(new.problems, old.problems),
        _beyond(old.problems, new.problems),
        pages,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What a review names things by: places, indicators; and what cuts texts into words."""

    places: Mapping[str, Place]
    indicators: Mapping[str, str]
    cut: Cut

    def report(self, id_: str) -> str:
        path, _, year = id_.rpartition("/")
        return f"{self.places[path].name if path in self.places else path} {year} 年"

    def figure(self, old: Figure | None, new: Figure | None) -> FigureReview:
        known = new or old
        indicator = known.indicator if known else ""
        return FigureReview(self.indicators.get(indicator, indicator), old, new)


def _review_report(id_: str, old: FiledReport | None, state: State, words: _Words) -> ReportReview:
    new, name = state.reports.get(id_), words.report(id_)
    unread = any(each.unread for each in (old, new) if each)
    figures = () if unread else tuple(_review_figures(old, new, words))
    fields = () if unread else compare_fields(old and old.report.record, new and new.report.record, _TOLD_APART)
    sizes = (old.report.characters if old else 0, new.report.characters if new else 0)
    if old is None or new is None:
        fate: Fate = "added" if old is None else "removed"
        return ReportReview(id_, name, fate, sizes, figures=figures, fields=fields, unread=unread)
    changes, reason = _text_changes(old.report, new.report, words.cut)
    return ReportReview(
        id_,
        name,
        "changed",
        sizes,
        changes,
        reason,
        figures,
        fields,
        tuple(_file_changes(old, new, state)),
        rewriting_of_text(old.text, new.text),
        AS_IT_WAS if old.record == new.record else rewriting_of_record(old.record, new.record),
        unread,
    )


def _text_changes(old: Report, new: Report, cut: Cut) -> tuple[tuple[Change, ...], str | None]:
    """Compare two versions of one report, whatever the state of its text: it is the same text that is edited."""
    if not old.passages and not new.passages:
        return (), None
    mine, other = (replace(each, record=replace(each.record, text_state=None)) for each in (old, new))
    comparison = compare(mine, other, cut)
    changes = tuple(
        change
        for change in comparison.changes
        if change.kind != "kept" or any(edit.op != "equal" for edit in change.edits)
    )
    return changes, comparison.reason


def _file_changes(old: FiledReport, new: FiledReport, state: State) -> Iterator[str]:
    yield from (f"删去 {name}" for name in sorted(old.others - new.others))
    yield from (f"新增 {name}" for name in sorted(new.others - old.others))
    place = new.report.place
    yield from (f"改动 {name}" for name in sorted(new.others & old.others) if f"{place}/{name}" in state.changed_others)


def _review_figures(old: FiledReport | None, new: FiledReport | None, words: _Words) -> Iterator[FigureReview]:
    """Pair the figures of two versions: first those with the same words, then those of the same indicator."""
    gone = list(old.report.record.figures) if old else []
    come = list(new.report.record.figures) if new else []
    both = Counter(gone) & Counter(come)
    gone, come = _without(gone, both.copy()), _without(come, both.copy())
    for key in _LIKENESSES:
        waiting: dict[tuple[str, str], list[Figure]] = {}
        for figure in gone:
            waiting.setdefault(key(figure), []).append(figure)
        rest = []
        for figure in come:
            if mine := waiting.get(key(figure)):
                yield words.figure(mine.pop(0), figure)
            else:
                rest.append(figure)
        gone, come = [figure for left in waiting.values() for figure in left], rest
    yield from (words.figure(each, None) for each in gone)
    yield from (words.figure(None, each) for each in come)


def _by_words(figure: Figure) -> tuple[str, str]:
    return figure.indicator, figure.quote


def _by_unit(figure: Figure) -> tuple[str, str]:
    return figure.indicator, figure.unit


_LIKENESSES = (_by_words, _by_unit)


def _without(figures: list[Figure], counted: Counter[Figure]) -> list[Figure]:
    left = []
    for figure in figures:
        if counted[figure]:
            counted[figure] -= 1
        else:
            left.append(figure)
    return left


def _review_places(old: Mapping[str, Place], new: Mapping[str, Place]) -> Iterator[EntryReview]:
    for path in sorted({*old, *new}):
        mine, other = old.get(path), new.get(path)
        if mine != other:
            known = other or mine
            fields = compare_fields(mine and mine.record, other and other.record)
            yield EntryReview(path, known.name if known else path, _fate(mine, other), fields)


def _review_catalogues(old: Catalogues, new: Catalogues) -> Iterator[tuple[str, EntryReview]]:
    before, after = _catalogue_entries(old), _catalogue_entries(new)
    for catalogue, name in CATALOGUE_NAMES.items():
        yield from ((name, entry) for entry in _entries(before[catalogue], after[catalogue]))


def _catalogue_entries(catalogues: Catalogues) -> dict[str, dict[str, Any]]:
    """Return the entries of all catalogues by their ids, each without those below it."""
    topics: dict[str, Any] = {}
    systems: dict[str, Any] = {}
    for group in catalogues.topics.topics:
        topics[group.id] = {"name": group.name, "basis": group.source}
        for topic in group.children:
            own = {key: list(getattr(topic, key)) for key in ("aliases", "terms", "hints", "excludes")}
            topics[topic.id] = {"name": topic.name, "parent": group.id, **own}
            for each in topic.systems:
                kept = {"name": each.name, "kind": each.kind, "aliases": list(each.aliases), "parent": topic.id}
                systems[each.id] = kept
    indicators = {each.id: each for each in catalogues.indicators.indicators}
    laws = {each.id: each for each in catalogues.laws.laws}
    return {"topics": topics, "systems": systems, "indicators": indicators, "laws": laws}


def _entries(old: Mapping[str, Any], new: Mapping[str, Any], *, always: bool = False) -> Iterator[EntryReview]:
    """Walk what differs of entries by their ids; ``always``: those that both have differ."""
    for id_ in sorted({*old, *new}):
        mine, other = old.get(id_), new.get(id_)
        if mine != other or always:
            known: Any = mine if other is None else other
            name = known if isinstance(known, str) else known["name"] if isinstance(known, dict) else known.name
            fields = () if always else compare_fields(mine, other, frozenset({"id"}))
            yield EntryReview(id_, name, _fate(mine, other), fields)


def _fate(old: object, new: object) -> Fate:
    return "added" if old is None else "removed" if new is None else "changed"


def _beyond(problems: tuple[Problem, ...], others: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems that the other state does not have, wherever in the file they stand there."""
    known = Counter((each.path, each.rule, each.level, each.message) for each in others)
    found = []
    for each in problems:
        key = each.path, each.rule, each.level, each.message
        if known[key]:
            known[key] -= 1
        else:
            found.append(each)
    return tuple(found)
