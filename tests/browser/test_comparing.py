"""Comparisons in a real browser say what Python's say: of the cases, of odd texts, of the site's own reports; and the page."""

from __future__ import annotations

import itertools
import json
from random import Random
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.catalogues import Catalogues, IndicatorCatalogue, LawCatalogue, Topic, TopicCatalogue, TopicGroup
from generator.comparing.compare import compare
from generator.comparing.comparison import Change, Clause, Comparison, Edit
from generator.comparing.folding import fold_clauses
from generator.comparing.words import read_stretches
from generator.content.items import split_clauses
from generator.content.parse import parse_report
from generator.linking.links import Linker
from generator.model import Place, PlaceRecord, Report, ReportRecord
from generator.pages.exports import report_json
from tests.browser.test_looks import CONTRASTS, LEGIBLE, OVERFLOW, SMALLEST_TARGET, TARGETS
from tests.browser.watching import REPORT, Reader
from tests.cases_reader import ROOT, case_names, read_case
from tests.comparing import change_lines, cut_places, edited_text, made_up_report
from tests.mutations import ATOMS
from tests.odd_reports import ODD_PIECES, SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

NAMES = case_names("compare")
SIDES: tuple[Literal["old", "new"], ...] = ("old", "new")
PLACE = Place("shili-xian/liuwan-zhen", PlaceRecord("柳湾镇", "township"))
OVERVIEW = TopicGroup("general", "综合", children=(Topic("general.overview", "总体情况"),))
LINKER = Linker(Catalogues(TopicCatalogue((OVERVIEW,)), IndicatorCatalogue(), LawCatalogue()))
"""Every passage but signatures has a topic, as on every site; no catalogue knows more."""
COMPARE = """async (pairs) => {
  const {compare} = await import("gongkai/compare-changes");
  return pairs.map(([old, newer]) => compare(old, newer));
}"""
COMPARE_BY_CHARACTER = COMPARE.replace("compare(old, newer)", "compare(old, newer, (text) => [...text])")
READ = """async (texts) => {
  const [{clauseTexts, foldClauses}, {readStretches}] = await Promise.all([import("gongkai/compare-clauses"), import("gongkai/compare-edits")]);
  return texts.map((text) => [clauseTexts(text), foldClauses([text], 2023), readStretches(text)]);
}"""
FIRST = REPORT.removeprefix("places/").removesuffix("/")
SECOND = "ningxia-huizu-zizhiqu/wuzhong-shi/litong-qu/biandangou-zhen/2023"
PAIR = f"compare/?a={FIRST}&b={SECOND}"


def exported(report: Report) -> Any:
    return json.loads(report_json(report, PLACE, LINKER.link(report)))


def case_reports(name: str) -> tuple[Report, Report]:
    case = read_case("compare", name)
    years = [int(each) for each in case.get("years", "2022 2023").split()]
    return made_up_report(case["old"], years[0]), made_up_report(case["new"], years[1])


def read_changes(told: Any) -> tuple[Change, ...]:
    """Read what the browser returned."""
    return tuple(
        Change(
            change["kind"],
            change["role"],
            tuple(Clause(**clause) for clause in change["old"]),
            tuple(Clause(**clause) for clause in change["new"]),
            tuple(Edit(**edit) for edit in change["edits"]),
            change["noise"],
        )
        for change in told["changes"]
    )


def without_edits(changes: tuple[Change, ...]) -> list[Change]:
    return [change._replace(edits=()) for change in changes]


@pytest.fixture(scope="module")
def told(browser: Browser, address: str) -> Iterator[dict[str, Any]]:
    """What the browser makes of all cases."""
    reader = Reader(browser, address)
    page = reader.open("compare/")
    pairs = [[exported(report) for report in case_reports(name)] for name in NAMES]
    yield dict(zip(NAMES, page.evaluate(COMPARE, pairs), strict=True))
    reader.close()
    assert reader.complaints == []


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_tells_a_case_as_python_does(name: str, told: dict[str, Any]) -> None:
    expected, changes = compare(*case_reports(name)), read_changes(told[name])
    assert change_lines(Comparison("", "", expected.years, None, changes)) == change_lines(expected)
    assert without_edits(changes) == without_edits(expected.changes)
    assert told[name]["copied"] == expected.copied
    assert (told[name]["reason"], told[name]["coarse"]) == (expected.reason, expected.coarse)


