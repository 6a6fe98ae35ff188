from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking.private_words.finding import half_width
from generator.checking.private_words.numbers import check_digit, passes_luhn
from generator.checking.private_words.scanning import find_private
from generator.checking.project import check_project
from generator.model import DeniedWords, DenyList
from tests.cases_reader import CASES, ROOT
from tests.made_up_site import ALL_ROLES, township
from tests.site_in_string import make_project, write_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.model import Problem

FOLDER = "content/places/qinghe-zhen"
FOUND = [line.split("\t", 1) for line in (CASES / "privacy/found.txt").read_text(encoding="utf-8").splitlines()]
SILENT = (CASES / "privacy/silent.txt").read_text(encoding="utf-8").splitlines()
REPORTS = sorted((ROOT / "content/places").rglob("*.md"))
PHONE = "13800138000"


def told(text: str) -> list[str]:
    return [f"{each.level} {each.kind}" for each in find_private(text)]


def privacy_of(plot: Path, text: str, record: str = "{}\n", more: str = "") -> list[Problem]:
    """Return what the rule finds in a report with ``text`` below its first heading."""
    project = make_project(plot, township("qinghe-zhen", "清河镇", y2023=ALL_ROLES) + more)
    write_file(project.root, f"{FOLDER}/2023.md", f"{ALL_ROLES}\n{text}\n")
    write_file(project.root, f"{FOLDER}/2023.yml", record)
    return [problem for problem in check_project(project) if problem.rule in {"privacy", "exception_unused"}]


@pytest.mark.parametrize(("expected", "text"), FOUND)
def test_what_must_be_found_is_found_at_its_level(expected: str, text: str) -> None:
    assert told(text) == expected.split("+")


@pytest.mark.parametrize("text", SILENT)
def test_what_looks_alike_is_passed_over(text: str) -> None:
    assert [text[each.start : each.end] for each in find_private(text)] == []


def test_what_looks_alike_is_passed_over_in_one_text_as_well() -> None:
    text = "。\n".join(SILENT)
    assert [text[each.start : each.end] for each in find_private(text)] == []


@pytest.mark.parametrize(("expected", "text"), FOUND)
def test_nothing_is_told_in_full(expected: str, text: str) -> None:
    for each in find_private(text):
        words = re.sub("[ -]", "", half_width(text[each.start : each.end]))
        assert each.masked or each.kind == "律所" or words not in f"{each.shown}{each.hint}{each.note}", expected


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.parent.name)
def test_the_reports_of_the_site_have_masked_names_and_firms_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [(each.level, text[each.start : each.end]) for each in find_private(text)]
    expected = {
        "yangliuqing-zhen": [("warning", "刘某某"), ("warning", "任某某"), ("warning", "霍某某")],
        "biandangou-zhen": [("note", "世伦律师事务所")],
    }
    assert found == expected.get(path.parent.name, [])


WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"}
AROUND = st.sampled_from(["", "。", "（", "办理", "其", "、", "，", "\n", "：", "|"])
GAPS = st.sampled_from(["", " ", "-", "  ", "\u3000", "\u00a0"])
REGIONS = st.sampled_from(["110101", "120111", "320681", "440106", "500114", "620102", "640302", "659001", "810000"])
DAYS = st.dates(dt.date(1920, 1, 1), dt.date(2025, 12, 31))


@st.composite
def identities(draw: st.DrawFn) -> str:
    """Draw an identity number whose check digit is right."""
    digits = f"{draw(REGIONS)}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return digits + check_digit(digits)


@st.composite
def cards(draw: st.DrawFn) -> str:
    """Draw a bank card's number whose check digit is right."""
    head = draw(st.sampled_from(["621700", "622202", "622848", "625912", "438088", "524094"]))
    length = 15 if head[0] in "45" else draw(st.sampled_from([15, 18]))
    digits = head + "".join(map(str, draw(st.lists(st.integers(0, 9), min_size=length - 6, max_size=length - 6))))
    return next(f"{digits}{last}" for last in range(10) if passes_luhn(f"{digits}{last}"))


def written(draw: Callable[[st.SearchStrategy[str]], str], number: str, cuts: tuple[int, ...]) -> str:
    """Write a number with one kind of gap at ``cuts``, in half or full width."""
    gap = draw(GAPS)
    parts = [number[start:end] for start, end in zip((0, *cuts), (*cuts, len(number)), strict=True)]
    text = gap.join(part for part in parts if part)
    return text.translate(WIDE) if draw(st.sampled_from(["half", "full"])) == "full" else text


@settings(max_examples=300, deadline=None)
@given(st.data(), identities(), AROUND, AROUND)
def test_every_right_identity_number_is_found_in_any_width_and_spacing(
    data: st.DataObject, number: str, before: str, after: str
) -> None:
    shown = written(data.draw, number, (6, 14))
    (found,) = find_private(f"{before}{shown}{after}")
    assert (found.level, found.kind, found.start, found.end) == (
        "error", "身份证号", len(before), len(before) + len(shown),
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(identities(), st.integers(1, 10), st.sampled_from(["", "身份证号", "证件号："]))
def test_no_number_with_a_wrong_check_digit_is_an_error(number: str, by: int, before: str) -> None:
    digits = "0123456789X"
    wrong = number[:17] + digits[(digits.index(number[17]) + by) % 11]
    assert told(before + wrong) == (["warning 身份证号"] if before else [])


@settings(max_examples=300, deadline=None)
@given(st.data(), cards(), AROUND, AROUND)
def test_every_right_bank_card_is_found(data: st.DataObject, number: str, before: str, after: str) -> None:
    shown = written(data.draw, number, (4, 8, 12, 16) if len(number) > 16 else (4, 8, 12))
    (found,) = find_private(f"{before}{shown}{after}")
    assert (found.level, found.start, found.end) == ("error", len(before), len(before) + len(shown))


@settings(max_examples=200, deadline=None)
@given(cards(), st.integers(1, 9))
def test_no_card_with_a_wrong_check_digit_is_an_error(number: str, by: int) -> None:
    wrong = number[:-1] + str((int(number[-1]) + by) % 10)
    assert told(f"卡号{wrong}") == []


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet="王李张某*×0123456789Xx川京A·-（），。、：\n 村民家住号组室单元楼电话男女岁身份证律师事务所|",
        max_size=200,
    )
)
def test_places_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for each in find_private(text):
        assert end <= each.start < each.end <= len(text)
        end = each.end


