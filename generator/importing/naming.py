"""Names of places and their addresses: pypinyin proposes an address once, the folder keeps it from then on."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

from generator.model import Level

_READINGS: dict[str, str] = {
    "陕西": "shaan xi", "重庆": "chong qing", "六安": "lu an", "六合区": "lu he qu", "番禺": "pan yu", "洪洞": "hong tong", "蔚县": "yu xian",
    "乐亭": "lao ting", "乐陵": "lao ling", "乐清": "yue qing", "铅山": "yan shan", "涡阳": "guo yang", "单县": "shan xian",
    "莘县": "shen xian", "莘庄": "xin zhuang", "尉犁": "yu li", "东阿": "dong e", "厦门": "xia men", "台州": "tai zhou",
    "天台": "tian tai", "丽水": "li shui", "渑池": "mian chi", "井陉": "jing xing", "大城县": "dai cheng xian", "任丘": "ren qiu",
    "任县": "ren xian", "鄱阳": "po yang", "阿克苏": "a ke su", "亳州": "bo zhou", "长子": "zhang zi", "解州": "xie zhou",
    "繁峙": "fan shi", "隰县": "xi xian", "盂县": "yu xian", "巴彦淖尔": "ba yan nao er",
    "阜新": "fu xin", "桦甸": "hua dian", "珲春": "hun chun", "讷河": "ne he", "浒墅关": "xu shu guan", "盱眙": "xu yi",
    "邗江": "han jiang", "睢宁": "sui ning", "睢县": "sui xian", "嵊州": "sheng zhou", "嵊泗": "sheng si", "鄞州": "yin zhou",
    "衢州": "qu zhou", "歙县": "she xian", "黟县": "yi xian", "枞阳": "zong yang", "濉溪": "sui xi", "砀山": "dang shan",
    "弋阳": "yi yang", "莒县": "ju xian", "莒南": "ju nan", "茌平": "chi ping", "临朐": "lin qu", "牟平": "mu ping",
    "中牟": "zhong mu", "浚县": "xun xian", "武陟": "wu zhi", "泌阳": "bi yang", "郏县": "jia xian", "栾川": "luan chuan",
    "黄陂": "huang pi", "监利": "jian li", "郧西": "yun xi", "秭归": "zi gui", "耒阳": "lei yang", "郴州": "chen zhou",
    "攸县": "you xian", "筠连": "jun lian", "东莞": "dong guan", "儋州": "dan zhou", "綦江": "qi jiang",
    "涪陵": "fu ling", "荥阳": "xing yang", "荥经": "ying jing", "犍为": "qian wei", "郫都": "pi du", "珙县": "gong xian",
    "嵩明": "song ming", "勐海": "meng hai", "勐腊": "meng la", "洱源": "er yuan", "吴堡": "wu bu", "柞水": "zha shui",
    "华阴": "hua yin", "华县": "hua xian", "乾县": "qian xian", "洮南": "tao nan", "岷县": "min xian", "宕昌": "tan chang",
    "大通": "da tong", "门源": "men yuan", "尉氏": "wei shi", "葛店": "ge dian", "燕郊": "yan jiao", "会稽": "kuai ji",
    "会泽": "hui ze", "扁担沟": "bian dan gou", "侯马": "hou ma", "闽侯": "min hou", "万柏林": "wan bai lin", "车陂": "che bei",
    "石碣": "shi jie", "曲阜": "qu fu", "曲靖": "qu jing", "盖州": "gai zhou", "覃塘": "qin tang", "费县": "fei xian",
    "济南": "ji nan", "济宁": "ji ning", "济源": "ji yuan", "漯河": "luo he", "渭源": "wei yuan", "沈阳": "shen yang",
    "穆棱": "mu ling", "闵行": "min hang", "召陵": "shao ling", "南乐": "nan le", "民乐": "min le", "礼乐": "li le",
    "曾都": "zeng du", "麻涌": "ma chong", "葵涌": "kui chong", "龙圩": "long xu", "浪卡子": "lang ka zi",
    "崆峒": "kong tong", "称多": "chen duo", "伽师": "jia shi", "大栅栏": "da shi lan", "泊头": "bo tou", "泊镇": "bo zhen",
    "马尾": "ma wei", "蚌山": "beng shan", "素朴": "su pu", "仇庄": "qiu zhuang", "仇楼": "qiu lou",
}  # fmt: skip
"""Readings of place names that dictionaries miss; 民政部《中国地名读音》 and the places' own sites are the sources.

