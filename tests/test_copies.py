"""How much of a text stands in another, and what an import asks of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from generator.checking.copies import COMMON, FEWEST, FiledTexts, TextKeys, text_keys
from generator.checking.filed_copies import copies_of_new, filed_with_source, told_copy
from generator.checking.project import check_project
from generator.content.tree import scan_places
from generator.project import Project
from tests.made_up_site import township
from tests.site_in_string import make_project, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.checking.copies import Copy

COUNTY = "nanling-sheng/dongshan-xian"
SUBJECTS = (
    "宪法学习", "合同审查", "执法检查", "信访接待", "人民调解", "普法宣传", "政务公开", "法律援助", "社区矫正", "应诉答辩",
    "网格巡查", "证件管理",
)  # fmt: skip


def sentence(subject: str, number: int = 3, year: int = 2023) -> str:
    return f"{year}年镇里专门安排{subject}工作{number}次并且逐项记录了结果。"


def text(count: int = 12, number: int = 3, year: int = 2023, words: str = "") -> str:
    return "## 一、主要举措\n\n" + "\n\n".join(sentence(words + each, number, year) for each in SUBJECTS[:count]) + "\n"


def keys(report_id: str, words: str) -> TextKeys:
    return text_keys(report_id, words)


def copies(own: TextKeys, others: Iterable[TextKeys]) -> tuple[Copy, ...]:
    return FiledTexts.of([own, *others]).copies(own)


def test_numbers_years_and_punctuation_make_no_other_sentence() -> None:
    first = keys("a/2023", "今年镇里专门安排宪法学习工作3次，并且逐项记录了结果。")
    second = keys("a/2022", "2022年，镇里专门安排宪法学习工作12次并且逐项记录了结果；")
    assert first.keys.tolist() == second.keys.tolist() != []


def test_the_last_report_of_the_place_comes_before_the_most_alike_of_another() -> None:
    own = keys("a/2023", text(number=9))
    others = [keys("a/2021", text()), keys("a/2022", text(year=2022)), keys("b/2023", text()), keys("c/2024", text())]
    assert [(each.id, each.share) for each in copies(own, others)] == [("a/2022", 1.0), ("b/2023", 1.0)]


def test_the_share_is_that_of_the_sentences_of_the_text() -> None:
    own = keys("a/2023", text(10) + "\n" + sentence("别的", 1) + "\n\n" + sentence("另外的", 1))
    (copy,) = copies(own, [keys("b/2022", text(10) + text(12, words="县级"))])
    assert round(copy.share, 3) == round(10 / 12, 3)


def test_a_text_with_a_good_part_of_its_own_is_no_copy() -> None:
    own = keys("a/2023", text(9) + text(3, words="乡级"))
    assert copies(own, [keys("b/2022", text(9))]) == ()


def test_a_text_of_few_sentences_shows_nothing() -> None:
    own = keys("a/2023", text(FEWEST - 1))
    assert copies(own, [keys("b/2022", text())]) == ()
    assert len(copies(keys("a/2023", text(FEWEST)), [keys("b/2022", text())])) == 1


def test_what_stands_in_many_reports_is_counted_for_none() -> None:
    own = keys("a/2023", text())
    others = [keys(f"b{number}/2022", text()) for number in range(COMMON)]
    assert copies(own, others[1:]) != ()
    assert copies(own, others) == ()


def test_only_the_wanted_sentences_are_kept_and_nothing_changes_by_it() -> None:
    own = keys("a/2023", text())
    others = [keys("b/2022", text() + text(words="县级")), keys("c/2022", text(words="乡级"))]
    kept = FiledTexts.of([own, *others], np.unique(own.keys))
    assert len(kept.keys) == 2 * len(own.keys)
    assert kept.copies(own) == FiledTexts.of([own, *others]).copies(own)


def test_nothing_is_a_copy_of_nothing() -> None:
    assert FiledTexts.of([]).copies(keys("a/2023", text())) == ()
    assert copies(keys("a/2023", ""), [keys("b/2022", "")]) == ()


def filed(plot: Path) -> Path:
    site = township(f"{COUNTY}/qingxi-zhen", "清溪镇", y2022=text(year=2022), y2023=text(words="乡级"))
    site += township(f"{COUNTY}/baiyun-xiang", "白云乡", y2022=text(words="县级"))
    return make_project(plot, site).root


def test_only_the_reports_asked_about_are_judged_but_against_all(plot: Path) -> None:
    root = filed(plot)
    write_file(root, f"content/places/{COUNTY}/baiyun-xiang/2023.md", text())
    project = Project(root)
    everything = [problem for problem in check_project(project) if problem.rule == "copied_text"]
    assert [problem.path.rpartition("/")[2] for problem in everything] == ["2023.md"]
    asked = check_project(project, [root / f"content/places/{COUNTY}/baiyun-xiang/2023.md"])
    assert [problem for problem in asked if problem.rule == "copied_text"] == everything
    others = check_project(project, [root / f"content/places/{COUNTY}/qingxi-zhen"])
    assert not [problem for problem in others if problem.rule == "copied_text"]


def test_an_import_is_told_what_its_text_is_a_copy_of(plot: Path) -> None:
    tree = scan_places(filed(plot) / "content" / "places")
    found = copies_of_new(tree, f"{COUNTY}/baiyun-xiang", 2023, text())
    assert [each.id for each in found] == [f"{COUNTY}/qingxi-zhen/2022"]
    assert told_copy(found[0], f"{COUNTY}/baiyun-xiang/2023", {}) == (
        f"与「{COUNTY}/qingxi-zhen」2022 年（{COUNTY}/qingxi-zhen/2022）的正文有 100% 的句子相同"
    )
    assert [each.id for each in copies_of_new(tree, f"{COUNTY}/qingxi-zhen", 2023, text())] == [
        f"{COUNTY}/qingxi-zhen/2022"
    ]
    assert copies_of_new(tree, f"{COUNTY}/baiyun-xiang", 2023, text(words="村级")) == ()


def test_an_import_is_told_where_its_source_is_filed_already(plot: Path) -> None:
    root = filed(plot)
    record = f"source: {{file: 2022.source.txt, sha256: {hashlib.sha256(b'x').hexdigest()}}}\n"
    write_file(root, f"content/places/{COUNTY}/qingxi-zhen/2022.yml", record)
    tree = scan_places(root / "content" / "places")
    assert filed_with_source(tree, f"{COUNTY}/baiyun-xiang", 2023, b"x") == (f"{COUNTY}/qingxi-zhen/2022",)
    assert filed_with_source(tree, f"{COUNTY}/qingxi-zhen", 2022, b"x") == ()
    assert filed_with_source(tree, f"{COUNTY}/baiyun-xiang", 2023, b"y") == ()
