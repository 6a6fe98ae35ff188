from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from generator.content.schema import record_from, violations
from generator.content.yaml_reading import read_yaml
from generator.importing.imported import ImportedText, import_document
from generator.importing.proposals import propose_record
from generator.importing.reading import read_document
from tests.cases_reader import ROOT, case_names, read_case

PLACES = ROOT / "content" / "places"
SOURCES = [path.relative_to(PLACES).as_posix() for path in sorted(PLACES.rglob("*.source.txt"))]
YEAR = 2023


def import_text(content: bytes) -> ImportedText:
    return import_document(read_document(content, "report.txt"))


@pytest.mark.parametrize("name", case_names("importing"))
def test_imports_as_a_careful_editor_would(name: str) -> None:
    case = read_case("importing", name)
    imported = import_text(case["source"].encode())
    assert (imported.title or "") == case["title"].strip()
    assert imported.text == case["text"].strip("\n") + "\n"


@pytest.mark.parametrize("name", [name for name in case_names("importing") if "record" in read_case("importing", name)])
def test_proposes_what_the_document_states(name: str) -> None:
    case = read_case("importing", name)
    expected = read_yaml(case["record"].encode()).value
    assert not list(violations("report", expected))
    proposed = msgspec.to_builtins(propose_record(import_text(case["source"].encode()), YEAR))
    dates = {key: date for key, date in proposed["dates"].items() if date is not None}
    stated = {**proposed, "issuer": list(proposed["issuer"]), "dates": dates}
    assert {key: stated[key] for key in expected} == expected


@pytest.mark.parametrize("source", SOURCES)
def test_real_reports_import_to_what_is_filed(source: str) -> None:
    path = PLACES / source
    base = path.parent / path.name.removesuffix(".source.txt")
    record = record_from("report", read_yaml(Path(f"{base}.yml").read_bytes()).value)
    imported = import_text(path.read_bytes())
    assert imported.text == Path(f"{base}.md").read_bytes().decode()
    assert (imported.title, imported.repairs) == (record.title, record.repairs)
