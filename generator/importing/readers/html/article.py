"""Which element of a web page holds the report, and what inside it is the frame's all the same.

The way in: from the body down, always into the element with most of the prose, as long as nothing beside it may belong to
the report. Known containers of site systems and the numbering of the text decide what is in doubt: a paragraph too many
is seen by an editor, one too few is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.importing.debris import reads_as_debris
from generator.importing.readers.html.runs import COMMENTS, RELATED, Run, Runs
from generator.importing.readers.html.tables import is_data_table
from generator.importing.readers.html.tree import PageTree

_CONTAINER = re.compile(
    r"ucap-?content|trs_(ue)?editor|zoom|zoomcon|fontzoom|custom_unionstyle|wp_articlecontent|pages_content|con_text|bt_content"
    r"|v_news_content|vsb_content(_\d+)?|(article|news|detail|info|doc|art|entry|post|main|xl|nr|wz|text)[_-]?(con|cont|content|contents|body|txt|text|nr)"
    r"|j-fontcontent|rich_media_content|js_content|textcontent|news_conent_two_text|articlebody|contenttext|zhengwen"
)
"""Ids and classes that site systems give to the element with the text and nothing else."""
_FRAME_TAGS = frozenset({"nav", "footer", "aside"})
_FRAME_NAME = re.compile(
    r"([a-z]{1,12}[_-]|page|site|main|com|bot)?(nav|navbar|navi|navigation|menu|breadcrumbs?|crumbs?|foot|footer|copyright|copy|side|sidebar|aside"
    r"|share|bdsharebuttonbox|bdshare|social-share|related?|recommend|hot|rank|comments?|pager|pagination|prevnext|toolbar|tools"
    r"|friendlinks?|yqlink|links|position|location|dqwz|wzdh|dbx|weizhi|qrcode|ewm|xgyd|xglj|xgwz|xgxx|tuijian|search|login|qr|bottom_?bar)"
    r"([_-]?(box|wrap|wrapper|bar|list|con|content|inner|area|left|right|main|link|news|nav|\d))*"
)
_WEAK_NAME = re.compile(
    r"([a-z]{1,12}[_-])?(header|head|top|bottom|left|right|banner|tips?|notice|ad|ads|list)([_-]?(box|wrap|con|bar|area|\d))*"
)
"""Such names stand for a frame only where most of the prose is elsewhere, and never for a paragraph."""
_PARAGRAPHS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "center", "li", "dt", "dd", "hr", "br"]
)
_SIGNATURE = re.compile(r"\S{2,30}(人民政府|委员会|办事处|党委|党工委|管委会|办公室|司法所)")
_DATE = re.compile(
    r"[二2][〇○零0][\d〇○零一二三四五六七八九]{2}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_WHOLE = frozenset({"body", "html"})
_TITLE = re.compile(r"\S{8}(报告|总结|汇报)$")
_OPENING = re.compile(r"(报告|汇报|总结|通报|情况)如下")
_MINOR, _MINOR_BESIDE_NUMBERS, _NUMBERED = 0.2, 0.6, 2
_LINK_SHARE = 0.6
_EXTENDED = 2
_TAIL_RUNS = 4


@dataclass(frozen=True, slots=True)
class Article:
    """The element ``root`` less the subtrees ``without``, and ``tail``: texts after it that sign the report."""

    root: int
    without: frozenset[int]
    tail: tuple[int, ...]


def find_article(runs: Runs) -> Article | None:
    """Find the report in a page; None for a page without prose."""
    if not runs.prose_in(0):
        return None
    root = _extended(runs, _contained(runs, _descended(runs)))
    without = frozenset(_frames_inside(runs, root))
    return Article(root, without, _tail(runs, root, without))


def _descended(runs: Runs) -> int:
    """Go down into the densest element while nothing of weight is left beside it."""
    tree = runs.tree
    at = 0
    while True:
        heavy = [child for child in tree.children(at) if runs.prose_in(child) and not is_frame(runs, child)]
        if not heavy:
            return at
        best = max(heavy, key=runs.prose_in)
        node = tree.nodes[best]
        if not node.is_block and not any(tree.nodes[child].is_block for child in tree.children(best)):
            return at
        if node.tag in _PARAGRAPHS or (node.tag == "table" and is_data_table(tree, best)):
            return at
        if any(child != best and not _is_minor(runs, child, best) for child in heavy):
            return at
        at = best


def _is_minor(runs: Runs, index: int, beside: int) -> bool:
    """Tell prose that may be a frame's: not numbered as reports are, and little of it beside what is."""
    if runs.numbers_in(index):
        return False
    share = _MINOR_BESIDE_NUMBERS if runs.numbers_in(beside) >= _NUMBERED else _MINOR
    return runs.prose_in(index) < share * runs.prose_in(beside)


