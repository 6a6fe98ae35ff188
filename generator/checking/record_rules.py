"""Rules on ``YEAR.yml`` and on the text as the copy of its source."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from rapidfuzz import fuzz, process

from generator.checking.sources import source_document
from generator.content.load import Filing
from generator.content.quotes import nearest_sentence
from generator.content.schema import keys_text
from generator.content.yaml_reading import Keys
from generator.importing.debris import misplaced
from generator.importing.differences import UnexplainedError, differences
from generator.importing.document import ImportRefusedError
from generator.importing.reading import file_kind
from generator.model import Dates, Problem, Repair

_YEAR = re.compile(r"(20\d\d)\s*年")
_LEAST_LIKENESS = 30.0
"""Per cent; an id that is less like the wrong one is no help."""
_SHOWN = 40


def year_matches_path(filing: Filing) -> Iterator[Problem]:
    """题名里的年份应当与文件名的年份相同。

    例：title: 清河镇2021年法治政府建设年度报告
    改法：放错了年份就改文件名，抄错了题名就照原件改正。
    """
    years = [int(year) for year in _YEAR.findall(filing.report.record.title or "")]
    if years and filing.year not in years:
        message = f"题名写的是 {years[0]} 年，文件名是 {filing.year}"
        yield filing.in_record(("title",), "year_matches_path", "error", message, "改正文件名，或与原件核对题名")


def withdrawn_bare(filing: Filing) -> Iterator[Problem]:
    """撤下的报告只留说明文件，里面不再有正文的内容。

    例：withdrawn 写好了，2023.md 还在文件夹里
    改法：用 gongkai withdraw 撤下；或删去正文、来源文件和 yml 里的 figures、repairs 等项。
    """
    record, own = filing.report.record, f"{filing.year}.yml"
    if record.withdrawn is None:
        return
    for name, stamp in filing.files.files.items():
        if name != own:
            message, hint = f"报告已撤下，{name} 还在", "删去这个文件；撤下的报告只留 年份.yml"
            yield Problem(stamp.path, 1, 1, "withdrawn_bare", "error", message, hint)
    for name in ("roles", "figures", "topics", "commitments", "repairs"):
        if getattr(record, name):
            message, hint = f"报告已撤下，{name} 里还有正文的内容", "删去这一项"
            yield filing.in_record((name,), "withdrawn_bare", "error", message, hint)


def dates_valid(filing: Filing) -> Iterator[Problem]:
    """日期应当是日历上有的日子。

    例：dates: {made: 2024-02-30}
    改法：照原件改正，写作 2024-01-05；不知道就删去。
    """
    record = filing.report.record
    dates: list[tuple[Keys, str | None]] = [(("dates", e.name), getattr(record.dates, e.name)) for e in fields(Dates)]
    dates += [(("corrections", index, "date"), each.date) for index, each in enumerate(record.corrections)]
    dates += [(("withdrawn", "date"), record.withdrawn.date)] if record.withdrawn else []
    for keys, date in dates:
        if date and not _is_date(date):
            message = f"{keys_text(keys)} 的「{date}」不是有效的日期"
            yield filing.in_record(keys, "dates_valid", "error", message, "写作 2024-01-05；不知道就删去")


def figure_quote_in_text(filing: Filing) -> Iterator[Problem]:
    """每个数据的原话必须在正文里。

    例：figures: [{indicator: training.sessions, value: 9, unit: 场, quote: 开展法治培训9场}]
    改法：照抄正文里的原话，一个字也不改。
    """
    texts = [section.number + section.heading for section in filing.report.sections]
    texts += [passage.text for passage in filing.report.passages]
    for index, figure in enumerate(filing.report.record.figures):
        if not any(figure.quote in text for text in texts):
            message = f"figures[{index + 1}].quote 在正文中找不到：「{figure.quote[:_SHOWN]}」"
            hint = _nearest(filing, figure.quote)
            yield filing.in_record(("figures", index, "quote"), "figure_quote_in_text", "error", message, hint)


def commitment_in_plan(filing: Filing) -> Iterator[Problem]:
    """安排的后续：原话必须在「下一年度主要安排」里，回应的年份要在这份报告之后。

    例：commitments: [{commitment: 新建法治广场, year: 2024, quote: 法治广场已经建成}]
    改法：照抄「下一年度主要安排」里的原话；year 写作出回应的那份报告的年份。
    """
    planned = [
        passage.text for section in filing.report.sections if section.role == "plan" for passage in section.passages
    ]
    for index, each in enumerate(filing.report.record.commitments):
        keys: tuple[str | int, ...] = ("commitments", index)
        if not any(each.commitment in text for text in planned):
            message = (
                f"commitments[{index + 1}].commitment 在「下一年度主要安排」里找不到：「{each.commitment[:_SHOWN]}」"
            )
            hint = _nearest(filing, each.commitment)
            yield filing.in_record((*keys, "commitment"), "commitment_in_plan", "error", message, hint)
        if each.year <= filing.year:
            message = f"commitments[{index + 1}].year 是 {each.year}，不在 {filing.year} 年之后"
            yield filing.in_record(
                (*keys, "year"), "commitment_in_plan", "error", message, "写作出回应的那份报告的年份"
            )


def sections_known(filing: Filing) -> Iterator[Problem]:
    """「roles」里的章节编号必须是正文里有的章节。

    例：roles: {s-9: plan}
    改法：照提示换成正文里有的章节编号。
    """
    known = {section.id for section in filing.report.sections}
    for section_id in filing.report.record.roles:
        if section_id not in known:
            hint = "可用的编号：" + "、".join(section.id for section in filing.report.sections)
            yield filing.in_record(("roles", section_id), "sections_known", "error", f"没有章节 {section_id}", hint)


def passages_known(filing: Filing) -> Iterator[Problem]:
    """「topics」里的段落编号必须是正文里有的段落。

    例：topics: {p-00000000: {add: [enforcement.staff]}}
    改法：段落文字改动后编号会变；在报告页面上点段落旁的链接可得编号。
    """
    known = {passage.id for passage in filing.report.passages}
    for passage_id in filing.report.record.topics:
        if passage_id not in known:
            hint = "段落文字改动后编号会变；在报告页面上点段落旁的链接可得编号"
            yield filing.in_record(("topics", passage_id), "passages_known", "error", f"没有段落 {passage_id}", hint)


def topics_known(filing: Filing, topics: frozenset[str]) -> Iterator[Problem]:
    """「topics」里增减的主题编号必须是主题目录里有的。

    例：topics: {p-00000000: {add: [enforcement.staf]}}
    改法：照主题目录里的编号改正。
    """
    for passage_id, edit in filing.report.record.topics.items():
        for key, ids in (("add", edit.add), ("remove", edit.remove)):
            for index, topic in enumerate(ids):
                if topics and topic not in topics:
                    message, hint = f"主题目录里没有「{topic}」", nearest_id(topic, topics)
                    yield filing.in_record(("topics", passage_id, key, index), "topics_known", "error", message, hint)


def nearest_id(wrong: str, known: Iterable[str]) -> str:
    """Say which id of a catalogue is nearest to a wrong one."""
    near = process.extractOne(wrong, sorted(known), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
    return f"最接近的是 {near[0]}" if near else "照目录里的编号填写"


def source_unchanged(filing: Filing) -> Iterator[Problem]:
    """来源文件必须与登记的校验值一致。

    例：2023.source.txt 在导入以后改动过
    改法：把来源文件恢复原样；换了原件就重新导入。
    """
    recorded = filing.report.record.source.sha256
    if filing.source is None:
        if not filing.problems:
            yield filing.in_record(
                ("source",), "source_unchanged", "note", "没有来源文件，正文无从核对", "有原件时用 gongkai import 导入"
            )
    elif recorded is None:
        yield filing.in_record(
            ("source",), "source_unchanged", "warning", "没有登记来源文件的校验值", "重新导入，或补上 source.sha256"
        )
    elif hashlib.sha256(filing.source).hexdigest() != recorded:
        message = f"来源文件 {filing.report.record.source.file} 与登记的校验值不符"
        yield filing.in_record(
            ("source", "sha256"), "source_unchanged", "error", message, "来源文件不可改动；换了原件就重新导入"
        )


def text_equals_source(filing: Filing) -> Iterator[Problem]:
    """除 repairs 所记之外，正文必须与来源逐字相同。

    例：来源写「执法力量薄弱」，正文写「执法力量簿弱」
    改法：改回来源的文字，或在 repairs 里记明更正（kind: replace）。
    """
    name = filing.report.record.source.file
    if filing.source is None or name is None or not filing.report.passages:
        return
    if file_kind(filing.source, name) == "office":
        hint = "有 .docx 时改用它导入，就能逐字核对"
        yield filing.in_record(
            ("source", "file"), "text_equals_source", "note", "来源是旧版 Word 或 WPS 文件，正文没有逐字核对", hint
        )
        return
    record = filing.report.record
    try:
        found = differences(source_document(filing.source, name).texts, record.title, filing.text, record.repairs)
    except UnexplainedError as error:
        hint = f"来源第 {error.source_line} 行；改回来源的文字，或在 repairs 里记明更正（kind: replace）"
        yield filing.in_text(error.text_line, "text_equals_source", "error", str(error), hint)
        return
    except (ImportRefusedError, ValueError) as error:
        index = next((i for i, each in enumerate(record.repairs) if str(error) == misplaced(each)), None)
        keys, told = (
            (("repairs", index), f"repairs[{index + 1}]：{error}") if index is not None else (("repairs",), str(error))
        )
        yield filing.in_record(keys, "text_equals_source", "error", told, "照抄来源里的文字和行号，或删去这一条")
        return
    yield from _unrecorded(filing, found)


def _unrecorded(filing: Filing, found: tuple[Repair, ...]) -> Iterator[Problem]:
    recorded = filing.report.record.repairs
    for repair in found:
        if repair not in recorded:
            hint = f"来源第 {repair.line or repair.lines[0]} 行；改回原样，或重新导入以更新 repairs"
            message = f"正文与来源的差别没有记录：{_told(repair)}"
            yield filing.in_record(("repairs",), "text_equals_source", "error", message, hint)
    for index, repair in enumerate(recorded):
        if repair not in found:
            message = f"repairs[{index + 1}] 所记的差别并不存在：{_told(repair)}"
            yield filing.in_record(("repairs", index), "text_equals_source", "error", message, "删去这一条，或重新导入")


def _told(repair: Repair) -> str:
    match repair.kind:
        case "join":
            return f"接上断行「{repair.text}」"
        case "split":
            return f"分行「{repair.text}」"
        case "spaces":
            return f"去掉空格 {repair.count} 处"
        case "drop":
            return f"去掉「{repair.text}」"
        case _:
            return f"「{repair.text}」换成「{repair.after}」"


def _nearest(filing: Filing, quote: str) -> str:
    near = nearest_sentence(filing.report, quote)
    return f"照抄正文里的原话；最接近的一句是「{near[: _SHOWN * 2]}」" if near else "照抄正文里的原话"


def _is_date(text: str) -> bool:
    for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d %H:%M"):
        try:
            dt.datetime.strptime(text, form)  # noqa: DTZ007 - only the calendar is asked
        except ValueError:
            continue
        return True
    return False
