"""Which place a title, an issuer, a signature or a text names."""

from __future__ import annotations

import pytest

from generator.checking.place_names import PlaceNames, other_place, place_faults, stem

NAMES = PlaceNames("清溪镇", ("东山县", "临河市", "南岭省"), ("青溪乡",))
UNKNOWN = PlaceNames("清溪镇")
LONG = "落实重大行政决策程序，规范行政执法，化解矛盾纠纷。" * 12


@pytest.mark.parametrize(
    "words",
    [
        "清溪镇2023年法治政府建设年度报告",
        "东山县清溪镇人民政府",
        "南岭省临河市东山县清溪镇2023年度法治政府建设情况报告",
        "南岭临河东山清溪镇人民政府",
        "中共清溪镇委员会 清溪镇人民政府关于2023年度法治政府建设情况的报告",
        "中国共产党东山县清溪镇委员会",
        "清溪2023年法治政府建设年度报告",
        "青溪乡2021年法治政府建设年度报告",
        "关于2023年度法治政府建设情况的报告",
        "2023年度法治政府建设情况报告",
        "全面推进乡镇法治政府建设年度报告",
        "镇人民政府",
        "我镇2023年法治政府建设年度报告",
        "创建法治示范区工作情况报告",
        "清溪镇司法所",
        "东山县人民政府",
        "中共东山县委",
        "党政办公室",
    ],
)
def test_the_own_place_in_any_of_its_forms_is_no_other(words: str) -> None:
    assert other_place(words, NAMES) is None


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("白云乡2023年法治政府建设年度报告", "白云乡"),
        ("东山县白云乡人民政府", "白云乡"),
        ("中共东山县白云乡委员会", "白云乡"),
        ("城关街道办事处", "城关街道"),
        ("北清溪镇2023年法治政府建设年度报告", "北清溪镇"),
        ("西山县清溪镇人民政府", "西山县"),
        ("西山县人民政府", "西山县"),
        ("红光土家族苗族乡2023年法治政府建设年度报告", "红光土家族苗族乡"),
    ],
)
def test_another_place_is_named(words: str, other: str) -> None:
    assert other_place(words, NAMES) == other


def test_counties_are_not_judged_where_the_hierarchy_is_not_known() -> None:
    assert other_place("西山县清溪镇人民政府", UNKNOWN) is None
    assert other_place("白云乡人民政府", UNKNOWN) == "白云乡"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("杨柳青镇", "杨柳青"),
        ("宁夏回族自治区", "宁夏"),
        ("新疆维吾尔自治区", "新疆"),
        ("红光土家族苗族乡", "红光"),
        ("城关街道", "城关"),
        ("东乡", "东乡"),
        ("内蒙古自治区", "内蒙古"),
    ],
)
def test_the_stem_of_a_name(name: str, short: str) -> None:
    assert stem(name) == short


def told(text: str, names: PlaceNames = NAMES) -> list[tuple[str, int]]:
    return [(fault.where, fault.line) for fault in place_faults(None, (), text, names)]


def test_a_text_that_speaks_of_another_township_as_its_own_is_told_at_the_first_line_that_does() -> None:
    assert told("开展培训。\n\n2023年，白云乡坚持依法行政。\n\n白云乡党委高度重视。\n") == [("text", 3)]


def test_a_neighbour_that_is_named_beside_the_own_place_is_not_told() -> None:
    assert told("清溪镇坚持依法行政，白云乡党委配合。\n\n白云乡坚持联合执法，清溪镇牵头。\n") == []


def test_a_long_text_that_never_names_its_place_is_told_and_a_short_one_is_not() -> None:
    assert told(LONG) == [("text", 1)]
    assert told(LONG[:100]) == []
    assert told(f"{LONG}建设法治清溪。") == []
    assert list(place_faults("清溪镇2023年报告", (), LONG, NAMES)) == []


def test_issuers_are_told_by_their_number_and_signatures_by_their_line() -> None:
    found = list(place_faults(None, ("清溪镇人民政府", "白云乡人民政府"), "清溪镇", NAMES, [(9, "白云乡人民政府")]))
    assert [(fault.where, fault.number, fault.line) for fault in found] == [("issuer", 1, 0), ("signature", 0, 9)]
