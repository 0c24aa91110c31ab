"""GitHub annotations: workflow commands that a runner turns into marks on the lines of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TextIO

from msgspec import Struct

from lambdaward.findings import Finding, Scan, Severity
from lambdaward.model import Estate, FileOrigin, Problem
from lambdaward.reports.render import Look
from lambdaward.reports.text import clipped, count, visible
from lambdaward.reports.totals import headline, severity_name

# GitHub shows this many annotations of each level for one step and drops the rest.
MOST_OF_A_LEVEL = 10
MOST_TEXT, MOST_REASONS = 2000, 10

LEVEL: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: "error",
        Severity.HIGH: "error",
        Severity.MEDIUM: "warning",
        Severity.LOW: "notice",
        Severity.INFO: "notice",
    }
)


class Annotation(Struct, frozen=True):
    """One workflow command: its level, its title, the lines of its message, and the properties that say where."""

    level: str
    title: str
    lines: tuple[str, ...]
    place: Mapping[str, int | str] = MappingProxyType({})


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - a runner has no look
    """Write the annotations that will be seen, lost inputs and the worst findings first, then one line of text."""
    seen: Counter[str] = Counter()
    for annotation in _annotations(scan, estate):
        seen[annotation.level] += 1
        if seen[annotation.level] <= MOST_OF_A_LEVEL:
            stream.write(_command(annotation) + "\n")
    left = sum(max(number - MOST_OF_A_LEVEL, 0) for number in seen.values())
    more = f" ({count(left, 'more annotation')} left out)" if left else ""
    stream.write(f"lambdaward: {headline(scan)}{more}\n")


def _annotations(scan: Scan, estate: Estate) -> Iterator[Annotation]:
    yield from (_problem(problem) for problem in estate.coverage.problems if problem.fatal)
    yield from map(_finding, scan.findings)


def _problem(problem: Problem) -> Annotation:
    place: dict[str, int | str] = {"file": problem.file} | ({"line": problem.line} if problem.line else {})
    return Annotation("error", "input that cannot be read", (problem.message, problem.remedy), place)


def _finding(finding: Finding) -> Annotation:
    name = severity_name(finding.severity)
    return Annotation(
        LEVEL[finding.severity],
        f"{name}[{finding.rule.id}] {finding.rule.name}",
        (
            finding.message,
            *(f"why {name}: {reason}" for reason in finding.because[:MOST_REASONS]),
            *([f"help: {finding.remediation}"] if finding.remediation else ()),
        ),
        _place(finding),
    )


def _place(finding: Finding) -> Mapping[str, int | str]:
    origin = finding.origin
    if not isinstance(origin, FileOrigin):
        return {}
    # Columns are only taken within one line.
    columns = {"col": origin.column, "endColumn": origin.end_column} if origin.line == origin.end_line else {}
    return {"file": origin.file, "line": origin.line, "endLine": origin.end_line, **columns}


def _command(annotation: Annotation) -> str:
    place = {**annotation.place, "title": annotation.title}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    return f"::{annotation.level} {properties}::" + "%0A".join(_data(line) for line in annotation.lines if line)


def _data(text: str) -> str:
    """A text that cannot end its command, or begin another: line ends are shown as escapes, `%` is encoded."""
    return visible(clipped(text, MOST_TEXT)).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
