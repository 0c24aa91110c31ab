"""What the page says before, and without, its script: the numbers, and the gravest findings as a plain table."""

from __future__ import annotations

import re
from html import escape
from itertools import islice

from lambdaward.findings import Finding, Scan
from lambdaward.model import Estate
from lambdaward.reports.places import label
from lambdaward.reports.text import count, well_formed
from lambdaward.reports.totals import WORST_FIRST, by_severity, severity_name

GRAVEST = 50
CODE = re.compile(r"`([^`]+)`")


def tiles(scan: Scan) -> str:
    """One tile per severity, most severe first, each a link to its findings."""
    counts = by_severity(scan.findings)
    return "\n".join(_tile(severity_name(severity), counts.get(severity, 0)) for severity in WORST_FIRST)


def _tile(name: str, number: int) -> str:
    return (
        f'<li><a class="tile" href="#findings?severity={name}" data-severity="{name}" data-count="{number}">'
        f'<b>{number:,}</b><span class="severity {name}">{name}</span></a></li>'
    )


def sentence(scan: Scan, estate: Estate) -> str:
    """The scan in one sentence."""
    coverage = estate.coverage
    counted = (
        count(len(scan.findings), "finding"),
        count(len(scan.unsettled), "open question"),
        f"{len(scan.suppressed) + len(scan.waived):,} suppressed",
    )
    read = f"{count(len(scan.functions), 'function')} in {count(len(coverage.files), 'file')}"
    problems = len(coverage.problems) + len(scan.problems)
    lost = f"; {count(problems, 'problem')} while reading" if problems else ""
    return _text(f"{', '.join(counted)}. {count(len(scan.rules), 'rule')} asked about {read}{lost}.")


def plain(scan: Scan) -> str:
    """The gravest findings as the rows of a table, for readers without the script."""
    return "\n".join(map(_row, islice(scan.findings, GRAVEST)))


def _row(finding: Finding) -> str:
    name = severity_name(finding.severity)
    texts = (finding.rule.id, finding.message, finding.shown, label(finding.origin))
    cells = (f'<span class="severity {name}">{name}</span>', *map(_coded, texts))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _coded(text: str) -> str:
    return CODE.sub(r"<code>\1</code>", _text(text))


def _text(text: str) -> str:
    return escape(well_formed(text))
