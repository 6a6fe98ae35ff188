from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import msgspec
import pytest

from generator.content.parse import parse_report
from generator.linking import minhash
from generator.linking.reuse import LONGEST, fold, report_prints, similar, split_sentences
from generator.model import ReportRecord
from generator.publishing import reuse_near, reusing
from generator.publishing.cache import encode
from generator.publishing.reusing import REUSE_SCHEMA, Match, Shared, digests, forget, shared_with, update
from tests.cases_reader import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SAID = "组织机关干部学习新修订的行政复议法，把学习情况记入个人档案。"
REWORDED = "组织全体干部学习新修订的行政复议法，把学习情况记入个人档案。"
COUNTED = "全年开展行政执法培训{}次，参加培训的执法人员达到{}人次。"
OTHER = "新建法治文化广场一处，群众在家门口就能看到身边的案例。"
FORMULA = "根据有关规定和上级要求，现将我镇年度法治政府建设情况报告如下。"
SHORT = "工作取得了明显成效。"
A, B, C = "jia-sheng/yi-xian/a-zhen", "jia-sheng/yi-xian/b-zhen", "jia-sheng/bing-xian/c-xiang"

Texts = dict[str, str]
"""The texts of reports, by their ids."""


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - chance that repeats itself


def prints(report_id: str, text: str) -> tuple[str, bytes]:
    place, _, year = report_id.rpartition("/")
    return report_id, encode(report_prints(parse_report(place, int(year), text, ReportRecord())))


def database() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(REUSE_SCHEMA)
    return db


def fresh(texts: Mapping[str, str]) -> sqlite3.Connection:
    db = database()
    update(db, [prints(*each) for each in texts.items()], ())
    return db


def shared(texts: Mapping[str, str], report_id: str) -> Shared:
    return shared_with(fresh(texts), report_id)


def everything(db: sqlite3.Connection) -> dict[str, tuple[bytes, Shared]]:
    return {report_id: (digest, shared_with(db, report_id)) for report_id, digest in digests(db)}


def passages(texts: Mapping[str, str], report_id: str) -> list[tuple[int, list[Match]]]:
    return [(each.places, list(each.matches)) for each in shared(texts, report_id).passages]


def anchor(text: str) -> str:
    (passage,) = parse_report(A, 2023, text, ReportRecord()).passages
    return passage.id


def test_the_same_sentence_in_another_township_is_exact() -> None:
    texts = {f"{A}/2023": SAID, f"{B}/2023": f"{OTHER}{SAID}"}
    assert passages(texts, f"{A}/2023") == [(1, [Match(f"{B}/2023", anchor(OTHER + SAID), exact=True)])]
    assert passages(texts, f"{B}/2023") == [(1, [Match(f"{A}/2023", anchor(SAID), exact=True)])]


@pytest.mark.parametrize(
    ("first", "second", "exact"),
    [
        (SAID, REWORDED, False),
        (COUNTED.format(3, 120), COUNTED.format(14, 86), False),
        (SAID, f"一是{SAID}", True),
        (SAID, f"（二）{SAID.replace('，', ' , ')}", True),
        (COUNTED.format(3, 120), COUNTED.format("３", "１２０"), True),
        (f"我镇“{SAID}好”的做法得到推广。", f"我镇「{SAID}好」的做法得到推广。", True),
    ],
)
def test_sentences_that_are_shared(first: str, second: str, *, exact: bool) -> None:
    texts = {f"{A}/2023": first, f"{B}/2023": second}
    assert passages(texts, f"{A}/2023") == [(1, [Match(f"{B}/2023", anchor(second), exact=exact)])]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SAID, OTHER),
        (SAID, "组织机关干部参观新建成的法治文化广场，把参观情况写成心得体会。"),
        (SHORT, SHORT),
        (FORMULA, FORMULA),
        ("截至2023年12月31日。", "截至2023年12月31日。"),
        (f"| 项目 | 内容 |\n| --- | --- |\n| 一 | {SAID} |", SAID),
        ("", SAID),
    ],
)
def test_sentences_that_are_not_shared(first: str, second: str) -> None:
    texts = {f"{A}/2023": first, f"{B}/2023": second}
    assert shared(texts, f"{A}/2023") == shared(texts, f"{B}/2023") == Shared(0.0, ())


def test_a_township_does_not_share_with_its_own_other_years() -> None:
    texts = {f"{A}/2022": SAID, f"{A}/2023": SAID}
    assert shared(texts, f"{A}/2023") == Shared(0.0, ())
    texts[f"{B}/2021"] = SAID
    assert passages(texts, f"{A}/2023") == [(1, [Match(f"{B}/2021", anchor(SAID), exact=True)])]


def test_a_report_that_is_not_known_shares_nothing() -> None:
    assert shared({}, f"{A}/2023") == Shared(0.0, ())


def test_the_share_is_that_of_the_characters_of_all_sentences() -> None:
    text = f"{SAID}{SHORT}\n\n{OTHER}"
    common, all_ = len(fold(SAID)), sum(len(fold(each)) for each in (SAID, SHORT, OTHER))
    assert shared({f"{A}/2023": text, f"{B}/2023": SAID}, f"{A}/2023").share == round(common / all_, 4)
    assert shared({f"{A}/2023": text, f"{B}/2023": SAID}, f"{B}/2023").share == 1.0


