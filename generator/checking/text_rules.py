"""Rules on ``YEAR.md``: the profile of Markdown, headings, contents, images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.content.load import Filing
from generator.content.markdown import raw_html
from generator.content.numbering import STYLE_LEVELS, Label, read_label
from generator.content.tree import IMAGE_SUFFIXES
from generator.content.wording import ROLE_NAMES, ROLE_STATUTES
from generator.model import Problem, Section

_WRONG_HEADING = re.compile(r"#{1,6}(?!#)")
_HEADING_LEVELS = range(2, 5)


def html_refused(filing: Filing) -> Iterator[Problem]:
    """正文里不能有 HTML。

    例：执法<b>力量</b>薄弱。
    改法：删去标签；确是印在报告上的文字时，在「<」前加反斜杠。
    """
    if "<" not in filing.text:
        return
    for number, line in enumerate(filing.text.split("\n"), 1):
        if match := raw_html(line):
            message = f"正文里有 HTML「{match.group()}…」"
            hint = "删去标签；确是印在报告上的文字时，在「<」前加反斜杠"
            yield Problem(filing.text_path, number, match.start() + 1, "html_refused", "error", message, hint)


def heading_form(filing: Filing) -> Iterator[Problem]:
    """标题用两到四个 # 加空格。

    例：##一、主要举措和成效
    改法：一级标题写「## 」，二级「### 」，三级「#### 」，后面空一格；题名写在 yml 的 title。
    """
    for number, line in enumerate(filing.text.split("\n"), 1):
        match = _WRONG_HEADING.match(line) if line.startswith("#") else None
        if match and (match.end() not in _HEADING_LEVELS or not line[match.end() : match.end() + 1].isspace()):
            hint = (
                "一级标题写「## 」，二级「### 」，三级「#### 」；题名写在 yml 的 title；正文本来以 # 开头时前加反斜杠"
            )
            yield filing.in_text(number, "heading_form", "error", f"标题的写法不对：「{line[:20]}」", hint)


def heading_numbers(filing: Filing) -> Iterator[Problem]:
    """同级标题的序号应当连续、写法一致；照原文保留，不改写。

    例：## 六、其他需要报告的情况
    改法：与原件核对，是漏了标题就补上，原件如此就不改。
    """
    previous: dict[int, tuple[Section, Label]] = {}
    for section in filing.report.sections:
        found = read_label(section.number)
        if found is None:
            continue
        label = found[0]
        if message := _number_fault(section, label, previous):
            yield filing.in_text(section.line, "heading_numbers", "warning", message, "与原件核对；原件如此就不改")
        previous = {level: each for level, each in previous.items() if level <= section.level}
        previous[section.level] = (section, label)


def _number_fault(section: Section, label: Label, previous: dict[int, tuple[Section, Label]]) -> str | None:
    if section.level == 1 and STYLE_LEVELS[label.style] != 1:
        return f"一级标题的序号写作「{label.printed}」"
    before = previous.get(section.level)
    first = before is None
    expected = 1 if before is None else before[1].ordinal + 1
    if before and before[1].style != label.style and section.level > 1:
        return f"标题序号「{label.printed}」与前面的「{before[1].printed}」写法不同"
    if label.ordinal != expected and not (first and section.level > 1):
        told = "第一个标题" if before is None else f"「{before[1].printed}」之后"
        return f"标题序号不连续：{told}是「{label.printed}」"
    return None


def empty_section(filing: Filing) -> Iterator[Problem]:
    """标题下面应当有内容。

    例：## 五、其他需要报告的情况
    改法：与原件核对是否漏了正文，原件如此就不改。
    """
    sections = filing.report.sections
    for index, section in enumerate(sections):
        below = index + 1 < len(sections) and sections[index + 1].level > section.level
        if section.level and not section.passages and not below:
            message = f"标题「{section.number}{section.heading}」下面没有内容"
            yield filing.in_text(section.line, "empty_section", "warning", message, "与原件核对是否漏了正文")


def empty_text(filing: Filing) -> Iterator[Problem]:
    """正文不能是空的。

    例：2023.md 里一个字也没有
    改法：用 gongkai import 导入，或补上正文。
    """
    if not filing.report.passages and f"{filing.year}.md" in filing.files.files and not filing.problems:
        yield filing.in_text(1, "empty_text", "error", "正文是空的", "用 gongkai import 导入正文，或删去这份报告的文件")


def missing_roles(filing: Filing) -> Iterator[Problem]:
    """年度报告应有四项法定内容；没有的在页面上标「未见」。

    例：全文没有讲主要负责人履职情况的标题
    改法：原件确实没有就不必改；标题换了说法时，在 yml 的 roles 里指定。
    """
    if not filing.report.passages:
        return
    for role in filing.report.missing_roles:
        message = f"未见「{ROLE_NAMES[role]}」（法定内容：{ROLE_STATUTES[role]}）"
        hint = "原件确实没有就不必改；换了说法时在 yml 的 roles 里指定，如 s-2: " + role
        yield filing.in_text(1, "missing_roles", "note", message, hint)


def duplicate_passage(filing: Filing) -> Iterator[Problem]:
    """同一份报告里不应有两段相同的文字。

    例：第 3 行和第 7 行都是「开展法治培训3场。」
    改法：与原件核对，重复粘贴的删去一处，原件如此就不改。
    """
    first: dict[str, int] = {}
    for passage in filing.report.passages:
        if passage.kind == "image":
            continue
        anchor = "-".join(passage.id.split("-")[:2])
        if anchor in first:
            message = f"这一段与第 {first[anchor]} 行文字相同"
            yield filing.in_text(passage.line, "duplicate_passage", "note", message, "与原件核对是否重复粘贴")
        first.setdefault(anchor, passage.line)


def images_present(filing: Filing) -> Iterator[Problem]:
    """图片放在同一文件夹，文件名以年份开头，并写明图中内容。

    例：![普法集市](2023-9.png)
    改法：把图片放进同一文件夹，命名如 2023-1.png，并在方括号里写明图中内容。
    """
    for passage in filing.report.passages:
        if passage.image is None:
            continue
        name = PurePosixPath(passage.image)
        if (
            name.name != passage.image
            or name.suffix.lower() not in IMAGE_SUFFIXES
            or passage.image not in filing.files.images
        ):
            hint = f"放在同一文件夹，命名如 {filing.year}-1.png，格式为 png、jpg、webp 或 gif"
            yield filing.in_text(passage.line, "images_present", "error", f"找不到图片 {passage.image}", hint)
        if not passage.text:
            hint = "在方括号里写明图中内容：![内容](文件名)"
            yield filing.in_text(passage.line, "images_present", "warning", f"图片 {passage.image} 没有文字说明", hint)
