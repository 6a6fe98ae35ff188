"""A review as one Markdown comment, in Chinese, small enough for every forge; text of others only through ``plain``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.comparing.comparison import Change, Edit
from generator.comparing.formats import CHANGE_NAMES
from generator.content.forms import Rewriting
from generator.content.wording import QUALIFIER_NAMES, ROLE_NAMES, SEVERITY_NAMES
from generator.model import Figure, Problem
from generator.reviewing.plain import plain, shortened
from generator.reviewing.review import EntryReview, Fate, FieldChange, FigureReview, PagesReview, ReportReview, Review

MARK = "<!-- gongkai-review -->"
"""The first line of the comment, by which the next run finds it."""
LONGEST = 60_000
"""In characters; forges take 65,536."""
_FATES: dict[Fate, str] = {"added": "新增", "changed": "改动", "removed": "删去"}
_CLAUSES, _FIGURES, _FIELDS, _PROBLEMS, _ENTRIES = 30, 30, 20, 30, 40
_CLAUSE_LENGTH, _FIELD_LENGTH, _NAME_LENGTH, _CONTEXT = 400, 200, 80, 24
_LONGEST_PART = 14_000
_ROOM_FOR_REST = 200


def review_markdown(review: Review) -> str:
    """Return the comment: what changes for readers, and what a reviewer must look at, cut where it grows too long."""
    head = f"{MARK}\n### 这次改动会带来什么\n\n"
    if review.is_empty:
        return f"{head}没有变化：报告、地方、目录、网页和检查结果都与原来相同。\n"
    parts = [
        *_problem_parts(review),
        *map(_report_part, review.reports),
        *_entry_parts("地方", review.places),
        *_catalogue_parts(review),
        *_entry_parts("手写页面和设置", review.prose),
        *_page_parts(review.pages),
    ]
    return _joined(head + _summary(review), parts)


def _joined(head: str, parts: Sequence[str]) -> str:
    """Join whole parts as long as there is room, and count the rest."""
    text = head
    for index, part in enumerate(parts):
        if len(text) + len(part) + 1 > LONGEST - _ROOM_FOR_REST:
            return f"{text}\n内容太多，这里放不下：另有 {len(parts) - index:,} 部分没有列出。\n"
        text += f"\n{part}"
    return text


def _summary(review: Review) -> str:
    rows: list[tuple[str, Sequence[ReportReview | EntryReview]]] = [
        ("报告", review.reports),
        ("地方", review.places),
        ("目录条目", [entry for _, entry in review.catalogues]),
        ("手写页面和设置", review.prose),
    ]
    lines = ["| | 新增 | 改动 | 删去 |", "| --- | ---: | ---: | ---: |"]
    for name, each in rows:
        fates = [one.fate for one in each]
        lines.append(f"| {name} | " + " | ".join(f"{fates.count(fate):,}" for fate in _FATES) + " |")
    if review.pages and not review.pages.reason:
        _, *each_fate = zip(*review.pages.counts, strict=True) if review.pages.counts else ((), (), (), ())
        lines.append("| 网站文件 | " + " | ".join(f"{sum(map(int, counts)):,}" for counts in each_fate) + " |")
    lines.append("")
    lines.append(f"检查：新出现 {len(review.new_problems):,} 个问题，解决 {len(review.gone_problems):,} 个。")
    return "\n".join(lines) + "\n"


def _problem_parts(review: Review) -> Iterator[str]:
    for name, problems in (("新出现的问题", review.new_problems), ("已解决的问题", review.gone_problems)):
        if problems:
            lines = [_problem(each) for each in _by_severity(problems)[:_PROBLEMS]]
            yield f"#### {name}（{len(problems):,}）\n\n" + "\n".join([*lines, *_more(problems, _PROBLEMS)]) + "\n"


def _by_severity(problems: Iterable[Problem]) -> list[Problem]:
    order = list(SEVERITY_NAMES)
    return sorted(problems, key=lambda each: (order.index(each.level), each))


def _problem(problem: Problem) -> str:
    where = f"{plain(shortened(problem.path, 160))} 第 {problem.line:,} 行"
    told = plain(shortened(problem.message, _FIELD_LENGTH))
    return f"- **{SEVERITY_NAMES[problem.level]}** {where}：{told}（{plain(shortened(problem.hint, _FIELD_LENGTH))}）"


def _report_part(report: ReportReview) -> str:
    title = f"{plain(shortened(report.name, _NAME_LENGTH))}（{_FATES[report.fate]}）"
    lines = [f"<details><summary>{title}：{_report_line(report)}</summary>", "", f"编号：{plain(report.id)}", ""]
    pieces = [
        *_text_lines(report),
        *_figure_lines(report.figures),
        *_field_lines(report.fields),
        *([f"文件：{plain(shortened('；'.join(report.files), _FIELD_LENGTH))}", ""] if report.files else []),
        *_form_lines(report),
    ]
    length = sum(map(len, lines))
    for index, piece in enumerate(pieces):
        length += len(piece) + 1
        if length > _LONGEST_PART:
            lines += ["", f"这份报告改动很多，另有 {len(pieces) - index:,} 行没有列出。", ""]
            break
        lines.append(piece)
    return "\n".join([*lines, "</details>", ""])


def _report_line(report: ReportReview) -> str:
    if report.fate != "changed" and not report.unread:
        return f"{report.characters[report.fate == 'added']:,} 字，数据 {len(report.figures):,} 项"
    told = []
    kinds = [change.kind for change in report.changes]
    told += [f"{_kind_name(kind)} {kinds.count(kind):,} 句" for kind in CHANGE_NAMES if kind in kinds]
    told += ["说明文件（yml）读不了，没有比较数据和说明"] if report.unread else []
    told += [f"数据 {len(report.figures):,} 项"] if report.figures else []
    told += [f"说明 {len(report.fields):,} 项"] if report.fields else []
    told += [f"文件 {len(report.files):,} 个"] if report.files else []
    told += [] if report.text_form.is_empty and report.record_form.is_empty else ["有格式被改写的段落"]
    return "，".join(told) or "文件的字节变了，文字、数据和说明都没有变"


def _kind_name(kind: str) -> str:
    return "写法不同" if kind == "kept" else CHANGE_NAMES[kind]  # type: ignore[index]


def _text_lines(report: ReportReview) -> Iterator[str]:
    if report.reason:
        yield from (f"正文不能比较：{plain(report.reason)}", "")
    if report.changes:
        yield from ("**正文**", "")
        yield from map(_clause_line, report.changes[:_CLAUSES])
        yield from _more(report.changes, _CLAUSES)
        yield ""


def _clause_line(change: Change) -> str:
    role = ROLE_NAMES[change.role]
    return f"- **{_kind_name(change.kind)}**（{role}）：{_marked(change.edits)}"


def _marked(edits: Sequence[Edit]) -> str:
    """Tell edits in words and marks; long stretches that both have are cut in the middle, and the whole at a bound."""
    told, left = [], _CLAUSE_LENGTH
    for place, edit in enumerate(edits):
        text = edit.text if edit.op != "equal" else _context(edit.text, place == 0, place == len(edits) - 1)
        text = shortened(text, max(left, 20))
        left -= len(text)
        shown = plain_within(text)
        told.append(
            shown
            if edit.op == "equal"
            else f"<ins>〔新增：{shown}〕</ins>"
            if edit.op == "insert"
            else f"<del>〔删去：{shown}〕</del>"
        )
        if left <= 0 and place < len(edits) - 1:
            told.append(f"（后面另有 {len(edits) - place - 1:,} 处）")
            break
    return "".join(told)


def plain_within(text: str) -> str:
    """Return a piece of a sentence: white space at its ends is told where it is all that there is."""
    return plain(text) if text.strip() else f"{len(text)} 个空格" if text else ""


def _context(text: str, is_first: bool, is_last: bool) -> str:  # noqa: FBT001 - where the piece stands
    """Cut what both have down to the words near an edit, never inside a number."""
    if is_first and is_last:
        return shortened(text, 3 * _CONTEXT)
    if len(text) <= 2 * _CONTEXT + 2:
        return text
    before = shortened(text, _CONTEXT)
    after = shortened(text[::-1], _CONTEXT)[::-1]
    return after if is_first else before if is_last else before + after.removeprefix("…")


def _figure_lines(figures: Sequence[FigureReview]) -> Iterator[str]:
    if figures:
        yield from ("**数据**", "", "| 指标 | 原来 | 现在 | 原话 |", "| --- | --- | --- | --- |")
        for each in figures[:_FIGURES]:
            known = each.new or each.old
            quote = plain(shortened(known.quote, 60)) if known else ""
            yield f"| {plain(shortened(each.name, _NAME_LENGTH))} | {_figure(each.old)} | {_figure(each.new)} | {quote} |"
        yield from ("", *_more(figures, _FIGURES), "")


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "没有"
    confirmed = "已确认" if figure.confirmed else "未确认"
    return (
        f"{QUALIFIER_NAMES[figure.qualifier]}{plain(f'{figure.value:,} {shortened(figure.unit, 20)}')}（{confirmed}）"
    )


def _field_lines(fields: Sequence[FieldChange]) -> Iterator[str]:
    if fields:
        yield from ("**说明**", "")
        yield from map(_field, fields[:_FIELDS])
        yield from (*_more(fields, _FIELDS), "")


def _field(field: FieldChange) -> str:
    shown = [None if each is None else plain(shortened(each, _FIELD_LENGTH)) for each in (field.old, field.new)]
    if shown[0] is None:
        return f"- {plain(field.name)}：<ins>〔新增：{shown[1]}〕</ins>"
    if shown[1] is None:
        return f"- {plain(field.name)}：<del>〔删去：{shown[0]}〕</del>"
    return f"- {plain(field.name)}：<del>〔删去：{shown[0]}〕</del> <ins>〔新增：{shown[1]}〕</ins>"


def _form_lines(report: ReportReview) -> Iterator[str]:
    told = [
        *(f"- {report.id.rpartition('/')[2]}.md：{each}" for each in told_rewriting(report.text_form)),
        *(f"- {report.id.rpartition('/')[2]}.yml：{each}" for each in told_rewriting(report.record_form)),
    ]
    if told:
        yield from ("**格式被改写的段落**（内容没有变，写法变了；请还原，以便看清真正的改动）", "", *told, "")


def told_rewriting(form: Rewriting) -> Iterator[str]:
    """Tell what was written in another way, for a comment."""
    if form.blocks:
        names = "、".join(plain(shortened(key, 40)) for key in form.blocks[:_FIELDS])
        yield f"这些项的值没有变而写法变了：{names}"
    if form.order:
        yield "各项的次序变了"
    if form.comments:
        yield f"少了 {form.comments:,} 行注释"
    if form.byte_order_mark:
        yield f"开头{form.byte_order_mark}了字节顺序标记（BOM）"
    if form.line_ends:
        yield f"换行符变了：{form.line_ends}"
    if form.spaces:
        yield f"{form.spaces:,} 行只有行末空格不同"
    if form.last_line:
        yield "末行少了换行符"


def _entry_parts(name: str, entries: Sequence[EntryReview]) -> Iterator[str]:
    if entries:
        lines = [line for entry in entries[:_ENTRIES] for line in _entry(entry)]
        cut = list(_within(lines, _LONGEST_PART))
        yield f"#### {name}（{len(entries):,}）\n\n" + "\n".join([*cut, *_more(entries, _ENTRIES)]) + "\n"


def _within(lines: Sequence[str], room: int) -> Iterator[str]:
    for index, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            yield f"- 另有 {len(lines) - index:,} 行没有列出"
            return
        yield line


def _entry(entry: EntryReview) -> Iterator[str]:
    name = plain(shortened(entry.name, _NAME_LENGTH))
    address = "" if entry.id == entry.name else f"（{plain(shortened(entry.id, 160))}）"
    yield f"- **{_FATES[entry.fate]}** {name}{address}"
    if entry.fate == "changed":
        yield from (f"  {_field(field)}" for field in entry.fields[:_FIELDS])


def _catalogue_parts(review: Review) -> Iterator[str]:
    for name in dict.fromkeys(name for name, _ in review.catalogues):
        yield from _entry_parts(f"目录：{name}", [entry for each, entry in review.catalogues if each == name])


def _page_parts(pages: PagesReview | None) -> Iterator[str]:
    if pages is None:
        return
    if pages.reason:
        yield f"#### 网站\n\n{plain(shortened(pages.reason, 2 * _FIELD_LENGTH))}\n"
    elif pages.total:
        lines = ["| 网页和文件 | 新增 | 改动 | 删去 |", "| --- | ---: | ---: | ---: |"]
        lines += [
            f"| {name} | {added:,} | {changed:,} | {removed:,} |" for name, added, changed, removed in pages.counts
        ]
        first = [f"- {_FATES[fate]} {plain(shortened(path, 200))}" for fate, path in pages.first]
        rest = [f"- 另有 {pages.total - len(first):,} 个没有列出"] if pages.total > len(first) else []
        if pages.left_out:
            lines += ["", f"改动后有 {pages.left_out:,} 个错误：有错的报告没有生成网页，这里算作删去。"]
        body = "\n".join([*lines, "", "<details><summary>地址</summary>", "", *first, *rest, "", "</details>"])
        yield f"#### 网站（{pages.total:,} 个文件）\n\n{body}\n"


def _more(items: Sequence[object], shown: int) -> Iterator[str]:
    if len(items) > shown:
        yield f"- 另有 {len(items) - shown:,} 处没有列出"
