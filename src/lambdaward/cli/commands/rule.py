"""`lambdaward rule`."""

from __future__ import annotations

import click

from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

EXITS = {0: "the rule exists", 2: "no rule is called so"}
EXAMPLES = {
    "lambdaward rule public-function-url": "by name",
    "lambdaward rule LWX002": "by id",
}


@command("rule", examples=EXAMPLES, exits=EXITS)
@click.argument("name", metavar="RULE")
def rule(name: str) -> int:
    """Print what a rule finds, why it matters and how to fix it, with examples.

    RULE is its id or its name. The text is Markdown.
    """
    from lambdaward.rules import page

    with stdout("markdown") as stream:
        stream.write(page(name))
    return 0
