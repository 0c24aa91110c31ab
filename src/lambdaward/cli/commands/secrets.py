"""`lambdaward secrets`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from lambdaward.packages import Fault
    from lambdaward.secrets import Sighting

EXITS = {
    0: "no secret was found",
    1: "a secret was found",
    2: "the command line is wrong",
    4: "some input could not be read",
}
EXAMPLES = {
    "lambdaward secrets build/orders.zip": "look through a function's zip, at every depth",
    "lambdaward secrets image.tar": "through all layers of a container image, as `docker save` writes it",
    "lambdaward secrets src --format json --all": "through a folder, for a program, with what is probably no secret",
}
NONE, FOUND, UNREAD = 0, 1, 4


@command("secrets", examples=EXAMPLES, exits=EXITS)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="How to write it.")
@click.option("--all", "everything", is_flag=True, help="Tell what is probably no secret too.")
def secrets(paths: tuple[str, ...], form: str, everything: bool) -> int:  # noqa: FBT001 - options, by name
    """Find secrets inside packages, layers, images and folders, without printing them.

    PATH is a zip, layer, jar, folder or image (OCI layout, `docker save`). Every file is read at every depth, in every view:
    compiled Python, source maps, databases, programs, UTF-16, Base64. Nothing is run and no network is used.
    """
    from lambdaward.cli.narration import narrate
    from lambdaward.model import InputError

    found: list[dict[str, Any]] = []
    unread = False
    for path in paths:
        try:
            rows, faults = _searched(path, everything=everything)
        except InputError as error:
            narrate("error", str(error))
            unread = True
            continue
        found += rows
        unread = unread or bool(faults)
        for fault in faults:
            narrate("note", f"{path}: {fault}")
    with stdout(form) as stream:
        stream.write(_document(found) if form == "json" else "".join(map(_line, found)))
    if found:
        return FOUND
    return UNREAD if unread else NONE


def _searched(path: str, *, everything: bool) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The rows of one package, and what could not be read in it."""
    from lambdaward.secrets import Sighting, Sureness, search

    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for item in search(Path(path)):
        if isinstance(item, Sighting):
            if everything or item.leak.sureness is not Sureness.LOW:
                rows.append(_row(path, item))
        elif item.kind.group.value in ("limit", "unread", "damage"):
            faults.append(item)
    return rows, faults


def _row(path: str, item: Sighting) -> dict[str, Any]:
    return {
        "path": path,
        "place": item.place,
        "line": item.line,
        "kind": item.leak.kind,
        "confidence": item.leak.sureness.name.lower(),
        "via": list(item.leak.via),
        "view": item.view,
        "live": item.live,
    }


def _line(row: dict[str, Any]) -> str:
    where = f"{row['place']}:{row['line']}" if row["line"] else row["place"]
    inside = f", inside {', '.join(row['via'])}" if row["via"] else ""
    removed = "" if row["live"] else ", removed by a later layer"
    return f"{row['path']}: {where}: {row['kind']} ({row['confidence']} confidence{inside}{removed})\n"


def _document(rows: list[dict[str, Any]]) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode({"version": 1, "secrets": rows})).decode() + "\n"
