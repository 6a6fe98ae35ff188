"""An imported document -> the files of a report under ``content/places``, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from generator.content.parse import parse_report
from generator.content.tree import PLACE_FILE
from generator.importing.document import ImportRefusedError
from generator.importing.naming import find_name, place_level
from generator.importing.proposals import propose_record
from generator.importing.receiving import Received
from generator.importing.records import read_record, record_file
from generator.model import Figure, PlaceRecord, Report, ReportRecord, Source

_EDITORS_OWN = ("text_state", "roles", "figures", "topics", "commitments", "corrections", "exceptions")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would write: contents by path relative to ``content/places``; and what it could not know.

    ``new_places`` are those on the way that have no file yet. ``replaced`` are the files of the report, by their names, that
    are removed once the others are written: the sources of an earlier import.
    """

    place: str
    year: int
    record: ReportRecord
    files: Mapping[str, bytes]
    unknown: tuple[str, ...]
    new_places: Mapping[str, PlaceRecord]
    replaced: tuple[str, ...] = ()


def plan_import(  # noqa: PLR0913 - an import is told by just these
    root: Path,
    received: Received,
    *,
    place: str,
    year: int,
    name: str | None = None,
    propose_figures: Callable[[Report], tuple[Figure, ...]] = lambda _: (),
) -> ImportPlan:
    """Decide what to write under ``root`` (``content/places``) for a document filed as ``place`` and ``year``.

    ``propose_figures`` reads the figures of a report that has none yet; people confirm them.
    """
    imported = received.imported
    source_name = f"{year}.source{received.suffix}"
    proposed = propose_record(imported, year)
    kept = _kept_by_editors(root / place / f"{year}.yml", proposed)
    sha256 = hashlib.sha256(received.content).hexdigest()
    figures = _figures(parse_report(place, year, imported.text, kept), propose_figures)
    record = replace(kept, source=Source(kept.source.url, source_name, sha256), figures=figures)
    new_places = name_places(root, place, f"{imported.title or ''}\n{imported.text}", name)
    files = place_files(new_places)
    depth = place.count("/") + 1
    files[f"{place}/{year}.md"] = imported.text.encode()
    files[f"{place}/{year}.yml"] = record_file("report", record, depth)
    files[f"{place}/{source_name}"] = received.content
    return ImportPlan(
        place,
        year,
        record,
        files,
        _unknown(root, record, place, new_places),
        new_places,
        _other_sources(root / place, year, source_name),
    )


def write_plan(root: Path, plan: ImportPlan, *, replace_existing: bool = False) -> None:
    """Write the files of a plan. Raise ImportRefusedError, with nothing written, where a report would be overwritten."""
    if not replace_existing:
        refuse_existing(root, plan)
    staged: list[tuple[str, Path]] = []
    try:
        for relative, content in plan.files.items():
            target = root / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".import-")
            staged.append((temporary, target))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary, 0o644)  # noqa: PTH101 - mkstemp's name is a string
        while staged:
            temporary, target = staged[0]
            os.replace(temporary, target)  # noqa: PTH105 - likewise
            staged.pop(0)
        for name in plan.replaced:
            (root / plan.place / name).unlink(missing_ok=True)
    finally:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)


def _figures(report: Report, propose: Callable[[Report], tuple[Figure, ...]]) -> tuple[Figure, ...]:
    """Return the figures of a report that is imported, anew or again: what people said stays.

    Proposals that nobody has confirmed and whose words the text no longer has are proposed anew, for their indicators only:
    others that are not there any more were taken out by an editor.
    """
    recorded = report.record.figures
    if not recorded:
        return propose(report)
    texts = [section.number + section.heading for section in report.sections]
    texts += [passage.text for passage in report.passages]
    stale = [each for each in recorded if not each.confirmed and not any(each.quote in text for text in texts)]
    if not stale:
        return recorded
    wanted = {each.indicator for each in stale}
    anew = [each for each in propose(report) if each.indicator in wanted and each not in recorded]
    return (*(each for each in recorded if each not in stale), *anew)


def _other_sources(folder: Path, year: int, name: str) -> tuple[str, ...]:
    found = sorted(path.name for path in folder.glob(f"{year}.source.*")) if folder.is_dir() else []
    return tuple(each for each in found if each != name)


