"""The search in a real browser: the same hits in the same order as in Python, the page, the dialog, and what can go wrong."""

from __future__ import annotations

import json
import re
import shutil
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from generator.search.answering import answer, open_index, show
from generator.search.engine import Filters, find_hits, readings
from generator.search.folding import fold, make_folding
from generator.search.query import parse_query
from generator.search.texts import SearchSection, SearchText, encode_text
from tests.browser.conftest import served
from tests.browser.test_looks import CONTRASTS, LEGIBLE, OVERFLOW, SMALLEST_TARGET, TARGETS
from tests.browser.watching import Reader
from tests.made_up_texts import QINGXI, SITE
from tests.site_in_string import build_site, make_project, site_folder
from tests.test_search import ABSENT, CASES, drawn, units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

    from generator.project import Project
    from generator.search.reading import Index

pytestmark = pytest.mark.browser

ENGINE = """async (asked) => {
  const [{Index, fetcher}, {findHits, parseQuery, readings, showHit}] = await Promise.all([import("gongkai/search-index"), import("gongkai/search-engine")]);
  const index = await new Index(fetcher(new URL(document.querySelector(".gk-search").action + "../"))).open();
  const answers = [];
  for (const [typed, filters] of asked) {
    const query = parseQuery(typed, (text) => index.fold(text));
    const found = [];
    if (!query.problem) for await (const hit of findHits(index, readings(index, query), filters)) {
      if (hit) { const {report, passage, heading, snippet, alias} = showHit(index, hit); found.push([report, passage, heading, snippet, alias]); }
    }
    answers.push(query.problem ?? found);
  }
  return answers;
}"""
FOLD = """async (text) => {
  const {Index, fetcher} = await import("gongkai/search-index");
  const index = await new Index(fetcher(new URL(document.querySelector(".gk-search").action + "../"))).open();
  return index.fold(text);
}"""
FIRST_HEADING = """async () => {
  const {Index, fetcher} = await import("gongkai/search-index");
  const index = await new Index(fetcher(new URL(document.querySelector(".gk-search").action + "../"))).open();
  return (await index.text(0)).sections[0].heading;
}"""
ODD = [
    "法治" * 5_000,
    "，，，",
    "<script>alert(1)</script>",
    "%00",
    "\\",
    ".*",
    "((",
    "[a-z]+",
    "😀",
    "😀😀",
    "-",
    '"',
    "' OR 1=1",
    "{{7*7}}",
]
LONE = "\ud83d信访"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = make_project(tmp_path_factory.mktemp("search") / "project", SITE)
    build_site(made)
    return made


@pytest.fixture(scope="module")
def made_up(project: Project) -> Iterator[str]:
    with served(site_folder(project)) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, made_up: str) -> Iterator[Reader]:
    """A reader of the made-up site."""
    reader = Reader(browser, made_up)
    yield reader
    reader.close()
    assert reader.complaints == []
    assert reader.foreign == []


def in_python(index: Index, typed: str, filters: Filters) -> Any:
    query = parse_query(typed, index.folding)
    if query.problem:
        return query.problem
    shown = [show(index, hit) for hit in find_hits(index, readings(index, query), filters)]
    return [
        [
            each.report, each.passage, each.heading,
            {"words": each.snippet.words, "marks": [list(mark) for mark in each.snippet.marks]}, each.alias,
        ]
        for each in shown
    ]  # fmt: skip


def same_answers(page: Page, index: Index, asked: list[tuple[str, dict[str, Any]]]) -> None:
    answers = page.evaluate(ENGINE, asked)
    for (typed, filters), found in zip(asked, answers, strict=True):
        assert found == in_python(index, typed, Filters(**filters)), (typed, filters)


def test_the_browser_finds_the_same_in_the_same_order(visitor: Reader, project: Project) -> None:
    filters = ("year", "place", "topic")
    asked: list[tuple[str, dict[str, Any]]] = [
        (each["typed"], {name: each[name] for name in filters if name in each}) for each in CASES
    ]
    asked += [(typed, {}) for typed in ODD]
    same_answers(visitor.open(""), open_index(site_folder(project)), asked)


def test_the_browser_finds_the_same_in_the_real_reports(reader: Reader, site: Path) -> None:
    queries = drawn([words for _, words in units(site) if words], 200)
    several = ["法治 -建设", "信访 化解", "政务服务便民热线", "人民调解委员会", '"法治政府建设"', "年 2023", "镇 信访"]
    same_answers(reader.open(""), open_index(site), [(typed, {}) for typed in [*queries, *several, *ABSENT]])


