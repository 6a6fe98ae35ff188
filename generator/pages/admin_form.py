"""The editing form, made from the JSON Schemas of the YAML files: what it shows of each key, and what files may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from generator.content import wording
from generator.content.schema import RECORD_TYPES, json_schema

ORIGINAL = "original_text"
"""The hidden field in which the text of the file travels; ``templates/assets/admin-format.js`` names it too."""
KEPT: Mapping[str, frozenset[str]] = {"report": frozenset({"repairs"})}
"""Keys that only programs write: they never reach the form, and the file keeps them as they are."""
_READ_ONLY = {("source", "file"), ("source", "sha256")}
_LONG = {"quote", "note", "what", "why", "commitment"}
"""Texts of more than one line on most screens."""
_SUMMARIES = {
    "figures": "{{indicator}}：{{value}} {{unit}}",
    "commitments": "{{year}}：{{commitment}}",
    "corrections": "{{date}}：{{what}}",
}
_KEY_LABEL = "编号"
_FORM_WORDS = (
    (r"，须加引号", ""),
    (r"写成列表，如 \[([^\]]+)\]", r"一项一个，如 \1"),
    (r"[时后]写 true", ""),
    (r"就(删去|不写)", "就留空"),
    (r"章节编号（(如 [^）]+)）对应内容", r"编号填章节的编号，\1"),
    (r"段落编号（(如 [^）]+)）对应增减", r"编号填段落的编号，\1"),
    (r"写成阿拉伯数字，", ""),
    (r"：?([a-z_]+ [^、；，（）a-z]+、)+[a-z_]+ [^、；，（）a-z]+", ""),
)
"""What descriptions tell those who write files, said for those who fill in a form."""
_OPTION = re.compile(r"([a-z_]+) ([^、；，（）]+)")
_OPTION_WORDS = {str(role): name for role, name in wording.ROLE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class _At:
    """A key on the way from the root of a file: its names, the schema's definitions, and whether it must be there."""

    keys: tuple[str, ...]
    definitions: Mapping[str, Any]
    required: bool = False

    def inside(self, name: str, *, required: bool) -> _At:
        return _At((*self.keys, name), self.definitions, required)


def form_fields(name: str) -> list[dict[str, Any]]:
    """Return the fields of the form for the files of a schema, and the hidden one that carries the text."""
    schema = json_schema(name)
    fields = list(_record_fields(schema, _At((), schema["$defs"]), KEPT.get(name, frozenset())))
    return [*fields, {"name": ORIGINAL, "widget": "hidden"}]


def file_shape(name: str) -> dict[str, Any]:
    """Return what the files of a schema may hold, for ``templates/assets/admin-shapes.js``."""
    schema = json_schema(name)
    shape = _shape(schema, schema["$defs"], _defaults(RECORD_TYPES[name]))
    for key in KEPT.get(name, ()):
        shape["fields"][key] = {"kind": "kept"}
    return shape


def _record_fields(schema: Mapping[str, Any], at: _At, kept: frozenset[str]) -> Iterator[dict[str, Any]]:
    for key, value in schema["properties"].items():
        if key not in kept:
            yield _field(key, _resolved(value, at.definitions), at.inside(key, required=key in schema["required"]))


def _field(key: str, schema: Mapping[str, Any], at: _At) -> dict[str, Any]:
    field: dict[str, Any] = {"name": key, **_words(key, schema), "required": at.required}
    if at.keys in _READ_ONLY:
        field["readonly"] = True
    return {**field, **_widget(key, schema, at)}


def _words(key: str, schema: Mapping[str, Any]) -> dict[str, str]:
    """Take the label and the hint from the description: the label is what stands before its first stop."""
    description = str(schema.get("description") or key)
    label, stop, rest = re.fullmatch(r"(?s)([^，：；（]*)([，：；（]?)(.*)", description).groups()  # type: ignore[union-attr]
    hint = rest.replace("）", "", 1) if stop == "（" else rest
    for written, shown in _FORM_WORDS:
        hint = re.sub(written, shown, hint)
        label = re.sub(written, shown, label)
    return {"label": label, "hint": hint} if hint else {"label": label}


