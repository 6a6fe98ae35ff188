"""Reports that no clerk would write, and some that one would: what comparisons must stand."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCES = (
    "镇党委高度重视法治政府建设工作，定期听取工作汇报。",
    "组织机关干部学法考试4次，参加人员120余人次。",
    "组织机关干部学法考试5次，参加人员130余人次。",
    "全年共排查调处矛盾纠纷125件，化解率100％。",
    "全年共排查调处矛盾纠纷125件，化解率100%；",
    "一是加强组织领导。",
    "二是强化宣传教育，营造浓厚氛围。",
    "三是强化宣传教育，营造浓厚的法治氛围。",
    "2023年，我镇深入学习《中华人民共和国民法典》。",
    "今年我镇深入学习《民法典》！",
    "严格落实行政执法“三项制度”，规范执法行为",
    "严格落实行政执法三项制度，规范执法行为。",
    "10月28日，召开全面依法治镇委员会会议。",
    "首先，少数党员干部法治意识还需要提高。",
    "（1）普法宣传形式单一；（2）队伍力量薄弱；",
    "究其原因：一是学习不够深入。二是力量不足。",
    "形成1+2+4+N基层治理模式（即1条街，2个大院）。",
    "依申请公开1条。",
    "实行了群众办事不出户。实行了群众办事不出户。",
    "现将有关情况报告如下：",
)
ODD_PIECES = (
    "", " ", "\t", "\u3000", "“", "”", "《", "》", "（", "）", "「", "。", "；", "，", "！？", "……", "。。。", "——", "0", "１２３", "4.15",
    "99.77%", "2023", "2023年", "二〇二三年", "今年", "一是", "一是。", "二是", "一", "二", "首先，", "①", "1.", "1、", "（一）", "第一部分",
    "\U0001f600", "👨‍👩‍👧", "\ue000", "\ue001", "\ue002", "e\u0301", "\u0301", "\u200b", "\ufeff", "\u00a0", "\u2028", "\x0b", "A" * 60, "a1.b2", "長" * 70, "十" * 40,
    "$", "\\", "\\|", "<b>", "`", "&amp;", "\x00",
)  # fmt: skip
HEADINGS = (
    "主要举措和成效",
    "存在的问题",
    "下一步打算",
    "“三项制度”",
    "1+2",
    "",
    "。",
    "\u200b",
    "一是",
    "2023年情况",
    "2024年计划",
)
UNLIKE = (
    "镇党委高度重视法治政府建设，定期听取汇报。",
    "全年排查调处矛盾纠纷125件。",
    "严格落实行政执法“三项制度”。",
    "依申请公开信息1条，均按时答复；",
    "10月28日召开全面依法治镇委员会会议。",
    "聘请律师为村居提供合同审查。",
    "依托12345平台听民声、抒民困！",
    "在中心小学举办《未成年人保护法》讲座。",
)
NUMBERS = ("一、", "二、", "（一）", "（二）", "1.", "1、", "", "第一部分 ")

sentences = st.sampled_from(SENTENCES)
any_characters = st.characters(exclude_categories=["Cs"], exclude_characters="\n")
odd_words = st.text(
    st.one_of(st.sampled_from("一二是十百年月日。；：，“”《》（）「」 0123456789％"), any_characters), max_size=12
)
pieces = st.one_of(sentences, sentences, st.sampled_from(ODD_PIECES), odd_words)
lines = st.lists(pieces, min_size=1, max_size=5).map("".join)
items = lines.map("- {}".format)
tables = st.lists(
    st.lists(st.one_of(pieces, st.just("")), max_size=3).map(" | ".join).map("| {} |".format), max_size=4
).map("\n".join)
odd_blocks = st.sampled_from(
    (
        "||",
        "|",
        "| |",
        "| --- |",
        "![](a.png)",
        "![图 1](a.png)",
        "![ ](b.png)",
        "- ",
        "-",
        "#",
        "##",
        "## ",
        "\\# 一",
        "!",
    )
)
headings = st.tuples(st.sampled_from(("##", "###", "####")), st.sampled_from(NUMBERS), st.sampled_from(HEADINGS)).map(
    lambda parts: f"{parts[0]} {parts[1]}{parts[2]}"
)
blocks = st.one_of(lines, lines, lines, items, tables, headings, odd_blocks)
plain_blocks = st.one_of(st.lists(sentences, min_size=1, max_size=4).map("".join), headings)
reports = st.lists(st.one_of(blocks, plain_blocks), min_size=1, max_size=8).map("\n\n".join)


@st.composite
def pairs_of_reports(draw: st.DrawFn) -> tuple[str, str]:
    """Draw two reports that share blocks: some of the second are the first's, elsewhere, or once more, or a little changed."""
    first = draw(st.lists(st.one_of(blocks, plain_blocks), min_size=1, max_size=8))
    own = st.one_of(st.sampled_from(first), st.sampled_from(first), st.sampled_from(first).flatmap(_changed), blocks)
    second = draw(st.one_of(st.permutations(first), st.lists(own, min_size=1, max_size=8)))
    return "\n\n".join(first), "\n\n".join(second)


