"""The files of the editing form: none where it is not asked for, and what they say where it is."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tarfile
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from generator.content.schema import RECORD_TYPES, json_schema
from generator.pages.admin_config import cms_config
from generator.pages.admin_form import KEPT, ORIGINAL, file_shape, form_fields
from generator.project import ProjectError
from generator.publishing.programs import CMS, PROGRAMS, fetch_programs, program_files, vendor_folder
from generator.settings import Editing, Settings, SettingsError, read_editing
from tests.admin_site import give_programs, packed_file, with_editing
from tests.html_reading import read_html
from tests.made_up_site import SITE
from tests.site_in_string import build_site, make_project, run_gongkai, site_bytes, site_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.project import Project

EDITED = ("report", "place")
BACKENDS: list[dict[str, str]] = [
    {"backend": "github", "repo": "dongshan/gongkai"},
    {"backend": "github", "repo": "dongshan/gongkai", "sign_in": "https://login.example.org/auth", "branch": "edits"},
    {"backend": "gitlab", "repo": "dongshan/open/gongkai", "app_id": "abc123"},
    {"backend": "gitlab", "repo": "dongshan/gongkai", "address": "https://git.example.org", "app_id": "abc123"},
    {"backend": "gitea", "repo": "dongshan/gongkai", "address": "https://git.example.org:3000"},
    {"backend": "gitea", "repo": "dongshan/gongkai", "app_id": "abc123", "under": "nanling-sheng/linhe-shi"},
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("admin"), f"{SITE}-- mkdocs.yml --\n{with_editing()}")
    give_programs(project)
    build_site(project)
    return project


def all_fields(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from all_fields(field.get("fields", []))
        yield from all_fields([field["field"]] if "field" in field else [])


def config_of(editing: dict[str, str]) -> dict[str, Any]:
    read = read_editing(dict(editing))
    assert read
    return cms_config(Settings("公开", "", "https://example.org/", "/", None, None, read), read, "../icon.svg")


def test_there_is_nothing_of_it_where_it_is_not_asked_for(plot: Path) -> None:
    project = make_project(plot, SITE)
    build_site(project)
    assert [path for path in site_bytes(project) if "admin" in path] == []


def test_exactly_its_files_are_published(project: Project) -> None:
    programs = program_files(vendor_folder(project))
    own = {"admin/index.html", "admin/config.json", "admin/forms.json"}
    published = {path: content for path, content in site_bytes(project).items() if path.startswith("admin/")}
    assert set(published) == own | {f"admin/{name}" for name in programs}
    assert {path: published[f"admin/{path}"] for path in programs} == dict(programs)
    assert {name.partition("/")[0] for name in programs} == {program.folder for program in PROGRAMS}
    assert any(name.endswith("LICENSE.txt") for name in programs)


def test_the_page_tells_robots_nothing_and_may_load_nothing_foreign(project: Project) -> None:
    html = site_text(project, "admin/index.html")
    page = read_html(html)
    metas = {each.attributes.get("name") or each.attributes.get("http-equiv"): each for each in page.all("meta")}
    assert metas["robots"]["content"].startswith("noindex")
    policy = metas["Content-Security-Policy"]["content"]
    assert set(re.findall(r"https?://[^\s;]+", policy)) == {
        "https://api.github.com",
        "https://github.com",
        "https://avatars.githubusercontent.com",
    }
    [imports] = re.findall(r'<script type="importmap">(.*?)</script>', html, re.DOTALL)
    assert f"'sha256-{base64.b64encode(hashlib.sha256(imports.encode()).digest()).decode()}'" in policy
    published = set(site_bytes(project))
    for name, target in json.loads(imports)["imports"].items():
        assert name.startswith(("gongkai/", "./"))
        assert target.replace("../", "").replace("./", "admin/") in published
    assert "admin/" not in site_text(project, "index.html")


def test_no_script_of_it_names_a_foreign_font(project: Project) -> None:
    text = site_text(project, f"admin/{CMS.folder}/npm/index.js")
    assert "/fontsource/" not in text
    fonts = re.findall(r"url\(([^)$]+\.woff2)\)", text)
    assert len(fonts) == 3
    assert {f"admin/{font}" for font in fonts} <= set(site_bytes(project))


@pytest.mark.parametrize("editing", BACKENDS, ids=lambda each: "-".join((each["backend"], *sorted(each)[2:])))
def test_the_configuration_is_what_the_cms_takes(editing: dict[str, str], project: Project) -> None:
    assert vendor_folder(project).is_dir()
    with tarfile.open(packed_file("@sveltia/cms")) as packed:
        file = packed.extractfile("package/schema/sveltia-cms.json")
        assert file
        schema = json.load(file)
    config = config_of(editing)
    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(config)] == []
    assert config["backend"]["repo"] == editing["repo"]
    assert ("publish_mode" in config) == (editing["backend"] != "gitea")
    folders = {each["folder"] for each in config["collections"] if "folder" in each}
    assert folders == {"/".join(("content/places", *([editing["under"]] if "under" in editing else [])))}
    for collection in config["collections"]:
        assert "files" in collection or not (collection["create"] or collection["delete"] or collection["duplicate"])


@pytest.mark.parametrize("name", EDITED)
def test_every_key_of_the_schema_is_in_the_form(name: str) -> None:
    schema = json_schema(name)
    fields = {field["name"]: field for field in form_fields(name)}
    assert set(fields) == set(schema["properties"]) - KEPT.get(name, frozenset()) | {ORIGINAL}
    inside = {field["name"] for field in all_fields(list(fields.values()))}
    for record, definition in schema["$defs"].items():
        assert record == "Repair" or set(definition["properties"]) <= inside
    assert set(file_shape(name)["fields"]) == set(schema["properties"])
    for field in all_fields(list(fields.values())):
        assert field["widget"] in {"string", "text", "select", "list", "object", "number", "boolean", "hidden"}
        if field["widget"] != "hidden":
            assert re.search(r"[\u4e00-\u9fff]", field["label"])
            assert not re.search(r"引号|就删去|写 true", field.get("hint", ""))


def test_enumerations_are_lists_to_choose_from_and_dates_are_texts() -> None:
    fields = {field["name"]: field for field in all_fields(form_fields("report"))}
    assert [option["value"] for option in fields["text_state"]["options"]] == ["original", "ocr", "excerpt"]
    assert [option["label"] for option in fields["qualifier"]["options"]] == ["确数", "约数", "以上", "不足"]
    assert fields["made"]["widget"] == "string"
    assert re.fullmatch(fields["made"]["pattern"][0], "2024-01-05")
    assert not re.fullmatch(fields["made"]["pattern"][0], "2024年1月5日")
    assert fields["sha256"]["readonly"]
    assert "repairs" not in fields
    assert fields["indicator"]["required"]
    assert not fields["title"]["required"]


def test_what_says_nothing_is_known_as_such() -> None:
    figure = file_shape("report")["fields"]["figures"]["items"]["fields"]
    assert figure["qualifier"]["default"] == "exact"
    assert figure["confirmed"]["default"] is False
    assert "default" not in figure["value"]
    assert file_shape("place")["fields"]["parent_unverified"]["default"] is False
    assert set(RECORD_TYPES) >= set(EDITED)


@pytest.mark.parametrize(
    ("editing", "told"),
    [
        ({"backend": "github"}, "缺少 repo"),
        ({"repo": "a/b"}, "缺少 backend"),
        ({"backend": "svn", "repo": "a/b"}, "「backend」的写法不对"),
        ({"backend": "github", "repo": "b"}, "「repo」的写法不对"),
        ({"backend": "github", "repo": "a/b", "brnch": "main"}, "不认识的键「brnch」"),
        ({"backend": "github", "repo": "a/b", "branch": "-x"}, "「branch」的写法不对"),
        ({"backend": "gitea", "repo": "a/b", "address": "git.example.org"}, "「address」的写法不对"),
        ({"backend": "gitea", "repo": "a/b", "address": "https://a.example; script-src *"}, "「address」的写法不对"),
        ({"backend": "gitea", "repo": "a/b", "app_id": 12}, "「app_id」的写法不对"),
        ({"backend": "gitea", "repo": "a/b", "under": "../x"}, "「under」的写法不对"),
    ],
)
def test_settings_that_cannot_be_used_are_told(editing: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_editing(editing)


def test_settings_that_are_empty_ask_for_nothing() -> None:
    assert read_editing({}) is None
    assert read_editing({"backend": None, "repo": ""}) is None
    assert read_editing({"backend": "gitea", "repo": "a/b"}) == Editing("gitea", "a/b")


def test_a_build_without_the_programs_tells_what_to_run(plot: Path) -> None:
    project = make_project(plot, f"{SITE}-- mkdocs.yml --\n{with_editing()}")
    result = run_gongkai(project, "build")
    assert result.returncode == 2
    assert "运行 make admin" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (project.root / "site").exists()


@pytest.mark.parametrize("content", [b"", b"not a package", None])
def test_a_program_with_another_sum_is_refused_and_fetched_again(tmp_path: Path, content: bytes | None) -> None:
    project = make_project(tmp_path, SITE)
    give_programs(project)
    path = vendor_folder(project) / CMS.packed
    right = path.read_bytes()
    path.write_bytes(right[:-1] + bytes([right[-1] ^ 1]) if content is None else content)
    with pytest.raises(ProjectError, match="校验和不符，不能发布；运行 make admin"):
        program_files(vendor_folder(project))
    assert len(list(fetch_programs(project))) == len(PROGRAMS)
    assert path.read_bytes() == right


def test_without_npm_it_tells_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProjectError, match="没有找到 npm"):
        list(fetch_programs(make_project(tmp_path / "project", SITE)))
