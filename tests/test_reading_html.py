from __future__ import annotations

import html as html_escapes
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.markdown import read_blocks
from generator.content.schema import record_from, violations
from generator.content.yaml_reading import read_yaml
from generator.importing.document import Document, ImportRefusedError, printed
from generator.importing.filing import plan_import
from generator.importing.imported import ImportedText, import_document
from generator.importing.proposals import propose_record
from generator.importing.reading import read_document
from generator.importing.receiving import Received
from tests.cases_reader import ROOT, case_names, read_case

CASES = [name for name in case_names("import") if name.startswith("html-")]
PLACES = ROOT / "content" / "places"
REPORTS = [path.relative_to(PLACES).as_posix() for path in sorted(PLACES.rglob("20??.md"))]
YEAR = 2023
BODY = "<p>清溪镇推进法治政府建设，取得成效。</p><p>一、工作情况</p><p>办理案件12件。</p><p>二、存在问题</p><p>宣传不够。</p>"
TITLE = "清溪镇2023年法治政府建设年度报告"


def read_page(markup: str, encoding: str = "utf-8") -> Document:
    return read_document(markup.encode(encoding), "page.html")


def texts(markup: str) -> list[str]:
    return [line.text for line in read_page(markup).lines]


def page(body: str = BODY, head: str = "") -> str:
    return f'<html><head><meta charset="utf-8">{head}</head><body><div class="TRS_Editor">{body}</div></body></html>'


def import_case(name: str) -> ImportedText:
    case = read_case("import", name)
    kind = "mhtml" if "mhtml" in case else "html"
    return import_document(read_document(case[kind].encode(case.get("encoding", "utf-8").strip()), f"page.{kind}"))


@pytest.mark.parametrize("name", CASES)
def test_reads_as_a_careful_editor_would(name: str) -> None:
    case = read_case("import", name)
    imported = import_case(name)
    assert (imported.title or "") == case["title"].strip()
    assert imported.text == case["text"].strip("\n") + "\n"
    assert imported.document.unexplained == 0
    for told in case.get("notes", "").splitlines():
        assert any(told in note.what for note in imported.document.notes), told


@pytest.mark.parametrize("name", [name for name in CASES if "record" in read_case("import", name)])
def test_proposes_what_the_page_says_of_itself(name: str) -> None:
    expected = read_yaml(read_case("import", name)["record"].encode()).value
    assert not list(violations("report", expected))
    proposed = msgspec.to_builtins(propose_record(import_case(name), YEAR))
    for part in ("dates", "source"):
        proposed[part] = {key: value for key, value in proposed[part].items() if value is not None}
    proposed["issuer"] = list(proposed["issuer"])
    assert {key: proposed[key] for key in expected} == expected


def trs_page(title: str, blocks: Sequence[str]) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_某县人民政府</title></head><body>'
        '<div class="nav"><a href="/">首页</a></div><div class="main"><div class="crumb">当前位置：<a href="/">首页</a></div>'
        f"<h1>{title}</h1><div class='info'>来源：本县 【字号：大 中 小】</div><div class='TRS_Editor'>{''.join(blocks)}</div>"
        "<div class='share'>分享到：<a href='#'>微信</a></div></div><div class='footer'>版权所有：某县人民政府</div></body></html>"
    )


def table_page(title: str, blocks: Sequence[str]) -> str:
    plain = [block.removeprefix("<p>").replace("</p>", "<br>") for block in blocks]
    lines = "".join(block if block.startswith("<table") else f"&nbsp;&nbsp;&nbsp;&nbsp;{block}\r\n" for block in plain)
    return (
        "<HTML><BODY><TABLE><TR><TD><A href=a>首页</A> | <A href=b>新闻</A></TD></TR></TABLE><TABLE><TR><TD><A href=c>简介</A></TD>"
        f"<TD><CENTER><B>{title}</B></CENTER><TABLE><TR><TD>{lines}</TD></TR></TABLE></TD></TR></TABLE>"
        "<CENTER>版权所有 某县人民政府</CENTER></BODY></HTML>"
    )


