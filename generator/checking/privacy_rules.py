"""Rules on private words: in reports, in notes on places, on hand-written pages; and on the exceptions to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checking.place_rules import Gazetteer
from generator.checking.printed_words import PrintedText, printed_texts
from generator.checking.private_words.denied import normal_form
from generator.checking.private_words.finding import OR_EXCEPT, Found
from generator.checking.private_words.phones import mail_addresses
from generator.checking.private_words.scanning import find_private
from generator.content.load import Filing
from generator.model import DenyList, Exemption, Place, Problem, Severity

RULE = "privacy"

_SOURCE_HINT = "来源文件也会公开：换用隐去后的副本重新导入，或不放原件并删去 source.file"
_ALLOWED_ON_PAGES = frozenset({"手机号", "邮箱", "人名"})
_WORDS: dict[str, str] = {"律所": "写有律师事务所", "屏蔽词": "有屏蔽名单里的字"}


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found in one text of a report, and the words of it in their normal form."""

    printed: PrintedText
    found: Found
    words: str

    @property
    def exempt(self) -> bool:
        """Whether an exception may let it pass: not what the list of the repository denies."""
        return self.found.kind != "屏蔽词"


def privacy(filing: Filing, denied: DenyList) -> Iterator[Problem]:
    """报告里不能有身份证号、私人手机号、银行卡号、车牌号、家庭住址和当事人、信访人、村民、未成年人等的姓名。

    例：「信访人王小明（电话13800138000）反映」里的姓名和手机号；「家住清河村5组12号」。
    改法：正文用「某」或「*」隐去，来源换成隐去后的副本重新导入；确可公开的，在 yml 的 exceptions 里写明原话和理由。
    """
    quotes = [_compared(each.quote) for each in filing.report.record.exceptions]
    for each in _judged(filing, denied):
        if not (each.exempt and any(each.words in quote for quote in quotes)):
            yield _problem(each)


def exception_unused(filing: Filing, denied: DenyList) -> Iterator[Problem]:
    """「exceptions」里的每一条都要用得上：原话里要有检查所指的字。

    例：exceptions: [{rule: privacy, quote: 正文里已经没有的话, why: 已与单位核实}]
    改法：照正文改正 quote，或删去这一条。
    """
    if not filing.report.record.exceptions:
        return
    words = {each.words for each in _judged(filing, denied) if each.exempt}
    for index, each in enumerate(filing.report.record.exceptions):
        quote = _compared(each.quote)
        if not any(word in quote for word in words):
            message = f"exceptions[{index + 1}] 没有用上：检查没有指出这段原话里的字"
            keys = ("exceptions", index)
            yield filing.in_record(keys, "exception_unused", "warning", message, "照正文改正 quote，或删去这一条")


def private_notes(gazetteer: Gazetteer, denied: DenyList) -> Iterator[Problem]:
    """Find private words in the notes of places: they are found by the rule ``privacy``."""
    for path, place in gazetteer.places.items():
        for found in find_private(place.record.note, denied) if place.record.note else ():
            if not found.masked:
                hint = f"删去，或{found.hint.partition('；')[0]}"
                yield gazetteer.problem(path, "note", RULE, found.level, _message(found), hint)


def without_private_note(place: Place, denied: DenyList) -> Place:
    """Return a place without its note where that holds what must not be published."""
    note = place.record.note
    if note and any(found.level == "error" for found in find_private(note, denied)):
        return replace(place, record=replace(place.record, note=None))
    return place


def private_prose(root: Path, path: str, denied: DenyList) -> Iterator[Problem]:
    """Find private words on a hand-written page; names, phones and mail addresses there are for contact: a warning."""
    if not path.endswith(".md") or (root / path).is_symlink():
        return
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    printed = PrintedText(f"content/pages/{path}", "text", text)
    for found in (*find_private(text, denied), *mail_addresses(text)):
        level: Severity = "warning" if found.kind in _ALLOWED_ON_PAGES and found.level == "error" else found.level
        if not found.masked and level != "note":
            line, column = printed.place(found.start, found.end)
            hint = "对外的联系方式可以保留；是个人的就删去" if level == "warning" else "删去，或用「*」隐去"
            yield Problem(printed.path, line, column, RULE, level, _message(found), hint)


def published_private(filing: Filing, exceptions: tuple[Exemption, ...], denied: DenyList) -> bool:
    """Tell whether a published version of a report holds what must not be published, given the exceptions of today."""
    quotes = [_compared(each.quote) for each in exceptions]
    return any(
        each.found.level == "error" and not (each.exempt and any(each.words in quote for quote in quotes))
        for each in _judged(filing, denied)
    )


def _judged(filing: Filing, denied: DenyList) -> Iterator[_Judged]:
    """Walk what is found in a report's texts, without what a record or a source only says again after the text.

    Of a source errors alone are told again: it must be masked as well.
    """
    told: set[str] = set()
    for printed in printed_texts(filing):
        for found in find_private(printed.text, denied):
            words = _compared(printed.text[found.start : found.end])
            if printed.part == "text":
                told.add(words)
            again = printed.part == "source" and found.level != "error"
            again = again or (printed.part == "record" and printed.is_repeat(found.start))
            if not (again and words in told):
                yield _Judged(printed, found, words)


def _compared(words: str) -> str:
    """Return words as they are compared with a quote: however a number is spaced, it is the same."""
    return normal_form(words).replace("-", "")


def _problem(each: _Judged) -> Problem:
    line, column = each.printed.place(each.found.start, each.found.end)
    hint = each.found.hint
    if each.printed.part == "source" and each.found.level == "error":
        hint = f"{_SOURCE_HINT}；{OR_EXCEPT}" if each.exempt else _SOURCE_HINT
    return Problem(each.printed.path, line, column, RULE, each.found.level, _message(each.found), hint)


def _message(found: Found) -> str:
    if found.masked:
        return f"有隐去的姓名「{found.shown}」"
    return f"{_WORDS.get(found.kind, f'有{found.kind}')}「{found.shown}」{found.note}"
