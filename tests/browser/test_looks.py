from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.watching import KINDS, REPORT

if TYPE_CHECKING:
    from tests.browser.watching import Reader

pytestmark = pytest.mark.browser

LEGIBLE = 4.5
SMALLEST_TARGET = 24

CONTRASTS = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", {willReadFrequently: true});
  const paint = (colours) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(element.tagName) || element.closest(".md-skip")) continue;
    const layers = [];
    let opacity = 1;
    for (let each = element; each; each = each.parentElement) {
      layers.unshift(getComputedStyle(each).backgroundColor);
      opacity *= parseFloat(getComputedStyle(each).opacity);
    }
    const ground = paint(["white", ...layers]);
    const own = paint([`rgb(${ground})`, getComputedStyle(element).color]);
    const mixed = own.map((v, i) => v * opacity + ground[i] * (1 - opacity));
    const [high, low] = [light(mixed), light(ground)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const name = element.tagName.toLowerCase() + (element.className ? "." + element.className : "");
    if (!(name in found) || found[name].ratio > ratio) found[name] = {ratio, text: walker.currentNode.data.trim().slice(0, 20)};
  }
  return found;
}"""

TARGETS = """() => [...document.querySelectorAll("nav a, header a, header label, footer a, summary, .gk-actions a")]
  .filter((each) => each.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !each.closest(".md-skip"))
  .map((each) => { const box = each.getBoundingClientRect(); return [each.textContent.trim() || each.title, box.width, box.height]; })
  .filter(([, width, height]) => width > 0 && height > 0)"""

OVERFLOW = """() => {
  const most = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return each.checkVisibility() && box.width > 0 && box.right > most + 1 && !each.closest(".gk-scroll, .md-sidebar, .md-header, pre")
  });
  return {page: document.scrollingElement.scrollWidth - most, wide: wide.map((each) => each.outerHTML.slice(0, 90))};
}"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(reader: Reader, width: int) -> None:
    page = reader.again(viewport={"width": width, "height": 800})
    for kind in KINDS.values():
        reader.open(kind)
        over: dict[str, Any] = page.evaluate(OVERFLOW)
        assert over == {"page": 0, "wide": []}, kind


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(reader: Reader, scheme: str) -> None:
    page = reader.again(color_scheme=scheme, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    for kind in KINDS.values():
        reader.open(kind)
        assert (
            page.locator("body").get_attribute("data-md-color-scheme") == {"light": "default", "dark": "slate"}[scheme]
        )
        found: dict[str, dict[str, Any]] = page.evaluate(CONTRASTS)
        assert len(found) > 4
        faint = {name: each for name, each in found.items() if each["ratio"] < LEGIBLE}
        assert faint == {}, kind


@pytest.mark.parametrize("width", [390, 1280])
def test_what_one_taps_is_large_enough(reader: Reader, width: int) -> None:
    page = reader.again(viewport={"width": width, "height": 800})
    for kind in KINDS.values():
        reader.open(kind)
        targets: list[tuple[str, float, float]] = page.evaluate(TARGETS)
        assert len(targets) > 5
        small = [each for each in targets if each[2] < SMALLEST_TARGET or each[1] < SMALLEST_TARGET]
        assert small == [], kind


def test_text_can_be_twice_as_large_without_loss(reader: Reader) -> None:
    page = reader.again(viewport={"width": 640, "height": 800})
    reader.open(REPORT)
    page.add_style_tag(content="html { font-size: 250% !important }")
    over: dict[str, Any] = page.evaluate(OVERFLOW)
    assert over["page"] == 0, over["wide"]


def test_nothing_moves_for_readers_who_asked_for_stillness(reader: Reader) -> None:
    page = reader.again(reduced_motion="reduce")
    reader.open(REPORT)
    scroll = page.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior")
    assert scroll == "auto"
