"""Addresses of pages, and the relative links between them, which work under any base path."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

Link = Callable[[str], str]

_PLAIN = re.compile(r"(?:[a-z0-9/._-]+(?:#[a-z0-9._-]+)?)?", re.IGNORECASE)
"""Addresses in which nothing needs quoting: nearly all."""


def published_name(name: str) -> str:
    """Return the name that a file of a report is published under: web pages as text, so that nothing in them runs."""
    return f"{name}.txt" if name.endswith((".html", ".htm", ".mhtml")) else name


def page_address(address: str, number: int) -> str:
    """Return the address of the n-th page of a list, from 1."""
    return address if number == 1 else f"{address}page-{number}/"


def linker(address: str, base: str) -> Link:
    """Return the function that links from ``address`` to any other address; ``404.html`` links from ``base``."""
    up = base if address == "404.html" else "../" * address.count("/") or "./"

    def link(target: str) -> str:
        if _PLAIN.fullmatch(target):
            return up + target
        path, mark, anchor = target.partition("#")
        if not path and mark:
            return f"#{quote(anchor, safe='')}"
        return up + quote(path) + (f"#{quote(anchor, safe='')}" if mark else "")

    return link
