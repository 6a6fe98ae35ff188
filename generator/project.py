"""Where the files of a project are: its root is the folder that holds ``mkdocs.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CONFIG_FILE = "mkdocs.yml"


class ProjectError(ValueError):
    """A folder that is no project, or one that this program cannot serve; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Project:
    """A checkout: contents, configuration, and what the build keeps between runs."""

    root: Path

    @property
    def config(self) -> Path:
        """The configuration of MkDocs, which is also ours."""
        return self.root / CONFIG_FILE

    @property
    def content(self) -> Path:
        """The contents: places, catalogues, hand-written pages."""
        return self.root / "content"

    @property
    def places(self) -> Path:
        """The hierarchy of places with their reports."""
        return self.content / "places"

    @property
    def kept(self) -> Path:
        """What the build keeps between runs; deleting it costs time and nothing else."""
        return self.root / ".gongkai"


def find_project(start: Path) -> Project:
    """Find the project that ``start`` lies in. Raise ProjectError where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file():
            return Project(folder)
    raise ProjectError(f"{start} 不在 gongkai 项目里（找不到 {CONFIG_FILE}）；请进入项目文件夹再运行")


def templates_folder() -> Path:
    """Return the folder of templates and assets: inside the installed package, else beside it in the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / "templates"