def block_markup(text: str) -> list[str]:
    found: list[str] = []
    for block in read_blocks(text):
        if block.kind == "table":
            rows = ("".join(f"<td>{html_escapes.escape(cell)}</td>" for cell in row) for row in block.rows)
            found.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            found.append(f"<p>{html_escapes.escape(block.text)}</p>")
    return found


@pytest.mark.parametrize(("style", "encoding"), [(trs_page, "utf-8"), (table_page, "gb18030")])
@pytest.mark.parametrize("report", REPORTS)
def test_real_reports_come_back_from_a_page(
    report: str, style: Callable[[str, Sequence[str]], str], encoding: str
) -> None:
    path = PLACES / report
    text = path.read_bytes().decode()
    record = record_from("report", read_yaml(path.with_suffix(".yml").read_bytes()).value)
    title = record.title or ""
    imported = import_document(read_page(style(html_escapes.escape(title), block_markup(text)), encoding))
    assert (imported.title or "", imported.text) == (title, text)


@pytest.mark.parametrize(
    ("encoding", "declared", "told"),
    [
        ("utf-8", "utf-8", "UTF-8"),
        ("utf-8-sig", "gb2312", "UTF-8（带 BOM）"),
        ("utf-16", "unicode", "UTF-16"),
        ("gb18030", "gb2312", "GB18030"),
        ("gb18030", "utf-8", "GB18030"),
        ("utf-8", "gbk", "UTF-8"),
        ("big5", "big5", "Big5"),
    ],
)
def test_an_encoding_is_what_the_bytes_are(encoding: str, declared: str, told: str) -> None:
    body = "<p>青石鄉推進法治政府工作，取得成效。</p><p>一、工作情況</p><p>全年工作有序。</p><p>二、年度計劃</p>"
    markup = page(body).replace("utf-8", declared)
    document = read_document(markup.encode(encoding), "page.html")
    assert document.described == f"网页，{told}"
    assert document.texts[-3:] == ["一、工作情況", "全年工作有序。", "二、年度計劃"]


def test_a_broken_character_is_borne_in_the_frame_and_refused_in_the_article() -> None:
    cut = "更多法治新闻".encode()[:-1]
    markup = page().encode()
    read = read_document(markup.replace(b"<body>", b"<body><div class='nav'>" + cut + b"</div>"), "page.html")
    assert read.texts[-1] == "宣传不够。"
    with pytest.raises(ImportRefusedError, match="编码已损坏"):
        read_document(markup.replace("宣传不够".encode(), "宣传不够".encode()[:-1]), "page.html")


def test_a_title_of_the_page_is_printed_once() -> None:
    heading = f"<h1>{TITLE}</h1>"
    outside = page().replace("<body>", f"<body>{heading}")
    inside = page(heading + BODY)
    both = page(f"<p>{TITLE}</p>{BODY}").replace("<body>", f"<body>{heading}")
    tagged = page(head=f"<title>{TITLE}_清溪镇人民政府</title>")
    for markup in (outside, inside, both, tagged):
        document = read_page(markup)
        assert document.texts.count(TITLE) == 1
        assert document.unexplained == 0
        assert import_document(document).title == TITLE


def test_a_title_that_is_no_report_s_is_only_told() -> None:
    document = read_page(page(head='<title>清溪镇政务_某县</title><meta name="ArticleTitle" content="清溪镇法治公示">'))
    assert document.texts[0].startswith("清溪镇推进")
    assert import_document(document).title == "清溪镇法治公示"


def test_white_space_is_folded_as_readers_see_it() -> None:
    body = "<p>\n  清溪镇持续推进\n  法治政府建设，引入 LED\nscreen\t播放。</p><pre>一、做法\n张　三&nbsp;&nbsp;讲 课。</pre>"
    assert texts(page(body)) == ["清溪镇持续推进法治政府建设，引入 LED screen 播放。", "一、做法", "张　三 讲 课。"]


