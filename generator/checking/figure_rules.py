"""Rules on the figures that ``YEAR.yml`` records: known indicators and units, values that the quotes state, no nonsense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.catalogues import Indicator
from generator.checking.record_rules import nearest_id
from generator.content.load import Filing
from generator.content.quotes import quote_places
from generator.linking.figures import number_span
from generator.model import Figure, Problem

_SHOWN = 40
_WHOLE = 100
_SUMS = (("enforcement.cases", ("enforcement.inspections", "enforcement.penalties")),)
"""A total and the parts that make it."""
_PARTS = (("normdoc.still_valid", "normdoc.reviewed"), ("litigation.lost", "litigation.cases"))
"""A part and the whole that it cannot exceed."""


def figure_indicator(filing: Filing, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    """数据的指标编号必须是指标目录里有的。

    例：figures: [{indicator: training.session, value: 3, unit: 场, quote: 开展法治培训3场}]
    改法：照指标目录里的编号改正。
    """
    for index, figure in _figures(filing):
        if indicators and figure.indicator not in indicators:
            message, hint = f"指标目录里没有「{figure.indicator}」", nearest_id(figure.indicator, indicators)
            yield filing.in_record(("figures", index, "indicator"), "figure_indicator", "error", message, hint)


def figure_unit(filing: Filing, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    """数据的单位必须是这个指标可用的单位。

    例：figures: [{indicator: training.sessions, value: 3, unit: 人, quote: 开展法治培训3场}]
    改法：换成提示里可用的单位，或换成正确的指标。
    """
    for index, figure in _figures(filing):
        indicator = indicators.get(figure.indicator)
        if indicator and figure.unit not in {indicator.unit, *indicator.units}:
            message = f"「{indicator.name}」不用单位「{figure.unit}」"
            hint = "可用的单位：" + "、".join((indicator.unit, *indicator.units))
            yield filing.in_record(("figures", index, "unit"), "figure_unit", "error", message, hint)


def figure_value(filing: Filing, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:  # noqa: ARG001 - as its like
    """数据的原话里必须有这个数，而且没有截断正文里的数。

    例：figures: [{indicator: training.sessions, value: 30, unit: 场, quote: 开展法治培训3场}]
    改法：核对数值，或照抄含有这个数的原话。
    """
    texts = [section.number + section.heading for section in filing.report.sections]
    texts += [passage.text for passage in filing.report.passages]
    for index, figure in _figures(filing):
        found = [text for text in texts if figure.quote in text]
        if number_span(figure.quote, figure) is None:
            message = f"原话里没有 {_amount(figure)}：「{figure.quote[:_SHOWN]}」"
            hint = "核对数值，或照抄含有这个数的原话"
            yield filing.in_record(("figures", index, "value"), "figure_value", "error", message, hint)
        elif found and not any(True for text in found for _ in quote_places(text, figure.quote)):
            message = f"原话截断了正文里的数：「{figure.quote[:_SHOWN]}」"
            yield filing.in_record(("figures", index, "quote"), "figure_value", "error", message, "把这个数抄全")


def figure_sums(filing: Filing, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    """分项之和应当等于总数，部分不应当多于全部。

    例：行政执法案件 100 件，其中行政检查 90 件，行政处罚 20 件
    改法：与正文核对；正文如此就照原文保留。
    """
    once = _told_once(filing)
    for total, parts in _SUMS:
        if {total, *parts} <= once.keys():
            index, whole = once[total]
            addends = [once[part][1] for part in parts]
            counted = sum(each.value for each in addends)
            if _comparable(whole, *addends) and counted != whole.value:
                names = "、".join(_name(each, indicators) for each in addends)
                message = f"「{_name(whole, indicators)}」是 {whole.value}，{names}合计 {counted}"
                yield filing.in_record(("figures", index, "value"), "figure_sums", "warning", message, _VERIFY)
    for part, total in _PARTS:
        if part in once and total in once:
            index, less = once[part]
            whole = once[total][1]
            if _comparable(less, whole) and less.value > whole.value:
                message = f"「{_name(less, indicators)}」{less.value} 多于「{_name(whole, indicators)}」{whole.value}"
                yield filing.in_record(("figures", index, "value"), "figure_sums", "warning", message, _VERIFY)


_VERIFY = "与正文核对；正文如此就照原文保留"


def figure_rate(filing: Filing, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    """百分比应当在 0 到 100 之间。

    例：figures: [{indicator: training.sessions, value: 103, unit: "%", quote: 开展法治培训3场}]
    改法：写百分号前面的数，如 99.77。
    """
    for index, figure in _figures(filing):
        if figure.unit == "%" and not 0 <= figure.value <= _WHOLE:
            message = f"「{_name(figure, indicators)}」是 {_amount(figure)}"
            hint = "写百分号前面的数，如 99.77"
            yield filing.in_record(("figures", index, "value"), "figure_rate", "error", message, hint)


def figure_contradiction(filing: Filing, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    """同一指标在一份报告里不应当有不同的数。

    例：figures: [{indicator: training.sessions, value: 3, unit: 场, quote: 法治培训3场}, {indicator: training.sessions, value: 4, unit: 场, quote: 培训4场}]
    改法：照原文都保留；若是读错了，删去错的一处。
    """
    first: dict[tuple[str, str], Figure] = {}
    for index, figure in _figures(filing):
        told = first.setdefault((figure.indicator, figure.unit), figure)
        if told.value != figure.value:
            message = (
                f"这份报告自己说法不一：「{_name(figure, indicators)}」一处 {_amount(told)}，一处 {_amount(figure)}"
            )
            hint = "照原文都保留；若是读错了，删去错的一处"
            yield filing.in_record(("figures", index, "value"), "figure_contradiction", "warning", message, hint)


def figure_repeated(filing: Filing, indicators: Mapping[str, Indicator]) -> Iterator[Problem]:
    """同一指标的同一个数只记一次。

    例：figures: [{indicator: training.sessions, value: 3, unit: 场, quote: 法治培训3场}, {indicator: training.sessions, value: 3, unit: 场, quote: 培训3场}]
    改法：留一处即可。
    """
    first: dict[tuple[str, str, float], int] = {}
    for index, figure in _figures(filing):
        earlier = first.setdefault((figure.indicator, figure.unit, figure.value), index)
        if earlier != index:
            message = f"「{_name(figure, indicators)}」{_amount(figure)} 已记在 figures[{earlier + 1}]"
            yield filing.in_record(("figures", index), "figure_repeated", "note", message, "留一处即可")


def _figures(filing: Filing) -> Iterator[tuple[int, Figure]]:
    return enumerate(filing.report.record.figures)


def _told_once(filing: Filing) -> dict[str, tuple[int, Figure]]:
    """The figures whose indicator has no other figure, with their places."""
    found: dict[str, list[tuple[int, Figure]]] = {}
    for index, figure in _figures(filing):
        found.setdefault(figure.indicator, []).append((index, figure))
    return {indicator: each[0] for indicator, each in found.items() if len(each) == 1}


def _comparable(*figures: Figure) -> bool:
    """Exact numbers of one unit."""
    return len({figure.unit for figure in figures}) == 1 and all(figure.qualifier == "exact" for figure in figures)


def _name(figure: Figure, indicators: Mapping[str, Indicator]) -> str:
    indicator = indicators.get(figure.indicator)
    return indicator.name if indicator else figure.indicator


def _amount(figure: Figure) -> str:
    unit = figure.unit if figure.unit == "%" else f" {figure.unit}"
    return f"{figure.value}{unit}"
