"""Made-up reports whose words are hard to find: marks, digits, joints, traditional characters, names in other places."""

from __future__ import annotations

SITE = """\
-- content/topics.yml --
topics:
- id: disputes
  name: 矛盾纠纷化解
  children:
  - id: disputes.mediation
    name: 人民调解
    terms: [人民调解, 调委会]
    systems:
    - {id: tiaoweihui, name: 人民调解委员会, kind: institution, aliases: [调委会, 调解委员会]}
  - id: disputes.petition
    name: 信访工作
    terms: [信访]
- id: service
  name: 政务服务
  children:
  - id: service.hotline
    name: 热线
    terms: ['12345', 政务服务便民热线]
    systems:
    - {id: rexian, name: 12345政务服务便民热线, kind: platform, aliases: ['12345', 政务服务便民热线]}
-- content/laws.yml --
laws:
- {id: minfadian, name: 中华人民共和国民法典, kind: law, aliases: [民法典]}
-- content/places/nanling-sheng/place.yml --
name: 南岭省
level: province
-- content/places/nanling-sheng/dongshan-xian/place.yml --
name: 东山县
level: county
-- content/places/nanling-sheng/dongshan-xian/qingxi-zhen/place.yml --
name: 清溪镇
level: township
-- content/places/nanling-sheng/dongshan-xian/baiyun-xiang/place.yml --
name: 白云乡
level: township
-- content/places/nanling-sheng/dongshan-xian/qingxi-zhen/2022.md --
## 一、主要举措和成效

### （一）加强信访工作

办理信访事项12件，信访人满意，信访积案清零。

### （二）人民调解

全镇调委会调解成功率99.77%。

## 二、存在的不足和原因

白云乡交界处的纠纷多。
-- content/places/nanling-sheng/dongshan-xian/qingxi-zhen/2022.yml --
title: 清溪镇2022年法治政府建设年度报告
-- content/places/nanling-sheng/dongshan-xian/qingxi-zhen/2023.md --
2023年，清溪镇推进法治政府建设。

## 一、主要举措和成效

### （一）信访和调解

办理信访事项8件。

人民调解委员会配齐调解员。

学习《民法典》，宣传民法典知识，构建1+2+4+N体系，集市LED屏滚动播放，投入4.15万元。

通过12345受理诉求。

| 项目 | 件数 |
| --- | --- |
| 政务服务便民热线 | 25 |

### （二）為民服務

開展「法律進鄉村」活動，Ｌｅｄ屏，执 法 人员到场。
-- content/places/nanling-sheng/dongshan-xian/qingxi-zhen/2023.yml --
title: 清溪镇2023年法治政府建设年度报告
-- content/places/nanling-sheng/dongshan-xian/baiyun-xiang/2023.md --
## 一、主要举措和成效

### （一）执法

办理信访事项1件。执法人员持证上岗。

交通整治。

交通整治。

## 二、存在的不足和原因

信访、信访、信访，三次都说信访，清溪镇也来过。
-- content/places/nanling-sheng/dongshan-xian/baiyun-xiang/2023.yml --
title: 2023年度法治政府建设情况
"""
QINGXI = "nanling-sheng/dongshan-xian/qingxi-zhen"
BAIYUN = "nanling-sheng/dongshan-xian/baiyun-xiang"
