"""Topics, systems, laws and indicators: their pages, and which of them a change rewrites."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from generator.content.parse import passage_anchor
from tests.html_reading import Element, read_html
from tests.made_up_catalogues import CATALOGUES, CITING
from tests.made_up_site import ALL_ROLES, BAIYUN, QINGXI, QINGXI_FILES, SITE, township
from tests.site_in_string import (
    build_site,
    edit_file,
    make_project,
    remove,
    run_gongkai,
    site_bytes,
    site_folder,
    site_text,
    write_file,
)
from tests.test_incremental import edit, rewritten

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

REPORT = f"places/{QINGXI}/2023"
LIMIT = 200_000


@pytest.fixture
def project(plot: Path) -> Project:
    made = make_project(plot, SITE + CATALOGUES + township("shanqian-xiang", "山前乡", y2023=CITING))
    build_site(made)
    return made


def page(project: Project, address: str) -> Element:
    return read_html(site_text(project, f"{address}index.html"))


def links_of(element: Element) -> list[str]:
    return [each["href"] for each in element.all("a")]


def test_a_topic_page_shows_the_passages_with_their_places_headings_and_anchors(project: Project) -> None:
    shown = page(project, "topics/enforcement.training/")
    entries = shown.all("div", class_="gk-entry")
    assert [entry.all("p")[0].words for entry in entries] == [
        "2022年开展法治培训2场。",
        "全年开展法治培训3场，参加120人次。",
        "修订学习制度",
        "项目 次数 行政检查 25 行政处罚 3",
    ]
    anchor = passage_anchor("全年开展法治培训3场，参加120人次。")
    assert f"../../places/{QINGXI}/2023/#{anchor}" in links_of(entries[1])
    assert "（一）强化学习" in entries[1].words
    assert [heading.words for heading in shown.all("h2")] == [
        "清溪镇 2022 南岭省临河市东山县",
        "清溪镇 2023 南岭省临河市东山县",
    ]


def test_the_words_that_a_passage_was_found_by_are_marked(project: Project) -> None:
    marks = page(project, "topics/enforcement.training/").all("mark")
    assert [mark.words for mark in marks] == ["法治培训", "法治培训", "学习制度", "行政检查"]


def test_a_topic_is_narrowed_by_year_through_addresses(project: Project) -> None:
    shown = page(project, "topics/enforcement.training/2022/")
    assert [each.words for each in shown.all("h2")] == ["清溪镇 2022 南岭省临河市东山县"]
    assert "2022年度" in shown.one("h1").words


def test_a_topic_is_narrowed_by_place_where_that_narrows_it(project: Project) -> None:
    everywhere = page(project, "topics/disputes.mediation/")
    assert len(everywhere.all("div", class_="gk-entry")) == 3
    assert [each.words for each in everywhere.one("nav", aria_label="地方").all("a")] == ["南岭省"]
    narrowed = page(project, "topics/disputes.mediation/nanling-sheng/")
    assert [each.words for each in narrowed.all("h2")] == ["清溪镇 2023 南岭省临河市东山县"]
    assert not page(project, "topics/enforcement.staff/").all("nav", aria_label="地方")


def test_topics_that_stand_together_are_neighbours(plot: Path) -> None:
    text = ALL_ROLES.replace("开展法治培训3场。", "开展法治培训3场，办理调解案件5件。")
    project = make_project(plot, CATALOGUES + township("qinghe-zhen", "清河镇", y2023=text))
    build_site(project)
    near = page(project, "topics/enforcement.training/").one("nav", aria_label="常在一起的主题")
    assert [each.words for each in near.all("a")] == ["人民调解"]


def test_the_tree_counts_reports_and_passages(project: Project) -> None:
    tree = page(project, "topics/")
    items = {each.one("a").words: each.words for each in tree.all("li") if each.all("span", class_="gk-quiet")}
    assert items["执法培训"] == "执法培训 2 份报告，4 段".replace(" 2", "2", 1)
    assert "还没有" not in items["人民调解"]


def test_every_passage_of_a_report_tells_its_topics(project: Project) -> None:
    report = page(project, f"{REPORT}/")
    passages = {each["id"]: each["data-topics"] for each in report.having("data-topics")}
    assert passages[passage_anchor("全年开展法治培训3场，参加120人次。")] == "enforcement.training"
    assert passages[passage_anchor("执法力量薄弱，原因是编制少。")] == "enforcement.staff"
    assert passages[passage_anchor("清溪镇人民政府")] == ""
    exported = json.loads(site_text(project, f"{REPORT}/report.json"))
    told = {each["id"]: " ".join(each["topics"]) for section in exported["sections"] for each in section["passages"]}
    assert told == passages


def test_an_editor_adds_and_removes_topics(project: Project) -> None:
    anchor = passage_anchor("执法力量薄弱，原因是编制少。")
    record = project.root / QINGXI_FILES / "2023.yml"
    told = f"topics:\n  {anchor}: {{add: [disputes.mediation], remove: [enforcement.staff]}}\n"
    record.write_text(record.read_text(encoding="utf-8") + told, encoding="utf-8")
    build_site(project)
    report = page(project, f"{REPORT}/")
    assert report.one(id=anchor)["data-topics"] == "disputes.mediation"
    assert "人工" in page(project, "topics/disputes.mediation/").words


def test_the_glossary_lists_systems_with_their_passages(project: Project) -> None:
    glossary = page(project, "topics/systems/")
    assert [each.all("a")[0].words for each in glossary.all("h3")] == ["学习制度", "民生实事"]
    assert f"../../places/{QINGXI}/2023/#{passage_anchor('修订学习制度')}" in links_of(glossary)
    own = page(project, "topics/systems/xuexi-zhidu/")
    assert [each.words for each in own.all("mark")] == ["学习制度"]


def test_laws_are_listed_with_who_cites_them_and_campaigns_are_none(project: Project) -> None:
    exported = json.loads(site_text(project, "places/shanqian-xiang/2023/report.json"))
    told = [(each["printed"], each["canonical"], each["kind"], each["count"]) for each in exported["citations"]]
    assert told == [
        ("《中华人民共和国宪法》", "中华人民共和国宪法", "law", 1),
        ("《信访工作条例》", "信访工作条例", "party_rule", 1),
        ("宪法", "中华人民共和国宪法", "law", 2),
        ("《一图读懂 | 〈信访工作条例〉》", "一图读懂 | 〈信访工作条例〉", "article", 1),
        ("〈信访工作条例〉", "信访工作条例", "party_rule", 1),
        ("《意见》", None, None, 1),
    ]
    law = page(project, "laws/xianfa/")
    assert "2 段" in law.words
    assert f"../../places/shanqian-xiang/2023/#{passage_anchor('学习宪法。')}" in links_of(law)
    assert "《意见》" in page(project, "laws/others/").words
    assert page(project, "laws/xianfa/2023/").one("h1").words == "中华人民共和国宪法：2023年度"


def test_the_figures_of_a_report_are_marked_and_their_table_leads_back(project: Project) -> None:
    text = site_text(project, f"{REPORT}/index.html")
    assert '<data value="3" data-indicator="training.sessions">3</data>' in text
    report = read_html(text)
    (cell,) = [each for each in report.all("td") if each.all("data")]
    assert (cell.words, cell.one("data")["data-indicator"]) == ("25", "enforcement.inspections")
    number = report.one("a", id="f-training.sessions")
    assert number["href"] == "../../../../../../indicators/training.sessions/"
    tables = [each for each in report.all("table") if each.one("caption").words.startswith(("已确认", "未确认"))]
    assert [each.one("caption").words[:3] for each in tables] == ["已确认", "未确认"]
    assert "#f-training.sessions" in links_of(tables[0])
    assert "#f-enforcement.inspections" in links_of(tables[1])


def test_an_indicator_shows_a_chart_and_the_same_as_a_table(project: Project) -> None:
    shown = page(project, "indicators/training.sessions/")
    chart = shown.one("svg", class_="gk-chart")
    assert chart["role"] == "img"
    labels = {chart.one("title")["id"], chart.one("desc")["id"]}
    assert set(chart["aria-labelledby"].split()) == labels
    assert "清溪镇 2023：3 场" in chart.one("desc").words
    row = shown.one("tbody").one("tr")
    assert [cell.words for cell in row.children if isinstance(cell, Element)] == [
        "清溪镇 2023南岭省临河市东山县",
        "3 场",
        "开展法治培训3场",
        "已确认",
    ]
    assert f"../../places/{QINGXI}/2023/#f-training.sessions" in links_of(row)


def test_an_indicator_without_figures_says_that_this_is_no_zero(project: Project) -> None:
    assert "没有写明不等于零" in page(project, "indicators/dispute.resolved/").words


def test_a_township_shows_its_figures_over_the_years(project: Project) -> None:
    (table,) = [each for each in page(project, f"places/{QINGXI}/").all("table") if "不等于零" in each.words]
    assert [each.words for each in table.all("tr")] == [
        "指标20222023",
        "培训次数 未写 3 场",
        "行政检查次数 未写 25 次",
    ]


def test_a_change_of_a_topics_terms_rewrites_the_pages_that_it_touches_and_no_others(project: Project) -> None:
    written, removed = rewritten(project, edit(project, "content/topics.yml", "terms: [调解案件]", "terms: [调解协议]"))
    topic = {f"topics/disputes.mediation/{each}index.html" for each in ("", "2023/")}
    assert "topics/disputes.mediation/nanling-sheng/index.html" in removed
    tree = {"topics/index.html", "topics/disputes/index.html"}
    baiyun = {f"places/{BAIYUN}/2023/{each}" for each in ("index.html", "report.json")}
    overview = {f"topics/general.overview/{each}index.html" for each in ("", "2022/", "2023/")}
    feeds = {f"topics/{each}/feed.xml" for each in ("disputes.mediation", "general.overview")}
    assert written == topic | tree | baiyun | overview | feeds | {"topics/general/index.html"}


def test_a_term_that_finds_nothing_rewrites_only_the_page_that_lists_the_terms(project: Project) -> None:
    written, _ = rewritten(
        project, edit(project, "content/topics.yml", "terms: [执法力量]", "terms: [执法力量, 无此说法]")
    )
    assert written == {"topics/enforcement.staff/index.html"}


def test_a_new_name_of_a_topic_rewrites_what_shows_it(project: Project) -> None:
    written, _ = rewritten(project, edit(project, "content/topics.yml", "name: 执法力量", "name: 执法队伍"))
    reports = {f"places/{QINGXI}/{year}/index.html" for year in (2022, 2023)}
    topic = {f"topics/enforcement.staff/{each}index.html" for each in ("", "2022/", "2023/", "nanling-sheng/")}
    assert reports <= written
    feed = "topics/enforcement.staff/feed.xml"
    doors = {"topics/index.html", "topics/enforcement/index.html", "search/index.html"}
    assert written <= reports | topic | doors | {feed}


def test_an_edit_of_a_title_leaves_the_lists_of_passages_alone(project: Project) -> None:
    written, _ = rewritten(
        project, edit(project, f"{QINGXI_FILES}/2023.yml", "title: 清溪镇2023年", "title: 清溪镇二〇二三年")
    )
    lists = [path for path in written if path.startswith(("topics/", "laws/", "indicators/"))]
    assert not [path for path in lists if not path.endswith("feed.xml")]


def test_a_confirmed_figure_rewrites_its_report_and_what_shows_the_figure(project: Project) -> None:
    change = edit(project, f"{QINGXI_FILES}/2023.yml", "quote: 行政检查 25}", "quote: 行政检查 25, confirmed: true}")
    written, _ = rewritten(project, change)
    own = {f"{REPORT}/{name}" for name in ("index.html", "report.json", "2023.yml")}
    shown = {f"places/{QINGXI}/index.html", "indicators/enforcement.inspections/index.html"}
    assert written == own | shown | {f"data/{name}" for name in ("figures.csv", "gongkai.sqlite", "SHA256SUMS")}


def test_the_last_good_version_of_a_report_stays_in_the_lists(project: Project) -> None:
    before = site_bytes(project)
    edit_file(project, f"{QINGXI_FILES}/2022.yml", "title: 清溪镇2022年", "titel: 清溪镇2022年")
    told = run_gongkai(project, "build", "--keep-going")
    assert told.returncode == 1
    after = site_bytes(project)
    lists = [path for path in before if path.startswith(("topics/", "indicators/", "laws/"))]
    assert lists
    assert {path for path in lists if before[path] != after.get(path)} == set()


def test_no_list_page_is_too_large_whatever_is_in_it(plot: Path) -> None:
    long = "法治培训" + "说了很多话，" * 30_000
    many = "\n\n".join(f"第{number}次法治培训，{'内容丰富' * 90}。" for number in range(150))
    text = ALL_ROLES.replace("开展法治培训3场。", f"{long}\n\n{many}")
    project = make_project(plot, CATALOGUES + township("qinghe-zhen", "清河镇", y2023=text))
    build_site(project)
    pages = list((site_folder(project) / "topics").rglob("index.html"))
    assert (site_folder(project) / "topics/enforcement.training/page-3/index.html") in pages
    assert max(page.stat().st_size for page in pages) < LIMIT


def test_without_catalogues_the_doors_say_so(plot: Path) -> None:
    project = make_project(plot, SITE)
    build_site(project)
    assert "还没有主题目录" in page(project, "topics/").words
    assert "还没有指标目录" in page(project, "indicators/").words
    assert "还没有找到" in page(project, "laws/").words


def test_a_page_written_by_hand_cannot_take_the_place_of_a_topic(plot: Path) -> None:
    project = make_project(plot, SITE + CATALOGUES)
    write_file(project.root, "content/pages/topics/enforcement.staff.md", "# 执法力量\n")
    told = run_gongkai(project, "check")
    assert "地址 /topics/enforcement.staff/ 由程序生成" in told.stdout


def test_a_catalogue_that_cannot_be_read_publishes_nothing(project: Project) -> None:
    before = site_bytes(project)
    edit_file(project, "content/topics.yml", "name: 执法培训", "nam: 执法培训")
    told = run_gongkai(project, "build", "--keep-going")
    assert told.returncode == 1
    assert "没有发布" in told.stderr
    assert "--keep-going" not in told.stderr
    assert site_bytes(project) == before


SHARED = "坚持把法治政府建设纳入年度重点工作，与经济社会发展同部署、同推进。"


@pytest.fixture
def sharing(plot: Path) -> Project:
    own = ALL_ROLES.replace("开展法治培训3场。", f"开展法治培训3场。{SHARED}")
    others = ALL_ROLES.replace("开展法治培训3场。", SHARED)
    towns = township("jia-zhen", "甲镇", y2023=own) + township("yi-zhen", "乙镇", y2023=others)
    made = make_project(plot, CATALOGUES + towns + township("bing-zhen", "丙镇", y2023=ALL_ROLES))
    build_site(made)
    return made


def test_a_passage_that_other_townships_share_says_where(sharing: Project) -> None:
    report = page(sharing, "places/jia-zhen/2023/")
    (shared,) = [each for each in report.all("details") if "另见" in each.words]
    assert shared.one("summary").words == "另见 1 个乡镇"
    assert links_of(shared) == [f"../../../places/yi-zhen/2023/#{passage_anchor(SHARED)}"]
    assert "乙镇 2023" in shared.words


def test_the_share_of_common_text_is_told_with_its_method(sharing: Project) -> None:
    facts = page(sharing, "places/jia-zhen/2023/").all("p", class_="gk-facts")[0]
    assert "与其他乡镇相同的文字占" in facts.words
    assert "../../../about/method/#相同的文字" in [unquote(link) for link in links_of(facts)]
    assert "与其他乡镇相同的文字占" not in page(sharing, "places/bing-zhen/2023/").words


def test_an_edit_of_a_shared_sentence_rewrites_the_reports_that_shared_it(sharing: Project) -> None:
    written, _ = rewritten(sharing, edit(sharing, "content/places/yi-zhen/2023.md", SHARED, "全年抓好各项工作落实。"))
    pages = {path for path in written if path.endswith("2023/index.html") and path.startswith("places/")}
    assert pages == {"places/yi-zhen/2023/index.html", "places/jia-zhen/2023/index.html"}
    assert "另见" not in page(sharing, "places/jia-zhen/2023/").words


def test_a_township_that_goes_takes_its_sentences_along(sharing: Project) -> None:
    written, _ = rewritten(sharing, lambda: remove(sharing.places / "yi-zhen"))
    assert "places/jia-zhen/2023/index.html" in written
    assert "另见" not in page(sharing, "places/jia-zhen/2023/").words
