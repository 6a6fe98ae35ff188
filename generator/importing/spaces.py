"""The spaces that converters put between Chinese characters and numbers, told from those that were printed."""

from __future__ import annotations

import re

_SPACE = "[ \u00a0\u2002-\u200a\u3000]"
_HAN = "[\u3400-\u9fff\u3007]"
_DIGIT = "[0-9０-９]"
_BETWEEN = re.compile(
    f"(?<={_HAN}){_SPACE}+(?={_DIGIT})|(?<={_DIGIT}){_SPACE}+(?={_HAN})|(?<=[%％‰]){_SPACE}+(?={_HAN})"
)
_QUOTED_TITLE = re.compile("《[^《》]*》")
_DOCUMENT_NAME = re.compile(
    "(法|条例|规定|办法|细则|规则|规章|章程|制度|通知|意见|决定|决议|公告|通告|方案|计划|规划|纲要|要点|清单|报告|总结|标准|准则|守则|预案|目录|台账)"
    "(（[^（）]*）)?》$"
)


def fold_spaces(line: str) -> str:
    """Leave out the spaces between a Chinese character and a digit.

    Kept are all other spaces (round a Latin word, between Chinese characters) and those inside the title of an article,
    which its author set: 《法润童心 | 2023 我们在一起》. The name of a document (《…镇 2023 年…工作计划》) is no such title.
    """
    pieces: list[str] = []
    end = 0
    for title in _QUOTED_TITLE.finditer(line):
        if not _DOCUMENT_NAME.search(title.group()):
            pieces += [_BETWEEN.sub("", line[end : title.start()]), title.group()]
            end = title.end()
    pieces.append(_BETWEEN.sub("", line[end:]))
    return "".join(pieces)
