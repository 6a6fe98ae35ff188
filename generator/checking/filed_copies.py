"""The rules that hold one report against the others that are filed: copied texts, the same source twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from generator.checking.copies import Copy, FiledTexts, TextKeys, text_keys
from generator.content.load import MAX_TEXT_BYTES, Filing
from generator.content.tree import ReportFiles, Tree
from generator.files import read_file
from generator.model import Place, Problem

_SHA256 = re.compile(rb"sha256:\s*['\"]?([0-9a-f]{64})\b")
_CHEAP = 2_000
"""Where no more reports than these are filed, a new text is compared with them all; else with those of its county."""


class Filed(NamedTuple):
    """What is kept of a filed report: its sentences, the checksum of its source, the line where its record tells that."""

    text: TextKeys
    sha256: str | None
    line: int = 1

    @property
    def id(self) -> str:
        """The id of the report."""
        return self.text.id


def filed(filing: Filing) -> Filed:
    """Keep of a report that was read what others are held against."""
    sha256 = None if filing.source is None else hashlib.sha256(filing.source).hexdigest()
    line = filing.document.line_of(("source", "sha256"))
    return Filed(text_keys(filing.report.id, filing.text), sha256, line)


def read_filed(tree: Tree, files: ReportFiles) -> Filed:
    """Read of a report what others are held against, and no more: its text, and the checksum that its record tells."""
    text, record = (_content(tree, files, f"{files.year}{suffix}") for suffix in (".md", ".yml"))
    found = _SHA256.search(record)
    return Filed(text_keys(files.id, text.decode("utf-8", "replace")), found[1].decode() if found else None)


def copied_text(judged: Sequence[Filed], others: Iterable[Filed], places: Mapping[str, Place]) -> Iterator[Problem]:
    """正文不应当与上一年的或别处的几乎相同。

    例：与 2022 年的正文只差几个数字
    改法：核对是否误用了别的报告的稿子；原件如此就不改，照原文公开。
    """
    if not judged:
        return
    rest = list(others)
    wanted = np.unique(np.concatenate([each.text.keys for each in judged])) if rest else None
    texts = FiledTexts.of((each.text for each in (*judged, *rest)), wanted)
    for each in judged:
        for copy in texts.copies(each.text):
            message = (
                f"与{_named(copy, each.text, places)}的正文有 {int(copy.share * 100)}% 的句子相同（数字和年份不计）"
            )
            hint = "核对是否误用了那一份的稿子；原件如此就不改"
            yield Problem(f"content/places/{each.id}.md", 1, 1, "copied_text", "warning", message, hint)


def source_filed_twice(judged: Sequence[Filed], others: Iterable[Filed]) -> Iterator[Problem]:
    """同一个来源文件只能导入一次。

    例：source.sha256 与另一份报告的相同
    改法：删去放错的一份，或换上它自己的来源文件重新导入。
    """
    owners: dict[str, list[str]] = {}
    for each in (*judged, *others):
        if each.sha256:
            owners.setdefault(each.sha256, []).append(each.id)
    for each in judged:
        same = sorted(other for other in owners.get(each.sha256 or "", ()) if other != each.id)
        if same:
            message = f"来源文件与 {same[0]} 的是同一个" + (
                f"（共 {len(same) + 1} 份报告用它）" if len(same) > 1 else ""
            )
            hint = "删去放错地方或年份的一份，或换上这份报告自己的来源文件"
            yield Problem(f"content/places/{each.id}.yml", each.line, 1, "source_filed_twice", "error", message, hint)


def copies_of_new(tree: Tree, place: str, year: int, text: str) -> tuple[Copy, ...]:
    """Return the filed reports that hold most of a new text (``YEAR.md``) of a place and year: for an import to tell.

    Compared are the place's earlier reports and those of its county; all where few are filed.
    """
    texts = (read_filed(tree, files).text for files in _near(tree, place) if (files.place, files.year) != (place, year))
    own = text_keys(f"{place}/{year}", text)
    return FiledTexts.of(texts, own.keys).copies(own)


def filed_with_source(tree: Tree, place: str, year: int, source: bytes) -> tuple[str, ...]:
    """Return the ids of other filed reports whose records tell the checksum of these bytes, as far as an import looks."""
    sha256 = hashlib.sha256(source).hexdigest().encode()
    return tuple(
        files.id
        for files in _near(tree, place)
        if (files.place, files.year) != (place, year) and sha256 in _content(tree, files, f"{files.year}.yml")
    )


def told_copy(copy: Copy, text_id: str, places: Mapping[str, Place]) -> str:
    """Say how much of the text of the report ``text_id`` is that of another."""
    name = _named(copy, TextKeys(text_id, np.empty(0, np.int64)), places)
    return f"与{name}的正文有 {int(copy.share * 100)}% 的句子相同"


def _near(tree: Tree, place: str) -> Iterator[ReportFiles]:
    county = place.rpartition("/")[0]
    everything = len(tree.reports) <= _CHEAP
    return (
        files
        for files in tree.reports.values()
        if everything or files.place == place or (county and files.place.startswith(f"{county}/"))
    )


def _content(tree: Tree, files: ReportFiles, name: str) -> bytes:
    stamp = files.files.get(name)
    if stamp is None or stamp.size > MAX_TEXT_BYTES:
        return b""
    return read_file(f"{tree.root}/{files.place}/{name}")


def _named(copy: Copy, text: TextKeys, places: Mapping[str, Place]) -> str:
    place, _, year = copy.id.rpartition("/")
    if place == text.place:
        return f" {year} 年"
    name = places[place].name if place in places else place
    return f"「{name}」{year} 年（{copy.id}）"
