"""Rules on the catalogues: ``content/topics.yml``, ``indicators.yml``, ``laws.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.catalogue_files import CatalogueFiles
from generator.content.yaml_reading import Keys
from generator.linking.folding import fold
from generator.model import Problem, Severity

_SHORTEST = 2
_RESERVED = {("topic", "systems"), ("law", "others")}
_IN_EVERY_REPORT = frozenset(
    [
        "法治",
        "法制",
        "依法",
        "法律",
        "法规",
        "政府",
        "乡镇",
        "全镇",
        "全乡",
        "我镇",
        "我乡",
        "本镇",
        "本乡",
        "街道",
        "工作",
        "建设",
        "法治建设",
        "法治政府",
        "法治政府建设",
        "依法行政",
        "推进",
        "加强",
        "强化",
        "落实",
        "开展",
        "组织",
        "完善",
        "健全",
        "提升",
        "提高",
        "进一步",
        "深入",
        "制度",
        "机制",
        "监督",
        "管理",
        "服务",
        "群众",
        "干部",
        "人员",
        "宣传",
        "学习",
        "培训",
        "执法",
        "行政",
        "行政执法",
        "党委",
        "单位",
        "部门",
        "情况",
        "报告",
        "一是",
        "二是",
        "三是",
        "活动",
        "社会",
        "基层",
        "问题",
        "措施",
        "要求",
        "全面",
        "积极",
        "切实",
        "重点",
        "规范",
        "保障",
        "责任",
        "领导",
        "人民",
        "党员",
        "年度",
        "今年",
    ]
)
"""Words that nearly every report has in most of its passages: as a term, one of them would match everything."""


def catalogue_ids(files: CatalogueFiles) -> Iterator[Problem]:
    """目录里的编号不能重复，二级主题的编号要以一级主题的编号开头。

    例：两个主题的 id 都写作 disputes.petition
    改法：换一个编号；编号定下后不再改，改后来的一个。
    """
    seen: dict[tuple[str, str], Keys] = {}
    for name, kind, id_, keys in _ids(files):
        if (kind, id_) in seen:
            first = files.documents[name].line_of(seen[kind, id_])
            hint = f"第 {first} 行已经用了这个编号；换一个"
            yield _problem(files, name, (*keys, "id"), "catalogue_ids", "error", f"编号「{id_}」重复", hint)
        seen.setdefault((kind, id_), keys)
        if (kind, id_) in _RESERVED:
            message = f"编号「{id_}」是网站自己的地址"
            yield _problem(files, name, (*keys, "id"), "catalogue_ids", "error", message, "换一个编号")
    for number, group in enumerate(files.catalogues.topics.topics):
        for index, topic in enumerate(group.children):
            if topic.id.partition(".")[0] != group.id:
                keys = ("topics", number, "children", index, "id")
                message = f"主题「{topic.id}」不在一级主题「{group.id}」名下"
                yield _problem(files, "topics", keys, "catalogue_ids", "error", message, f"写作 {group.id}.…")


def catalogue_names(files: CatalogueFiles) -> Iterator[Problem]:
    """一个名称、别称或识别词只能属于一处，否则不知道指哪一个。

    例：「信访」同时是两个制度的别称
    改法：删去一处，或换成更长、更专门的词。
    """
    for name, owner, phrase, keys, seen in _named(files):
        other = seen.setdefault(fold(phrase), (owner, keys))
        if other[0] != owner:
            first = files.documents[name].line_of(other[1])
            message = f"「{phrase}」既属于「{other[0]}」又属于「{owner}」"
            yield _problem(files, name, keys, "catalogue_names", "error", message, f"第 {first} 行已有；两处留一处")


def catalogue_phrases(files: CatalogueFiles) -> Iterator[Problem]:
    """指标的说法里要有一个 {} 表示数字；排除的说法里要含有它所排除的词。

    例：aliases: [开展培训]
    改法：在数字所在的地方写 {}，如 开展培训{}；用不上的排除词删去。
    """
    for number, indicator in enumerate(files.catalogues.indicators.indicators):
        for index, alias in enumerate(indicator.aliases):
            if alias.count("{}") != 1 or not alias.replace("{}", "").replace("…", "").strip():
                keys = ("indicators", number, "aliases", index)
                hint = "用 {} 表示数字所在，如 参训人员{}；一个说法里只有一个"
                message = f"「{alias}」没有写明数字在哪里"
                yield _problem(files, "indicators", keys, "catalogue_phrases", "error", message, hint)
    for at, phrase, words in _excludes(files):
        if not any(fold(word) in fold(phrase) and fold(word) != fold(phrase) for word in words):
            message, hint = f"「{phrase}」里没有所属主题的识别词", "排除的说法要比它所含的识别词长；不需要就删去"
            yield _problem(files, "topics", at, "catalogue_phrases", "warning", message, hint)


def catalogue_too_wide(files: CatalogueFiles) -> Iterator[Problem]:
    """识别词不能是一个字，也不能是每份报告都有的词。

    例：terms: [依法行政]
    改法：换成更长、更专门的词。
    """
    for number, group in enumerate(files.catalogues.topics.topics):
        for index, topic in enumerate(group.children):
            at: Keys = ("topics", number, "children", index)
            own: list[tuple[Keys, str]] = [((*at, "terms", i), each) for i, each in enumerate(topic.terms)]
            own += [((*at, "aliases", i), each) for i, each in enumerate(topic.aliases)]
            for order, system in enumerate(topic.systems):
                own += [((*at, "systems", order, "aliases", i), each) for i, each in enumerate(system.aliases)]
            for keys, phrase in own:
                yield from _too_wide(files, "topics", keys, phrase, _IN_EVERY_REPORT)
            for i, phrase in enumerate(topic.hints):
                yield from _too_wide(files, "topics", (*at, "hints", i), phrase, frozenset())
    for number, law in enumerate(files.catalogues.laws.laws):
        for index, phrase in enumerate(law.aliases):
            yield from _too_wide(files, "laws", ("laws", number, "aliases", index), phrase, _IN_EVERY_REPORT)


def _too_wide(
    files: CatalogueFiles, name: str, keys: Keys, phrase: str, everywhere: frozenset[str]
) -> Iterator[Problem]:
    folded = fold(phrase)
    if len(folded) < _SHORTEST or folded in everywhere or not any(character.isalnum() for character in folded):
        message, hint = f"「{phrase}」几乎到处都有，不能用来识别", "换成更长、更专门的词"
        yield _problem(files, name, keys, "catalogue_too_wide", "error", message, hint)


def _ids(files: CatalogueFiles) -> Iterator[tuple[str, str, str, Keys]]:
    """Walk every id: (catalogue, kind, id, keys)."""
    for number, group in enumerate(files.catalogues.topics.topics):
        yield "topics", "topic", group.id, ("topics", number)
        for index, topic in enumerate(group.children):
            keys: Keys = ("topics", number, "children", index)
            yield "topics", "topic", topic.id, keys
            for order, system in enumerate(topic.systems):
                yield "topics", "system", system.id, (*keys, "systems", order)
    for number, indicator in enumerate(files.catalogues.indicators.indicators):
        yield "indicators", "indicator", indicator.id, ("indicators", number)
    for number, law in enumerate(files.catalogues.laws.laws):
        yield "laws", "law", law.id, ("laws", number)


def _named(files: CatalogueFiles) -> Iterator[tuple[str, str, str, Keys, dict[str, tuple[str, Keys]]]]:
    """Walk every name: (catalogue, owner, name, keys, those of its kind that came before)."""
    terms: dict[str, tuple[str, Keys]] = {}
    systems: dict[str, tuple[str, Keys]] = {}
    for number, group in enumerate(files.catalogues.topics.topics):
        for index, topic in enumerate(group.children):
            at: Keys = ("topics", number, "children", index)
            for i, phrase in enumerate(topic.terms):
                yield "topics", topic.id, phrase, (*at, "terms", i), terms
            for order, system in enumerate(topic.systems):
                keys = (*at, "systems", order)
                yield "topics", system.id, system.name, (*keys, "name"), systems
                for i, phrase in enumerate(system.aliases):
                    yield "topics", system.id, phrase, (*keys, "aliases", i), systems
    laws: dict[str, tuple[str, Keys]] = {}
    for number, law in enumerate(files.catalogues.laws.laws):
        yield "laws", law.id, law.name, ("laws", number, "name"), laws
        for key in ("aliases", "marked"):
            for i, phrase in enumerate(getattr(law, key)):
                yield "laws", law.id, phrase, ("laws", number, key, i), laws


def _excludes(files: CatalogueFiles) -> Iterator[tuple[Keys, str, tuple[str, ...]]]:
    for number, group in enumerate(files.catalogues.topics.topics):
        for index, topic in enumerate(group.children):
            named = tuple(name for system in topic.systems for name in (system.name, *system.aliases))
            for i, phrase in enumerate(topic.excludes):
                keys: Keys = ("topics", number, "children", index, "excludes", i)
                yield keys, phrase, (*topic.terms, *topic.aliases, *topic.hints, *named)


def _problem(  # noqa: PLR0913, PLR0917 - a problem has just these
    files: CatalogueFiles, name: str, keys: Keys, rule: str, level: Severity, message: str, hint: str
) -> Problem:
    return Problem(f"content/{name}.yml", files.documents[name].line_of(keys), 1, rule, level, message, hint)
