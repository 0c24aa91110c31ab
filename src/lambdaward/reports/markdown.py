"""The Markdown report: a short comment for a pull request, details folded away, within what a comment may hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TextIO

from lambdaward.findings import Finding, Scan
from lambdaward.model import Estate
from lambdaward.reports.groups import alike
from lambdaward.reports.markup import cell, fenced, fitting, inline_html, prose
from lambdaward.reports.places import line_label, where
from lambdaward.reports.render import Look
from lambdaward.reports.terminal.frame import frame, gutter_width
from lambdaward.reports.terminal.style import Style
from lambdaward.reports.text import count, visible
from lambdaward.reports.totals import headline, reading, severity_name
from lambdaward.reports.troubles import troubles

# GitHub refuses comments of more than 65,536 characters. The parts that every reader sees come first, with room of their own.
MOST_CHARACTERS = 65_000
TABLE_ROOM = 20_000
LIST_ROOM = 8_000
MOST_ROWS = 20
MOST_LINES = 10
FRAME = Style(Look(width=100))

Group = Sequence[Finding]


def write(scan: Scan, estate: Estate, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - a comment has no look
    """Write the comment: a headline, a table of the worst findings, then folded details."""
    groups = alike(scan.findings)
    head = [f"### lambdaward: {headline(scan)}\n\n", *_table(groups)]
    foot = [*_open(scan), *_troubles(scan, estate), f"<sub>{prose(reading(scan, estate))}.</sub>\n"]
    room = MOST_CHARACTERS - sum(map(len, (*head, *foot)))
    stream.writelines((*head, *_all_details(groups, estate, room), *foot))


def _table(groups: Sequence[Group]) -> Iterator[str]:
    if not groups:
        return
    yield "| severity | finding | where |\n|---|---|---|\n"
    rows = list(fitting(map(_row, islice(groups, MOST_ROWS)), TABLE_ROOM))
    yield from rows
    if len(groups) > len(rows):
        yield f"| | {count(len(groups) - len(rows), 'more finding')} | |\n"
    yield "\n"


def _row(group: Group) -> str:
    first = group[0]
    more = f" and {count(len(group) - 1, 'more place')}" if len(group) > 1 else ""
    cells = (severity_name(first.severity), cell(first.message), cell(f"`{where(first)}`") + more)
    return f"| {' | '.join(cells)} |\n"


def _all_details(groups: Sequence[Group], estate: Estate, room: int) -> Iterator[str]:
    shown = list(fitting((_details(group, estate) for group in groups), room - LIST_ROOM // 8))
    yield from shown
    if len(groups) > len(shown):
        yield f"{count(len(groups) - len(shown), 'more finding')} would not fit into a comment.\n\n"


def _details(group: Group, estate: Estate) -> str:
    first = group[0]
    name = severity_name(first.severity)
    parts = [
        f"<details><summary>{name} <code>{first.rule.id}</code> {inline_html(first.message)}</summary>\n",
        _framed(first, estate),
        *(f"- why {name}: {prose(reason)}" for reason in first.because[:MOST_LINES]),
        *(f"- {prose(fact.text)}" for fact in first.evidence[:MOST_LINES]),
        *(f"- {prose(guest.message)} ({guest.rule.id})" for guest in first.folded[:MOST_LINES]),
        *([f"- **help:** {prose(first.remediation)}"] if first.remediation else ()),
        *(f"- also {prose(f'`{where(other)}`')} {prose(other.shown)}" for other in group[1 : MOST_LINES + 1]),
        *([f"- also {count(len(group) - 1 - MOST_LINES, 'more place')}"] if len(group) > MOST_LINES + 1 else ()),
        f"\n`lambdaward rule {first.rule.id}` says more about {prose(first.rule.name)}.\n\n</details>\n\n",
    ]
    return "\n".join(part for part in parts if part)


def _framed(finding: Finding, estate: Estate) -> str:
    lines = frame(estate, finding.origin, FRAME, "", gutter_width(finding.origin))
    return fenced("\n".join([visible(where(finding)), *lines])) + "\n"


def _open(scan: Scan) -> Iterator[str]:
    reasons = Counter((q.rule.id, u.reason, u.settle) for q in scan.unsettled for u in q.unknowns)
    lines = (
        f"- {rule}: {prose(f'{reason}; {settle}' if settle else reason)}" + (f" ({n:,} times)\n" if n > 1 else "\n")
        for (rule, reason, settle), n in reasons.most_common(MOST_LINES)
    )
    yield from _folded(f"{count(len(scan.unsettled), 'question')} stayed open", lines, len(reasons), "more reason")


def _troubles(scan: Scan, estate: Estate) -> Iterator[str]:
    told = troubles(scan, estate)
    lines = (f"- {prose(f'`{line_label(p.file, p.line)}`')}: {prose(p.message)}\n" for p in told[:MOST_LINES])
    yield from _folded(count(len(told), "problem"), lines, len(told), "more problem")


def _folded(title: str, lines: Iterable[str], number: int, noun: str) -> Iterator[str]:
    """A folded list of the first of `number` lines; nothing when there is none."""
    if not number:
        return
    shown = list(fitting(lines, LIST_ROOM))
    yield f"<details><summary>{title}</summary>\n\n"
    yield from shown
    if number > len(shown):
        yield f"- {count(number - len(shown), noun)}\n"
    yield "\n</details>\n\n"
