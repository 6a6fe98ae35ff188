"""The tables of the open data: their columns and labels, the package that describes them, and the database of them all."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.addresses import report_address
from generator.catalogues import LawKind
from generator.comparing.export_rows import CHANGE_COLUMNS, SIMILARITY_COLUMNS
from generator.comparing.formats import CHANGE_NAMES, PART_NAMES
from generator.content.tables import csv_lines
from generator.content.wording import LAW_KIND_NAMES
from generator.linking.export_rows import CITATION_COLUMNS, FIGURE_COLUMNS
from generator.model import Place, ReportSummary
from generator.pages.exports import display_title, json_bytes

REPORT_COLUMNS = (
    "id", "place", "name", "code", "year", "title", "url", "roles", "sections", "passages", "figures", "characters",
)  # fmt: skip
TABLES: Mapping[str, tuple[str, ...]] = {
    "figures": FIGURE_COLUMNS,
    "citations": CITATION_COLUMNS,
    "changes": CHANGE_COLUMNS,
    "similarity": SIMILARITY_COLUMNS,
}
_TITLES = {
    "figures": "报告中的数据",
    "citations": "报告引用的法律和文件",
    "changes": "与上一份报告相比的变化（保留的句子不列）",
    "similarity": "与上一份报告的相似度",
}
_PIECE = 1 << 20

Rows = Callable[[str], Iterator[str]]
"""The rows of a table as CSV, a text for each report."""


@dataclass(frozen=True, slots=True)
class _Column:
    type: str
    label: str
    told: str = ""
    required: bool = True
    enum: tuple[str, ...] = ()


_CHANGE_KINDS = tuple(kind for kind in CHANGE_NAMES if kind != "kept")
_KINDS: tuple[LawKind, ...] = ("law", "regulation", "party_rule", "local_document", "book", "article", "plan")
_COLUMNS: Mapping[str, _Column] = {
    "report": _Column("string", "报告编号", "地方的地址加年度"),
    "place": _Column("string", "地方", "地址，即 reports.json 里的 place.path"),
    "year": _Column("integer", "年度", "报告所写的年度"),
    "indicator": _Column("string", "指标编号"),
    "name": _Column("string", "指标名称"),
    "value": _Column("number", "数值"),
    "unit": _Column("string", "单位"),
    "qualifier": _Column(
        "string", "限定", "exact 确数、approx 约数、at_least 以上、less_than 不足", enum=("exact", "approx", "at_least", "less_than")
    ),
    "confirmed": _Column("boolean", "已确认", "true 经人核对，false 程序提取、尚未核对"),
    "quote": _Column("string", "原话", "报告中含有该数的原话"),
    "printed": _Column("string", "印出的名称"),
    "canonical": _Column("string", "正式名称", "看不出指哪一份文件时为空", required=False),
    "kind": _Column(
        "string",
        "种类",
        "、".join(f"{kind} {LAW_KIND_NAMES[kind]}" for kind in _KINDS) + "；不明时为空",
        required=False,
        enum=_KINDS,
    ),
    "count": _Column("integer", "次数", "在这份报告里出现的次数"),
    "previous": _Column("integer", "上一份的年度", "与哪一年的报告相比"),
    "section": _Column("string", "章节", "所在章节的序号和标题", required=False),
    "old": _Column("string", "去年的原话", "新增的为空", required=False),
    "new": _Column("string", "今年的原话", "删去的为空", required=False),
    "role": _Column("string", "部分", "、".join(f"{part} {name}" for part, name in PART_NAMES.items()), enum=tuple(PART_NAMES)),
    "cosine": _Column("number", "余弦相似度"),
    "jaccard": _Column("number", "雅卡尔相似度"),
    "minimum_edit": _Column("number", "最小编辑相似度"),
    "simple": _Column("number", "简单比对相似度"),
    "copied": _Column("number", "照录的比例", "这一部分的文字有多少照录自上一份", required=False),
    "url": _Column("string", "地址", "相对于网站首页"),
}  # fmt: skip


def table_csv(table: str, rows: Rows) -> Iterator[bytes]:
    """Yield a table as CSV, with its head."""
    yield csv_lines([TABLES[table]]).encode()
    for text in rows(table):
        yield text.encode()


def data_package(name: str, title: str) -> bytes:
    """Return ``datapackage.json`` (Data Package v1, specs.frictionlessdata.io, with a Table Schema for each table)."""
    return json_bytes(
        {
            "profile": "tabular-data-package",
            "name": "gongkai",
            "title": title or name,
            "licenses": [
                {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "CC BY 4.0"}
            ],
            "resources": [_resource(table, columns) for table, columns in TABLES.items()],
        }
    )


def _resource(table: str, columns: tuple[str, ...]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": _TITLES[table],
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": [_field(table, name) for name in columns], "missingValues": [""]},
    }


def _column(table: str, name: str) -> _Column:
    """Return a column of a table; what kind means depends on the table."""
    if (table, name) == ("changes", "kind"):
        told = "、".join(f"{kind} {CHANGE_NAMES[kind]}" for kind in _CHANGE_KINDS)
        return _Column("string", "变化", told, enum=_CHANGE_KINDS)
    return _COLUMNS[name]


def _field(table: str, name: str) -> dict[str, Any]:
    column = _column(table, name)
    field: dict[str, Any] = {"name": name, "type": column.type, "title": column.label}
    if column.told:
        field["description"] = column.told
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.enum:
        constraints["enum"] = list(column.enum)
    return {**field, **({"constraints": constraints} if constraints else {})}


def write_database(
    path: Path, summaries: Iterable[ReportSummary], places: Mapping[str, Place], rows: Rows
) -> Iterator[bytes]:
    """Write all tables into an SQLite file at ``path``, which must be free, and yield its bytes; the file is removed."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(f"BEGIN; {_database_schema()}")
        marks = ", ".join("?" * len(REPORT_COLUMNS))
        db.executemany(f"INSERT INTO reports VALUES ({marks})", _report_rows(summaries, places))  # noqa: S608 - our marks
        for table, columns in TABLES.items():
            marks = ", ".join("?" * len(columns))
            db.executemany(f"INSERT INTO {table} VALUES ({marks})", _typed_rows(table, columns, rows(table)))  # noqa: S608 - ours
        db.execute("COMMIT")
    finally:
        db.close()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    path.unlink()


