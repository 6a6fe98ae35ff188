"""What ``mkdocs.yml`` configures of the published site, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec


@dataclass(frozen=True, slots=True)
class Column:
    """A column (栏目) of a government site: the Column* tags of 政府网站发展指引 (国办发〔2017〕47号)."""

    name: str
    description: str | None = None
    keywords: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Government:
    """What only a government publisher may say of itself (国办发〔2017〕47号); all empty on any other site.

    ``domain`` is a host without scheme; ``site_id`` the 网站标识码 of 10 characters; ``columns`` by the first part of the
    address (``places``, ``data`` …).
    """

    sponsor: str | None = None
    contact: str | None = None
    site_id: str | None = None
    domain: str | None = None
    icp: str | None = None
    police: str | None = None
    columns: dict[str, Column] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site. ``base`` is its path on the host, ``/`` where no address is configured."""

    site_name: str
    site_description: str
    site_url: str | None
    base: str
    feedback: str | None
    government: Government | None


class SettingsError(ValueError):
    """Settings that cannot be used; the message says which and what to do."""


def read_government(value: dict[str, Any]) -> Government | None:
    """Read ``plugins: gongkai: government:`` of mkdocs.yml; None where nothing is configured."""
    configured = {key: each for key, each in value.items() if each not in (None, "", {})}
    if not configured:
        return None
    known = set(Government.__dataclass_fields__)
    if unknown := sorted(set(configured) - known):
        raise SettingsError(
            f"mkdocs.yml 的 government 里有不认识的键「{unknown[0]}」（可用：{'、'.join(sorted(known))}）"
        )
    try:
        return msgspec.convert(configured, Government)
    except msgspec.ValidationError as error:
        raise SettingsError(f"mkdocs.yml 的 government 写法不对：{error}（值写成文字，代码加引号）") from None