def refuse_existing(root: Path, plan: ImportPlan) -> None:
    """Raise ImportRefusedError where the report of a plan is there already."""
    folder = root / plan.place
    existing = sorted(path.name for path in folder.glob(f"{plan.year}.*")) if folder.is_dir() else []
    if existing:
        message = f"{plan.place} 的 {plan.year} 年报告已经存在（{'、'.join(existing)}）"
        raise ImportRefusedError(message, "确要用这份文件代替时加上 --replace；数据、主题等人工内容会保留")


def _kept_by_editors(path: Path, proposed: ReportRecord) -> ReportRecord:
    """Carry what people have said of a report over into the record of its new import."""
    if not path.is_file():
        return proposed
    old = read_record(path)
    if old.withdrawn:
        hint = "确要重新公布时，先删去这个文件里的 withdrawn"
        raise ImportRefusedError(f"这份报告已在 {old.withdrawn.date} 撤下，见 {path.name}", hint)
    dates = replace(
        proposed.dates,
        **{each.name: getattr(old.dates, each.name) for each in fields(old.dates) if getattr(old.dates, each.name)},
    )
    kept = {name: getattr(old, name) for name in _EDITORS_OWN}
    source = replace(proposed.source, url=old.source.url or proposed.source.url)
    return replace(proposed, dates=dates, issuer=old.issuer or proposed.issuer, source=source, **kept)


def place_files(places: Mapping[str, PlaceRecord]) -> dict[str, bytes]:
    """Return the files of places, by their paths relative to ``content/places``."""
    return {f"{path}/{PLACE_FILE}": record_file("place", each, path.count("/") + 1) for path, each in places.items()}


def name_places(root: Path, place: str, text: str, name: str | None) -> dict[str, PlaceRecord]:
    """Return the records of places on the way that have none yet, as far as the document's ``text`` or ``name`` names them.

    ``name`` is the township's, or those of the places above it too: 省/市/县/镇, as many as wanted, the township's last.
    """
    parts = place.split("/")
    given = _given_names(parts, name)
    found: dict[str, PlaceRecord] = {}
    for depth in range(1, len(parts) + 1):
        path = "/".join(parts[:depth])
        if (root / path / PLACE_FILE).exists():
            continue
        place_name = given.get(depth) or find_name(parts[depth - 1], text)
        if place_name is None:
            continue
        at_root = depth == len(parts) == 1
        level = "township" if depth == len(parts) else place_level(place_name, depth)
        found[path] = PlaceRecord(place_name, level, parent_unverified=at_root)
    return found


def _given_names(parts: Sequence[str], name: str | None) -> dict[int, str]:
    """Return the names that an editor gives, by the depth (from 1) of the places they belong to."""
    names = [each.strip() for each in (name or "").split("/") if each.strip()]
    if len(names) > len(parts):
        message = f"--name 写了 {len(names)} 个名称，地址只有 {len(parts)} 层"
        raise ImportRefusedError(message, "名称与地址的各层一一对应，最后一个是乡镇，如 某省/某市/某县/某镇")
    return dict(zip(range(len(parts) - len(names) + 1, len(parts) + 1), names, strict=True))


def _unknown(root: Path, record: ReportRecord, place: str, new_places: Mapping[str, PlaceRecord]) -> tuple[str, ...]:
    """Name what the document does not say and the files therefore leave out."""
    parts = place.split("/")
    above = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
    missing = [path for path in (*above, place) if path not in new_places and not (root / path / PLACE_FILE).exists()]
    facts = (
        ("题名", record.title is None),
        ("发布机关", not record.issuer),
        ("成文日期", record.dates.made is None),
        ("公开日期", record.dates.published is None),
        ("来源网址", record.source.url is None),
        ("行政区划代码", place in new_places),
        ("上级行政区划", len(parts) == 1),
        (
            f"地名（正文没有写明 {'、'.join(missing)} 的名称，请补上 place.yml，或用 --name 某省/某市/某县/某镇 写出各级的全称）",
            bool(missing),
        ),
    )
    return tuple(fact for fact, unknown in facts if unknown)
