"""A web page -> the lines of the report in it, and what its frame says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.importing.document import Document, ImportRefusedError, Line, Note, printed
from generator.importing.readers.html.archive import open_archive
from generator.importing.readers.html.article import Article, find_article
from generator.importing.readers.html.decoding import decode_page
from generator.importing.readers.html.lines import ArticleLines, article_lines
from generator.importing.readers.html.runs import Runs, runs_of
from generator.importing.readers.html.tags import ADDRESS_LABEL, is_address, page_metadata
from generator.importing.readers.html.title import PageTitle, missing_title
from generator.importing.readers.html.tree import SCRIPTS, PageTree, parse_page

_ATTACHMENT = re.compile(r"\.(docx?|pdf|wps|rtf|ofd|xlsx?|zip|rar)(\?|#|$)", re.IGNORECASE)
_ATTACHMENT_WORDS = re.compile(r"\.(docx?|pdf|wps|rtf|ofd|xlsx?|zip|rar)\s*$", re.IGNORECASE)
_EMBEDDING = frozenset({"iframe", "embed", "object", "frame"})
_FRAME = "导航、页眉页脚、侧栏等页面框架"
_FEW, _SAMPLES, _SAMPLE_LENGTH = 200, 3, 40
_NUMBERS = 2
"""A page with attachments, less than so much prose and fewer numbered lines than these only announces its report."""
_LOST = "\ufffd"


def read_html(content: bytes) -> Document:
    """Read a web page saved from a site.

    Raise ImportRefusedError for a page that is no text, beyond the limits, or that does not hold the report itself.
    """
    markup, encoding = decode_page(content)
    return _read(markup, f"网页，{encoding}")


def read_web_archive(content: bytes) -> Document:
    """Read a page saved as one file (MHTML): the page itself, or the frame of it that holds the report.

    Raise ImportRefusedError as ``read_html`` does, and for an archive that is broken or beyond the limits.
    """
    refused: ImportRefusedError | None = None
    archive = open_archive(content)
    for page in archive.pages:
        try:
            markup, encoding = decode_page(page.content, page.charset)
            document = _read(markup, f"网页归档（MHTML），{encoding}")
        except ImportRefusedError as error:
            refused = refused or error
            continue
        known = any(label == ADDRESS_LABEL for label, _ in document.metadata)
        if known or not is_address(archive.address):
            return document
        return replace(document, metadata=(*document.metadata, (ADDRESS_LABEL, archive.address)))
    raise refused or ImportRefusedError("网页归档里没有网页", "在浏览器里打开网页，重新保存后再导入")


def _read(markup: str, described: str) -> Document:
    tree = parse_page(markup)
    runs = runs_of(tree)
    article = find_article(runs)
    links = _attachments(tree)
    if article is None or (links and runs.prose_in(0) < _FEW and runs.numbers_in(0) < _NUMBERS):
        raise _without_report(tree, runs, links)
    written = article_lines(tree, article)
    _refuse_lost_characters(markup, written)
    inside = _inside(tree, article)
    title = missing_title(runs, article.root, inside, written.lines)
    lines = (*((Line(title.text, outline=1),) if title else ()), *written.lines)
    inside.update(title.nodes if title else ())
    notes = (
        *_title_notes(title),
        *_left_out(tree, inside),
        *_list_notes(written),
        *_kept_notes(tree, links, inside),
    )
    metadata = page_metadata(tree, markup, lambda at: at not in inside)
    return Document("html", described, lines, _characters(tree), metadata, notes)


def _characters(tree: PageTree) -> int:
    """Count the printed characters of all texts of a page, whatever becomes of them."""
    return printed(node.text for node in tree.nodes)


def _inside(tree: PageTree, article: Article) -> set[int]:
    """Return the text nodes that the article prints."""
    events = tree.events(article.root, tree.ends[article.root], article.without)
    return {at for at, _ in events if not tree.nodes[at].tag} | set(article.tail)


def _left_out(tree: PageTree, inside: set[int]) -> Iterator[Note]:
    """Tell the texts that are not the article's, by why they are not."""
    found: dict[str, list[str]] = {}
    for at, node in enumerate(tree.nodes):
        if at not in inside and node.text and not node.text.isspace():
            found.setdefault(node.dropped or _FRAME, []).append(node.text)
    for what, texts in found.items():
        samples = () if what == SCRIPTS else tuple(_samples(texts))
        yield Note("left_out", what, len(texts), printed(texts), samples)


