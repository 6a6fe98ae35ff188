"""Documents of any structure: what Word prints is read, all of it and in its order, and everything else is told."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importing.imported import import_document
from generator.importing.reading import read_document
from tests.documents.docx_making import make_docx

LIST = "list a: decimal 第%1、 ; decimal （%1.%2）\n"
WORDS = st.text(alphabet="法治政府建设年度报告12AB，。 ", min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)


@dataclass(frozen=True)
class Part:
    """A piece of source, what it prints in its place, and what it prints after the paragraph (boxes, then notes)."""

    source: str
    printed: str = ""
    boxes: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Block:
    """Lines of source and what they print; a ``level`` tells that a number of the list comes before it."""

    source: str
    printed: str
    level: int | None = None


LEFT_OUT = ("del", "from", "hide", "prompt")
SIGNS = {"|": "", "br": "", "page": "", "tab": "", "picture": "", "hyphen": "-"}


def part(text: str, mark: str) -> Part:
    if mark in SIGNS:
        return Part(f"{{{mark}}}", SIGNS[mark])
    source = {"text": text, "field": f"{{field PAGEREF a={text}}}", "ruby": f"{{ruby {text}=yin}}"}
    apart = {"box": (text, ""), "note": ("", text), "endnote": ("", text)}
    printed = "" if mark in LEFT_OUT or mark in apart else text
    return Part(source.get(mark, f"{{{mark} {text}}}"), printed, *apart.get(mark, ("", "")))


MARKS = ["text", "ins", "to", "link", "control", "math", "field", "ruby", "note", "endnote", "box", *LEFT_OUT, *SIGNS]
PARTS = st.lists(st.builds(part, WORDS, st.sampled_from(MARKS)), max_size=5)


def line(keyword: str, first: str, parts: list[Part], level: int | None) -> Block:
    source = keyword + first + "".join(each.source for each in parts)
    printed = first + "".join(each.printed for each in parts)
    apart = "".join(each.boxes for each in parts) + "".join(each.notes for each in parts)
    return Block(source, printed + apart, level)


def table(rows: list[list[str]]) -> Block:
    source = "blank: \n" + "\n".join("row: " + " | ".join(row) for row in rows)
    return Block(source, "".join(cell for row in rows for cell in row))


BLOCKS = st.one_of(
    st.builds(line, st.sampled_from(["", "heading 2: ", "outline 3: "]), WORDS, PARTS, st.none()),
    st.builds(lambda *given: line(f"auto {given[2]}: ", *given), WORDS, PARTS, st.integers(0, 1)),
    st.builds(table, st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4)),
    st.builds(lambda text, following: Block(f"joined: {text}\n{following}", text + following), WORDS, WORDS),
    st.builds(lambda text: Block(f"gone: {text}", ""), WORDS),
    st.builds(lambda text: Block(f"gone row: {text} | {text}\nblank: ", ""), WORDS),
    st.builds(lambda text: Block(f"contents: {text} | {text}", ""), WORDS),
    st.builds(lambda text, other: Block(f"box: {text} // {other}", text + other), WORDS, WORDS),
)


def printed_by(blocks: list[Block]) -> str:
    """Return what the blocks print with their numbers, white space aside, counted here in the plainest way."""
    first = second = 0
    printed = ""
    for block in blocks:
        if block.level == 0:
            first, second = first + 1, 0
            printed += f"第{first}、"
        elif block.level == 1:
            first, second = max(first, 1), second + 1
            printed += f"（{first}.{second}）"
        printed += block.printed
    return "".join(printed.split())


@settings(max_examples=80, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8), WORDS)
def test_reads_all_that_is_printed_and_tells_all_that_is_not(blocks: list[Block], header: str) -> None:
    source = LIST + f"header: {header}\n" + "\n".join(block.source for block in blocks) + "\n结尾"
    document = read_document(make_docx(source), "report.docx")
    assert document.unexplained == 0
    assert "".join("".join(document.texts).split()) == printed_by(blocks) + "结尾"
    assert any(note.what == "页眉" for note in document.notes)
    assert not any("\n" in text for text in document.texts)
    assert import_document(document).document is document


@settings(max_examples=15, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=6))
def test_reading_is_deterministic(blocks: list[Block]) -> None:
    content = make_docx(LIST + "\n".join(block.source for block in blocks) + "\n结尾")
    assert read_document(content, "a.docx") == read_document(content, "b.docx")
