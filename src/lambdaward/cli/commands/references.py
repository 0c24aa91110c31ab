"""`lambdaward references`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from lambdaward.analysis.secrets import Edge, Edges, Fit

EXITS = {
    0: "every role reads exactly the secrets that its functions refer to",
    1: "a role reads others too, or may not read what its function refers to",
    2: "the command line or the configuration is wrong",
    3: "nothing to ask",
    4: "something is not known, or input could not be read",
}
EXAMPLES = {
    "lambdaward references": "the stored secrets that the functions of this project refer to",
    "lambdaward references answers/ --format json": "for other programs",
}


@command("references", examples=EXAMPLES, exits=EXITS)
@options.paths
@options.form
@options.inputs
@options.judging
@click.option("--all-readers", is_flag=True, help="Name everybody who may read a secret, however many.")
def references(paths: tuple[str, ...], all_readers: bool, **asked: Any) -> int:  # noqa: ANN401, FBT001 - options, by name
    """Show which stored secrets functions refer to, and who may read them.

    A variable that names a secret of Secrets Manager or a parameter of Parameter Store is as it should be, when the function's
    role may read exactly that. Told is where it may read any other one too, where it may not read it, and who else may.
    """
    from lambdaward.analysis.secrets import Fit
    from lambdaward.cli.estates import opened
    from lambdaward.model import Function

    found = opened(paths, asked)
    if found.empty:
        return 3
    edges = found.analysis.secrets.edges
    rows = [edge for function in found.analysis.estate.all(Function) for edge in edges.of(function)]
    with stdout(asked["form"]) as stream:
        most = None if all_readers else 5
        stream.writelines(_json(rows, edges) if asked["form"] == "json" else _text(rows, edges, most))
    fits = {edge.fit for edge in rows}
    if fits & {Fit.WIDE, Fit.BROKEN}:
        return 1
    return 4 if found.lost or Fit.UNKNOWN in fits else 0


def _words() -> dict[Fit, str]:
    from lambdaward.analysis.secrets import Fit

    return {
        Fit.EXACT: "its role reads exactly this",
        Fit.WIDE: "its role reads any other one too",
        Fit.BROKEN: "its role may not read it",
        Fit.UNKNOWN: "not known whether its role reads exactly this",
    }


def _text(rows: Sequence[Edge], edges: Edges, most: int | None) -> Iterator[str]:
    from lambdaward.analysis.secrets import Fit
    from lambdaward.model import show

    words = _words()
    for edge in rows:
        yield f"{edge.function.shown}: {edge.name} -> {show(edge.arn)}: {words[edge.fit]}\n"
        if edge.unknown:
            yield f"    {edge.unknown.reason}; {edge.unknown.settle}\n"
        others = [reader.shown for reader in edges.readers(edge) if reader.id != edge.role]
        if others:
            more = f" and {len(others) - most} more" if most and len(others) > most else ""
            yield f"    also read by {', '.join(others[:most])}{more}\n"
    exact = sum(edge.fit is Fit.EXACT for edge in rows)
    yield f"{len(rows)} reference{'' if len(rows) == 1 else 's'}, {exact} of them read exactly\n"


def _json(rows: Sequence[Edge], edges: Edges) -> Iterator[str]:
    from lambdaward.model import show
    from lambdaward.reports.json import dumps

    yield dumps(
        {
            "version": 1,
            "references": [
                {
                    "function": str(edge.function.id),
                    "variable": edge.name,
                    "store": edge.store.value,
                    "target": show(edge.arn),
                    "resource": str(edge.secret) if edge.secret else None,
                    "fit": edge.fit.value,
                    "unknown": edge.unknown.reason if edge.unknown else None,
                    "readers": [str(reader.id) for reader in edges.readers(edge)],
                }
                for edge in rows
            ],
        }
    )
