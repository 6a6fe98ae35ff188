"""What is suggested while somebody types: names of places, topics, systems and laws, in Chinese and in pinyin."""

from __future__ import annotations

import csv
import random
import zlib
from typing import TYPE_CHECKING

import pytest
import yaml

from generator.content.catalogue_files import load_catalogues, read_catalogue_bytes
from generator.importing.naming import place_level, place_slug, place_syllables
from generator.model import Place, PlaceRecord
from generator.search.names import Names, OtherName, encode_names, read_names
from tests.cases_reader import CASES, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

READINGS: dict[str, str] = yaml.safe_load((CASES / "search" / "place-readings.yml").read_text(encoding="utf-8"))
TREE = {
    "天津市": {"西青区": ["杨柳青镇", "李七庄街道", "中北镇"], "河西区": ["柳林街道"]},
    "重庆市": {"黔江区": ["杉岭乡", "石会镇"], "北碚区": ["天生街道"]},
    "宁夏回族自治区": {"吴忠市": {"利通区": ["扁担沟镇", "古城镇", "上桥镇"], "盐池县": ["花马池镇"]}},
    "山西省": {
        "吕梁市": {"兴县": ["蔚汾镇"], "岚县": ["东村镇"]},
        "长治市": {"长子县": ["丹朱镇", "慈林镇"]},
        "临汾市": {"洪洞县": ["大槐树镇"]},
    },
    "安徽省": {"六安市": {"金安区": ["东市街道"]}, "滁州市": {"明光市": ["女山湖镇"]}},
    "河南省": {"新乡市": {"长垣市": ["魏庄街道"], "获嘉县": ["城关镇"]}, "焦作市": {"武陟县": ["城关镇", "绿营乡"]}},
    "浙江省": {"杭州市": {"上城区": ["朝晖街道", "清波街道"]}, "台州市": {"天台县": ["平桥镇"]}},
    "湖北省": {"恩施土家族苗族自治州": {"宣恩县": ["沙道沟镇", "长潭河侗族乡"]}},
    "甘肃省": {"酒泉市": {"阿克塞哈萨克族自治县": ["红柳湾镇"]}},
    "江苏省": {"苏州市": {"虎丘区": ["滸墅關鎮"]}},
    "12345区": ["A1街道"],
    "陕西省": {"西安市": {"长安区": ["韦曲街道"]}},
    "西藏自治区": {"那曲市": []},
}
OTHERS = (
    OtherName("topic", "矛盾纠纷化解与信访", "topics/disputes/", ("大调解",)),
    OtherName("topic", "信访", "topics/disputes.petition/", ("信访工作", "来信来访")),
    OtherName("topic", "法治宣传教育", "topics/publicity/"),
    OtherName("topic", "网格化管理", "topics/grassroots.grid/", ("网格员",)),
    OtherName("system", "12345热线", "topics/systems/rexian-12345/", ("政务服务便民热线",)),
    OtherName("system", "“1+2+4+N”工作机制", "topics/systems/yi-er-si-n/"),
    OtherName("system", "信访代办制", "topics/systems/xinfang-daibanzhi/"),
    OtherName("system", "“三会一课”制度", "topics/systems/sanhui-yike/", ("三会一课",)),
    OtherName("system", "法制审核员", "topics/systems/fazhi-shenheyuan/"),
    OtherName("system", "杨柳青普法艺术团", "https://example.com/团/"),
    OtherName("law", "中华人民共和国民法典", "laws/minfadian/", ("民法典",)),
    OtherName("law", "中华人民共和国行政处罚法", "laws/xingzheng-chufafa/", ("处罚法",)),
    OtherName("law", "中华人民共和国长江保护法", "laws/changjiang-baohufa/"),
    OtherName("law", "信访工作条例", "laws/xinfang-tiaoli/"),
    OtherName("law", "中华人民共和国", "laws/x/"),
)
TYPED = [
    *("杨柳青", "柳青", "杨", "青", "镇", "城关镇", "城关", "吕梁", "天津市", "天津西青", "长子", "长子县", "浒墅关", "滸墅關"),
    *("信访", "信 访", "民法典", "《民法典》", "中华人民共和国民法典", "《中华人民共和国民法典》", "中华人民共和国", "民法典。", "工作"),
    *("yangliuqing", "YangLiuQing", "ｙａｎｇｌｉｕｑｉｎｇ", "ylq", "YLQ", "yangliuq", "yliuqing", "yang liu qing", "yang'liu'qing"),
    *("yang’liu’qing", "yang-liu-qing", "yangl", "yangli", "yan", "ya", "y", "yangliuqingzhen", "ylqz", "yangliuqz", "yangliuqingz"),
    *("liuqing", "lq", "liuq", "qing", "qingzhen", "zhongbei", "zhbei", "zbei", "zb", "zhb", "shanling", "shling", "sling", "sl", "slx"),
    *("lvliang", "lüliang", "luliang", "lyuliang", "lǚliáng", "lü", "lv", "lu", "nvshanhu", "nüshanhu", "nushanhu", "nyushanhu"),
    *("lvying", "lying", "luying", "luan", "liuan", "chongqing", "zhongqing", "cq", "changzhi", "zhangzi", "zz", "zhzi", "zhangz"),
    *("hongtong", "wuzhi", "xian", "xi'an", "xi an", "xia", "changan", "chang'an", "ningxia", "nxhzzzq", "wuzhong", "wuzhongshi"),
    *("zizhixian", "tujia", "esh", "enshi", "akesai", "aks", "a", "e", "o", "x", "zh", "ch", "sh", "s", "i", "u", "v", "ng", "n"),
    *("xinfang", "xinf", "xf", "xinfangdaiban", "fazhi", "fz", "fzxc", "wangge", "wanggehua", "wgh", "minfadian", "mfd", "zhmfd"),
    *("zhonghuarenmingongheguo", "zhrmghg", "xzcff", "chufafa", "cff", "changjiang", "zhangjiang", "sanhuiyike", "shyk"),
    *("12345", "123", "5", "12345rexian", "12345热线", "12345rx", "热线", "1+2+4+N", "124n", "n", "a1", "a1jiedao", "A1", "＃", "１２３４５"),
    *("杨l青", "杨柳q", "yang柳青", "y柳q", "杨 liu 青", "杨柳青z", "杨liuqing镇", "信f"),
    *("仰柳青", "杨六青", "羊流清", "杨柳亲", "杨青柳", "柳杨青镇", "网各化", "网格画", "网歌华", "新房", "新方", "心访", "民发典"),
    *("彳亍", "彭柳青", "扁担钩", "篇担沟镇", "杉林", "三岭", "山岭", "中花人民", "行政处法", "行政处罚", "处罚行政法", "大条解", "条解"),
    *("yanliuqin", "yanliuqing", "hongdong", "shanlin", "sanling", "niuliang", "xingfang", "wanggefa", "zhuangwang"),
    *("大调解", "datiaojie", "dtj", "来信", "laixin", "网格员", "便民热线", "bianmin", "三会一课", "三会1课"),
    *("", " ", "'", "   ' - ", "😀", "杨😀柳青", "\ud83d", "\ud83d杨柳青", "<script>", "<script>alert(1)</script>", ".*", "(", "[a-z]+"),
    *("\\", "$^", "a" * 300, "y" * 200, "杨" * 10_000, "yang" * 2_500, "zhzhzhzhzh" * 20, "a a a a a", "\0", "\n杨柳青\n", "杨\u3000柳青"),
    *("constructor", "__proto__", "null", "ÀÉ", "ß", "①②", "㎡", "𠮷", "〇", "ỳang", "yàng liǔ qīng", "u\u0308", "lu\u0308liang"),
]  # fmt: skip
"""What people type, and what they do not."""