def _samples(texts: Sequence[str]) -> list[str]:
    return [" ".join(text.split())[:_SAMPLE_LENGTH] for text in texts[:_SAMPLES]]


def _title_notes(title: PageTitle | None) -> Iterator[Note]:
    if title and title.nodes:
        yield Note("kept", "题名（印在正文之外）", 1, samples=(title.text,))
    elif title:
        yield Note("written_out", "题名（正文没有印，取自页面的标签）", 1, printed([title.text]), (title.text,))


def _list_notes(written: ArticleLines) -> Iterator[Note]:
    if written.numbers:
        yield Note(
            "written_out", "列表的编号", len(written.numbers), printed(written.numbers), written.numbers[:_SAMPLES]
        )
    if written.bullets:
        yield Note("left_out", "项目符号", len(written.bullets), printed(written.bullets))


def _kept_notes(tree: PageTree, links: Sequence[int], inside: set[int]) -> Iterator[Note]:
    """Tell what an article holds besides its text: links to attachments (their words are kept), and images."""
    if not inside:
        return
    attached = [
        tree.text_of(at).strip() or tree.nodes[at].attributes["href"] for at in links if _holds(tree, at, inside)
    ]
    if attached:
        yield Note("kept", "附件的链接文字（附件本身请另行下载）", len(attached), samples=tuple(attached[:_SAMPLES]))
    reach = range(min(inside), max(inside))
    images = [node.attributes.get("alt", "") for at, node in enumerate(tree.nodes) if node.tag == "img" and at in reach]
    if images:
        yield Note("left_out", "正文里的图片", len(images), samples=tuple(filter(None, images))[:_SAMPLES])


def _holds(tree: PageTree, index: int, inside: set[int]) -> bool:
    return any(at in inside for at in range(index, tree.ends[index]))


def _attachments(tree: PageTree) -> list[int]:
    """Return the links to attachments, told by their address or their words."""
    links = [at for at, node in enumerate(tree.nodes) if node.tag == "a" and node.attributes.get("href")]
    return [
        at
        for at in links
        if _ATTACHMENT.search(tree.nodes[at].attributes["href"]) or _ATTACHMENT_WORDS.search(tree.text_of(at))
    ]


def _without_report(tree: PageTree, runs: Runs, links: Sequence[int]) -> ImportRefusedError:
    """Tell why a page does not hold its report, and what to do."""
    if links:
        name = (tree.text_of(links[0]).strip() or tree.nodes[links[0]].attributes["href"])[:_SAMPLE_LENGTH]
        return ImportRefusedError(f"网页里没有报告正文，正文在附件里（{name}）", "下载附件，直接导入附件文件")
    if any(node.tag in _EMBEDDING for node in tree.nodes):
        message = "网页里没有报告正文，正文是嵌在网页里的另一个文件"
        return ImportRefusedError(message, "在浏览器里单独打开那个文件（或下载它），再导入它")
    if any(node.dropped == SCRIPTS for node in tree.nodes) and runs.shown_in(0) < _FEW:
        message = "网页里没有报告正文，正文由脚本生成"
        return ImportRefusedError(message, "在浏览器里打开网页，等正文出现后另存为「网页，全部」再导入")
    return ImportRefusedError("网页里没有找到报告正文", "检查是否选错了文件，或复制正文另存为纯文本（.txt）后再导入")


def _refuse_lost_characters(markup: str, written: ArticleLines) -> None:
    lost = sum(line.text.count(_LOST) for line in written.lines)
    if lost and _LOST in markup:
        message = f"正文里有 {lost} 个字的编码已损坏"
        raise ImportRefusedError(message, "在浏览器里重新打开并保存网页，或复制正文另存为纯文本（.txt）后再导入")