@pytest.mark.parametrize(
    "piece",
    ["1", "13800138000 ", "6222 ", "家住村", "村民王", "单元1", "某", "李*", "京A1", "律师事务所", "1-", "（男"],
)
def test_a_long_text_of_one_piece_is_read_to_its_end(piece: str) -> None:
    text = f"{piece * (200_000 // len(piece))}。身份证号110101199003077758"
    assert find_private(text)[-1].end == len(text)


def test_the_line_and_the_column_are_those_of_the_words(plot: Path) -> None:
    (problem,) = privacy_of(plot, f"前文。\n信访人电话{PHONE}")
    line = ALL_ROLES.count("\n") + 3
    assert (problem.path, problem.line, problem.column) == (f"{FOLDER}/2023.md", line, 6)


def test_messages_mask_what_they_tell(plot: Path) -> None:
    text = f"村民王小明，身份证号110101199003077758，电话{PHONE}，车牌川A12345"
    told_of = " ".join(problem.message + problem.hint for problem in privacy_of(plot, text))
    for secret in ("王小明", "小明", "110101199003077758", "19900307", PHONE, "川A12345"):
        assert secret not in told_of
    assert "1101**********7758" in told_of
    assert "138****8000" in told_of


@pytest.mark.parametrize(
    ("record", "line", "column"),
    [
        (f"title: 电话{PHONE}\n", 1, 10),
        (f"title: 题名\ncorrections:\n- {{date: 2024-01-01, what: 改, why: '电话{PHONE}'}}\n", 3, 39),
        ('title: "电话\\u0031\\u0033800138000"\n', 1, 8),
        (f"title: >-\n  题名\n  电话{PHONE}\n", 3, 5),
        (f"title: 题名 # 电话{PHONE}\n", 1, 15),
        (f"title: 题名\n# 电话{PHONE}\n", 2, 5),
    ],
)
def test_what_the_record_says_is_told_where_it_stands(plot: Path, record: str, line: int, column: int) -> None:
    (problem,) = privacy_of(plot, "文字。", record)
    assert (problem.path, problem.line, problem.column) == (f"{FOLDER}/2023.yml", line, column)


def test_an_exception_silences_its_words_wherever_they_stand(plot: Path) -> None:
    record = f"title: 手机{PHONE}\nexceptions:\n- {{rule: privacy, quote: '电话{PHONE}', why: 公开的值班手机}}\n"
    assert privacy_of(plot, f"信访人电话 138-0013-8000，又{PHONE}", record) == []


def test_an_exception_lets_nothing_else_pass(plot: Path) -> None:
    record = f"exceptions:\n- {{rule: privacy, quote: '电话{PHONE}', why: 公开的值班手机}}\n"
    assert [each.level for each in privacy_of(plot, "信访人电话13900139000", record)] == ["error", "warning"]


def test_an_exception_does_not_serve_itself(plot: Path) -> None:
    record = f"exceptions:\n- {{rule: privacy, quote: '电话{PHONE}', why: 从前的手机}}\n"
    assert [each.rule for each in privacy_of(plot, "文字。", record)] == ["exception_unused"]


@pytest.mark.parametrize("words", ["ＡＢ公司", "ab 公司", "a\nb公司", "AB公司"])
def test_denied_words_are_found_in_any_width_case_and_spacing(words: str) -> None:
    digest = hashlib.sha256("ab公司".encode()).hexdigest()
    for denied in (DeniedWords("应要求", text="Ab公司"), DeniedWords("应要求", sha256=digest, length=4)):
        (found,) = find_private(f"与{words}签约", DenyList((denied,)))
        assert (found.level, found.start, found.end, found.shown) == ("error", 1, 1 + len(words), "****")


def test_denied_words_that_overlap_are_each_told_once() -> None:
    denied = DenyList((DeniedWords("甲", text="清河书院"), DeniedWords("乙", text="清河")))
    assert told("清河书院") == []
    text = "清河书院与清河"
    assert [text[each.start : each.end] for each in find_private(text, denied)] == ["清河书院", "清河"]


def test_a_hand_written_page_may_show_how_to_reach_its_makers(plot: Path) -> None:
    project = make_project(plot, township("qinghe-zhen", "清河镇", y2023=ALL_ROLES))
    write_file(project.content, "pages/about/contact.md", f"# 联系\n\n电话{PHONE}，邮箱 office@example.org\n")
    found = [each for each in check_project(project) if each.rule == "privacy"]
    assert [(each.level, each.line, each.column) for each in found] == [("warning", 3, 3), ("warning", 3, 18)]
    write_file(project.content, "pages/about/contact.md", "# 联系\n\n身份证号110101199003077758\n")
    assert [each.level for each in check_project(project) if each.rule == "privacy"] == ["error"]
