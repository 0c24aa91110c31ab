"""The terminal report: diagnostics as a compiler gives them, then a summary that fits a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from lambdaward.findings import Scan
from lambdaward.model import Estate
from lambdaward.reports.groups import alike, by_rule
from lambdaward.reports.render import Look
from lambdaward.reports.terminal.diagnostic import diagnostic, question, rest
from lambdaward.reports.terminal.style import Style
from lambdaward.reports.terminal.summary import closing, coverage, functions, open_questions, problems

MOST_OF_A_RULE = 4
EXAMPLES = 2


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:
    """Write the report, line by line."""
    style = Style(look)
    stream.writelines(f"{line}\n" for line in _lines(scan, estate, style))


def _lines(scan: Scan, estate: Estate, style: Style) -> Iterator[str]:
    yield from _findings(scan, estate, style)
    for unsettled in scan.unsettled if style.verbose else ():
        yield from question(unsettled, estate, style)
    yield from problems(scan, estate, style)
    yield from () if style.verbose else open_questions(scan, style)
    yield from functions(scan, style)
    yield from coverage(scan, estate, style)
    yield closing(scan, style)


def _findings(scan: Scan, estate: Estate, style: Style) -> Iterator[str]:
    """Each finding in full when everything is to be spelled out; else what is alike together, and of a rule that finds much
    only examples in full."""
    if style.verbose:
        for finding in scan.findings:
            yield from diagnostic([finding], estate, style)
        return
    for lot in by_rule(alike(scan.findings)):
        shown = lot if len(lot) <= MOST_OF_A_RULE else lot[:EXAMPLES]
        for group in shown:
            yield from diagnostic(group, estate, style)
        yield from rest([finding for group in lot[len(shown) :] for finding in group], style)
