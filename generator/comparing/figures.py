"""What two reports state of the same indicators."""

from __future__ import annotations

from collections.abc import Sequence

from generator.comparing.comparison import FigureChange
from generator.model import Figure


def compare_figures(old: Sequence[Figure], new: Sequence[Figure]) -> tuple[FigureChange, ...]:
    """Return the figures of both reports by indicator and unit, in the order of the new report, then of the old.

    Where a report states an indicator several times, equal values go together, then the first with the first; a value that
    has no other beside it stands alone. The same value told twice is one figure.
    """
    stated: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
    for which, figures in ((1, new), (0, old)):
        for place, figure in enumerate(figures):
            known = stated.setdefault((figure.indicator, figure.unit), ([], []))[which]
            if all(figures[each].value != figure.value for each in known):
                known.append(place)
    return tuple(
        FigureChange(
            indicator,
            unit,
            first,
            second,
            None if first is None else old[first].value,
            None if second is None else new[second].value,
        )
        for (indicator, unit), (mine, others) in stated.items()
        for first, second in _pairs(old, new, mine, others)
    )


def _pairs(
    old: Sequence[Figure], new: Sequence[Figure], mine: Sequence[int], others: Sequence[int]
) -> list[tuple[int | None, int | None]]:
    same = {second: first for second in others for first in mine if old[first].value == new[second].value}
    left = iter([first for first in mine if first not in same.values()])
    found: list[tuple[int | None, int | None]] = [
        (same[second] if second in same else next(left, None), second) for second in others
    ]
    return [*found, *((first, None) for first in left)]
