"""Which place and which year a document belongs to, by what it and its name say: found or refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.importing.document import ImportRefusedError
from generator.importing.naming import find_names, place_level, place_slug
from generator.importing.proposals import propose_record
from generator.importing.receiving import Received
from generator.model import Place

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_TOWNSHIP_FOLDER = re.compile(r"-(zhen|xiang|jiedao|sumu)$")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What the editor says of the files: the place (or the one above all of them) and the year, or None for either."""

    place: str | None = None
    year: int | None = None


def year_of(received: Received, asked: Asked) -> int:
    """Return the year of a report: as asked, else as its title says, else as its file is named."""
    if asked.year is not None:
        return asked.year
    for text in (received.imported.title or "", received.name):
        years = sorted({int(year) for year in _YEAR.findall(text)})
        if len(years) == 1:
            return years[0]
    raise ImportRefusedError("看不出是哪一年的报告", "用 --year 写明年份，或把年份写进文件名，如 杨柳青镇2023.docx")


def place_of(received: Received, asked: Asked, places: Mapping[str, Place], *, alone: bool) -> str:
    """Return the address of the township that a report belongs to.

    It is the place asked for, where that is a township or (``alone``: for the only file) not known yet. Where a place above
    townships is asked for, it is the one below it that the document names, a new one if need be; and where none is asked
    for, the one known township whose name it bears.
    """
    known = places.get(asked.place or "")
    if asked.place and (_is_township(asked.place, places) or (alone and known is None)):
        return asked.place
    texts = _naming_texts(received)
    found = _named_best(texts, [each for each in places.values() if _lies_below(each, asked.place)])
    if len(found) == 1:
        return found[0].path
    if found:
        shown = "、".join(each.path for each in found[:_SHOWN])
        raise ImportRefusedError(f"题名里的地名对应 {len(found)} 个地方：{shown}", "用 --place 写明是哪一个")
    new = next(_new_townships(texts), None) if asked.place else None
    if new is None:
        raise ImportRefusedError("看不出是哪个乡镇的报告", "用 --place 写明地址，一次导入一个文件")
    return f"{asked.place}/{place_slug(new)}"


def township_name(received: Received, place: str) -> str | None:
    """Return the name under which a document tells the township whose folder is the last of ``place``."""
    slug = place.rpartition("/")[2]
    return next((name for name in _new_townships(_naming_texts(received)) if place_slug(name) == slug), None)


def _naming_texts(received: Received) -> tuple[str, ...]:
    """The texts that name the township of a report, the surest first."""
    record = propose_record(received.imported, 0)
    return (received.imported.title or "", *record.issuer, received.name)


def _is_township(path: str, places: Mapping[str, Place]) -> bool:
    if path in places:
        return places[path].record.level == "township"
    return bool(_TOWNSHIP_FOLDER.search(path))


def _lies_below(place: Place, above: str | None) -> bool:
    return place.record.level == "township" and (above is None or place.path.startswith(f"{above}/"))


def _named_best(texts: Sequence[str], townships: Iterable[Place]) -> list[Place]:
    """Return the townships that the first text to name any names; of names within names (青镇 in 杨柳青镇) the longest."""
    townships = list(townships)
    for text in texts:
        named = [each for each in townships if each.name in text]
        longest = [each for each in named if not any(each.name in o.name != each.name for o in named)]
        if longest:
            return longest
    return []


def _new_townships(texts: Iterable[str]) -> Iterator[str]:
    """Walk the names of townships that texts tell, without those of the places above them."""
    for text in texts:
        yield from (name for name in find_names(text) if place_level(name, depth=4) == "township")
