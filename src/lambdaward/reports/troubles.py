"""What went wrong around a scan, for every report in the same words."""

from __future__ import annotations

from lambdaward.findings import Scan, Suppression
from lambdaward.model import Estate, Problem


def troubles(scan: Scan, estate: Estate) -> tuple[Problem, ...]:
    """What could not be read, then the suppressions that do not count, then those that match nothing."""
    return (*estate.coverage.problems, *misjudged(scan))


def misjudged(scan: Scan) -> tuple[Problem, ...]:
    """The suppressions that do not count, then those that match nothing."""
    return (*scan.problems, *map(_stale, scan.stale))


def _stale(by: Suppression) -> Problem:
    text = f"the suppression of {', '.join(by.rules)} matches nothing"
    return Problem(by.file or by.source, text, "take it out", by.line, fatal=False)
