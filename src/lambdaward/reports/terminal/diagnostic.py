"""One diagnostic: a finding, or several alike, as a compiler would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lambdaward.findings import Finding, Unsettled
from lambdaward.model import Estate, Origin
from lambdaward.reports.places import label, where
from lambdaward.reports.terminal.frame import frame, gutter_width
from lambdaward.reports.terminal.style import BOLD, FRAME, SEVERITY, WARNING, Style
from lambdaward.reports.text import count, visible
from lambdaward.reports.totals import severity_name

MOST_PLACES = 10


def diagnostic(group: Sequence[Finding], estate: Estate, style: Style) -> Iterator[str]:
    """The lines of one diagnostic. The first finding of the group is shown in full, the others by their place."""
    finding, *others = group
    severity = severity_name(finding.severity)
    colour = SEVERITY[finding.severity]
    yield from _head(f"{severity}[{finding.rule.id}]", finding.message, colour, style)
    yield from _spot(finding, estate, style, colour)
    notes = [
        *((f"why {severity}", reason) for reason in finding.because),
        *(("note", _located(evidence.text, evidence.origin, finding)) for evidence in finding.evidence),
        *(("note", f"{inner.message} ({inner.rule.id})") for inner in finding.folded),
        *(("note", f"this rests on the default of parameter {name}") for name in finding.assumes),
        *_help(finding),
        ("see", f"`lambdaward rule {finding.rule.id}` ({finding.rule.name})"),
    ]
    yield from _notes(notes, gutter_width(finding.origin), style)
    yield from _others(others, gutter_width(finding.origin), style)


def question(unsettled: Unsettled, estate: Estate, style: Style) -> Iterator[str]:
    """The lines of one unsettled question."""
    yield from _head(f"unsettled[{unsettled.rule.id}]", unsettled.message, WARNING, style)
    yield from _spot(unsettled, estate, style, WARNING)
    for unknown in unsettled.unknowns:
        notes = [("because", unknown.reason), ("to settle it", unknown.settle)]
        yield from _notes([note for note in notes if note[1]], gutter_width(unsettled.origin), style)


def _head(tag: str, message: str, colour: str, style: Style) -> list[str]:
    first, *rest = style.wrap(f"{tag}: ", message)
    return [
        style.paint(tag, colour) + style.paint(first.removeprefix(tag), BOLD),
        *(style.paint(line, BOLD) for line in rest),
    ]


def _spot(answer: Finding | Unsettled, estate: Estate, style: Style, colour: str) -> Iterator[str]:
    arrow = style.paint(" " * gutter_width(answer.origin) + "-->", FRAME)
    yield f"{arrow} {style.place(answer.origin) or visible(where(answer))}"
    yield from frame(estate, answer.origin, style, colour)


def _located(text: str, origin: Origin | None, finding: Finding) -> str:
    at = where(finding) if origin is None or origin == finding.origin else ""
    return f"{text} ({label(origin)})" if origin is not None and label(origin) != at else text


def _help(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.remediation:
        yield "help", finding.remediation
    if finding.fix:
        yield ("fix" if finding.fix.safe else "fix, not always safe"), finding.fix.title


def _notes(notes: Iterable[tuple[str, str]], gutter: int, style: Style) -> Iterator[str]:
    lead = " " * gutter
    bar = style.paint(f"{lead} |", FRAME)
    yield bar
    for name, text in notes:
        first, *rest = style.wrap(f"{lead} = {name}: ", text)
        yield style.paint(f"{lead} =", FRAME) + f" {style.paint(name, BOLD)}" + first[len(f"{lead} = {name}") :]
        yield from rest


def _others(others: Sequence[Finding], gutter: int, style: Style) -> Iterator[str]:
    if not others:
        return
    lead = " " * gutter
    yield (
        style.paint(f"{lead} =", FRAME)
        + f" {style.paint('also', BOLD)}: the same on {count(len(others), 'more resource')}"
    )
    for other in others[:MOST_PLACES]:
        yield f"{lead}   {style.paint('-->', FRAME)} {style.place(other.origin) or visible(where(other))} {visible(other.shown)}"
    if len(others) > MOST_PLACES:
        yield f"{lead}   ... and {count(len(others) - MOST_PLACES, 'more place')} (--verbose shows all)"
