"""The text of a report as HTML: plain passages need no template, only escaping, and there are very many of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.linking.topics import Label
from generator.model import REQUIRED_ROLES, Passage, Report, Role, Section
from generator.pages.links import Link
from generator.pages.marks import Mark

_TITLE_JOINT = re.compile("(人民政府|委员会|办事处|街道|[镇乡]|年度|年(?!度)|法治政府建设)(?=.)")
_CLASSES = {"signature": ' class="gk-signature"', "item": ' class="gk-item"'}


@dataclass(frozen=True, slots=True)
class Notes:
    """What is told of the passages of a report, by their ids: marks in the words, topics, and a line below."""

    marks: Mapping[str, Sequence[Mark]]
    topics: Mapping[str, Sequence[Label]]
    below: Mapping[str, str]


def report_text(report: Report, link: Link, address: str, notes: Notes) -> Markup:
    """Return the sections of a report with their anchors: a ``section`` each, every passage an element with its id."""
    return Markup("".join(_pieces(report, link, address, notes)))  # noqa: S704 - escaped piece by piece


def title_html(title: str) -> Markup:
    """Return a title that breaks between its words and not within them: 杨柳青镇 | 2023年度 | 法治政府建设 | 情况报告."""
    return Markup(_TITLE_JOINT.sub(r"\1<wbr>", str(escape(title))))  # noqa: S704 - escaped first


def sections_by_role(report: Report) -> dict[Role, list[Section]]:
    """Return the level-1 sections that have each role; the sections below, where only they have it."""
    found: dict[Role, list[Section]] = {role: [] for role in REQUIRED_ROLES}
    for section in sorted(report.sections, key=lambda section: section.level):
        same = found.setdefault(section.role, [])
        if section.level and (not same or same[0].level == section.level):
            same.append(section)
    return found


def marked(text: str, marks: Sequence[Mark], start: int = 0) -> str:
    """Return a part of a passage, which begins at ``start`` in it, as HTML with its marks; marks that overlap are left out."""
    pieces: list[str] = []
    last = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        first, end = mark.start - start, mark.end - start
        if first < last or end > len(text):
            continue
        pieces += [escape(text[last:first]), mark.opening, escape(text[first:end]), mark.closing]
        last = end
    return "".join([*pieces, escape(text[last:])])


def _pieces(report: Report, link: Link, address: str, notes: Notes) -> Iterator[str]:
    for section in report.sections:
        name = escape(section.number + section.heading)
        yield f'<section{_id(section)} data-role="{section.role}" data-present="yes">\n'
        if section.level:
            tag = f"h{section.level + 1}"
            yield f"<{tag}>{name}{_anchor(section.id, '本节')}</{tag}>\n"
        for passage in section.passages:
            topics = " ".join(label.topic for label in notes.topics.get(passage.id, ()))
            attributes = f'id="{passage.id}" data-topics="{topics}"'
            marks = notes.marks.get(passage.id, ())
            if passage.kind == "table":
                yield _table(passage, name or "表", attributes, marks)
            elif passage.kind == "image":
                yield _image(passage, link(address + (passage.image or "")), attributes)
            else:
                words = marked(passage.text, marks) if marks else escape(passage.text)
                yield f"<p{_CLASSES.get(passage.kind, '')} {attributes}>{words}{_anchor(passage.id, '本段')}</p>\n"
            yield notes.below.get(passage.id, "")
        yield "</section>\n"


def _table(passage: Passage, caption: str, attributes: str, marks: Sequence[Mark]) -> str:
    rows = list(_table_rows(passage, marks))
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0]) if rows else ""
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return (
        f'<div class="gk-scroll" {attributes} tabindex="0" role="group" aria-label="表格，可左右滚动">'
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>\n"
    )


def _table_rows(passage: Passage, marks: Sequence[Mark]) -> Iterator[list[str]]:
    """Walk the rows of a table as HTML; in the passage's text, cells stand with one character between them."""
    start = 0
    for row in passage.rows:
        cells: list[str] = []
        for cell in row:
            end = start + len(cell)
            cells.append(marked(cell, [mark for mark in marks if start <= mark.start and mark.end <= end], start))
            start = end + 1
        yield cells


def _image(passage: Passage, source: str, attributes: str) -> str:
    image = f'<img src="{escape(source)}" alt="{escape(passage.text)}" loading="lazy">'
    return f"<figure {attributes}>{image}</figure>\n"


def _id(section: Section) -> str:
    return f' id="{section.id}"' if section.level else ""


def _anchor(target: str, what: str) -> str:
    """Return the link to a passage itself; the stylesheet draws it, so that copied text is the text."""
    return f'<a class="gk-anchor" href="#{target}" aria-label="{what}的链接"></a>'
