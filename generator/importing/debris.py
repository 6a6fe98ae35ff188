"""What word processors and web pages leave in a text and its authors never wrote: found, and dropped on record."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from generator.content.numbering import read_label
from generator.model import Repair

_SPANS = re.compile(
    r"\[bookmark:[^\]\n]*\]"  # Word's bookmarks, spelled out by converters
    r"|`+"  # stray Markdown ticks
    r"|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]+"  # invisible characters
    r"|[\x00-\x08\x0e-\x1b\x1f\x7f]+"  # control characters
)
_PAGE_NUMBER = re.compile(
    r"[-—–－─_·•\s]+\d{1,3}[-—–－─_·•\s]+|第\s*\d{1,3}\s*页([,，\s]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
    r"|[Pp]age\s*\d{1,3}(\s*of\s*\d{1,3})?"
)
_LONE_NUMBER = re.compile(r"\d{1,3}")
_WIDGET = re.compile(
    r"[【\[（(]?\s*(字号|字体|字体大小)\s*[:：]?\s*[【\[（(]?\s*(特?大|超大|默认|小|A[+-]?).{0,16}"
    r"|[【\[]?\s*(浏览|阅读|点击|访问)(量|次数|数|人次)?\s*[:：]\s*\d*\s*次?\s*[】\]]?"
    r"|(一键)?分享(到|至)\s*[:：]?.{0,30}|(一键)?分享\s*[:：]?|语音(播报|朗读)\s*[:：]?|无障碍(浏览|阅读)?|适老化?(模式|版)?|收藏(本页)?"
    r"|[【\[]?\s*(打印|关闭|打印本页|关闭窗口|返回顶部|返回|我要纠错)\s*[】\]]?(\s*[【\[|]?\s*(打印|关闭|打印本页|关闭窗口|返回顶部|返回)\s*[】\]]?)*"
    r"|扫一扫.{0,20}|(当前位置|您的位置|您现在的位置)\s*[:：].{0,80}|首页\s*[>＞»/].{0,80}"
    r"|(上|下)一[篇条]\s*[:：].{0,80}|相关(链接|阅读|新闻)\s*[:：]?|[（(【\[]?\s*(责任)?编辑\s*[:：].{0,20}|初审\s*[:：].{0,40}"
    r"|(标签|TAGS?)\s*[:：].{0,40}|(发布|发表|更新)于\s*\d.{0,60}"
    r"|20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(\s*\d{1,2}:\d{2}(:\d{2})?)?\s*\|?\s*(来源|作者|浏览|阅读|点击|字号|字体|发布).{0,80}"
)
_METADATA = re.compile(
    r"(索\s*引\s*号|信息索引|主题分类|信息分类|分类|体裁分类|组配分类|发布机构|发文机关|公开主体|发文日期|成文日期|生成日期"
    r"|发布日期|发布时间|公开日期|更新时间|信息名称|名\s*称|标\s*题|文\s*号|发文字号|主\s*题\s*词|关\s*键\s*词|有\s*效\s*性"
    r"|公开方式|公开形式|公开范围|内容概述|信息来源|文章来源|稿件来源|来\s*源|作\s*者|统一编号|登记号)(\s*[:：]|\t|\s{2,}).{0,120}"
    r"|(日期|时间)\s*[:：]\s*\d.{0,60}"
    r"|(发布者|发布人|发布单位|所属栏目|信息类别|公文种类|公开类型|公开时限|发稿时间|供稿(单位)?|稿源|撰稿|录入|审核(人)?|签发(人)?|责编)\s*[:：].{0,80}"
)
_LABEL_ALONE = re.compile(r"\S{2,6}\s*[:：]")
_BODY_LENGTH = 40
"""A sentence of this many characters is running text: the head of the document ends before it, its tail begins after."""


def debris_repairs(lines: Sequence[str]) -> tuple[Repair, ...]:
    """Return a ``drop`` for everything in the raw lines of a source that is debris, in document order."""
    numbered = [(number, line.strip()) for number, line in enumerate(lines, 1)]
    whole = {number for number, _ in _whole_lines([(number, text) for number, text in numbered if text])}
    drops: list[Repair] = []
    for number, text in numbered:
        if number in whole:
            drops.append(Repair("drop", line=number, text=text))
        else:
            drops += [Repair("drop", line=number, text=match.group()) for match in _SPANS.finditer(text)]
    return tuple(drops)


def without_drops(lines: Sequence[str], drops: Sequence[Repair]) -> list[str]:
    """Return the lines with the text of each ``drop`` taken out, once each, from left to right.

    Raise ValueError where a drop names words that its line does not hold.
    """
    kept = list(lines)
    starts: dict[int, int] = {}
    for drop in drops:
        index = (drop.line or 0) - 1
        text = drop.text or ""
        at = kept[index].find(text, starts.get(index, 0)) if 0 <= index < len(kept) and text else -1
        if at < 0:
            raise ValueError(misplaced(drop))
        kept[index] = kept[index][:at] + kept[index][at + len(text) :]
        starts[index] = at
    return kept


def misplaced(repair: Repair) -> str:
    """Tell that a repair names words that its line does not hold."""
    return f"来源第 {repair.line} 行没有「{repair.text}」"


def metadata_of(drops: Sequence[Repair]) -> Iterator[tuple[str, str]]:
    """Read the (label, value) pairs of dropped metadata lines: 「发布日期：2024-03-01」, or the value a line below."""
    texts = [drop.text or "" for drop in drops]
    for text, following in itertools.zip_longest(texts, texts[1:], fillvalue=""):
        if _LABEL_ALONE.fullmatch(text) and not _METADATA.fullmatch(following):
            yield re.sub(r"[\s:：]", "", text), following
        elif _METADATA.fullmatch(text):
            yield from _pairs(text)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Split a line of metadata into (label, value): by tabs where it was a table's row, else by its colons."""
    cells = text.split("\t")
    if len(cells) > 1:
        yield from (
            (re.sub(r"[\s:：]", "", label), value.strip())
            for label, value in zip(cells[::2], cells[1::2], strict=False)
        )
        return
    for pair in re.split(r"\s+(?=[^\s:：\d]{2,6}[:：])", text):
        label, _, value = re.sub(r"\s*[:：]\s*|\s{2,}", "：", pair.strip(), count=1).partition("：")
        yield re.sub(r"\s", "", label), value.strip()


