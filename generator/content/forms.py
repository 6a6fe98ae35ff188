"""How a file is written, apart from what it says: blocks of YAML and lines of text that an edit wrote in another way.

An edit that leaves a value as it was shall leave its bytes as they were, or whoever reviews it cannot see what is new.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from generator.content.yaml_reading import YamlDocument, YamlError, read_yaml

_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENDS = {b"\r\n": "CRLF", b"\n": "LF", b"\r": "CR"}


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What an edit wrote in another way without saying anything else. ``blocks`` are top-level keys of a YAML file."""

    blocks: tuple[str, ...] = ()
    order: bool = False
    comments: int = 0
    byte_order_mark: str = ""
    line_ends: str = ""
    spaces: int = 0
    last_line: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was."""
        return self == Rewriting()


AS_IT_WAS = Rewriting()


def rewriting_of_record(old: bytes, new: bytes) -> Rewriting:
    """Compare two versions of a YAML file: every top-level key whose value is the same must have the same bytes.

    A file that cannot be read is compared as lines only: the checks tell what is wrong with it.
    """
    lines = rewriting_of_text(old, new)
    try:
        before, after = _Blocks.of(old), _Blocks.of(new)
    except YamlError:
        return lines
    shared = [key for key in before.values if key in after.values]
    blocks = tuple(
        key
        for key in shared
        if _same(before.values[key], after.values[key]) and before.contents.get(key) != after.contents.get(key)
    )
    order = shared != [key for key in after.values if key in before.values]
    comments = sum((before.comments - after.comments).values())
    return Rewriting(blocks, order, comments, lines.byte_order_mark, lines.line_ends, lines.spaces, lines.last_line)


def rewriting_of_text(old: bytes, new: bytes) -> Rewriting:
    """Compare two versions of a text: byte order mark, ends of lines, spaces at their ends. Linear."""
    marks = old.startswith(codecs.BOM_UTF8), new.startswith(codecs.BOM_UTF8)
    ends = tuple(_line_ends(content) for content in (old, new))
    lines = tuple([line.rstrip(b"\r\n") for line in _LINES.findall(content)] for content in (old, new))
    there = set(lines[0])
    known = {line.rstrip() for line in there}
    fresh = Counter(lines[1]) - Counter(lines[0])
    spaces = sum(count for line, count in fresh.items() if line.rstrip() in known and line not in there and line)
    return Rewriting(
        byte_order_mark={(True, False): "删去", (False, True): "加上"}.get(marks, ""),
        line_ends=f"{ends[0]} → {ends[1]}" if ends[0] and ends[1] and ends[0] != ends[1] else "",
        spaces=spaces,
        last_line=bool(old and new) and old.endswith((b"\n", b"\r")) and not new.endswith((b"\n", b"\r")),
    )


def _line_ends(content: bytes) -> str:
    """Return the kinds of line ends of a text, joined; the empty string for a text without."""
    kinds = {_ENDS[end] for end in re.findall(rb"\r\n|\r|\n", content)}
    return "、".join(sorted(kinds))


def _same(one: object, other: object) -> bool:
    """Tell equal values apart from those that only Python takes for equal: true and 1."""
    return one == other and repr(one) == repr(other)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The values and the bytes of the top-level keys of a YAML file, and the comments that stand between them."""

    values: dict[str, object]
    contents: dict[str, bytes]
    comments: Counter[bytes]

    @classmethod
    def of(cls, content: bytes) -> _Blocks:
        document: YamlDocument = read_yaml(content)
        values = document.value if isinstance(document.value, dict) else {}
        lines = _LINES.findall(content.removeprefix(codecs.BOM_UTF8))
        starts = {key: document.line_of((key,)) - 1 for key in values}
        comments = Counter(line.strip() for line in lines if line.startswith(b"#"))
        if not starts:
            return cls(values, {}, comments)
        if len(set(starts.values())) < len(starts):  # a flow mapping: its keys share lines, and so their bytes
            return cls(values, dict.fromkeys(values, b"".join(lines)), comments)
        ends = dict(zip(starts, [*list(starts.values())[1:], len(lines)], strict=True))
        contents = {key: _trimmed(lines[start : ends[key]]) for key, start in starts.items()}
        return cls(values, contents, comments)


def _trimmed(lines: list[bytes]) -> bytes:
    """Join the lines of a block without what stands before the next key: blank lines and comments at the margin.

    Ends of lines are told apart, once for the whole file.
    """
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].startswith(b"#")):
        end -= 1
    return b"\n".join(line.rstrip(b"\r\n") for line in lines[:end])
