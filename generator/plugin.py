"""The MkDocs plugin: each event is one call. ``mkdocs build`` and ``mkdocs serve`` give the same site as ``gongkai``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.project import find_project, templates_folder
from generator.publishing import shell, shell_building


class GongkaiConfig(Config):  # type: ignore[no-untyped-call]
    """``plugins: gongkai:`` in mkdocs.yml."""

    feedback = config_options.Optional(config_options.Type(str))
    government = config_options.Type(dict, default={})
    editing = config_options.Type(dict, default={})


class GongkaiPlugin(BasePlugin[GongkaiConfig]):  # type: ignore[no-untyped-call]
    """Builds the shells with MkDocs and, unless ``shells_only``, the site from them."""

    shells_only = False
    preview = False

    def __init__(self) -> None:
        self.serving = False
        self.prose: list[shell.Prose] = []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether pages are served while they are edited."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give MkDocs a folder of its own: it empties it on every build."""
        self.project = find_project(Path(config.config_file_path).parent)
        if self.preview:
            shell_building.mark_preview(config, self.project)
        self.site_dir = Path(config.site_dir)
        own = shell.shells_folder(self.project, preview=self.preview)
        shell_building.prepare(config, self.project.kept / "shells-serve" if self.serving else own)
        self.prose.clear()
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the empty pages that become shells."""
        files = shell_building.without_refused(files, self.project.content)
        for file in shell_building.shell_pages(config):
            files.append(file)
        self.files = files
        return files

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Take the hand-written content; what is left becomes the shell that it is shown in."""
        if not shell_building.is_shell(page):
            self.prose.append(shell_building.read_prose(page, html, config.site_description or ""))
            page.title = escape(page.title)
            page.meta.pop("title", None)
        page.toc = []  # type: ignore[assignment]
        return ""

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,
    ) -> TemplateContext:
        """Show which door a shell lies behind."""
        shell_building.open_door(page, nav)
        return context

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Keep what MkDocs told, then build the site."""
        shell_building.save_facts(config, self.site_dir, self.prose, self.config, self.files)
        if self.shells_only:
            return
        from generator.build import BuildOptions, build_from_shells, report_result  # noqa: PLC0415 - shells need no more

        options = BuildOptions(strict=False if self.serving else config.strict or None)
        result = build_from_shells(self.project, shell.load_shells(Path(config.site_dir)), options)
        if report_result(result) and not self.serving:
            raise Abort("没有通过检查")

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Rebuild when a report or a template changes."""
        for folder in (self.project.content, templates_folder()):
            server.watch(str(folder))
        return server
