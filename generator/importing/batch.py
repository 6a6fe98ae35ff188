"""Files handed in together -> reports filed, one after the other, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.content.tree import Tree, read_places, scan_places
from generator.importing.document import ImportRefusedError
from generator.importing.filing import ImportPlan, plan_import, refuse_existing, write_plan
from generator.importing.loss import loss_report
from generator.importing.placing import Asked, place_of, township_name, year_of
from generator.importing.receiving import Received, receive
from generator.model import Figure, Place, Report


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an editor asks of an import."""

    asked: Asked
    name: str | None = None
    replace: bool = False
    write: bool = True


@dataclass(frozen=True, slots=True)
class Batch:
    """What the files of an import have in common: where they go (``content/places``), and what reads them further.

    ``doubts`` tells, before a report is filed among the others, what speaks against it.
    """

    root: Path
    wishes: Wishes
    propose_figures: Callable[[Report], tuple[Figure, ...]]
    doubts: Callable[[Tree, Mapping[str, Place], ImportPlan], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one file, in the words for the editor."""

    file: Path
    message: str
    refused: bool


def import_files(batch: Batch, files: Iterable[Path]) -> Iterator[Told]:
    """Import files in turn and tell what came of each; one that is refused does not keep the others."""
    files = list(files)
    taken: dict[str, Path] = {}
    tree = scan_places(batch.root)
    places, _ = read_places(tree)
    for file in files:
        try:
            received = receive(file)
            plan = _plan(batch, received, places, alone=len(files) == 1)
            _refuse_twice(taken, plan, file)
            if not batch.wishes.replace:
                refuse_existing(batch.root, plan)
            doubts = list(batch.doubts(tree, places, plan))
            if batch.wishes.write:
                write_plan(batch.root, plan, replace_existing=batch.wishes.replace)
            places |= {path: Place(path, record) for path, record in plan.new_places.items()}
        except ImportRefusedError as error:
            yield Told(file, f"没有导入 {file}：{error.message}（{error.hint}）", refused=True)
        except OSError as error:
            why = "没有这个文件" if isinstance(error, FileNotFoundError) else f"读不了这个文件，{error.strerror}"
            yield Told(file, f"没有导入 {file}：{why}（检查路径和权限）", refused=True)
        else:
            yield Told(file, loss_report(received.imported, plan, doubts) + _written(batch, plan), refused=False)


def _plan(batch: Batch, received: Received, places: dict[str, Place], *, alone: bool) -> ImportPlan:
    wishes = batch.wishes
    place = place_of(received, wishes.asked, places, alone=alone)
    return plan_import(
        batch.root,
        received,
        place=place,
        year=year_of(received, wishes.asked),
        name=wishes.name or township_name(received, place),
        propose_figures=batch.propose_figures,
    )


def _refuse_twice(taken: dict[str, Path], plan: ImportPlan, file: Path) -> None:
    """Refuse the second of two files that would be the same report, also where nothing is written."""
    first = taken.setdefault(f"{plan.place}/{plan.year}", file)
    if first != file:
        message = f"与 {first} 同是 {plan.place} {plan.year} 年的报告"
        raise ImportRefusedError(message, "只留一份，或用 --year、--place 分开导入")


def _written(batch: Batch, plan: ImportPlan) -> str:
    if not batch.wishes.write:
        return "不写文件（--dry-run）"
    written = [f"  content/places/{path}" for path in plan.files]
    removed = [f"删去原来的来源文件：{name}" for name in plan.replaced]
    return "\n".join(["已写出：", *written, *removed])
