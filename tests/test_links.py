from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.cases_reader import ROOT
from tests.html_reading import Element, read_html
from tests.site_in_string import build_site, copy_checkout, site_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "https://site.test"
LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src", "form": "action"}
LOADS = {"link", "script", "img", "source", "iframe"}
UNSET = "# site_url:"


@dataclass(frozen=True, slots=True)
class Built:
    """A built site and the path that it is served under."""

    files: dict[str, bytes]
    pages: dict[str, Element]
    base: str

    def links(self) -> Iterator[tuple[str, str, str]]:
        """Walk all links: the file they stand in, the element, the address as written."""
        for path, page in self.pages.items():
            for element in page.walk():
                name = LINKS.get(element.tag)
                if name and name in element.attributes and element.attributes.get("rel") != "canonical":
                    yield path, element.tag, element[name]

    def address(self, path: str) -> str:
        """Return the full address that a file is read under."""
        return HOST + self.base + path.removesuffix("index.html")

    def fault(self, path: str, link: str) -> str | None:
        """Tell what is wrong with a link of the file at ``path``; other hosts are not asked."""
        parts = urlsplit(urljoin(self.address(path), link))
        if f"{parts.scheme}://{parts.netloc}" != HOST:
            return None
        if not parts.path.startswith(self.base):
            return "leaves the site"
        target = unquote(parts.path.removeprefix(self.base))
        target += "index.html" if not target or target.endswith("/") else ""
        if target not in self.files:
            return f"there is no {target}"
        page = self.pages.get(target)
        if parts.fragment and page is not None and not page.all(id=unquote(parts.fragment)):
            return f"no #{unquote(parts.fragment)} in {target}"
        return None


def built_at(folder_factory: pytest.TempPathFactory, base: str) -> Built:
    project = copy_checkout(folder_factory.mktemp("links") / "project")
    if base != "/":
        config = project.config.read_text(encoding="utf-8")
        lines = [f"site_url: {HOST}{base}" if line.startswith(UNSET) else line for line in config.splitlines()]
        assert f"site_url: {HOST}{base}" in lines
        project.config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    build_site(project)
    files = site_bytes(project)
    pages = {path: read_html(content.decode()) for path, content in files.items() if path.endswith(".html")}
    return Built(files, pages, base)


@pytest.fixture(scope="module", params=["/", "/some/folder/"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_at(tmp_path_factory, request.param)


def test_every_internal_link_and_anchor_resolves(built: Built) -> None:
    links = list(built.links())
    assert len(links) > 500
    faults = {(path, link, fault) for path, _, link in links if (fault := built.fault(path, link))}
    assert faults == set()


def test_links_are_relative_so_that_the_site_works_in_any_folder(built: Built) -> None:
    rooted = {(path, link) for path, _, link in built.links() if link.startswith("/")}
    assert {path for path, _ in rooted} == {"404.html"}
    assert all(link.startswith(built.base) for _, link in rooted)
    absolute = {link for _, _, link in built.links() if link.startswith(HOST)}
    assert absolute == set()


def test_the_site_built_for_no_address_works_in_a_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = built_at(tmp_path_factory, "/")
    moved = Built(site.files, {path: page for path, page in site.pages.items() if path != "404.html"}, "/sub/")
    everywhere = Built(site.files, site.pages, "/sub/")
    faults = {(path, link, fault) for path, _, link in moved.links() if (fault := everywhere.fault(path, link))}
    assert faults == set()


def test_every_page_has_one_h1_a_title_a_description_and_unique_ids(built: Built) -> None:
    for path, page in built.pages.items():
        assert page.one("html")["lang"] == "zh-CN", path
        assert page.one("h1").words, path
        assert page.one("head").one("title").words, path
        assert len(page.one("meta", name="description")["content"]) > 5, path
        ids = [each["id"] for each in page.having("id")]
        assert len(ids) == len(set(ids)), (path, sorted({each for each in ids if ids.count(each) > 1}))


def test_every_page_has_a_skip_link_and_names_for_its_landmarks_and_links(built: Built) -> None:
    for path, page in built.pages.items():
        skip = next(each for each in page.all("a") if "md-skip" in each.attributes.get("class", ""))
        assert page.all(id=skip["href"].removeprefix("#")), path
        for element in page.all("a"):
            named = element.words or element.attributes.get("aria-label") or element.attributes.get("title")
            assert named or [each for each in element.all("img") if each.attributes.get("alt")], (
                path,
                element.attributes,
            )
        for element in page.all("img"):
            assert "alt" in element.attributes, path
        for table in page.all("table"):
            assert table.one("caption").words, path
        names = [each.attributes.get("aria-label") for each in page.all("nav")]
        assert None not in names, path


def test_headings_skip_no_level(built: Built) -> None:
    for path, page in built.pages.items():
        levels = [int(each.tag[1]) for each in page.walk() if each.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
        leaps = [(one, two) for one, two in itertools.pairwise(levels) if two > one + 1]
        assert leaps == [], path


def test_nothing_is_loaded_from_another_host(built: Built) -> None:
    foreign = {(path, link) for path, tag, link in built.links() if tag in LOADS and urlsplit(link).netloc}
    assert foreign == set()
    for path, content in built.files.items():
        if path.endswith(".css"):
            text = content.decode()
            assert "@import" not in text, path
            assert "url(http" not in text.replace("'", "").replace('"', ""), path
    for path, page in built.pages.items():
        assert "fonts.g" not in "".join(each.text for each in page.all("style")), path


def test_the_site_map_lists_every_page_when_the_address_is_known(built: Built) -> None:
    if built.base == "/":
        assert "sitemap.xml" not in built.files
        return
    listed = {line.strip() for line in built.files["sitemap.xml"].decode().replace("<", "\n<").splitlines()}
    addresses = {each.removeprefix("<loc>") for each in listed if each.startswith("<loc>")}
    pages = {built.address(path) for path in built.pages if path != "404.html"}
    assert addresses == pages


def test_no_published_file_names_the_checkout(built: Built) -> None:
    assert [path for path, content in built.files.items() if str(ROOT).encode() in content] == []


def test_the_real_reports_are_all_there(built: Built) -> None:
    filed = {path.relative_to(ROOT / "content").with_suffix("") for path in (ROOT / "content/places").rglob("2*.md")}
    for report in filed:
        for name in ("index.html", "report.json", f"{report.name}.md", f"{report.name}.yml"):
            assert f"{report.as_posix()}/{name}" in built.files
