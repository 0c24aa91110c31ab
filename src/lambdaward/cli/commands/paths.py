"""`lambdaward paths`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from lambdaward.analysis.paths import Edge, Node
    from lambdaward.model import Estate, Function, Place, Unknown

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
@click.option("--from", "source", metavar="FUNCTION", help="Start from this function only: its name in the template.")
@click.option(
    "--to",
    "target",
    metavar="TARGET",
    help="Only paths to this: admin, a kind (role, function, secret, ...) or a name.",
)
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="How to print them."
)
@options.inputs
@options.judging
def paths(paths: tuple[str, ...], source: str | None, target: str | None, form: str, **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Show what leads from a function to more: roles, other functions, data, the whole account.

    Somebody who controls a function's code has its role. A path goes on from there by what the policies allow, step by step,
    each with the statements that allow it. It names the shortest path to each thing reached. The policies of data itself and
    those of the organization are not asked.
    """
    from lambdaward import api
    from lambdaward.cli.narration import narrate
    from lambdaward.cli.scanning import loaded
    from lambdaward.cli.settings import settings

    where = paths or (".",)
    settled = settings(where[0], asked)
    estate = loaded(where, settled)
    lost = any(problem.fatal for problem in estate.coverage.problems)
    if not estate.coverage.files and not lost:
        narrate("error", f"nothing to search in {', '.join(where)}: no template and no CDK output")
        return EMPTY
    for problem in estate.coverage.problems:
        if problem.fatal:
            narrate("error", f"{problem.file}: {problem.message}; {problem.remedy}")
    analysis = api.analyse(estate, today=settled.today)
    graph = analysis.graph
    radii = [graph.radius(graph.node(function)) for function in _starts(estate, source)]
    found = [path for radius in radii for node, path in radius.paths.items() if _wanted(node, target)]
    unsure = list(dict.fromkeys(edge for radius in radii for edge in radius.unsure))
    with stdout(form) as stream:
        stream.writelines(_json(found, unsure, estate) if form == "json" else _lines(found, unsure, estate))
    return FOUND if found else UNKNOWN if unsure or lost else NONE


def _starts(estate: Estate, source: str | None) -> list[Function]:
    """The functions to start from. Raises `UsageError` for a name that is none's."""
    from lambdaward.model import Function, UsageError

    found = [f for f in estate.all(Function) if source is None or source in (f.id.name, f.shown, f.name)]
    if source is not None and not found:
        raise UsageError(f"no function is called `{source}` in what was read")
    return found


def _wanted(node: Node, target: str | None) -> bool:
    if target is None:
        return node.kind != "role" or node.id is None
    return target in (node.kind, node.shown, node.id.name if node.id else "")


def _lines(found: list[tuple[Edge, ...]], unsure: list[Edge], estate: Estate) -> Iterator[str]:
    for path in found:
        yield _clean(f"{path[0].source.shown} -> {' -> '.join(edge.target.shown for edge in path)}\n")
        for edge in path:
            yield _clean(
                f"  {edge.target.kind} {edge.target.shown}: {edge.how}{f' ({edge.method})' if edge.method else ''}\n"
            )
            for fact in edge.proof:
                yield _clean(f"    {fact.text}{_where(fact.place, estate)}\n")
        yield "\n"
    for edge in unsure:
        reasons = "; ".join(unknown.reason for unknown in _unknowns(edge))
        yield _clean(f"not settled: {edge.source.shown} -> {edge.target.shown}: {edge.how}: {reasons}\n")
    yield f"{len(found)} path{'' if len(found) == 1 else 's'}, {len(unsure)} not settled\n"


def _clean(line: str) -> str:
    from lambdaward.reports.text import visible

    return visible(line.removesuffix("\n")) + "\n"


def _where(place: Place | None, estate: Estate) -> str:
    from lambdaward.model import FileOrigin

    origin = estate.origin(place) if place else None
    return f"  ({origin.file}:{origin.line})" if isinstance(origin, FileOrigin) else ""


def _unknowns(edge: Edge) -> tuple[Unknown, ...]:
    from lambdaward.model import Unsure

    return edge.verdict.unknowns if isinstance(edge.verdict, Unsure) else ()


def _json(found: Iterable[tuple[Edge, ...]], unsure: Iterable[Edge], estate: Estate) -> Iterator[str]:
    from lambdaward.reports.json import dumps

    yield dumps(
        {
            "paths": [[_edge(edge, estate) for edge in path] for path in found],
            "unsettled": [_edge(edge, estate) for edge in unsure],
        }
    )


def _edge(edge: Edge, estate: Estate) -> dict[str, Any]:
    """One step for other programs."""
    return {
        "from": edge.source.shown,
        "to": edge.target.shown,
        "kind": edge.target.kind,
        "how": edge.how,
        "method": edge.method,
        "proof": [fact.text + _where(fact.place, estate) for fact in edge.proof],
        "unknowns": [unknown.reason for unknown in _unknowns(edge)],
    }
