"""Names in a real browser: what is suggested of them is what Python suggests."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from generator.search.names import Names, encode_names, read_names
from tests.browser.conftest import served
from tests.browser.watching import Reader
from tests.cases_reader import ROOT
from tests.test_search_names import OTHERS, PLACES, TYPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MODULES = ("search-names", "search-pinyin")
PAGE = """<!doctype html><html lang="zh-CN"><title>名称</title><link rel="icon" href="data:,">
<script type="importmap">{"imports": {"gongkai/search-names": "./search-names.js", "gongkai/search-pinyin": "./search-pinyin.js"}}
</script></html>"""
ASK = """async ([folder, typed]) => {
  const { Names } = await import("gongkai/search-names");
  const names = new Names(async (name) => {
    const response = await fetch(`${folder}/${name}`);
    if (!response.ok) throw new Error(name);
    return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
  }, (text) => text.replaceAll("鎮", "镇"));
  const answers = [];
  for (const each of typed) answers.push([await names.suggest(each), await names.words(each), await names.nearest(each)]);
  return [answers, names.incomplete];
}"""


@pytest.fixture(scope="module")
def files() -> dict[str, dict[str, bytes]]:
    return {"whole": encode_names(PLACES, OTHERS), "parts": encode_names(PLACES, OTHERS, unsharded=1), "none": {}}


@pytest.fixture(scope="module")
def address(files: Mapping[str, Mapping[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("names")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    for module in MODULES:
        shutil.copy(ROOT / "templates" / "assets" / f"{module}.js", folder)
    for name, contents in files.items():
        (folder / name).mkdir()
        for file, content in contents.items():
            (folder / name / file).write_bytes(content)
    with served(folder) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    reader = Reader(browser, address)
    yield reader
    reader.close()
    assert reader.foreign == []


def in_python(names: Names, typed: str) -> Any:
    return [
        [asdict(each) for each in names.suggest(typed)],
        names.words(typed),
        [asdict(each) for each in names.nearest(typed)],
    ]


@pytest.mark.parametrize("kept", ["whole", "parts"])
def test_the_browser_suggests_what_python_suggests(
    reader: Reader, files: dict[str, dict[str, bytes]], kept: str
) -> None:
    names = read_names(files[kept].get, lambda text: text.replace("鎮", "镇"))
    answers, is_incomplete = reader.open("").evaluate(ASK, [kept, TYPED])
    for typed, answer in zip(TYPED, answers, strict=True):
        assert answer == in_python(names, typed), typed
    assert (is_incomplete, reader.complaints) == (names.incomplete, [])
    assert len(TYPED) >= 150
    assert all(sum(bool(answer[part]) for answer in answers) > 40 for part in range(3))


def test_without_the_files_nothing_is_suggested_and_that_is_told(reader: Reader) -> None:
    answers, is_incomplete = reader.open("").evaluate(ASK, ["none", ["杨柳青", "ylq", ""]])
    assert answers == [[[], [], []]] * 3
    assert is_incomplete
