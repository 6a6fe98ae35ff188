from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.settings import SettingsError
from tests.cases_reader import ROOT
from tests.html_reading import Element, read_html
from tests.made_up_site import COUNTY, QINGXI, SITE
from tests.site_in_string import build_site, make_project, run_gongkai, site_text

if TYPE_CHECKING:
    from pathlib import Path

UNSET = "      government: {}\n"
SET = """\
      government:
        sponsor: 东山县人民政府办公室
        contact: 0800-1234567
        site_id: '9801010001'
        domain: www.example.org
        icp: 南ICP备00000000号
        police: 南公网安备 00000000000000号
        columns:
          places: {name: 法治政府建设年度报告, description: 各乡镇年度报告, keywords: '法治政府,年度报告', type: 政务公开}
"""
SHOWN = ("主办单位", "东山县人民政府办公室", "0800-1234567", "9801010001", "南ICP备00000000号", "南公网安备")
REPORT = f"places/{QINGXI}/2023/index.html"
LIST = f"places/{COUNTY}/index.html"


def config(government: str) -> str:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert text.count(UNSET) == 1
    return f"-- mkdocs.yml --\n{text.replace(UNSET, government)}"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    project = make_project(tmp_path_factory.mktemp("government"), SITE + config(SET))
    build_site(project)
    return {path: read_html(site_text(project, path)) for path in ("index.html", REPORT, LIST)}


def tags(page: Element) -> dict[str, str]:
    named = [each for each in page.all("meta") if each.attributes.get("name", "")[:1].isupper()]
    assert len({each["name"] for each in named}) == len(named)
    return {each["name"]: each["content"] for each in named}


def test_a_government_site_carries_its_tags_on_every_page(pages: dict[str, Element]) -> None:
    site = {"SiteName": "公开", "SiteDomain": "www.example.org", "SiteIDCode": "9801010001"}
    column = {
        "ColumnName": "法治政府建设年度报告",
        "ColumnDescription": "各乡镇年度报告",
        "ColumnKeywords": "法治政府,年度报告",
        "ColumnType": "政务公开",
    }
    article = {
        "ArticleTitle": "清溪镇2023年法治政府建设年度报告",
        "PubDate": "2024-01-10",
        "ContentSource": "清溪镇人民政府、中共清溪镇委员会",
    }
    assert tags(pages["index.html"]) == site
    assert tags(pages[LIST]) == site | column
    assert tags(pages[REPORT]) == site | column | article


def test_a_government_site_names_itself_in_the_footer(pages: dict[str, Element]) -> None:
    for page in pages.values():
        footer = page.one("footer").words
        assert all(shown in footer for shown in SHOWN)
        assert "我要找错" in footer
        assert "非政府网站" not in page.words


def test_any_other_site_says_that_it_is_none_and_carries_nothing_of_it(plot: Path) -> None:
    project = make_project(plot, SITE)
    build_site(project)
    for path in ("index.html", LIST, REPORT, "404.html"):
        page = read_html(site_text(project, path))
        assert "非政府网站" in page.one("footer").words
        official = {"SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
        assert not official & set(tags(page))
        assert not [word for word in ("主办单位", "网站标识码", "ICP", "公网安备") if word in page.words]
        assert not [content for content in tags(page).values() if content in {"", "null", "None"}]


def test_a_wrong_key_of_the_government_settings_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path, SITE + config("      government: {sitecode: '1'}\n"))
    with pytest.raises(SettingsError, match="sitecode"):
        build_site(project)
    told = run_gongkai(project, "build")
    assert told.returncode == 2
    assert "sitecode" in told.stderr
    assert "Traceback" not in told.stderr
