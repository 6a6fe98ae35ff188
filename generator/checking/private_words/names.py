"""Names of persons who are no office-holders: parties, petitioners, villagers, minors; and names that are masked."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator

from generator.checking.private_words.finding import MASK, OR_EXCEPT, Found
from generator.checking.private_words.surnames import COMPOUND, DOUBTFUL, FORMS_OF_ADDRESS, ORDINARY, SINGLE

_SURNAME = rf"(?:{'|'.join(COMPOUND)}|[{SINGLE}])"
_HAN = "[\u4e00-\u9fff]"
_ROLE = (
    "当事人|信访人|上访人|来访人|上访户|信访户|信访群众|上访群众|来访群众|投诉人|举报人|反映人|申请人|申请执行人|被执行人|复议申请人|上诉人|原告人|原告|被告人|被告|第三人|"
    "诉求人|求助人|来电人|委托人|纠纷双方|村民|居民|群众|社员|农户|租户|住户|业主|犯罪嫌疑人|嫌疑人|受害人|被害人|受害者|死者|逝者|伤者|"
    "被处罚人|违法行为人|违法嫌疑人|矫正对象|矫正人员|刑满释放人员|刑释人员|安置帮教对象|吸毒人员|戒毒人员|涉毒人员|精神病人|精神障碍患者|"
    "患者|病人|残疾人|孤儿|低保户|低保对象|五保户|特困人员|特困户|贫困户|脱贫户|监测户|困难户|困境儿童|留守儿童|留守老人|空巢老人|学生|"
    "未成年人|少年|女童|男童|儿童|幼儿|婴儿|退役军人|欠薪工人|农民工|工人|债务人|债权人|家属|亲属|监护人|承包人|出租人|承租人|户主|姓名"
)
_NAMED = re.compile(rf"(?:{_ROLE})(?P<between>姓名| ?[:：(（“\"]? ?|名叫|系|为|是)(?={_SURNAME}{_HAN})")
_CHAINED = re.compile(rf"(?:[、与和及同跟] ?|以及)(?:(?:{_ROLE})[:：]?)?(?={_SURNAME}{_HAN})")
_END = re.compile(
    r"$|[\s，。、；：:,.;（）()“”\"!！?？|<\d]"
    r"|[因与和同及跟诉向在等于对称将到被为已家就的自从由经以把给系是患曾未不表反申投举咨来提要一之户多夫去至遭受死自拒随持酒"
    r"驾报所名均又再也后仍到现住犯涉构欠找并共父母妻儿女子兄弟]"
)
_AFTER = frozenset("因与和同及向在等于对称将到被为已家就的自从由经以把给是患曾诉")
_PERSONAL = re.compile(
    rf"(?P<name>{_SURNAME}(?!某){_HAN}{{1,2}}) ?(?:[(（] ?(?:[男女](?=[,，、)）])|\d{{1,3}} ?周?岁|(?:19|20)\d\d年)"
    rf"|[,，、|\t] ?[男女] ?(?=[,，、。|\t;；]))"
)
_TITLE = re.compile(
    "书记|主任|镇长|乡长|主席|委员|所长|站长|局长|律师|院长|校长|队长|干部|组长|网格员|调解员|顾问|教授|法官|检察官|民警"
)
_PLACE_END = re.compile("[村庄屯沟湾坝寨店桥营堡镇乡街路巷组社区]")
_CROSS = "×XxＸ○〇╳"
_MASK = re.compile(
    rf"(?P<mask>[某*{_CROSS}](?:(?<=某)某{{0,2}}(?:[甲乙丙丁]|(?<=[^某]某){_HAN}(?=[、，。与和（(因诉]))?"
    rf"|(?<=[{_CROSS}])[{_CROSS}]?|(?<=\*)(?:\\?\*)?))(?P<next>.?)"
)
_SURNAME_LAST = re.compile(rf"(?P<surname>{_SURNAME})\\?$")
_AGE_OR_SEX = re.compile(r"[男女岁(（](?:(?<=[男女岁])|(?:19|20)\d\d年)")
_NO_PERSON = re.compile(
    "[些种个项地年月日处时事镇乡村县市区省街路组社单企公局部校院所站学机人物案职类条款单职届店家户次级]"
)
_MASK_LEFT = re.compile(rf"(?:^|[^{_HAN[1:-1]}*×\d]|{_ROLE}|[与和及同对向为将由给])$")
_FIRM = "律师事务所"
_FIRM_NAME = re.compile(f"{_HAN}{{2,12}}$")
_FIRM_LEFT = re.compile("聘请|邀请|委托|选聘|签约|与|由|和|及|请|对接|联合|依托|通过|的|了|、|为|是|在|至|到|自|经")
_NO_FIRM = re.compile(
    "法律|专业|知名|优秀|[一二两三四五六七八九十多某各数0-9][家个]|本地|当地|有关|相关|第三方|外地|等|该|家|名"
)
_CONTEXT = 8
_BEHIND = 4
_LONGEST_FIRM = 12
_SHORT = 2

Cut = Callable[[str], list[tuple[str, str]]]


def personal_names(text: str) -> Iterator[Found]:
    """Find the names of persons whom the text calls parties, petitioners, villagers or the like, or tells the age or sex of.

    ``text`` is of half width. What may be an ordinary word is a warning or nothing. A dictionary is asked only where a
    candidate is left that no shorter way decides.
    """
    for match in _NAMED.finditer(text):
        yield from _chain(text, match.end(), told=bool(match["between"].strip()) or "姓名" in match.group())
    end = 0
    for told in _AGE_OR_SEX.finditer(text):
        personal = _PERSONAL.search(text, max(end, told.start() - _CONTEXT), told.end() + _CONTEXT)
        if personal:
            start, end = personal.span("name")
            around = text[max(0, start - _CONTEXT) : start] + "|" + text[end : end + _CONTEXT]
            if not _TITLE.search(around) and not _is_ordinary(text[start:end]):
                yield _name(text, start, end, "error")


def _chain(text: str, start: int, *, told: bool) -> Iterator[Found]:
    """Find a name at ``start`` and those that are joined to it: 「村民王小明与李红」."""
    while found := _name_at(text, start, told=told):
        yield found
        joined = _CHAINED.match(text, found.end)
        if not joined:
            return
        start = joined.end()


def _name_at(text: str, start: int, *, told: bool) -> Found | None:
    surname = next((each for each in COMPOUND if text.startswith(each, start)), text[start])
    ends = [start + len(surname) + given for given in (2, 1)]
    ends = [end for end in ends if _may_end(text, start, end, len(surname))]
    if not ends or _is_ordinary(text[start : start + 2]):
        return None
    ends.sort(key=lambda end: (not _END.match(text, end), text[end - 1] in _AFTER, -end))
    for end in ends:
        level = _judge(text[start : end + _BEHIND], end - start, len(surname), told=told)
        if level:
            return _name(text, start, end, level)
    return None


def _may_end(text: str, start: int, end: int, surname: int) -> bool:
    given = text[start + surname : end]
    whole = len(given) == end - start - surname and re.fullmatch(f"{_HAN}+", given)
    if not whole or given in FORMS_OF_ADDRESS or given.startswith(("某", "余", "家")) or given[:1] in "百千万亿":
        return False
    closed = _END.match(text, end) or text[start] not in DOUBTFUL
    return bool(closed) and not _PLACE_END.fullmatch(given[-1]) and not _PLACE_END.match(text, end)


def _is_ordinary(words: str) -> bool:
    return words[:2] in ORDINARY


def _judge(words: str, length: int, surname: int, *, told: bool) -> str | None:
    """Judge by the dictionary whether the first ``length`` characters are a name; ``words`` goes on behind them."""
    pieces = _cut()(words)
    name = words[:length]
    if not _END.match(words, length) and not _goes_on(pieces, length):
        single = [len(piece) for piece, _ in pieces[:length]] == [1] * length or pieces[0] == (name, "nr")
        likely = single and length > _SHORT and name[0] not in DOUBTFUL
        return "warning" if likely and surname == 1 and not _AFTER.intersection(name) else None
    sure = "error" if told or words[0] not in DOUBTFUL or length > _SHORT else "warning"
    first, tag = pieces[0]
    if first == name or len(first) > surname:  # a word, or a word and a character behind it
        named = tag.startswith("nr") or (told and first != name and tag in {"x", "nz"})
        if (tag, told, length) == ("nr", False, _SHORT):  # such a word is often an ordinary one: 孔雀, 林木
            sure = "warning"
        return sure if named and len(first) <= length else None
    return _judge_given(name, pieces, surname, sure, told=told)


def _judge_given(name: str, pieces: list[tuple[str, str]], surname: int, sure: str, *, told: bool) -> str | None:
    """Judge a surname that stands by itself by what the dictionary makes of the characters behind it."""
    ends = set(itertools.accumulate(len(piece) for piece, _ in pieces))
    if len(name) not in ends:
        return "error" if told and len(pieces[0][0]) == 1 else None
    kinds = [kind for piece, kind in pieces[1:] if len(piece) > 1 and piece in name[surname:]]
    if any(kind[0] in "dpcmrufqy" for kind in kinds):
        return None
    if name[0] in DOUBTFUL and kinds and not all(kind.startswith("nr") for kind in kinds):
        return "warning" if told else None
    return sure


def _goes_on(pieces: list[tuple[str, str]], length: int) -> bool:
    """Tell whether a word that can follow a name begins right behind the first ``length`` characters."""
    at = 0
    for piece, kind in pieces:
        if at == length:
            return len(piece) > 1 and kind[0] in "vdt"
        at += len(piece)
    return False


@functools.cache
def _cut() -> Cut:
    """Return what cuts words into pieces with their kinds. Without the dictionary every character is a piece."""
    try:
        import rjieba  # noqa: PLC0415 - loads a dictionary: only a text with a candidate should wait for it
    except ImportError:  # a platform without a wheel
        return lambda words: [(character, "x") for character in words]
    jieba = rjieba.Jieba()
    return lambda words: [
        (piece, jieba.tag(piece)[0][1] if len(piece) > 1 else "x") for piece in jieba.cut(words, hmm=False)
    ]


def _name(text: str, start: int, end: int, level: str) -> Found:
    hint = f"不是履行公职的人员就{MASK}；{OR_EXCEPT}"
    return Found(
        start, end, "人名", "error" if level == "error" else "warning", f"{text[start]}{'*' * (end - start - 1)}", hint
    )


def masked_names(text: str) -> Iterator[Found]:
    """Find names that are masked already: 「刘某某」, 「张××」, 「王*」. They are told so that an editor looks once."""
    for match in _MASK.finditer(text):
        surname = _SURNAME_LAST.search(text, max(0, match.start() - 3), match.start())
        if surname and _is_masked_name(text, surname, match):
            shown = surname["surname"] + match["mask"]
            yield Found(surname.start(), match.end("mask"), "人名", "warning", shown, "已隐去，核对即可", masked=True)


def _is_masked_name(text: str, surname: re.Match[str], match: re.Match[str]) -> bool:
    mask, following = match["mask"], match["next"]
    if following and _NO_PERSON.match(following) and (mask == "某" or following not in "家户人案次"):
        return False
    before = text[max(0, surname.start() - _CONTEXT) : surname.start()]
    if not mask.startswith("某") or (mask == "某" and surname["surname"] in DOUBTFUL):
        return bool(_MASK_LEFT.search(before)) and not re.match(r"[0-9A-Za-z*×]", following)
    return not (surname["surname"] == "于" and before.endswith(tuple("位由对关处属终")))


def law_firms(text: str) -> Iterator[Found]:
    """Find named law firms; they may stay."""
    at = text.find(_FIRM)
    while at >= 0:
        before = _FIRM_NAME.search(text, max(0, at - _LONGEST_FIRM), at)
        name = _FIRM_LEFT.split(before.group())[-1] if before else ""
        end = at + len(_FIRM)
        if len(name) > 1 and not _NO_FIRM.search(name):
            hint = "律师事务所的名称可以保留，核对即可"
            yield Found(at - len(name), end, "律所", "note", f"{name}{_FIRM}", hint)
        at = text.find(_FIRM, end)