def test_every_kind_of_list_number_is_written_as_printed() -> None:
    lists = (
        '<ol type="a"><li>甲</li></ol><ol type="I" start="4"><li>乙</li></ol><ol reversed><li>丙</li><li>丁</li></ol>'
        '<ol style="list-style-type:simp-chinese-informal" start="21"><li>戊</li></ol><ol><li value="7">己</li><li>庚</li></ol>'
        '<ul><li>辛<ol><li>壬</li></ol></li><li>（一）癸</li></ul><ol style="list-style:none"><li>子</li></ol>'
    )
    document = read_page(page(BODY + lists))
    found = [(line.text, line.kind) for line in document.lines[5:]]
    assert [text for text, _ in found] == [
        *("a.甲", "IV.乙", "2.丙", "1.丁", "二十一、戊", "7.己", "8.庚"),
        *("辛", "1.壬", "（一）癸", "子"),
    ]
    assert [text for text, kind in found if kind == "item"] == ["辛"]
    assert document.unexplained == 0


def test_a_table_keeps_its_grid() -> None:
    table = (
        "<table border=1><tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr><tr><td>丙</td><td rowspan=2>丁</td></tr>"
        "<tr><td>戊</td><td>己</td></tr></table>"
    )
    document = read_page(page(BODY + table))
    assert [line.text for line in document.lines if line.kind == "row"] == ["甲\t乙\t", "\t丙\t丁", "戊\t己\t"]


@pytest.mark.parametrize(
    ("markup", "message", "hint"),
    [
        (page('<p>报告全文见附件。</p><p><a href="a.pdf">报告.pdf</a></p>'), "正文在附件里", "下载附件"),
        (page('<p><a href="/down?id=1">报告.docx</a></p>'), "正文在附件里", "下载附件"),
        (page('<iframe src="viewer.html?file=a.pdf"></iframe>'), "嵌在网页里", "下载"),
        ("<html><frameset><frame src='a.htm'></frameset></html>", "嵌在网页里", "打开那个文件"),
        (
            '<html><body><div id="app"></div><script>render("法治政府建设工作。")</script></body></html>',
            "由脚本生成",
            "另存为",
        ),
        ("<html><body><p>首页</p></body></html>", "没有找到报告正文", "检查"),
        ("<html></html>", "没有找到报告正文", "检查"),
    ],
)
def test_a_page_without_its_report_is_refused_with_advice(markup: str, message: str, hint: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        read_page(markup)
    assert message in refused.value.message
    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("printed_date", "read"),
    [
        ("2024-03-01 10:20", "2024-03-01 10:20"),
        ("2024-03-01-10:20:33", "2024-03-01 10:20"),
        ("2024-03-01 00:00:00", "2024-03-01"),
        ("2024年3月1日", "2024-03-01"),
        ("2024-02-29T18:00:00Z", "2024-03-01 02:00"),
        ("2024-03-01T08:00:00+08:00", "2024-03-01 08:00"),
        ("20240301", "2024-03-01"),
        ("202403010930", "2024-03-01 09:30"),
        ("null", None),
        ("", None),
        ("1900-01-01", None),
        ("2024-99-99T99:99:99", None),
    ],
)
def test_reads_dates_of_tags_in_all_their_forms(printed_date: str, read: str | None) -> None:
    document = read_page(page(head=f'<meta name="PUBDATE" content="{printed_date}">'))
    assert propose_record(import_document(document), YEAR).dates.published == read


@pytest.mark.parametrize(
    "told",
    [
        '<link rel="canonical" href="https://www.a.gov.cn/1.html">',
        '<meta property="og:url" content="https://www.a.gov.cn/1.html">',
        '<link rel="canonical" href="/1.html"><meta name="Url" content="https://www.a.gov.cn/1.html">',
        '<link rel="canonical" href="http://localhost/1.html"><meta name="url" content="https://www.a.gov.cn/1.html">',
    ],
)
def test_an_address_comes_from_what_the_page_says_and_an_editor_s_own_stays(told: str, tmp_path: Path) -> None:
    imported = import_document(read_page(page(f"<p>{TITLE}</p>{BODY}", told)))
    place = "qingxi-zhen"
    received = Received("page.html", b"x", ".html", imported)
    planned = plan_import(tmp_path, received, place=place, year=YEAR)
    assert planned.record.source.url == "https://www.a.gov.cn/1.html"
    (tmp_path / place).mkdir()
    (tmp_path / place / f"{YEAR}.yml").write_text("source: {url: 'https://b.gov.cn/2'}\n")
    again = plan_import(tmp_path, received, place=place, year=YEAR)
    assert again.record.source.url == "https://b.gov.cn/2"


