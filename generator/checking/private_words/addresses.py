"""Addresses of homes, down to the number of a house, a group or a room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checking.private_words.finding import MASK, OR_EXCEPT, Found, words_before

_N = r"(?:\d{1,5}|[零〇一二三四五六七八九十百两]{1,6}|[A-Za-z]\d{0,3})"
_HOME = re.compile(
    r"(?:住(?:址|所地?|地址?|在|于|(?<=[家现常暂租，,、]住))|户籍所在地|户籍地址?|户口所在地|家在)"
    rf"[ :：为在于是(（]{{0,3}}(?P<where>[^。；;，,、：:|！？\n]{{0,40}}?(?:[路街巷道弄村组社镇乡区里园苑城院庄屯寨湾坝]|小区|花园|胡同)"
    rf"[^。；;，,：:|！？\n\d]{{0,12}}?{_N} ?(?:号|组|室|幢|栋|单元)(?:[院之-]?{_N} ?(?:号楼?|栋|幢|单元|室|户|楼|层)?){{0,4}})"
    r"(?P<rest>的?(?:(?:\d+|[一二两三四五六七八九十百]+)余?(?:名|位|户|人)|(?:(?<=组)|(?<=组的))(?:群众|居民|村民|党员|老人|困难)))?"
)
_ROOM = re.compile(
    rf"(?:{_N} ?(?:号楼|栋|幢|座|号院|#楼?) ?(?:{_N} ?单元)? ?{_N} ?(?:室|户(?!型)|房)"
    rf"|{_N} ?(?:号楼|栋|幢|座) ?{_N} ?单元 ?\d{{3,4}}(?!\d)|{_N} ?单元 ?{_N} ?(?:室|户(?!型)|房))"
)
_HOUSE = re.compile(f"(?:号楼|[栋幢座]|单元|号院) ?(?:{_N}|单元)|#楼?[0-9]")
"""Without one of these no room is told."""
_OFFICE = re.compile(
    "办公|位于|设在|设于|坐落|座落|地址[:：]|中心|大厅|司法所|派出所|工作站|工作室|调解室|法庭|事务所|公司|企业|机构|单位|政府|委员会|[村居]委会"
    "|合作社|商户|门店|商铺|店铺|超市|服务站|驿站|注册"
)
_FIRM_HOUSE = re.compile("中心|大厅|派出所|工作站|公司|企业|人民政府|合作社|超市|服务站")
_HOMELY = re.compile("家住|家庭|住户|户籍|现住|业主|租住|住址|居住")
_REACH = 24
_SHOWN = 3


def home_addresses(text: str) -> Iterator[Found]:
    """Find the addresses of homes; ``text`` is of half width. Those of offices, and counts of houses, are none."""
    for match in _HOME.finditer(text):
        before = words_before(text, match.start(), _REACH // 2)
        if not (match["rest"] or _OFFICE.search(before) or _FIRM_HOUSE.search(match["where"])):
            yield _address(*match.span("where"), text)
    if _HOUSE.search(text):
        for match in _ROOM.finditer(text):
            before = words_before(text, match.start(), _REACH)
            if not _OFFICE.search(before) or _HOMELY.search(before):
                yield _address(*match.span(), text)


def _address(start: int, end: int, text: str) -> Found:
    hint = f"写到村或小区为止，门牌{MASK}；{OR_EXCEPT}"
    return Found(start, end, "住址", "error", f"{text[start : start + _SHOWN]}…", hint)
