"""Options that several commands share. Every key of the configuration has an option of the same name here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
Ids = str | tuple[str, ...] | None

SEVERITIES = ("critical", "high", "medium", "low", "info")
CONFIDENCES = ("high", "medium", "low")

paths = click.argument("paths", nargs=-1, metavar="[PATH]...")


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, in the order in which the help lists them."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def _words(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001
    """Each value may hold several words, separated by commas."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _pairs(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:  # noqa: ARG001
    pairs = [value.partition("=") for value in values]
    for name, equals, _ in pairs:
        if not name or not equals:
            raise click.BadParameter("write NAME=VALUE, or STACK.NAME=VALUE for one stack only")
    return {name: value for name, _, value in pairs}


def _keys(
    context: click.Context,  # noqa: ARG001
    parameter: click.Parameter,  # noqa: ARG001
    values: tuple[str, ...],
) -> dict[str, str | tuple[str, ...]]:
    """Context keys of a request; one that is given several times has several values."""
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        name, equals, said = value.partition("=")
        if not name or not equals:
            raise click.BadParameter("write KEY=VALUE, such as aws:SourceIp=198.51.100.7")
        found[name] = (*found.get(name, ()), said)
    return {name: said if len(said) > 1 else said[0] for name, said in found.items()}


def _account(context: click.Context, parameter: click.Parameter, value: Ids) -> Ids:  # noqa: ARG001
    """Account ids, one or several."""
    for identity in (value,) if isinstance(value, str) else value or ():
        if not re.fullmatch(r"[0-9]{12}", identity):
            raise click.BadParameter("an account id has 12 digits")
    return value


def _region(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    if value is not None and not re.fullmatch(r"[a-z]{2,}(-[a-z]+)+-[0-9]+", value):
        raise click.BadParameter("write it as in eu-west-1")
    return value


rules = together(
    click.option(
        "--select",
        multiple=True,
        callback=_words,
        metavar="RULE",
        help="Run only these rules: id, beginning of an id, or name; comma-separated or repeated.",
    ),
    click.option("--ignore", multiple=True, callback=_words, metavar="RULE", help="Do not run these rules."),
    click.option(
        "--advice/--no-advice", default=None, help="Run advice as well: opinions on resilience, cost and tidiness."
    ),
)
inputs = together(
    click.option(
        "--parameter",
        "parameters",
        multiple=True,
        callback=_pairs,
        metavar="NAME=VALUE",
        help="Value of a template parameter (STACK.NAME=VALUE for one stack); repeatable.",
    ),
    click.option(
        "--parameter-file",
        "parameter_files",
        multiple=True,
        metavar="PATH",
        help="File of parameter values, as `aws cloudformation` takes it (JSON or YAML); repeatable.",
    ),
    click.option("--region", callback=_region, metavar="REGION", help="What AWS::Region is."),
    click.option("--account", callback=_account, metavar="ID", help="What AWS::AccountId is."),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="Leave out files and folders, by a pattern as in .gitignore; repeatable.",
    ),
    click.option(
        "--gitignore/--no-gitignore", default=None, help="Leave out what git ignores (default), or read it too."
    ),
)
judging = together(
    click.option(
        "--trusted-account",
        "trusted_accounts",
        multiple=True,
        callback=_account,
        metavar="ID",
        help="Account that counts as your own; repeatable.",
    ),
    click.option(
        "--advisories", metavar="FOLDER", help="Folder that advisories were imported into (default: your own)."
    ),
    click.option(
        "--inline-ignores/--no-inline-ignores",
        default=None,
        help="Honour suppressions in scanned files (default), or not: for pull requests of strangers.",
    ),
    click.option(
        "--config", metavar="PATH", help="Configuration file, instead of the nearest lambdaward.toml or pyproject.toml."
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
    click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="Date to judge by (YYYY-MM-DD) instead of today's, in UTC.",
    ),
)
fail_on = click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit with 1 when a finding is at least this severe (default: high).",
)
exit_zero = click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
gate = together(
    click.option("--severity", type=click.Choice(SEVERITIES), help="Report only findings at least this severe."),
    click.option("--min-confidence", type=click.Choice(CONFIDENCES), help="Report only findings at least this sure."),
    fail_on,
    exit_zero,
)
color = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours (default: on a terminal)."
)
form = click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="How to print it."
)
context = click.option(
    "--context",
    multiple=True,
    callback=_keys,
    metavar="KEY=VALUE",
    help="A condition key of the request; repeatable, also for several values of one key.",
)
