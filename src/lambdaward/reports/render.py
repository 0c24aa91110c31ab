"""Choosing a format. Every format is a module of this room with `write(scan, estate, stream, look)`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TextIO

from msgspec import Struct

from lambdaward.findings import Scan
from lambdaward.model import Estate, UsageError


class Look(Struct, frozen=True, kw_only=True):
    """How a report for people looks: ANSI colours, columns, terminal links on places, and whether everything is spelled out."""

    colour: bool = False
    width: int = 100
    links: bool = False
    verbose: bool = False


Writer = Callable[[Scan, Estate, TextIO, Look], None]

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "terminal": "lambdaward.reports.terminal",
        "json": "lambdaward.reports.json",
        "sarif": "lambdaward.reports.sarif",
        "html": "lambdaward.reports.html",
        "markdown": "lambdaward.reports.markdown",
        "junit": "lambdaward.reports.junit",
        "github": "lambdaward.reports.github",
    }
)
FORMATS = tuple(MODULES)


def render(name: str, scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:
    """Write one report. Raises `UsageError` for a format that does not exist."""
    if name not in MODULES:
        raise UsageError(f"no format is called `{name}`; there are {', '.join(FORMATS)}")
    write: Writer = import_module(MODULES[name]).write
    write(scan, estate, stream, look)
