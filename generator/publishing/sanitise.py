"""The one place where HTML from a Markdown library becomes ``Markup``: an allow-list, applied by nh3 (ammonia)."""

from __future__ import annotations

import nh3
from markupsafe import Markup

_SCHEMES = {"http", "https", "mailto"}
_EXTRA_ATTRIBUTES = {"*": {"id", "class", "lang"}, "th": {"scope", "align"}, "td": {"align"}, "a": {"href", "title"}}
_TAGS = (nh3.ALLOWED_TAGS | {"figure", "figcaption", "section"}) - {"map", "area"}


def sanitise(html: str) -> Markup:
    """Return ``html`` without anything that can run or load from elsewhere: no scripts, styles, events, odd schemes."""
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    for tag, names in _EXTRA_ATTRIBUTES.items():
        attributes[tag] = attributes.get(tag, set()) | names
    clean = nh3.clean(html, tags=_TAGS, attributes=attributes, url_schemes=_SCHEMES, link_rel="noopener")
    return Markup(clean)  # noqa: S704 - nh3 has just made it safe