def _database_schema() -> str:
    types = {
        "year": "INTEGER",
        "sections": "INTEGER",
        "passages": "INTEGER",
        "figures": "INTEGER",
        "characters": "INTEGER",
    }
    columns = ", ".join(f"{name} {types.get(name, 'TEXT')}" for name in REPORT_COLUMNS[1:])
    schema = f"CREATE TABLE reports (id TEXT PRIMARY KEY, {columns});\n"
    sql = {"integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER", "string": "TEXT"}
    for table, names in TABLES.items():
        report = "report TEXT REFERENCES reports (id), " if names[0] == "report" else ""
        own = names[1:] if report else names
        columns = ", ".join(f"{name} {sql[_column(table, name).type]}" for name in own)
        schema += f"CREATE TABLE {table} ({report}{columns});\n"
        schema += f"CREATE INDEX {table}_report ON {table} ({'report' if report else 'place, year'});\n"
    return schema


def _report_rows(summaries: Iterable[ReportSummary], places: Mapping[str, Place]) -> Iterator[tuple[Any, ...]]:
    for each in summaries:
        place = places[each.place]
        yield (
            each.id,
            each.place,
            place.name,
            place.record.code,
            each.year,
            display_title(each.title, place.name, each.year),
            report_address(each.id),
            " ".join(each.roles),
            each.sections,
            each.passages,
            each.figures,
            each.characters,
        )


def _typed_rows(table: str, columns: tuple[str, ...], texts: Iterator[str]) -> Iterator[tuple[Any, ...]]:
    kinds = [_column(table, name) for name in columns]
    for text in texts:
        for row in csv.reader(text.splitlines(keepends=True)):
            yield tuple(_typed(column, cell) for column, cell in zip(kinds, row, strict=True))


def _typed(column: _Column, cell: str) -> Any:
    if column.type == "boolean":
        return int(cell == "true")
    return cell if cell or column.required else None