def make_places(tree: Mapping[str, object], above: str = "", depth: int = 1) -> Iterator[tuple[str, Place]]:
    """Walk the places of a tree of names."""
    for name, below in tree.items():
        path = above + (place_slug(name) or "x")
        yield path, Place(path, PlaceRecord(name, place_level(name, depth)))
        names = below if isinstance(below, dict) else dict.fromkeys(below) if isinstance(below, list) else {}
        yield from make_places(names, f"{path}/", depth + 1)


PLACES = dict(make_places(TREE))


@pytest.fixture(scope="module")
def names() -> Names:
    return read_names(encode_names(PLACES, OTHERS).get)


@pytest.fixture(scope="module")
def in_parts() -> Names:
    return read_names(encode_names(PLACES, OTHERS, unsharded=1).get)


def told(names: Names, typed: str, most: int = 8) -> list[str]:
    return [each.above + each.name for each in names.suggest(typed, most)]


def test_a_suggestion_tells_all_that_a_link_needs(names: Names) -> None:
    (found,) = names.suggest("柳青镇")
    assert (found.kind, found.name, found.above) == ("place", "杨柳青镇", "天津市西青区")
    assert found.id == "tianjin-shi/xiqing-qu/yangliuqing-zhen"
    assert found.address == "places/tianjin-shi/xiqing-qu/yangliuqing-zhen/"
    assert found.name[found.start : found.end] == "柳青镇"


