"""The names of places in a title, an issuer, a signature and a text, held against those of the place that a report is of.

Pure: what is known comes as ``PlaceNames``, so that an import can ask before anything is filed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.checking.text_lines import HAN

_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|高山族"
    "|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|阿昌族|普米族|塔吉克族?"
    "|怒族|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|民族"
)
_GENERIC = re.compile(
    rf"(?:{_PEOPLES})*(?:自治区|自治州|自治县|自治旗|特别行政区|街道办事处|街道|苏木|地区|新区|镇|乡|县|区|市|旗|州|盟|省)$"
)
_SHORTEST_STEM = 2
_BEFORE = re.compile(
    "(?:^|关于|中共|中国共产党|共青团|[省市县区旗州盟]|自治区|新区|[和与及、，,（(“《]|[0-9０-９年度]|\\s|[^\u3400-\u9fff])$"
)
"""What may stand before the place's own name; else the name is the end of a longer one (北杨庄镇)."""
_TOWNSHIP = re.compile(
    "(?P<name>[\u4e00-\u9fff]{1,14}?(?:镇|乡|街道|苏木))"
    "(?=人民政府|政府|党工委|党委|委员会|办事处|人大|法治|依法|推进|关于|全面|年度|[0-9０-９二]|\\s|$)"
)
_COUNTY = "(?:[一-鿿]{1,9}?(?:自治州|自治县|自治旗|地区|县|区|市|旗|州|盟|省))"
_CHAIN = re.compile(f"{_COUNTY}{{1,3}}")
_ALONE = re.compile(f"(?P<name>{_COUNTY})(?=人民政府|委|20|二[〇○零]|关于)")
_NO_COUNTY = re.compile("^[我全本各该]|[社园小辖校景库矿牧林]区|法治|示范|依法|政府")
_LEAD = re.compile("^(?:[^\u4e00-\u9fff]|关于|中共|中国共产党|共青团|年度?)+")
_NO_NAME = re.compile(
    "^(?:[我全本各该两此某贵每]|乡|城|村|集|古|小城|建制|中心|家|下|老|新型?|美丽|特色|示范|所有|其他|有关|相关)?(?:镇|乡|街道)$|乡镇|城乡|镇街"
)
_CUT = re.compile(
    ".*(?:[县区市旗省盟州]|关于|在|对|由|将|把|为|向|现就|现将|以来|年|度|的|是|[我全本各该两此])|.+[和与及]"
)
_SUBJECT = re.compile(
    "(?<![\u4e00-\u9fff])(?:(?:现[将就]|在|自)?(?:20\\d\\d年(?:度|以来)?[，,]?)?)(?P<name>[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道))"
    "(?=党委|党工委|人民政府|政府|办事处|法治|始终|坚持|认真|深入|持续|全面|积极|严格|高度|在|将|以|按照|紧紧|把|对|紧扣|聚焦|立足|围绕|充分|共|20)"
)
_FEWEST = 2
_SHORTEST_TEXT = 200
"""A text with fewer characters need not name its place."""


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The full names of a township, of the places above it (nearest first), and of what else is the same place.

    ``also`` are the names of its predecessors.
    """

    own: str
    above: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class PlaceFault(NamedTuple):
    """Where another place is named, what is told; ``line`` is that of the text, or 0; ``number`` that of the issuer."""

    where: str
    line: int
    message: str
    number: int = 0


def place_faults(
    title: str | None, issuers: Sequence[str], text: str, names: PlaceNames, signatures: Sequence[tuple[int, str]] = ()
) -> Iterator[PlaceFault]:
    """Walk what in a report names another place than the one it is filed under. Linear in the text.

    ``text`` is ``YEAR.md``; ``signatures`` are the lines of 落款 with their numbers. Where nothing is known of the places
    above (the hierarchy is not verified), counties are not judged.
    """
    if title and (other := other_place(title, names)):
        yield PlaceFault("title", 0, f"题名写的是「{other}」，这份报告放在「{names.own}」")
    for number, issuer in enumerate(issuers):
        if other := other_place(issuer, names):
            yield PlaceFault("issuer", 0, f"发布机关写的是「{other}」，这份报告放在「{names.own}」", number)
    for line, words in signatures:
        if other := other_place(words, names):
            yield PlaceFault("signature", line, f"落款写的是「{other}」，这份报告放在「{names.own}」")
    yield from _of_text(text, " ".join((title or "", *issuers)), names)


def other_place(words: str, names: PlaceNames) -> str | None:
    """Return another township or county that a title, an issuer or a signature names, or None."""
    for own in (names.own, *names.also):
        place = words.find(own)
        if place >= 0:
            before = words[:place]
            if not _is_known_end(before, names) and not _BEFORE.search(before):
                return _LEAD.sub("", before + own)
            return _other_above(before, names, chain=True)
    bare = _LEAD.sub("", re.sub(r"\s+", "", words))
    if stem(names.own) != names.own and bare.startswith(
        (stem(names.own), *(stem(each) + stem(names.own) for each in names.above))
    ):
        return None
    rest = _without_above(bare, names)
    match = _TOWNSHIP.match(rest)
    if match and not _NO_NAME.search(match["name"]):
        return match["name"]
    return _other_above(bare, names, chain=False) if match is None else None


def stem(name: str) -> str:
    """Return a name without its generic part: 杨柳青镇 -> 杨柳青; the name itself where one character would be left."""
    short = _GENERIC.sub("", name)
    return short if len(short) >= _SHORTEST_STEM else name


def _is_known_end(before: str, names: PlaceNames) -> bool:
    return any(before.endswith((above, stem(above))) for above in names.above)


def _other_above(before: str, names: PlaceNames, *, chain: bool) -> str | None:
    """Return the county or city before the township, or alone at the beginning, that is none of those above."""
    rest = _without_above(_LEAD.sub("", before), names)
    match = (_CHAIN.fullmatch(rest) if chain else _ALONE.match(rest)) if names.above else None
    if match is None:
        return None
    name = match.group() if chain else match["name"]
    return None if _NO_COUNTY.search(name) else name


def _without_above(words: str, names: PlaceNames) -> str:
    """Take the names of the places above, full or short, from the beginning."""
    for above in reversed(names.above):
        for name in (above, stem(above)):
            if words.startswith(name):
                words = words[len(name) :]
                break
    return words


def _of_text(text: str, beside: str, names: PlaceNames) -> Iterator[PlaceFault]:
    """Tell a text that speaks of another township as its own, or that never names its place."""
    known = {names.own, *names.also, *(stem(each) for each in (names.own, *names.also))}
    named = sum(text.count(each) for each in (names.own, *names.also))
    counts: Counter[str] = Counter()
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for match in _SUBJECT.finditer(line):
            name = _CUT.sub("", match["name"])
            if not _NO_NAME.search(name) and not any(name.endswith(each) or each in name for each in known):
                counts[name] += 1
                lines.setdefault(name, number)
    if counts:
        name, count = counts.most_common(1)[0]
        if count >= _FEWEST and text.count(name) > named:
            yield PlaceFault("text", lines[name], f"正文 {count} 处以「{name}」自称，这份报告放在「{names.own}」")
            return
    if len(re.findall(f"[{HAN}]", text)) >= _SHORTEST_TEXT and not any(each in text + beside for each in known):
        yield PlaceFault("text", 1, f"全文没有出现「{names.own}」")
