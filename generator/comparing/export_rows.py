"""A comparison's rows of the tables that researchers take, as CSV (RFC 4180, UTF-8)."""

from __future__ import annotations

from collections.abc import Mapping

from generator.addresses import changes_address
from generator.comparing.anchors import change_anchors
from generator.comparing.comparison import Comparison, Part, Similarity
from generator.content.tables import csv_lines

CHANGE_COLUMNS = ("place", "year", "previous", "kind", "section", "old", "new", "url")
SIMILARITY_COLUMNS = (
    "place", "year", "previous", "role", "cosine", "jaccard", "minimum_edit", "simple", "copied", "url",
)  # fmt: skip


def change_table(comparison: Comparison) -> str:
    """Return the rows of ``/data/changes.csv`` that a comparison gives: its changes but for what was kept.

    ``section`` is the number and words of the heading above; several clauses of one side are one text.
    """
    place, _, year = comparison.new.rpartition("/")
    url = changes_address(comparison.new)
    headings: dict[tuple[str, str], str] = {}
    for change in comparison.changes:
        for side, clauses in (("old", change.old), ("new", change.new)):
            headings.update({(side, each.section): each.text for each in clauses if not each.passage})
    return csv_lines(
        (
            place,
            year,
            comparison.years[0],
            change.kind,
            headings.get(("new", change.new[0].section) if change.new else ("old", change.old[0].section), ""),
            "".join(clause.text for clause in change.old),
            "".join(clause.text for clause in change.new),
            f"{url}#{anchor}",
        )
        for change, anchor in zip(comparison.changes, change_anchors(comparison.changes), strict=True)
        if change.kind != "kept"
    )


def similarity_table(comparison: Comparison, similarity: Mapping[Part, Similarity]) -> str:
    """Return the rows of ``/data/similarity.csv`` that a comparison gives: one for each role that both reports have."""
    place, _, year = comparison.new.rpartition("/")
    url = changes_address(comparison.new)
    copied = comparison.copied or {}
    return csv_lines(
        (
            place,
            year,
            comparison.years[0],
            part,
            each.cosine,
            each.jaccard,
            each.minimum_edit,
            each.simple,
            copied.get(part, ""),
            url,
        )
        for part, each in similarity.items()
    )