def test_a_passage_counts_each_other_township_once() -> None:
    texts = {
        f"{A}/2023": f"{SAID}{OTHER}",
        f"{B}/2022": SAID,
        f"{B}/2023": f"{OTHER}\n\n{REWORDED}",
        f"{C}/2023": REWORDED,
    }
    ((places, matches),) = passages(texts, f"{A}/2023")
    assert places == 2
    assert matches == [
        Match(f"{B}/2023", anchor(OTHER), exact=True),
        Match(f"{C}/2023", anchor(REWORDED), exact=False),
    ]


def test_matches_are_the_nearest_year_then_exact_then_by_report() -> None:
    texts = {f"{A}/2021": SAID, "b/2022": SAID, "c/2021": REWORDED, "d/2021": SAID, "e/2020": SAID, "f/2023": SAID}
    ((places, matches),) = passages(texts, f"{A}/2021")
    assert places == 5
    assert [match.report_id for match in matches] == ["d/2021", "c/2021", "b/2022", "e/2020", "f/2023"]
    assert [match.exact for match in matches] == [True, False, True, True, True]


def test_matches_are_twenty_at_most_and_places_are_all() -> None:
    texts = {f"p{number:02}/{year}": SAID for number in range(30) for year in (2022, 2023)}
    ((places, matches),) = passages(texts, "p07/2023")
    assert places == 29
    assert [match.report_id for match in matches] == [f"p{number:02}/2023" for number in range(21) if number != 7]


def random_text(rng: Random) -> str:
    """Return a text of sentences from a small stock, some with another number or another word."""
    stock = [SAID, REWORDED, OTHER, SHORT, FORMULA, COUNTED.format(rng.randint(1, 3), rng.randint(1, 3))]
    words = ["执法", "普法", "调解", "信访", "公开", "决策"]
    stock += [f"坚持把{rng.choice(words)}工作摆在突出位置，由主要领导亲自抓{rng.choice(words)}，做到有部署有检查。"] * 3
    stock += [
        f"围绕{rng.choice(words)}和{rng.choice(words)}，本镇第{number}次召开专题会议研究。" for number in range(3)
    ]
    paragraphs = ["".join(rng.choices(stock, k=rng.randint(0, 3))) for _ in range(rng.randint(0, 4))]
    return "\n\n".join(paragraphs)


def random_changes(rng: Random, texts: Texts) -> tuple[list[str], list[str]]:
    """Change some texts, add and remove some reports; return the ids of those that changed and those removed."""
    places = [f"{county}/{name}" for county in ("x", "y") for name in ("a", "b", "c")]
    ids = [f"{place}/{year}" for place in places for year in (2021, 2022, 2023)]
    changed = rng.sample(ids, rng.randint(0, 3))
    removed = [each for each in rng.sample(ids, rng.randint(0, 2)) if each not in changed]
    for each in changed:
        paragraphs = [*texts.get(each, "").split("\n\n"), *random_text(rng).split("\n\n")]
        rng.shuffle(paragraphs)
        texts[each] = "\n\n".join(paragraphs[: rng.randint(0, 5)])
    for each in removed:
        texts.pop(each, None)
    return changed, removed


@pytest.mark.parametrize("many", [0.0, 1 / 8, 9.0], ids=["in bulk", "as it is", "one by one"])
@pytest.mark.parametrize("largest", [3, 100], ids=["crowded", "roomy"])
@pytest.mark.parametrize("seed", range(4))
def test_incremental_is_what_fresh_is(monkeypatch: pytest.MonkeyPatch, seed: int, largest: int, many: float) -> None:
    monkeypatch.setattr(reuse_near, "LARGEST_BUCKET", largest)
    rng, texts, db = seeded(seed), Texts(), database()
    before = everything(db)
    for _ in range(12):
        changed, removed = random_changes(rng, texts)
        with monkeypatch.context() as patch:
            patch.setattr(reusing, "_MANY", many)
            update(db, [prints(each, texts[each]) for each in changed], removed)
        after = everything(db)
        assert after == everything(fresh(texts))
        for each in before.keys() & after.keys():
            assert (before[each][0] == after[each][0]) == (before[each][1] == after[each][1])
        before = after


def test_the_order_in_which_reports_come_does_not_matter() -> None:
    rng = seeded(1)
    texts = {f"{place}/{year}": random_text(rng) for place in "abcdefgh" for year in (2022, 2023)}
    one_by_one = database()
    for report_id in rng.sample(sorted(texts), len(texts)):
        update(one_by_one, [prints(report_id, texts[report_id])], ())
    assert everything(one_by_one) == everything(fresh(texts))


def test_what_is_gone_leaves_nothing_behind() -> None:
    texts = {f"{A}/2023": SAID, f"{B}/2023": REWORDED}
    db = fresh(texts)
    update(db, (), texts)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    left = {table for table in tables if db.execute(f"SELECT 1 FROM {table}").fetchone()}  # noqa: S608
    assert left == {"reuse_places"}


