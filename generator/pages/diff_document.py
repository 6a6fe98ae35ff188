"""A comparison as one HTML document that needs nothing else: for a mail, an artifact, a pull request."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.comparing.anchors import change_anchors
from generator.comparing.brief import brief_of
from generator.comparing.comparison import Comparison, Part, Similarity
from generator.comparing.formats import CHANGE_NAMES, PART_NAMES, told_figure
from generator.pages.changes_text import Around
from generator.pages.changes_view import changes_by_role
from generator.project import templates_folder


def diff_document(
    comparison: Comparison, similarity: Mapping[Part, Similarity], names: Mapping[str, str], tables: frozenset[str]
) -> str:
    """Return a comparison as a document; ``names`` are those of indicators, ``tables`` the passages that are tables."""
    folder = templates_folder()
    environment = Environment(
        loader=FileSystemLoader(folder / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    around = Around(comparison.old, comparison.new, comparison.years, {}, frozenset(), tables, None)
    changes = list(zip(comparison.changes, change_anchors(comparison.changes), strict=True))
    return environment.get_template("diff.html").render(
        comparison=comparison,
        brief=brief_of(comparison, similarity.get("whole")),
        kinds=CHANGE_NAMES,
        part_names=PART_NAMES,
        figures=[
            (names.get(each.indicator, each.indicator), told_figure(each, comparison.years))
            for each in comparison.figures
        ],
        parts=list(changes_by_role(changes, around)),
        style=Markup((folder / "assets" / "gongkai.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
    )
