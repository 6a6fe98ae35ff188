"""Rules on the hierarchy of places, judged together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.content.tree import PLACE_FILE, Tree
from generator.content.wording import LEVEL_NAMES
from generator.content.yaml_reading import YamlError, read_yaml
from generator.model import Place, Problem, Severity

_RANKS = {"province": 0, "prefecture": 1, "county": 2, "township": 3}
_TOWNSHIP_CODE = 9
_VILLAGE_CODE = 12


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The tree of files and the places that could be read from it."""

    tree: Tree
    places: Mapping[str, Place]

    def problem(self, path: str, key: str, rule: str, level: Severity, message: str, hint: str) -> Problem:  # noqa: PLR0913, PLR0917
        """Tell a problem of the place at ``path``, at the line of a key of its file."""
        return Problem(f"content/places/{path}/{PLACE_FILE}", self._line(path, key), 1, rule, level, message, hint)

    def _line(self, path: str, key: str) -> int:
        try:  # read again: problems are few, and lines need not be kept for all places
            return read_yaml((self.tree.root / path / PLACE_FILE).read_bytes()).line_of((key,))
        except (OSError, YamlError):
            return 1


def place_known(gazetteer: Gazetteer) -> Iterator[Problem]:
    """每个文件夹都要有 place.yml，说明是什么地方。

    例：文件夹 qinghe-zhen 里没有 place.yml
    改法：补上 place.yml，写明 name（全称）和 level（层级）。
    """
    for path in sorted(gazetteer.tree.folders - set(gazetteer.tree.places)):
        hint = "补上 place.yml，写明 name（全称）和 level（层级）"
        yield gazetteer.problem(path, "name", "place_known", "error", f"{path} 没有 place.yml", hint)


def level_below_parent(gazetteer: Gazetteer) -> Iterator[Problem]:
    """下级的层级应当低于上级；没有上级的应是省级，或注明待核实。

    例：省里面的市也写作 level: province
    改法：改正 level，或换到正确的文件夹；上级不明时写 parent_unverified: true。
    """
    for path, place in gazetteer.places.items():
        parent = gazetteer.places.get(place.parent_path)
        own = LEVEL_NAMES[place.record.level]
        if parent and _RANKS[parent.record.level] >= _RANKS[place.record.level]:
            message = f"「{place.name}」是{own}，上级「{parent.name}」是{LEVEL_NAMES[parent.record.level]}"
            yield gazetteer.problem(
                path, "level", "level_below_parent", "error", message, "改正 level，或换到正确的文件夹"
            )
        if not place.parent_path and place.record.level != "province" and not place.record.parent_unverified:
            hint = "移到上级的文件夹；上级不明时写 parent_unverified: true"
            yield gazetteer.problem(path, "level", "level_below_parent", "warning", f"「{place.name}」没有上级", hint)


def code_fits(gazetteer: Gazetteer) -> Iterator[Problem]:
    """行政区划代码不能重复，并以上级的代码开头。

    例：code: '98'
    改法：核对代码或所在的文件夹；不知道代码就删去。
    """
    owners: dict[str, str] = {}
    for path, place in gazetteer.places.items():
        code = place.record.code
        if code is None:
            continue
        if code in owners:
            message = f"代码 {code} 与 {owners[code]} 重复"
            yield gazetteer.problem(path, "code", "code_fits", "error", message, "核对后改正其中一个")
        owners.setdefault(code, path)
        parent = gazetteer.places.get(place.parent_path)
        above = re.sub(r"(00)+$", "", parent.record.code) if parent and parent.record.code else ""
        if not code.startswith(above):
            message = f"代码 {code} 不以上级「{parent.name if parent else ''}」的代码开头"
            yield gazetteer.problem(path, "code", "code_fits", "error", message, "核对代码或所在的文件夹")
        if place.record.level == "township" and len(code) not in (_TOWNSHIP_CODE, _VILLAGE_CODE):
            yield gazetteer.problem(
                path, "code", "code_fits", "error", f"乡级代码应为 9 位，现为 {code}", "核对后改正；不知道就删去"
            )


def former_free(gazetteer: Gazetteer) -> Iterator[Problem]:
    """曾用地址不能是现有的地址，也不能为两地共有。

    例：former: [qinghe-zhen]
    改法：删去重复的一处。
    """
    owners: dict[str, str] = {}
    for path, place in gazetteer.places.items():
        for former in place.record.former:
            taken = owners.get(former)
            if former in gazetteer.tree.folders or former in gazetteer.tree.reports:
                taken = former
            if taken:
                message = f"曾用地址 {former} 已属 {taken}"
                yield gazetteer.problem(path, "former", "former_free", "error", message, "删去重复的一处")
            owners.setdefault(former, path)


def predecessor_known(gazetteer: Gazetteer) -> Iterator[Problem]:
    """承接自的地方应当是本站有的地方。

    例：predecessors: [meiyou-zhen]
    改法：改正地址，或先建那个地方。
    """
    for path, place in gazetteer.places.items():
        for predecessor in place.record.predecessors:
            if predecessor not in gazetteer.places:
                message = f"承接自 {predecessor}，但没有这个地方"
                yield gazetteer.problem(
                    path, "predecessors", "predecessor_known", "error", message, "改正地址，或先建那个地方"
                )


def report_at_township(gazetteer: Gazetteer) -> Iterator[Problem]:
    """报告放在乡镇（街道）的文件夹里。

    例：县的文件夹里有 2023.md
    改法：移到乡镇的文件夹，或改正 place.yml 的 level。
    """
    for files in gazetteer.tree.reports.values():
        place = gazetteer.places.get(files.place)
        if place and place.record.level != "township":
            path = f"content/places/{files.id}.md"
            message = f"「{place.name}」是{LEVEL_NAMES[place.record.level]}，不是乡镇"
            yield Problem(
                path, 1, 1, "report_at_township", "error", message, "移到乡镇的文件夹，或改正 place.yml 的 level"
            )
