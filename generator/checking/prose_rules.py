"""Rules on the hand-written pages in ``content/pages``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.checking.privacy_rules import private_prose
from generator.model import DenyList, Problem

REQUIRED = {
    "index.md": "公开",
    "places/index.md": "地方",
    "years/index.md": "年度",
    "topics/index.md": "主题",
    "laws/index.md": "法律和文件",
    "indicators/index.md": "数据指标",
    "compare/index.md": "比较",
    "search/index.md": "搜索",
    "data/index.md": "开放数据",
    "status/index.md": "运行状况",
    "about/index.md": "关于",
    "about/method.md": "方法",
    "about/contribute.md": "参与编辑",
}
"""Pages that every page links to, with their titles: one that nobody has written is published with its title alone."""
REFUSING = ("link", "page_address_free", "page_file_harmless")
"""A file with a problem of these rules is not published."""

_GENERATED = (
    "places/",
    "guide/rules",
    "years/",
    "topics/",
    "laws/",
    "indicators/",
    "search/",
    "schema/",
    "assets/",
    "~/",
    "status/log",
)
_EXPORTS = (
    "data/reports.json", "data/figures.csv", "data/citations.csv", "data/datapackage.json", "data/gongkai.sqlite",
    "data/SHA256SUMS", "SHA256SUMS", "sitemap.xml", "404/", "404.html",
)  # fmt: skip
_HARMLESS = (".md", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf", ".txt", ".csv", ".json")


def check_prose(content: Path, denied: DenyList) -> tuple[Problem, ...]:
    """Return every problem of the hand-written pages, by path."""
    root = content / "pages"
    paths = list(_walk(root, ""))
    found = [
        problem
        for path in paths
        for problem in (
            *link(root, path),
            *page_address_free(path),
            *page_file_harmless(path),
            *private_prose(root, path, denied),
        )
    ]
    return tuple(sorted((*found, *prose_present(paths))))


def link(root: Path, path: str) -> Iterator[Problem]:
    """不允许符号链接。

    例：content/pages/about/logo.png 是指向别处的符号链接
    改法：换成真实的文件或文件夹。
    """
    if (root / path).is_symlink():
        yield _problem(path, "link", "这里不允许符号链接", "换成真实的文件或文件夹")


def page_address_free(path: str) -> Iterator[Problem]:
    """手写的页面不能占用自动生成的地址。

    例：content/pages/years/2023.md
    改法：换一个文件名或文件夹。
    """
    stem = path.removesuffix(".md")
    address = (
        f"{stem.removesuffix('index')}" if stem.endswith("index") else f"{stem}/" if path.endswith(".md") else path
    )
    if address in _EXPORTS or (address.startswith(_GENERATED) and path not in REQUIRED):
        yield _problem(path, "page_address_free", f"地址 /{address} 由程序生成", "换一个文件名或文件夹")


def page_file_harmless(path: str) -> Iterator[Problem]:
    """页面文件夹里只放 Markdown、图片和数据文件。

    例：content/pages/about/count.js
    改法：删去；只能放 Markdown、图片和数据文件。
    """
    if not path.lower().endswith(_HARMLESS):
        yield _problem(path, "page_file_harmless", "不认识的文件", "只能放 " + "、".join(_HARMLESS))


def prose_present(paths: list[str]) -> Iterator[Problem]:
    """首页、各栏目、关于、参与编辑等页面应当写好。

    例：没有 content/pages/about/method.md
    改法：补上这个文件，写明 title 和 description。
    """
    for path in sorted(set(REQUIRED) - set(paths)):
        message = f"没有写「{REQUIRED[path]}」这个页面，暂以标题代替"
        hint = "补上这个文件，写明 title 和 description"
        yield Problem(f"content/pages/{path}", 1, 1, "prose_present", "warning", message, hint)


def _walk(root: Path, prefix: str) -> Iterator[str]:
    """Walk the files below ``root``; a link is told as itself, and not followed."""
    if not root.is_dir():
        return
    for entry in sorted(os.scandir(root / prefix), key=lambda entry: entry.name):
        path = f"{prefix}{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, f"{path}/")
        else:
            yield path


def _problem(path: str, rule: str, message: str, hint: str) -> Problem:
    return Problem(f"content/pages/{path}", 1, 1, rule, "error", message, hint)
