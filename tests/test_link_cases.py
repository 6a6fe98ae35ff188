"""Agreement of the program with people who read the reports before it did."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from generator.linking.folding import fold
from tests.link_scores import MADE_UP, REVIEWS, Review, Reviewer, Score

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("topics", "figures", "citations")
ALWAYS = (
    "法律顾问", "三项制度", "行政执法监督平台", "12345", "信访", "畅听苑", "调委会", "枫桥经验", "网格员", "法律明白人", "权责清单", "规范性文件",
    "六步决策法", "依申请公开", "社区矫正", "两代表一委员",
)  # fmt: skip
"""Systems that stand for the others: each must be in the glossary, and in a passage with a fitting topic."""
WANTED, FLOOR = 0.9, 0.6
"""What the five must reach, and what the made-up ones must not fall below."""


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    return Reviewer()


def total(reviews: Sequence[Review], what: str) -> Score:
    return sum((review.score(what) for review in reviews), Score())


def tell(reviews: Sequence[Review], capsys: pytest.CaptureFixture[str], title: str) -> None:
    lines = [f"\n{title}"]
    for what in KINDS:
        lines.append(f"  {what:10} {total(reviews, what)}")
        lines += [f"    {review.name:24} {review.score(what)}" for review in reviews]
    with capsys.disabled():
        sys.stdout.write("\n".join(lines) + "\n")


def test_the_five_reports_are_read_as_people_read_them(reviewer: Reviewer, capsys: pytest.CaptureFixture[str]) -> None:
    reviews = [reviewer.review(path) for path in REVIEWS]
    assert len(reviews) == 5
    tell(reviews, capsys, "five reports, against their review files")
    for what in KINDS:
        score = total(reviews, what)
        assert min(score.precision, score.recall) >= WANTED, what


def test_made_up_reports_in_other_styles_are_scored_apart(
    reviewer: Reviewer, capsys: pytest.CaptureFixture[str]
) -> None:
    reviews = [reviewer.review(path) for path in MADE_UP]
    assert len(reviews) == 12
    tell(reviews, capsys, "twelve made-up reports (演示数据), to which no catalogue was tuned")
    for what in KINDS:
        score = total(reviews, what)
        assert min(score.precision, score.recall) >= FLOOR, what


def test_systems_that_the_reports_name_lie_in_passages_with_a_fitting_topic(
    reviewer: Reviewer, capsys: pytest.CaptureFixture[str]
) -> None:
    fitting, all_, strangers = 0, 0, set(ALWAYS)
    for path in REVIEWS:
        review = reviewer.review(path)
        links = reviewer.linker.link(review.report)
        texts = {passage.id: fold(passage.text) for passage in review.report.passages}
        for system, topics in review.systems.items():
            named = [passage for passage, text in texts.items() if fold(system) in text]
            fits = any(label.topic in topics for passage in named for label in links.topics[passage])
            all_, fitting = all_ + 1, fitting + fits
            assert fits or system not in ALWAYS, (path.stem, system)
        strangers -= {word for word in strangers if any(fold(word) in text for text in texts.values())}
    with capsys.disabled():
        sys.stdout.write(f"\n  systems in a passage with a fitting topic: {fitting} of {all_}\n")
    assert not strangers
    assert fitting >= WANTED * all_


def test_the_glossary_knows_the_systems_that_every_reader_looks_for(reviewer: Reviewer) -> None:
    topics = reviewer.linker.catalogues.second_level()
    known = {fold(name) for topic in topics for each in topic.systems for name in (each.name, *each.aliases)}
    assert {name for name in ALWAYS if fold(name) not in known} == set()