@pytest.mark.parametrize("name", NAMES)
def test_edits_in_the_browser_conserve_both_texts_and_cut_no_atom(name: str, told: dict[str, Any]) -> None:
    for change, side in itertools.product(read_changes(told[name]), SIDES):
        text = edited_text(change, side)
        assert text == "".join(clause.text for clause in getattr(change, side))
        atoms = [match.span() for match in ATOMS.finditer(text)]
        assert not [place for place in cut_places(change, side) for start, end in atoms if start < place < end]


def test_a_browser_without_a_dictionary_tells_the_same_changes(reader: Reader, told: dict[str, Any]) -> None:
    pairs = [[exported(report) for report in case_reports(name)] for name in NAMES]
    found = reader.open("compare/").evaluate(COMPARE_BY_CHARACTER, pairs)
    for name, each in zip(NAMES, map(read_changes, found), strict=True):
        assert without_edits(each) == without_edits(read_changes(told[name]))
        for change, side in itertools.product(each, SIDES):
            assert edited_text(change, side) == "".join(clause.text for clause in getattr(change, side))


def test_odd_texts_are_taken_apart_and_folded_as_in_python(reader: Reader) -> None:
    rng = Random(7)  # noqa: S311 - chance that repeats itself
    pool = [*(each for each in ODD_PIECES if "\n" not in each), *SENTENCES]
    texts = ["".join(rng.choices(pool, k=rng.randrange(1, 14))) for _ in range(1500)]
    found = reader.open("compare/").evaluate(READ, texts)
    for text, (clauses, folded, stretches) in zip(texts, found, strict=True):
        assert clauses == split_clauses(text)
        assert folded == fold_clauses([text], 2023)
        assert stretches == read_stretches(text)


def test_the_reports_of_the_site_are_compared_as_in_python(reader: Reader) -> None:
    places = ROOT / "content" / "places"
    paths = sorted(places.rglob("20*.md"))
    reports = [
        parse_report(
            str(path.parent.relative_to(places)), int(path.stem), path.read_text(encoding="utf-8"), ReportRecord()
        )
        for path in paths
    ]
    page = reader.open("compare/")
    loaded = page.evaluate(
        "(ids) => Promise.all(ids.map((id) => fetch(`../places/${id}/report.json`).then((each) => each.json())))",
        [report.id for report in reports],
    )
    orders = list(itertools.product(range(len(reports)), repeat=2))
    assert len(orders) == 25
    found = page.evaluate(COMPARE, [[loaded[i], loaded[j]] for i, j in orders])
    for (i, j), each in zip(orders, found, strict=True):
        expected = compare(reports[i], reports[j])
        assert without_edits(read_changes(each)) == without_edits(expected.changes)
        assert each["copied"] == expected.copied


def test_figures_go_together_as_in_python(reader: Reader) -> None:
    stated = (
        (("a.b", 3, "件"), ("a.b", 5, "件"), ("c.d", 1, "次")),
        (("c.d", 1, "次"), ("a.b", 5, "件"), ("a.b", 7, "件"), ("a.b", 7, "件")),
    )
    sides = [[{"indicator": id_, "value": value, "unit": unit} for id_, value, unit in side] for side in stated]
    found = reader.open("compare/").evaluate(
        """async ([old, newer]) => (await import("gongkai/compare-changes")).compareFigures(old, newer)
          .map((each) => [each.indicator, each.old?.value ?? null, each.new?.value ?? null])""",
        sides,
    )
    assert found == [["c.d", 1, 1], ["a.b", 5, 5], ["a.b", 3, 7]]


def fill(page: Page, first: str, second: str) -> None:
    page.get_by_label("第一份").fill(first)
    page.get_by_label("第二份").fill(second)
    page.get_by_role("button", name="比较").click()


