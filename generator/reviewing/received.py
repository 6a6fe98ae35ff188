"""A comment that comes from a run which is not trusted, read before it is posted. Needs nothing but the standard library.

The code of a pull request made it, and may have made anything of it. Posted is only what ``review_markdown`` could have
written: its own marks, and no sign that a forge reads as a link, a mention, an image or a command.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

MARK = "<!-- gongkai-review -->"
LONGEST = 60_000
_TAGS = re.compile(r"</?(?:ins|del|details|summary)>")
_REFERENCE = re.compile(r"&#\d{1,3};")
_LINE_START = re.compile(r"(?m)^[^\S\n]*(?:/|\[|~~~|>|=|\t| {4})")
_REFUSED = (
    (re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]"), "含有看不见的控制字符"),
    (re.compile(r"[<>&]"), "含有不认识的标记"),
    (re.compile(r"@|\]\s*[(\[:]|!\[|`|\$|://|www\.|mailto:\w", re.IGNORECASE), "含有提及、链接、图片、代码或公式"),
    (re.compile(r"(?m)#\d|\bGH-\d", re.IGNORECASE), "含有对别的议题的引用"),
)


class CommentRefusedError(ValueError):
    """A comment or a number that must not be used; the message says why."""


def accepted_comment(content: bytes) -> str:
    """Return the comment in ``content``, as it is. Raise CommentRefusedError for what we would not have written."""
    if len(content) > 4 * LONGEST:
        raise CommentRefusedError("评论过长")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise CommentRefusedError("评论不是 UTF-8 编码") from None
    first, _, rest = text.partition("\n")
    if first != MARK or len(text) > LONGEST or MARK in rest:
        raise CommentRefusedError("评论的第一行不是标记，或评论过长")
    if found := _LINE_START.search(rest):
        line = rest[: found.start()].count("\n") + 2
        raise CommentRefusedError(f"评论有一行以命令、引用或代码的记号开头（第 {line} 行）")
    bare = _REFERENCE.sub("", _TAGS.sub("", rest))
    for pattern, reason in _REFUSED:
        if found := pattern.search(bare):
            line = bare[: found.start()].count("\n") + 2
            raise CommentRefusedError(f"评论{reason}（第 {line} 行）")
    return text


def accepted_number(content: bytes) -> int:
    """Return the number of a pull request in ``content``. Raise CommentRefusedError for anything else."""
    if not re.fullmatch(rb"[1-9][0-9]{0,8}\n?", content):
        raise CommentRefusedError("合并请求的编号不是数字")
    return int(content)


def main(arguments: list[str]) -> int:
    """Read ``comment.md`` and ``number`` in a folder and print the number; 1 and a reason where they are refused."""
    folder = Path(arguments[0])
    try:
        accepted_comment(_read(folder / "comment.md"))
        sys.stdout.write(f"{accepted_number(_read(folder / 'number'))}\n")
    except CommentRefusedError as error:
        sys.stderr.write(f"没有发布评论：{error}；看检查任务的产物\n")
        return 1
    return 0


def _read(path: Path) -> bytes:
    """Read a bounded file; a link out of the folder is refused."""
    try:
        if path.is_symlink():
            raise CommentRefusedError(f"{path.name} 是链接")
        with path.open("rb") as file:
            return file.read(4 * LONGEST + 1)
    except OSError:
        raise CommentRefusedError(f"没有 {path.name}") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
