"""The files of ``/admin/``, the form in which editors mend contents in a browser; there are none where it is not configured."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from generator.pages.admin_config import cms_config, sign_in_hosts
from generator.pages.admin_form import file_shape
from generator.pages.file_inputs import AdminFile, AdminPage, Copy
from generator.pages.page import Page
from generator.project import Project
from generator.publishing.programs import CMS, YAML, program_files, vendor_folder
from generator.publishing.shell import Shells
from generator.settings import Editing

SCRIPTS = "admin"
"""How the names of the form's own scripts in ``templates/assets`` begin."""
_ICON = "favicon.svg"
_FORMS = ("report", "place")


def admin_pages(shells: Shells, project: Project) -> Iterator[Page]:
    """Walk the files of the form. Raise ProjectError where the programs that it needs are missing or wrong."""
    settings = shells.facts.settings
    if settings.editing is None:
        return
    modules = _modules(shells)
    icon = next(f"../{published}" for published, name in shells.facts.assets if name == _ICON)
    yield Page("admin/index.html", AdminPage(modules, _policy(modules, settings.editing)))
    yield Page("admin/config.json", AdminFile(_json(cms_config(settings, settings.editing, icon))))
    yield Page("admin/forms.json", AdminFile(_json({name: file_shape(name) for name in _FORMS})))
    for name, content in program_files(vendor_folder(project)).items():
        yield Page(f"admin/{name}", Copy("program", name, hashlib.blake2b(content, digest_size=16).digest()))


def _modules(shells: Shells) -> str:
    """Return the import map: our modules, theirs, and the words of the CMS in Chinese, which it imports as JSON."""
    ours = {
        f"gongkai/{name.removesuffix('.js')}": f"../{published}"
        for published, name in shells.facts.assets
        if name.startswith(SCRIPTS)
    }
    theirs = {
        "gongkai/cms": f"./{CMS.folder}/npm/index.js",
        "gongkai/yaml": f"./{YAML.folder}/browser/index.js",
        f"./{CMS.folder}/locales/zh-CN.json": f"./{CMS.folder}/locales/zh-CN.js",
    }
    return json.dumps({"imports": {**ours, **theirs}}, indent=1)


def _policy(modules: str, editing: Editing) -> str:
    """Return the content security policy: nothing from other hosts but the one that keeps the contents."""
    digest = base64.b64encode(hashlib.sha256(modules.encode()).digest()).decode()
    hosts = " ".join(sign_in_hosts(editing))
    avatars = " https://avatars.githubusercontent.com" if editing.backend == "github" else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}'",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self'",
            f"img-src 'self' blob: data: {hosts}{avatars}",
            f"connect-src 'self' blob: data: {hosts}",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