@pytest.mark.parametrize(
    "typed",
    [
        *("yangliuqing", "YANGLIUQING", "ｙａｎｇｌｉｕｑｉｎｇ", "yliuqing", "yangliuq", "yang liu qing", "yang'liu'qing", "ylqing"),
        *("ylq", "ylqz", "yangliuqingzhen", "杨柳q", "y柳青", "yàng liǔ qīng", "yang liu q"),
    ],
)  # fmt: skip
def test_a_township_is_found_by_pinyin_however_it_is_typed(names: Names, in_parts: Names, typed: str) -> None:
    assert told(names, typed)[0] == "天津市西青区杨柳青镇"
    assert told(in_parts, typed)[0] == "天津市西青区杨柳青镇"


@pytest.mark.parametrize(
    "typed", ["yan liu qing", "yangqing", "yangliuqingx", "ylqq", "liuyang", "yang liuqingzhenx", "ang"]
)
def test_a_syllable_is_typed_in_full_or_by_its_beginning_letter_only(names: Names, typed: str) -> None:
    assert "天津市西青区杨柳青镇" not in told(names, typed)


@pytest.mark.parametrize("typed", ["lvliang", "lüliang", "luliang", "lyuliang", "lǚliáng", "lu\u0308liang"])
def test_the_vowel_that_keyboards_lack_is_typed_in_four_ways(names: Names, typed: str) -> None:
    assert told(names, typed) == ["山西省吕梁市"]


@pytest.mark.parametrize("typed", ["nvshanhu", "nüshanhu", "nushanhu", "nyushanhu", "nshanhu"])
def test_the_same_vowel_in_a_township(names: Names, typed: str) -> None:
    assert told(names, typed) == ["安徽省滁州市明光市女山湖镇"]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("民法典", "laws/minfadian/"),
        ("《民法典》", "laws/minfadian/"),
        ("中华人民共和国民法典", "laws/minfadian/"),
        ("minfadian", "laws/minfadian/"),
        ("mfd", "laws/minfadian/"),
        ("xingzhengchufa", "laws/xingzheng-chufafa/"),
        ("12345", "places/x/"),
        ("12345热线", "topics/systems/rexian-12345/"),
        ("12345rexian", "topics/systems/rexian-12345/"),
        ("1+2+4+N", "topics/systems/yi-er-si-n/"),
        ("三会一课", "topics/systems/sanhui-yike/"),
        ("wanggehua", "topics/grassroots.grid/"),
        ("普法艺术团", "https://example.com/团/"),
    ],
)
def test_topics_systems_and_laws_are_suggested(names: Names, typed: str, address: str) -> None:
    places = {path: place.name for path, place in PLACES.items()}
    address = address.replace(
        "places/x/", f"places/{next(path for path, name in places.items() if name == '12345区')}/"
    )
    assert names.suggest(typed)[0].address == address


