"""A report taken down: its text and sources removed, and the reason left for the public log."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.content.tree import ReportFiles
from generator.importing.document import ImportRefusedError
from generator.importing.filing import ImportPlan, write_plan
from generator.importing.records import read_record, record_file
from generator.model import ReportRecord, Source, Withdrawal


def withdraw_report(root: Path, files: ReportFiles, why: str, today: dt.date) -> tuple[str, ...]:
    """Take down the report of ``files`` under ``root`` (``content/places``); return the names of the files removed.

    ``YEAR.yml`` keeps the title, the issuers and the dates. It is written before anything is removed, so that a report is
    never left without its reason. Raise ImportRefusedError where ``YEAR.yml`` cannot be read.
    """
    own = f"{files.year}.yml"
    path = root / files.place / own
    record = read_record(path) if path.is_file() else ReportRecord()
    if record.withdrawn:
        raise ImportRefusedError(f"{files.id} 已经在 {record.withdrawn.date} 撤下", "要改原因时直接改 yml 文件")
    if not why.strip():
        raise ImportRefusedError("没有写原因", "用 --why 写明为什么撤下；原因对外公布，不要写出要隐去的内容")
    left = ReportRecord(
        title=record.title,
        issuer=record.issuer,
        dates=record.dates,
        source=Source(url=record.source.url),
        corrections=record.corrections,
        withdrawn=Withdrawal(today.isoformat(), why.strip()),
    )
    removed = tuple(name for name in files.files if name != own)
    written = {f"{files.place}/{own}": record_file("report", left, files.place.count("/") + 1)}
    plan = ImportPlan(files.place, files.year, left, written, (), {}, removed)
    write_plan(root, plan, replace_existing=True)
    return removed
