from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from generator.content.parse import passage_anchor
from tests.html_reading import Element, read_html
from tests.made_up_site import BAIYUN, COUNTY, QINGXI, QINGXI_FILES, SITE
from tests.site_in_string import build_site, make_project, site_bytes, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

SOURCE = "不是逐字的来源，也不是文本文件".encode("gb18030")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    project = make_project(tmp_path_factory.mktemp("pages"), SITE)
    write_file(project.root, f"{QINGXI_FILES}/2023.source.pdf", SOURCE)
    build_site(project)
    return site_bytes(project)


@pytest.fixture(scope="module")
def pages(built: dict[str, bytes]) -> dict[str, Element]:
    return {path: read_html(content.decode()) for path, content in built.items() if path.endswith(".html")}


@pytest.fixture
def report(pages: dict[str, Element]) -> Element:
    return pages[f"places/{QINGXI}/2023/index.html"]


def json_of(built: dict[str, bytes], path: str) -> Any:
    return json.loads(built[path])


def test_every_page_says_what_it_is(pages: dict[str, Element]) -> None:
    titles: dict[str, str] = {}
    for path, page in pages.items():
        assert page.one("html")["lang"] == "zh-CN", path
        assert len(page.all("h1")) == 1, path
        assert page.one("h1").words, path
        assert page.one("title").words, path
        assert page.one("meta", name="description")["content"].strip(), path
        if not page.all("meta", http_equiv="refresh"):
            titles.setdefault(page.one("title").words, path)
            assert titles[page.one("title").words] == path, "two pages have one title"


def test_pages_below_the_doors_have_breadcrumbs_that_lead_home(pages: dict[str, Element]) -> None:
    for path in (f"places/{QINGXI}/2023/index.html", f"places/{QINGXI}/index.html", "years/2023/index.html"):
        trail = pages[path].one("nav", aria_label="当前位置")
        links = trail.all("a")
        assert links[0].words == "首页", path
        assert links[0]["href"] == "../" * path.count("/"), path
        assert len(trail.all(aria_current="page")) == 1, path
    crumbs = pages[f"places/{QINGXI}/2023/index.html"].one("nav", aria_label="当前位置")
    assert [each.words for each in crumbs.all("li")] == [
        "首页", "地方", "南岭省", "临河市", "东山县", "清溪镇", "2023年度报告",
    ]  # fmt: skip


def test_a_missing_role_is_marked_with_the_words_of_the_law(pages: dict[str, Element]) -> None:
    page = pages[f"places/{BAIYUN}/2023/index.html"]
    absent = [each for each in page.having("data-role") if each.attributes.get("data-present") == "no"]
    assert [each["data-role"] for each in absent] == ["shortcomings", "leader_duty"]
    assert all("未见" in each.words for each in absent)
    assert "推进法治政府建设存在的不足和原因" in absent[0].words


def test_roles_that_are_present_link_to_their_sections(report: Element) -> None:
    assert not report.all(data_present="no")
    row = report.one("li", data_role="plan", data_present="yes")
    assert row.one("a")["href"] == "#s-4"
    assert row.one("a").words == "四、下一年度主要安排"


def test_sections_have_their_anchors_and_headings_as_printed(report: Element) -> None:
    sections = {each["id"]: each for each in report.all("section") if re.match(r"s-\d", each.attributes.get("id", ""))}
    assert list(sections) == ["s-1", "s-1-1", "s-1-2", "s-2", "s-3", "s-4"]
    assert sections["s-1-2"].one("h3").words == "（二）规范执法"
    assert sections["s-4"].one("h2").words == "四、下一年度主要安排"


def test_every_passage_is_an_element_with_its_anchor_and_topics(report: Element, built: dict[str, bytes]) -> None:
    anchors = [each["id"] for each in report.having("data-topics")]
    export = json_of(built, f"places/{QINGXI}/2023/report.json")
    assert anchors == [passage["id"] for section in export["sections"] for passage in section["passages"]]
    assert all(re.fullmatch(r"p-[0-9a-f]{8}", anchor) for anchor in anchors)
    text = "全年开展法治培训3场，参加120人次。"
    assert report.one(id=passage_anchor(text)).words == text


def test_a_table_has_a_caption_and_column_headings(report: Element) -> None:
    table = next(each for each in report.all("table") if "行政处罚" in each.text)
    assert table.one("caption").words == "（二）规范执法"
    assert [each.words for each in table.all("th", scope="col")] == ["项目", "次数"]
    assert [[cell.words for cell in row.all("td")] for row in table.one("tbody").all("tr")] == [
        ["行政检查", "25"],
        ["行政处罚", "3"],
    ]


