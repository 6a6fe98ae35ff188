"""The nouns of gongkai: frozen values, with no behaviour beyond what a value knows of itself.

``PlaceRecord`` and ``ReportRecord`` are what ``place.yml`` and ``YEAR.yml`` may say; the JSON Schemas that editors' tools
use are generated from them, so their descriptions are written for editors, in Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from msgspec import Meta

Level = Literal["province", "prefecture", "county", "township"]
Role = Literal["measures", "shortcomings", "leader_duty", "plan", "other", "preamble"]
TextState = Literal["original", "ocr", "excerpt"]
Qualifier = Literal["exact", "approx", "at_least", "less_than"]
RepairKind = Literal["drop", "join", "split", "spaces", "replace"]
PassageKind = Literal["paragraph", "item", "table", "image", "signature"]
Severity = Literal["error", "warning", "note"]
ExemptRule = Literal["privacy"]

REQUIRED_ROLES: tuple[Role, ...] = ("measures", "shortcomings", "leader_duty", "plan")
"""The contents that every report must have; 督察工作规定 (2019), chapter 4 年度报告."""

_DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2}( \d{2}:\d{2})?)?)?$"
_PLACE_PATH_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"

Text = Annotated[str, Meta(min_length=1)]
Code = Annotated[str, Meta(pattern=r"^\d{2}$|^\d{4}$|^\d{6}$|^\d{9}$|^\d{12}$")]
WebAddress = Annotated[str, Meta(pattern=r"^https?://[^\s<>\"]+$")]
FileName = Annotated[str, Meta(pattern=r"^[^./\\\s][^/\\\s]*$")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Positive = Annotated[int, Meta(ge=1)]
DeniedText = Annotated[str, Meta(min_length=2, max_length=60)]
DeniedLength = Annotated[int, Meta(ge=2, le=60)]
Date = Annotated[str, Meta(pattern=_DATE_PATTERN, description="日期，如 2024-01-05；只知道年月时写到月")]
PlacePath = Annotated[
    str, Meta(pattern=_PLACE_PATH_PATTERN, description="地址，如 tianjin-shi/xiqing-qu/yangliuqing-zhen")
]


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """What ``place.yml`` says of one place."""

    name: Annotated[str, Meta(min_length=1, max_length=60, description="全称，如 杨柳青镇")]
    level: Annotated[Level, Meta(description="层级：province 省、prefecture 市、county 县、township 乡镇")]
    code: Annotated[Code | None, Meta(description="行政区划代码（2、4、6、9 或 12 位），须加引号；不知道就不写")] = None
    parent_unverified: Annotated[bool, Meta(description="上级行政区划待核实时写 true")] = False
    former: Annotated[tuple[PlacePath, ...], Meta(description="曾用地址，旧地址会转到现在的地址")] = ()
    predecessors: Annotated[tuple[PlacePath, ...], Meta(description="承接自哪些地方（合并、拆分、更名）")] = ()
    note: Annotated[str | None, Meta(description="说明")] = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The three dates of a report, each with its own evidence (政府信息公开条例, Art. 12 and 26)."""

    made: Annotated[Date | None, Meta(description="成文日期，写作 2024-01-05；不知道就删去")] = None
    published: Annotated[
        Date | None, Meta(description="公开日期（原发布处所载），写作 2024-03-20 或 2024-03-20 09:30；不知道就删去")
    ] = None
    collected: Annotated[Date | None, Meta(description="收录日期（本站收录之日），写作 2026-05-01")] = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text came from."""

    url: Annotated[WebAddress | None, Meta(description="原发布网址，以 http:// 或 https:// 开头")] = None
    file: Annotated[FileName | None, Meta(description="同一文件夹中的来源文件名，如 2023.source.txt")] = None
    sha256: Annotated[Sha256 | None, Meta(description="来源文件的 SHA-256，64 位小写十六进制")] = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a report states, with its unit and the words that prove it."""

    indicator: Annotated[str, Meta(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$", description="指标编号")]
    value: Annotated[int | float, Meta(description="数值，写成阿拉伯数字，如 3039 或 99.77")]
    unit: Annotated[Text, Meta(description="单位")]
    quote: Annotated[Text, Meta(description="正文中含有该数的原话")]
    qualifier: Annotated[
        Qualifier, Meta(description="限定：exact 确数、approx 约数、at_least 以上、less_than 不足")
    ] = "exact"
    confirmed: Annotated[bool, Meta(description="经人核对后写 true")] = False


@dataclass(frozen=True, slots=True)
class TopicEdit:
    """An editor's word on the topics of one passage."""

    add: Annotated[tuple[Text, ...], Meta(description="补上的主题编号")] = ()
    remove: Annotated[tuple[Text, ...], Meta(description="去掉的主题编号")] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A confirmed answer of a later report to a commitment of this one."""

    commitment: Annotated[Text, Meta(description="本报告「安排」中的原话")]
    year: Annotated[int, Meta(ge=2000, le=2099, description="哪一年的报告作了回应")]
    quote: Annotated[Text, Meta(description="那一年报告中的原话")]
    note: Annotated[str | None, Meta(description="说明")] = None


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the public log of corrections."""

    date: Annotated[Date, Meta(description="更正日期")]
    what: Annotated[Text, Meta(description="改了什么")]
    why: Annotated[Text, Meta(description="为什么改")]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a report was taken down: a line of the public log. Of its files only ``YEAR.yml`` is left."""

    date: Annotated[Date, Meta(description="撤下的日期")]
    why: Annotated[Text, Meta(description="为什么撤下，对外公布，不要写出要隐去的内容")]


@dataclass(frozen=True, slots=True)
class Repair:
    """One difference between the source and the text of record.

    ``line`` counts the lines of the source from 1. ``drop``: ``text`` stood in the source and was left out. ``join`` and
    ``split``: ``text`` shows the words on both sides of the line break with ``|`` between. ``spaces``: ``count`` spaces
    were left out, on ``lines``. ``replace``: an editor put ``after`` in place of ``text`` and says ``why``.
    """

    kind: Annotated[
        RepairKind,
        Meta(description="drop 去掉、join 接上断行、split 分行、spaces 去掉空格、replace 人工替换"),
    ]
    line: Annotated[Positive | None, Meta(description="来源文件的行号")] = None
    text: Annotated[str | None, Meta(description="涉及的文字")] = None
    after: Annotated[str | None, Meta(description="replace：换成的文字")] = None
    why: Annotated[str | None, Meta(description="replace：为什么")] = None
    count: Annotated[Positive | None, Meta(description="spaces：共几处空格")] = None
    lines: Annotated[tuple[int, ...], Meta(description="spaces：在来源文件的哪些行")] = ()


@dataclass(frozen=True, slots=True)
class Exemption:
    """Printed words that a rule shall let pass, and why; shown to the public on the status page."""

    rule: Annotated[ExemptRule, Meta(description="对哪一项检查例外；目前只有 privacy（个人信息）")]
    quote: Annotated[Text, Meta(description="可以公开的原话，照抄，要含有检查所指的字")]
    why: Annotated[Text, Meta(description="为什么可以公开；对外公布，不要写个人信息")]
    date: Annotated[Date | None, Meta(description="决定的日期，写作 2024-01-05；不知道就删去")] = None


@dataclass(frozen=True, slots=True)
class DeniedWords:
    """Words that must not be published: as ``text``, or as the SHA-256 of their normal form and its length in characters."""

    why: Annotated[Text, Meta(description="为什么不能公开；不要写个人信息")]
    text: Annotated[DeniedText | None, Meta(description="不能公开的字，2 到 60 个字")] = None
    sha256: Annotated[
        Sha256 | None,
        Meta(description="不愿写出时：去掉空格、改为半角小写之后的 UTF-8 文字的 SHA-256，64 位小写十六进制"),
    ] = None
    length: Annotated[DeniedLength | None, Meta(description="sha256 所指文字的字数，2 到 60")] = None


@dataclass(frozen=True, slots=True)
class DenyList:
    """What ``content/deny.yml`` says."""

    deny: Annotated[tuple[DeniedWords, ...], Meta(description="屏蔽名单：全站不能出现的字")] = ()


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """What ``YEAR.yml`` says of one report. Whatever is not known is left out."""

    title: Annotated[Text | None, Meta(description="题名，照原文；原文没有题名就不写")] = None
    issuer: Annotated[tuple[Text, ...], Meta(description="发布机关，写成列表，如 [清河镇人民政府]")] = ()
    dates: Annotated[Dates, Meta(description="三个日期：成文、公开、收录")] = field(default_factory=Dates)
    source: Annotated[Source, Meta(description="来源")] = field(default_factory=Source)
    text_state: Annotated[TextState | None, Meta(description="文本状态：original 原文、ocr 识别、excerpt 节录")] = None
    roles: Annotated[
        dict[str, Role], Meta(description="人工指定的法定内容：章节编号（如 s-2）对应内容；只写与自动识别不同的")
    ] = field(default_factory=dict)
    figures: Annotated[tuple[Figure, ...], Meta(description="数据")] = ()
    topics: Annotated[dict[str, TopicEdit], Meta(description="人工增减的主题：段落编号（如 p-1a2b3c4d）对应增减")] = (
        field(default_factory=dict)
    )
    commitments: Annotated[tuple[FollowUp, ...], Meta(description="经人确认的承诺后续")] = ()
    corrections: Annotated[tuple[Correction, ...], Meta(description="更正记录，对外公布")] = ()
    withdrawn: Annotated[
        Withdrawal | None, Meta(description="撤下这份报告：日期和原因，对外公布；正文和来源文件要删去")
    ] = None
    repairs: Annotated[tuple[Repair, ...], Meta(description="导入时修复了什么，由导入命令写出")] = ()
    exceptions: Annotated[tuple[Exemption, ...], Meta(description="检查的例外，对外公布")] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the hierarchy; ``path`` is its address under ``/places/``."""

    path: str
    record: PlaceRecord

    @property
    def name(self) -> str:
        """The full name."""
        return self.record.name

    @property
    def parent_path(self) -> str:
        """The path of the place above, or the empty string at the root."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, list item, table, image or signature line of a section.

    ``id`` is its anchor, ``p-`` and 8 hex digits of its normalised text; ``line`` is its line in ``YEAR.md``.
    """

    id: str
    text: str
    kind: PassageKind
    line: int
    rows: tuple[tuple[str, ...], ...] = ()
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading; the preamble has level 0 and no heading."""

    id: str
    level: int
    number: str
    heading: str
    role: Role
    passages: tuple[Passage, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Report:
    """One township, one year: the text of record as sections, and what is known and said about it."""

    place: str
    year: int
    record: ReportRecord
    sections: tuple[Section, ...]
    missing_roles: tuple[Role, ...]

    @property
    def id(self) -> str:
        """The place path and the year, ``tianjin-shi/…/2023``."""
        return f"{self.place}/{self.year}"

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages in document order."""
        return tuple(passage for section in self.sections for passage in section.passages)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that its sections have, each once, in document order; the preamble is not one."""
        return tuple(dict.fromkeys(section.role for section in self.sections if section.role != "preamble"))

    @property
    def characters(self) -> int:
        """The characters of headings and passages, white space not counted."""
        texts = [section.number + section.heading for section in self.sections]
        texts += [passage.text for passage in self.passages]
        return sum(len("".join(text.split())) for text in texts)


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What lists and neighbours show of a report."""

    id: str
    place: str
    year: int
    title: str | None
    roles: tuple[Role, ...]
    missing_roles: tuple[Role, ...]
    sections: int
    passages: int
    figures: int
    characters: int
    published: str | None
    collected: str | None


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What ``check`` finds wrong: ``path`` relative to the project, ``line`` and ``column`` from 1."""

    path: str
    line: int
    column: int
    rule: str
    level: Severity
    message: str
    hint: str
