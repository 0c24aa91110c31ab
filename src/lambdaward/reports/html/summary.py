"""What the page says before, and without, its script: the numbers, and the gravest findings as a plain table."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import islice

from lambdaward.findings import Finding, Scan, Severity
from lambdaward.model import Estate, FileOrigin

GRAVEST = 50


def tiles(scan: Scan) -> str:
    """One tile per severity, most severe first, each a link to its findings."""
    counts = Counter(finding.severity for finding in scan.findings)
    return "\n".join(_tile(severity.name.lower(), counts[severity]) for severity in sorted(Severity, reverse=True))


def _tile(name: str, count: int) -> str:
    return (
        f'<li><a class="tile" href="#findings?severity={name}" data-severity="{name}" data-count="{count}">'
        f'<b>{count:,}</b><span class="severity {name}">{name}</span></a></li>'
    )


def sentence(scan: Scan, estate: Estate) -> str:
    """The scan in one sentence."""
    coverage = estate.coverage
    counted = (
        _count(len(scan.findings), "finding"),
        _count(len(scan.unsettled), "open question"),
        f"{len(scan.suppressed) + len(scan.waived):,} suppressed",
    )
    read = f"{_count(len(scan.functions), 'function')} in {_count(len(coverage.files), 'file')}"
    problems = len(coverage.problems) + len(scan.problems)
    lost = f"; {_count(problems, 'problem')} while reading" if problems else ""
    return _text(f"{', '.join(counted)}. {_count(len(scan.rules), 'rule')} asked about {read}{lost}.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def plain(scan: Scan) -> str:
    """The gravest findings as the rows of a table, for readers without the script."""
    ranked = sorted(scan.findings, key=lambda finding: -finding.severity)
    return "\n".join(_row(finding) for finding in islice(ranked, GRAVEST))


def _row(finding: Finding) -> str:
    at = finding.origin
    place = f"{at.file}:{at.line}" if isinstance(at, FileOrigin) else at.arn if at else ""
    cells = (finding.severity.name.lower(), finding.rule.id, finding.message, finding.shown, place)
    return "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    """A text as markup; what UTF-8 can't hold becomes a question mark."""
    return escape(text.encode("utf-8", "replace").decode("utf-8"))
