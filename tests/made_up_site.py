"""A made-up province with two townships that tests build, and a piece of text to make more of them."""

from __future__ import annotations

SITE = """\
-- content/places/nanling-sheng/place.yml --
name: 南岭省
level: province
code: '98'
-- content/places/nanling-sheng/linhe-shi/place.yml --
name: 临河市
level: prefecture
code: '9801'
-- content/places/nanling-sheng/linhe-shi/dongshan-xian/place.yml --
name: 东山县
level: county
code: '980101'
-- content/places/nanling-sheng/linhe-shi/dongshan-xian/qingxi-zhen/place.yml --
name: 清溪镇
level: township
code: '980101101'
former: [nanling-sheng/linhe-shi/dongshan-xian/qingxi-xiang]
-- content/places/nanling-sheng/linhe-shi/dongshan-xian/qingxi-zhen/2022.md --
## 一、主要举措和成效

2022年开展法治培训2场。

## 二、存在的不足和原因

执法力量薄弱。

## 三、主要负责人履职情况

镇长听取汇报2次。

## 四、下一年度主要安排

继续推进普法宣传。
-- content/places/nanling-sheng/linhe-shi/dongshan-xian/qingxi-zhen/2022.yml --
title: 清溪镇2022年法治政府建设年度报告
-- content/places/nanling-sheng/linhe-shi/dongshan-xian/qingxi-zhen/2023.md --
2023年，清溪镇推进法治政府建设，现报告如下。

## 一、主要举措和成效

### （一）强化学习

全年开展法治培训3场，参加120人次。

- 修订学习制度

### （二）规范执法

| 项目 | 次数 |
| --- | --- |
| 行政检查 | 25 |
| 行政处罚 | 3 |

![集市上的普法宣传台](2023-1.png)

## 二、存在的不足和原因

执法力量薄弱，原因是编制少。

## 三、主要负责人履职情况

镇长听取汇报4次。

## 四、下一年度主要安排

继续推进普法宣传，办好民生实事。

清溪镇人民政府

2024年1月5日
-- content/places/nanling-sheng/linhe-shi/dongshan-xian/qingxi-zhen/2023.yml --
title: 清溪镇2023年法治政府建设年度报告
issuer: [清溪镇人民政府, 中共清溪镇委员会]
dates: {made: 2024-01-05, published: 2024-01-10}
source: {url: 'https://example.org/qingxi/2023'}
text_state: original
figures:
- {indicator: training.sessions, value: 3, unit: 场, quote: 开展法治培训3场, confirmed: true}
- {indicator: enforcement.inspections, value: 25, unit: 次, quote: 行政检查 25}
corrections:
- {date: 2024-03-01, what: 补上表格, why: 来源漏录}
-- content/places/nanling-sheng/linhe-shi/dongshan-xian/qingxi-zhen/2023-1.png --
not really a picture
-- content/places/baiyun-xiang/place.yml --
name: 白云乡
level: township
parent_unverified: true
note: 原文未写明是哪个县
-- content/places/baiyun-xiang/2023.md --
## 一、主要举措和成效

白云乡办理调解案件7件。

## 二、下一年度主要安排

继续办理调解案件。
-- content/places/baiyun-xiang/2023.yml --
{}
"""
COUNTY = "nanling-sheng/linhe-shi/dongshan-xian"
QINGXI = f"{COUNTY}/qingxi-zhen"
QINGXI_FILES = f"content/places/{QINGXI}"
BAIYUN = "baiyun-xiang"

ALL_ROLES = """\
## 一、主要举措和成效

开展法治培训3场。

## 二、存在的不足和原因

执法力量薄弱。

## 三、主要负责人履职情况

镇长听取汇报4次。

## 四、下一年度主要安排

继续推进普法宣传。
"""


def township(path: str, name: str, **reports: str) -> str:
    """Return the files of a township whose parent is not known, with reports (``y2023="…text…"``) without records."""
    place = f"-- content/places/{path}/place.yml --\nname: '{name}'\nlevel: township\nparent_unverified: true\n"
    filed = (
        f"-- content/places/{path}/{year[1:]}.md --\n{text}-- content/places/{path}/{year[1:]}.yml --\n{{}}\n"
        for year, text in reports.items()
    )
    return place + "".join(filed)
