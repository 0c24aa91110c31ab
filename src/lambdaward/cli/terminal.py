"""What a terminal takes: colours, links and columns."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from lambdaward.cli.width import columns
from lambdaward.reports import Look

MOST_COLUMNS = 120
OFF = ("", "0")


def look_for(stream: TextIO, color: str, *, verbose: bool) -> Look:
    """How a report on a stream looks. `color` is `auto`, `always` or `never`."""
    shown = stream is sys.stdout and stream.isatty()
    colour = color == "always" or (color == "auto" and stream is sys.stdout and wants_colour(stream))
    width = columns(MOST_COLUMNS) if shown else 100
    return Look(colour=colour, width=width, links=colour and shown, verbose=verbose)


def wants_colour(stream: TextIO) -> bool:
    """Whether colours are wanted: what the environment says (NO_COLOR before FORCE_COLOR), else whether people look."""
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "") not in OFF for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
