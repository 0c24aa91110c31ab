"""`lambdaward schema`."""

from __future__ import annotations

import click

from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

EXITS = {0: "always"}
EXAMPLES = {
    "lambdaward schema report": "of `scan --format json`",
    "lambdaward schema config > lambdaward.schema.json": "for an editor that completes and checks `lambdaward.toml`",
}


@command("schema", examples=EXAMPLES, exits=EXITS)
@click.argument("what", type=click.Choice(["report", "config"]))
def schema(what: str) -> int:
    """Print a JSON Schema: of the JSON report, or of the configuration."""
    from lambdaward.reports import json

    if what == "report":
        found = json.schema()
    else:
        from lambdaward import config

        found = config.schema()
    with stdout("json") as stream:
        stream.write(json.dumps(found))
    return 0