def _widget(key: str, schema: Mapping[str, Any], at: _At) -> dict[str, Any]:
    if "enum" in schema:
        return {"widget": "select", "options": _options(schema)}
    if "properties" in schema:
        shown = {"required": at.required or not schema["required"]}  # one of which nothing must be given is always open
        return {"widget": "object", **shown, "fields": list(_record_fields(schema, at, frozenset()))}
    if isinstance(values := schema.get("additionalProperties"), dict):
        return _pairs(_resolved(values, at.definitions), at)
    if schema["type"] == "array":
        return _list(key, _resolved(schema["items"], at.definitions), at)
    return _scalar(key, schema)


def _list(key: str, items: Mapping[str, Any], at: _At) -> dict[str, Any]:
    shown: dict[str, Any] = {"widget": "list", "collapsed": "auto"}
    if "properties" in items:
        fields = list(_record_fields(items, at, frozenset()))
        return {**shown, "fields": fields, "summary": _SUMMARIES.get(key, "")}
    field = _field(key, {"description": "一项", **items}, at.inside("", required=True))
    return {"widget": "list", "field": field}


def _pairs(values: Mapping[str, Any], at: _At) -> dict[str, Any]:
    """Show a map as a list of its pairs: the key is a field as others are."""
    key = {"name": "key", "label": _KEY_LABEL, "widget": "string", "required": True}
    if "properties" in values:
        fields = [key, *_record_fields(values, at, frozenset())]
    else:
        fields = [key, _field("value", {"description": "内容", **values}, at.inside("", required=True))]
    return {"widget": "list", "collapsed": "auto", "summary": "{{key}}", "fields": fields}


def _scalar(key: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    match schema["type"]:
        case "boolean":
            return {"widget": "boolean"}
        case "integer":
            limits = {each: schema[name] for each, name in (("min", "minimum"), ("max", "maximum")) if name in schema}
            return {"widget": "number", "value_type": "int", **limits}
        case "number":
            return {"widget": "number", "value_type": "float"}
    field: dict[str, Any] = {"widget": "text" if key in _LONG else "string", "use_emoji_autocomplete": False}
    if "maxLength" in schema:
        field["maxlength"] = schema["maxLength"]
    if "pattern" in schema:
        field["pattern"] = [schema["pattern"], str(schema.get("description") or "写法不对")]
    return field


def _options(schema: Mapping[str, Any]) -> list[dict[str, str]]:
    """Name the values of an enumeration as the description does, in its order, else as pages do."""
    told = dict(_OPTION.findall(str(schema.get("description", ""))))
    names = {value: told.get(value) or _OPTION_WORDS.get(value, value) for value in schema["enum"]}
    order = [*told, *_OPTION_WORDS]
    ranked = sorted(names, key=lambda value: order.index(value) if value in order else len(order))
    return [{"label": names[value], "value": value} for value in ranked]


def _shape(schema: Mapping[str, Any], definitions: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    schema = _resolved(schema, definitions)
    if "properties" in schema:
        fields = {key: _shape(value, definitions, defaults.get(key, {})) for key, value in schema["properties"].items()}
        return {"kind": "record", "fields": fields}
    if isinstance(values := schema.get("additionalProperties"), dict):
        return {"kind": "map", "values": _shape(values, definitions, defaults)}
    if schema.get("type") == "array":
        return {"kind": "list", "items": _shape(schema["items"], definitions, defaults)}
    shape: dict[str, Any] = {"kind": "scalar", "types": [schema.get("type", "string")]}
    return {**shape, "default": defaults["="]} if "=" in defaults else shape


def _defaults(kind: Any) -> dict[str, Any]:
    """Return the defaults of a type's fields that are values, ``{"=": value}``, as a tree of the fields' names."""
    match msgspec.inspect.type_info(kind) if not isinstance(kind, msgspec.inspect.Type) else kind:
        case msgspec.inspect.DataclassType(fields=fields):
            return {field.encode_name: {**_defaults(field.type), **_default_of(field)} for field in fields}
        case msgspec.inspect.VarTupleType(item_type=inner) | msgspec.inspect.DictType(value_type=inner):
            return _defaults(inner)
        case msgspec.inspect.Metadata(type=inner):
            return _defaults(inner)
        case msgspec.inspect.UnionType(types=types):
            return {key: each for inner in types for key, each in _defaults(inner).items()}
        case _:
            return {}


def _default_of(field: msgspec.inspect.Field) -> dict[str, Any]:
    return {"=": field.default} if isinstance(field.default, str | bool | int | float) else {}


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Follow a reference; what stands beside it is kept."""
    found = dict(schema)
    while "$ref" in found:
        found = {**definitions[found.pop("$ref").rpartition("/")[2]], **found}
    return found
