from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from generator.checking.project import check_project
from generator.content.yaml_reading import write_yaml
from tests.cases_reader import ROOT
from tests.html_reading import Element, read_html
from tests.made_up_site import ALL_ROLES, BAIYUN, SITE, township
from tests.site_in_string import build_site, make_project, site_bytes, site_text, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

HOSTILE = (
    "<script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "' onmouseover='alert(4)",
    "<!--gongkai:body--><!--gongkai:head-->",
)
OUTSIDE = "口令是九九八十一"
RUNS = ("javascript:", "data:", "vbscript:")


def printed(text: str) -> str:
    """Write a hostile text as an editor does who finds it printed: a backslash before what would be HTML."""
    return text.replace("<", "\\<").replace("|", "\\|")


def hostile_site(hostile: str) -> str:
    name = f"{hostile[:50]}镇"
    text = f"""\
引言{printed(hostile)}。

## 一、主要举措和成效{printed(hostile)}

段落8次，{printed(hostile)}。

- 条目{printed(hostile)}

| {printed(hostile)} | 次数 |
| --- | --- |
| 检查{printed(hostile)} | 25 |

![{printed(hostile)}](2023-1.png)

## 二、下一年度主要安排

继续推进。
"""
    record = {
        "title": hostile,
        "issuer": [hostile],
        "source": {"url": "https://example.org/?a=1&b='"},
        "figures": [{"indicator": "a.b", "value": 8, "unit": hostile, "quote": f"段落8次，{hostile}"}],
        "corrections": [{"date": "2024-01-01", "what": hostile, "why": hostile}],
        "repairs": [{"kind": "replace", "line": 1, "text": hostile, "after": hostile, "why": hostile}],
    }
    place = {"name": name, "level": "township", "parent_unverified": True, "note": hostile, "former": ["jiu-zhen"]}
    system = {"id": "xi-tong", "name": f"{hostile}制度", "kind": "system", "aliases": ["段落"]}
    topic = {
        "id": "zhu.ti",
        "name": hostile,
        "aliases": [f"{hostile}的别称"],
        "terms": ["继续推进"],
        "systems": [system],
    }
    group = {"id": "zhu", "name": hostile, "source": hostile, "children": [topic]}
    indicator = {"id": "a.b", "name": hostile, "unit": hostile, "aliases": [f"{hostile}{{}}"]}
    law = {"id": "fa", "name": f"{hostile}法", "kind": "law", "aliases": ["引言"]}
    return (
        f"-- content/topics.yml --\n{write_yaml({'topics': [group]})}"
        f"-- content/indicators.yml --\n{write_yaml({'indicators': [indicator]})}"
        f"-- content/laws.yml --\n{write_yaml({'laws': [law]})}"
        f"-- content/places/xin-zhen/place.yml --\n{write_yaml(place)}"
        f"-- content/places/xin-zhen/2023.md --\n{text}"
        f"-- content/places/xin-zhen/2023.yml --\n{write_yaml(record)}"
        "-- content/places/xin-zhen/2023-1.png --\nnone\n"
    )


def scripts(page: Element) -> list[tuple[str, str]]:
    """Return what runs; blocks of JSON do not, and must stay JSON."""
    running = []
    for each in page.all("script"):
        if each.attributes.get("type") == "application/json":
            json.loads(each.text)
        else:
            running.append((each.attributes.get("src", ""), each.text))
    return running


def assert_nothing_runs(page: Element, path: str) -> None:
    for element in page.walk():
        assert not [name for name in element.attributes if name.startswith("on")], (path, element.tag)
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            address = element.attributes.get(name, "").strip().lower()
            assert not address.startswith(RUNS), (path, address)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """The site with the same pages and no hostile text in them."""
    project = make_project(tmp_path_factory.mktemp("harmless"), hostile_site("好话一句"))
    build_site(project)
    return html_pages(project)


