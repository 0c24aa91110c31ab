"""The group of all commands. Each lives in a module of its own, which is imported when the command is used."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from lambdaward import __version__
from lambdaward.cli.command import Command
from lambdaward.cli.width import columns

# What `lambdaward --help` says of each command, so that it need not import them.
SUMMARIES: Mapping[str, str] = MappingProxyType(
    {
        "scan": "Find what is unsafe about the Lambda functions in files and folders.",
        "baseline": "Accept all of today's findings.",
        "diff": "Show what a change adds, worsens, improves and removes.",
        "why": "Tell whether somebody may do something, by which statement, and what would change that.",
        "who-can": "List everybody who can take an action on a resource, or perhaps can, and why.",
        "permissions": "Tell what a function's role can really do, on what, and what of it is dangerous.",
        "paths": "Show what leads from a function to more: roles, other functions, data, the whole account.",
        "blast-radius": "Show everything that somebody reaches who controls a function.",
        "cut": "Find the fewest edits of policies that sever every path to a target.",
        "policy": "Ask what policy documents allow, over all requests.",
        "secrets": "Find secrets inside packages, layers, images and folders, without printing them.",
        "references": "Show which stored secrets functions refer to, and who may read them.",
        "sbom": "Write a bill of materials: the packages inside functions, layers and images.",
        "advisories": "Take in advisories (OSV form), and find known vulnerabilities and malicious packages by them.",
        "layers": "Show every layer that functions use: who publishes it, and what is behind it.",
        "lock": "Write down what every function, layer and package is, so that a change is seen.",
        "image": "Tell what a container image is: what it starts, its base, runtimes and signatures.",
        "verify": "Verify packages that AWS Signer has signed, without asking AWS.",
        "rules": "List all rules.",
        "rule": "Print what a rule finds, why it matters and how to fix it.",
        "schema": "Print a JSON Schema.",
        "completion": "Print a script that completes commands, options and paths in a shell.",
    }
)
MOST_COLUMNS = 100


def imported(name: str) -> Command:
    """A command by its name, imported now: `who-can` is `who_can` in the module `who_can`."""
    word = name.replace("-", "_")
    found: Command = getattr(import_module(f"lambdaward.cli.commands.{word}"), word)
    return found


class Commands(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, the most used first."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command with a name, imported now."""
        if cmd_name not in SUMMARIES:
            return None
        return imported(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The table of commands, from their summaries."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without any word, scan the current folder. An option of `scan` here is a frequent slip."""
        if ctx.resilient_parsing:  # a shell asks for completions
            return super().parse_args(ctx, args)
        known = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        if args and args[0].startswith("-") and args[0] not in known:
            ctx.fail(f"`{args[0]}` is no option here; to scan: lambdaward scan {' '.join(args)}")
        return super().parse_args(ctx, args or ["scan"])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; a path there is a frequent slip."""
        word = args[0]
        if word not in SUMMARIES and os.path.exists(word):  # noqa: PTH110 - `pathlib` takes as long as the rest of this
            ctx.fail(f"`{word}` is no command; to scan it: lambdaward scan {word}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands, context_settings={"terminal_width": columns(MOST_COLUMNS), "help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, message="lambdaward %(version)s")
def lambdaward() -> None:
    """Security for AWS Lambda: what functions may really do, who can reach them, what they give away.

    Without a command, the current folder is scanned. `lambdaward COMMAND --help` says more about each.
    """
