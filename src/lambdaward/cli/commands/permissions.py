"""`lambdaward permissions`."""

from __future__ import annotations

from typing import Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

EXITS = {
    0: "the permissions are told",
    2: "the command line or the configuration is wrong, or a name means nothing, or several things",
    3: "nothing to ask",
    4: "the role or one of its policies was not seen, or input could not be read",
}
EXAMPLES = {
    "lambdaward permissions Orders": "what the role of a function can do, in short",
    "lambdaward permissions Orders template.yaml --all": "with every action and resource",
    "lambdaward permissions Orders account.json functions.json --format json": "from saved answers of an account",
}


@command("permissions", examples=EXAMPLES, exits=EXITS)
@click.argument("function")
@options.paths
@click.option("--all", "every", is_flag=True, help="Name every action, resource and proof.")
@options.form
@options.inputs
@options.judging
@options.color
def permissions(function: str, paths: tuple[str, ...], *, every: bool, **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Tell what a function's role can really do, on what, and what of it is dangerous.

    By service and access level, on each resource that is read, on every resource, and on what policies name besides. Denies, the
    permissions boundary and the policies of resources count. A role or user may be named in the place of a function.
    """
    from lambdaward.analysis.access import Words
    from lambdaward.cli.estates import opened
    from lambdaward.cli.permission_report import data, lines
    from lambdaward.cli.terminal import look_for
    from lambdaward.model import UsageError
    from lambdaward.reports.json import dumps
    from lambdaward.reports.terminal.style import Style

    found = opened(paths, asked)
    if found.empty:
        return 3
    asker = Words(found.analysis.access).asker(function)
    if asker.principal is None and asker.function is None:
        raise UsageError(f"`{function}` is no function, role or user that was read")
    report = found.analysis.permissions.of(asker)
    with stdout(asked["form"]) as stream:
        if asked["form"] == "json":
            stream.write(dumps(data(report, found.analysis.estate)))
        else:
            style = Style(look_for(stream, asked["color"], verbose=every))
            stream.writelines(line + "\n" for line in lines(report, found.analysis.estate, style, every=every))
    return 4 if found.lost or report.unknowns or asker.principal is None else 0