def wait_for(page: Page, words: str) -> None:
    page.locator("#gk-told").filter(has_text=words).wait_for()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FIRST, SECOND),
        (f"https://example.org/some/base/places/{FIRST}/#p-1", f"../places/{SECOND}/"),
        (f" places/{FIRST}/changes/ ", f"/places/{SECOND}/report.json?x"),
    ],
)
def test_two_reports_are_named_by_id_or_address_and_the_result_can_be_shared(
    reader: Reader, first: str, second: str
) -> None:
    page = reader.open("compare/")
    fill(page, first, second)
    wait_for(page, "比较好了：")
    assert page.url == reader.address + PAIR
    assert page.locator(".gk-compare [data-kind]").count() > 50
    assert page.locator("#gk-told").get_attribute("role") == "status"
    reader.open(PAIR)
    wait_for(page, "比较好了：")
    assert page.get_by_label("第二份").input_value() == SECOND
    titles = [page.locator(".gk-summary .gk-facts a").nth(which) for which in (0, 1)]
    assert [each.get_attribute("href") for each in titles] == [f"../places/{FIRST}/", f"../places/{SECOND}/"]


def test_the_browser_goes_back_and_forth_between_comparisons(reader: Reader) -> None:
    page = reader.open(PAIR)
    wait_for(page, "比较好了：")
    fill(page, SECOND, SECOND)
    wait_for(page, "两份是同一份报告。比较好了：保留")
    assert page.locator(".gk-change:not([data-kind=kept])").count() == 0
    page.go_back()
    wait_for(page, "改写")
    assert page.get_by_label("第一份").input_value() == FIRST
    page.locator(".gk-parts a").first.click()
    page.wait_for_url("**#r-*")
    assert page.locator(".gk-part:has(:target)").count() == 1
    page.go_back()
    page.go_forward()
    page.go_forward()
    assert page.locator(".gk-part").count()


def test_a_change_leads_to_its_passage_in_both_reports(reader: Reader) -> None:
    page = reader.open(PAIR)
    wait_for(page, "比较好了：")
    for kind, words in (("removed", "杨柳青镇2023年原文"), ("added", "扁担沟镇2023年原文")):
        page.locator("label[for=view-only]").click()
        page.locator(f"p + h2 ~ [data-kind={kind}], .gk-passage [data-kind={kind}]").first.get_by_role(
            "link", name=words
        ).click()
        page.wait_for_url("**/2023/#p-*")
        assert page.locator(".gk-text :target").count() == 1
        page.go_back()
        wait_for(page, "比较好了：")


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("", SECOND, "请填第一份报告。"),
        (FIRST, "", "请填第二份报告。"),
        ("杨柳青", SECOND, "第一份：看不出是哪份报告。"),
        (FIRST, "javascript:alert(1)", "第二份：看不出是哪份报告。"),
        (FIRST, "../../../etc/2023", "第二份：看不出是哪份报告。"),
    ],
)
def test_what_names_no_report_is_told(reader: Reader, first: str, second: str, words: str) -> None:
    page = reader.open("compare/")
    fill(page, first, second)
    wait_for(page, words)
    assert page.locator("#gk-result > *").count() == 0


def test_a_link_that_names_one_report_asks_for_the_other(reader: Reader) -> None:
    page = reader.open(f"compare/?a={FIRST}")
    wait_for(page, "请填第二份报告。")
    assert page.get_by_label("第一份").input_value() == FIRST


def test_a_report_that_is_not_there_is_told(reader: Reader) -> None:
    page = reader.open("compare/")
    fill(page, FIRST, "no-such/place/2023")
    wait_for(page, "本站没有编号为「no-such/place/2023」的报告")
    assert all("no-such" in each for each in reader.complaints)  # the browser tells of every file that is not there
    reader.complaints.clear()


