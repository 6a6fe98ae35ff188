"""The text of a report as HTML: plain passages need no template, only escaping, and there are very many of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from generator.model import REQUIRED_ROLES, Passage, Report, Role, Section
from generator.pages.links import Link

_TITLE_JOINT = re.compile("(人民政府|委员会|办事处|街道|[镇乡]|年度|年(?!度)|法治政府建设)(?=.)")
_CLASSES = {"signature": ' class="gk-signature"', "item": ' class="gk-item"'}


def report_text(report: Report, link: Link, address: str) -> Markup:
    """Return the sections of a report with their anchors: a ``section`` each, every passage an element with its id."""
    return Markup("".join(_pieces(report, link, address)))  # noqa: S704 - escaped piece by piece


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


def _pieces(report: Report, link: Link, address: str) -> Iterator[str]:
    for section in report.sections:
        name = escape(section.number + section.heading)
        yield f'<section{_id(section)} data-role="{section.role}" data-present="yes">\n'
        if section.level:
            tag = f"h{section.level + 1}"
            yield f"<{tag}>{name}{_anchor(section.id, '本节')}</{tag}>\n"
        for passage in section.passages:
            if passage.kind == "table":
                yield _table(passage, name or "表")
            elif passage.kind == "image":
                yield _image(passage, link(address + (passage.image or "")))
            else:
                yield _paragraph(passage)
        yield "</section>\n"


def _paragraph(passage: Passage) -> str:
    attributes = f'{_CLASSES.get(passage.kind, "")} id="{passage.id}" data-topics=""'
    return f"<p{attributes}>{escape(passage.text)}{_anchor(passage.id, '本段')}</p>\n"


def _table(passage: Passage, caption: str) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in passage.rows[0]) if passage.rows else ""
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in passage.rows[1:])
    return (
        f'<div class="gk-scroll" id="{passage.id}" data-topics="" tabindex="0" role="group" aria-label="表格，可左右滚动">'
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>\n"
    )


def _image(passage: Passage, source: str) -> str:
    image = f'<img src="{escape(source)}" alt="{escape(passage.text)}" loading="lazy">'
    return f'<figure id="{passage.id}" data-topics="">{image}</figure>\n'


def _id(section: Section) -> str:
    return f' id="{section.id}"' if section.level else ""


def _anchor(target: str, what: str) -> str:
    """Return the link to a passage itself; the stylesheet draws it, so that copied text is the text."""
    return f'<a class="gk-anchor" href="#{target}" aria-label="{what}的链接"></a>'