def _contained(runs: Runs, index: int) -> int:
    """Return the innermost container of a site system round an element, that element itself where there is none."""
    around = (index, *runs.tree.ancestors(index))
    return next((at for at in around if _is_container(runs.tree, at)), index)


def _is_container(tree: PageTree, index: int) -> bool:
    node = tree.nodes[index]
    return node.tag == "ucapcontent" or any(_CONTAINER.fullmatch(name) for name in node.names)


def _extended(runs: Runs, root: int) -> int:
    """Take the next element round the one found, or the one round that, where prose stands there beside it."""
    tree = runs.tree
    found = at = root
    step = 0
    for parent in tree.ancestors(root):
        if step == _EXTENDED:
            break
        beside = [child for child in tree.children(parent) if child != at and runs.shown_in(child)]
        near = step == 0
        if any(_may_belong(runs, child, root, near=near) for child in beside) or (
            near
            and tree.nodes[parent].tag not in _WHOLE
            and not _is_container(tree, root)
            and _paragraph_beside(runs, parent, at)
        ):
            found = parent
        step += bool(beside)
        at = parent
    return found


def _may_belong(runs: Runs, index: int, found: int, *, near: bool) -> bool:
    """Tell prose beside the element found that may be the report's; far from it only its opening and what is numbered or much."""
    if not runs.prose_in(index) or is_frame(runs, index):
        return False
    if not _is_minor(runs, index, found):
        return True
    tree = runs.tree
    if not near:
        return _OPENING.search(tree.text_of(index)) is not None
    return not any(tree.nodes[at].tag in _HEADINGS for at in range(index + 1, tree.ends[index]))


def _paragraph_beside(runs: Runs, parent: int, index: int) -> bool:
    """Tell a short paragraph right before or after an element, which is no label, link or word of the frame."""
    tree = runs.tree
    shown = [child for child in tree.children(parent) if runs.shown_in(child)]
    at = shown.index(index)
    for child in (*shown[max(at - 1, 0) : at], *shown[at + 1 : at + 2]):
        run = _as_run(runs, child)
        plain = tree.nodes[child].tag in {"p", ""} and not is_frame(runs, child)
        if plain and not (run.is_link or run.is_frame or reads_as_debris(run.text) or _TITLE.search(run.text)):
            return True
    return False


def _as_run(runs: Runs, index: int) -> Run:
    text = " ".join(runs.tree.text_of(index).split())
    return Run((index,), text, runs.shown_in(index), runs.linked_in(index))


def is_frame(runs: Runs, index: int) -> bool:
    """Tell an element that belongs to the frame of a page by its tag, its names, its links or its first words."""
    node = runs.tree.nodes[index]
    if not node.tag or 2 * runs.prose_in(index) > runs.prose_in(0):
        return False
    if node.tag in _FRAME_TAGS or node.attributes.get("role") in {"navigation", "contentinfo", "complementary"}:
        return True
    if node.tag in _PARAGRAPHS or not node.is_block:
        return False
    if _is_named_as_frame(runs.tree, index):
        return not runs.numbers_in(index)
    return _is_link_list(runs, index) or _begins_as_related(runs, index)


def _is_named_as_frame(tree: PageTree, index: int) -> bool:
    names = tree.nodes[index].names
    if not names or _is_container(tree, index):
        return False
    if any(_FRAME_NAME.fullmatch(name) for name in names):
        return True
    return any(_WEAK_NAME.fullmatch(name) for name in names) and not _is_leaf(tree, index)


def _is_link_list(runs: Runs, index: int) -> bool:
    linked = runs.linked_in(index)
    return linked > _LINK_SHARE * runs.shown_in(index) and not runs.numbers_in(index)


