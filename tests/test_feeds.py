"""Feeds: well-formed Atom whose entries tell what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.made_up_catalogues import CATALOGUES
from tests.made_up_site import BAIYUN, COUNTY, QINGXI, SITE
from tests.made_up_years import FOLDER, TOWN, YEARS
from tests.site_in_string import build_site, edit_file, make_project, site_text
from tests.test_incremental import edit, rewritten

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def project(plot: Path) -> Project:
    made = make_project(plot, SITE + YEARS + CATALOGUES)
    build_site(made)
    return made


def feed(project: Project, address: str) -> ET.Element:
    return ET.fromstring(site_text(project, f"{address}feed.xml"))  # noqa: S314 - the program's own


def entries(project: Project, address: str) -> list[ET.Element]:
    return feed(project, address).findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}", "")


def test_an_entry_tells_what_changed_and_not_only_its_title(project: Project) -> None:
    newest = {text(each, "title"): each for each in entries(project, f"places/{TOWN}/")}
    entry = newest["柳湾镇2022年法治政府建设年度报告"]
    assert text(entry, "summary").startswith("与2021年相比：保留 ")
    content = text(entry, "content")
    assert "<li>化解（调处）矛盾纠纷件数：125 → 165 件（+40，+32.0%）</li>" in content or "125 → 165 件" in content
    assert "<li>新增：普法形式单一。</li>" in content
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"../../places/{TOWN}/2022/changes/"


def test_every_entry_has_what_atom_asks_for(project: Project) -> None:
    for address in ("", f"places/{TOWN}/", f"places/{COUNTY}/", f"places/{BAIYUN}/", "topics/enforcement.training/"):
        root = feed(project, address)
        for each in (root, *root.findall(f"{ATOM}entry")):
            assert text(each, "id").startswith("urn:uuid:")
            assert text(each, "title")
            assert len(text(each, "updated")) == len("2022-02-01T00:00:00+08:00")
        ids = [text(each, "id") for each in root.findall(f"{ATOM}entry")]
        assert ids
        assert len(ids) == len(set(ids))
        assert text(root, "updated") == max(text(each, "updated") for each in root.findall(f"{ATOM}entry"))


def test_dates_are_those_that_are_known(project: Project) -> None:
    by_title = {text(each, "title"): each for each in entries(project, "")}
    published = by_title["柳湾镇2021年法治政府建设年度报告"]
    assert (text(published, "published"), text(published, "updated")) == (("2022-02-01T00:00:00+08:00",) * 2)
    unknown = by_title["柳湾镇2024年法治政府建设年度报告"]
    assert text(unknown, "published") == ""
    assert text(unknown, "updated") == "2024-12-31T00:00:00+08:00"
    assert "日期未知" in text(unknown, "summary")


def test_a_county_tells_of_its_townships_and_of_no_others(project: Project) -> None:
    titles = {text(each, "title") for each in entries(project, f"places/{COUNTY}/")}
    assert titles == {f"南岭省临河市东山县清溪镇{year}年法治政府建设年度报告" for year in (2022, 2023)}


def test_a_topic_tells_what_changed_in_its_passages(project: Project) -> None:
    by_title = {text(each, "title"): each for each in entries(project, "topics/enforcement.training/")}
    entry = by_title["柳湾镇2024年法治政府建设年度报告"]
    assert "本主题的段落有" in text(entry, "summary")
    assert "开展法治培训5场" in text(entry, "content")
    assert "执法力量" not in text(entry, "content")


def test_hostile_words_stay_words(project: Project) -> None:
    hostile = "]]><script>alert(1)</script>&amp;"
    edit_file(project, f"{FOLDER}/2022.md", "普法形式单一。", f"普法形式单一{hostile.replace('<', chr(92) + '<')}。")
    build_site(project)
    (entry,) = [each for each in entries(project, f"places/{TOWN}/") if "2022年" in text(each, "title")]
    assert "普法形式单一]]&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;。" in text(entry, "content")


def test_a_place_without_reports_has_a_feed_without_entries(plot: Path) -> None:
    place = "-- content/places/kong-zhen/place.yml --\nname: 空镇\nlevel: township\nparent_unverified: true\n"
    made = make_project(plot, YEARS + place)
    build_site(made)
    assert entries(made, "places/kong-zhen/") == []
    assert text(feed(made, "places/kong-zhen/"), "updated") == "1970-01-01T00:00:00+08:00"


def test_a_new_title_reaches_every_feed_that_tells_it(project: Project) -> None:
    change = edit(project, f"content/places/{QINGXI}/2022.yml", "title: 清溪镇2022年", "title: 清溪镇二〇二二年")
    written, _ = rewritten(project, change)
    expected = {
        "feed.xml",
        f"places/{QINGXI}/feed.xml",
        f"places/{COUNTY}/feed.xml",
        "topics/enforcement.training/feed.xml",
    }
    assert expected <= written
    assert f"places/{TOWN}/feed.xml" not in written


def test_addresses_are_whole_where_the_site_has_one(plot: Path) -> None:
    made = make_project(plot, YEARS)
    config = made.config.read_text(encoding="utf-8")
    made.config.write_text(config + "\nsite_url: https://example.org/gongkai/\n", encoding="utf-8")
    build_site(made)
    link = entries(made, f"places/{TOWN}/")[0].find(f"{ATOM}link")
    assert link is not None
    assert str(link.get("href")).startswith("https://example.org/gongkai/places/")
