"""`lambdaward scan`."""

from __future__ import annotations

from typing import Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command

EXITS = {
    0: "nothing at or above --fail-on",
    1: "findings at or above --fail-on",
    2: "the command line or the configuration is wrong",
    3: "nothing to scan (0 with --allow-empty)",
    4: "some input could not be read; with --strict also when a question stayed unsettled",
}
EXAMPLES = {
    "lambdaward scan": "the project in the current folder",
    "lambdaward scan template.yaml --parameter Stage=prod": "one template, as it is deployed to production",
    "lambdaward scan --format terminal --format sarif=lambdaward.sarif": "for people, and for code scanning",
    "lambdaward scan --isolated --no-inline-ignores": "a stranger's pull request",
}


@command("scan", examples=EXAMPLES, exits=EXITS)
@options.paths
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=PATH]",
    help="Report to write: terminal (default), json, sarif, html, markdown, junit or github; to a file with =PATH; repeatable.",
)
@options.rules
@options.gate
@click.option("--strict/--no-strict", default=None, help="Exit with 4 when a question stayed unsettled.")
@click.option("--allow-empty/--no-allow-empty", default=None, help="Exit with 0 when there is nothing to scan.")
@click.option(
    "--baseline", metavar="PATH", help="Baseline whose findings do not count, as `lambdaward baseline` writes it."
)
@options.inputs
@options.judging
@options.color
@click.option("-q", "--quiet", is_flag=True, help="Tell nothing on stderr but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Show every place, open question and left-out input.")
def scan(paths: tuple[str, ...], **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Find what is unsafe about the Lambda functions in files and folders.

    PATH is a template, or a folder that is searched for applications; the current folder, when there is none. The report
    goes to stdout, everything else to stderr.
    """
    from lambdaward.cli.outputs import outputs, tell, write
    from lambdaward.cli.scanning import exit_code, scanned, tell_empty
    from lambdaward.cli.settings import settings

    where = paths or (".",)
    wanted = outputs(asked["formats"])
    settled = settings(where[0], asked)
    outcome = scanned(where, settled)
    if outcome.empty:
        wanted = tuple(output for output in wanted if output.format != "terminal")
        tell_empty(where, outcome, allowed=settled.config.allow_empty, quiet=asked["quiet"])
    write(wanted, outcome, asked["color"], verbose=asked["verbose"])
    tell(wanted, outcome, quiet=asked["quiet"])
    return exit_code(outcome, settled.config, exit_zero=asked["exit_zero"])
