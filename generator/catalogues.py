"""The catalogues of gongkai: topics, indicators, laws. Frozen values; ``content/topics.yml`` and its neighbours say them.

JSON Schemas for editors' tools are generated from them, so their descriptions are written for editors, in Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

SystemKind = Literal["system", "platform", "institution", "mechanism", "campaign"]
LawKind = Literal["law", "regulation", "party_rule", "local_document", "book", "article", "plan"]

Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=48)]
TopicId = Annotated[str, Meta(pattern=r"^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$")]
IndicatorId = Annotated[str, Meta(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$", description="指标编号，如 training.sessions")]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Phrase = Annotated[str, Meta(min_length=1, max_length=60)]


@dataclass(frozen=True, slots=True)
class System:
    """A named system, platform, institution, mechanism or campaign: an entry of the glossary."""

    id: Annotated[Slug, Meta(description="编号，用于网址，定下后不再改")]
    name: Annotated[Name, Meta(description="名称")]
    kind: Annotated[
        SystemKind,
        Meta(description="种类：system 制度、platform 平台、institution 机构、mechanism 机制、campaign 活动"),
    ]
    aliases: Annotated[tuple[Phrase, ...], Meta(description="别称、简称")] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the second level, with what recognises it in a text."""

    id: Annotated[TopicId, Meta(description="主题编号，用于网址，定下后不再改")]
    name: Annotated[Name, Meta(description="名称")]
    aliases: Annotated[tuple[Phrase, ...], Meta(description="主题的别称，供识别和检索")] = ()
    terms: Annotated[tuple[Phrase, ...], Meta(description="识别用词：出现一个即可认定")] = ()
    hints: Annotated[tuple[Phrase, ...], Meta(description="弱识别词：出现两个不同的，或在标题中出现，才可认定")] = ()
    excludes: Annotated[tuple[Phrase, ...], Meta(description="排除：含有识别词而另有所指的说法，其中的识别词不算")] = ()
    systems: Annotated[tuple[System, ...], Meta(description="属于这个主题的制度、平台、机构、机制、活动")] = ()


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """A topic of the first level: topics of the second level under one name."""

    id: Annotated[Slug, Meta(description="主题编号，用于网址，定下后不再改")]
    name: Annotated[Name, Meta(description="名称")]
    source: Annotated[str | None, Meta(description="依据")] = None
    children: Annotated[tuple[Topic, ...], Meta(description="二级主题")] = ()


@dataclass(frozen=True, slots=True)
class TopicCatalogue:
    """What ``content/topics.yml`` says."""

    topics: Annotated[tuple[TopicGroup, ...], Meta(description="主题，两级")] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure measures, and the words that announce it in a text.

    In an alias ``{}`` stands for the number with its unit and ``…`` for any words of the same sentence; all else stands for
    itself, in this order. ``generator/linking/announcements.py`` says what may stand between words and a number.
    """

    id: IndicatorId
    name: Annotated[Name, Meta(description="名称")]
    unit: Annotated[Phrase, Meta(description="单位")]
    units: Annotated[tuple[Phrase, ...], Meta(description="也可以用的单位")] = ()
    aliases: Annotated[
        tuple[Phrase, ...],
        Meta(
            description="引出数字的说法：{} 表示数字连同单位，… 表示同一句中隔着别的字，如 法律明白人…化解矛盾纠纷{}；"
            "含有 均、都、全部 的，这个数可以同时属于别的指标"
        ),
    ] = ()
    zero: Annotated[
        tuple[Phrase, ...], Meta(description="表示没有（零）的说法，如 无败诉案件；… 表示同一分句中隔着别的字")
    ] = ()
    excludes: Annotated[tuple[Phrase, ...], Meta(description="排除：所引的原话里有这些字时不是这个指标")] = ()


@dataclass(frozen=True, slots=True)
class IndicatorCatalogue:
    """What ``content/indicators.yml`` says."""

    indicators: Annotated[tuple[Indicator, ...], Meta(description="指标")] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """A law or document that reports cite, and the names under which they cite it."""

    id: Annotated[Slug, Meta(description="编号，用于网址，定下后不再改")]
    name: Annotated[Name, Meta(description="正式全称，不带书名号")]
    kind: Annotated[
        LawKind,
        Meta(
            description="种类：law 法律、regulation 法规规章、party_rule 党内法规、local_document 地方文件、book 图书、"
            "article 文章、plan 规划"
        ),
    ]
    aliases: Annotated[tuple[Phrase, ...], Meta(description="简称和别称，有没有书名号都算")] = ()
    marked: Annotated[tuple[Phrase, ...], Meta(description="只在书名号里才算的简称")] = ()
    excludes: Annotated[tuple[Phrase, ...], Meta(description="排除：含有名称而不是引用的说法，如 宪法宣誓")] = ()


@dataclass(frozen=True, slots=True)
class LawCatalogue:
    """What ``content/laws.yml`` says. ``campaigns`` stand right after a name that is then a campaign's and no citation."""

    laws: Annotated[tuple[Law, ...], Meta(description="法律和文件")] = ()
    campaigns: Annotated[
        tuple[Phrase, ...], Meta(description="紧跟在法律名称后面、使它成为活动名称的字，如 宣传月")
    ] = ()


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The three catalogues of a project; an empty one stands for a file that is not there."""

    topics: TopicCatalogue = TopicCatalogue()
    indicators: IndicatorCatalogue = IndicatorCatalogue()
    laws: LawCatalogue = LawCatalogue()

    def second_level(self) -> Iterator[Topic]:
        """Walk the topics that passages have: those of the second level, in the order of the catalogue."""
        return (topic for group in self.topics.topics for topic in group.children)

    def system_names(self) -> Iterator[str]:
        """Walk the names of systems, platforms, institutions, mechanisms and campaigns, and their other names."""
        return (name for topic in self.second_level() for each in topic.systems for name in (each.name, *each.aliases))
