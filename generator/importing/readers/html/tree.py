"""A web page -> its elements and texts as one flat list in document order, so that no walk of it is recursive.

Parsing is libxml2's: no network, no entities from elsewhere, its limits on depth and lengths on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from generator.importing.document import ImportRefusedError

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
SCRIPTS, HIDDEN, CONTROLS, EMBEDDED, HEAD = "脚本和样式", "隐藏的文字", "表单控件", "嵌入内容的替代文字", "页面题名"
_DROPPED_TAGS = (
    dict.fromkeys(("script", "style", "noscript", "template", "xml"), SCRIPTS)
    | dict.fromkeys(("select", "option", "optgroup", "datalist", "button", "textarea"), CONTROLS)
    | dict.fromkeys(("iframe", "object", "embed", "applet", "video", "audio", "canvas", "svg", "noframes"), EMBEDDED)
    | {"title": HEAD}
)
_MAX_TAGS = 400_000
_LONGEST_ATTRIBUTE = 2_000
_NOTHING: Mapping[str, str] = MappingProxyType({})
_HIDING = re.compile(
    r"(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(px|pt|em)?\s*(;|!|$))"
)
_SHOWN_AS = re.compile(r"(?<![\w-])display\s*:\s*(block|inline(?!-table))(?![\w])")
_PICTURE = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s%]+")
_HIDING_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_NAME = re.compile(r"[.#][\w-]+")
_RESOURCE_LIMIT = "ERR_RESOURCE_LIMIT"


@dataclass(frozen=True, slots=True)
class Node:
    """An element (its tag in lower case) or a text (tag ""). ``dropped`` says why a reader does not see it."""

    parent: int
    tag: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    dropped: str = ""

    @property
    def style(self) -> str:
        """The style attribute in lower case."""
        return self.attributes.get("style", "").lower()

    @property
    def names(self) -> list[str]:
        """The id and the classes, in lower case."""
        return f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}".lower().split()

    @property
    def is_block(self) -> bool:
        """Tell an element that begins on a line of its own."""
        if "style" in self.attributes and (shown := _SHOWN_AS.search(self.style)):
            return shown.group(1) == "block"
        return self.tag in BLOCKS


@dataclass(frozen=True, slots=True)
class PageTree:
    """The nodes of a page in document order; the subtree of node ``i`` is ``range(i, ends[i])``."""

    nodes: tuple[Node, ...]
    ends: tuple[int, ...]

    def children(self, index: int) -> Iterator[int]:
        """Walk the children of a node."""
        at = index + 1
        while at < self.ends[index]:
            yield at
            at = self.ends[at]

    def events(self, start: int, stop: int, without: AbstractSet[int] = frozenset()) -> Iterator[tuple[int, bool]]:
        """Walk the nodes that readers see in ``range(start, stop)``: (node, True) going in, (node, False) coming out.

        ``without`` are subtrees to leave out.
        """
        opened: list[int] = []
        at = start
        while at < stop or opened:
            while opened and at >= self.ends[opened[-1]]:
                yield opened.pop(), False
            if at >= stop:
                continue
            node = self.nodes[at]
            if at in without or node.dropped:
                at = self.ends[at]
                continue
            yield at, True
            if node.tag:
                opened.append(at)
            at += 1

    def text_of(self, index: int) -> str:
        """Return all the text that readers see in a node."""
        return "".join(self.nodes[at].text for at, _ in self.events(index, self.ends[index]) if not self.nodes[at].tag)

    def ancestors(self, index: int) -> Iterator[int]:
        """Walk from the parent of a node up to the root."""
        at = self.nodes[index].parent
        while at >= 0:
            yield at
            at = self.nodes[at].parent


def parse_page(markup: str) -> PageTree:
    """Parse a web page. Raise ImportRefusedError for one that is beyond the limits, or that holds nothing."""
    if markup.count("<") > _MAX_TAGS:
        raise ImportRefusedError(f"网页的标签超过 {_MAX_TAGS:,} 个", "只复制正文，另存为纯文本（.txt）后再导入")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(_PICTURE.sub("data:,", markup).encode(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if any(error.type_name == _RESOURCE_LIMIT for error in parser.error_log):
        message = "网页的标签套得太深，或有一段太长，读不完整"
        raise ImportRefusedError(message, "在浏览器里复制正文，另存为纯文本（.txt）后再导入")
    if root is None:
        raise ImportRefusedError("网页是空的或已损坏", "在浏览器里打开网页，重新保存后再导入")
    return _flat(root)


def _flat(root: etree._Element) -> PageTree:
    hidden = _hidden_names(root)
    nodes: list[Node] = []
    ends: list[int] = []
    opened: list[int] = []

    def add(node: Node) -> None:
        nodes.append(node)
        ends.append(len(nodes))

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            parent = opened[-1] if opened else -1
            opened.append(len(nodes))
            add(_element_node(element, parent, nodes[parent].dropped if parent >= 0 else "", hidden))
            text = element.text
        else:
            ends[opened.pop()] = len(nodes)
            text = element.tail
        if text and opened:
            add(Node(opened[-1], "", text, dropped=nodes[opened[-1]].dropped))
    return PageTree(tuple(nodes), tuple(ends))


def _element_node(element: etree._Element, parent: int, dropped: str, hidden: AbstractSet[str]) -> Node:
    tag = str(element.tag).lower()
    if not element.attrib:
        return Node(parent, tag, dropped=dropped or _DROPPED_TAGS.get(tag, ""))
    attributes = {str(name).lower(): str(value)[:_LONGEST_ATTRIBUTE] for name, value in element.attrib.items()}
    node = Node(parent, tag, attributes=attributes)
    dropped = dropped or _DROPPED_TAGS.get(tag, "") or (HIDDEN if _is_hidden(node, hidden) else "")
    return Node(parent, tag, attributes=attributes, dropped=dropped)


def _is_hidden(node: Node, hidden: AbstractSet[str]) -> bool:
    attributes = node.attributes
    if node.tag in {"html", "body"}:  # a script shows the whole page when it is ready
        return False
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    if "style" in attributes and _HIDING.search(node.style):
        return True
    names = [f"#{attributes.get('id', '')}", *(f".{name}" for name in attributes.get("class", "").split())]
    return not hidden.isdisjoint(names)


def _hidden_names(root: etree._Element) -> frozenset[str]:
    """Return the ids (``#a``) and classes (``.a``) that the page's own styles hide, rules for some media aside."""
    found: set[str] = set()
    for style in root.iter("style"):
        media = (style.get("media") or "").strip().lower()
        if media and media not in {"all", "screen"}:
            continue
        head, *commented = (style.text or "").split("/*")
        text = _without_media(head + "".join(piece.partition("*/")[2] for piece in commented))
        for selectors, rules in _HIDING_RULE.findall(text):
            if _HIDING.search(rules.lower()):
                found.update(name for name in map(str.strip, selectors.split(",")) if _NAME.fullmatch(name))
    return frozenset(found)


def _without_media(styles: str) -> str:
    """Leave out the blocks that begin with ``@``, which hold for some media or supports only."""
    kept: list[str] = []
    depth = start = 0
    skipping = 0
    for match in re.finditer(r"[@{}]", styles):
        mark = match.group()
        if mark == "@" and not depth:
            kept.append(styles[start : match.start()])
            skipping = 1
        elif mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(depth - 1, 0)
            if skipping and not depth:
                skipping, start = 0, match.end()
    return "".join(kept) + ("" if skipping else styles[start:])
