"""What a page says of itself: its <meta> tags, the labels printed beside its article, its address.

The tags are those of 政府网站发展指引 (国办发〔2017〕47号): ArticleTitle, PubDate, ContentSource; and what other systems use
instead. A tag without a value (``null``) is no tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone

from generator.importing.debris import label_of, metadata_pairs
from generator.importing.readers.html.tree import PageTree

ADDRESS_LABEL = "网址"
_TITLE_TAGS = ("articletitle", "og:title", "dc.title", "twitter:title")
_DATE_TAGS = (
    "pubdate",
    "article:published_time",
    "publishdate",
    "publishtime",
    "publish_date",
    "firstpublishedtime",
    "dc.date.issued",
    "createdate",
)
_SOURCE_TAGS = ("contentsource", "source", "og:article:author", "article:author")
_ADDRESS_TAGS = ("og:url", "url")
_EMPTY = frozenset({"", "null", "undefined", "none", "nil", "无", "暂无", "-", "--", "n/a"})
_ISSUER = re.compile(
    r"[\u3400-\u9fff、（）()\s]{2,30}(人民政府|街道办事处|办事处|镇政府|乡政府|党委|党工委|委员会|管委会|办公室|[司公民财]\S{0,6}局)"
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)\s*(\S{1,2000}?)\s*-->")
_ADDRESS = re.compile(r"https?://(?:[\w-]+\.)+[\w-]+(?::\d{1,5})?(?:/[^\s<>\"]*)?")
_COMPACT_DATE = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:\d\d)?)?")
_CHINA = timezone(timedelta(hours=8))
_MIDNIGHT = re.compile(r"\s+0?0:00(:00)?(\.0+)?$")
_SAVED_REACH = 4_096
_BOX_NODES = 40
_BARE_DATES = frozenset({"日期", "时间", "发稿时间", "发稿日期"})
"""What a line such as 「来源：… 日期：…」 beside an article dates is its publication."""
_WIDGETS = re.compile(r"\s*[【\[]\s*(字号|字体|大\s*中|打印|关闭|分享|浏览).*")
_LONGEST_VALUE, _LONGEST_LABEL = 120, 16


def page_metadata(tree: PageTree, markup: str, outside: Callable[[int], bool]) -> tuple[tuple[str, str], ...]:
    """Return the (label, value) pairs of a page. ``outside`` tells the nodes that are not in the article."""
    tags = _tags(tree)
    pairs: list[tuple[str, str]] = []
    if title := _first(tags, _TITLE_TAGS):
        pairs.append(("标题", title))
    if date := _first(tags, _DATE_TAGS):
        pairs.append(("发布日期", plain_date(date)))
    if source := _first(tags, _SOURCE_TAGS):
        pairs.append(("发布机构" if _ISSUER.fullmatch(source) else "信息来源", source))
    pairs += _labelled(tree, outside)
    if address := page_address(tree, tags, markup):
        pairs.append((ADDRESS_LABEL, address))
    return tuple(dict.fromkeys(pairs))


def page_titles(tree: PageTree) -> Iterator[str]:
    """Walk the titles that the tags and the <title> of a page tell, the name of the site cut off, likeliest first."""
    tags = _tags(tree)
    for name in _TITLE_TAGS:
        if title := tags.get(name):
            yield from _without_site(title)
    for index, node in enumerate(tree.nodes):
        if node.tag == "title":
            text = "".join(tree.nodes[at].text for at in range(index + 1, tree.ends[index]))
            yield from _without_site(" ".join(text.split()))


def page_address(tree: PageTree, tags: dict[str, str], markup: str) -> str | None:
    """Return the http(s) address that a saved page tells of itself."""
    saved = _SAVED_FROM.search(markup[:_SAVED_REACH])
    links = (node.attributes for node in tree.nodes if node.tag == "link")
    canonical = (link.get("href", "") for link in links if link.get("rel", "").strip().lower() == "canonical")
    told = [saved.group(1) if saved else "", *canonical, *(tags.get(name, "") for name in _ADDRESS_TAGS)]
    return next((address for address in map(str.strip, told) if is_address(address)), None)


def is_address(text: str) -> bool:
    """Tell an address on the web, one on the editor's own machine or in its network aside."""
    return _ADDRESS.fullmatch(text) is not None and not re.match(r"https?://(localhost|127\.|10\.|192\.168\.)", text)