def test_what_is_forgotten_can_be_worked_out_again() -> None:
    texts = {f"{A}/2023": SAID, f"{B}/2023": REWORDED}
    db = fresh(texts)
    before = everything(db)
    forget(db)
    assert everything(db) == {}
    update(db, [prints(*each) for each in texts.items()], ())
    assert everything(db) == before


def test_an_update_that_fails_changes_nothing() -> None:
    db = fresh({f"{A}/2023": SAID, f"{B}/2023": SAID})
    before = everything(db)
    with pytest.raises(msgspec.DecodeError):
        update(db, [prints(f"{A}/2023", OTHER), (f"{C}/2023", b"\x93")], [f"{B}/2023"])
    assert everything(db) == before
    update(db, [prints(f"{A}/2023", OTHER)], ())
    assert shared_with(db, f"{B}/2023") == Shared(0.0, ())


def test_sentences_that_thousands_share_are_counted_right() -> None:
    texts = {
        f"p{number:04}/2023": f"{SAID}\n\n本段只写第{number}号村一处，与别处都不相同也不相近。"
        for number in range(3000)
    }
    db = fresh(texts)
    first, *_ = shared_with(db, "p1500/2023").passages
    assert (first.places, len(first.matches)) == (2999, 20)
    update(db, [prints("p0000/2023", OTHER)], ())
    assert shared_with(db, "p1500/2023").passages[0].places == 2998


def test_many_wordings_in_a_bucket_are_a_set_phrase_for_near_ones_only() -> None:
    same = "坚持和加强党对法治建设的全面领导，严格落实第一责任人职责，统筹推进各项工作"
    han = [chr(code) for code in range(0x5000, 0x5000 + 300)]
    texts = {f"p{number:03}/2023": f"{same}{han[number]}。" for number in range(300)}
    texts["q/2023"] = texts["p000/2023"]
    assert shared(texts, "p001/2023").passages == ()
    assert [match.report_id for match in shared(texts, "p000/2023").passages[0].matches] == ["q/2023"]


def test_an_endless_sentence_is_bounded() -> None:
    rng = seeded(1)
    endless = "".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(200_000))
    texts = {f"{A}/2023": endless, f"{B}/2023": endless, f"{C}/2023": endless[:-1]}
    assert shared(texts, f"{A}/2023").share == 1.0


def test_sentences_cover_the_text() -> None:
    text = f"开头的话：一是{SAID}二是他说“先学法！再上岗。”{OTHER}" + "长" * (2 * LONGEST + 1)
    sentences = split_sentences(text)
    assert "".join(sentence.text for sentence in sentences) == text
    assert all(text[each.start : each.end] == each.text for each in sentences)
    assert [len(each.text) for each in sentences[-2:]] == [LONGEST, 1]
    assert any(each.text.startswith("二是他说“先学法！再上岗。”") for each in sentences)


@pytest.mark.parametrize(
    ("sentence", "folded"),
    [
        ("一是抓好ＡＢＣ普法（含线上），1,200 人次。", "抓好abc普法含线上1200人次"),
        ("（三）抓好普法", "抓好普法"),
        ("2．抓好普法", "抓好普法"),
        ("①抓好普法", "抓好普法"),
        ("㈠抓好普法", "一抓好普法"),
        ("第一，抓好普法", "抓好普法"),
        ("3.5万人参加", "35万人参加"),
        ("。", ""),
    ],
)
def test_folding(sentence: str, folded: str) -> None:
    assert fold(sentence) == folded


def test_signatures_are_the_same_everywhere() -> None:
    keys = minhash.bands(minhash.signatures([SAID, OTHER]))
    assert keys.shape == (2, minhash.BANDS)
    assert keys[:, 0].tolist() == [-5490187581145971922, -6569768604228244125]


def test_a_text_without_a_3_gram_has_no_signature() -> None:
    with pytest.raises(ValueError, match="fewer than 3"):
        minhash.signatures([SAID, "短句"])


def test_one_changed_word_leaves_a_band_in_common() -> None:
    rng = seeded(2)
    first = ["".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(30)) for _ in range(1000)]
    second = [f"{text[:place]}一丁{text[place + 2 :]}" for text in first for place in (rng.randint(0, 28),)]
    assert all(similar(*each) for each in zip(first, second, strict=True))
    keys, others = (minhash.bands(minhash.signatures(texts)) for texts in (first, second))
    assert (keys == others).any(axis=1).mean() > 0.97
    assert (keys == others[::-1]).any(axis=1).mean() < 0.01


def hashed_with(seed: str, lines: Iterable[str]) -> str:
    command = [sys.executable, "-c", "\n".join(lines)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment).stdout


def test_hash_seeds_change_nothing() -> None:
    lines = (
        "from tests.test_reuse import *",
        "rng = seeded(3)",
        "texts = {f'{place}/{year}': random_text(rng) for place in 'abcdef' for year in (2022, 2023)}",
        "print(everything(fresh(texts)))",
    )
    assert hashed_with("1", lines) == hashed_with("2", lines)
