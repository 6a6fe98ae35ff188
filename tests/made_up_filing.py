"""A filing made of a text alone, as the rules on a report see it."""

from __future__ import annotations

from generator.content.load import Filing
from generator.content.parse import parse_report
from generator.content.tree import ReportFiles
from generator.content.yaml_reading import YamlDocument
from generator.model import ReportRecord


def filing(text: str, year: int = 2023, title: str | None = None) -> Filing:
    """Return the report of 清河镇 with this text, as it is filed under ``year``."""
    record = ReportRecord(title=title)
    files = ReportFiles("qinghe-zhen", year, {})
    report = parse_report("qinghe-zhen", year, text, record)
    return Filing("qinghe-zhen", year, files, text, YamlDocument({}), report, None, {}, b"", ())
