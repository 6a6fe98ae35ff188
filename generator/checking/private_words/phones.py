"""Mobile phones, and e-mail addresses on hand-written pages. Landlines and service numbers are offices'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checking.private_words.finding import MASK, OR_EXCEPT, Found, last_place, starred, words_before
from generator.checking.private_words.numbers import OTHER_NUMBER

_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?P<code>\(?(?:\+ ?86|0086|86)\)?[ -]?)?"
    r"(?P<own>1[3-9]\d(?:[ -]?\d{4}[ -]?\d{4}|\d[ -]\d{3}[ -]\d{4}|[ -]\d{3}[ -]\d{5}))(?![0-9A-Za-z])"
)
_PART_BEFORE = re.compile(r"(?:\d[.,，]|[0-9A-Za-z][-_#=])$")
_PART_BEHIND = re.compile(
    r"[.．]\d|[,，]\d{3}(?!\d)|[-_/]\d{1,6}(?!\d)|号(?!码)"
    r"| ?[万亿千百]?(?:元|余|多|件|次|个|人(?!员)|名|份|条|户(?!主)|吨|亩|斤|公斤|千克|米|度|株|头|只|平方|立方|公里|千瓦|美元|kw|m|%|％)"
)
_PHONE = re.compile("电话|手机|联系方式|拨打|致电|微信|号码|来电|热线")
_OFFICE = re.compile(
    "监督|举报(?!人)|投诉(?!人)|值班|值守|咨询(?!人)|服务|热线|办公|公务|公开电话|受理|窗口|大厅|报警|救援|维权|求助|预约|客服|传真"
    "|[办所局站队院科股室](?:公开|联系|固定)?(?:电话|手机|号码)|[党政综信执安平法][政治访法监安制]办"
    "|(?:司法|派出|税务|自然资源|市场监管|事务)所|委员会|[村居调]委会|人民政府|镇政府|乡政府|中心|[局院]"
)
_PERSON = re.compile(
    "投诉人|举报人|信访人|上访人|当事人|申请人|反映人|来电人|村民(?!委)|居民(?!委)|群众(?!来)|本人|其|个人|私人|家长|户主|家属|患者|业主|受害人"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w+-][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_REACH = 22


def mobile_phones(text: str) -> Iterator[Found]:
    """Find mobile phones of the mainland, with or without +86. ``text`` is of half width.

    An office's is a warning: a phone that the office answers may stay.
    """
    if "1" not in text:
        return
    for match in _MOBILE.finditer(text):
        start, end = match.span()
        before = words_before(text, start, _REACH)
        if _is_part(text, before, end):
            continue
        if last_place(OTHER_NUMBER, before) > last_place(_PHONE, before):
            continue
        shown = starred(match["own"], 3, 4)
        if last_place(_OFFICE, before) > last_place(_PERSON, before):
            hint = "公务电话可以保留；是个人的就用「*」隐去"
            yield Found(start, end, "手机号", "warning", shown, hint, "（像是公务电话）")
        else:
            yield Found(start, end, "手机号", "error", shown, f"{MASK}；{OR_EXCEPT}")


def _is_part(text: str, before: str, end: int) -> bool:
    """Tell a piece of a longer number, of an amount or of a count."""
    behind = _PART_BEHIND.match(text, end)
    if behind and behind.group()[0] in "-_/号" and _PHONE.search(before):
        behind = None
    part = _PART_BEFORE.search(before)
    return bool(behind) or (bool(part) and not (part and part.group()[-1] == "-" and _PHONE.search(before)))


def mail_addresses(text: str) -> Iterator[Found]:
    """Find e-mail addresses."""
    if "@" not in text:
        return
    for match in _MAIL.finditer(text):
        name, _, host = match.group().partition("@")
        yield Found(*match.span(), "邮箱", "warning", f"{name[0]}***@{host}", "对外的联系邮箱可以保留；是个人的就删去")
