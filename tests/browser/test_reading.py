from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.watching import KINDS, REPORT, TOWNSHIP

if TYPE_CHECKING:
    from tests.browser.watching import Reader

pytestmark = pytest.mark.browser

DOORS = ("首页", "地方", "年度", "主题", "数据指标", "比较", "法律和文件", "开放数据", "关于")
SENTENCE = "杨柳青镇"
SHOWN = """(all) => all.filter((each) => each.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .map((each) => each.outerHTML.slice(0, 90))"""


def test_every_kind_of_page_opens_without_complaint_or_foreign_request(reader: Reader, kind: str) -> None:
    page = reader.open(kind)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "zh-CN"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_reader_walks_to_a_report_and_back_by_keyboard_alone(reader: Reader, width: int) -> None:
    page = reader.again(viewport={"width": width, "height": 844})
    reader.open("")
    first = reader.tab()
    assert first["href"].endswith("#main"), "the first stop is the skip link"
    reader.tab_to("/places/tianjin-shi/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/tianjin-shi/")
    reader.tab_to("/places/tianjin-shi/xiqing-qu/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/xiqing-qu/")
    reader.tab_to(TOWNSHIP)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{TOWNSHIP}")
    reader.tab_to(REPORT)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{REPORT}")
    assert SENTENCE in page.locator("h1").inner_text()
    reader.tab_to("#s-1")
    page.keyboard.press("Enter")
    page.wait_for_url("**#s-1")
    assert page.locator("#s-1").evaluate(
        "each => each.getBoundingClientRect().top >= 0 && each.getBoundingClientRect().top < innerHeight"
    )
    page.goto(reader.address + REPORT)
    reader.tab_to(TOWNSHIP)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{TOWNSHIP}")
    page.go_back()
    page.wait_for_url(f"**/{REPORT}")


def test_the_skip_link_shows_itself_and_leads_to_the_text(reader: Reader, kind: str) -> None:
    page = reader.open(kind)
    seen = reader.tab()
    assert seen["href"].endswith("#main")
    assert seen["inside"]
    page.wait_for_function("() => getComputedStyle(document.activeElement).opacity === '1'")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    before = "() => document.activeElement.compareDocumentPosition(document.querySelector('#main')) & 4"
    reader.tab()
    assert not page.evaluate(before), "the next stop is the first in the text or, where it has none, behind it"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_visible_wherever_it_goes(reader: Reader, scheme: str) -> None:
    reader.again(color_scheme=scheme, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    for kind in (REPORT, "", "status/"):
        reader.open(kind)
        stops = [reader.tab() for _ in range(30)]
        hidden = [each for each in stops if each["tag"] != "body" and not (each["outline"] or each["shadow"])]
        assert hidden == [], kind
        away = [each for each in stops if each["tag"] != "body" and not (each["shown"] and each["inside"])]
        assert away == [], kind


def test_the_choice_of_theme_is_kept(reader: Reader) -> None:
    page = reader.again(color_scheme="light", viewport={"width": 1280, "height": 800})
    reader.open("")
    body = page.locator("body")
    assert body.get_attribute("data-md-color-scheme") == "default"
    for _ in range(3):
        if body.get_attribute("data-md-color-scheme") == "slate":
            break
        page.locator("form[data-md-component=palette] label:visible").first.click()
    assert body.get_attribute("data-md-color-scheme") == "slate"
    reader.open(REPORT)
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.reload()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_can_be_read_without_javascript(reader: Reader, width: int) -> None:
    page = reader.again(java_script_enabled=False, viewport={"width": width, "height": 844})
    for kind in KINDS.values():
        reader.open(kind)
        assert page.locator("h1").is_visible(), kind
        for door in DOORS:
            links = page.get_by_role("link", name=door, exact=True)
            assert any(links.nth(index).is_visible() for index in range(links.count())), (kind, door)
    reader.open(REPORT)
    passages = page.locator(".gk-text [data-topics]")
    assert passages.count() > 15
    assert all(passages.nth(index).is_visible() for index in range(passages.count()))
    assert page.get_by_text("来源与核对").first.is_visible()


def test_on_a_narrow_screen_the_menu_opens_by_touch(reader: Reader) -> None:
    page = reader.again(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    reader.open(REPORT)
    page.locator("label[for=__drawer]:visible").first.tap()
    links = page.locator(".md-sidebar--primary").get_by_role("link", name="年度", exact=True)
    links.first.tap()
    page.wait_for_url("**/years/")


def test_a_link_to_a_passage_shows_the_passage(reader: Reader) -> None:
    page = reader.open(REPORT)
    anchor = page.locator(".gk-text p[id^=p-]").nth(10).get_attribute("id")
    reader.open(f"{REPORT}#{anchor}")
    place = page.locator(f"#{anchor}").evaluate(
        "each => [each.getBoundingClientRect().top, document.querySelector('header').getBoundingClientRect().bottom]"
    )
    assert place[0] >= place[1], "the header does not cover it"


def test_on_paper_there_is_the_report_and_no_navigation(reader: Reader) -> None:
    page = reader.open(REPORT)
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-tabs", ".md-sidebar", ".md-skip", ".gk-crumbs", ".gk-years", ".gk-actions"):
        shown = page.locator(hidden).evaluate_all(SHOWN)
        assert shown == [], hidden
    assert page.locator("h1").is_visible()
    assert page.locator(".gk-provenance").is_visible()
    colours = page.evaluate(
        "() => [document.body, document.querySelector('h1')].map(e => getComputedStyle(e).backgroundColor)"
    )
    assert all(colour in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"} for colour in colours)
    assert page.pdf(format="A4").count(b"/Type /Page\n") + page.pdf(format="A4").count(b"/Type /Page ") <= 16
