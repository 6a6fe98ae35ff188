"""The measure words that reports count with, and the words that only look like a number with its measure."""

from __future__ import annotations

import re

_NOT_FOLLOWED_BY = {
    "次": "性",
    "场": "所",
    "条": "例款",
    "份": "额",
    "期": "间限末",
    "家": "庭长",
    "部": "门分",
    "户": "籍",
    "台": "账",
    "面": "对向积",
    "支": "部",
    "组": "织长",
    "节": "点日",
    "例": "会行",
    "笔": "记录",
    "座": "谈",
    "间": "接隔",
    "元": "旦素化",
    "幅": "度",
    "轮": "流岗训值",
    "宗": "旨教族",
    "单": "位独一元",
    "封": "闭控",
    "篇": "幅章",
    "所": "有属在",
    "人": "员民大才口社力居",
}
"""What may not follow a measure word, for it would make another word of it: 场所, 人民, 部门, 一次性."""

_ALWAYS = (
    "平方米", "公里", "学时", "课时", "小时", "件", "名", "起", "批", "处", "本", "位", "张", "块", "册", "幢", "套", "亩",
    "堂", "桩", "吨", "米", "辆", "%", "‰",
)  # fmt: skip
_TIMES = "[人件场批户家台车条项起篇个班期](?:次|/次|[(（]次[)）])(?!性)"
"""人次, 件次, 场次 …, also printed 人/次 and 人（次）."""

MEASURE = "|".join(
    [
        "个?百分点",
        _TIMES,
        *_ALWAYS,
        *(f"{word}(?![{after}])" for word, after in _NOT_FOLLOWED_BY.items()),
        "个(?!月|小时|工作日|季度|星期)",
        "项(?!目(?!标))",
    ]
)
"""A measure word, as part of a regular expression."""

IDIOM = re.compile(
    "一(?:次性|次办|次告|次解|批(?!次)|条[街龙心线]|面|家人|本[通账]|张[网图表单卡]|个个|件件|.一)"
    "|一起(?!案|纠|事|信|矛|行|民|邻|诉)"
    '|[一二两三四五六七八九十]个(?:维护|确立|意识|自信|全面|必须|务必|坚持|做到|服从|责任制|规定|一律|一(?=[”"工为建]))'
    "|[一二两三四五六七八九十]+项(?:制度|机制|改革|禁令|承诺|清单|公示|权力)"
)
"""Slogans, names and turns of speech that begin with a numeral and a measure word: 一次性, 一条龙, 三项制度, 四个意识."""

NOT_BEFORE_ONE = frozenset("新下上这那某另每同统唯进逐之任其单专不如合划归近")
"""Before 一 they make another word of it, or point at one: 新一轮, 上一次, 同一个, 统一, 唯一, 逐一."""
