"""Small catalogues that go with the made-up province, and townships that say the same."""

from __future__ import annotations

CATALOGUES = """\
-- content/topics.yml --
topics:
- id: enforcement
  name: 行政执法
  source: 纲要第五章
  children:
  - id: enforcement.training
    name: 执法培训
    terms: [法治培训, 行政检查]
    systems:
    - {id: xuexi-zhidu, name: 学习制度, kind: system}
  - id: enforcement.staff
    name: 执法力量
    terms: [执法力量]
    hints: [编制]
- id: disputes
  name: 矛盾纠纷
  children:
  - id: disputes.mediation
    name: 人民调解
    aliases: [人民调解工作]
    terms: [调解案件]
    systems:
    - {id: minsheng-shishi, name: 民生实事, kind: campaign}
- id: general
  name: 综合
  children:
  - {id: general.overview, name: 总体情况, terms: [现报告如下]}
-- content/indicators.yml --
indicators:
- {id: training.sessions, name: 培训次数, unit: 次, units: [场], aliases: ['法治培训{}'], zero: [没有培训]}
- {id: enforcement.inspections, name: 行政检查次数, unit: 次, aliases: ['行政检查{}']}
- {id: dispute.resolved, name: 调解案件数, unit: 件, aliases: ['调解案件{}']}
-- content/laws.yml --
laws:
- {id: xianfa, name: 中华人民共和国宪法, kind: law, aliases: [宪法]}
- {id: xinfang-tiaoli, name: 信访工作条例, kind: party_rule}
campaigns: [宣传日]
"""
CITING = """\
## 一、主要举措和成效

学习《中华人民共和国宪法》和新修订的《信访工作条例》，在宪法宣传日宣讲宪法，转发《一图读懂 | 〈信访工作条例〉》，落实《意见》。

学习宪法。
"""