def plain_date(text: str) -> str:
    """Return a date as people write it, ``YYYY-MM-DD HH:MM`` in China's time; midnight is no time."""
    text = re.sub(r"(?<=\d)-(?=\d\d:\d\d)", " ", text.strip())
    if match := _COMPACT_DATE.fullmatch(text):
        year, month, day, hour, minute = match.groups()
        text = f"{year}-{month}-{day}" + (f" {hour}:{minute}" if hour else "")
    elif re.match(r"\d{4}-\d\d-\d\dT", text):
        try:
            moment = datetime.fromisoformat(text)
            text = (moment.astimezone(_CHINA) if moment.tzinfo else moment).strftime("%Y-%m-%d %H:%M")
        except (ValueError, OverflowError):
            text = text.replace("T", " ", 1)
    return _MIDNIGHT.sub("", text)


def _tags(tree: PageTree) -> dict[str, str]:
    """Return the <meta> tags by name in lower case, those without a value left out."""
    tags: dict[str, str] = {}
    for node in tree.nodes:
        if node.tag == "meta":
            name = node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("itemprop", "")
            value = " ".join(node.attributes.get("content", "").split())
            if value.lower() not in _EMPTY:
                tags.setdefault(name.strip().lower(), value)
    return tags


def _first(tags: dict[str, str], names: Sequence[str]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _without_site(title: str) -> Iterator[str]:
    """Walk a title and its parts between the marks that sites put before their names."""
    parts = [part.strip() for part in re.split(r"[_|｜]|\s+[-–—]+\s+|(?<=[^\d\s])[-–—]+(?=[^\d\s])", title)]
    yield from (part for part in parts if part)


def _labelled(tree: PageTree, outside: Callable[[int], bool]) -> Iterator[tuple[str, str]]:
    """Walk the labels and values printed outside the article: side by side in elements, or in one line."""
    seen: set[str] = set()
    for printed_label, value in (*_side_by_side(tree, outside), *_in_lines(tree, outside)):
        label = "发布日期" if printed_label in _BARE_DATES else printed_label
        if label not in seen and value.lower() not in _EMPTY and len(value) <= _LONGEST_VALUE:
            seen.add(label)
            yield label, plain_date(value) if re.search(r"日期|时间", label) else value


def _side_by_side(tree: PageTree, outside: Callable[[int], bool]) -> Iterator[tuple[str, str]]:
    """Read labels that are the whole of their element; the value is what stands after it in the same box or the next."""
    for at, node in enumerate(tree.nodes):
        if node.tag or node.dropped or not outside(at) or len(node.text) > 3 * _LONGEST_LABEL:
            continue
        if label := label_of(node.text):
            element = node.parent
            if not _is_all_of(tree, element, node.text):
                continue
            if value := _value_after(tree, element).lstrip(" :：\u3000\u00a0"):
                yield label, " ".join(value.split())


def _value_after(tree: PageTree, element: int) -> str:
    """Return the text after an element: of its next sibling, or of its parent's where it is alone there."""
    for _ in range(2):
        parent = tree.nodes[element].parent
        if parent < 0:
            return ""
        at = tree.ends[element]
        pieces: list[str] = []
        while at < tree.ends[parent]:
            node = tree.nodes[at]
            text = node.text if not node.tag else tree.text_of(at)
            if label_of(text) or node.tag == "br":
                break
            pieces.append(text)
            if node.tag and text.strip():
                break
            at = tree.ends[at]
        told = "".join(pieces).strip(" :：\u3000\u00a0\n\t\r")
        if told or not _is_all_of(tree, parent, tree.text_of(element)):
            return "".join(pieces).strip()[: _LONGEST_VALUE + 1]
        element = parent
    return ""


def _is_all_of(tree: PageTree, element: int, text: str) -> bool:
    """Tell a text that is all that its element holds; a label's box is small, so that no large one is read for it."""
    return tree.ends[element] - element <= _BOX_NODES and tree.text_of(element).strip() == text.strip()


def _in_lines(tree: PageTree, outside: Callable[[int], bool]) -> Iterator[tuple[str, str]]:
    """Read 「发布日期：2024-03-01」 from the lines of the frame."""
    pieces: list[str] = []
    for at, _ in tree.events(0, len(tree.nodes)):
        node = tree.nodes[at]
        if not node.tag:
            if outside(at):
                pieces.append(node.text)
        elif node.tag == "br" or node.is_block:
            yield from _line_pairs("".join(pieces))
            pieces = []
        else:
            pieces.append(" ")
    yield from _line_pairs("".join(pieces))


def _line_pairs(text: str) -> Iterator[tuple[str, str]]:
    line = _WIDGETS.sub("", " ".join(text.split()))
    if line and len(line) <= 3 * _LONGEST_VALUE:
        yield from metadata_pairs(re.sub(r"\s*([:：])\s*", r"\1", line))
