"""An imported document -> the files of a report under ``content/places``, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from generator.content.parse import parse_report
from generator.content.schema import record_from, violations
from generator.content.tree import PLACE_FILE
from generator.content.yaml_reading import YamlError, read_yaml, write_yaml
from generator.importing.decode import ImportRefusedError
from generator.importing.naming import find_name, place_level
from generator.importing.proposals import propose_record
from generator.importing.text import ImportedText
from generator.model import Figure, PlaceRecord, Report, ReportRecord, Source

_EDITORS_OWN = ("text_state", "roles", "figures", "topics", "commitments", "corrections")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would write: contents by path relative to ``content/places``; and what it could not know."""

    place: str
    year: int
    record: ReportRecord
    files: Mapping[str, bytes]
    unknown: tuple[str, ...]
    new_places: tuple[str, ...]


def plan_import(  # noqa: PLR0913 - an import is told by just these
    root: Path,
    imported: ImportedText,
    content: bytes,
    *,
    place: str,
    year: int,
    name: str | None = None,
    propose_figures: Callable[[Report], tuple[Figure, ...]] = lambda _: (),
) -> ImportPlan:
    """Decide what to write under ``root`` (``content/places``) for a document filed as ``place`` and ``year``.

    ``propose_figures`` reads the figures of a report that has none yet; people confirm them.
    """
    source_name = f"{year}.source.txt"
    proposed = propose_record(imported, year)
    kept = _kept_by_editors(root / place / f"{year}.yml", proposed)
    sha256 = hashlib.sha256(content).hexdigest()
    figures = kept.figures or propose_figures(parse_report(place, year, imported.text, kept))
    record = replace(kept, source=Source(kept.source.url, source_name, sha256), figures=figures)
    new_places = _new_places(root, place, imported, name)
    files: dict[str, bytes] = {}
    for path, place_record in new_places.items():
        files[f"{path}/{PLACE_FILE}"] = record_file("place", place_record, path.count("/") + 1)
    depth = place.count("/") + 1
    files[f"{place}/{year}.md"] = imported.text.encode()
    files[f"{place}/{year}.yml"] = record_file("report", record, depth)
    files[f"{place}/{source_name}"] = content
    return ImportPlan(place, year, record, files, _unknown(root, record, place, new_places), tuple(new_places))


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
    finally:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)


def refuse_existing(root: Path, plan: ImportPlan) -> None:
    """Raise ImportRefusedError where the report of a plan is there already."""
    folder = root / plan.place
    existing = sorted(path.name for path in folder.glob(f"{plan.year}.*")) if folder.is_dir() else []
    if existing:
        message = f"{plan.place} 的 {plan.year} 年报告已经存在（{'、'.join(existing)}）"
        raise ImportRefusedError(message, "确要用这份文件代替时加上 --replace；数据、主题等人工内容会保留")


def record_file(name: str, record: PlaceRecord | ReportRecord, depth: int) -> bytes:
    """Return a record as the bytes of its YAML file, its schema named in the first line (relative, so it works offline)."""
    up = "../" * (depth + 2)
    text = write_yaml(_plain(record))
    return f"# yaml-language-server: $schema={up}docs/schema/{name}.json\n{text}".encode()


def _plain(value: Any) -> Any:
    """Turn a record into plain values, leaving out whatever it does not say."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((each.name, each.default, _plain(getattr(value, each.name))) for each in fields(value))
        return {name: plain for name, default, plain in pairs if plain not in (None, {}, []) and plain is not default}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _kept_by_editors(path: Path, proposed: ReportRecord) -> ReportRecord:
    """Carry what people have said of a report over into the record of its new import."""
    if not path.is_file():
        return proposed
    hint = "先改正这个文件再导入，人工填写的内容才不会丢失"
    try:
        value = read_yaml(path.read_bytes()).value or {}
    except YamlError as error:
        raise ImportRefusedError(f"原有的 {path.name} 第 {error.line} 行读不懂：{error.message}", hint) from None
    if found := next(violations("report", value), None):
        raise ImportRefusedError(f"原有的 {path.name} 有误：{found.message}", hint)
    old: ReportRecord = record_from("report", value)
    dates = replace(
        proposed.dates,
        **{each.name: getattr(old.dates, each.name) for each in fields(old.dates) if getattr(old.dates, each.name)},
    )
    kept = {name: getattr(old, name) for name in _EDITORS_OWN}
    return replace(proposed, dates=dates, issuer=old.issuer or proposed.issuer, source=old.source, **kept)


def _new_places(root: Path, place: str, imported: ImportedText, name: str | None) -> dict[str, PlaceRecord]:
    """Return the records of places on the way that have none yet, as far as the document or ``name`` names them."""
    parts = place.split("/")
    found: dict[str, PlaceRecord] = {}
    text = f"{imported.title or ''}\n{imported.text}"
    for depth in range(1, len(parts) + 1):
        path = "/".join(parts[:depth])
        if (root / path / PLACE_FILE).exists():
            continue
        own = name if depth == len(parts) else None
        place_name = own or find_name(parts[depth - 1], text)
        if place_name is None:
            continue
        at_root = depth == len(parts) == 1
        level = "township" if depth == len(parts) else place_level(place_name, depth)
        found[path] = PlaceRecord(place_name, level, parent_unverified=at_root)
    return found


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
        (f"地名（正文没有写明 {'、'.join(missing)} 的名称，请补上 place.yml，或用 --name 写出全称）", bool(missing)),
    )
    return tuple(fact for fact, unknown in facts if unknown)
