"""From a topic to the passage and back; from a figure to its sentence; a chart that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.watching import REPORT

if TYPE_CHECKING:
    from tests.browser.watching import Reader

pytestmark = pytest.mark.browser

IN_VIEW = """(element) => {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.height > 0;
}"""
SMALLEST = 11
"""Pixels; words in a chart smaller than this cannot be read on a phone."""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_a_topic_to_the_passage_and_back(reader: Reader, width: int, *, scripts: bool) -> None:
    page = reader.again(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
    reader.open("topics/disputes.fengqiao/")
    entry = page.locator(".gk-entry").filter(has_text="浦江经验")
    entry.get_by_role("link", name="看原文").click()
    page.wait_for_url(f"**/{REPORT}#p-*")
    passage = page.locator(".gk-text :target")
    assert "枫桥经验" in passage.inner_text()
    assert "disputes.fengqiao" in (passage.get_attribute("data-topics") or "").split()
    below = page.locator(".gk-text :target + .gk-about")
    below.get_by_role("link", name="枫桥经验").click()
    page.wait_for_url("**/topics/disputes.fengqiao/")


def test_a_reader_goes_from_a_figure_in_the_table_to_its_sentence(reader: Reader) -> None:
    page = reader.again(viewport={"width": 390, "height": 844})
    reader.open(REPORT)
    page.locator("#figures").scroll_into_view_if_needed()
    page.get_by_role("link", name="归集行政执法案件3039件").click()
    page.wait_for_url("**#f-enforcement.cases")
    number = page.locator("#f-enforcement\\.cases")
    assert number.inner_text() == "3039"
    assert number.evaluate(IN_VIEW)
    assert "归集行政执法案件" in number.locator("xpath=..").inner_text()


def test_a_figure_in_the_text_leads_to_its_indicator_and_back(reader: Reader) -> None:
    page = reader.open(REPORT)
    page.locator('data[data-indicator="enforcement.cases"]').click()
    page.wait_for_url("**/indicators/enforcement.cases/")
    page.get_by_role("link", name="归集行政执法案件3039件").click()
    page.wait_for_url(f"**/{REPORT}#f-enforcement.cases")
    assert page.locator(".gk-text :target").inner_text() == "3039"


@pytest.mark.parametrize("width", [390, 320])
def test_a_chart_can_be_read_on_a_phone(reader: Reader, width: int) -> None:
    page = reader.again(viewport={"width": width, "height": 844})
    reader.open("indicators/training.sessions/")
    sizes = page.eval_on_selector_all(
        ".gk-chart text",
        """(all) => all.map((each) => {
          const box = each.getBoundingClientRect();
          const scale = each.getScreenCTM().a;
          return [parseFloat(getComputedStyle(each).fontSize) * scale, box.left, box.right];
        })""",
    )
    assert sizes
    for size, left, right in sizes:
        assert size >= SMALLEST * min(1, width / 390)
        assert 0 <= left < right <= width
    words = page.eval_on_selector_all(
        ".gk-chart text", "(all) => all.map((each) => [each.getBBox().x, each.getBBox().width, each.textContent])"
    )
    assert all(x >= 0 and x + wide <= 340 for x, wide, _ in words), words


def test_a_chart_is_told_to_a_screen_reader(reader: Reader) -> None:
    page = reader.open("indicators/training.sessions/")
    chart = page.get_by_role("img", name="行政执法（法律业务）培训次数")
    assert chart.count() == 1
    told = chart.locator("desc").text_content() or ""
    assert "不作排名" in told
    assert "见下表" in told
    values = page.locator("td.gk-value").all_inner_texts()
    drawn = page.locator(".gk-chart text:not(.gk-bar-label)").all_text_contents()
    assert drawn == values
