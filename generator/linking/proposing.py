"""Figures proposed for reports that are filed, told to editors or written into ``YEAR.yml`` for them to confirm."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes
from generator.content.load import load_filing
from generator.content.tree import ReportFiles
from generator.importing.document import ImportRefusedError
from generator.importing.recording import add_figures, figure_line
from generator.linking.figures import FigureReader
from generator.model import Figure
from generator.project import Project


@dataclass(frozen=True, slots=True)
class Proposals:
    """The figures of a report that its record does not have yet; ``recorded`` counts those that it has."""

    report: str
    figures: tuple[Figure, ...]
    recorded: int


def figure_reader(project: Project) -> FigureReader:
    """Return the reader of figures for the indicators of a project."""
    files = load_catalogues(read_catalogue_bytes(project.content))
    return FigureReader(files.catalogues.indicators.indicators)


def propose_new(project: Project, files: ReportFiles, reader: FigureReader) -> Proposals:
    """Read the figures of a filed report. Raise ImportRefusedError where its files cannot be read."""
    filing = load_filing(project.places, files)
    for problem in filing.problems:
        if problem.level == "error":
            raise ImportRefusedError(f"{problem.path} 第 {problem.line} 行：{problem.message}", problem.hint)
    recorded = {(figure.indicator, figure.value) for figure in filing.report.record.figures}
    found = reader.propose(filing.report)
    new = tuple(figure for figure in found if (figure.indicator, figure.value) not in recorded)
    return Proposals(filing.report.id, new, len(recorded))


def record_proposals(project: Project, proposals: Proposals) -> None:
    """Write proposals into the record of their report, unconfirmed, in place of the old file at one stroke."""
    if not proposals.figures:
        return
    path = project.places / f"{proposals.report}.yml"
    content = add_figures(path.read_bytes(), proposals.figures)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    os.replace(draft, path)  # noqa: PTH105 - the word for what happens


def told_proposals(proposed: Sequence[Proposals], form: str, *, written: bool) -> str:
    """Tell proposals to an editor, as lines that can be put under ``figures:``, or as JSON to a program."""
    if form == "json":
        value = [
            {"report": each.report, "figures": [msgspec.to_builtins(figure) for figure in each.figures]}
            for each in proposed
        ]
        return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
    lines: list[str] = []
    for each in proposed:
        path = f"content/places/{each.report}.yml"
        lines.append(
            f"{path}：已登记 {each.recorded} 个，新找到 {len(each.figures)} 个{'，已写入' if written and each.figures else ''}"
        )
        lines += [f"- {figure_line(figure)}" for figure in each.figures]
    if any(each.figures for each in proposed):
        lines.append("请逐个对照原话核对，对的加上 confirmed: true，不对的删去；然后运行 gongkai check")
    elif not proposed:
        lines.append("这里没有报告")
    return "\n".join(lines) + "\n"