def _begins_as_related(runs: Runs, index: int) -> bool:
    """Tell a box headed 「相关阅读」 that holds links, or one headed 「网友评论」."""
    first = _first_words(runs.tree, index)
    if COMMENTS.fullmatch(first):
        return not runs.numbers_in(index)
    return bool(runs.linked_in(index) and first and RELATED.fullmatch(first))


def _first_words(tree: PageTree, index: int) -> str:
    for at, _ in tree.events(index, tree.ends[index]):
        if words := tree.nodes[at].text.strip():
            return words
    return ""


def _frames_inside(runs: Runs, root: int) -> Iterator[int]:
    """Find the subtrees of the element found that are the frame's."""
    tree = runs.tree
    whole = not _is_container(tree, root)
    outside = set(_before_and_after(runs, root)) if whole else set()
    end = -1
    for at, entering in tree.events(root + 1, tree.ends[root]):
        if not entering or at < end or not tree.nodes[at].tag:
            continue
        if at in outside or _is_frame_inside(runs, at, root):
            yield at
            end = tree.ends[at]


def _is_frame_inside(runs: Runs, index: int, root: int) -> bool:
    node = runs.tree.nodes[index]
    if 2 * runs.prose_in(index) > runs.prose_in(root) or runs.numbers_in(index):
        return False
    if node.tag in _FRAME_TAGS:
        return True
    if node.tag in _PARAGRAPHS or not node.is_block:
        return False
    if any(_FRAME_NAME.fullmatch(name) for name in node.names):
        return True
    return _begins_as_related(runs, index)


def _before_and_after(runs: Runs, root: int) -> Iterator[int]:
    """Find the boxes without prose that stand before the first paragraph of the report and after its last."""
    tree = runs.tree
    children = [child for child in tree.children(root) if runs.shown_in(child)]
    heavy = [at for at, child in enumerate(children) if _is_of_report(runs, child, root)]
    held = set(heavy)
    leaves = sum(_is_leaf(tree, children[at]) for at in heavy)
    for at, child in enumerate(children):
        within = bool(heavy) and heavy[0] <= at <= heavy[-1] and (at in held or not runs.prose_in(child))
        paragraph = _is_leaf(tree, child) if 2 * leaves > len(heavy) else not tree.nodes[child].is_block
        paragraph = paragraph or tree.nodes[child].tag in _PARAGRAPHS or _is_last_table(runs, child, at, heavy)
        if is_frame(runs, child) or not (within or (paragraph and not _as_run(runs, child).is_frame)):
            yield child


def _is_of_report(runs: Runs, index: int, root: int) -> bool:
    """Tell a child of the element found that holds a part of the report, by what the others beside it hold."""
    if not runs.prose_in(index) or is_frame(runs, index):
        return False
    return _is_leaf(runs.tree, index) or _may_belong(runs, index, root, near=True)


def _is_last_table(runs: Runs, index: int, at: int, heavy: Sequence[int]) -> bool:
    """Tell a table of figures behind the last paragraph; one before the first is the page's metadata."""
    return bool(heavy) and at > heavy[-1] and runs.tree.nodes[index].tag == "table" and is_data_table(runs.tree, index)


def _is_leaf(tree: PageTree, index: int) -> bool:
    """Tell a paragraph: no block stands in it."""
    return not any(tree.nodes[at].is_block for at in range(index + 1, tree.ends[index]))


def _tail(runs: Runs, root: int, without: frozenset[int]) -> tuple[int, ...]:
    """Find the issuer and the date that sign the report, where they stand right behind its text."""
    last = max(at for at, _ in runs.tree.events(root, runs.tree.ends[root], without))
    after = [run for run in runs.runs if run.nodes[0] > last][:_TAIL_RUNS]
    signed: list[Run] = []
    for run in after:
        if _DATE.fullmatch(run.text):
            return _nodes([*signed, run])
        if run.is_link or not _SIGNATURE.fullmatch(run.text):
            return ()
        signed.append(run)
    return ()


def _nodes(runs: Sequence[Run]) -> tuple[int, ...]:
    return tuple(at for run in runs for at in run.nodes)
