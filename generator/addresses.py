"""Addresses of pages that several rooms of the house name; each is relative to the site's root and ends in ``/``."""

from __future__ import annotations


def place_address(path: str) -> str:
    """Return the address of a place."""
    return f"places/{path}/"


def report_address(report_id: str) -> str:
    """Return the address of a report."""
    return f"places/{report_id}/"


def changes_address(report_id: str) -> str:
    """Return the address of what changed in a report against the year before."""
    return f"places/{report_id}/changes/"


def topic_address(topic: str) -> str:
    """Return the address of a topic, of the first level or the second."""
    return f"topics/{topic}/"


def system_address(system: str) -> str:
    """Return the address of an entry of the glossary."""
    return f"topics/systems/{system}/"


def law_address(law: str) -> str:
    """Return the address of a law; the empty string is the list of the documents that no catalogue knows."""
    return f"laws/{law}/" if law else "laws/others/"


def indicator_address(indicator: str) -> str:
    """Return the address of an indicator."""
    return f"indicators/{indicator}/"
