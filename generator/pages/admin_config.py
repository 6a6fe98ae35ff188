"""The configuration of Sveltia CMS for a project's contents, https://sveltiacms.app/en/docs/config-basics."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from generator.pages.admin_form import ORIGINAL, form_fields
from generator.settings import Editing, Settings

_PUBLIC = {"github": "https://github.com", "gitlab": "https://gitlab.com", "gitea": "https://gitea.com"}
_API = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}
_CATALOGUES = {"topics": "主题目录", "indicators": "指标目录", "laws": "法律和文件目录"}
_NO_NEW_FILES = {"create": False, "delete": False, "duplicate": False}
"""A file's place is its address, chosen once by ``gongkai import`` or ``gongkai new``; deleting is a withdrawal."""


def cms_config(settings: Settings, editing: Editing, icon: str) -> dict[str, Any]:
    """Return the configuration of the CMS; its schema is ``schema/sveltia-cms.json`` of the package. ``icon`` is an address."""
    reviewed = editing.backend in {"github", "gitlab"}
    return {
        "backend": _backend(editing),
        **({"publish_mode": "editorial_workflow"} if reviewed else {}),
        "app_title": f"编辑 {settings.site_name}",
        **({"site_url": settings.site_url} if settings.site_url else {}),
        "logo": {"src": icon, "show_in_header": False},
        "show_preview_links": False,
        "media_folder": "content/pages/images",
        "public_folder": "/images",
        "media_libraries": {"stock_assets": {"providers": []}},
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": [*_places(editing), _catalogues()],
    }


def sign_in_hosts(editing: Editing) -> tuple[str, ...]:
    """Return the origins that an editor's browser may ask once signed in."""
    home = editing.address or _PUBLIC[editing.backend]
    asked = {home, "https://api.github.com" if home == _PUBLIC["github"] else home, editing.sign_in or home}
    return tuple(sorted({f"{urlsplit(each).scheme}://{urlsplit(each).netloc}" for each in asked}))


def _backend(editing: Editing) -> dict[str, Any]:
    backend: dict[str, Any] = {"name": editing.backend, "repo": editing.repo, "branch": editing.branch}
    if editing.address:
        backend["api_root"] = editing.address.rstrip("/") + _API[editing.backend]
    if editing.sign_in:
        parts = urlsplit(editing.sign_in)
        backend["base_url"] = f"{parts.scheme}://{parts.netloc}"
        backend["auth_endpoint"] = parts.path.strip("/") or "auth"
    elif editing.app_id and editing.backend != "github":
        backend["base_url"] = editing.address or _PUBLIC[editing.backend]
    else:
        backend["auth_methods"] = ["token"]
    if editing.app_id and editing.backend != "github":
        backend["app_id"] = editing.app_id
        if editing.backend == "gitlab" and not editing.sign_in:
            backend["auth_type"] = "pkce"
    backend["commit_messages"] = {"update": "网页编辑：{{collection}} {{slug}}"}
    return backend


def _places(editing: Editing) -> list[dict[str, Any]]:
    """Make the collections of files below places; their depth is that of the hierarchy, with the file itself."""
    folder = "/".join(["content/places", *([editing.under] if editing.under else [])])
    shared = {"folder": folder, "nested": {"depth": 10, "subfolders": False}, **_NO_NEW_FILES}
    return [{**each, **shared} for each in (_reports(), _texts(), _place_files())]


def _reports() -> dict[str, Any]:
    return {
        "name": "reports",
        "label": "报告说明",
        "description": "每份报告的题名、日期、来源、数据、主题和更正记录（YEAR.yml）。先选地方再选年份；新的报告用 gongkai import 收录",
        "path": "20{{slug}}",
        "format": "gongkai-report",
        "icon": "description",
        "summary": "{{slug}} {{title}}",
        "fields": form_fields("report"),
    }


def _texts() -> dict[str, Any]:
    return {
        "name": "texts",
        "label": "报告正文",
        "description": "报告的文字（YEAR.md），照原文，错字也照印。先选地方再选年份；改了要在报告说明里写更正记录",
        "path": "20{{slug}}",
        "format": "gongkai-markdown",
        "icon": "article",
        "identifier_field": "opening",
        "summary": "{{slug}}",
        "fields": _text_fields("正文", "一行一段；标题照原文的编号，一级 ##、二级 ###、三级 ####；不写 HTML"),
    }


def _place_files() -> dict[str, Any]:
    return {
        "name": "places",
        "label": "地方",
        "description": "省、市、县、乡镇的名称、代码和沿革（place.yml）。先选地方",
        "path": "place",
        "format": "gongkai-place",
        "icon": "location_on",
        "identifier_field": "name",
        "summary": "{{name}}",
        "fields": form_fields("place"),
    }


def _catalogues() -> dict[str, Any]:
    files = [
        {
            "name": name,
            "label": label,
            "file": f"content/{name}.yml",
            "format": "gongkai-yaml-text",
            "fields": _text_fields(label, f"YAML，照 content/{name}.yml 开头的说明；编号定下后不再改"),
        }
        for name, label in _CATALOGUES.items()
    ]
    return {"name": "catalogues", "label": "目录", "icon": "list_alt", "files": files}


def _text_fields(label: str, hint: str) -> list[dict[str, Any]]:
    body = {"name": "body", "label": label, "hint": hint, "widget": "text", "use_emoji_autocomplete": False}
    return [body, {"name": "opening", "widget": "hidden"}, {"name": ORIGINAL, "widget": "hidden"}]
