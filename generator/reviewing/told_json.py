"""A review as JSON, for programs: everything that the comment tells, and all that it cuts."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.comparing.comparison import Change
from generator.reviewing.review import ReportReview, Review


def review_json(review: Review) -> str:
    """Return a review as JSON: lists of reports, places, catalogues, prose, problems, and the pages."""
    value = {
        "unchanged": review.is_empty,
        "reports": [_report(each) for each in review.reports],
        "places": msgspec.to_builtins(review.places),
        "catalogues": [{"catalogue": name, **msgspec.to_builtins(entry)} for name, entry in review.catalogues],
        "prose": msgspec.to_builtins(review.prose),
        "new_problems": msgspec.to_builtins(review.new_problems),
        "gone_problems": msgspec.to_builtins(review.gone_problems),
        "pages": _pages(review),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _report(report: ReportReview) -> dict[str, Any]:
    value: dict[str, Any] = msgspec.to_builtins(report)
    value["changes"] = [_change(change) for change in report.changes]
    return value


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "role": change.role,
        "old": [clause.text for clause in change.old],
        "new": [clause.text for clause in change.new],
        "edits": [{"op": edit.op, "text": edit.text} for edit in change.edits],
    }


def _pages(review: Review) -> dict[str, Any] | None:
    if review.pages is None:
        return None
    kinds = [
        {"kind": kind, "added": added, "changed": changed, "removed": removed}
        for kind, added, changed, removed in review.pages.counts
    ]
    first = [{"fate": fate, "path": path} for fate, path in review.pages.first]
    return {"reason": review.pages.reason, "counts": kinds, "first": first}
