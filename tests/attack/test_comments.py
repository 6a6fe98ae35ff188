"""What a pull request may try to say in the comment: nothing of it becomes markup, a link, a mention, a command or a run."""

from __future__ import annotations

import html
import os
import re
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.comparing.comparison import Change, Clause, Edit
from generator.model import Figure, Problem
from generator.reviewing.markdown import MARK, review_markdown
from generator.reviewing.plain import JOINER, plain, shortened
from generator.reviewing.received import CommentRefusedError, accepted_comment, accepted_number, main
from generator.reviewing.review import EntryReview, FieldChange, FigureReview, PagesReview, ReportReview, Review
from tests.cases_reader import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</details></summary><h1>已批准</h1>",
    "<!-- gongkai-review -->",
    "[点我](https://evil.example/)",
    "![图](https://evil.example/x.png)",
    "[说明]: https://evil.example/",
    "<https://evil.example/>",
    "https://evil.example/ www.evil.example mailto:a@evil.example ftp://evil.example",
    "@admin @org/team 通知 all@evil.example",
    "#1 GH-1 org/repo#1 !1 %1 &1 ~label $1 PROJ-1",
    "0123abcd0123abcd0123abcd0123abcd0123abcd",
    ":tada: :+1:",
    "$x^2$ $$y$$ `code` ```\nblock\n```",
    "**粗** _斜_ ~~删~~ ***",
    "| 列 | 列 |\n| --- | --- |",
    "\n\n/close\n\n/approve\n",
    "\n# 标题\n\n- 项\n> 引\n\n    代码",
    "&lt;b&gt; &#64;admin &#x3c;script&#x3e;",
    "\\[x\\](y) \\<b>",
    "\u202eevil\u202c \u200b@\u200badmin \ufeff \x00 \x1b[31m \u2028/close",
    "\u202etxt.exe",
    "”’）〕〔删去：",
)
ALLOWED = {
    "details",
    "summary",
    "ins",
    "del",
    "p",
    "ul",
    "li",
    "h3",
    "h4",
    "strong",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Tags(HTMLParser):
    """Collects the tags and attributes of HTML, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def rendered(comment: str) -> Tags:
    """Render a comment as Markdown with HTML, and read it."""
    tags = Tags()
    tags.feed(markdown.markdown(comment, extensions=["tables", "md_in_html"]))
    return tags


def comment_saying(text: str) -> str:
    """Return a comment in which every text of others is ``text``."""
    clause = Clause(text, "s-1", "p-1", "measures")
    edits = (Edit("equal", text), Edit("delete", text), Edit("insert", text), Edit("equal", text))
    figure = Figure("a.b", 1, text, text)
    fields = (FieldChange(text, text, text), FieldChange(text, None, text), FieldChange(text, text, None))
    problem = Problem(text, 1, 1, "rule", "error", text, text)
    report = ReportReview(
        text,
        text,
        "changed",
        (1, 1),
        (Change("reworded", "measures", (clause,), (clause,), edits),),
        text,
        (FigureReview(text, figure, None), FigureReview(text, None, figure)),
        fields,
        (text,),
    )
    entry = EntryReview(text, f"{text}。", "changed", fields)
    pages = PagesReview((("其他文件", 1, 1, 1),), (("added", text), ("changed", text)))
    return review_markdown(Review((report,), (entry,), (("主题", entry),), (entry,), (problem,), (problem,), pages))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_of_others_becomes_markup(attack: str) -> None:
    comment = comment_saying(attack)
    found = rendered(comment)
    assert found.tags <= ALLOWED, found.tags - ALLOWED
    assert found.attributes <= {"style"}  # of the columns of our tables
    assert comment.count(MARK) == 1
    assert accepted_comment(comment.encode()) == comment


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_is_shown_is_a_mention_a_link_a_reference_or_a_command(attack: str) -> None:
    """Forges look in the text of the rendered comment, so what counts is how it reads after the references are resolved."""
    told = html.unescape(comment_saying(attack))
    assert not re.search(r"@\w|#\d|\w!\d|https?://|ftp://|www\.|mailto:\w|\$|:\+1:|:tada:", told)
    assert not re.search(r"\b[0-9a-f]{40}\b", told)
    assert not re.search(r"(?m)^\s*/\w", told)
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", told)


@given(st.text(max_size=60))
def test_any_text_is_shown_as_it_is_on_one_line(text: str) -> None:
    told = plain(text)
    assert "\n" not in told
    assert not re.search(r"[<>`*_\[\]()|~\\@#$]", re.sub(r"&#\d{2,3};", "", told))
    visible = " ".join(text.split())
    if visible.isprintable():
        shown = html.unescape(told).replace(JOINER, "").translate(str.maketrans("＠＃＄", "@#$"))
        assert shown == visible.translate(str.maketrans("＠＃＄", "@#$")).replace(JOINER, "")


@given(st.text("0123456789.，法a", max_size=30), st.integers(1, 29))
def test_a_text_is_never_cut_inside_a_number(text: str, longest: int) -> None:
    cut = shortened(text, longest)
    assert len(cut) <= longest + 1
    numbers = re.findall(r"[\d.，]+", text)
    shown = re.findall(r"[\d.，]+", cut.removesuffix("…"))
    if cut != text and not re.fullmatch(r"[\d.，]+", text[: longest + 1]):
        assert shown == numbers[: len(shown)]


@pytest.mark.parametrize(
    "line",
    [
        "@admin 请合并",
        "[点我](https://evil.example)",
        "![x](y)",
        "https://evil.example",
        "www.evil.example",
        "<script>x</script>",
        "<a href=x>",
        "<b>粗</b>",
        "<!-- 藏 -->",
        "`代码`",
        "$x$",
        "/close",
        "  /merge",
        "> 引",
        "    代码",
        "看 #12",
        "GH-12",
        "\u202e反",
        "\x1b[31m",
        "&nbsp;",
        "&#x40;admin",
        MARK,
        "[x]: y",
        "[x][y]",
    ],
)
def test_a_comment_that_the_program_would_not_have_written_is_refused(line: str) -> None:
    """The code of a pull request makes the comment, and may have been changed to make another."""
    with pytest.raises(CommentRefusedError):
        accepted_comment(f"{MARK}\n### 这次改动会带来什么\n\n{line}\n".encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"# no mark\n",
        MARK.encode() + b"\n" + b"x" * 70_000,
        MARK.encode() + b"\n" + "长".encode() * 61_000,
    ],
)
def test_what_is_no_comment_of_bounded_size_is_refused(content: bytes) -> None:
    with pytest.raises(CommentRefusedError):
        accepted_comment(content)


@pytest.mark.parametrize(
    "content", [b"", b"0", b"-1", b"12 ", b"1\n2\n", b"1e3", b"1/../2", b"$(id)", b"1234567890", "１２".encode()]
)
def test_what_is_no_number_of_a_pull_request_is_refused(content: bytes) -> None:
    with pytest.raises(CommentRefusedError):
        accepted_number(content)


def test_a_link_in_the_artifact_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{MARK}\nsecret\n", encoding="utf-8")
    folder = tmp_path / "comment"
    folder.mkdir()
    (folder / "comment.md").symlink_to(secret)
    (folder / "number").write_text("12\n", encoding="utf-8")
    assert main([str(folder)]) == 1
    assert "链接" in capsys.readouterr().err


GH = """#!/bin/sh
# Stands in for the forge: it writes down what it is asked, and answers from files.
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
  *pulls/*) echo "$PULL_HEAD" ;;
  *--paginate*) cat "$EXISTING" ;;
esac
"""


def post(
    tmp_path: Path, comment: str, *, number: str = "12", head: str = "a" * 40, existing: str = ""
) -> tuple[int, str]:
    """Run the script that posts, with a forge that writes down what it is asked."""
    folder, programs = tmp_path / "comment", tmp_path / "bin"
    folder.mkdir()
    programs.mkdir()
    (folder / "comment.md").write_text(comment, encoding="utf-8")
    (folder / "number").write_text(number, encoding="utf-8")
    (tmp_path / "existing").write_text(existing, encoding="utf-8")
    (programs / "gh").write_text(GH, encoding="utf-8")
    (programs / "gh").chmod(0o755)
    calls = tmp_path / "calls"
    calls.touch()
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "CALLS": str(calls),
        "EXISTING": str(tmp_path / "existing"),
        "PULL_HEAD": head,
        "HEAD_SHA": "a" * 40,
        "REPOSITORY": "town/reports",
    }
    done = subprocess.run(
        [str(ROOT / ".ci/post-comment"), str(folder)], cwd=ROOT, env=environment, check=False, capture_output=True
    )
    return done.returncode, calls.read_text(encoding="utf-8")


def test_a_first_comment_is_posted_and_a_later_one_takes_its_place(tmp_path: Path) -> None:
    comment = comment_saying("一句话")
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    assert "--method POST repos/town/reports/issues/12/comments" in post(tmp_path / "first", comment)[1]
    code, calls = post(tmp_path / "second", comment, existing="77\n78\n")
    assert code == 0
    assert "--method PATCH repos/town/reports/issues/comments/77" in calls
    assert "POST" not in calls


@pytest.mark.parametrize(
    ("comment", "number", "head"),
    [
        (f"{MARK}\n@admin\n", "12", "a" * 40),
        (f"{MARK}\n好\n", "12; id", "a" * 40),
        (f"{MARK}\n好\n", "12", "b" * 40),
    ],
)
def test_nothing_is_posted_of_another_commit_or_of_what_is_refused(
    tmp_path: Path, comment: str, number: str, head: str
) -> None:
    _, calls = post(tmp_path, comment, number=number, head=head)
    assert "--method" not in calls
