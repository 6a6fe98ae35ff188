"""Names of places and the folders that are proposed for them."""

from __future__ import annotations

import pytest

from generator.importing.naming import find_name, place_level, place_slug

SLUGS = {
    "杨柳青镇": "yangliuqing-zhen",
    "西青区": "xiqing-qu",
    "天津市": "tianjin-shi",
    "宁夏回族自治区": "ningxia-huizu-zizhiqu",
    "新疆维吾尔自治区": "xinjiang-weiwuer-zizhiqu",
    "内蒙古自治区": "neimenggu-zizhiqu",
    "双江拉祜族佤族布朗族傣族自治县": "shuangjiang-lahuzu-wazu-bulangzu-daizu-zizhixian",
    "东风街道": "dongfeng-jiedao",
    "陕西省": "shaanxi-sheng",
    "山西省": "shanxi-sheng",
    "重庆市": "chongqing-shi",
    "六安市": "luan-shi",
    "番禺区": "panyu-qu",
    "洪洞县": "hongtong-xian",
    "蔚县": "yu-xian",
    "单县": "shan-xian",
    "莘县": "shen-xian",
    "乐亭县": "laoting-xian",
    "乐清市": "yueqing-shi",
    "涡阳县": "guoyang-xian",
    "尉犁县": "yuli-xian",
    "东阿县": "donge-xian",
    "厦门市": "xiamen-shi",
    "渑池县": "mianchi-xian",
    "吕梁市": "lvliang-shi",
}


@pytest.mark.parametrize("name", SLUGS)
def test_a_name_becomes_its_pinyin_with_the_generic_part_set_off(name: str) -> None:
    assert place_slug(name) == SLUGS[name]


def test_a_name_is_found_in_a_text_by_its_reading() -> None:
    text = "2023年，利通区扁担沟镇在区委的领导下，与古城镇、金积镇一道推进各项工作。"
    assert find_name("biandangou-zhen", text) == "扁担沟镇"
    assert find_name("jinji-zhen", text) == "金积镇"
    assert find_name("litong-qu", text) == "利通区"
    assert find_name("yangliuqing-zhen", text) is None


@pytest.mark.parametrize(
    ("name", "depth", "level"),
    [
        ("天津市", 1, "province"),
        ("江苏省", 1, "province"),
        ("南通市", 2, "prefecture"),
        ("启东市", 3, "county"),
        ("延边朝鲜族自治州", 2, "prefecture"),
        ("西青区", 2, "county"),
        ("寅阳镇", 4, "township"),
        ("东风街道", 3, "township"),
    ],
)
def test_a_level_is_told_by_the_name_and_its_depth(name: str, depth: int, level: str) -> None:
    assert place_level(name, depth) == level