def test_the_browser_folds_every_character_as_python_does(reader: Reader) -> None:
    text = "".join(chr(code) for code in range(1 << 16) if not 0xD800 <= code < 0xE000)
    assert reader.open("").evaluate(FOLD, text) == fold(text, make_folding())


def test_the_browser_reads_texts_of_every_character_as_python_writes_them(reader: Reader) -> None:
    letters = [chr(code) for code in (*range(1, 0xD800), *range(0xE000, 1 << 16), *range(0x1F300, 0x1F700), 0x20BB7)]
    blocks = ["".join(letters[start : start + 4_096]) for start in range(0, len(letters), 4_096)]
    page = reader.open("")
    bodies = iter(
        [encode_text(SearchText("a/1", "", "", "", (SearchSection("s-1", 1, block, ()),))) for block in blocks]
    )
    page.route("**/search/texts/**", lambda route: route.fulfill(body=next(bodies)))
    assert [page.evaluate(FIRST_HEADING) for _ in blocks] == blocks


def results(page: Page) -> list[tuple[str, str]]:
    """Wait for an answer; return the results that the page shows."""
    expect(page.locator("#gk-told")).to_contain_text(re.compile("共|先列|没有找到|太长|太多|读不到|刷新|先读的"))
    return [
        (each.get_attribute("data-report") or "", each.get_attribute("data-passage") or "")
        for each in page.locator("#results [data-report]").all()
    ]