def test_an_issuer_is_named_by_a_tag_only_if_it_reads_like_one() -> None:
    named = read_page(page(head='<meta name="ContentSource" content="清溪镇人民政府">'))
    other = read_page(page(head='<meta name="ContentSource" content="某某新闻网">'))
    assert propose_record(import_document(named), YEAR).issuer == ("清溪镇人民政府",)
    assert propose_record(import_document(other), YEAR).issuer == ()
    assert ("信息来源", "某某新闻网") in other.metadata


ARTICLE = [
    "清溪镇推进法治政府建设，取得成效。",
    "一、工作情况",
    "办理案件12件。",
    "二、存在问题",
    "宣传不够。",
]


@pytest.mark.parametrize(
    "beside",
    [
        "<div><h4>本县概况</h4><p>本县位于省境北部，山水相依，物产丰富。</p></div>",
        "<div><p>网友评论</p><p>看了很受教育，希望继续公开。</p></div>",
        "<div><h3>热点新闻</h3><p><a href=1>县政府开会</a></p><p>会议研究了下一阶段的重点工作。</p></div>",
        "<div><p>为了更好的体验，本网站使用Cookie。</p></div>",
        "<div><p>地址：某县人民路1号，邮编：000000。</p></div>",
        "<div class='xx-right'><div><p>右栏里也有一句完整的话，说的是别的事。</p></div></div>",
        "<ul><li><a href=1>一、机构职能</a></li><li><a href=2>二、法规文件</a></li></ul>",
    ],
)
def test_prose_of_the_frame_is_left_out_though_nothing_names_it(beside: str) -> None:
    for middle in (f"<div>{BODY}</div>{beside}", f"{beside}<div>{BODY}</div>"):
        assert texts(f"<html><body><div>{middle}</div></body></html>") == ARTICLE


@pytest.mark.parametrize(
    "parts",
    [
        (f"<div>{BODY}</div>", "<div><p>对照法治政府建设的要求，还有不小差距。</p></div>"),
        (
            f"<div class='TRS_Editor'>{BODY}</div>",
            "<div class='TRS_Editor'><p>对照法治政府建设的要求，还有不小差距。</p></div>",
        ),
        (f"<div id='zoom'>{BODY}</div>", "<div><p>三、下步打算</p></div>"),
        (f"<div>{BODY}</div>", "<p>特此报告</p>"),
        (f"<div><div>{BODY}</div></div>", "<div>清溪镇人民政府</div><div>2024年1月9日</div>"),
        (BODY, "<table border=1><tr><td>调解</td><td>12</td></tr></table>"),
        ("<div><p>清溪镇2023年有关情况如下。</p></div>", f"<section><div>{BODY}</div></section>"),
    ],
)
def test_no_part_of_an_article_is_cut_off(parts: tuple[str, str]) -> None:
    document = read_page(
        f"<html><body><div class='a'>{''.join(parts)}</div><div class='footer'>页脚</div></body></html>"
    )
    assert set(ARTICLE) < set(document.texts)
    assert [note.samples for note in document.notes] == [("页脚",)]


@pytest.mark.parametrize(
    "widget",
    [
        "【字号：大 中 小】",
        "字体：小 中 大",
        "浏览量：128",
        "分享到：",
        "语音播报：",
        "打印 关闭",
        "【打印本页】【关闭窗口】",
        "来源：清溪镇 发布时间：2024-03-01 10:20 浏览次数：5",
        "发布者：办公室 发布时间：2024-03-01",
        "2024-03-01 10:20 来源：清溪镇",
        "发布于 2024-03-01 | 作者：办公室",
        "（责任编辑：某某）",
        "标签：法治",
    ],
)
def test_widget_text_inside_an_article_is_dropped_on_record(widget: str) -> None:
    for body in (f"<p>{widget}</p>{BODY}", f"{BODY}<p>{widget}</p>"):
        imported = import_document(read_page(page(body)))
        assert [repair.text for repair in imported.repairs if repair.kind == "drop"] == [widget]


