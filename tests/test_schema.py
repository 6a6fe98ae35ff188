from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from generator.content.catalogue_files import CATALOGUE_NAMES
from generator.content.schema import RECORD_TYPES, schema_file
from generator.content.yaml_reading import MAX_BYTES, MAX_DEPTH, YamlError, read_yaml, write_yaml
from tests.cases_reader import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", sorted(RECORD_TYPES))
def test_the_schemas_of_the_documentation_are_those_of_the_model(name: str) -> None:
    kept = (ROOT / "docs" / "schema" / f"{name}.json").read_bytes().decode()
    assert kept == schema_file(name), "run `make schema`"


@pytest.mark.parametrize("name", sorted(RECORD_TYPES))
def test_the_schemas_are_schemas(name: str) -> None:
    schema = json.loads(schema_file(name))
    jsonschema_rs.meta.validate(schema)
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    "path",
    [
        *(ROOT / "content" / f"{name}.yml" for name in CATALOGUE_NAMES),
        *sorted((ROOT / "content/places").rglob("*.yml")),
    ],
    ids=lambda path: path.name,
)
def test_the_first_line_of_every_file_names_its_schema(path: Path) -> None:
    name = path.stem if path.stem in {*CATALOGUE_NAMES, "place"} else "report"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    assert (path.parent / first.removeprefix(prefix)).resolve() == ROOT / "docs" / "schema" / f"{name}.json"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("Off", "Off"), ("y", "y"), ("No", "No"), ("True", "True"),
        ("2024-01-05", "2024-01-05"), ("2024-01-05 10:30", "2024-01-05 10:30"), ("12:30", "12:30"), ("0123", "0123"),
        ("0o17", "0o17"), ("0x1F", "0x1F"), ("1_000", "1_000"), ("1e3", "1e3"), (".5", ".5"), ("1.", "1."),
        (".inf", ".inf"), (".nan", ".nan"), ("<<", "<<"), ("=", "="), ("110101199003077758", 110101199003077758),
        ("1101011990030777581", "1101011990030777581"), ("true", True), ("false", False), ("~", None), ("null", None),
        ("", None), ("12", 12), ("-3", -3), ("0", 0), ("96.1", 96.1), ("'12'", "12"), ('"no"', "no"), ("'true'", "true"),
    ],
)  # fmt: skip
def test_only_plain_numbers_and_truths_are_more_than_text(text: str, value: Any) -> None:
    read = read_yaml(f"key: {text}\n".encode()).value["key"]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\nb: *x\n", 1),
        ("a: 1\nb: &x [1]\n", 2),
        ("a: *x\n", 1),
        ("a: 1\nb: !!python/object:os.system {}\n", 2),
        ("a: !!int '1'\n", 1),
        ("a: !custom 1\n", 1),
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a:\n  b: 1\n  b: 2\n", 3),
        ("{a: 1, a: 2}\n", 1),
        ("? [1]\n: 2\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: [1\n", 2),
        ("a: 1\n b: 2\n", 2),
        ("a: \x07\n", 1),
        ("\ta: 1\n", 1),
    ],
)
def test_anything_but_plain_yaml_is_refused_at_its_line(text: str, line: int) -> None:
    with pytest.raises(YamlError) as caught:
        read_yaml(text.encode())
    assert caught.value.line == line
    assert caught.value.hint


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_and_not_followed(opening: str) -> None:
    with pytest.raises(YamlError, match=str(MAX_DEPTH)):
        read_yaml((opening * 10_000).encode())


def test_a_file_over_its_size_is_refused() -> None:
    with pytest.raises(YamlError, match="超过上限"):
        read_yaml(b"a: " + b"x" * MAX_BYTES)


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    laughs = "a: &a [ha, ha]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    with pytest.raises(YamlError, match="别名"):
        read_yaml(laughs.encode())


@pytest.mark.parametrize(
    "value",
    ["no", "true", "2024-01-05", "0123", "12", "1.5", "~", "", "null", "a: b", "- a", "#x", "&a", "*a", "!a", "'", '"', "行\n行",
     " x ", "\u3000", "@", "`", "%", "[", "{", "|", ">", "?", "：", "。" * 200],
)  # fmt: skip
def test_text_that_looks_like_something_else_is_read_back_as_written(value: str) -> None:
    assert read_yaml(write_yaml({"key": value, "list": [value]}).encode()).value == {"key": value, "list": [value]}
