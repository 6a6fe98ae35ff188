"""The commands on built sites and on changes of the contents: ``verify``, ``release``, ``rollback``, ``review``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.cli_frame import DONE, PROBLEMS_FOUND, WRONG_USE, command, fail, help_option, option
from generator.project import find_project

_to_option = option("--to", metavar="文件夹", type=click.Path(file_okay=False), help="发布文件夹，默认 releases。")


@command(help="对照校验清单核对网站：一个文件夹（默认是刚生成的网站），或已部署的网址。")
@help_option
@click.argument("target", metavar="[文件夹或网址]", required=False)
@option("--sample", metavar="数目", type=click.IntRange(1, 10_000), default=50, help="网址：抽查多少个文件，默认 50。")
@option("--expect", metavar="指纹", help="指纹必须是这个值，如刚发布的网站的指纹。")
@click.pass_obj
def verify(folder: str, target: str | None, sample: int, expect: str | None) -> int:
    """Compare a site with its list of checksums."""
    from generator.publishing.deployed import is_address, told_address, verify_address  # noqa: PLC0415 - each command loads what it needs
    from generator.publishing.manifest import ManifestError  # noqa: PLC0415
    from generator.publishing.shell import published_folder  # noqa: PLC0415
    from generator.publishing.verifying import told_verification, verify_folder  # noqa: PLC0415

    try:
        if target and is_address(target):
            found = verify_address(target, sample)
            told = told_address(found, target, sample)
        else:
            root = Path(target) if target else published_folder(find_project(Path(folder)))
            found = verify_folder(root)
            told = told_verification(found, root)
    except ManifestError as error:
        return fail(str(error), WRONG_USE)
    click.echo(told, nl=False)
    if expect and found.fingerprint != expect:
        return fail(f"指纹应该是 {expect[:64]}，却是 {found.fingerprint}（重新部署，或等缓存过期后再查）")
    return DONE if found.is_whole else PROBLEMS_FOUND


@command(help="生成网站并发布成一个完整的版本；内容没有变化就什么也不做。")
@help_option
@_to_option
@option("--keep", metavar="数目", type=click.IntRange(1, 1000), default=5, help="保留最近几个版本，默认 5。")
@option("--jobs", metavar="数目", type=click.IntRange(1, 64), help="同时工作的进程数，默认与处理器数相同。")
@click.pass_obj
def release(folder: str, to: str | None, keep: int, jobs: int | None) -> int:
    """Build strictly, then make what was built the current release."""
    from generator.build import BuildOptions, report_result  # noqa: PLC0415 - each command loads what it needs
    from generator.build import build as build_site  # noqa: PLC0415
    from generator.publishing import releases  # noqa: PLC0415
    from generator.publishing.manifest import ManifestError  # noqa: PLC0415

    project = find_project(Path(folder))
    try:
        now = releases.release_time(os.environ.get("SOURCE_DATE_EPOCH"))
        result = build_site(project, BuildOptions(strict=True, jobs=jobs))
        if report_result(result):
            return PROBLEMS_FOUND
        place = Path(to) if to else project.root / "releases"
        released = releases.release(result.site, place, now, keep)
    except (releases.ReleaseError, ManifestError) as error:
        return fail(str(error))
    click.echo(releases.told_release(released, place), nl=False)
    return DONE


@command(help="退回上一个版本；没有保留的版本时不动。")
@help_option
@_to_option
@click.pass_obj
def rollback(folder: str, to: str | None) -> int:
    """Make the release before the current one current again."""
    from generator.publishing import releases  # noqa: PLC0415 - each command loads what it needs
    from generator.publishing.manifest import ManifestError  # noqa: PLC0415

    place = Path(to) if to else find_project(Path(folder)).root / "releases"
    try:
        released = releases.roll_back(place)
    except (releases.ReleaseError, ManifestError) as error:
        return fail(str(error))
    click.echo(releases.told_release(released, place, back=True), nl=False)
    return DONE


@command(help="说明现在的内容与另一状态（文件夹或 git 版本，如 origin/main）相比会带来什么，写成一条评论。")
@help_option
@click.argument("base", metavar="基准")
@option("--format", "form", metavar="md|json", type=click.Choice(["md", "json"]), default="md", help="输出格式。")
@option("--pages/--no-pages", default=True, help="是否生成两边的网站来比较网页，默认是。")
@click.pass_obj
def review(folder: str, base: str, form: str, *, pages: bool) -> int:
    """Tell what a change of the contents would do."""
    from generator.reviewing.base import BaseError  # noqa: PLC0415 - each command loads what it needs
    from generator.reviewing.told_review import tell_review  # noqa: PLC0415

    try:
        click.echo(tell_review(find_project(Path(folder)), base, form, pages=pages), nl=False)
    except BaseError as error:
        return fail(str(error), WRONG_USE)
    return DONE


SITE_COMMANDS = (verify, release, rollback, review)
