"""Charts drawn when the site is built: inline SVG with a title and a description; the table below tells the same in text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 340
"""User units; drawn at the width of a phone, so that its words are as large as the text's."""
_ROW, _LABEL, _BAR, _VALUE = 36, 12, 10, 96
_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart; ``solid`` is False for a value that nobody has confirmed yet."""

    label: str
    value: float
    told: str
    solid: bool


def bar_chart(bars: Sequence[Bar], *, id_: str, title: str, description: str, unit: str) -> Markup:
    """Return bars in the order in which they are given, one below the other, on a scale from zero."""
    longest = max((bar.value for bar in bars), default=0)
    scale = _PER_CENT if unit == "%" and longest <= _PER_CENT else longest or 1
    rows = "".join(
        _row(bar, number * _ROW, (WIDTH - _VALUE) * max(0.0, bar.value) / scale) for number, bar in enumerate(bars)
    )
    height = len(bars) * _ROW
    return Markup(  # noqa: S704 - escaped piece by piece
        f'<svg class="gk-chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{id_}-title {id_}-desc">'
        f'<title id="{id_}-title">{escape(title)}</title><desc id="{id_}-desc">{escape(description)}</desc>'
        f'<line x1="0.5" y1="0" x2="0.5" y2="{height}"/>{rows}</svg>'
    )


def _row(bar: Bar, top: int, length: float) -> str:
    """Return a bar with its label above it and its value behind it."""
    kind = "gk-bar" if bar.solid else "gk-bar gk-hollow"
    below = top + _LABEL + 6
    return (
        f'<text class="gk-bar-label" x="4" y="{top + _LABEL / 2 + 2:g}">{escape(bar.label)}</text>'
        f'<rect class="{kind}" x="0.5" y="{below}" width="{length:.1f}" height="{_BAR}"/>'
        f'<text x="{length + 6:.1f}" y="{below + _BAR / 2:g}">{escape(bar.told)}</text>'
    )
