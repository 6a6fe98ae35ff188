"""The demonstration's page of changes in a real browser: three views, phone and desktop, without scripts, for all readers."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.project import Project
from tests.browser.conftest import served
from tests.browser.test_looks import CONTRASTS, LEGIBLE, OVERFLOW, SMALLEST_TARGET, TARGETS
from tests.browser.watching import Reader
from tests.cases_reader import ROOT
from tests.site_in_string import build_site, site_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TOWN = "places/shili-xian/liuwan-zhen/"
CHANGES = f"{TOWN}2023/changes/"
VIEWS = ("view-marks", "view-sides", "view-only")
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the demonstration."""
    folder = tmp_path_factory.mktemp("demo") / "project"
    shutil.copytree(ROOT / "content" / "pages", folder / "content" / "pages")
    shutil.copytree(ROOT / "examples" / "places", folder / "content" / "places")
    for catalogue in (ROOT / "content").glob("*.yml"):
        shutil.copy(catalogue, folder / "content" / catalogue.name)
    shutil.copy(ROOT / "mkdocs.yml", folder.parent / "mkdocs.yml")
    shutil.copy(ROOT / "examples" / "mkdocs.yml", folder / "mkdocs.yml")
    project = Project(folder.resolve())
    build_site(project)
    return site_folder(project)


@pytest.fixture(scope="session")
def demo_address(demo: Path) -> Iterator[str]:
    with served(demo) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, demo_address: str) -> Iterator[Reader]:
    """A reader of the demonstration; what a page complained of or asked of others fails the test."""
    reader = Reader(browser, demo_address)
    yield reader
    reader.close()
    assert reader.complaints == []
    assert reader.foreign == []


def choose(page: Page, view: str) -> None:
    page.locator(f"label[for={view}]").click()
    assert page.locator(f"#{view}").is_checked()


def shown(page: Page, selector: str) -> int:
    return sum(each.is_visible() for each in page.locator(selector).all())


