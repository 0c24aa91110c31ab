"""The Markdown report: a short comment for a pull request, details folded away, within what a comment may hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

from lambdaward.findings import Finding, Scan
from lambdaward.model import Estate
from lambdaward.reports.groups import alike
from lambdaward.reports.markup import cell, fenced, inline_html, prose
from lambdaward.reports.places import line_label, where
from lambdaward.reports.render import Look
from lambdaward.reports.terminal.frame import frame
from lambdaward.reports.terminal.style import Style
from lambdaward.reports.text import count
from lambdaward.reports.totals import headline, reading, severity_name

MOST_ROWS = 20
MOST_LINES = 10
# GitHub refuses comments of more than 65,536 characters.
MOST_CHARACTERS = 60_000
FRAME = Style(Look(width=100))


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - a comment has no look
    """Write the comment: a headline, a table of the worst findings, then folded details."""
    stream.write(f"### lambdaward: {headline(scan)}\n\n")
    groups = alike(scan.findings)
    stream.writelines(_table(groups))
    room = MOST_CHARACTERS
    for at, group in enumerate(groups):
        details = _details(group, estate)
        room -= len(details)
        if room < 0:
            stream.write(f"{count(len(groups) - at, 'more finding')} would not fit into a comment.\n\n")
            break
        stream.write(details)
    stream.writelines(_open(scan))
    stream.writelines(_troubles(scan, estate))
    stream.write(f"<sub>{prose(reading(scan, estate))}.</sub>\n")


def _table(groups: Sequence[Sequence[Finding]]) -> Iterator[str]:
    if not groups:
        return
    yield "| severity | finding | where |\n|---|---|---|\n"
    for group in groups[:MOST_ROWS]:
        first = group[0]
        more = f" and {count(len(group) - 1, 'more place')}" if len(group) > 1 else ""
        cells = (severity_name(first.severity), cell(first.message), cell(f"`{where(first)}`") + more)
        yield f"| {' | '.join(cells)} |\n"
    if len(groups) > MOST_ROWS:
        yield f"| | {count(len(groups) - MOST_ROWS, 'more finding')} | |\n"
    yield "\n"


def _details(group: Sequence[Finding], estate: Estate) -> str:
    first = group[0]
    name = severity_name(first.severity)
    parts = [
        f"<details><summary>{name} <code>{first.rule.id}</code> {inline_html(first.message)}</summary>\n",
        _framed(first, estate),
        *(f"- why {name}: {prose(reason)}" for reason in first.because),
        *(f"- {prose(fact.text)}" for fact in first.evidence),
        *(f"- {prose(guest.message)} ({guest.rule.id})" for guest in first.folded),
        *([f"- **help:** {prose(first.remediation)}"] if first.remediation else ()),
        *(f"- also {prose(f'`{where(other)}`')} {prose(other.shown)}" for other in group[1 : MOST_LINES + 1]),
        *([f"- also {count(len(group) - 1 - MOST_LINES, 'more place')}"] if len(group) > MOST_LINES + 1 else ()),
        f"\n`lambdaward rule {first.rule.id}` says more about {prose(first.rule.name)}.\n\n</details>\n\n",
    ]
    return "\n".join(part for part in parts if part)


def _framed(finding: Finding, estate: Estate) -> str:
    lines = frame(estate, finding.origin, FRAME, "")
    return fenced("\n".join([where(finding), *lines])) + "\n"


def _open(scan: Scan) -> Iterator[str]:
    if not scan.unsettled:
        return
    yield f"<details><summary>{count(len(scan.unsettled), 'question')} stayed open</summary>\n\n"
    reasons = Counter((q.rule.id, u.reason, u.settle) for q in scan.unsettled for u in q.unknowns)
    for (rule, reason, settle), number in reasons.most_common(MOST_LINES):
        told = f"{reason}; {settle}" if settle else reason
        yield f"- {rule}: {prose(told)}" + (f" ({number:,} times)\n" if number > 1 else "\n")
    if len(reasons) > MOST_LINES:
        yield f"- {count(len(reasons) - MOST_LINES, 'more reason')}\n"
    yield "\n</details>\n\n"


def _troubles(scan: Scan, estate: Estate) -> Iterator[str]:
    told = [
        *((problem.file, problem.line, problem.message) for problem in (*estate.coverage.problems, *scan.problems)),
        *(
            (by.file or by.source, by.line, f"the suppression of {', '.join(by.rules)} matches nothing")
            for by in scan.stale
        ),
    ]
    if not told:
        return
    yield f"<details><summary>{count(len(told), 'problem')}</summary>\n\n"
    yield from (f"- {prose(f'`{line_label(file, line)}`')}: {prose(text)}\n" for file, line, text in told[:MOST_LINES])
    if len(told) > MOST_LINES:
        yield f"- {count(len(told) - MOST_LINES, 'more problem')}\n"
    yield "\n</details>\n\n"
