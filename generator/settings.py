"""What ``mkdocs.yml`` configures of the published site, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec

_HOST = r"^https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?$"


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
class Editing:
    """How editors reach the contents from ``/admin/``: the host of the repository, its name, and the branch to work on.

    ``address`` is the host's own address where it is not the public one (``https://git.example.org``), ``sign_in`` the
    address that exchanges a sign-in for a token (OAuth), ``app_id`` the registered application; with neither, editors
    sign in with a token of their own. ``under`` is the place whose files are edited, all places where it is not given.
    """

    backend: Literal["github", "gitlab", "gitea"]
    repo: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$")]
    branch: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]*$")] = "main"
    address: Annotated[str, msgspec.Meta(pattern=_HOST)] | None = None
    sign_in: Annotated[str, msgspec.Meta(pattern=_HOST)] | None = None
    app_id: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]+$")] | None = None
    under: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")] | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site. ``base`` is its path on the host, ``/`` where no address is configured."""

    site_name: str
    site_description: str
    site_url: str | None
    base: str
    feedback: str | None
    government: Government | None
    editing: Editing | None = None


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


def read_editing(value: dict[str, Any]) -> Editing | None:
    """Read ``plugins: gongkai: editing:`` of mkdocs.yml; None, and no ``/admin/``, where nothing is configured."""
    configured = {key: each for key, each in value.items() if each not in (None, "")}
    if not configured:
        return None
    known = Editing.__dataclass_fields__
    if unknown := sorted(set(configured) - set(known)):
        raise SettingsError(f"mkdocs.yml 的 editing 里有不认识的键「{unknown[0]}」（可用：{'、'.join(known)}）")
    if missing := [key for key in ("backend", "repo") if key not in configured]:
        raise SettingsError(
            f"mkdocs.yml 的 editing 缺少 {missing[0]}；补上它（backend 写 github、gitlab 或 gitea，repo 写 组织/仓库），"
            "不用网页编辑就把 editing 整项删去"
        )
    try:
        return msgspec.convert(configured, Editing)
    except msgspec.ValidationError as error:
        key = str(error).rpartition("$.")[2].rstrip("`")
        raise SettingsError(
            f"mkdocs.yml 的 editing 里「{key}」的写法不对；{_EDITING_HINTS.get(key, '写成文字')}"
        ) from None


_EDITING_HINTS = {
    "backend": "写 github、gitlab 或 gitea",
    "repo": "写仓库的组织和名称，如 dongshan/gongkai",
    "branch": "写分支的名称，如 main",
    "address": "写代码托管网站的网址，如 https://git.example.org",
    "sign_in": "写登录服务的网址，如 https://login.example.org/auth",
    "app_id": "写登记应用时得到的编号，加引号",
    "under": "写地方的地址，如 tianjin-shi/xiqing-qu",
}
