"""What changed from year to year: its pages, the ledger of a township, the exports, and which files an edit rewrites."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from generator.content.parse import passage_anchor
from tests.html_reading import Element, read_html
from tests.made_up_catalogues import CATALOGUES
from tests.made_up_site import township
from tests.made_up_years import FOLDER, TOWN, YEARS
from tests.site_in_string import build_site, edit_file, make_project, run_gongkai, site_folder, site_text, write_file
from tests.test_incremental import edit, rewritten

if TYPE_CHECKING:
    from pathlib import Path

    from generator.project import Project

CHANGES = f"places/{TOWN}/2022/changes/"


@pytest.fixture
def project(plot: Path) -> Project:
    made = make_project(plot, YEARS + CATALOGUES)
    build_site(made)
    return made


def page(project: Project, address: str) -> Element:
    return read_html(site_text(project, f"{address}index.html"))


def kinds(shown: Element) -> list[str]:
    return [each["data-kind"] for each in shown.having("data-kind") if each["data-kind"] != "kept"]


def change(shown: Element, words: str) -> Element:
    (found,) = [each for each in shown.having("data-kind") if words in each.text]
    return found


def test_every_change_is_told_by_its_kind_with_ins_and_del_inside(project: Project) -> None:
    shown = page(project, CHANGES)
    counted = change(shown, "调解矛盾纠纷")
    inline = counted.one("span", class_="gk-inline")
    assert counted["data-kind"] == "reworded"
    assert [each.text for each in inline.all("del")] == ["125件", "96.1%"]
    assert [each.text for each in inline.all("ins")] == ["１６５件", "98%"]
    assert change(shown, "组织旁听庭审")["data-kind"] == "removed"
    assert change(shown, "普法形式单一")["data-kind"] == "added"
    assert change(shown, "一线执法人员不足")["data-kind"] == "reworded"


def test_a_clause_that_differs_in_noise_is_kept_and_counted(project: Project) -> None:
    shown = page(project, CHANGES)
    kept = change(shown, "开展法治培训")
    assert (kept["data-kind"], kept.attributes.get("data-noise")) == ("kept", "")
    assert [each["class"] for each in kept.one("span", class_="gk-inline").all("ins")] == ["gk-slight"]
    assert "句只是编号、标点、空格或年份的写法不同" in shown.words


def test_a_moved_clause_leads_to_where_it_stood(project: Project) -> None:
    moved = change(page(project, CHANGES), "排查机制")
    anchor = passage_anchor("全年调解矛盾纠纷125件，化解率96.1%。建立镇村两级联动的矛盾纠纷排查机制。")
    assert moved["data-kind"] == "moved"
    assert "原在“（二）化解纠纷”" in moved.words
    assert f"../../2021/#{anchor}".replace("../../", "../../../../places/liuwan-zhen/") in [
        each["href"] for each in moved.all("a")
    ]


def test_every_change_has_an_address_of_its_own_that_others_leave_alone(project: Project) -> None:
    before = {each["id"] for each in page(project, CHANGES).having("data-kind")}
    assert len(before) == len(page(project, CHANGES).having("data-kind"))
    edit_file(project, f"{FOLDER}/2022.md", "### （一）化解纠纷\n", "### （一）化解纠纷\n\n新增的一句话放在最前面。\n")
    build_site(project)
    assert before < {each["id"] for each in page(project, CHANGES).having("data-kind")}


def test_the_summary_counts_clauses_and_tells_what_was_copied(project: Project) -> None:
    shown = page(project, CHANGES)
    counts = {each["data-count"]: int(each.one("strong").text) for each in shown.having("data-count")}
    whole = [each["data-kind"] for each in shown.having("data-kind") if not in_heading(shown, each)]
    assert counts == {kind: whole.count(kind) for kind in set(whole)}
    assert "照录自2021年" in shown.words


def in_heading(shown: Element, wanted: Element) -> bool:
    return any(wanted in list(heading.walk()) for heading in shown.all("h3", class_="gk-heading"))


def test_figures_that_moved_lead_to_both_sentences(project: Project) -> None:
    (table,) = [each for each in page(project, CHANGES).all("table") if "两份报告都写明" in each.words]
    (row,) = table.one("tbody").all("tr")
    assert [cell.words for cell in row.all("td")] == ["125 件", "165 件", "+40", "+32.0%"]
    links = [each["href"] for each in row.all("a")]
    assert links[-2:] == [
        f"../../../../places/{TOWN}/2021/#f-dispute.resolved",
        f"../../../../places/{TOWN}/2022/#f-dispute.resolved",
    ]
    assert "gk-proposed" in row.all("a")[-1].attributes.get("class", "")


def test_problems_come_before_the_rest(project: Project) -> None:
    roles = [each["data-role"] for each in page(project, CHANGES).all("section", class_="gk-part")]
    assert roles == ["shortcomings", "measures", "leader_duty", "plan", "preamble"]


def test_the_three_views_need_no_script(project: Project) -> None:
    shown = page(project, CHANGES)
    names = {each["for"]: each.words for each in shown.all("label") if each["for"].startswith("view-")}
    assert names == {
        "view-marks": "批注",
        "view-sides": "对照",
        "view-only": "只看变化",
        "view-slight": "显示细微差别",
    }
    assert {each["id"] for each in shown.all("input", name="view")} == {"view-marks", "view-sides", "view-only"}


def test_a_gap_of_years_is_told(project: Project) -> None:
    shown = page(project, f"places/{TOWN}/2024/changes/")
    assert "中间缺 2023 年的报告" in shown.words
    assert shown.one("h1").words == "柳湾镇2024年报告：与2022年相比"


def test_the_first_report_says_that_there_is_nothing_to_compare_with(project: Project) -> None:
    shown = page(project, f"places/{TOWN}/2021/changes/")
    assert "没有收录这里更早的报告，无从比较" in shown.words
    assert not shown.having("data-kind")


def test_another_state_of_the_text_is_told_and_not_compared(project: Project) -> None:
    edit_file(project, f"{FOLDER}/2021.yml", "title: ", "text_state: excerpt\ntitle: ")
    build_site(project)
    shown = page(project, CHANGES)
    assert "没有比较：2021年的文本是节录，不是全文，比不出增减" in shown.words
    assert not shown.having("data-kind")
    assert "没有比较：2021年的文本是节录" in page(project, f"places/{TOWN}/").words


def test_a_new_township_is_compared_with_the_one_that_it_continues(project: Project) -> None:
    place = "name: 新柳镇\nlevel: township\nparent_unverified: true\npredecessors: [liuwan-zhen]\n"
    write_file(project.root, "content/places/xinliu-zhen/place.yml", place)
    text = "## 一、主要举措和成效\n\n一是开展法治培训8场，参加150人次。\n"
    write_file(project.root, "content/places/xinliu-zhen/2025.md", text)
    write_file(project.root, "content/places/xinliu-zhen/2025.yml", "{}\n")
    build_site(project)
    shown = page(project, "places/xinliu-zhen/2025/changes/")
    assert "新柳镇承接自柳湾镇" in shown.words
    assert change(shown, "开展法治培训")["data-kind"] == "reworded"


def test_the_report_leads_to_its_changes(project: Project) -> None:
    told = page(project, f"places/{TOWN}/2022/").one("p", class_="gk-since")
    assert told.one("a")["href"] == f"../../../{CHANGES}"
    assert "与2021年相比" in told.words
    assert not page(project, f"places/{TOWN}/2021/").all("p", class_="gk-since")


def test_sentences_of_three_townships_are_told_apart(project: Project) -> None:
    said = "严格执行行政执法公示和全过程记录等各项制度，做到持证上岗。"
    for name in ("a", "b"):
        text = f"## 一、主要举措和成效\n\n{said}\n"
        for path, content in files_of(township(f"{name}-zhen", f"{name}镇", y2022=text)).items():
            write_file(project.root, path, content)
    edit_file(project, f"{FOLDER}/2022.md", "化解率98%。", f"化解率98%。{said}")
    build_site(project)
    shown = page(project, CHANGES)
    assert "data-common" in change(shown, "持证上岗").attributes
    assert "data-common" not in change(shown, "普法形式单一").attributes


def files_of(text: str) -> dict[str, str]:
    _, *parts = text.replace(" --\n", "\0").replace("-- ", "\0").split("\0")
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_township_keeps_the_ledger_of_what_was_promised(project: Project) -> None:
    shown = page(project, f"places/{TOWN}/")
    promises = {
        item.one("p", class_="gk-promise").words: item.words
        for item in shown.one("section", aria_labelledby="commitments").all("li")
    }
    confirmed = promises["为综合执法队伍补充法律专业人员2名。"]
    assert "已确认 2022年：补充法律专业人员3名（多补充了1名）" in confirmed
    pocket = promises["编印通俗易懂的普法口袋书，走遍全镇村民小组。"]
    assert "可能相关（自动） 2022年" in pocket
    assert "走遍全镇96个村民小组" in pocket
    plans = [each.words for each in shown.all("li") if "修订全镇应急处置预案" in each.words]
    assert any("再次列入安排 2022年" in each and "2022年报告的举措里未见对应表述" in each for each in plans)
    assert "不等于没有做" in shown.words


def test_every_commitment_has_an_address(project: Project) -> None:
    items = page(project, f"places/{TOWN}/").one("section", aria_labelledby="commitments").all("li")
    anchors = [each["id"] for each in items]
    assert len(anchors) == len(set(anchors)) == 4
    assert all(each.startswith("k-20") for each in anchors)


def test_problems_that_come_again_stand_together_with_each_years_words(project: Project) -> None:
    items = page(project, f"places/{TOWN}/").one("section", aria_labelledby="problems").all("li")
    assert [[each.words for each in item.all("p")] for item in items] == [
        [
            "2021年：执法力量薄弱，一线执法人员不足。",
            "2022年：执法力量仍然薄弱，一线执法人员不足。",
            "2024年：执法力量薄弱、一线人员不足的状况没有根本改变。",
        ]
    ]


def rows(project: Project, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site_text(project, f"data/{table}.csv"))))


def test_the_exports_tell_changes_and_likeness(project: Project) -> None:
    changes = rows(project, "changes")
    assert list(changes[0]) == ["place", "year", "previous", "kind", "section", "old", "new", "url"]
    shown = page(project, CHANGES)
    own = [each for each in changes if each["year"] == "2022"]
    assert sorted(each["kind"] for each in own) == sorted(kinds(shown))
    (moved,) = [each for each in own if each["kind"] == "moved" and each["old"] == each["new"]]
    assert (moved["previous"], moved["section"]) == ("2021", "三、主要负责人履职情况")
    anchors = {each["id"] for each in shown.having("id")}
    assert all(each["url"].partition("#")[2] in anchors for each in own)
    likeness = rows(project, "similarity")
    assert {each["role"] for each in likeness if each["year"] == "2022"} == {
        "measures", "shortcomings", "leader_duty", "plan", "preamble", "whole",
    }  # fmt: skip
    for each in likeness:
        for measure in ("cosine", "jaccard", "minimum_edit", "simple", "copied"):
            assert 0 <= float(each[measure]) <= 1


def test_an_edit_of_last_years_report_rewrites_what_is_told_of_this_one(project: Project) -> None:
    written, removed = rewritten(project, edit(project, f"{FOLDER}/2021.md", "经费保障不够", "经费支持不够"))
    own = {f"places/{TOWN}/2021/{name}" for name in ("index.html", "report.json", "2021.md")}
    data = {f"data/{name}" for name in ("changes.csv", "gongkai.sqlite", "SHA256SUMS")}
    assert own | data | {f"{CHANGES}index.html", f"places/{TOWN}/index.html", f"places/{TOWN}/feed.xml"} <= written
    assert not {each for each in written if each.startswith(f"places/{TOWN}/2024/")}
    assert f"places/{TOWN}/2022/index.html" not in written
    assert not removed


def test_a_confirmed_answer_rewrites_the_ledger(project: Project) -> None:
    line = "- {commitment: 编印通俗易懂的普法口袋书, year: 2022, quote: 编印普法口袋书2000册}\n"
    written, _ = rewritten(project, edit(project, f"{FOLDER}/2021.yml", "commitments:\n", f"commitments:\n{line}"))
    assert written == {f"places/{TOWN}/index.html", f"places/{TOWN}/2021/2021.yml"}


def test_a_report_that_goes_takes_its_comparison_along(project: Project) -> None:
    def change_files() -> None:
        for name in ("2022.md", "2022.yml"):
            (project.root / FOLDER / name).unlink()

    _, removed = rewritten(project, change_files)
    assert f"{CHANGES}index.html" in removed
    assert "与2021年相比" in page(project, f"places/{TOWN}/2024/changes/").one("h1").words


def test_a_report_that_fails_today_is_compared_as_it_was_published(project: Project) -> None:
    edit_file(project, f"{FOLDER}/2021.yml", "title: ", "titel: x\ntitle: ")
    edit_file(project, f"{FOLDER}/2022.md", "普法形式单一。", "普法形式比较单一。")
    build_site(project, strict=False)
    shown = page(project, CHANGES)
    assert change(shown, "普法形式比较单一")["data-kind"] == "added"
    assert change(shown, "调解矛盾纠纷")["data-kind"] == "reworded"
    assert (site_folder(project) / "places" / TOWN / "2021" / "changes" / "index.html").is_file()


def test_the_command_tells_the_same(project: Project) -> None:
    told = run_gongkai(project, "diff", f"{TOWN}/2021", f"{TOWN}/2022")
    assert told.returncode == 0, told.stderr
    assert "全年调解矛盾纠纷[-125件-]{+１６５件+}，化解率[-96.1%-]{+98%+}。" in told.stdout
    found = run_gongkai(project, "diff", f"{FOLDER}/2021.md", f"{FOLDER}/2022.yml", "--format", "json")
    value = json.loads(found.stdout)
    assert (value["old"], value["new"], value["comparable"], value["reason"]) == (
        f"{TOWN}/2021",
        f"{TOWN}/2022",
        True,
        None,
    )
    assert {"indicator": "dispute.resolved", "unit": "件", "old": 125, "new": 165} in value["figures"]
    assert 0 < value["similarity"]["measures"] < 1
    shown = page(project, CHANGES)
    assert [each["id"] for each in value["changes"]].sort() == [each["id"] for each in shown.having("data-kind")].sort()
    html = read_html(run_gongkai(project, "diff", f"{TOWN}/2021", f"{TOWN}/2022", "--format", "html").stdout)
    assert kinds(html) == kinds(shown)


def test_the_command_compares_files_outside_of_any_project(tmp_path: Path, project: Project) -> None:
    write_file(tmp_path, "old.md", "## 一、工作开展情况\n\n2021年开展培训3场。\n")
    write_file(tmp_path, "new.md", "## 一、工作开展情况\n\n2022年开展培训5场。\n")
    told = run_gongkai(project, "-C", str(tmp_path), "diff", str(tmp_path / "old.md"), str(tmp_path / "new.md"))
    assert told.returncode == 0, told.stderr
    assert "2022年开展培训[-3场-]{+5场+}。" in told.stdout


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("no/such/2022", "写报告编号"),
        ("empty.md", "看不出 empty.md 是哪一年的报告"),
        ("broken.md", "不是 UTF-8 编码"),
        ("picture.png", "不是正文文件"),
        ("bad-2022.md", "bad-2022.yml"),
    ],
)
def test_the_command_says_what_it_cannot_read_and_what_to_do(project: Project, named: str, told: str) -> None:
    write_file(project.root, "empty.md", "没有年份。\n")
    write_file(project.root, "broken.md", b"\xff\xfe2021")
    write_file(project.root, "picture.png", b"png")
    write_file(project.root, "bad-2022.md", "2022年。\n")
    write_file(project.root, "bad-2022.yml", "titel: x\n")
    result = run_gongkai(project, "diff", f"{TOWN}/2021", named)
    assert result.returncode == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr
