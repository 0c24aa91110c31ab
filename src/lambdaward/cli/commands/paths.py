"""`lambdaward paths`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from lambdaward.analysis.paths import Edge
    from lambdaward.model import Estate

EXITS = {
    0: "no path, and no step that is not settled",
    1: "a path was found",
    2: "the command line or the configuration is wrong",
    3: "nothing to search",
    4: "no path, but a step that is not settled, or input that could not be read",
}
EXAMPLES = {
    "lambdaward paths --to admin": "from each function of the project to being an administrator",
    "lambdaward paths template.yaml --from Orders": "everything that one function leads to",
    "lambdaward paths --to secret --format json": "to any secret, for other programs",
}
NONE, FOUND, EMPTY, UNKNOWN = 0, 1, 3, 4


@command("paths", examples=EXAMPLES, exits=EXITS)
@options.paths
@click.option(
    "--from",
    "source",
    metavar="START",
    help="Start only here: a function, a role or a user, by name or ARN, or `internet`.",
)
@click.option(
    "--to",
    "target",
    metavar="TARGET",
    help="Only paths to this: admin, a kind (role, function, secret, ...), a name or an ARN.",
)
@options.form
@options.inputs
@options.judging
def paths(paths: tuple[str, ...], source: str | None, target: str | None, form: str, **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Show what leads from a function to more: roles, other functions, data, the whole account.

    Somebody who controls a function's code has its role. A path goes on from there by what the policies allow, step by step,
    each with the statements that allow it. It names the shortest path to each thing reached. The policies of the
    organization are not asked.
    """
    from lambdaward.cli.estates import opened
    from lambdaward.cli.narration import narrate
    from lambdaward.cli.steps import is_wanted, meaningless, starting
    from lambdaward.model import Function

    found = opened(paths, asked)
    if found.empty:
        return EMPTY
    graph, estate = found.analysis.graph, found.analysis.estate
    starts = [starting(graph, source)] if source else [graph.node(function) for function in estate.all(Function)]
    radii = [graph.radius(start) for start in starts]
    leading = [radius.path(node) for radius in radii for node in radius.nodes if is_wanted(node, target, graph.access)]
    if not leading and (said := meaningless(target, graph.access)):
        narrate("note", said)
    unsure = list(dict.fromkeys(edge for radius in radii for edge in radius.unsure))
    with stdout(form) as stream:
        stream.writelines(_json(leading, unsure, estate) if form == "json" else _lines(leading, unsure, estate))
    return FOUND if leading else UNKNOWN if unsure or found.lost else NONE


def _lines(found: list[tuple[Edge, ...]], unsure: list[Edge], estate: Estate) -> Iterator[str]:
    from lambdaward.cli import steps
    from lambdaward.reports.text import visible

    for path in found:
        yield visible(f"{path[0].source.shown} -> {' -> '.join(edge.target.shown for edge in path)}") + "\n"
        for edge in path:
            yield visible(f"  {edge.target.kind} {edge.target.shown}: ") + steps.how(edge) + "\n"
            yield from (f"    {line}\n" for line in steps.lines(edge, estate))
        yield "\n"
    for edge in unsure:
        joined = visible(f"{edge.source.shown} -> {edge.target.shown}: {edge.how}: {steps.reasons(edge)}")
        yield f"not settled: {joined}\n"
    yield f"{len(found)} path{'' if len(found) == 1 else 's'}, {len(unsure)} not settled\n"


def _json(found: Iterable[tuple[Edge, ...]], unsure: Iterable[Edge], estate: Estate) -> Iterator[str]:
    from lambdaward.cli import steps
    from lambdaward.reports.json import dumps

    yield dumps(
        {
            "paths": [[steps.data(edge, estate) for edge in path] for path in found],
            "unsettled": [steps.data(edge, estate) for edge in unsure],
        }
    )
