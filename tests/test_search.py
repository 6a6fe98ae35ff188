"""What a search finds, in which order, and what it says where something is wrong."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from generator.search.answering import open_index
from generator.search.engine import Filters, Hit, find_hits, readings
from generator.search.query import parse_query
from generator.search.reading import Index, IndexFormatError
from tests.cases_reader import ROOT
from tests.made_up_texts import BAIYUN, QINGXI, SITE
from tests.site_in_string import build_site, copy_checkout, make_project, run_gongkai, site_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.project import Project

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/search/queries.yml").read_text("utf-8"))
SHORT = {f"{QINGXI}/2022": "清2022", f"{QINGXI}/2023": "清2023", f"{BAIYUN}/2023": "白2023"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = make_project(tmp_path_factory.mktemp("search"), SITE)
    build_site(made)
    return made


@pytest.fixture(scope="module")
def index(project: Project) -> Index:
    return open_index(site_folder(project))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = copy_checkout(tmp_path_factory.mktemp("search-real") / "project")
    build_site(made)
    return site_folder(made)


def hits(index: Index, typed: str, filters: Filters = Filters()) -> list[Hit]:  # noqa: B008 - frozen
    return list(find_hits(index, readings(index, parse_query(typed, index.folding)), filters))


def told(hit: Hit) -> tuple[str, str, str | None]:
    """Tell a hit by its report, where it is (the title, a heading, or the words of a passage), and its alias."""
    where = (
        "题名" if hit.section is None else hit.section.heading if hit.in_heading else hit.passage and hit.passage.text
    )
    return SHORT[hit.text.id], where or "", hit.alias


@pytest.mark.parametrize("case", CASES, ids=[f"{n} {case['typed'][:20]}" for n, case in enumerate(CASES)])
def test_cases(index: Index, case: dict[str, Any]) -> None:
    filters = Filters(case.get("year"), case.get("place"), case.get("topic"))
    found = [told(hit) for hit in hits(index, case["typed"], filters)]
    expected = case["hits"]
    assert len(found) == len(expected), found
    for (report, where, alias), line in zip(found, expected, strict=True):
        wanted_report, wanted, *wanted_alias = line.split(" ")
        if wanted == "执":  # the words of this passage hold spaces
            wanted, wanted_alias = "执 法 人员", []
        assert report == wanted_report, found
        assert wanted.removeprefix("小标题") in where, found
        assert ([alias] if alias else []) == wanted_alias, found


def test_every_hit_is_given_once(index: Index) -> None:
    for case in CASES:
        places = [(hit.text.id, hit.anchor) for hit in hits(index, case["typed"])]
        assert len(places) == len(set(places))


def units(site: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """Walk all that can be found: ((report, anchor), words); titles and names of places have the anchor ``""``."""
    for row in json.loads((site / "data/reports.json").read_text("utf-8")):
        report = json.loads((site / row["url"] / "report.json").read_text("utf-8"))
        yield (report["id"], ""), report["title"]
        yield (report["id"], ""), report["place"]["name"]
        for section in report["sections"]:
            yield (report["id"], section["id"]), section["number"] + section["heading"]
            for passage in section["passages"]:
                yield (report["id"], passage["id"]), passage["text"]


def drawn(words: list[str], how_many: int) -> list[str]:
    """Draw queries from the text: 2 to 12 characters, wherever they begin, without white space."""
    rng, queries = random.Random(20231), list[str]()  # noqa: S311 - a draw that is the same each time
    while len(queries) < how_many:
        text, size = rng.choice(words), rng.randint(2, 12)
        if len(text) >= size:
            start = rng.randrange(len(text) - size + 1)
            if not any(letter.isspace() for letter in text[start : start + size]):
                queries.append(text[start : start + size])
    return queries


ABSENT = [
    "龘龘", "京沪高铁", "小行星带", "量子计算机", "zzzz", "98.7654%", "《不存在的法》", "1+1+1+1", "海底捞针", "恐龙蛋",
    "火星移民", "梵高", "魑魅魍魉", "饕餮", "qwerty", "123456789", "￥￥", "∑∫", "氢弹", "莎士比亚",
]  # fmt: skip


def test_everything_is_found_and_nothing_else(real: Path) -> None:
    """Recall and precision are 1: the truth is the exact string, folded, in a title, name, heading or passage."""
    index = open_index(real)
    folded = [(place, index.fold(words)) for place, words in units(real)]
    queries = drawn([words for _, words in units(real) if words], 300)
    for typed in [*queries, *ABSENT]:
        wanted = index.fold(typed)
        truth = {place for place, words in folded if wanted in words}
        found = [hit for hit in hits(index, typed) if not hit.alias]
        shown = {(hit.text.id, hit.anchor) for hit in found}
        beside = {(hit.text.id, hit.passage.id) for hit in found if hit.passage}  # shown under its heading
        assert shown <= truth, typed
        assert truth <= shown | beside, typed
    assert not any(hits(index, typed) for typed in ABSENT)


def test_long_and_odd_queries_find_nothing_and_harm_nothing(index: Index) -> None:
    for typed in (
        "法治" * 5_000,
        "\udcff\udcfe",
        "a" * 200,
        "((((",
        "[a-z]+",
        "\\",
        "'; DROP TABLE",
        "\x00\x01",
        "𠮷𠮷",
    ):
        query = parse_query(typed, index.folding)
        assert query.problem or not list(find_hits(index, readings(index, query), Filters()))


def test_a_part_that_is_missing_is_noted_and_the_rest_is_found(project: Project) -> None:
    folder = site_folder(project) / "search"

    def read(name: str) -> bytes:
        if name == "texts/2022/0-0.bin":
            raise FileNotFoundError(name)
        content = (folder / name).read_bytes()
        return content[: len(content) // 2] if name == "texts/2023/0-0.bin" else content

    index = Index(read)
    found = {hit.text.id for hit in hits(index, "信访")}
    assert len(found) == 1
    assert index.missing == {"texts/2022/0-0.bin", "texts/2023/0-0.bin"}


def test_shards_of_another_numbering_are_not_taken_for_this_ones(project: Project) -> None:
    folder = site_folder(project) / "search"
    index = Index(lambda name: (folder / name).read_bytes())
    index.manifest["stamp"] = "00000000"  # type: ignore[index]
    with pytest.raises(IndexFormatError):
        hits(index, "信访")


def test_the_command_answers_as_promised(project: Project) -> None:
    done = run_gongkai(project, "search", "信访", "--format", "json")
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    assert [set(row) for row in rows] == [{"report", "passage", "heading", "snippet"}] * 4
    assert rows[0]["heading"] == "（一）信访和调解"
    assert rows[0]["passage"].startswith("p-")
    assert "信访" in rows[0]["snippet"]
    limited = run_gongkai(project, "search", "信访", "--format", "json", "--limit", "2", "--year", "2023")
    assert [row["report"][-4:] for row in json.loads(limited.stdout)] == ["2023", "2023"]
    titles = json.loads(run_gongkai(project, "search", "清溪镇", "--format", "json").stdout)
    assert titles[0] == {
        "report": f"{QINGXI}/2023", "passage": None, "heading": None, "snippet": "清溪镇2023年法治政府建设年度报告",
    }  # fmt: skip
    other = json.loads(run_gongkai(project, "search", "政务服务便民热线", "--format", "json").stdout)
    assert [row.get("alias") for row in other] == [None, "12345"]


@pytest.mark.parametrize("typed", ["qingxi", "qx", "qingxizhen", "QingXi", "qing xi"])
def test_the_command_answers_pinyin(project: Project, typed: str) -> None:
    rows = json.loads(run_gongkai(project, "search", typed, "--format", "json").stdout)
    assert {(row["report"], row["passage"]) for row in rows} >= {(f"{QINGXI}/2022", None), (f"{QINGXI}/2023", None)}
    assert all(row["alias"] for row in rows)


@pytest.mark.parametrize(("typed", "below"), [("南岭省", 3), ("dongshan", 3), ("nls", 3)])
def test_a_place_that_no_report_names_gives_the_reports_below_it(project: Project, typed: str, below: int) -> None:
    rows = json.loads(run_gongkai(project, "search", typed, "--format", "json").stdout)
    assert len(rows) == below
    assert all(row["passage"] is None and row["alias"] and row["snippet"].startswith("南岭省东山县") for row in rows)
    narrowed = json.loads(run_gongkai(project, "search", typed, "--format", "json", "--year", "2022").stdout)
    assert [row["report"] for row in narrowed] == [f"{QINGXI}/2022"]


def test_the_command_tells_people_where_and_what_else(project: Project) -> None:
    text = run_gongkai(project, "search", "99.77%")
    assert f"{QINGXI}/2022#p-" in text.stdout
    assert "【99.77%】" in text.stdout
    nothing = run_gongkai(project, "search", "亲溪镇")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "清溪" in nothing.stderr


@pytest.mark.parametrize(
    ("arguments", "said"), [([" "], "没有要找的字"), (["长" * 300], "太长"), (["信访", "--place", "A B"], "地址")]
)
def test_the_command_refuses_what_it_cannot_do(project: Project, arguments: list[str], said: str) -> None:
    done = run_gongkai(project, "search", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_the_command_says_where_there_is_no_index(tmp_path: Path) -> None:
    project = make_project(tmp_path, SITE)
    done = run_gongkai(project, "search", "信访")
    assert done.returncode == 2
    assert "gongkai build" in done.stderr
