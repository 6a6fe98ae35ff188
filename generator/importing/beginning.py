"""The files of a report that is still to be written down: what stays the same from the year before, and an empty text."""

from __future__ import annotations

from pathlib import Path

from generator.content.tree import PLACE_FILE
from generator.importing.document import ImportRefusedError
from generator.importing.filing import ImportPlan, name_places, place_files, write_plan
from generator.importing.records import read_record, record_file
from generator.model import PlaceRecord, ReportRecord

_FIRST_YEAR = 2000


def begin_report(root: Path, place: str, year: int, name: str | None) -> str:
    """Make the files of a report under ``root`` (``content/places``); return in Chinese what was made.

    Raise ImportRefusedError where the report is there, or where the place has neither a file nor a ``name``.
    """
    before = next(
        (each for each in range(year - 1, _FIRST_YEAR - 1, -1) if (root / place / f"{each}.yml").is_file()), None
    )
    old = read_record(root / place / f"{before}.yml") if before else ReportRecord()
    depth = place.count("/") + 1
    places = _new_places(root, place, name)
    files = {**place_files(places), f"{place}/{year}.md": b""}
    record = ReportRecord(issuer=old.issuer)
    files[f"{place}/{year}.yml"] = record_file("report", record, depth).removesuffix(b"{}\n") + _hints(old, before)
    write_plan(root, ImportPlan(place, year, record, files, (), places))
    taken = f"，发布机关取自 {before} 年" if record.issuer else ""
    made = "、".join(f"content/places/{path}" for path in files)
    return f"已建立：{made}{taken}\n接下来：把正文照原件写进 {year}.md，题名和日期写进 {year}.yml，再运行 gongkai check"


def _new_places(root: Path, place: str, name: str | None) -> dict[str, PlaceRecord]:
    places = name_places(root, place, "", name)
    if place not in places and not (root / place / PLACE_FILE).is_file():
        raise ImportRefusedError(f"还没有 {place} 这个地方", "用 --name 写明它的全称，或检查地址是否写错")
    return places


def _hints(old: ReportRecord, before: int | None) -> bytes:
    """Return comments for what must be looked up in the document itself; what last year said stands beside them."""
    title = " ".join((old.title or "").split())
    last = f"（{before} 年写的是：{title}）" if title else ""
    return (
        f"# 照原件填写以后，去掉行首的「# 」；原件没有的整行删去\n"
        f"# title: 题名{last}\n"
        "# dates: {made: 成文日期, published: 公开日期}\n"
        "# source: {url: 原发布网址}\n"
    ).encode()
