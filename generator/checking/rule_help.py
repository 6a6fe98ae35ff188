"""What the editors' guide and the tools of editors are told of a rule: what it asks, an example, what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTS = re.compile(r"(?P<asks>[^\n]+)\n\s*\n\s*例：(?P<example>[^\n]+)\n\s*改法：(?P<mending>[^\n]+)\s*")


@dataclass(frozen=True, slots=True)
class RuleHelp:
    """One rule: what it asks in a sentence, a made-up line or case that it finds, and what to do then."""

    asks: str
    example: str = ""
    mending: str = ""

    @property
    def text(self) -> str:
        """The example and what to do, as they are printed."""
        told = (("例：", self.example), ("改法：", self.mending))
        return "\n".join(label + words for label, words in told if words)


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules on the same matter, as the editors' guide lists them: names and help."""

    id: str
    title: str
    rules: tuple[tuple[str, RuleHelp], ...]


GROUP_TITLES = {
    "files": "文件",
    "text": "正文的写法",
    "wording": "用字、序号和年份",
    "record": "说明文件",
    "figures": "数据",
    "privacy": "个人信息",
    "filing": "放错地方、重复的报告",
    "places": "地方",
    "catalogues": "三个目录",
    "pages": "手写的页面",
}
_GROUPS = {
    "text_rules": "text",
    "typography": "wording",
    "item_numbers": "wording",
    "known_slips": "wording",
    "fazhi": "wording",
    "text_year": "wording",
    "record_rules": "record",
    "figure_rules": "figures",
    "privacy_rules": "privacy",
    "filed_places": "filing",
    "filed_copies": "filing",
    "place_rules": "places",
    "catalogue_rules": "catalogues",
    "prose_rules": "pages",
}


def group_of(module: str) -> str:
    """Return the group of the rules that a module holds. Raise KeyError for a module that is in none."""
    return _GROUPS[module.rpartition(".")[2]]


def read_help(docstring: str) -> RuleHelp:
    """Read the docstring of a rule: its first line, 「例：…」, 「改法：…」; the first line alone where it has no more."""
    match = _PARTS.fullmatch(docstring.strip())
    if match is None:
        return RuleHelp(docstring.strip().partition("\n")[0])
    return RuleHelp(match["asks"], match["example"].strip(), match["mending"].strip())


READING_RULES = {
    "missing_file": """每份报告要有 年份.md 和 年份.yml 两个文件。

    例：文件夹里有 2023.yml，没有 2023.md
    改法：用 gongkai import 导入，或补上缺少的文件。
    """,
    "encoding": """文件用 UTF-8 编码。

    例：2023.md 存成了 GBK 编码
    改法：用编辑器另存为 UTF-8。
    """,
    "yaml_syntax": """yml 文件要合 YAML 语法。

    例：issuer: [清河镇人民政府
    改法：照提示的行号补上括号、引号或缩进；同一个键只写一次。
    """,
    "schema": """yml 文件只用规定的键，值的类型要对。

    例：tilte: 清河镇2023年法治政府建设年度报告
    改法：照提示改正键名或值；不知道的内容整行删去。
    """,
    "source_file": """登记的来源文件要在同一文件夹。

    例：source: {file: 2023.source.txt}
    改法：把来源文件放进同一文件夹，或改正文件名。
    """,
    "too_large": """文件不能过大。

    例：2023.md 有 5 兆字节
    改法：检查是否放错了文件；图片另存为文件。
    """,
    "folder_name": """文件夹名用小写拼音和连字符。

    例：content/places/清河镇
    改法：改成如 qinghe-zhen 的名字。
    """,
    "unknown_file": """文件夹里只放报告的文件。

    例：content/places/qinghe-zhen/说明.docx
    改法：改成规定的文件名，或移走。
    """,
    "spec": """内容格式的版本不能比程序新。

    例：spec: 99
    改法：升级 gongkai 后再用。
    """,
}
"""What is found while files are read, before any rule can judge them; written like the docstrings of rules."""