def test_the_whole_name_comes_first_then_the_name_without_its_generic_part_then_beginnings_then_the_inside() -> None:
    tree: dict[str, object] = {"柳河县": {"柳河镇": [], "柳河口镇": []}, "大柳河乡": {}, "柳河": {}}
    found = told(
        read_names(encode_names(dict(make_places(tree)), (OtherName("topic", "柳河治理", "topics/x/"),)).get), "柳河"
    )
    assert found == ["柳河", "柳河县", "柳河县柳河镇", "柳河县柳河口镇", "柳河治理", "大柳河乡"]


def test_higher_levels_come_before_lower_ones_then_topics_systems_and_laws(names: Names) -> None:
    assert told(names, "信访") == ["信访", "信访代办制", "信访工作条例", "矛盾纠纷化解与信访"]
    assert told(names, "changzhi") == ["山西省长治市"]
    assert told(names, "xi")[:3] == ["西藏自治区", "陕西省西安市", "天津市西青区"]


def test_what_is_typed_in_full_comes_before_what_is_abbreviated(names: Names) -> None:
    assert told(names, "xian")[0] == "陕西省西安市"
    assert told(names, "luan")[0] == "安徽省六安市"


def test_aliases_answer_where_no_name_does(names: Names) -> None:
    (found,) = names.suggest("dtj")
    assert (found.name, found.kind, found.address) == ("大调解", "topic", "topics/disputes/")
    assert told(names, "来信") == ["来信来访"]
    assert "信访工作" not in told(names, "信访工作")


def test_names_may_have_a_parent_that_is_not_there_and_a_folder_of_their_own() -> None:
    path = "moumou-sheng/yi-xian/dongfanghong-zhen-2"
    names = read_names(encode_names({path: Place(path, PlaceRecord("东方红镇", "township"))}, ()).get)
    (found,) = names.suggest("dfh")
    assert (found.id, found.above) == (path, "")


def test_characters_are_folded_as_the_caller_wants() -> None:
    files = encode_names(PLACES, OTHERS)
    assert told(read_names(files.get), "浒墅关") == []
    fold = {ord(old): new for old, new in zip("滸關鎮", "浒关镇", strict=True)}
    names = read_names(files.get, lambda text: text.translate(fold))
    assert told(names, "浒墅关镇") == told(names, "滸墅關") == ["江苏省苏州市虎丘区滸墅關鎮"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("xinfang", ["信访"]),
        ("xinf", ["信访"]),
        ("yangliuqing", ["杨柳青"]),
        ("yangliuqingzhen", ["杨柳青镇"]),
        ("fazhi", ["法治", "法制"]),
        ("minfadian", ["民法典"]),
        ("dtj", ["大调解"]),
        ("yang", []),
        ("yangliuqin", []),
        ("信访", []),
        ("12345", []),
        ("qingzhen", []),
        ("", []),
    ],
)
def test_pinyin_stands_for_words_of_names(names: Names, typed: str, words: list[str]) -> None:
    assert names.words(typed) == words


@pytest.mark.parametrize(
    ("typed", "word", "why"),
    [
        ("仰柳青", "杨柳青", "sound"),
        ("杨六青", "杨柳青", "sound"),
        ("羊流亲镇", "杨柳青镇", "sound"),
        ("网各化", "网格化", "sound"),
        ("新房", "信访", "sound"),
        ("三林", "杉岭", "sound"),
        ("篇担沟", "扁担沟", "letters"),
        ("杨青柳", "杨柳青", "letters"),
        ("处罚行政法", "行政处罚法", "letters"),
        ("yanliuqin", "杨柳青", "sound"),
        ("大条解", "大调解", "sound"),
        ("佯浏庆", "杨柳青", "sound"),
    ],
)
def test_what_may_have_been_meant_is_told_with_the_word_to_search_for(
    names: Names, in_parts: Names, typed: str, word: str, why: str
) -> None:
    found = names.nearest(typed)[0]
    assert (found.word, found.why) == (word, why)
    assert found.suggestion.name[found.suggestion.start : found.suggestion.end] == word
    if typed != "篇担沟":  # in parts, names are looked for by the letters that what is typed may begin with
        assert word in [each.word for each in in_parts.nearest(typed)]


