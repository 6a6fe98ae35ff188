"""Two states of a project built as previews, and their lists of checksums compared: which pages a change touches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from generator.build import BuildOptions, build
from generator.project import Project, ProjectError
from generator.publishing.manifest import MANIFEST, ManifestError, read_manifest
from generator.publishing.writing import SiteFolderError
from generator.reviewing.review import Fate, PagesReview
from generator.settings import SettingsError

_SHOWN = 30
_KINDS = (
    ("places/", "changes/index.html", "变化页"),
    ("places/", "report.json", "报告的开放数据"),
    ("places/", "feed.xml", "订阅"),
    ("places/", "index.html", "地方和报告的网页"),
    ("places/", "", "地方和报告的文件"),
    ("topics/", "index.html", "主题页"),
    ("laws/", "index.html", "法律和文件页"),
    ("indicators/", "index.html", "指标页"),
    ("years/", "index.html", "年度页"),
    ("search/", "", "搜索"),
    ("data/", "", "开放数据"),
    ("assets/", "", "样式和脚本"),
    ("", "feed.xml", "订阅"),
    ("", "index.html", "其他网页"),
    ("", "", "其他文件"),
)
"""(beginning, end, kind): the first that fits tells the kind of a file."""


def review_sites(old: Project, new: Project) -> PagesReview:
    """Build both states as previews, each from what it has kept, and compare. What cannot be built is told."""
    results = []
    for name, project in (("原来的", old), ("改动后的", new)):
        try:
            result = build(project, BuildOptions(strict=False, quiet=True, preview=True))
        except (ProjectError, SettingsError, SiteFolderError) as error:
            return PagesReview(reason=f"{name}网站生成不了：{error}")
        if not result.published:
            return PagesReview(reason=f"{name}网站生成不了：目录或格式版本有错误，见检查结果")
        results.append(result)
    try:
        touched = compare_manifests(results[0].site, results[1].site)
    except ManifestError as error:
        return PagesReview(reason=str(error))
    return replace(touched, left_out=len(results[1].problems))


def compare_manifests(old: Path, new: Path) -> PagesReview:
    """Compare the lists of two sites in one walk of both."""
    counts: dict[str, dict[Fate, int]] = {kind: {"added": 0, "changed": 0, "removed": 0} for _, _, kind in _KINDS}
    first: list[tuple[Fate, str]] = []
    for fate, path in _differences(read_manifest(old / MANIFEST), read_manifest(new / MANIFEST)):
        counts[_kind(path)][fate] += 1
        if len(first) < _SHOWN:
            first.append((fate, path))
    told = tuple(
        (kind, fates["added"], fates["changed"], fates["removed"])
        for kind, fates in counts.items()
        if any(fates.values())
    )
    return PagesReview(told, tuple(first))


def _differences(old: Iterator[tuple[str, bytes]], new: Iterator[tuple[str, bytes]]) -> Iterator[tuple[Fate, str]]:
    mine, other = next(old, None), next(new, None)
    while mine or other:
        if other is None or (mine and mine[0] < other[0]):
            yield "removed", mine[0] if mine else ""
            mine = next(old, None)
        elif mine is None or other[0] < mine[0]:
            yield "added", other[0]
            other = next(new, None)
        else:
            if mine[1] != other[1]:
                yield "changed", mine[0]
            mine, other = next(old, None), next(new, None)


def _kind(path: str) -> str:
    return next(kind for start, end, kind in _KINDS if path.startswith(start) and path.endswith(end))
