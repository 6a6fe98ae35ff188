"""What an edit wrote in another way: pairs of files, and what is told of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.forms import Rewriting, rewriting_of_record, rewriting_of_text
from generator.content.yaml_reading import write_yaml

RECORD = "title: 甲镇2023年报告\n# 见公报\ndates: {made: 2024-01-05}\nfigures:\n- {indicator: a.b, value: 3, unit: 场, quote: 三场}\n"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (RECORD, Rewriting()),
        (RECORD.replace("2024-01-05", "2024-01-06"), Rewriting()),
        (RECORD.replace("value: 3", "value: 4"), Rewriting()),
        (RECORD + "text_state: original\n", Rewriting()),
        (RECORD.replace("dates: {made: 2024-01-05}\n", ""), Rewriting()),
        (RECORD.replace("title:", "\n\n# 题名\ntitle:"), Rewriting()),
        (RECORD.replace("{made: 2024-01-05}", "\n  made: 2024-01-05"), Rewriting(blocks=("dates",))),
        (RECORD.replace("甲镇2023年报告", '"甲镇2023年报告"'), Rewriting(blocks=("title",))),
        (RECORD.replace("- {ind", "  - {ind"), Rewriting(blocks=("figures",))),
        (RECORD.replace("三场}", "三场} "), Rewriting(blocks=("figures",), spaces=1)),
        (RECORD.replace("# 见公报\n", ""), Rewriting(comments=1)),
        (RECORD.replace("\n", "\r\n"), Rewriting(line_ends="LF → CRLF")),
        ("\ufeff" + RECORD, Rewriting(byte_order_mark="加上")),
        (RECORD.removesuffix("\n"), Rewriting(last_line=True)),
        ("title: [\n", Rewriting()),
        ("# 见公报\n- a\n- b\n", Rewriting()),
    ],
)
def test_a_value_that_stays_must_stay_byte_for_byte(new: str, told: Rewriting) -> None:
    assert rewriting_of_record(RECORD.encode(), new.encode()) == told


def test_keys_that_change_places_are_told() -> None:
    assert rewriting_of_record(b"a: 1\nb: 2\nc: 3\n", b"b: 2\na: 1\nc: 3\n") == Rewriting(order=True)
    assert rewriting_of_record(b"a: 1\nc: 3\n", b"a: 1\nb: 2\nc: 3\n") == Rewriting()


def test_keys_on_one_line_are_one_block() -> None:
    assert rewriting_of_record(b"{a: 1, b: 2}\n", b"a: 1\nb: 2\n") == Rewriting(blocks=("a", "b"))
    assert rewriting_of_record(b"{}\n", b"a: 1\n") == Rewriting()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("一\n二\n", "一\n二\n三\n", Rewriting()),
        ("一\n二\n", "一 \n二\t\n", Rewriting(spaces=2)),
        ("一 \n二\n", "一\n二\n", Rewriting(spaces=1)),
        ("一\n二\n", "一\r\n二\n", Rewriting(line_ends="LF → CRLF、LF")),
        ("\ufeff一\n", "一\n", Rewriting(byte_order_mark="删去")),
        ("一\r二\r", "一\n二\n", Rewriting(line_ends="CR → LF")),
        ("一\n", "一", Rewriting(last_line=True)),
        ("", "一\n", Rewriting()),
    ],
)
def test_ends_of_lines_and_spaces_are_told(old: str, new: str, told: Rewriting) -> None:
    assert rewriting_of_text(old.encode(), new.encode()) == told


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text("甲乙 a:#-'\"{}[]|>\n", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("甲ab", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
RECORDS = st.dictionaries(st.text("甲abc", min_size=1, max_size=3), VALUES, min_size=1, max_size=5)


@given(RECORDS, RECORDS)
def test_files_of_one_writer_are_never_told_to_be_rewritten(old: dict[str, object], new: dict[str, object]) -> None:
    """What stays keeps its place and bytes when one program writes both versions: values may change, blocks must not."""
    after = {**old, **new}
    found = rewriting_of_record(write_yaml(old).encode(), write_yaml(after).encode())
    assert (found.blocks, found.order) == ((), False)


def test_long_files_are_compared() -> None:
    old = "".join(f"第{number}行 \n" for number in range(100_000)).encode()
    assert rewriting_of_text(old, old.replace(b" \n", b"\n")).spaces == 100_000
