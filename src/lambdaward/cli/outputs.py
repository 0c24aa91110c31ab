"""Which reports are wanted, and where each goes: one to stdout, any number into files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from lambdaward.cli.narration import narrate
from lambdaward.cli.scanning import Outcome, tell_lost
from lambdaward.cli.streams import replaced, stdout
from lambdaward.cli.terminal import look_for
from lambdaward.model import UsageError
from lambdaward.reports import FORMATS, render
from lambdaward.reports.text import count, joined
from lambdaward.reports.totals import headline, undone


class Output(Struct, frozen=True):
    """One report: its format, and the file that it goes to (empty for stdout)."""

    format: str
    path: str = ""


def outputs(words: Sequence[str]) -> tuple[Output, ...]:
    """Reports from `NAME` or `NAME=PATH`; the terminal's, when nobody asks for one. Raises `UsageError`."""
    asked = [word.partition("=") for word in words or ("terminal",)]
    for (name, equals, path), word in zip(asked, words or ("terminal",), strict=True):
        if name not in FORMATS:
            raise UsageError(f"no format is called `{name}`; there are {', '.join(FORMATS)}")
        if equals and not path:
            raise UsageError(f"`--format {word}` names no file")
    found = tuple(Output(name, path) for name, _, path in asked)
    _distinct(found)
    return found


def _distinct(found: Iterable[Output]) -> None:
    places: set[str] = set()
    for output in found:
        place = os.path.realpath(output.path) if output.path else ""
        if place in places:
            where = f"the file `{output.path}`" if output.path else "stdout"
            raise UsageError(f"two reports would go to {where}; write `--format NAME=PATH`")
        places.add(place)


def write(found: Iterable[Output], outcome: Outcome, color: str, *, verbose: bool) -> None:
    """Write all reports, that on stdout last. Raises `UsageError` for a file that cannot be written."""
    for output in sorted(found, key=lambda output: not output.path):
        with replaced(Path(output.path)) if output.path else stdout(output.format) as stream:
            look = look_for(stream, color, verbose=verbose)
            render(output.format, outcome.scan, outcome.estate, stream, look)


def tell(found: Sequence[Output], outcome: Outcome, *, quiet: bool) -> None:
    """Tell what no report tells the people who look on: lost input, numbers, and where the reports are."""
    if Output("terminal") not in found:
        tell_lost(outcome)
    if quiet:
        return
    if outcome.unreported:
        few = count(outcome.unreported, "finding")
        narrate("note", f"{few} below --severity or --min-confidence not reported")
    if gone := int(outcome.scan.facts.get("baseline_gone", "0")):
        few = f"{gone:,} of {outcome.scan.facts['baseline']} entries of the baseline match nothing any more"
        narrate("note", f"{few}; `lambdaward baseline` writes it anew")
    for text in undone(outcome.scan, outcome.estate) if Output("terminal") not in found else ():
        narrate("note", text)
    files = [output.path for output in found if output.path]
    if files and len(files) == len(found) and not outcome.empty:
        narrate("note", f"{headline(outcome.scan)}; see {joined(files)}")