def test_what_is_not_loaded_is_told(reader: Reader) -> None:
    page = reader.open("compare/")
    page.route("**/report.json", lambda route: route.abort())
    fill(page, FIRST, SECOND)
    wait_for(page, "没有读到报告")
    page.unroute("**/report.json")
    page.get_by_role("button", name="比较").click()
    wait_for(page, "比较好了：")
    reader.complaints.clear()


def test_a_text_that_is_no_whole_or_doubtful_is_not_compared(reader: Reader) -> None:
    page = reader.open("compare/")
    page.route(f"**/{SECOND}/2023.yml", lambda route: route.fulfill(body="title: 报告\ntext_state: ocr\n"))
    fill(page, FIRST, SECOND)
    wait_for(page, "没有比较：2023年的文本是识别文本")
    assert page.locator(".gk-change").count() == 0


def test_words_of_reports_never_become_markup(reader: Reader) -> None:
    hostile = '<img src=x onerror="document.title=1"><b>执法</b>检查</script>'
    passage = {"id": "p-00000000", "text": f"开展{hostile}3次。", "topics": ["general.overview"]}
    section = {"id": "s-1", "level": 1, "number": "一、", "heading": hostile, "role": "measures", "passages": [passage]}
    told = {
        "title": hostile,
        "place": {"path": "a/b", "name": hostile, "code": None},
        "year": 2023,
        "sections": [section],
    }

    def answer(route: Route) -> None:
        id_ = route.request.url.removesuffix("/report.json").partition("places/")[2]
        count = 3 + (id_ == SECOND)
        passages = [{**passage, "text": f"开展{hostile}{count}次。"}]
        figure = {
            "indicator": hostile,
            "value": count,
            "unit": hostile,
            "qualifier": "exact",
            "passage": None,
            "confirmed": True,
        }
        route.fulfill(json={**told, "id": id_, "sections": [{**section, "passages": passages}], "figures": [figure]})

    page = reader.open("compare/")
    page.route("**/report.json", answer)
    fill(page, FIRST, SECOND)
    wait_for(page, "比较好了：")
    assert page.locator("#gk-result :is(img, b, script)").count() == 0
    assert page.locator("#gk-result").inner_text().count("<b>执法</b>") >= 5


def test_the_list_to_choose_from_is_loaded_when_it_is_wanted(reader: Reader) -> None:
    page = reader.open("compare/")
    page.wait_for_load_state("networkidle")
    assert page.locator("#gk-reports option").count() == 0
    page.get_by_label("第一份").focus()
    page.locator(f"#gk-reports option[value='{FIRST}']").wait_for(state="attached")
    assert page.locator("#gk-reports option").count() == 5


def test_without_scripts_the_page_says_what_there_is(reader: Reader) -> None:
    page = reader.again(java_script_enabled=False)
    reader.open(PAIR)
    assert not page.locator("#gk-choice").is_visible()
    page.get_by_role("link", name="各地方").click()
    page.wait_for_url("**/places/")


def test_only_this_page_has_scripts_for_comparing(reader: Reader) -> None:
    for address, wanted in (("", 0), (REPORT, 0), ("compare/", 1)):
        page = reader.open(address)
        assert page.locator("script[src*='gongkai/compare.']").count() == wanted


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_the_result_can_be_read_on_every_screen(reader: Reader, width: int, scheme: str) -> None:
    size = {"width": width, "height": 844}
    page = reader.again(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    reader.open(PAIR)
    wait_for(page, "比较好了：")
    for view in ("marks", "sides", "only"):
        page.locator(f"label[for=view-{view}]").click()
        assert page.evaluate(OVERFLOW) == {"page": 0, "wide": []}, view
        contrasts = page.evaluate(CONTRASTS)
        assert {name: each for name, each in contrasts.items() if each["ratio"] < LEGIBLE} == {}, view
    violations = Axe().run(page).response["violations"]
    assert [each["id"] for each in violations if each["impact"] in {"serious", "critical"}] == []
    targets = page.evaluate(
        TARGETS.replace("footer a", "footer a, .gk-ways a, .gk-compare > label, form :is(input, button)")
    )
    assert [each for each in targets if min(each[1:]) < SMALLEST_TARGET] == []