def search(reader: Reader, **asked: str) -> Page:
    return reader.open("search/?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items()))


def test_a_shared_link_shows_what_was_found(visitor: Reader, project: Project) -> None:
    page = search(visitor, q="信访")
    expected = answer(open_index(site_folder(project)), "信访", Filters())
    assert results(page) == [(each.report, each.passage or "") for each in expected]
    assert page.locator("#gk-told").text_content() == "共 4 处。"
    assert page.input_value("#gk-q") == "信访"
    assert {mark.text_content() for mark in page.locator("#results mark").all()} == {"信访"}
    assert page.locator("#gk-browse").is_hidden()
    assert page.title().startswith("信访 - ")


def test_a_link_leads_to_the_passage_with_the_words_marked_there(visitor: Reader) -> None:
    page = search(visitor, q="《民法典》")
    assert len(results(page)) == 1
    page.locator("#results a").click()
    page.wait_for_selector("mark.gk-here")
    address = urlsplit(page.url)
    assert address.path.endswith(f"{QINGXI}/2023/")
    assert parse_qs(address.query) == {"mark": ["《民法典》"]}
    assert page.locator(f"[id='{address.fragment}'] mark.gk-here").count() >= 1
    marked = "".join(page.locator("mark.gk-here").all_text_contents())
    assert marked == "《民法典》"


def test_what_was_found_is_narrowed_by_year_place_and_topic_in_the_address(visitor: Reader) -> None:
    page = search(visitor, q="信访")
    results(page)
    narrow = page.locator("#gk-narrow")
    if not narrow.locator("details").evaluate("each => each.open"):
        narrow.locator("summary").click()
    assert "约 2 份" in (narrow.get_by_role("link", name=re.compile("^2023")).text_content() or "")
    narrow.get_by_role("link", name=re.compile("^2023")).click()
    expect(page.locator("#gk-told")).to_contain_text("共 3 处")
    assert {report[-4:] for report, _ in results(page)} == {"2023"}
    assert parse_qs(urlsplit(page.url).query) == {"q": ["信访"], "year": ["2023"]}
    for name in ("南岭省", "东山县", "白云乡"):
        narrow.get_by_role("link", name=re.compile(f"^{name}")).click()
        expect(page.locator(".gk-taken")).to_contain_text(name)
    assert len(results(page)) == 2
    page.locator(".gk-taken a", has_text="2023").click()
    expect(page.locator(".gk-taken")).not_to_contain_text("2023")
    narrow.get_by_role("link", name=re.compile("^矛盾纠纷化解")).click()
    expect(page.locator(".gk-taken")).to_contain_text("矛盾纠纷化解")
    assert "topic=disputes" in page.url
    page.go_back()
    expect(page.locator(".gk-taken")).not_to_contain_text("矛盾纠纷化解")


def test_other_names_are_told(visitor: Reader) -> None:
    page = search(visitor, q="政务服务便民热线")
    assert len(results(page)) == 2
    assert "12345" in (page.locator("#gk-told").text_content() or "")
    assert "按别的名称找：12345" in (page.locator("#results .gk-other").text_content() or "")


@pytest.mark.parametrize("typed", ["qingxi", "qx", "qingx", "QINGXI"])
def test_pinyin_finds_places(visitor: Reader, typed: str) -> None:
    page = search(visitor, q=typed)
    assert (f"{QINGXI}/2023", "") in results(page)
    assert "按拼音" in (page.locator("#gk-told").text_content() or "")
    assert page.locator("#gk-near a", has_text="清溪镇").count() >= 1


def test_where_nothing_is_found_something_near_is_offered(visitor: Reader) -> None:
    page = search(visitor, q="亲溪镇")
    assert results(page) == []
    page.locator("#gk-near a", has_text="清溪").first.click()
    expect(page.locator("#results [data-report]").first).to_be_visible()
    page = search(visitor, q="“信访事项”")
    assert results(page) == []
    page.locator("#gk-near a", has_text="去掉标点").click()
    expect(page.locator("#results [data-report]").first).to_be_visible()


def test_a_place_named_beside_other_words_is_offered_as_a_range(visitor: Reader) -> None:
    page = search(visitor, q="白云 信访")
    results(page)
    page.locator("#gk-near a", has_text="只看").first.click()
    expect(page.locator(".gk-taken")).to_contain_text("白云乡")
    assert all(report.split("/")[-2] == "baiyun-xiang" for report, _ in results(page))


@pytest.mark.parametrize("typed", [*ODD, LONE])
def test_odd_queries_are_answered_calmly(visitor: Reader, typed: str) -> None:
    page = visitor.open("search/")
    page.locator("#gk-q").evaluate("(box, typed) => { box.value = typed; box.form.requestSubmit(); }", typed)
    assert results(page) == []
    assert page.locator("#results script").count() == 0


def test_a_part_that_is_missing_or_cut_short_is_told_and_the_rest_is_shown(visitor: Reader) -> None:
    visitor.open("search/")

    def spoil(route: Route) -> None:
        if route.request.url.endswith("2022/0-0.bin"):
            route.fulfill(status=404)
        elif route.request.url.endswith("2023/0-0.bin"):
            route.fulfill(body=route.fetch().body()[:100])
        else:
            route.continue_()

    visitor.page.route("**/texts/**", spoil)
    page = search(visitor, q="信访")
    assert {report for report, _ in results(page)} == {f"{QINGXI}/2023"}
    assert "可能不全" in (page.locator("#gk-told").text_content() or "")
    visitor.complaints.clear()  # the browser writes down what it could not fetch


def test_an_index_that_cannot_be_read_is_told(visitor: Reader) -> None:
    visitor.page.route("**/search/manifest.bin", lambda route: route.fulfill(status=404))
    page = search(visitor, q="信访")
    assert results(page) == []
    assert "读不到" in (page.locator("#gk-told").text_content() or "")
    assert page.locator("#gk-browse").is_visible()
    visitor.complaints.clear()


def test_a_page_older_than_the_index_reloads_it_and_says_so(browser: Browser, project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site_folder(project), folder)
    with served(folder) as address:
        reader = Reader(browser, address)
        page = search(reader, q="纠纷")
        assert len(results(page)) == 1
        changed = make_project(tmp_path / "later", SITE)
        (changed.places / QINGXI / "2021.md").write_text("## 一、主要举措和成效\n\n信访纠纷不多。\n", "utf-8")
        (changed.places / QINGXI / "2021.yml").write_text("title: 清溪镇2021年报告\n", "utf-8")
        build_site(changed)
        shutil.rmtree(folder / "search")
        shutil.copytree(site_folder(changed) / "search", folder / "search")
        page.fill("#gk-q", "信访纠纷")
        page.press("#gk-q", "Enter")
        expect(page.locator("#gk-told")).to_contain_text("索引已重新载入")
        assert [report[-4:] for report, _ in results(page)] == ["2021"]
        reader.close()


def test_an_index_of_another_format_asks_for_a_reload(visitor: Reader) -> None:
    manifest = zlib.compress(
        json.dumps({"format": 99, "stamp": "", "years": [], "bits": 6, "alias_bits": 0, "topics": []}).encode()
    )
    visitor.page.route("**/search/manifest.bin", lambda route: route.fulfill(body=manifest))
    page = search(visitor, q="信访")
    assert results(page) == []
    assert "刷新" in (page.locator("#gk-told").text_content() or "")


def test_a_browser_that_cannot_inflate_is_told_so(visitor: Reader) -> None:
    visitor.page.add_init_script("delete globalThis.DecompressionStream")
    page = search(visitor, q="信访")
    expect(page.locator("#gk-told")).to_contain_text("浏览器太旧")
    assert page.locator("#gk-browse").is_visible()


def test_without_scripts_the_form_leads_to_lists(browser: Browser, made_up: str) -> None:
    reader = Reader(browser, made_up, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = reader.open(f"places/{QINGXI}/2023/")
    page.locator(".gk-search button").click()
    page.wait_for_url("**/search/?q=*")
    assert page.locator("#gk-browse").is_visible()
    for name in ("南岭省", "信访工作", "中华人民共和国民法典"):
        assert page.locator("#gk-browse a", has_text=name).count() >= 1
    page.locator("#gk-browse a", has_text="南岭省").click()
    assert page.locator("h1").text_content()
    reader.close()


def test_the_search_of_the_theme_is_off(visitor: Reader) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open("")
    page.keyboard.press("f")
    page.keyboard.press("s")
    assert page.locator("[data-md-component=search]").count() == 0
    assert not [url for url in asked if "search_index" in url or "lunr" in url]


def test_the_keyboard_alone_goes_from_any_page_to_a_passage_and_back(visitor: Reader) -> None:
    page = visitor.open(f"places/{QINGXI}/2022/")
    keys = page.keyboard
    keys.press("Tab")
    keys.press("Tab")
    before = page.evaluate("document.activeElement.outerHTML")
    keys.press("/")
    box = page.locator("dialog[open] input")
    expect(box).to_be_focused()
    keys.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.outerHTML") == before
    keys.press("Control+k")
    expect(box).to_be_focused()
    keys.type("qingxi")
    expect(page.locator("dialog h2", has_text="直接去")).to_be_visible()
    expect(page.locator("dialog [role=status]")).to_contain_text("个名称")
    keys.press("Control+a")
    keys.type("滚动播放")
    hit = page.locator("dialog .gk-snippet")
    expect(hit.first).to_contain_text("滚动播放")
    expect(page.locator("dialog [role=status]")).to_contain_text("全文里先列 1 处")
    keys.press("ArrowDown")
    assert "清溪镇 2023" in page.evaluate("document.activeElement.textContent")
    keys.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "全部结果"
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    expect(box).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_url(f"**/{QINGXI}/2023/?mark=*")
    page.wait_for_selector("mark.gk-here")
    assert page.locator("mark.gk-here").first.text_content() == "滚动播放"


def test_enter_in_the_dialog_opens_the_page_of_results(visitor: Reader) -> None:
    page = visitor.open("about/")
    page.keyboard.press("Control+k")
    page.keyboard.type("信访")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert len(results(page)) == 4


def test_a_slash_typed_into_a_field_stays_there(visitor: Reader) -> None:
    page = visitor.open("search/")
    page.locator("#gk-q").press("/")
    assert page.input_value("#gk-q") == "/"
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_the_dialog_and_the_results_can_be_read_and_tapped(browser: Browser, made_up: str, width: int) -> None:
    reader = Reader(browser, made_up, viewport={"width": width, "height": 844}, reduced_motion="reduce")
    for opened in ("page", "dialog"):
        page = search(reader, q="信访")
        results(page)
        if opened == "dialog":
            page.keyboard.press("Control+k")
            page.keyboard.type("信访")
            expect(page.locator("dialog .gk-snippet").first).to_be_visible()
        elif not page.locator("#gk-narrow details").evaluate("each => each.open"):
            page.locator("#gk-narrow summary").click()
        assert page.evaluate(OVERFLOW) == {"page": 0, "wide": []}, opened
        faint = {name: each for name, each in page.evaluate(CONTRASTS).items() if each["ratio"] < LEGIBLE}
        assert not faint
        targets = TARGETS.replace(
            "footer a", "footer a, #gk-near a, .gk-narrow a, .gk-dialog a, form :is(input, button)"
        )
        small = [each for each in page.evaluate(targets) if min(each[1:]) < SMALLEST_TARGET]
        assert not small
        serious = [each for each in Axe().run(page).response["violations"] if each["impact"] in {"serious", "critical"}]
        assert serious == []
    reader.close()
