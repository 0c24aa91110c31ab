"""`lambdaward rule`."""

from __future__ import annotations

import sys

import click

from lambdaward.cli.command import command

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

    sys.stdout.write(page(name))
    return 0
