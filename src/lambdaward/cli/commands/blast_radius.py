"""`lambdaward blast-radius`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambdaward.analysis.paths import Edge, Radius, Reached
    from lambdaward.model import Estate

EXITS = {
    0: "it reaches no more than its own role and data",
    1: "it reaches other credentials, other code, or the whole account",
    2: "the command line or the configuration is wrong, or a name means nothing, or several things",
    3: "nothing to ask",
    4: "no more than that is sure, but a step is not settled, or input could not be read",
}
EXAMPLES = {
    "lambdaward blast-radius Orders": "what somebody reaches who controls the code of a function of the project",
    "lambdaward blast-radius role/Deploy template.yaml": "or has the credentials of a role",
    "lambdaward blast-radius internet --format json": "what a flaw in any public function leads to, for other programs",
}
MOST = 8
NOTHING, MORE, EMPTY, UNKNOWN = 0, 1, 3, 4


@command("blast-radius", examples=EXAMPLES, exits=EXITS)
@click.argument("function")
@options.paths
@click.option("-v", "--verbose", is_flag=True, help="List everything that is reached, each with its proof.")
@options.form
@options.inputs
@options.judging
def blast_radius(function: str, paths: tuple[str, ...], form: str, *, verbose: bool, **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Show everything that somebody reaches who controls a function's code or credentials.

    FUNCTION is a function, a role or a user, by name, logical id or ARN, or `internet` for anybody who can start a function.
    Listed are credentials, code that can be changed, and data that can be read or changed, the nearest first, each by the last
    step of a shortest path to it; with --verbose all of it, with the statements that allow each step.
    """
    from lambdaward.analysis.paths import grouped
    from lambdaward.cli.estates import opened
    from lambdaward.cli.steps import starting

    found = opened(paths, asked)
    if found.empty:
        return EMPTY
    graph, estate = found.analysis.graph, found.analysis.estate
    radius = graph.radius(starting(graph, function))
    groups = grouped(radius, estate)
    with stdout(form) as stream:
        stream.writelines(
            _json(radius, groups, estate) if form == "json" else _lines(radius, groups, estate, verbose=verbose)
        )
    if any(group.more for group in groups):
        return MORE
    return UNKNOWN if found.lost or radius.unsure else NOTHING


def _lines(radius: Radius, groups: tuple[Reached, ...], estate: Estate, *, verbose: bool) -> Iterator[str]:
    from lambdaward.cli import steps
    from lambdaward.reports.text import visible

    yield visible(f"{radius.start.kind} {radius.start.shown}") + "\n"
    for group in groups:
        yield f"\n{group.title} ({len(group.steps)})\n"
        for edge in _first(group.steps, verbose=verbose):
            target = edge.target.shown if edge.target.kind in group.title else f"{edge.target.kind} {edge.target.shown}"
            yield visible(f"  {target}, from {edge.source.shown}: ") + steps.how(edge) + "\n"
            yield from (f"    {line}\n" for line in steps.lines(edge, estate) if verbose)
        yield from _rest(group.steps, verbose=verbose)
    if radius.unsure:
        yield f"\nnot settled ({len(radius.unsure)})\n"
    for edge in _first(radius.unsure, verbose=verbose):
        yield visible(f"  {edge.source.shown} -> {edge.target.shown}: {edge.how}: {steps.reasons(edge)}") + "\n"
    yield from _rest(radius.unsure, verbose=verbose)
    if not groups and not radius.unsure:
        yield "\nnothing is reached\n"


def _first(edges: Sequence[Edge], *, verbose: bool) -> Sequence[Edge]:
    """The edges that are listed: all, or as many as leave the whole on a screen or two."""
    return edges if verbose else edges[:MOST]


def _rest(edges: Sequence[Edge], *, verbose: bool) -> Iterator[str]:
    """A line for the edges that are not listed."""
    left = len(edges) - len(_first(edges, verbose=verbose))
    if left:
        yield f"  and {left} more (--verbose lists all, with proofs)\n"


def _json(radius: Radius, groups: tuple[Reached, ...], estate: Estate) -> Iterator[str]:
    from lambdaward.cli import steps
    from lambdaward.reports.json import dumps

    yield dumps(
        {
            "start": {"kind": radius.start.kind, "name": radius.start.shown},
            "reached": {group.key: [steps.data(edge, estate) for edge in group.steps] for group in groups},
            "unsettled": [steps.data(edge, estate) for edge in radius.unsure],
        }
    )