def test_an_image_is_shown_with_its_words_and_published_beside_the_report(
    report: Element, built: dict[str, bytes]
) -> None:
    image = next(each for each in report.all("img") if each.attributes.get("alt") == "集市上的普法宣传台")
    assert image["src"].endswith("2023-1.png")
    assert built[f"places/{QINGXI}/2023/2023-1.png"] == b"not really a picture\n"


def test_provenance_tells_what_is_known_and_what_is_not(pages: dict[str, Element], report: Element) -> None:
    def facts(page: Element) -> dict[str, str]:
        box = next(each for each in page.all("section") if each.attributes.get("aria-labelledby") == "provenance")
        return {dt.words: dd.words for dt, dd in zip(box.all("dt"), box.all("dd"), strict=True)}

    known = facts(report)
    assert known["发布机关"] == "清溪镇人民政府、中共清溪镇委员会"
    assert (known["成文日期"], known["公开日期"]) == ("2024-01-05", "2024-01-10")
    assert known["原发布处"] == "https://example.org/qingxi/2023"
    unknown = facts(pages[f"places/{BAIYUN}/2023/index.html"])
    assert [unknown[name] for name in ("发布机关", "成文日期", "公开日期", "原发布处")] == ["未知"] * 4


def test_years_lead_to_each_other(pages: dict[str, Element], report: Element) -> None:
    assert report.one("a", rel="prev")["href"].endswith(f"places/{QINGXI}/2022/")
    assert not report.all("a", rel="next")
    earlier = pages[f"places/{QINGXI}/2022/index.html"]
    assert earlier.one("a", rel="next")["href"].endswith(f"places/{QINGXI}/2023/")
    assert not earlier.all("a", rel="prev")


def test_a_township_lists_its_years_newest_first(pages: dict[str, Element]) -> None:
    rows = pages[f"places/{QINGXI}/index.html"].all("tbody")[0].all("tr")
    assert [row.all("th")[0].words for row in rows] == ["2023", "2022"]
    assert [row.all("td")[1].words for row in rows] == ["2024-01-10", "未知"]


def test_a_place_lists_its_children_with_their_coverage(pages: dict[str, Element]) -> None:
    row = next(each for each in pages[f"places/{COUNTY}/index.html"].all("li") if "清溪镇" in each.words)
    assert "2 份报告（2022–2023 年）" in row.words


def test_an_unverified_parent_is_told_wherever_the_place_is_shown(pages: dict[str, Element]) -> None:
    for path in (f"places/{BAIYUN}/index.html", f"places/{BAIYUN}/2023/index.html", "places/index.html", "index.html"):
        assert "上级行政区划待核实" in pages[path].words, path


def test_a_report_without_a_title_gets_a_plain_name_and_says_so(pages: dict[str, Element]) -> None:
    page = pages[f"places/{BAIYUN}/2023/index.html"]
    assert page.one("h1").words == "白云乡2023年法治政府建设年度报告"
    assert "原文没有题名" in page.words


def test_corrections_are_public(report: Element) -> None:
    assert "2024-03-01：补上表格（来源漏录）" in report.words


def test_downloads_are_the_two_files_the_json_and_the_source(report: Element, built: dict[str, bytes]) -> None:
    base = f"places/{QINGXI}/2023/"
    names = {each["href"].rpartition("/")[2] for each in report.having("download")}
    assert names >= {"2023.md", "2023.yml", "report.json"}
    assert built[base + "2023.source.pdf"] == SOURCE
    assert built[base + "2023.md"].startswith("2023年，清溪镇".encode())


def test_report_json_has_the_agreed_shape(built: dict[str, bytes]) -> None:
    value = json_of(built, f"places/{QINGXI}/2023/report.json")
    assert list(value) == [
        "id", "place", "year", "title", "url", "issuer", "dates", "source", "sections", "figures", "citations",
        "missing_roles",
    ]  # fmt: skip
    assert value["id"] == f"{QINGXI}/2023"
    assert value["place"] == {"path": QINGXI, "name": "清溪镇", "code": "980101101"}
    assert value["issuer"] == ["清溪镇人民政府", "中共清溪镇委员会"]
    assert value["dates"] == {"made": "2024-01-05", "published": "2024-01-10"}
    first = value["sections"][0]
    assert list(first) == ["id", "level", "number", "heading", "role", "passages"]
    assert (first["level"], first["role"], first["heading"]) == (0, "preamble", "")
    assert list(first["passages"][0]) == ["id", "text", "topics"]
    assert value["figures"][0] == {
        "indicator": "training.sessions",
        "value": 3,
        "unit": "场",
        "qualifier": "exact",
        "quote": "开展法治培训3场",
        "passage": passage_anchor("全年开展法治培训3场，参加120人次。"),
        "confirmed": True,
    }
    missing = json_of(built, f"places/{BAIYUN}/2023/report.json")["missing_roles"]
    assert missing == ["shortcomings", "leader_duty"]


