"""The form itself, in its test mode: what an editor changes is all that changes in the file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.cases_reader import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PLACE = "tianjin-shi/xiqing-qu/yangliuqing-zhen"
REPORT = f"content/places/{PLACE}/2023.yml"
SETTLED = 1_500
"""Milliseconds after which the form has taken in what was typed."""
_REPOSITORY = "const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('sveltia-cms-test', {create: true});"
SEED = (
    "async (files) => {"
    + _REPOSITORY
    + """
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    const name = parts.pop();
    let folder = root;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
)
READ = (
    "async () => {"
    + _REPOSITORY
    + """
  const files = {};
  const walk = async (folder, path) => {
    for await (const [name, each] of folder.entries()) {
      if (each.kind === "directory") await walk(each, `${path}${name}/`);
      else files[path + name] = await (await each.getFile()).text();
    }
  };
  await walk(root, "");
  return files;
}"""
)


def contents() -> dict[str, str]:
    folder = ROOT / "content"
    files = [
        *folder.glob("*.yml"),
        *(path for path in (folder / "places").rglob("*") if path.suffix in {".yml", ".md"}),
    ]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes().decode() for path in sorted(files)}


class Editor:
    """An editor at the form, with a repository inside the browser."""

    def __init__(
        self, browser: Browser, address: str, config: dict[str, Any], more: Mapping[str, str] | None = None
    ) -> None:
        self.address = address
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.before = {**contents(), **(more or {})}
        self.page = self._window(browser)
        self.page.route("**/admin/config.json", lambda route: route.fulfill(json=config))
        self.page.goto(f"{address}about/")
        self.page.evaluate(SEED, self.before)
        self.page.goto(f"{address}admin/")
        self.page.get_by_role("button", name="测试仓库").click()
        self.page.get_by_text("报告说明").first.wait_for()

    def _window(self, browser: Browser) -> Page:
        page = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        local = (self.address, "data:", "blob:")
        page.on("request", lambda asked: None if asked.url.startswith(local) else self.foreign.append(asked.url))
        return page

    def open(self, address: str) -> None:
        """Open an entry by its address in the form."""
        self.page.goto(f"{self.address}admin/#/collections/{address}")
        self.page.get_by_role("button", name="保存", exact=True).wait_for()

    def fill(self, label: str, text: str, nth: int = 0) -> None:
        """Fill in a field by its label."""
        self.page.get_by_role("textbox", name=label, exact=True).nth(nth).fill(text)

    def save(self) -> None:
        """Save, and wait until the form says that it has."""
        self.page.wait_for_timeout(SETTLED)
        self.page.get_by_role("button", name="保存", exact=True).click()
        self.page.get_by_text("条目已保存").wait_for()

    def changes(self) -> dict[str, str]:
        """Return the files that are not what they were."""
        files: dict[str, str] = self.page.evaluate(READ)
        assert set(files) == set(self.before)
        return {path: text for path, text in files.items() if text != self.before[path]}


