"""`lambdaward diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.narration import narrate
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from lambdaward.cli.sides import Side

EXITS = {
    0: "the change adds nothing at or above --fail-on, and worsens nothing to it",
    1: "it does",
    2: "the command line or a configuration is wrong",
    3: "nothing to compare: neither side has anything to scan",
    4: "some input could not be read",
}
EXAMPLES = {
    "lambdaward diff HEAD": "what your changes add that are not committed yet",
    "lambdaward diff main..HEAD": "what the commits since main add",
    "lambdaward diff main...HEAD --format markdown": "since they left main, as a comment for a pull request",
    "lambdaward diff before.json after.json": "two JSON reports or baselines",
    "lambdaward diff old/ new/": "two folders, or two templates",
}


@command("diff", examples=EXAMPLES, exits=EXITS)
@click.argument("sides", nargs=-1, required=True, metavar="A B | A..B | A")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json", "markdown"]), default="terminal", help="How to report."
)
@options.fail_on
@options.exit_zero
@options.rules
@options.inputs
@options.judging
@options.color
def diff(sides: tuple[str, ...], form: str, **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Show what a change adds, worsens, improves and removes.

    The sides are two JSON reports or baselines, two folders or templates, or two revisions (or one range) of the git
    repository in the current folder; one revision alone is compared with the files of that folder as they are. A revision
    is read from git's objects into a private folder: nothing of it is run, and nothing is checked out over your files. Each
    side is scanned by its own configuration.
    """
    from lambdaward.cli.sides import sides as both
    from lambdaward.cli.terminal import look_for
    from lambdaward.findings import Severity, compare, rank
    from lambdaward.reports import write_changes

    if len(sides) > 2:
        raise click.UsageError(f"a comparison has two sides, and {len(sides)} are given")
    before, after = both(sides, asked)
    _tell(before, after)
    comparison = compare(before.entries, after.entries)
    with stdout(form) as stream:
        write_changes(form, comparison, stream, look_for(stream, asked["color"], verbose=False))
    limit = asked["fail_on"] or (after.settings.config.fail_on if after.settings else "high")
    worse = max(map(rank, (*comparison.added, *comparison.worsened)), default=-1)
    if not asked["exit_zero"] and worse >= Severity[limit.upper()]:
        return 1
    if before.lost or after.lost:
        return 4
    return 3 if before.empty and after.empty else 0


def _tell(before: Side, after: Side) -> None:
    for side in (before, after):
        for text in side.lost:
            narrate("error", text)
        for text in side.notes:
            narrate("note", text)
    if before.empty and after.empty:
        narrate("error", "nothing to compare: neither side has anything to scan")
