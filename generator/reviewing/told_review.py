"""The command ``gongkai review``: the other state, both read and built, and what lies between them told."""

from __future__ import annotations

from generator.project import Project
from generator.reviewing.base import base_project
from generator.reviewing.changes import review_states
from generator.reviewing.markdown import review_markdown
from generator.reviewing.review import Review
from generator.reviewing.sites import review_sites
from generator.reviewing.states import read_states
from generator.reviewing.told_json import review_json


def review_against(project: Project, base: str, *, pages: bool = True) -> Review:
    """Return what the project would change of ``base``, a folder or a revision. Raise BaseError."""
    other = base_project(project, base)
    touched = review_sites(other, project) if pages else None
    return review_states(*read_states(other, project), touched)


def tell_review(project: Project, base: str, form: str, *, pages: bool = True) -> str:
    """Return the review as ``md`` or ``json``."""
    review = review_against(project, base, pages=pages)
    return review_json(review) if form == "json" else review_markdown(review)