@pytest.fixture
def config(admin_site: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((admin_site / "admin" / "config.json").read_text(encoding="utf-8"))
    config["backend"] = {"name": "test-repo"}
    del config["publish_mode"]
    return config


@pytest.fixture
def editor(browser: Browser, config: dict[str, Any], admin_address: str) -> Iterator[Editor]:
    editor = Editor(browser, admin_address, config)
    yield editor
    editor.page.context.close()
    assert editor.complaints == []
    assert editor.foreign == []


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_a_changed_title_is_one_changed_line(editor: Editor) -> None:
    editor.open(f"reports/entries/{PLACE}/2023")
    editor.fill("题名", "新的题名")
    editor.save()
    old = editor.before[REPORT]
    assert editor.changes() == {
        REPORT: replaced(old, "title: 杨柳青镇2023年度法治政府建设情况报告\n", "title: 新的题名\n")
    }


def test_dates_and_a_figure_are_changed_in_their_lines(editor: Editor) -> None:
    editor.open(f"reports/entries/{PLACE}/2023")
    editor.fill("成文日期", "2024-01-05")
    editor.page.get_by_role("button", name="全部展开").first.click()
    editor.page.wait_for_timeout(SETTLED)
    editor.page.get_by_label("数值", exact=True).first.fill("5")
    editor.save()
    expected = replaced(editor.before[REPORT], "policy_docs, value: 4,", "policy_docs, value: 5,")
    expected = replaced(expected, "\nsource: {", '\ndates: {made: "2024-01-05"}\nsource: {')
    assert editor.changes() == {REPORT: expected}


def test_a_date_in_another_form_is_not_saved(editor: Editor) -> None:
    editor.open(f"reports/entries/{PLACE}/2023")
    editor.fill("成文日期", "2024年1月5日")
    editor.page.wait_for_timeout(SETTLED)
    editor.page.get_by_role("button", name="保存", exact=True).click()
    editor.page.wait_for_timeout(SETTLED)
    assert editor.page.get_by_text("写作 2024-01-05").count()
    assert editor.changes() == {}


def test_a_text_is_edited_as_it_is(editor: Editor) -> None:
    path = f"content/places/{PLACE}/2023.md"
    editor.open(f"texts/entries/{PLACE}/2023")
    text = editor.page.get_by_role("textbox", name="正文").input_value()
    assert text == editor.before[path].strip()
    editor.fill("正文", text.replace("。", "！", 1))
    editor.save()
    assert editor.changes() == {path: editor.before[path].replace("。", "！", 1)}


def test_places_and_catalogues(editor: Editor) -> None:
    place = f"content/places/{PLACE}/place.yml"
    editor.open(f"places/entries/{PLACE}/place")
    editor.fill("说明", "沿革待查")
    editor.save()
    editor.open("catalogues/entries/indicators")
    text = editor.page.get_by_role("textbox", name="指标目录").input_value()
    editor.fill("指标目录", text.replace("name: 村（社区、场）数", "name: 村数"))
    editor.save()
    catalogue = editor.before["content/indicators.yml"]
    assert editor.changes() == {
        place: f"{editor.before[place]}note: 沿革待查\n",
        "content/indicators.yml": replaced(catalogue, "name: 村（社区、场）数", "name: 村数"),
    }


def test_a_file_that_the_form_cannot_show_is_told(browser: Browser, config: dict[str, Any], admin_address: str) -> None:
    odd = {f"content/places/{PLACE}/2022.yml": "title: &a 甲\n"}
    editor = Editor(browser, admin_address, config, odd)
    editor.page.get_by_role("alert").filter(has_text="有一个文件没有列出：不支持 YAML 的锚点和别名").wait_for()
    editor.page.context.close()


def test_why_a_file_is_not_saved_is_told(browser: Browser, config: dict[str, Any], admin_address: str) -> None:
    odd = {f"content/places/{PLACE}/2022.yml": "issuer: [\n  甲, # 第一个\n  乙]\n"}
    editor = Editor(browser, admin_address, config, odd)
    editor.open(f"reports/entries/{PLACE}/2022")
    editor.page.get_by_role("button", name=re.compile("添加.*发布机关")).click()
    editor.page.wait_for_timeout(SETTLED)
    editor.page.get_by_role("textbox").nth(3).fill("丙")
    editor.page.wait_for_timeout(SETTLED)
    editor.page.get_by_role("button", name="保存", exact=True).click()
    editor.page.get_by_role("alert").filter(has_text="没有保存：这个文件的写法不能在表单里改").wait_for()
    assert editor.changes() == {}
    editor.page.context.close()


def test_nothing_is_asked_of_others_before_signing_in(browser: Browser, admin_address: str) -> None:
    page = browser.new_context(locale="zh-CN").new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{admin_address}admin/")
    page.get_by_role("button", name="访问令牌").wait_for()
    page.wait_for_timeout(SETTLED)
    assert asked
    assert [url for url in asked if not url.startswith((admin_address, "data:", "blob:"))] == []
    assert page.get_attribute("html", "lang") == "zh-CN"
    page.context.close()


def test_without_scripts_the_page_leads_to_the_guide(browser: Browser, admin_address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{admin_address}admin/")
    page.get_by_role("link", name="编辑指南").click()
    assert page.url == f"{admin_address}about/contribute/"
    page.context.close()
