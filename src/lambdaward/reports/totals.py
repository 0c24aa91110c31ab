"""The numbers that every report closes with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lambdaward.findings import Finding, Scan, Severity
from lambdaward.model import Estate, Function, LocalCode
from lambdaward.reports.text import count

WORST_FIRST = tuple(sorted(Severity, reverse=True))
UNADVISED = "known vulnerabilities not looked for, as there are no advisories (`lambdaward advisories import`)"
UNSEARCHED = "packages not searched by YARA rules (`pip install lambdaward[malware]`)"


def severity_name(severity: Severity) -> str:
    """`critical`, `high`, `medium`, `low` or `info`."""
    return severity.name.lower()


def by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity that occurs, worst first."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in WORST_FIRST if counts[severity]}


def headline(scan: Scan) -> str:
    """How many findings there are, by severity, and what else is to be said, in one line without a full stop."""
    counts = by_severity(scan.findings)
    of = ", ".join(f"{number:,} {severity_name(severity)}" for severity, number in counts.items())
    found = f"{count(len(scan.findings), 'finding')} ({of})" if counts else "no findings"
    rest = ((len(scan.unsettled), "unsettled"), (len(scan.suppressed) + len(scan.waived), "suppressed"))
    return ", ".join((found, *(f"{number:,} {word}" for number, word in rest if number)))


def reading(scan: Scan, estate: Estate) -> str:
    """What was read, in one line without a full stop."""
    coverage = estate.coverage
    things = f"{count(len(scan.functions), 'function')} and {count(len(estate.resources), 'resource')}"
    files = f"{count(len(coverage.files), 'file')}, {count(len(scan.rules), 'rule')}"
    lost = len({problem.file for problem in coverage.problems if problem.fatal})
    unread = f"; {count(lost, 'file')} could not be read" if lost else ""
    return "; ".join((f"{things} in {files}{unread}", *undone(scan, estate)))


def undone(scan: Scan, estate: Estate) -> tuple[str, ...]:
    """What was not looked for in the code that is on this machine, because something for it is not there."""
    codes = (function.code for function in estate.all(Function))
    if not any(isinstance(code, LocalCode) and code.kind != "inline" for code in codes):
        return ()
    return tuple(text for fact, text in (("advisories", UNADVISED), ("yara", UNSEARCHED)) if scan.facts.get(fact) == "")
