"""The terminal report: diagnostics as a compiler gives them, then a summary that fits a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from lambdaward.findings import Scan
from lambdaward.model import Estate
from lambdaward.reports.groups import alike
from lambdaward.reports.render import Look
from lambdaward.reports.terminal.diagnostic import diagnostic, question
from lambdaward.reports.terminal.style import Style
from lambdaward.reports.terminal.summary import closing, coverage, functions, open_questions, problems


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:
    """Write the report, line by line."""
    style = Style(look)
    stream.writelines(f"{line}\n" for line in _lines(scan, estate, style))


def _lines(scan: Scan, estate: Estate, style: Style) -> Iterator[str]:
    groups = [[finding] for finding in scan.findings] if style.verbose else alike(scan.findings)
    for group in groups:
        yield from diagnostic(group, estate, style)
        yield ""
    for unsettled in scan.unsettled if style.verbose else ():
        yield from question(unsettled, estate, style)
        yield ""
    yield from problems(scan, estate, style)
    yield from () if style.verbose else open_questions(scan, style)
    yield from functions(scan, style)
    yield from coverage(scan, estate, style)
    yield closing(scan, style)