def html_pages(project: Project) -> dict[str, Element]:
    return {path: read_html(content.decode()) for path, content in site_bytes(project).items() if path[-5:] == ".html"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_shows_as_text_everywhere(plot: Path, harmless: dict[str, Element], hostile: str) -> None:
    project = make_project(plot, hostile_site(hostile))
    assert not build_site(project).problems
    pages = html_pages(project)
    assert set(pages) == set(harmless)
    for path, page in pages.items():
        assert_nothing_runs(page, path)
        assert scripts(page) == scripts(harmless[path]), path
        if path != "status/index.html":  # its table counts what the checks find in the text
            tags = [each.tag for each in page.walk()]
            assert tags == [each.tag for each in harmless[path].walk()], path
    shown = " ".join(hostile.split())
    report = pages["places/xin-zhen/2023/index.html"]
    assert report.one("h1").words == shown
    assert report.one("title").words.startswith(shown)
    assert report.all("caption")[0].words == f"一、主要举措和成效{shown}"
    assert report.all("th", scope="col")[0].words == shown
    assert report.all("img", alt=hostile)
    passages = [each.words for each in report.having("data-topics")]
    assert passages[:3] == [f"引言{shown}。", f"段落8次，{shown}。", f"条目{shown}"]
    assert f"2024-01-01：{shown}（{shown}）" in report.words
    name = " ".join(f"{hostile[:50]}镇".split())
    assert pages["places/xin-zhen/index.html"].one("h1").words == name
    assert name in pages["places/index.html"].words
    assert name in pages["places/jiu-zhen/index.html"].one("h1").words
    export = json.loads(site_text(project, "places/xin-zhen/2023/report.json"))
    assert (export["title"], export["place"]["name"]) == (hostile, f"{hostile[:50]}镇")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//example.org"])
def test_a_source_address_that_is_not_http_is_refused(tmp_path: Path, address: str) -> None:
    record = f"-- content/places/{BAIYUN}/2023.yml --\nsource:\n  url: '{address}'\n"
    project = make_project(tmp_path, SITE + record)
    errors = [problem for problem in check_project(project) if problem.level == "error"]
    assert [(each.rule, each.path, each.line) for each in errors] == [
        ("schema", f"content/places/{BAIYUN}/2023.yml", 2)
    ]
    assert "source.url" in errors[0].message


@pytest.mark.parametrize(
    "markup", ["<script>alert(1)</script>", "<b>粗</b>", "</p>", "<!-- 注 -->", "<br/>", "<a href=x>"]
)
def test_html_in_a_report_is_refused_at_its_line(plot: Path, markup: str) -> None:
    text = ALL_ROLES.replace("执法力量薄弱。", f"执法力量{markup}薄弱。")
    project = make_project(plot, township("qinghe-zhen", "清河镇", y2023=text))
    errors = [problem for problem in check_project(project) if problem.level == "error"]
    assert [(each.rule, each.line, each.column) for each in errors] == [("html_refused", 7, 5)]
    result = build_site(project)
    assert not result.published
    assert [each.rule for each in result.problems] == ["html_refused"]


def test_hand_written_pages_are_sanitised(tmp_path: Path) -> None:
    prose = """\
---
title: '</title><script>alert(1)</script>'
description: '"><script>alert(2)</script>'
---
# 说明

<script>alert(3)</script>

<img src="x.png" onerror="alert(4)" alt="图"> <svg onload=alert(5)></svg>

<iframe src="https://example.org/"></iframe> <style>body{display:none}</style>

[点这里](javascript:alert(6)) [再点](JaVaScRiPt:alert(7)) [数据](data:text/html;base64,PHNjcmlwdD4=)

<a href="https://example.org/" onclick="alert(8)">好的链接</a> <form action="/x"><input name=a></form>

## 小标题 <img src=x onerror=alert(9)>

文字{{ 7*7 }}
"""
    project = make_project(tmp_path, SITE)
    write_file(project.root, "content/pages/about/extra.md", prose)
    build_site(project)
    page = read_html(site_text(project, "about/extra/index.html"))
    usual = read_html(site_text(project, "about/contribute/index.html"))
    assert_nothing_runs(page, "about/extra/")
    assert scripts(page) == scripts(usual)
    body = page.one(id="main")
    assert not [each.tag for each in body.walk() if each.tag in {"iframe", "svg", "form", "input", "style", "script"}]
    assert "{{ 7*7 }}" in body.words
    assert [each["href"] for each in body.all("a") if "好的链接" in each.words] == ["https://example.org/"]
    assert page.one("title").words.startswith("</title><script>alert(1)</script>")
    assert page.one("meta", name="description")["content"] == '"><script>alert(2)</script>'


@pytest.mark.parametrize("place", ["h1", "title", "contents"])
def test_marks_in_hand_written_headings_show_once_escaped(plot: Path, place: str) -> None:
    project = make_project(plot, SITE)
    write_file(project.root, "content/pages/about/extra.md", "# 甲 & 乙 `<b>`\n\n## 丙 & 丁 `<i>`\n\n文字\n")
    build_site(project)
    page = read_html(site_text(project, "about/extra/index.html"))
    if place == "contents":
        contents = next(each for each in page.all("nav") if each.attributes.get("aria-label") == "本页目录")
        assert [each.words for each in contents.all("a")] == ["丙 & 丁 <i>"]
    else:
        assert page.one(place).words.removesuffix(" - 公开") == "甲 & 乙 <b>"


@pytest.mark.parametrize("name", ["../../../secret.txt", "/etc/hostname", "..", ".hidden", "a/b.txt", "a\\b.txt"])
def test_a_source_file_out_of_its_folder_is_refused(plot: Path, name: str) -> None:
    files = township("qinghe-zhen", "清河镇", y2023=ALL_ROLES)
    project = make_project(plot, files)
    write_file(project.root, "content/secret.txt", OUTSIDE)
    write_file(project.root, "content/places/qinghe-zhen/2023.yml", f"source: {{file: '{name}'}}\n")
    errors = [problem for problem in check_project(project) if problem.level == "error"]
    assert [each.rule for each in errors] == ["schema"]
    assert_secret_is_kept(project)


@pytest.mark.parametrize("name", ["../secret.png", "../../secret.png", "/secret.png", "https://example.org/a.png"])
def test_an_image_out_of_its_folder_is_refused(plot: Path, name: str) -> None:
    text = f"{ALL_ROLES}\n![图]({name})\n"
    project = make_project(plot, township("qinghe-zhen", "清河镇", y2023=text))
    write_file(project.root, "content/secret.png", OUTSIDE)
    errors = [problem for problem in check_project(project) if problem.level == "error"]
    assert [(each.rule, each.line) for each in errors] == [("images_present", 17)]
    assert_secret_is_kept(project)


@pytest.mark.parametrize(
    "link", ["places/qinghe-zhen/2023.source.txt", "places/qinghe-zhen/2023-1.png", "places/mimi-zhen"]
)
def test_a_link_among_the_places_is_refused(plot: Path, tmp_path: Path, link: str) -> None:
    secret = tmp_path / "elsewhere"
    write_file(secret, "2023.md", ALL_ROLES + OUTSIDE)
    project = make_project(plot, township("qinghe-zhen", "清河镇", y2023=ALL_ROLES))
    (project.content / link).symlink_to(secret if link.endswith("zhen") else secret / "2023.md")
    errors = [problem for problem in check_project(project) if problem.level == "error"]
    assert [(each.rule, each.path) for each in errors] == [("link", f"content/{link}")]
    assert_secret_is_kept(project)


@pytest.mark.parametrize("link", ["pages/secret.txt", "pages/about/secret.md", "pages/secret"])
def test_a_link_among_the_hand_written_pages_is_not_followed(tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    write_file(elsewhere, "secret.md", OUTSIDE)
    write_file(elsewhere, "secret.txt", OUTSIDE)
    project = make_project(tmp_path / "project", SITE)
    (project.content / link).symlink_to(elsewhere if link.endswith("secret") else elsewhere / link.rpartition("/")[2])
    try:
        build_site(project)
    except ValueError:
        return  # refused
    assert_nothing_secret(project)


def assert_secret_is_kept(project: Project) -> None:
    assert not build_site(project).published
    build_site(project, strict=False)
    assert_nothing_secret(project)


def assert_nothing_secret(project: Project) -> None:
    found = [path for path, content in site_bytes(project).items() if OUTSIDE.encode() in content]
    assert found == []


def test_the_environment_of_our_templates_escapes_and_no_template_turns_it_off() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), path.name
        assert "autoescape false" not in text, path.name