def test_reports_json_lists_every_report_in_the_agreed_shape(built: dict[str, bytes]) -> None:
    reports = json_of(built, "data/reports.json")
    assert [each["id"] for each in reports] == [f"{BAIYUN}/2023", f"{QINGXI}/2022", f"{QINGXI}/2023"]
    assert all(
        list(each) == ["id", "place", "year", "title", "url", "roles", "sections", "passages", "figures", "characters"]
        for each in reports
    )
    last = reports[-1]
    export = json_of(built, f"places/{QINGXI}/2023/report.json")
    assert last["url"] == export["url"]
    assert last["roles"] == ["measures", "shortcomings", "leader_duty", "plan"]
    assert last["passages"] == sum(len(section["passages"]) for section in export["sections"])
    assert last["figures"] == 2
    assert reports[0]["place"] == {"path": BAIYUN, "name": "白云乡", "code": None}


def test_a_former_address_leads_to_the_present_one(pages: dict[str, Element]) -> None:
    old = f"places/{COUNTY}/qingxi-xiang"
    for address, target in ((old, f"places/{QINGXI}/"), (f"{old}/2023", f"places/{QINGXI}/2023/")):
        page = pages[f"{address}/index.html"]
        assert page.one("meta", http_equiv="refresh")["content"].endswith(target)
        assert page.one("a")["href"].endswith(target)


def test_lists_are_paged_and_stay_below_200_kb(plot: Path) -> None:
    county = "-- content/places/nanling-sheng/place.yml --\nname: 南岭省\nlevel: province\n"
    names = [f"zhen{number:04}" for number in range(850)]
    text = "## 一、主要举措和成效\n\n开展法治培训3场。\n"
    towns = "".join(
        f"-- content/places/nanling-sheng/{name}/place.yml --\nname: 第{index}镇\nlevel: township\n"
        + (f"-- content/places/nanling-sheng/{name}/2023.md --\n{text}" if index < 450 else "")
        + (f"-- content/places/nanling-sheng/{name}/2023.yml --\ntitle: {'题' * 60}\n" if index < 450 else "")
        for index, name in enumerate(names)
    )
    project = make_project(plot, county + towns)
    build_site(project)
    built = site_bytes(project)
    listed: list[str] = []
    for number, folder in enumerate(("", "page-2/", "page-3/"), 1):
        page = read_html(built[f"places/nanling-sheng/{folder}index.html"].decode())
        rows = [each for each in page.all("a") if re.fullmatch("第[0-9]+镇", each.words)]
        listed += [each.words for each in rows]
        assert page.one("nav", aria_label="分页").one(aria_current="page").words == str(number)
    assert sorted(listed) == sorted(f"第{index}镇" for index in range(850))
    years = [read_html(built[path].decode()) for path in built if path.startswith("years/2023/")]
    assert sum(len(page.one("tbody").all("tr")) for page in years) == 450
    pages = {path: len(content) for path, content in built.items() if path.endswith(".html")}
    assert {path: size for path, size in pages.items() if size > 200_000} == {}


def test_two_pages_of_a_list_are_told_apart_by_their_titles(plot: Path) -> None:
    towns = "".join(
        f"-- content/places/zhen{number:04}/place.yml --\nname: 第{number}镇\nlevel: township\nparent_unverified: true\n"
        for number in range(410)
    )
    project: Project = make_project(plot, towns)
    build_site(project)
    built = site_bytes(project)
    home = read_html(built["index.html"].decode())
    assert len([each for each in home.all("a") if each.words.startswith("第")]) < 100
    assert [each["href"] for each in home.all("a") if each.words == "全部地方"] == ["./places/"]
    titles = {
        read_html(built[path].decode()).one("title").words for path in ("places/index.html", "places/page-2/index.html")
    }
    assert len(titles) == 2
