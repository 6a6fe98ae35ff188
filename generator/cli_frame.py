"""The frame of the command: click's own words in Chinese, exit codes, and the kinds of arguments."""

from __future__ import annotations

import functools
import re
from typing import Any

import click

DONE, PROBLEMS_FOUND, WRONG_USE, INTERNAL_FAULT = 0, 1, 2, 3

_HEADINGS = {"Options": "选项", "Commands": "命令", "Usage: ": "用法："}


class Formatter(click.HelpFormatter):
    """Writes the frame of click's help in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that says how to call."""
        super().write_usage(prog, args, prefix or _HEADINGS["Usage: "])

    def write_heading(self, heading: str) -> None:
        """Write the heading of a part."""
        super().write_heading(_HEADINGS.get(heading, heading))


class Context(click.Context):
    """Writes help with our formatter."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help does not add click's English remarks."""

    def get_help_extra(self, ctx: click.Context) -> Any:  # noqa: ARG002
        """Return nothing."""
        return {}


class Command(click.Command):
    """A command whose help is in Chinese."""

    context_class = Context


class Group(click.Group):
    """A group of such commands."""

    context_class = Context
    command_class = Command


def in_chinese(error: click.UsageError) -> str:
    """Say in Chinese what was wrong with a call."""
    parameter = getattr(error, "param", None)
    shown = (
        ""
        if parameter is None
        else (parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar or parameter.name)
    )
    match error:
        case click.MissingParameter():
            return f"缺少 {shown}"
        case click.BadOptionUsage() if "takes no value" not in error.message and not isinstance(
            error, click.NoSuchOption
        ):
            return f"{error.option_name} 后面缺少值"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}"
        case click.BadParameter() if not re.search("[\u4e00-\u9fff]", error.message):
            return f"{shown} 的值不对"
        case click.BadParameter():
            return f"{shown}：{error.message}"
        case _:
            return _told_otherwise(error.message)


def _told_otherwise(message: str) -> str:
    """Put click's remaining messages into Chinese; ours are already."""
    if re.search("[\u4e00-\u9fff]", message):
        return message
    if unknown := re.search(r"No such command '(.*)'", message):
        return f"没有命令 {unknown.group(1)}"
    if extra := re.search(r"unexpected extra arguments? \((.*)\)", message):
        return f"多余的参数：{extra.group(1)}"
    return "没有写命令"


option = functools.partial(click.option, cls=Option)
command = functools.partial(click.command, cls=Command, options_metavar="[选项]")
help_option = click.help_option("-h", "--help", help="显示用法。")


def place_filter(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Read an optional argument that names a place, with or without slashes around it."""
    return value and place_argument(context, parameter, value.strip("/"))


def place_option(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Read an optional argument that names a place, as it is."""
    return None if value is None else place_argument(context, parameter, value)


def place_argument(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Read an argument that names a place."""
    from generator.content.tree import is_place_path  # noqa: PLC0415 - each command loads what it needs

    if not is_place_path(value):
        message = "地址由小写拼音、连字符和「/」组成，最多五层，如 tianjin-shi/xiqing-qu/yangliuqing-zhen"
        raise click.BadParameter(message, param=parameter)
    return value


def fail(message: str, code: int = PROBLEMS_FOUND) -> int:
    """Say on the error stream what went wrong; return the exit code."""
    click.echo(message, err=True)
    return code
