"""The command ``gongkai``: arguments in, one call, words out. Nothing is decided here."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from generator.cli_frame import (
    DONE,
    INTERNAL_FAULT,
    PROBLEMS_FOUND,
    WRONG_USE,
    Group,
    fail,
    help_option,
    in_chinese,
    option,
    place_filter,
)
from generator.cli_import import IMPORT_COMMANDS
from generator.cli_site import SITE_COMMANDS
from generator.project import ProjectError, find_project
from generator.publishing.writing import SiteFolderError
from generator.settings import SettingsError


@click.group(
    cls=Group,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    help="把乡镇法治政府建设年度报告整理成公开网站。",
)
@help_option
@option(
    "-C",
    "--project",
    "folder",
    metavar="文件夹",
    type=click.Path(file_okay=False),
    default=".",
    help="项目文件夹，默认是当前文件夹。",
)
@click.pass_context
def gongkai(context: click.Context, folder: str) -> None:
    """Find the project lazily, so that ``--help`` works anywhere."""
    context.obj = folder


@gongkai.command(help="在已有的报告里找还没有登记的数据；核对以后加上 confirmed: true。", options_metavar="[选项]")
@help_option
@click.argument("paths", metavar="报告", nargs=-1, required=True, type=click.Path())
@option("--write", is_flag=True, help="把找到的写进 年份.yml，原有的各行不动。")
@option("--format", "form", metavar="text|json", type=click.Choice(["text", "json"]), default="text", help="输出格式。")
@click.pass_obj
def figures(folder: str, paths: Sequence[str], form: str, *, write: bool) -> int:
    """Propose figures for reports that are there: their files, their ids, or folders of them."""
    from generator.checking.project import UnknownPathError, wanted_reports  # noqa: PLC0415
    from generator.importing.document import ImportRefusedError  # noqa: PLC0415
    from generator.linking.proposing import figure_reader, propose_new, record_proposals, told_proposals  # noqa: PLC0415

    project = find_project(Path(folder))
    try:
        wanted = wanted_reports(project, [Path(path) for path in paths])
        reader = figure_reader(project)
        proposed = [propose_new(project, files, reader) for files in wanted]
        if write:
            for each in proposed:
                record_proposals(project, each)
    except UnknownPathError as error:
        raise click.UsageError(str(error)) from None
    except ImportRefusedError as error:
        return fail(f"没有写：{error.message}（{error.hint}）")
    click.echo(told_proposals(proposed, form, written=write), nl=False)
    return DONE


@gongkai.command(help="比较两份报告：哪些句子保留、改写、移动、拆分、合并、新增、删去。", options_metavar="[选项]")
@help_option
@click.argument("old", metavar="旧报告")
@click.argument("new", metavar="新报告")
@option(
    "--format",
    "form",
    metavar="text|json|html",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="输出格式。",
)
@click.pass_obj
def diff(folder: str, old: str, new: str, form: str) -> int:
    """Compare two reports, given by id or as files; those that lie outside need no project."""
    from generator.content.named import NamedReportError  # noqa: PLC0415
    from generator.pages.told_diff import tell_difference  # noqa: PLC0415

    try:
        project = find_project(Path(folder))
    except ProjectError:
        project = None
    try:
        click.echo(tell_difference(project, old, new, form), nl=False)
    except NamedReportError as error:
        return fail(str(error), WRONG_USE)
    return DONE


@gongkai.command(help="检查报告文件，逐行说明哪里不对、怎么改。", options_metavar="[选项]")
@help_option
@click.argument("paths", metavar="[路径]", nargs=-1, type=click.Path())
@option(
    "--format",
    "form",
    metavar="text|github|gitlab|sarif|json",
    type=click.Choice(["text", "github", "gitlab", "sarif", "json"]),
    default="text",
    help="输出格式。",
)
@click.pass_obj
def check(folder: str, paths: Sequence[str], form: str) -> int:
    """Check the whole project or what lies under ``paths``."""
    from generator.checking import problems as told  # noqa: PLC0415
    from generator.checking.project import UnknownPathError, check_project  # noqa: PLC0415
    from generator.checking.rules import rule_help  # noqa: PLC0415

    project = find_project(Path(folder))
    try:
        problems = check_project(project, [Path(path) for path in paths])
    except UnknownPathError as error:
        raise click.UsageError(str(error)) from None
    formats: dict[str, Callable[[Sequence[Any]], str]] = {
        "text": told.format_text,
        "github": told.format_github,
        "gitlab": told.format_gitlab,
        "sarif": told.sarif_formatter(rule_help()),
        "json": told.format_json,
    }
    click.echo(formats[form](problems), nl=False)
    return PROBLEMS_FOUND if any(problem.level == "error" for problem in problems) else DONE


@gongkai.command(help="生成网站；只重做有变化的页面。", options_metavar="[选项]")
@help_option
@option("--strict/--keep-going", "strict", default=None, help="有错误时：一概不发布（CI 中的默认）／发布其余部分。")
@option("--jobs", metavar="数目", type=click.IntRange(1, 64), help="同时工作的进程数，默认与处理器数相同。")
@option("--preview", is_flag=True, help="生成到 .gongkai/pr/preview，每页标明「预览，未发布」，不动正式的网站。")
@click.pass_obj
def build(folder: str, *, strict: bool | None, jobs: int | None, preview: bool) -> int:
    """Build the site."""
    from generator.build import BuildOptions, report_result  # noqa: PLC0415
    from generator.build import build as build_site  # noqa: PLC0415

    result = build_site(find_project(Path(folder)), BuildOptions(strict, jobs, preview=preview))
    return PROBLEMS_FOUND if report_result(result) else DONE


@gongkai.command(help="在已生成的网站的索引里搜索，与网站上的搜索结果相同。", options_metavar="[选项]")
@help_option
@click.argument("words", metavar="字句", nargs=-1, required=True)
@option("--year", metavar="年份", type=click.IntRange(2000, 2099), help="只在这一年的报告里找。")
@option("--place", metavar="地址", callback=place_filter, help="只在这个地方（含下级）的报告里找。")
@option("--topic", metavar="主题编号", help="只找有这个主题的段落，如 disputes。")
@option("--limit", metavar="数目", type=click.IntRange(1), help="最多几处，默认全部。")
@option("--format", "form", metavar="text|json", type=click.Choice(["text", "json"]), default="text", help="输出格式。")
@click.pass_obj
def search(  # noqa: PLR0913 - the options of the command
    folder: str,
    words: Sequence[str],
    *,
    year: int | None,
    place: str | None,
    topic: str | None,
    limit: int | None,
    form: str,
) -> int:
    """Search the index of the site that was built last."""
    from generator.publishing.shell import published_folder  # noqa: PLC0415
    from generator.search.answering import SearchError, tell_hits  # noqa: PLC0415 - each command loads what it needs
    from generator.search.engine import Filters  # noqa: PLC0415

    project = find_project(Path(folder))
    try:
        told, hint = tell_hits(published_folder(project), " ".join(words), Filters(year, place, topic), limit, form)
    except SearchError as error:
        return fail(str(error), WRONG_USE)
    click.echo(told, nl=False)
    if hint:
        click.echo(hint, err=True)
    return DONE


@gongkai.command(help="在本机预览网站，文件改动后自动更新。", options_metavar="[选项]")
@help_option
@option("--port", metavar="端口", type=click.IntRange(1, 65535), default=8000, help="端口，默认 8000。")
@click.pass_obj
def serve(folder: str, port: int) -> int:
    """Serve the site while it is edited; the server is MkDocs'."""
    from generator.publishing.shell_building import serve_site  # noqa: PLC0415

    serve_site(find_project(Path(folder)), port)
    return DONE


for _command in (*IMPORT_COMMANDS, *SITE_COMMANDS):
    gongkai.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 done, 1 problems found, 2 wrong use, 3 an internal fault."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run the command with ``arguments`` and return its exit code."""
    try:
        result = gongkai.main(arguments, prog_name="gongkai", standalone_mode=False)
    except click.UsageError as error:
        return _wrong_use(error)
    except (ProjectError, SettingsError, SiteFolderError) as error:
        return fail(str(error), WRONG_USE)
    except click.Abort:
        return fail("已中断")
    except BrokenPipeError:  # what reads our words has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:  # noqa: BLE001 - the last word on a fault of ours
        traceback.print_exc()
        return fail("程序内部出错，没有改动已发布的网站。请把以上内容报告给维护者", INTERNAL_FAULT)
    return result if isinstance(result, int) else DONE


def _wrong_use(error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return fail(error.message, WRONG_USE)
    command = error.ctx.command_path if error.ctx else "gongkai"
    return fail(f"用法不对：{in_chinese(error)}\n运行 {command} --help 看用法", WRONG_USE)
