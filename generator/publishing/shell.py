"""Shells: pages of the theme, built once by MkDocs, split at the places where our own content goes.

MkDocs builds the hand-written pages and, for each door of the navigation and each depth of address below it, one empty
page (``shell_building``); the theme overrides in ``templates/theme`` print the markers that ``split_shell`` finds.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.project import Project, templates_folder
from generator.settings import Settings

SHELL_MARK = "~"
"""The folder name of shell pages; no place or page can have it."""
FACTS_FILE = "shells.msgpack"

_MADE_BY = ("publishing/shell.py", "publishing/shell_building.py", "publishing/sanitise.py", "plugin.py", "settings.py")


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a contents list: anchor, words, level, entries below."""

    anchor: str
    text: str
    level: int
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A hand-written page: its title, description, sanitised HTML and contents list."""

    address: str
    title: str
    description: str
    html: str
    contents: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class ShellFacts:
    """What MkDocs told in building the shells: its settings, the prose, our stylesheets and scripts, the theme's files."""

    settings: Settings
    site_dir: str
    prose: tuple[Prose, ...]
    assets: tuple[tuple[str, str], ...]
    theme_files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shells:
    """The built shells on disk, with their facts and a digest of everything that they contain."""

    folder: Path
    facts: ShellFacts
    digest: bytes

    def path(self, address: str) -> Path:
        """Return the file of the shell for an address (``places/…/``): a page's own, else that of its door and depth."""
        if any(prose.address == address for prose in self.facts.prose):
            return self.folder / address / "index.html"
        if address == "404.html":
            return self.folder / address
        return self.folder.joinpath(*shell_parts(address), "index.html")


def shell_parts(address: str) -> tuple[str, ...]:
    """Return the folder of the shell that serves an address: its door, then marks to its depth."""
    parts = address.strip("/").split("/")
    return (parts[0], *[SHELL_MARK] * (len(parts) - 1))


def split_shell(html: str) -> tuple[str, ...]:
    """Split a shell at its markers: literal, slot name, literal, slot name, …, literal."""
    return tuple(re.split(r"<!--gongkai:([a-z]+)-->", html))


def fill_shell(parts: tuple[str, ...], slots: Mapping[str, str]) -> str:
    """Fill the slots of a split shell with HTML."""
    return "".join(slots.get(part, "") if index % 2 else part for index, part in enumerate(parts))


def shells_folder(project: Project, *, preview: bool = False) -> Path:
    """Return where the shells of a project are kept; those of a preview have a folder of their own."""
    return project.kept / ("shells-preview" if preview else "shells")


def preview_folder(project: Project) -> Path:
    """Return the folder that previews are built into."""
    return project.kept / "pr" / "preview"


def ensure_shells(project: Project, *, preview: bool = False) -> Shells:
    """Return the shells of a project, built anew only when something that they are made of has changed."""
    folder = shells_folder(project, preview=preview)
    key = _inputs_key(project)
    kept_key = folder / "key"
    if not (kept_key.is_file() and kept_key.read_text() == key):
        from generator.publishing.shell_building import build_shells  # noqa: PLC0415 - MkDocs is half a second to import

        build_shells(project, preview=preview)
        kept_key.write_text(key)
    return load_shells(folder)


def load_shells(folder: Path) -> Shells:
    """Load the shells that were built in ``folder``."""
    content = (folder / FACTS_FILE).read_bytes()
    facts = msgspec.msgpack.decode(content, type=ShellFacts)
    digest = hashlib.blake2b(content)
    for page in sorted(folder.rglob("*.html")):
        digest.update(page.read_bytes())
    return Shells(folder, facts, digest.digest())


def published_folder(project: Project) -> Path:
    """Return the folder that the site was published to last; ``site`` where it has not been built here."""
    facts = project.kept / "shells" / FACTS_FILE
    if facts.is_file():
        return Path(msgspec.msgpack.decode(facts.read_bytes(), type=ShellFacts).site_dir)
    return project.root / "site"


def _configuration(config: Path) -> list[Path]:
    """Return the configuration, and those that it inherits from (``INHERIT``)."""
    found = [config]
    while match := re.search(r"^INHERIT:\s*(\S+)", found[-1].read_text(encoding="utf-8"), re.MULTILINE):
        inherited = found[-1].parent / match.group(1).strip("'\"")
        if not inherited.is_file() or inherited in found:
            break
        found.append(inherited)
    return found


def _inputs_key(project: Project) -> str:
    """Return a digest of everything that shells are made of."""
    digest = hashlib.blake2b(str(project.root).encode(), digest_size=16)
    package = Path(__file__).resolve().parent.parent
    folders = (project.content / "pages", templates_folder() / "theme", templates_folder() / "assets")
    files = [*_configuration(project.config), *(package / name for name in _MADE_BY)]
    files += sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    configured = "".join(path.read_text(encoding="utf-8") for path in _configuration(project.config))
    for name in sorted(set(re.findall(r"!ENV\s+\[?\s*([A-Za-z_]\w*)", configured))):
        digest.update(f"{name}={os.environ.get(name)}\0".encode())
    for package_name in ("mkdocs", "mkdocs-material", "markdown", "nh3"):
        digest.update(importlib.metadata.version(package_name).encode())
    return digest.hexdigest()