@pytest.mark.parametrize("scripts", [True, False])
def test_each_view_shows_what_it_says(reader: Reader, scripts: bool) -> None:  # noqa: FBT001 - a parameter
    page = reader.again(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    reader.open(CHANGES)
    changed = page.locator("[data-kind]:not([data-kind=kept])").count()
    kept = page.locator("[data-kind=kept]").count()
    assert changed > 20
    assert shown(page, "[data-kind=kept]") == kept
    assert shown(page, ".gk-old, .gk-new") == 0
    choose(page, "view-only")
    assert shown(page, "[data-kind=kept]") == 0
    assert shown(page, "[data-kind]:not([data-kind=kept])") == changed
    choose(page, "view-sides")
    both = page.locator("[data-kind=reworded]").first
    old, new = both.locator(".gk-old").bounding_box(), both.locator(".gk-new").bounding_box()
    assert old
    assert new
    assert old["x"] + old["width"] <= new["x"]
    assert both.locator(".gk-inline").is_hidden()


def test_side_by_side_stands_below_one_another_on_a_phone(reader: Reader) -> None:
    page = reader.again(viewport={"width": 390, "height": 800})
    reader.open(CHANGES)
    choose(page, "view-sides")
    both = page.locator("[data-kind=reworded]").first
    old, new = both.locator(".gk-old").bounding_box(), both.locator(".gk-new").bounding_box()
    assert old
    assert new
    assert old["y"] + old["height"] <= new["y"]


def test_slight_differences_are_shown_when_asked_for(reader: Reader) -> None:
    page = reader.again()
    reader.open(CHANGES)
    assert shown(page, "del.gk-slight") == 0
    choose(page, "view-slight")
    assert shown(page, "del.gk-slight") > 3


@pytest.mark.parametrize("address", [CHANGES, TOWN, f"{TOWN}2022/changes/"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(reader: Reader, address: str, width: int) -> None:
    page = reader.again(viewport={"width": width, "height": 800})
    reader.open(address)
    for view in VIEWS if address == CHANGES else ("",):
        if view:
            choose(page, view)
        over: dict[str, Any] = page.evaluate(OVERFLOW)
        assert over == {"page": 0, "wide": []}, view


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_in_every_view(reader: Reader, scheme: str) -> None:
    page = reader.again(color_scheme=scheme, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    reader.open(CHANGES)
    for view in VIEWS:
        choose(page, view)
        found: dict[str, dict[str, Any]] = page.evaluate(CONTRASTS)
        assert {name: each for name, each in found.items() if each["ratio"] < LEGIBLE} == {}, view


@pytest.mark.parametrize("width", [390, 1280])
def test_what_one_taps_is_large_enough(reader: Reader, width: int) -> None:
    page = reader.again(viewport={"width": width, "height": 800})
    reader.open(CHANGES)
    choose(page, "view-only")
    targets: list[tuple[str, float, float]] = page.evaluate(
        TARGETS.replace("footer a", "footer a, .gk-ways a, .gk-compare > label")
    )
    small = [each for each in targets if each[2] < SMALLEST_TARGET or each[1] < SMALLEST_TARGET]
    assert small == []


@pytest.mark.parametrize("address", [CHANGES, TOWN])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious(reader: Reader, address: str, width: int) -> None:
    page = reader.again(viewport={"width": width, "height": 900})
    reader.open(address)
    for view in VIEWS if address == CHANGES else ("",):
        if view:
            choose(page, view)
        found = Axe().run(page).response["violations"]
        serious = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found if each["impact"] in SERIOUS]
        assert serious == [], view


def test_insertions_and_deletions_are_told_in_words(reader: Reader) -> None:
    page = reader.again()
    reader.open(CHANGES)
    told = page.evaluate(
        """() => ["ins", "del"].map((tag) =>
          getComputedStyle(document.querySelector(`.gk-change ${tag}:not(.gk-slight)`), "::before").content)"""
    )
    assert told == ['"［新增］"', '"［删去］"']
    lines = page.evaluate(
        """() => ["ins", "del"].map((tag) =>
          getComputedStyle(document.querySelector(`.gk-change ${tag}:not(.gk-slight)`)).textDecorationLine)"""
    )
    assert lines == ["underline", "line-through"]


@pytest.mark.parametrize("options", [{"media": "print"}, {"forced_colors": "active"}])
def test_shape_tells_changes_where_colour_does_not(reader: Reader, options: dict[str, Any]) -> None:
    page = reader.again()
    reader.open(CHANGES)
    page.emulate_media(**options)
    lines = page.evaluate(
        """() => ["ins", "del"].map((tag) =>
          getComputedStyle(document.querySelector(`.gk-change ${tag}:not(.gk-slight)`)).textDecorationLine)"""
    )
    assert lines == ["underline", "line-through"]


def test_the_views_are_chosen_by_keyboard(reader: Reader) -> None:
    page = reader.again()
    reader.open(CHANGES)
    page.locator("#view-marks").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#view-sides").is_checked()
    page.keyboard.press("ArrowRight")
    assert page.locator("#view-only").is_checked()
    outline = page.evaluate("() => getComputedStyle(document.querySelector('label[for=view-only]')).outlineStyle")
    assert outline != "none"


def test_a_change_can_be_shared_and_leads_to_both_reports(reader: Reader) -> None:
    page = reader.again()
    reader.open(CHANGES)
    anchor = page.locator("[data-kind=moved]").first.get_attribute("id")
    reader.open(f"{CHANGES}#{anchor}")
    moved = page.locator(f"#{anchor}")
    assert moved.is_visible()
    moved.locator(".gk-ways a").first.click()
    assert "/2022/#p-" in page.url
    assert page.locator(":target").count() == 1


def test_every_page_of_the_demonstration_says_that_it_is_made_up(reader: Reader) -> None:
    for address in ("", TOWN, CHANGES, f"{TOWN}2023/", "topics/", "data/", "about/method/"):
        page = reader.open(address)
        assert "演示数据" in page.locator(".md-banner").inner_text()
        assert "演示数据" in page.locator(".md-header").inner_text() or "演示数据" in page.title()