def test_the_same_sound_comes_before_a_like_one_and_what_is_typed_is_not_told_again(names: Names) -> None:
    assert [each.word for each in names.nearest("法志")] == ["法治", "法制"]
    assert "信访" not in [each.word for each in names.nearest("信访")]
    assert names.nearest("杨") == []
    assert names.nearest("彳亍") == []


def test_the_readings_of_common_characters_are_read_only_where_something_near_is_wanted() -> None:
    files = encode_names(PLACES, OTHERS)
    read: list[str] = []

    def keep(name: str) -> bytes | None:
        read.append(name)
        return files.get(name)

    names = read_names(keep)
    names.suggest("佯浏庆")
    names.words("yangliuqing")
    assert "readings.bin" not in read
    names.nearest("佯浏庆")
    assert read.count("readings.bin") == 1
    assert len(files["readings.bin"]) <= 20_000


@pytest.mark.parametrize("typed", TYPED)
def test_nothing_that_is_typed_is_too_much(names: Names, in_parts: Names, typed: str) -> None:
    for each in (names, in_parts):
        for found in each.suggest(typed):
            assert 0 <= found.start < found.end <= len(found.name)
        assert len(each.words(typed)) <= 8
        assert len(each.nearest(typed)) <= 5
    assert [names.incomplete, in_parts.incomplete] == [False, False]


def test_files_are_the_same_each_time_and_tell_every_address() -> None:
    for unsharded in (1, 12_000):
        files = encode_names(PLACES, OTHERS, unsharded)
        assert files == encode_names(dict(reversed(PLACES.items())), OTHERS, unsharded)
        found = {
            each.address: each.name
            for name in (*(place.name for place in PLACES.values()), *(other.name for other in OTHERS))
            for each in read_names(files.get).suggest(name, 50)
        }
        assert {f"places/{path}/": place.name for path, place in PLACES.items()}.items() <= found.items()
        assert {other.address: other.name for other in OTHERS}.items() <= found.items()


def test_a_missing_file_and_one_of_another_format_are_told() -> None:
    files = encode_names(PLACES, OTHERS, unsharded=1)
    for name, content in {
        "names.bin": None,
        "names-y.bin": None,
        "names-aliases.bin": b"x",
        "readings.bin": zlib.compress(b"1"),
    }.items():
        names = read_names({**files, name: content}.get)
        assert [names.suggest("yangliuqingzhen"), names.suggest("dtj"), names.nearest("佯浏庆镇")].count([]) >= 1
        assert names.incomplete
    other = encode_names(PLACES, OTHERS[:3], unsharded=1)
    mixed = read_names({**files, "names-y.bin": other["names-y.bin"]}.get)
    assert mixed.suggest("yangliuqingzhen") == []
    assert mixed.incomplete


def test_places_have_the_readings_that_are_used_there() -> None:
    places = {str(number): Place(f"x{number}", PlaceRecord(name, "county")) for number, name in enumerate(READINGS)}
    places = {place.path: place for place in places.values()}
    names = read_names(encode_names(places, ()).get)
    assert len(READINGS) >= 80
    for name, reading in READINGS.items():
        syllables = reading.split(" ")
        assert place_syllables(name) == tuple(syllables), name
        for typed in ("".join(syllables), " ".join(syllables), "".join(each[0] for each in syllables)):
            assert name in [each.name for each in names.suggest(typed, len(places))], (name, typed)


def test_readings_keep_the_addresses_of_the_places_that_are_there() -> None:
    files = [path for folder in ("content", "examples") for path in (ROOT / folder).rglob("place.yml")]
    assert len(files) > 10
    for path in files:
        name = yaml.safe_load(path.read_text(encoding="utf-8"))["name"]
        assert place_slug(name) == path.parent.name


