"""`lambdaward baseline`."""

from __future__ import annotations

from typing import Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.narration import narrate
from lambdaward.cli.streams import replaced, stdout

DEFAULT = "lambdaward-baseline.json"
EXITS = {
    0: "the baseline is written",
    2: "the command line or the configuration is wrong",
    3: "nothing to scan; no baseline is written",
    4: "some input could not be read; the baseline holds what was found in the rest",
}
EXAMPLES = {
    "lambdaward baseline": f"writes {DEFAULT}, or the file that the configuration names",
    "lambdaward scan --baseline lambdaward-baseline.json": "then only what is new counts",
}


@command("baseline", examples=EXAMPLES, exits=EXITS)
@options.paths
@click.option(
    "-o", "--output", metavar="PATH", help=f"File to write (default: the configuration's, else {DEFAULT}); - is stdout."
)
@options.rules
@options.inputs
@options.judging
def baseline(paths: tuple[str, ...], output: str | None, **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Accept all of today's findings.

    They are written to a file, and `scan --baseline` leaves them out. The file is meant to be committed: it names each
    finding by a fingerprint that survives moved lines and reworded messages, so it changes only when findings do. What is
    suppressed otherwise is not in it.
    """
    from pathlib import Path

    from msgspec import structs

    from lambdaward.cli.scanning import EMPTY, UNREAD, scanned, tell_empty, tell_lost
    from lambdaward.cli.settings import settings
    from lambdaward.findings import baseline_text
    from lambdaward.reports.text import count

    where = paths or (".",)
    settled = settings(where[0], asked)
    everything = structs.replace(settled.config, baseline=None, severity="info", min_confidence="low")
    outcome = scanned(where, structs.replace(settled, config=everything))
    if outcome.empty:
        tell_empty(where, outcome)
        return EMPTY
    text = baseline_text(outcome.scan)
    target = output or settled.config.baseline or DEFAULT
    if target == "-":
        with stdout("json") as stream:
            stream.write(text)
    else:
        with replaced(Path(target)) as stream:
            stream.write(text)
        narrate("note", f"{target} holds {count(len(outcome.scan.findings), 'finding')}")
    tell_lost(outcome)
    return UNREAD if outcome.fatal else 0
