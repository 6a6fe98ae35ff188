"""What a level-1 section is by law, recognised by the wording of its heading.

The contents are those of 《法治政府建设与责任落实督察工作规定》 (2019), chapter 4 年度报告; the synonyms are those that
townships use for them. An editor's word in ``YEAR.yml`` (``roles``) stands above all of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.model import REQUIRED_ROLES, Role

_LEADER = re.compile(
    r"第一责任(制)?人|第一责任职责|(主要负责人|主要负责同志|主要领导|党政负责人|“?一把手”?).{0,12}(履行|履职|职责|述法|落实.{0,10}责任)|述职?述法"
)
_MENDED = re.compile(r"(问题|不足|短板|反馈).{0,8}(整改|解决)(落实)?.{0,4}(情况|成效)|(完成|落实|执行|进展)情况")
_SHORT = re.compile(
    r"(?<!补)(?<!补齐)(?<!弥补)(不足|短板)|(?<!抓)薄弱|差距|(?<!强)弱项|困难(?!群众|家庭|户|人员|职工)|原因"
    r"|((存在|面临|遇到|主要)的?.{0,4}|^的?)问题(?!导向|整改|清单)|问题[和与及、](?!建议)|挑战"
)
_PLAN = re.compile(
    r"下一?(年度?|步|阶段)|下步|明年|来年|今后|未来|展望|努力方向|(改进|整改)(措施|举措|方向|打算)|打算|设想"
    r"|(工作|主要|重点|有关)(思路|计划|安排)(如下)?$"
)
_MEASURES = re.compile(
    r"举措|措施|成效|成绩|成果|做法|亮点|经验|进展|回顾|总结|(工作|开展|推进|落实|完成|建设|基本|总体|履职)情况"
    r"|主要工作|工作开展|重点工作"
)
_STRONG_MEASURES = re.compile(r"举措|成效|成绩|做法|(工作|开展)情况")
_OTHER = re.compile(r"^(其他|其它|附件|附$|需要?(报告|说明))|其他(需要|事项|情况)")
_YEAR = re.compile(r"(20\d\d)\s*年")


def roles_named(heading: str, year: int | None = None) -> tuple[Role, ...]:
    """Return the roles that a heading names, its own first; two for 「存在的问题及下一步打算」, none where it names none.

    ``year`` is the report's: 「2024年工作…」 in a report of 2023 speaks of the plan.
    """
    if _OTHER.search(heading):
        return ("other",)
    leader = _LEADER.search(heading)
    if not leader and _MENDED.search(heading):
        return ("measures",)
    found: tuple[tuple[Role, re.Match[str] | None], ...] = (
        ("leader_duty", leader),
        ("shortcomings", _SHORT.search(heading)),
        ("plan", _PLAN.search(heading) or _later_year(heading, year)),
    )
    named = sorted((match.start(), role) for role, match in found if match)
    measures = _STRONG_MEASURES.search(heading, 0, named[0][0]) if named else _MEASURES.search(heading)
    if measures:
        named = [(measures.start(), "measures"), *named]
    return tuple(role for _, role in named)


def section_roles(
    headings: Iterable[tuple[str, int, str]], overrides: Mapping[str, Role], year: int | None = None
) -> dict[str, Role]:
    """Return the role of every section: (id, level, heading) in document order -> {id: role}.

    A section below level 1 has the role of the section above it, unless that heading names several roles and its own
    heading names one of them. A level-1 heading that names no role (「一、强化组织领导」) tells of measures as long as
    no shortcomings or plan have come, and is ``other`` after them.
    """
    roles: dict[str, Role] = {}
    above: list[tuple[int, Role]] = []
    top_named: tuple[Role, ...] = ()
    closing = False
    for section_id, level, heading in headings:
        named = roles_named(heading, year) if level == 1 or (level and len(top_named) > 1) else ()
        above = [each for each in above if each[0] < level]
        role: Role
        if level == 0:
            role = "preamble"
        elif level == 1:
            role = named[0] if named else "other" if closing else "measures"
            top_named = named
        else:
            role = (
                named[0] if named and named[0] in top_named else above[-1][1] if above and above[-1][0] else "measures"
            )
        role = overrides.get(section_id, role)
        closing = closing or (level == 1 and role in {"shortcomings", "plan"})
        above.append((level, role))
        roles[section_id] = role
    return roles


def missing_roles(sections: Iterable[tuple[int, str, Role]], year: int | None = None) -> tuple[Role, ...]:
    """Return the required roles that no section (level, heading, role) has and no level-1 heading names."""
    present: set[Role] = set()
    for level, heading, role in sections:
        present.add(role)
        if level == 1:
            named = roles_named(heading, year)
            if role in named:  # an editor who overrode the wording has the last word
                present.update(named)
    return tuple(role for role in REQUIRED_ROLES if role not in present)


def _later_year(heading: str, year: int | None) -> re.Match[str] | None:
    if year is None:
        return None
    return next((match for match in _YEAR.finditer(heading) if int(match.group(1)) > year), None)
