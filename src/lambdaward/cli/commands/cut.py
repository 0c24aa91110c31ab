"""`lambdaward cut`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambdaward.analysis import Analysis
    from lambdaward.analysis.cut import Call, Cut, Edit

EXITS = {
    0: "no path is left with the edits that are shown, or there is none as it is",
    1: "no edits sever every path while the calls keep working",
    2: "the command line or the configuration is wrong, or a name means nothing, or several things",
    3: "nothing to search",
    4: "some input could not be read",
}
EXAMPLES = {
    "lambdaward cut": "the fewest edits after which no function of the project leads to being an administrator",
    "lambdaward cut template.yaml --from Orders --to secret": "or one function to any secret",
    "lambdaward cut --keep calls.txt": "while these calls keep working: `Orders dynamodb:GetItem OrdersTable` on each line",
}
FOUND, NONE, EMPTY, LOST = 0, 1, 3, 4
WORDS = 3
MOST_BYTES = 1 << 20


@command("cut", examples=EXAMPLES, exits=EXITS)
@options.paths
@click.option("--from", "source", metavar="START", help="Sever paths from here only: a function, a role or a user.")
@click.option("--to", "target", metavar="TARGET", default="admin", help="To this: admin, a kind, a name or an ARN.")
@click.option(
    "--keep",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Calls that must keep working: a principal, an action and a resource on each line, as for `why`.",
)
@click.option("--scp", is_flag=True, help="Service control policies may be edited as well.")
@options.form
@options.inputs
@options.judging
def cut(paths: tuple[str, ...], source: str | None, keep: str | None, form: str, **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Find the fewest edits of policies that sever every path to a target.

    An edit takes an action, or all, out of a statement, detaches a policy of AWS, or denies an action to a principal by its
    permissions boundary. Edits that reach less come first among as few. The answer is verified: with the edits made, no path is
    left and every call that is to be kept works. Up to 200,000 looked-at choices it is exact; beyond, the best that was found
    is shown with the number that no cut can be below.
    """
    from lambdaward.analysis.cut import Wishes, sever
    from lambdaward.cli.estates import opened
    from lambdaward.cli.narration import narrate
    from lambdaward.cli.steps import is_wanted, meaningless, starting
    from lambdaward.model import Function

    calls = _calls(keep) if keep else ()
    found = opened(paths, asked)
    if found.empty:
        return EMPTY
    analysis, target = found.analysis, asked["target"]
    graph = analysis.graph
    functions = analysis.estate.all(Function)
    starts = (starting(graph, source),) if source else tuple(graph.node(function) for function in functions)
    wishes = Wishes(starts, lambda node: is_wanted(node, target, graph.access), calls, asked["scp"])
    result = sever(analysis, wishes)
    if not result.edits and (said := meaningless(target, graph.access)):
        narrate("note", said)
    with stdout(form) as stream:
        lines = _json(result, calls, analysis) if form == "json" else _lines(result, calls, analysis, target)
        stream.writelines(lines)
    return LOST if found.lost else NONE if result.edits is None else FOUND


def _calls(file: str) -> tuple[Call, ...]:
    """The calls of a file. Raises `InputError` for a line that is none."""
    from pathlib import Path

    from lambdaward.analysis.cut import Call
    from lambdaward.model import InputError
    from lambdaward.sources.files import read_bytes

    found = []
    text = read_bytes(Path(file), file, MOST_BYTES).decode("utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split()
        if len(words) not in (0, WORDS):
            remedy = "write a principal, an action and a resource, such as `Orders dynamodb:GetItem OrdersTable`"
            raise InputError(file, "a line is no call", remedy, line=number)
        found += [Call(*words)] if words else []
    return tuple(found)


def _lines(result: Cut, calls: tuple[Call, ...], analysis: Analysis, target: str) -> Iterator[str]:
    from lambdaward.cli import steps
    from lambdaward.reports.text import visible

    if result.edits is None:
        yield "no edits sever every path" + (" while the calls keep working\n" if calls else "\n")
        for edge in result.blocked:
            yield visible(f"  {edge.source.shown} -> {edge.target.shown}: ") + steps.how(edge) + "\n"
            yield from (f"    {line}\n" for line in steps.lines(edge, analysis.estate))
        return
    if not result.edits:
        yield visible(f"no path leads to {target}") + "\n"
        return
    for edit in result.edits:
        yield visible(f"{_shown(edit, analysis)}{_where(edit, analysis)}") + "\n"
    kept = f", and {len(calls)} call{'s' if len(calls) != 1 else ''} still work{'s' if len(calls) == 1 else ''}"
    yield visible(f"verified: with this no path leads to {target} any more{kept if calls else ''}") + "\n"
    many = f"{len(result.edits)} edit{'s' if len(result.edits) > 1 else ''}"
    yield f"{many}, the fewest there are\n" if result.exact else f"{many}; no fewer than {result.least} can do\n"


def _shown(edit: Edit, analysis: Analysis) -> str:
    """An edit in words."""
    from lambdaward.analysis.cut import How, stated

    resources = analysis.estate.resources
    match edit.how:
        case How.TAKE:
            statement = stated(analysis, edit)
            return f"take {edit.action} out of {statement}" if edit.action else f"remove {statement}"
        case How.DETACH if edit.place:
            resource = edit.place.resource
            return f"detach {stated(analysis, edit)} from {resources[resource].shown or resource.name}"
        case How.BOUNDARY if edit.principal:
            shown = resources[edit.principal].shown or edit.principal.name
            return f"deny {edit.action} to {shown} by its permissions boundary"
    return f"deny {edit.action} by a service control policy"


def _where(edit: Edit, analysis: Analysis) -> str:
    from lambdaward.model import FileOrigin, LiveOrigin, Place

    place = edit.place or (Place(edit.principal) if edit.principal else None)
    match analysis.estate.origin(place) if place else None:
        case FileOrigin() as origin:
            return f"  ({origin.file}:{origin.line})"
        case LiveOrigin() as origin:
            return f"  ({origin.arn})"
    return ""


def _json(result: Cut, calls: tuple[Call, ...], analysis: Analysis) -> Iterator[str]:
    from lambdaward.cli import steps
    from lambdaward.cli.answers import place
    from lambdaward.reports.json import dumps

    edits = None
    if result.edits is not None:
        edits = [
            {
                "kind": edit.how.value,
                "action": edit.action,
                "text": _shown(edit, analysis),
                **place(analysis.estate.origin(edit.place) if edit.place else None),
            }
            for edit in result.edits
        ]
    yield dumps(
        {
            "edits": edits,
            "exact": result.exact,
            "least": result.least,
            "kept": [{"principal": c.principal, "action": c.action, "resource": c.resource} for c in calls],
            "blocked": [steps.data(edge, analysis.estate) for edge in result.blocked],
        }
    )