A key is a full name, or what a name begins with.
"""
_WITHIN: dict[str, str] = {
    "长官": "zhang guan", "长老": "zhang lao", "长子": "zhang zi", "太行": "tai hang", "朝阳": "chao yang",
    "长": "chang", "都": "du", "佛": "fo", "什": "shi", "勒": "le", "卜": "bu", "刹": "cha",
}  # fmt: skip
"""Readings that words have in place names wherever they stand, where dictionaries think of another word first."""

_GENERIC = (
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "街道", "苏木", "地区", "林区", "新区", "省", "市", "区", "县", "旗", "盟", "镇", "乡",
)  # fmt: skip
_PEOPLES = re.compile(
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌"
    "|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族|维吾尔|蒙古(?=自治)"
)
_WORD_WITHIN = re.compile("|".join(sorted(_WITHIN, key=len, reverse=True)))
_NAME = re.compile(f"[\u3400-\u9fff]{{1,14}}?(?:{'|'.join(_GENERIC)})")
_BEFORE_NAME = re.compile("^(?:中国共产党|中共|关于|呈报|报送|附件|印发)(?=.{2})")
_YEAR_WORD = re.compile(r"\d+\s*年度?")
_NO_NAMES = {
    f"{word}{generic}" for word in "我本全各该乡村城集市县区" for generic in ("镇", "乡", "街道", "区", "县", "市")
}
_LEVELS: tuple[tuple[str, Level], ...] = (
    ("(街道|镇|乡|苏木)$", "township"),
    ("(省|自治区|特别行政区)$|^(北京|天津|上海|重庆)市$", "province"),
    ("(自治州|盟|地区)$", "prefecture"),
    ("(区|县|旗|自治县|自治旗)$", "county"),
)


@functools.lru_cache(maxsize=65_536)
def place_slug(name: str) -> str:
    """Propose the folder name of a place: the pinyin of its full name, the generic part and peoples' names set off.

    杨柳青镇 -> yangliuqing-zhen, 宁夏回族自治区 -> ningxia-huizu-zizhiqu. ü is written v.
    """
    stem, generic = split_generic(name)
    pieces = [list(_read_stem(name))]
    if (people := _PEOPLES.search(stem)) and people.start() > 0:
        pieces = [_pinyin(stem[: people.start()]), *(_pinyin(each) for each in _PEOPLES.findall(stem))]
    if generic:
        pieces.append(_pinyin(generic))
    return "-".join(filter(None, ("".join(piece) for piece in pieces)))


def place_syllables(name: str) -> tuple[str, ...]:
    """Read the name of a place: one syllable a character, ü written v; a character without a reading stands for itself."""
    stem, generic = split_generic(name)
    syllables = [*_read_stem(name)]
    for people in _PEOPLES.finditer(stem):
        if people.start() > 0:
            syllables[people.start() : people.end()] = _pinyin(people.group())
    syllables += _pinyin(generic)
    return tuple(syllable or character for syllable, character in zip(syllables, name, strict=True))


def split_generic(name: str) -> tuple[str, str]:
    """Split the name of a place into its stem and its generic part: 杨柳青镇 -> 杨柳青, 镇. The latter may be missing."""
    generic = next((g for g in _GENERIC if name.endswith(g) and len(name) > len(g)), "")
    return name.removesuffix(generic), generic


def find_name(slug: str, text: str) -> str | None:
    """Find the place in ``text`` whose proposed folder name is ``slug``, the first that is named."""
    for match in _NAME.finditer(text):
        name = match.group()
        for start in range(len(name) - 1):
            if place_slug(name[start:]) == slug:
                return name[start:]
    return None


def find_names(text: str) -> Iterator[str]:
    """Walk the names of places that a title or an issuer tells, from the highest down: 重庆市, 黔江区, 杉岭乡."""
    for match in _NAME.finditer(_YEAR_WORD.sub(" ", text)):
        name = _BEFORE_NAME.sub("", match.group())
        if split_generic(name)[1] and name not in _NO_NAMES:
            yield name


def place_level(name: str, depth: int) -> Level:
    """Tell the level of a place from its name; 「市」 alone is a prefecture at depth 2 (from 1) and a county below."""
    for pattern, level in _LEVELS:
        if re.search(pattern, name):
            return level
    if name.endswith("市"):
        return "prefecture" if depth <= 2 else "county"  # noqa: PLR2004
    return "township"


def _read_stem(name: str) -> list[str]:
    """Read what stands before the generic part; of one character it is read together with it: 蔚县 -> yu."""
    stem, _ = split_generic(name)
    return _pinyin(name if len(stem) == 1 or name in _READINGS else stem)[: len(stem)]


def _pinyin(text: str) -> list[str]:
    """Read a text: one syllable a character, the empty string for one that has no reading."""
    prefix = next((text[:n] for n in (len(text), 4, 3, 2) if text[:n] in _READINGS), None)
    if prefix:
        return [*_READINGS[prefix].split(), *_pinyin(text[len(prefix) :])]
    syllables = lazy_pinyin(text, style=Style.NORMAL, errors=_unread) if text else []  # type: ignore[arg-type]
    for word in _WORD_WITHIN.finditer(text):
        syllables[word.start() : word.end()] = _WITHIN[word.group()].split()
    return [syllable.replace("ü", "v").replace("ê", "e") for syllable in syllables]


def _unread(run: str) -> list[str]:
    """Return nothing for each character of a run that has no readings; the library takes a list, and its types a string."""
    return [""] * len(run)
