"""Changes as HTML: one markup that the stylesheet shows in three views, told by words and shape as well as colour.

In 批注 a passage runs on with its insertions and deletions; in 对照 each changed clause stands twice, old and new; in
只看变化 what was kept is left out. Templates would cost more than all the rest: there are very many clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from generator.addresses import report_address
from generator.comparing.brief import is_heading
from generator.comparing.comparison import Change, Clause, Edit
from generator.comparing.formats import CHANGE_NAMES
from generator.linking.reuse import fold, key_of, wording
from generator.pages.links import Link


@dataclass(frozen=True, slots=True)
class Around:
    """What the changes of two reports are shown with: their ids and years, headings by section, what many townships say.

    ``tables`` are the passages whose clauses are rows. Without ``link`` there is no site around them, and no ways lead from
    them.
    """

    old: str
    new: str
    years: tuple[int, int]
    old_headings: dict[str, str]
    common: frozenset[int]
    tables: frozenset[str]
    link: Link | None


def changes_html(changes: Sequence[tuple[Change, str]], around: Around) -> Markup:
    """Return changes, each with its anchor, as passages and headings in their order."""
    pieces: list[str] = []
    passage = _Passage(around.tables)
    for change, anchor in changes:
        if is_heading(change):
            pieces += passage.close()
            pieces.append(f'<h3 class="gk-heading">{_change(change, anchor, around)}</h3>\n')
            continue
        if not passage.holds(change):
            pieces += passage.close()
        passage.add(change, _change(change, anchor, around))
    return Markup("".join([*pieces, *passage.close()]))  # noqa: S704 - escaped piece by piece


@dataclass(slots=True)
class _Passage:
    """The passage being written: what stands in it, and of which passages of both reports."""

    tables: frozenset[str]
    pieces: list[str] = field(default_factory=list)
    old: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)

    def holds(self, change: Change) -> bool:
        """Tell whether a change stands in this passage: by the new report, or, of what was removed, by the old."""
        if change.new:
            return change.new[0].passage in self.new
        return change.old[0].passage in self.old

    def add(self, change: Change, piece: str) -> None:
        self.pieces.append(piece)
        self.new.update(clause.passage for clause in change.new)
        if change.kind != "moved":
            self.old.update(clause.passage for clause in change.old)

    def close(self) -> Iterator[str]:
        if self.pieces:
            rows = " gk-rows" if self.tables & (self.new or self.old) else ""
            yield f'<div class="gk-passage{rows}">{"".join(self.pieces)}</div>\n'
        self.pieces, self.old, self.new = [], set(), set()


def _change(change: Change, anchor: str, around: Around) -> str:
    common = " data-common" if change.new and all(_is_common(clause, around) for clause in change.new) else ""
    if change.kind == "kept" and not change.noise:
        return f'<span class="gk-change" id="{anchor}" data-kind="kept"{common}>{escape(change.new[0].text)}</span>'
    noise = " data-noise" if change.noise else ""
    kind = "" if change.noise else f'<span class="gk-kind">{CHANGE_NAMES[change.kind]}</span>'
    ways = "" if change.noise else _ways(change, anchor, around)
    return (
        f'<span class="gk-change" id="{anchor}" data-kind="{change.kind}"{noise}{common}>{kind}'
        f'<span class="gk-inline">{edits_html(change.edits)}</span>{_both(change)}{ways}</span>'
    )


def edits_html(edits: Iterable[Edit]) -> str:
    """Return edits as HTML: ``ins`` and ``del``; those of noise are told apart, and shown when a reader asks for them."""
    return "".join(map(_edit, edits))


def _edit(edit: Edit) -> str:
    if edit.op == "equal":
        return escape(edit.text)
    tag = "ins" if edit.op == "insert" else "del"
    slight = ' class="gk-slight"' if edit.noise else ""
    return f"<{tag}{slight}>{escape(edit.text)}</{tag}>"


def _both(change: Change) -> str:
    """Return a changed clause once as it was and once as it is, for the view side by side."""
    if change.kind in {"added", "removed"}:
        return ""
    old = edits_html(edit for edit in change.edits if edit.op != "insert")
    new = edits_html(edit for edit in change.edits if edit.op != "delete")
    return f'<span class="gk-old">{old}</span><span class="gk-new">{new}</span>'


def _ways(change: Change, anchor: str, around: Around) -> str:
    """Return the ways from a change: to its place in both reports, where it stood before, to itself."""
    if around.link is None:
        return ""
    ways: list[str] = []
    if change.kind == "moved":
        heading = around.old_headings.get(change.old[0].section, "")
        words = f"“{heading}”" if heading else "别处"
        ways.append(f"原在{_source(change.old[0], around.old, words, around.link)}")
    elif change.old:
        ways.append(_source(change.old[0], around.old, f"{around.years[0]}年原文", around.link))
    if change.new:
        ways.append(_source(change.new[0], around.new, f"{around.years[1]}年原文", around.link))
    ways.append(f'<a href="#{anchor}" aria-label="这一处变化的链接">¶</a>')
    return f'<span class="gk-ways">{" ".join(ways)}</span>'


def _source(clause: Clause, report_id: str, words: str, link: Link) -> str:
    target = link(f"{report_address(report_id)}#{clause.passage or clause.section}")
    return f'<a href="{target}">{escape(words)}</a>'


def _is_common(clause: Clause, around: Around) -> bool:
    return bool(around.common) and key_of(wording(fold(clause.text))) in around.common
