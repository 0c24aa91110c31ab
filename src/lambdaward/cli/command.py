"""A command as this command line has them: with examples and exit codes, which its help and the documentation print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

Exits = Mapping[int, str]


class Command(click.Command):
    """A command that says how it is used and what its exit codes mean."""

    def __init__(self, *args: Any, examples: Mapping[str, str], exits: Exits, **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.exits = exits

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The examples and the exit codes."""
        with formatter.section("Examples"):
            for line, meaning in self.examples.items():
                formatter.write(f"  {line}\n      {meaning}\n")
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), meaning) for code, meaning in self.exits.items()])


def command(name: str, *, examples: Mapping[str, str], exits: Exits) -> Callable[[Callable[..., int]], Command]:
    """Make a function a command. It returns the exit code; its docstring is the help."""

    def made(function: Callable[..., int]) -> Command:
        return click.command(name, cls=Command, examples=examples, exits=exits)(function)

    return made