def _changed(block: str) -> st.SearchStrategy[str]:
    return st.tuples(st.integers(0, len(block)), pieces).map(lambda each: block[: each[0]] + each[1] + block[each[0] :])


@st.composite
def rewritten_reports(draw: st.DrawFn) -> tuple[str, str]:
    """Draw two reports of sentences of which no two are alike, in one section: left out, changed, or in another order."""
    first = draw(st.lists(st.sampled_from(UNLIKE), min_size=1, max_size=len(UNLIKE), unique=True))
    order = draw(st.one_of(st.just(first), st.permutations(first)))
    second = [each for each in order if draw(st.integers(0, 5))]
    second = [draw(_a_word_changed(each)) if draw(st.integers(0, 3)) == 0 else each for each in second]
    texts = "".join(first), "".join(second) or UNLIKE[0]
    return texts[0], texts[1]


def _a_word_changed(sentence: str) -> st.SearchStrategy[str]:
    return st.tuples(st.integers(0, len(sentence) - 1), st.sampled_from(("工作", "3", "，", "有关"))).map(
        lambda each: sentence[: each[0]] + each[1] + sentence[each[0] :]
    )


def _random_han(rng: Random, count: int) -> str:
    return "".join(chr(rng.randrange(0x4E00, 0x9FA6)) for _ in range(count))


def _short_sentence(rng: Random) -> str:
    return _random_han(rng, 9) + "。"


def _no_stops(rng: Random, length: int) -> str:
    words = ("法治", "政府", "建设", "宣传", "群众", "纠纷", "执法", "，", "100件", "工作", "镇", "村")
    return "".join(rng.choice(words) for _ in range(length))[:length]


def _same_sentence(rng: Random, length: int) -> str:
    return rng.choice(("组织机关干部学法考试四次，参加人员百余人。", "组织机关干部学法考试五次，参加人员千余人。")) * (
        length // 21
    )


def _sections(rng: Random, length: int, sections: int, sentence: str) -> str:
    number = length // len(sentence)
    each = number // sections
    return "\n\n".join(f"## {_random_han(rng, 6)}\n\n{sentence * each}" for _ in range(sections))


HOSTILE = (
    "十", "百二", "十余", "上百", "数十", "二〇二三", "二〇二三年", "2023年", "今年", "上一年", "1", "1.", "1,", "1 ", "1\u3000\u3000", "1月", "百分之", "百分之十", "1余", "1十",
    "A+", "A", "《", "《》", "“", "“”", "「", "（", "（1", "（2023）", "〔2023", "一是", "（一", "第一", "首先，", "①", " ", "\u200b", "。", "，", "年", "以上", "次（", "个", "甲",
)  # fmt: skip
"""What clauses may be full of, and what a regular expression may take too long over."""


LONG_TEXTS: dict[str, Callable[[Random, int], str]] = {
    "no stops at all": _no_stops,
    "only stops": lambda rng, length: "".join(rng.choice("。；！？") for _ in range(length)),
    "one sentence again and again": _same_sentence,
    "one sentence again and again, a line each": lambda rng, length: _same_sentence(rng, length).replace("。", "。\n"),
    "one sentence again and again in sections of other names": lambda rng, length: _sections(
        rng, length, rng.choice((40, 50)), "组织机关干部学法考试四次，参加人员百余人。"
    ),
    "different short sentences": lambda rng, length: "".join(_short_sentence(rng) for _ in range(length // 10)),
    "different short sentences, a line each": lambda rng, length: "\n".join(
        _short_sentence(rng) for _ in range(length // 11)
    ),
    "like short sentences": lambda rng, length: "".join(
        f"调处纠纷{_random_han(rng, 3)}件。" for _ in range(length // 9)
    ),
    "nested quotes": lambda rng, length: "".join(rng.choice("“”‘’《》（）「」好") for _ in range(length)),
    "quotes that only open": lambda rng, length: rng.choice("“《（") * length,
    "labels of items": lambda rng, length: rng.choice(("一是", "二是")) * (length // 2),
    "labels of items with stops": lambda rng, length: rng.choice(("一是。", "二是；")) * (length // 3),
    "any characters": _random_han,
    "one character": lambda rng, length: rng.choice("甲乙") * length,
    "numerals": lambda rng, length: rng.choice("十百") * length,
    "numerals with stops": lambda rng, length: (rng.choice("十百") * 99 + "。") * (length // 100),
    "digits": lambda rng, length: "".join(rng.choice("0123456789") for _ in range(length)),
    "years": lambda rng, length: rng.choice(("2023年", "今年")) * (length // 5),
    "white space between letters": lambda rng, length: (rng.choice("甲乙") + "\u3000" * 999) * (length // 1000) + "乙",
    "rows of a table": lambda rng, length: "\n".join(
        f"| {_random_han(rng, 4)} | {rng.randrange(1000)} |" for _ in range(length // 14)
    ),
    "headings alone": lambda rng, length: "\n".join(f"## {_random_han(rng, 6)}" for _ in range(length // 10)) + "\n甲",
    "one heading again and again": lambda rng, length: (f"## {rng.choice('甲乙')}\n好。\n" * (length // 8)),
}  # fmt: skip
"""Odd texts of any length; two of them of one kind are alike in what makes them odd."""
