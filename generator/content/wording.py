"""The Chinese words for the values of the model, used alike by pages, messages and exports."""

from __future__ import annotations

from generator.catalogues import LawKind, SystemKind
from generator.model import Level, Qualifier, RepairKind, Role, Severity, TextState

ROLE_NAMES: dict[Role, str] = {
    "measures": "主要举措和成效",
    "shortcomings": "存在的不足和原因",
    "leader_duty": "主要负责人履职情况",
    "plan": "下一年度主要安排",
    "other": "其他情况",
    "preamble": "引言",
}
ROLE_STATUTES: dict[Role, str] = {
    "measures": "上一年度推进法治政府建设的主要举措和成效",
    "shortcomings": "推进法治政府建设存在的不足和原因",
    "leader_duty": "党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况",
    "plan": "下一年度推进法治政府建设的主要安排",
    "other": "其他需要报告的情况",
}
"""The contents of an annual report; 《法治政府建设与责任落实督察工作规定》 (2019), chapter 4 年度报告."""
SEVERITY_NAMES: dict[Severity, str] = {"error": "错误", "warning": "警告", "note": "提示"}
LEVEL_NAMES: dict[Level, str] = {"province": "省级", "prefecture": "地级", "county": "县级", "township": "乡级"}
TEXT_STATE_NAMES: dict[TextState, str] = {"original": "原文", "ocr": "识别文本（可能有误字）", "excerpt": "节录"}
REPAIR_NAMES: dict[RepairKind, str] = {
    "drop": "去掉非正文字符",
    "join": "接上被断开的句子",
    "split": "标题与正文分行",
    "spaces": "去掉汉字与数字之间的空格",
    "replace": "人工更正",
}
LAW_KIND_NAMES: dict[LawKind, str] = {
    "law": "法律",
    "regulation": "法规和规章",
    "party_rule": "党内法规和党政联合文件",
    "plan": "规划和政策文件",
    "local_document": "地方文件",
    "book": "图书",
    "article": "文章",
}
SYSTEM_KIND_NAMES: dict[SystemKind, str] = {
    "system": "制度",
    "platform": "平台",
    "institution": "机构和队伍",
    "mechanism": "机制和方法",
    "campaign": "活动",
}
QUALIFIER_NAMES: dict[Qualifier, str] = {"exact": "", "approx": "约", "at_least": "至少", "less_than": "不足"}
"""What stands before a value that is not exact."""
