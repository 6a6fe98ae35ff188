"""The commands that bring reports in and take them down: ``gongkai import``, ``new`` and ``withdraw``."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli_frame import DONE, PROBLEMS_FOUND, command, fail, help_option, option, place_argument, place_option
from generator.project import find_project


@command(
    "import",
    help="导入报告（Word、WPS、PDF、网页、纯文本、Markdown），也可以一次导入几个文件或一个文件夹：写出 年份.md、年份.yml 和来源文件，并报告修复了什么、略去了什么。",
)
@help_option
@click.argument("files", metavar="文件或文件夹", nargs=-1, required=True, type=click.Path())
@option(
    "--place",
    metavar="地址",
    callback=place_option,
    help="乡镇的地址，如 tianjin-shi/xiqing-qu/yangliuqing-zhen；几个文件时可写上级的地址，各是哪个乡镇按题名判断。",
)
@option("--year", metavar="年份", type=click.IntRange(2000, 2099), help="报告的年份；不写时按题名或文件名判断。")
@option("--name", metavar="名称", help="新地方的全称，也可以连同上级写成 某省/某市/某县/某镇；不写时在正文里按读音找。")
@option("--replace", is_flag=True, help="代替已有的报告；数据、主题等人工内容会保留。")
@option("--dry-run", is_flag=True, help="只报告，不写文件。")
@click.pass_obj
def import_command(  # noqa: PLR0913 - the options of the command
    folder: str,
    files: Sequence[str],
    place: str | None,
    year: int | None,
    name: str | None,
    *,
    replace: bool,
    dry_run: bool,
) -> int:
    """Import documents as the reports of townships, each whole or not at all."""
    from generator.checking.import_doubts import import_doubts  # noqa: PLC0415 - each command loads what it needs
    from generator.content.deny_file import read_deny  # noqa: PLC0415
    from generator.importing.batch import Batch, Wishes, import_files  # noqa: PLC0415
    from generator.importing.placing import Asked  # noqa: PLC0415
    from generator.importing.receiving import files_under  # noqa: PLC0415
    from generator.linking.proposing import figure_reader  # noqa: PLC0415

    project = find_project(Path(folder))
    found = list(files_under(map(Path, files)))
    if not found:
        return fail("没有找到可以导入的文件（文件夹里要有 .docx、.doc、.wps、.pdf、.html、.txt 或 .md）")
    if name and len(found) > 1:
        raise click.UsageError("--name 只能用于一个文件")
    wishes = Wishes(Asked(place, year), name, replace=replace, write=not dry_run)
    doubts = functools.partial(import_doubts, read_deny(project.content).denied)
    batch = Batch(project.places, wishes, figure_reader(project).propose, doubts)
    refused = 0
    for number, told in enumerate(import_files(batch, found), 1):
        if len(found) > 1:
            click.echo(f"[{number}/{len(found)}] {told.file}", err=True)
        click.echo(told.message, err=told.refused)
        refused += told.refused
    if len(found) > 1:
        click.echo(f"共 {len(found)} 个文件：导入 {len(found) - refused} 个，没有导入 {refused} 个")
    if refused < len(found):
        click.echo("接下来：对照来源通读一遍，再运行 gongkai check")
    return PROBLEMS_FOUND if refused else DONE


@command(help="为新一年的报告建好两个文件：去年不变的照写，正文留空。")
@help_option
@click.argument("place", metavar="地址", callback=place_argument)
@click.argument("year", metavar="年份", type=click.IntRange(2000, 2099))
@option("--name", metavar="名称", help="新地方的全称，也可以连同上级写成 某省/某市/某县/某镇。")
@click.pass_obj
def new(folder: str, place: str, year: int, name: str | None) -> int:
    """Make the files of a report that is to be typed in."""
    from generator.importing.beginning import begin_report  # noqa: PLC0415 - each command loads what it needs
    from generator.importing.document import ImportRefusedError  # noqa: PLC0415

    project = find_project(Path(folder))
    try:
        told = begin_report(project.places, place, year, name)
    except ImportRefusedError as error:
        return fail(f"没有建立：{error.message}（{error.hint}）")
    click.echo(told)
    return DONE


@command(help="撤下一份报告：删去正文和来源文件，原因记入公开记录。")
@help_option
@click.argument("report", metavar="报告", type=click.Path())
@option("--why", required=True, metavar="原因", help="为什么撤下，必填；对外公布，不要写出要隐去的内容。")
@click.pass_obj
def withdraw(folder: str, report: str, why: str) -> int:
    """Take a report down, named by its id or one of its files."""
    from generator.checking.project import UnknownPathError, wanted_reports  # noqa: PLC0415 - each command loads what it needs
    from generator.importing.document import ImportRefusedError  # noqa: PLC0415
    from generator.importing.withdrawing import withdraw_report  # noqa: PLC0415

    project = find_project(Path(folder))
    try:
        wanted = wanted_reports(project, [Path(report)])
        if len(wanted) != 1:
            raise click.UsageError(f"{report} 不是一份报告，写作 地址/年份")
        removed = withdraw_report(project.places, wanted[0], why, dt.datetime.now(dt.UTC).astimezone().date())
    except UnknownPathError as error:
        raise click.UsageError(str(error)) from None
    except ImportRefusedError as error:
        return fail(f"没有撤下：{error.message}（{error.hint}）")
    click.echo(
        f"已撤下 {wanted[0].id}，删去：{'、'.join(removed) or '（没有别的文件）'}；原因记在 {wanted[0].year}.yml"
    )
    click.echo("注意：git 的历史里还有原来的文字；要从历史里也去掉，请联系维护者")
    return DONE


IMPORT_COMMANDS = (import_command, new, withdraw)
