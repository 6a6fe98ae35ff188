"""A made-up township over three years, whose reports change from year to year in known ways."""

from __future__ import annotations

TOWN = "liuwan-zhen"
FOLDER = f"content/places/{TOWN}"

YEARS = """\
-- content/places/liuwan-zhen/place.yml --
name: 柳湾镇
level: township
parent_unverified: true
-- content/places/liuwan-zhen/2021.md --
2021年，柳湾镇推进法治政府建设，现将有关情况报告如下。

## 一、主要举措和成效

### （一）强化学习

一是开展法治培训3场，参加120人次。二是组织旁听庭审2次。

### （二）化解纠纷

全年调解矛盾纠纷125件，化解率96.1%。建立镇村两级联动的矛盾纠纷排查机制。

## 二、存在的问题

执法力量薄弱，一线执法人员不足。经费保障不够。

## 三、主要负责人履职情况

镇长听取法治工作汇报4次。

## 四、下步工作打算

为综合执法队伍补充法律专业人员2名。编印通俗易懂的普法口袋书，走遍全镇村民小组。修订全镇应急处置预案。

柳湾镇人民政府

2022年1月10日
-- content/places/liuwan-zhen/2021.yml --
title: 柳湾镇2021年法治政府建设年度报告
issuer: [柳湾镇人民政府]
dates: {made: 2022-01-10, published: 2022-02-01}
figures:
- {indicator: training.sessions, value: 3, unit: 场, quote: 开展法治培训3场, confirmed: true}
- {indicator: dispute.resolved, value: 125, unit: 件, quote: 调解矛盾纠纷125件, confirmed: true}
commitments:
- {commitment: 补充法律专业人员2名, year: 2022, quote: 补充法律专业人员3名, note: 多补充了1名}
-- content/places/liuwan-zhen/2022.md --
2022年，柳湾镇推进法治政府建设，现将有关情况报告如下。

## 一、主要举措和成效

### （一）化解纠纷

全年调解矛盾纠纷１６５件，化解率98%。

### （二）强化学习

一是为综合执法队伍补充法律专业人员3名。二是开展法治培训3场，参加120人次。编印普法口袋书2000册，组织宣讲队走遍全镇96个村民小组。

## 二、不足和原因

执法力量仍然薄弱，一线执法人员不足。普法形式单一。

## 三、主要负责人履职情况

镇长听取法治工作汇报4次。建立镇村两级联动的矛盾纠纷排查机制。

## 四、下一年度工作安排

修订全镇应急处置预案。

柳湾镇人民政府

2023年1月11日
-- content/places/liuwan-zhen/2022.yml --
title: 柳湾镇2022年法治政府建设年度报告
issuer: [柳湾镇人民政府]
dates: {made: 2023-01-11}
figures:
- {indicator: training.sessions, value: 3, unit: 场, quote: 开展法治培训3场, confirmed: true}
- {indicator: dispute.resolved, value: 165, unit: 件, quote: 调解矛盾纠纷１６５件}
-- content/places/liuwan-zhen/2024.md --
## 一、主要举措和成效

一是开展法治培训5场，参加150人次。

## 二、不足和原因

执法力量薄弱、一线人员不足的状况没有根本改变。
-- content/places/liuwan-zhen/2024.yml --
{}
"""