def test_one_syllable_is_told_for_each_character() -> None:
    assert place_syllables("长潭河侗族乡") == ("chang", "tan", "he", "dong", "zu", "xiang")
    assert place_syllables("鲁布革布依族苗族乡") == ("lu", "bu", "ge", "bu", "yi", "zu", "miao", "zu", "xiang")
    assert place_syllables("A1街道（北）") == ("A", "1", "jie", "dao", "（", "bei", "）")


def test_names_that_are_made_up_take_little_room() -> None:
    rng = random.Random(5)  # noqa: S311 - chance that repeats itself
    common = "山河庄桥城口村溪集店子江塘阳坪安头龙家水湖坝营沟关林湾平园田石金大新东西南北上下白黄马王李张高三太和永兴长清云花古"
    generic = ("镇", "乡", "街道")
    drawn = ["".join(rng.choices(common, k=rng.choice((1, 2, 2, 3)))) + rng.choice(generic) for _ in range(960)]
    tree = {
        "山南省": {f"{one}{other}县": [] for one in common[:6] for other in common[6:11]},
        **{name: [] for name in drawn},
    }
    files = encode_names(dict(make_places(tree)), other_names(250))
    assert len(files["names.bin"]) <= 10_000


@pytest.mark.parametrize(("count", "others", "most"), [(1_000, 250, 10_000), (10_000, 600, 60_000)])
def test_real_names_take_little_room(count: int, others: int, most: int) -> None:
    assert len(encode_names(real_places(count), other_names(others))["names.bin"]) <= most


def test_all_names_of_the_country_are_in_files_of_little_room() -> None:
    places = real_places(1_000_000)
    files = encode_names(places, other_names(600))
    assert len(places) > 44_000
    assert max(map(len, files.values())) <= 60_000
    names = read_names(files.get)
    assert (
        told(names, "yangliuqzhen")
        == told(names, "yangliuqingzhen")
        == told(names, "杨柳青镇")
        == ["天津市西青区杨柳青镇"]
    )
    assert names.nearest("仰柳青镇")[0].word == "杨柳青镇"


def other_names(count: int) -> Sequence[OtherName]:
    """Return names of the catalogues: the topics, then some systems and laws."""
    catalogues = load_catalogues(read_catalogue_bytes(ROOT / "content")).catalogues
    topics = [OtherName("topic", each.name, f"topics/{each.id}/") for each in catalogues.second_level()]
    systems = [each for topic in catalogues.second_level() for each in topic.systems]
    rest = [OtherName("system", each.name, f"topics/systems/{each.id}/") for each in systems]
    rest += [OtherName("law", each.name, f"laws/{each.id}/") for each in catalogues.laws.laws]
    return [*topics, *random.Random(1).sample(rest, count - len(topics))]  # noqa: S311 - chance that repeats itself


def real_places(count: int) -> dict[str, Place]:
    """Return townships and the places above them, ``count`` together, drawn from the list of divisions."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the list of divisions is not here")
    tables: dict[str, list[dict[str, str]]] = {}
    for name in ("provinces", "cities", "areas", "streets"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    known = {row["code"]: row["name"] for name in ("provinces", "cities", "areas") for row in tables[name]}
    streets = tables["streets"]
    random.Random(3).shuffle(streets)  # noqa: S311 - chance that repeats itself
    places: dict[str, Place] = {}
    paths: dict[tuple[str, ...], str] = {(): ""}
    for row in streets:
        above = [known.get(row[key], "") for key in ("provinceCode", "cityCode", "areaCode")]
        chain = [name for name in above if name and name not in {"市辖区", "县"} and "直辖" not in name] + [row["name"]]
        for depth in range(1, len(chain) + 1):
            key = tuple(chain[:depth])
            if key not in paths:
                path = f"{paths[key[:-1]]}/{place_slug(key[-1]) or 'x'}".strip("/")
                paths[key] = path = path if path not in places else f"{path}-{len(places)}"
                places[path] = Place(path, PlaceRecord(key[-1], place_level(key[-1], depth)))
        if len(places) >= count:
            break
    return places