def reads_as_debris(text: str) -> bool:
    """Tell a line that a web page puts round a report: widgets, or a label of its metadata with the value."""
    return _is_widgets(text) or _METADATA.fullmatch(text) is not None


def label_of(text: str) -> str | None:
    """Return the label of metadata that a text is, bare of spaces and colon; None for any other text."""
    bare = re.sub(r"[\s:：]", "", text)
    return bare if _METADATA.fullmatch(f"{bare}：") else None


def metadata_pairs(line: str) -> Iterator[tuple[str, str]]:
    """Read the (label, value) pairs of a line whose labels are those of metadata; others in it are passed over."""
    for piece in re.split(r"[\s|]+(?=[^\s:：\d]{2,6}[:：])", line):
        if _METADATA.fullmatch(piece):
            yield from _pairs(piece)


def page_ends(drops: Sequence[Repair]) -> set[int]:
    """Return the lines whose dropped text is a page number."""
    return {
        drop.line or 0
        for drop in drops
        if _PAGE_NUMBER.fullmatch(drop.text or "") or _LONE_NUMBER.fullmatch(drop.text or "")
    }


def _whole_lines(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    running = [index for index, (_, text) in enumerate(lines) if _is_running_text(text)]
    first, last = (running[0], running[-1]) if running else (len(lines), -1)
    page_numbers = _lone_page_numbers(lines)
    value_follows = False
    for index, (number, text) in enumerate(lines):
        edge = index < first or index > last
        debris = bool(edge and (_is_widgets(text) or _METADATA.fullmatch(text)))
        value = edge and value_follows and len(text) < _BODY_LENGTH
        if debris or value or number in page_numbers or _PAGE_NUMBER.fullmatch(text):
            yield number, text
        value_follows = debris and bool(_LABEL_ALONE.fullmatch(text))


def _is_running_text(text: str) -> bool:
    if _METADATA.fullmatch(text) or _is_widgets(text):
        return False
    return read_label(text) is not None or ("。" in text and (len(text) >= _BODY_LENGTH or text.endswith("。")))


def _is_widgets(text: str) -> bool:
    """Tell a line of one widget or several: 「【字号：大 中 小】 浏览量：12 语音播报」."""
    pieces = [piece for piece in re.split(r"\s+(?![大中小超特默A])|(?<=】)\s*(?=【)", text) if piece]
    return bool(_WIDGET.fullmatch(text)) or all(_WIDGET.fullmatch(piece) for piece in pieces)


def _lone_page_numbers(lines: Sequence[tuple[int, str]]) -> set[int]:
    """Find the numbers that stand alone on lines and count up by one from the first or second page."""
    lone = [(number, int(text)) for number, text in lines if _LONE_NUMBER.fullmatch(text)]
    counting = [value for _, value in lone] == list(range(lone[0][1], lone[0][1] + len(lone))) if lone else False
    return {number for number, _ in lone} if counting and lone[0][1] in (1, 2) else set()
