"""The pages on the command line and the configuration, from what the commands and the configuration say of themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click

    from lambdaward.cli.command import Command
    from lambdaward.rules import Rule

COMMAND_LINE = """# Command line

`lambdaward` alone scans the current folder. Data goes to stdout, everything that is said about it to stderr. Reports may go to
several places at once, each with `--format NAME=PATH`; a file is replaced whole or not at all. Colours appear on a terminal, and
follow `NO_COLOR`, `FORCE_COLOR` and `CLICOLOR_FORCE`. Nothing is ever sent anywhere.

What `scan`, `baseline` and `diff` are told once and for all stands in [the configuration](configuration.md). A fault of
lambdaward itself exits with 70 and one line; `LAMBDAWARD_TRACEBACK=1` shows where. This page is generated from the commands'
own help by `make generate`.

"""

CONFIGURATION = """# Configuration

`lambdaward.toml`, or the table `[tool.lambdaward]` in `pyproject.toml`. The file is looked for from the first scanned path
upwards to the root of the git repository (outside of one, to the current folder); the nearest counts, and no other is merged
into it. `--config PATH` names another one, `--isolated` reads none: for what you do not trust.

```toml
# lambdaward.toml; in pyproject.toml the same keys stand under [tool.lambdaward]
fail-on = "medium"
trusted-accounts = ["444455556666"]
baseline = "lambdaward-baseline.json"

[parameters]
Stage = "prod"

[[accept]]
rules = ["public-function-url"]
resources = ["PaymentWebhook*"]
until = 2027-03-01
reason = "the provider signs its calls, see ADR 12"

[rules.runtime-ending]
days = 365
```

The file is read strictly: an unknown key, a value that does not fit, or a rule that does not exist is an error that names the
line and the nearest key. `lambdaward schema config` prints the JSON Schema, for editors that complete and check.

## Keys

Every key has an option of the same name on the [command line](cli.md), which wins: a list there replaces the one of the file,
and parameters are joined. Paths start from the file and stay beside or below it, so that a stranger's project cannot make
lambdaward read elsewhere. What a run alone decides has no key: formats, colours, `--today`, `--exit-zero`, `--quiet`,
`--verbose`.

"""

ACCEPTING = """
## Accepting findings

There are four ways, from the nearest to the widest. The first three need a reason; one without it does not count, and is
reported, as is one that has expired, matches nothing, or names no rule.

1. **A comment** in the template, on the line of the finding or the line above it; on the line of a resource's name it counts for
   the whole resource. Rules by id or name, several with commas, `until` when you can.

   ```yaml
   AuthType: NONE # lambdaward: ignore[public-function-url, until=2027-03-01] the provider signs its calls, see ADR 12
   ```

2. **Metadata** of a resource, for JSON and for tools that write templates:

   ```json
   "Metadata": {"lambdaward": {"ignore": [{"rules": ["LWX002"], "reason": "a webhook", "until": "2027-03-01"}]}}
   ```

3. **The configuration**, under `accept`:

"""

BASELINE = """
4. **A baseline**, for what was there before you began: `lambdaward baseline` writes it, you commit it, `baseline = "PATH"` or
   `--baseline PATH` uses it, and only what is new counts. It names findings by a fingerprint over rule, resource and evidence, so
   moved lines and reworded messages change nothing. How many of its entries match nothing any more is reported.

`--no-inline-ignores` leaves out the first two and `--isolated` the last two: together they are how a stranger's pull request is
scanned.

## Settings of single rules

Under `rules.NAME`, by a rule's id or name:

| rule | setting | default | meaning |
|---|---|---|---|
"""


def command_line(commands: Mapping[str, Command]) -> str:
    """The page on the command line."""
    links = [f"- [`lambdaward {name}`](#lambdaward-{name})" for name in commands]
    return COMMAND_LINE + "\n".join(links) + "\n\n" + "\n".join(_command(name, each) for name, each in commands.items())


def _command(name: str, command: Command) -> str:
    context = command.context_class(command, info_name=f"lambdaward {name}")
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    words = [
        f"lambdaward {name}",
        *(["[OPTIONS]"] if options else []),
        *(each.make_metavar(context) for each in arguments),
    ]
    parts = [
        f"## lambdaward {name}",
        f"`{' '.join(words)}`",
        inspect.cleandoc(command.help or ""),
        *(
            ["\n".join(["| option | meaning |", "|---|---|", *(_option(each, context) for each in options)])]
            if options
            else []
        ),
        "```\n" + "\n".join(f"{line}  # {meaning}" for line, meaning in command.examples.items()) + "\n```",
        "\n".join(
            ["| exit | meaning |", "|---|---|", *(f"| {code} | {said} |" for code, said in command.exits.items())]
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _option(option: Any, context: click.Context) -> str:  # noqa: ANN401 - click's own
    value = "" if option.is_flag else f" {option.make_metavar(context)}".replace("|", ", ")
    names = ", ".join(f"`{name}{value}`" for name in (*option.opts, *option.secondary_opts))
    return f"| {names} | {option.help} |"


def configuration(schema: Mapping[str, Any], rules: Mapping[str, Rule]) -> str:
    """The page on the configuration."""
    accept = schema["$defs"]["Accept"]
    settings = [
        f"| [{rule.name}](rules/{rule.id}.md) | `{each.name}` | {each.default} | {each.meaning} |"
        for rule in rules.values()
        for each in rule.settings
    ]
    return "".join(
        (
            CONFIGURATION,
            "\n".join(_keys(schema)),
            "\n",
            ACCEPTING,
            "\n".join(f"   {line}" for line in _keys(accept)),
            "\n",
            BASELINE,
            "\n".join(settings),
            "\n",
        )
    )


def _keys(record: Mapping[str, Any]) -> Iterator[str]:
    yield "| key | value | default | meaning |"
    yield "|---|---|---|---|"
    for name, key in record["properties"].items():
        default = "required" if name in record.get("required", ()) else _default(key.get("default"))
        yield f"| `{name}` | {_value(key)} | {default} | {key['description']} |"


def _default(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if not value and value is not False:
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _value(key: Mapping[str, Any]) -> str:
    """What kind of value a key takes, in words."""
    if "enum" in key:
        return ", ".join(f"`{each}`" for each in key["enum"])
    if "anyOf" in key:
        return next(_value(each) for each in key["anyOf"] if each.get("type") != "null")
    if key.get("type") == "array":
        return "list of tables" if "$ref" in key["items"] else "list of texts"
    if key.get("format") == "date":
        return "date"
    return {"boolean": "`true` or `false`", "object": "table", "string": "text", "integer": "whole number"}[key["type"]]
