"""What a document itself says of its issuer and dates: proposed for ``YEAR.yml``, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.content.parse import parse_report
from generator.importing.imported import ImportedText
from generator.model import Dates, ReportRecord, Source

_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_DATE = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?:\s*日)?(?:\s+(\d{1,2}:\d{2}))?")
_TITLE_ISSUER = re.compile(
    r"^(中(?:国共产党|共)\S{2,24}?委员会)?[\s、]*(\S{2,20}?(?:人民政府|街道办事处))?(?=\s*(?:关于|20\d\d))"
)
_MADE_LABELS = {"成文日期", "生成日期", "发文日期"}
_PUBLISHED_LABELS = {"发布日期", "发布时间", "公开日期"}
_ISSUER_LABELS = {"发布机构", "发文机关", "公开主体"}
_ADDRESS_LABELS = {"网址"}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def propose_record(imported: ImportedText, year: int) -> ReportRecord:
    """Return the title, issuers, dates and address that a document states, everything else left out."""
    report = parse_report("", year, imported.text, ReportRecord())
    signature = [passage.text for passage in report.passages if passage.kind == "signature"]
    metadata = imported.metadata
    made = _first_date([*signature, *_labelled(metadata, _MADE_LABELS)])
    published = _first_date(_labelled(metadata, _PUBLISHED_LABELS))
    issuers = [text for text in signature if not read_date(text)]
    issuers = issuers or _title_issuers(imported.title) or _labelled(metadata, _ISSUER_LABELS)
    return ReportRecord(
        title=imported.title,
        issuer=tuple(dict.fromkeys(issuers)),
        dates=Dates(made=made, published=published),
        source=Source(url=next(filter(_ADDRESS.fullmatch, _labelled(metadata, _ADDRESS_LABELS)), None)),
        repairs=imported.repairs,
    )


def read_date(text: str) -> str | None:
    """Read the first full date of a text, in Arabic or Chinese numerals, as ``YYYY-MM-DD`` (with ``HH:MM`` if told)."""
    plain = re.sub(r"([一二三四五六七八九])?十([一二三四五六七八九])?(?=[月日])", _tens, text)
    match = _DATE.search(plain.translate(_DIGITS))
    if not match:
        return None
    year, month, day = (int(match.group(i)) for i in (1, 2, 3))
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
        return None
    time = f" {match.group(4):0>5}" if match.group(4) else ""
    return f"{year:04}-{month:02}-{day:02}{time}"


def _tens(match: re.Match[str]) -> str:
    return f"{match.group(1) or '一'}{match.group(2) or '零'}"


def _first_date(texts: Iterable[str]) -> str | None:
    return next((date for text in texts if (date := read_date(text))), None)


def _labelled(metadata: Sequence[tuple[str, str]], labels: set[str]) -> list[str]:
    return [value for label, value in metadata if label in labels and value]


def _title_issuers(title: str | None) -> list[str]:
    match = _TITLE_ISSUER.match(title or "")
    return [group for group in match.groups() if group] if match else []