HAN = st.text("法治政府建设工作推进情况良好持续完善制度机制", min_size=8, max_size=30)
SENTENCES = HAN.map(lambda words: f"镇上{words}取得新的成效。")
WRAPPERS = st.sampled_from(
    [
        "<p>{}</p>",
        "<div>{}</div>",
        "<p>&emsp;&emsp;<span style='mso-spacerun:yes'><font>{}</font></span><o:p></o:p></p>",
        "<p><b>{}</b></p>",
        "{}<br>",
        "{}<br/><br/>",
        "<section><p>{}</p></section>",
        "<p>\n{}\n</p>\n",
        "<table><tr><td><p>{}</p></td></tr></table>",
    ]
)
CONTAINERS = st.sampled_from(
    [
        "<div id='zoom'>{}</div>",
        "<div class='TRS_Editor'>{}</div>",
        "<article>{}</article>",
        "<div id='UCAP-CONTENT'><UCAPCONTENT>{}</UCAPCONTENT></div>",
        "<table><tr><td class='nav'><a href='x'>栏目</a></td><td>{}</td></tr></table>",
        "<div class='m1'><div class='m2'>{}</div></div>",
        "<div class='view'><div class='Custom_UnionStyle'>{}</div></div>",
    ]
)
BEFORE = st.lists(
    st.sampled_from(
        [
            "<div class='header'><a href='/'>框架甲</a></div>",
            "<nav><ul><li><a href='/'>框架乙</a></li></ul></nav>",
            "<div class='crumb'>当前位置：<a href='/'>框架丙</a></div>",
            "<table><tr><td><a href='1'>框架丁</a> | <a href='2'>框架戊</a></td></tr></table>",
            "<div class='sidebar'><p>框架己介绍本县的概况和历史沿革。</p></div>",
            "<div style='display:none'>框架庚藏着不给人看的话。</div>",
            "<script>var a = '框架辛。';</script>",
        ]
    ),
    max_size=4,
)
AFTER = st.lists(
    st.sampled_from(
        [
            "<div class='share'>分享到：<a href='#'>框架壬</a></div>",
            "<div class='related'><h3>相关阅读</h3><ul><li><a href='1'>框架癸镇2023年法治政府建设年度报告</a></li></ul></div>",
            "<div><h4>相关链接</h4><p><a href='1'>框架子</a></p></div>",
            "<footer><p>框架丑版权所有。</p></footer>",
            "<div>主办单位：框架寅 网站标识码：0000000000</div>",
            "<select><option>框架卯</option></select>",
        ]
    ),
    max_size=4,
)


@given(st.lists(st.tuples(SENTENCES, WRAPPERS), min_size=3, max_size=12), CONTAINERS, BEFORE, AFTER, st.booleans())
def test_the_article_is_kept_whole_and_its_frame_left_out(
    paragraphs: Sequence[tuple[str, str]],
    container: str,
    before: Sequence[str],
    after: Sequence[str],
    nested: bool,  # noqa: FBT001
) -> None:
    numbered = [f"{'一二三四五六七八九十'[at % 10]}、{text}" for at, (text, _) in enumerate(paragraphs)]
    body = "".join(wrapper.format(text) for text, (_, wrapper) in zip(numbered, paragraphs, strict=True))
    middle = "".join(before) + container.format(body) + "".join(after)
    document = read_page(f"<html><body>{f'<div><div>{middle}</div></div>' if nested else middle}</body></html>")
    assert "".join(document.texts) == "".join(numbered)
    assert document.unexplained == 0
    assert document.characters == printed(numbered) + sum(note.characters for note in document.notes)
