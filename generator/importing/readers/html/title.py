"""The title of a report that its article does not print: from the page's own heading, its tags or its <title>."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from generator.importing.debris import reads_as_debris
from generator.importing.document import Line
from generator.importing.readers.html.runs import Runs
from generator.importing.readers.html.tags import page_titles
from generator.importing.readers.html.text import fold, source_text
from generator.importing.readers.html.tree import PageTree
from generator.importing.source_lines import source_lines
from generator.importing.title import title_lines

_SEARCHED = 8
_LONGEST = 80
_NEAR = 2_000
"""So many lines before the end of an article are looked at for a title that nothing marks."""
_HEADINGS = ("h1", "h2", "h3")
_NAMED = re.compile(r".*(title|biaoti|tit)([_-]?\d)?|bt\d?")


@dataclass(frozen=True, slots=True)
class PageTitle:
    """A title; ``nodes`` are the texts that it was printed in, none for a title that only a tag tells."""

    text: str
    nodes: tuple[int, ...] = ()


def missing_title(runs: Runs, root: int, inside: AbstractSet[int], lines: Sequence[Line]) -> PageTitle | None:
    """Return the title to print above the lines of an article; None where they have one, or the page tells none.

    ``root`` is the element of the article, ``inside`` are the texts that it prints.
    """
    head = [line for line in lines if line.text][:_SEARCHED]
    if _is_title(head):
        return None
    printed = [title for title in _printed_titles(runs, root) if inside.isdisjoint(title.nodes)]
    told = [PageTitle(title) for title in page_titles(runs.tree)]
    start = "".join("".join(line.text.split()) for line in head)
    for title in (*printed, *told):
        if _is_title([Line(title.text)]):
            return None if "".join(title.text.split()) in start else title
    return None


def _is_title(lines: Sequence[Line]) -> bool:
    return bool(title_lines(source_lines(lines, [line.text for line in lines])))


def _printed_titles(runs: Runs, root: int) -> Iterator[PageTitle]:
    """Walk the headings printed before an article: <h1> to <h3>, elements named so, other lines, the nearest first."""
    tree = runs.tree
    before = range(root - 1, -1, -1)
    inside = range(root, tree.ends[root])
    headings = [at for at in (*before, *inside) if tree.nodes[at].tag in _HEADINGS and not tree.nodes[at].dropped]
    headings.sort(key=lambda at: tree.nodes[at].tag)
    named = [at for at in before if any(_NAMED.fullmatch(name) for name in tree.nodes[at].names)]
    for at in (*headings, *named):
        if runs.shown_in(at) <= _LONGEST and not tree.nodes[at].dropped:
            yield from _title_in(tree, at)
    near = [run for run in runs.runs if run.nodes[0] < tree.ends[root] and run.characters <= _LONGEST][-_NEAR:]
    for run in reversed(near):
        if not run.is_link and not reads_as_debris(run.text) and ">" not in run.text:
            yield PageTitle(run.text, run.nodes)


def _title_in(tree: PageTree, index: int) -> Iterator[PageTitle]:
    texts = [at for at, _ in tree.events(index, tree.ends[index]) if tree.nodes[at].text.strip()]
    text = fold("".join(source_text(tree.nodes[at].text) for at in texts))
    if text and not reads_as_debris(text):
        yield PageTitle(text, tuple(texts))
