"""Shells built with MkDocs: the only module besides the plugin that knows it."""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import yaml
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.checking.prose_rules import REFUSING, REQUIRED, check_prose
from generator.model import DenyList
from generator.project import Project, ProjectError, templates_folder
from generator.publishing.sanitise import sanitise
from generator.publishing.shell import (
    FACTS_FILE,
    SHELL_MARK,
    Heading,
    Prose,
    ShellFacts,
    preview_folder,
    shell_parts,
    shells_folder,
)
from generator.settings import Settings, read_editing, read_government

DOORS = {"places": 9, "years": 3, "topics": 10, "laws": 9, "indicators": 3, "status": 3, "guide": 2}
"""Doors of the navigation with generated pages below them, and how deep their addresses go."""
ASSETS_STEM = "assets/gongkai"
FAVICON = "favicon.svg"
PREVIEW_NOTICE = "预览，未发布：这是一次改动的样子，不是正式的网站。"

_UNUSED = re.compile(
    r"^(sitemap\.xml(\.gz)?|search/.*|assets/images/favicon.png|assets/javascripts/(lunr|workers)/.*|.*\.map)$"
)


def build_shells(project: Project, *, preview: bool = False) -> None:
    """Build the shells of a project with MkDocs, from nothing; those of a preview say so."""
    shutil.rmtree(shells_folder(project, preview=preview), ignore_errors=True)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with _settings_told():
        config = load_config(str(project.config))
        plugin = config.plugins.get("gongkai")
        if plugin is None:
            raise ProjectError("mkdocs.yml 的 plugins 里没有 gongkai；请加上这一项")
        plugin.shells_only = True
        plugin.preview = preview
        build(config)


def serve_site(project: Project, port: int) -> None:
    """Serve a project on this machine and rebuild it while it is edited, until interrupted."""
    try:
        with _settings_told():
            serve(str(project.config), dev_addr=f"127.0.0.1:{port}")
    except OSError as error:
        raise ProjectError(f"不能在端口 {port} 上预览，它可能已被占用；用 --port 换一个端口") from error


@contextmanager
def _settings_told() -> Iterator[None]:
    """Tell what MkDocs refuses as the user's to mend."""
    try:
        yield
    except (MkDocsException, Abort, yaml.YAMLError) as error:
        raise ProjectError(
            f"mkdocs.yml 或 content/pages 有误，MkDocs 说：{error}\n请检查 site_name、docs_dir、site_dir 和 nav"
        ) from error


def without_refused(files: Files, content: Path) -> Files:
    """Leave out what must not be published from ``content/pages``: links, files that run, addresses that are taken."""
    refused = tuple(
        problem.path.removeprefix("content/pages/")
        for problem in check_prose(content, DenyList())
        if problem.rule in REFUSING
    )
    return Files(
        [
            file
            for file in files
            if not any(file.src_uri == path or file.src_uri.startswith(f"{path}/") for path in refused)
        ]
    )


def shell_pages(config: MkDocsConfig) -> Iterator[File]:
    """Make the empty pages that become shells, and the pages that every page links to, where nobody has written them."""
    for source, title in REQUIRED.items():
        if not (Path(config.docs_dir) / source).is_file():
            yield File.generated(config, source, content=f"---\ntitle: {title}\n---\n# {title}\n")
    for door, depth in DOORS.items():
        for level in range(2, depth + 1):
            source = "/".join(shell_parts("/".join([door] * level))) + "/index.md"
            yield File.generated(config, source, content="---\ntitle: '<!--gongkai:name-->'\n---\n")


def is_shell(page: Page) -> bool:
    """Tell a shell page from a hand-written one."""
    return f"{SHELL_MARK}/" in page.url


def open_door(page: Page, nav: Navigation) -> None:
    """Mark the door that a page lies behind as the active one in the navigation."""
    for item in nav.items:
        url = str(getattr(item, "url", None) or "./")
        item.active = page.url.startswith(url) if is_shell(page) else item is page


def read_prose(page: Page, html: str, site_description: str) -> Prose:
    """Read a hand-written page as MkDocs has rendered it, sanitised."""
    description = str(page.meta.get("description") or site_description)
    address = "" if page.is_homepage else page.url
    return Prose(address, _title(page), description, str(sanitise(html)), _headings(page.toc))


def prepare(config: MkDocsConfig, folder: Path) -> None:
    """Point MkDocs at ``folder`` and at our theme overrides and assets; a script is put only on the pages that name it."""
    config.site_dir = str(folder)
    config.theme.dirs.insert(0, str(templates_folder() / "theme"))
    for published, name in asset_names():
        if name == FAVICON:
            config.theme["favicon"] = published
        elif name.endswith(".css"):
            config.extra_css.append(published)


def asset_names() -> tuple[tuple[str, str], ...]:
    """Return our stylesheet, scripts and icon: (address with a digest in its name, file in templates/assets)."""
    names: list[tuple[str, str]] = []
    for path in sorted((templates_folder() / "assets").iterdir()):
        digest = hashlib.blake2b(path.read_bytes(), digest_size=4).hexdigest()
        names.append((f"{ASSETS_STEM}/{path.stem}.{digest}{path.suffix}", path.name))
    return tuple(names)


def mark_preview(config: MkDocsConfig, project: Project) -> None:
    """Make every page say that it is a preview, and ask not to be indexed; it has no address of its own."""
    notice = config.extra.get("notice")
    config.extra["notice"] = f"{PREVIEW_NOTICE}　{notice}" if notice else PREVIEW_NOTICE
    config.extra["robots"] = "noindex, nofollow"
    config.site_url = None
    config.site_dir = str(preview_folder(project))


def save_facts(
    config: MkDocsConfig, site_dir: Path, prose: Iterable[Prose], options: Mapping[str, Any], files: Files
) -> None:
    """Write the facts beside the shells."""
    theme_files = sorted(
        file.dest_uri for file in files if not file.is_documentation_page() and not _UNUSED.match(file.dest_uri)
    )
    assets = asset_names()
    own = {published for published, _ in assets}
    facts = ShellFacts(
        _settings(config, options),
        str(site_dir),
        tuple(sorted(prose, key=lambda each: each.address)),
        assets,
        tuple(name for name in theme_files if name not in own and not name.endswith(".html")),
    )
    Path(config.site_dir, FACTS_FILE).write_bytes(msgspec.msgpack.encode(facts))


def _settings(config: MkDocsConfig, options: Mapping[str, Any]) -> Settings:
    base = re.sub(r"^https?://[^/]+", "", config.site_url or "") or "/"
    return Settings(
        config.site_name,
        config.site_description or "",
        config.site_url or None,
        base if base.endswith("/") else f"{base}/",
        options.get("feedback") or None,
        read_government(dict(options.get("government") or {})),
        read_editing(dict(options.get("editing") or {})),
    )


def _title(page: Page) -> str:
    """Return the title of a page; MkDocs hands it out as HTML where it comes from a heading."""
    title = str(page.title)
    return title if page.meta.get("title") == title else str(Markup(title).unescape())  # noqa: S704 - read, not written


def _plain(html: object) -> str:
    """Return the words of a title that MkDocs hands out as HTML."""
    return str(Markup(html).striptags()) if html else ""  # noqa: S704 - read, not written


def _headings(entries: Iterable[Any]) -> tuple[Heading, ...]:
    found = tuple(Heading(each.id, _plain(each.title), each.level, _headings(each.children)) for each in entries)
    return found[0].children if len(found) == 1 and found[0].level == 1 else found
