"""The format of the form in a browser: what nobody has changed keeps its bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generator.content.forms import rewriting_of_record
from generator.content.yaml_reading import read_yaml
from tests.cases_reader import ROOT, case_names, read_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FILES = sorted(path for folder in ("content/places", "examples/places") for path in (ROOT / folder).rglob("*.yml"))
TEXTS = sorted(path for folder in ("content/places", "examples/places") for path in (ROOT / folder).rglob("*.md"))
REPORT = "title: 甲镇年度报告\nissuer: [甲镇人民政府]\n"
DEFAULTS = {"confirmed": False, "qualifier": "exact", "parent_unverified": False}
_FORMATS = """
  const { recordFormat, textFormat } = await import("gongkai/admin-format");
  const forms = await (await fetch("forms.json")).json();
  const formats = { report: recordFormat(forms.report), place: recordFormat(forms.place), text: textFormat };
  const written = (text) => `${text.trim()}\\n`; // what the CMS does with what a format gives it
"""
CHANGED = (
    "async ([kind, text, change]) => {"
    + _FORMATS
    + """
  try {
    return { text: written(formats[kind].toFile({ ...formats[kind].fromFile(text), ...change })) };
  } catch (error) {
    return { refused: error.message };
  }
}"""
)
EACH_KEY = (
    "async ([kind, text]) => {"
    + _FORMATS
    + """
  const { fromForm, told } = await import("gongkai/admin-shapes");
  const other = (value) => {
    if (typeof value === "string") return `${value}改：'"#`;
    if (typeof value === "number") return value + 1;
    if (typeof value === "boolean") return !value;
    if (Array.isArray(value)) return [...value.slice(0, -2), ...value.slice(-1).map(other), ...value.slice(0, 1)];
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, other(each)]));
  };
  const form = formats[kind].fromFile(text);
  const results = [];
  for (const [key, value] of Object.entries(form)) {
    if (key === "original_text" || value === undefined) continue;
    const changed = { ...form, [key]: other(value) };
    const after = written(formats[kind].toFile(changed));
    results.push([key, after, told(fromForm(changed, forms[kind]), forms[kind])[key]]);
  }
  return results;
}"""
)


@pytest.fixture(scope="module")
def page(browser: Browser, admin_address: str) -> Iterator[Page]:
    """The page of the form, where the modules can be had by their names."""
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{admin_address}admin/")
    yield page
    page.close()


def changed(page: Page, kind: str, text: str, change: dict[str, Any]) -> dict[str, str]:
    """Return what is written where some fields of the form are given other values."""
    result: dict[str, str] = page.evaluate(CHANGED, [kind, text, change])
    return result


def without_defaults(value: Any) -> Any:
    """Return a value without what says nothing."""
    if isinstance(value, list):
        return [without_defaults(each) for each in value]
    if isinstance(value, dict):
        return {key: without_defaults(each) for key, each in value.items() if DEFAULTS.get(key, ...) != each}
    return value


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_only_the_block_that_is_changed_is_written(page: Page, path: Any) -> None:
    kind = "place" if path.name == "place.yml" else "report"
    text = path.read_bytes().decode()
    assert changed(page, kind, text, {}) == {"text": text}
    before = read_yaml(text.encode()).value
    results = page.evaluate(EACH_KEY, [kind, text])
    assert results
    for key, after, wanted in results:
        value = read_yaml(after.encode()).value
        assert without_defaults(value.get(key)) == wanted
        assert {name: each for name, each in value.items() if name != key} == {
            name: each for name, each in before.items() if name != key
        }
        assert rewriting_of_record(text.encode(), after.encode()).blocks == ()
        assert after.splitlines()[0] == text.splitlines()[0] or not text.startswith("#")


@pytest.mark.parametrize("name", case_names("admin"))
def test_cases(page: Page, name: str) -> None:
    case = read_case("admin", name)
    result = changed(page, "report", case["before"], json.loads(case.get("change", "{}")))
    if "refused" in case:
        assert case["refused"].strip() in result.get("refused", "")
    else:
        assert result == {"text": case["after"]}
        read_yaml(case["after"].encode())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REPORT.replace("\n", "\r\n"), "title: 乙\r\nissuer: [甲镇人民政府]\r\n"),
        (f"\ufeff{REPORT}", "\ufefftitle: 乙\nissuer: [甲镇人民政府]\n"),
        (REPORT.rstrip("\n"), "title: 乙\nissuer: [甲镇人民政府]\n"),
        (f"---\n{REPORT}", "---\ntitle: 乙\nissuer: [甲镇人民政府]\n"),
        (f"\n\n{REPORT}\n\n", "\n\ntitle: 乙\nissuer: [甲镇人民政府]\n\n\n"),
        ("", "title: 乙\n"),
        ("\ufeff", "\ufefftitle: 乙\n"),
        ("null\n", "title: 乙\n"),
        ("title: |\r\n  甲\r\n  乙\r\ntext_state: ocr\r\n", "title: 乙\r\ntext_state: ocr\r\n"),
        ("title:\ntext_state: ocr\n", "title: 乙\ntext_state: ocr\n"),
    ],
)
def test_line_ends_and_marks_stay(page: Page, text: str, expected: str) -> None:
    assert changed(page, "report", text, {"title": "乙"}) == {"text": expected}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_text_keeps_all_that_is_not_edited(page: Page, path: Any) -> None:
    text = path.read_bytes().decode()
    assert changed(page, "text", text, {}) == {"text": text}
    edited = text.replace("。", "！", 1)
    assert changed(page, "text", text, {"body": edited.strip()}) == {"text": edited}
    windows = changed(page, "text", text.replace("\n", "\r\n"), {"body": edited})
    assert windows == {"text": edited.replace("\n", "\r\n")}


def test_a_long_list_is_edited_in_reasonable_steps(page: Page) -> None:
    items = [f"- {{indicator: a.b{n}, value: {n}, unit: 件, quote: 第{n}件}}\n" for n in range(3000)]
    text = "figures:\n" + "".join(items)
    fields = [{"indicator": f"a.b{n}", "value": n, "unit": "件", "quote": f"第{n}件"} for n in range(3000) if n != 7]
    assert changed(page, "report", text, {"figures": fields}) == {"text": "figures:\n" + "".join(items[:7] + items[8:])}


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 20_000, "a: " + "{a: " * 5_000, "- " * 5_000, "x" * 1_100_000, "a: !x 1", "? 1"]
)
def test_hostile_texts_are_refused(page: Page, text: str) -> None:
    assert set(changed(page, "report", text, {"title": "乙"})) == {"refused"}
