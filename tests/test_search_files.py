"""The files of the search index: what is written is what is read, and a mended shard is the same as one made anew."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.folding import decode_folding, encode_folding, fold, folding_array, make_folding
from generator.search.keys import Field, Keys, field_of, pair_of, report_keys, shard_of, shards_of
from generator.search.numbering import number_reports, text_files
from generator.search.patching import patch_shard
from generator.search.postings import (
    DamagedError,
    decode_list,
    decode_shard,
    encode_list,
    encode_shard,
    gap_bytes,
    shard_records,
    split_body,
)
from generator.search.query import LONGEST, Query, Term, parse_query
from generator.search.reading import chosen_pairs
from generator.search.snippets import cut_snippet, find_marks
from generator.search.spilling import Spill
from generator.search.texts import SearchPassage, SearchSection, SearchText, decode_text, encode_text, topic_mark

NUMBERS = st.lists(st.integers(0, 3_000_000), unique=True, max_size=60).map(sorted)
FOLDED = folding_array(make_folding())


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("臺灣", "台湾"),
        ("為民服務", "为民服务"),
        ("ＬＥＤ", "led"),
        ("９９．７７％", "99.77%"),
        ("（一）", "(一)"),
        ("\u3000", " "),
        ("É", "é"),
        ("㎡①", "㎡①"),
        ("《民法典》", "《民法典》"),
    ],
)
def test_characters_that_count_as_the_same(printed: str, folded: str) -> None:
    assert fold(printed, make_folding()) == folded


@given(st.text())
def test_folding_changes_no_length_and_nothing_twice(text: str) -> None:
    folded = fold(text, make_folding())
    assert len(folded) == len(text)
    assert fold(folded, make_folding()) == folded


def test_the_table_is_read_as_it_was_written_and_serves_texts_and_arrays_alike() -> None:
    table = make_folding()
    assert decode_folding(encode_folding(table)) == table
    assert len(table) > 3_000
    assert all(FOLDED[code] == target for code, target in table.items())
    assert max(table) < 1 << 16 > max(table.values())


@given(NUMBERS, st.integers(0, 1_000))
def test_a_list_is_read_as_it_was_written(numbers: list[int], more: int) -> None:
    reports = (numbers[-1] if numbers else 0) + 1 + more
    encoded = encode_list(np.array(numbers, np.uint32), reports)
    read, end = decode_list(b"?" + encoded + b"?", 1)
    assert (read.tolist(), end) == (numbers, len(encoded) + 1)


@pytest.mark.parametrize("reports", [1, 8, 9, 1000])
def test_a_list_of_all_reports_is_a_bitmap_no_longer_than_they_need(reports: int) -> None:
    encoded = encode_list(np.arange(reports, dtype=np.uint32), reports)
    assert decode_list(encoded, 0)[0].tolist() == list(range(reports))
    assert len(encoded) <= (reports + 7) // 8 + 2


@given(st.lists(NUMBERS.filter(bool), min_size=1, max_size=6))
def test_lists_encoded_together_are_encoded_as_each_by_itself(lists: list[list[int]]) -> None:
    starts = np.cumsum([0, *map(len, lists)])[:-1]
    together = gap_bytes(np.array([each for numbers in lists for each in numbers], np.int64), starts)
    assert together == [gap_bytes(np.array(numbers, np.int64), np.zeros(1, np.int64))[0] for numbers in lists]


def keys_of(passage: str) -> Keys:
    return report_keys("题名", "清溪镇", ["一、概述"], passage.split("|"), FOLDED)


def told(keys: Keys) -> set[tuple[str, Field]]:
    return {("".join(chr(code) for code in pair_of(key) if code), field_of(key)) for key in keys.tolist()}


def test_keys_are_neighbours_within_a_passage_and_how_often_they_stand_there() -> None:
    keys = told(keys_of("执法执法，执法Ｌ|执法|a"))
    assert {("执法", each) for each in (Field.PASSAGE, Field.TWICE, Field.THRICE)} <= keys
    assert ("法执", Field.PASSAGE) in keys
    assert ("法执", Field.TWICE) not in keys
    assert ("法l", Field.PASSAGE) in keys
    assert ("法,", Field.PASSAGE) in keys
    assert {("清", Field.TITLE), ("溪镇", Field.TITLE), ("题名", Field.TITLE), ("一、", Field.HEADING)} <= keys
    assert ("名清", Field.TITLE) not in keys
    assert ("a", Field.PASSAGE) not in keys


@pytest.mark.parametrize("bits", [0, 3, 11, 16])
def test_a_key_lies_in_the_shard_of_its_pair(bits: int) -> None:
    keys = keys_of("全年化解矛盾纠纷99.77%😀")
    assert shards_of(keys, bits).tolist() == [shard_of(*pair_of(key), bits) for key in keys.tolist()]


PASSAGES = st.lists(st.text("甲乙丙丁，1", min_size=1, max_size=12), min_size=1, max_size=8)


@given(PASSAGES, st.data())
def test_a_mended_shard_is_the_same_as_one_made_anew(passages: list[str], data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, len(passages) - 1))
    after = [*passages]
    after[changed] = data.draw(st.text("甲乙丙丁，1", min_size=1, max_size=12))
    old, new = keys_of(passages[changed]), keys_of(after[changed])
    added = [(key, changed) for key in np.setdiff1d(new, old).tolist()]
    removed = [(key, changed) for key in np.setdiff1d(old, new).tolist()]
    assert patch_shard(one_shard(passages), added, removed, len(passages)) == one_shard(after)


def one_shard(passages: list[str]) -> bytes:
    found = [(key, number) for number, passage in enumerate(passages) for key in keys_of(passage).tolist()]
    found.sort()
    keys = np.array([key for key, _ in found], np.uint64)
    numbers = np.array([number for _, number in found], np.uint32)
    return encode_shard(b"1234", dict(shard_records(keys, numbers, len(passages))))


def test_keys_spilled_to_disk_come_back_sorted_into_all_shards(tmp_path: object) -> None:
    reports = 1_300  # so many that there are several parts
    with Spill(tmp_path / "spill", reports) as spill:  # type: ignore[operator]
        for number in range(reports):
            spill.add(keys_of(f"第{number}号报告"), number)
        spill.close()
        shards = dict(shard for part in spill.parts(b"1234") for shard in Spill.shards(part))
        assert spill.bits > 0
    assert sorted(shards) == list(range(512))
    for word, expected in (("报告", list(range(reports))), ("77", [n for n in range(reports) if "77" in str(n)])):
        first, second = map(ord, word)
        stamp, records = decode_shard(shards[shard_of(first, second, 9)])
        assert stamp == b"1234"
        assert decode_list(split_body(records[first, second])[Field.PASSAGE], 0)[0].tolist() == expected
    assert not (tmp_path / "spill").exists()  # type: ignore[operator]


@pytest.mark.parametrize("cut", [1, 9, 30])
def test_a_shard_that_is_cut_short_is_refused(cut: int) -> None:
    whole = one_shard(["执法人员", "法治"])
    with pytest.raises(DamagedError):
        decode_shard(whole[:-cut])
    with pytest.raises(DamagedError):
        decode_shard(zlib.compress(zlib.decompress(whole)[:-1]))


TEXT = SearchText(
    "a-sheng/b-zhen/2023",
    "甲省",
    "乙镇",
    "乙镇2023年报告",
    (
        SearchSection("s-0", 0, "", (SearchPassage("p-00000001", "开头\n第二行😀", ()),)),
        SearchSection("s-1", 1, "一、成效", ()),
        SearchSection(
            "s-1-1",
            2,
            "（一）学习",
            (
                SearchPassage("p-0000000a", "", ("x.a", "x.b")),
                SearchPassage("p-ffffffff", "丙", ("x.b",)),
                SearchPassage("p-ffffffff-2", "丙", ()),
            ),
        ),
    ),
)


@pytest.mark.parametrize("word", ["", "㎡①é", "\u1e3f", "\ue5e5\ufe10", "\u9fb4"])
def test_a_text_is_read_as_it_was_written(word: str) -> None:
    text = replace(TEXT, sections=(*TEXT.sections, SearchSection("s-2", 1, f"二、{word}", ())))
    topics = {topic_mark(topic): topic for topic in ("x.a", "x.b", "x.c")}
    assert decode_text(encode_text(text), topics) == text


@pytest.mark.parametrize("damaged", [b"", b"nothing", encode_text(TEXT)[:-5], zlib.compress(b"\0\0\0\2[]")])
def test_a_damaged_text_is_refused(damaged: bytes) -> None:
    with pytest.raises(DamagedError):
        decode_text(damaged, {})


def test_numbers_are_newest_first_and_a_new_report_moves_few_texts() -> None:
    ids = [f"sheng/xian-{n // 20}/zhen-{n}/{year}" for n in range(400) for year in (2022, 2023)]
    before, after = number_reports(ids), number_reports([*ids, "sheng/xian-3/xin-zhen/2023"])
    assert [int(id_[-4:]) for id_ in before.ids] == [2023] * 400 + [2022] * 400
    assert before == number_reports(reversed(ids))
    assert before.stamp != after.stamp
    places = dict(zip(text_files(before.years), before.ids, strict=True))
    moved = [name for name, id_ in zip(text_files(after.years), after.ids, strict=True) if places.get(name) != id_]
    assert 1 <= len(moved) < 20
    assert len(set(text_files(after.years))) == 801


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("信访", Query((Term("信访"),))),
        (" 信访\u3000 LED ", Query((Term("信访"), Term("led")))),
        ("信访 信访", Query((Term("信访"),))),
        ('"法治 政府" 建设', Query((Term("法治 政府", quoted=True), Term("建设")))),
        ("信访 -网格", Query((Term("信访"),), ("网格",))),
        ('信访 -"法治 政府"', Query((Term("信访"),), ("法治 政府",))),
        ("-网格", Query((Term("-网格"),))),
        ("5-8", Query((Term("5-8"),))),
        ('"', Query((Term('"'),))),
        ('a"b"', Query((Term('a"b"'),))),
        ("“第一议题”", Query((Term("“第一议题”"),))),
        ("，。", Query((Term(",。"),))),
        ("", Query(problem="empty")),
        (" \n", Query(problem="empty")),
        ("长" * (LONGEST + 1), Query(problem="too_long")),
        (" ".join("一二三四五六七八九十百千万"), Query(problem="too_many")),
    ],
)
def test_what_is_typed_is_read(typed: str, expected: Query) -> None:
    assert parse_query(typed, make_folding()) == expected


@given(st.text(min_size=2, max_size=40))
def test_the_pairs_of_a_term_stand_in_it_and_reach_its_ends(term: str) -> None:
    pairs = ["".join(map(chr, pair)) for pair in chosen_pairs(term)]
    assert all(pair in term for pair in pairs)
    assert pairs[0] == term[:2]
    assert term[-2:] in pairs
    assert len(pairs) <= 11


def test_a_snippet_shows_what_was_found_with_the_words_round_it() -> None:
    text = "前" * 100 + "\n化解矛盾ＬＥＤ" + "后" * 100
    snippet = cut_snippet(text, ["化解", "led"], make_folding())
    assert [snippet.words[start:end] for start, end in snippet.marks] == ["化解", "ＬＥＤ"]
    assert snippet.words.startswith("…前")
    assert snippet.words.endswith("后…")
    assert " 化解" in snippet.words
    assert cut_snippet("短文", ["没有"], make_folding()).words == "短文"


def test_marks_that_touch_are_one() -> None:
    assert find_marks("人民调解委员会", ["人民", "民调", "委员"]) == ((0, 3), (4, 6))
