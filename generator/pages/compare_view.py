"""The page on which any two reports are compared in the browser: the rules and names that it carries for the scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
from markupsafe import Markup

from generator.comparing.browser_rules import browser_rules
from generator.pages import inputs as kinds
from generator.pages.changes_view import PARTS, ROLES
from generator.pages.frame import Frame
from generator.pages.linked_views import View

_MODULES = ("compare-rules", "compare-clauses", "compare-matching", "compare-edits", "compare-changes", "compare-view")


def compare_view(page: kinds.ComparePage) -> View:
    """Show the form, for browsers that run scripts."""
    rules = {**browser_rules(), "roles": ROLES, "rows": PARTS, "indicators": dict(page.indicators)}
    values = {
        "prose": Markup(page.prose.html),  # noqa: S704 - publishing.sanitise has made it
        "rules": json_in_page(rules),
    }
    return replace(Frame.of_prose(page.prose, page), modules=_MODULES), "compare.html", values


def json_in_page(value: Any) -> Markup:
    """Return a value as JSON that may stand in a script element: nothing in it ends the element or begins another."""
    return Markup(msgspec.json.encode(value).decode().replace("<", "\\u003c"))  # noqa: S704 - escaped for scripts
