"""The rule on the names of places in a report, with the names that the hierarchy knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checking.place_names import PlaceNames, place_faults
from generator.content.load import Filing
from generator.model import Place, Problem


def place_in_text(filing: Filing, places: Mapping[str, Place]) -> Iterator[Problem]:
    """题名、发布机关、落款和正文写的地方应当是这份报告所在的地方。

    例：title: 白云乡2023年法治政府建设年度报告
    改法：放错了地方就移到正确的文件夹，原件如此就不改。
    """
    names = names_of(filing.place, places)
    if names is None or not filing.report.passages:
        return
    signatures = [(each.line, each.text) for each in filing.report.passages if each.kind == "signature"]
    record = filing.report.record
    hint = "核对是否放错了地方：放错了就移到正确的文件夹；原件如此就不改"
    for fault in place_faults(record.title, record.issuer, filing.text, names, signatures):
        if fault.line:
            yield filing.in_text(fault.line, "place_in_text", "warning", fault.message, hint)
        else:
            keys = ("title",) if fault.where == "title" else ("issuer", fault.number)
            yield filing.in_record(keys, "place_in_text", "warning", fault.message, hint)


def names_of(path: str, places: Mapping[str, Place]) -> PlaceNames | None:
    """Return the names that a report of the township at ``path`` may bear; None where that is no township, or unread.

    Linear in the depth of the path and in what the place continues.
    """
    place = places.get(path)
    if place is None or place.record.level != "township":
        return None
    above: list[str] = []
    parent = places.get(place.parent_path)
    while parent:
        above.append(parent.name)
        parent = places.get(parent.parent_path)
    also = [places[each].name for each in place.record.predecessors if each in places]
    return PlaceNames(place.name, tuple(above), tuple(also))
