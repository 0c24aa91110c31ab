"""One diagnostic: a finding, or several alike, as a compiler would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lambdaward.findings import Evidence, Finding, Unsettled
from lambdaward.model import Estate, FileOrigin
from lambdaward.reports.places import label, where
from lambdaward.reports.terminal.frame import frame, gutter_width, in_frame
from lambdaward.reports.terminal.style import BOLD, FRAME, SEVERITY, WARNING, Style
from lambdaward.reports.text import clipped, count, joined, visible
from lambdaward.reports.totals import severity_name

MOST_PLACES = 10
MOST_FRAMES = 5
MOST_NOTES = 10
LEAST_TEXT = 30

Note = tuple[str, str]


def diagnostic(group: Sequence[Finding], estate: Estate, style: Style) -> Iterator[str]:
    """The lines of one diagnostic. The first finding of the group is shown in full, the others by their place."""
    finding, *others = group
    severity = severity_name(finding.severity)
    framed, told = _evidence(finding, estate)
    gutter = max(gutter_width(origin) for origin in (finding.origin, *(fact.origin for fact in framed)))
    yield from _head(f"{severity}[{finding.rule.id}]", finding.message, SEVERITY[finding.severity], style)
    yield from _spot(finding, estate, style, gutter)
    yield from _notes([(f"why {severity}", reason) for reason in _few(finding.because, style)], gutter, style)
    yield from _notes([("note", text) for text in _few(told, style)], gutter, style)
    for fact in framed:
        yield from _head("note", fact.text, BOLD, style)
        yield f"{_arrow(gutter, style)} {style.place(fact.origin)}"
        yield from frame(estate, fact.origin, style, FRAME, gutter)
        yield _bar(gutter, style)
    yield from _notes(_advice(finding, style), gutter, style)
    yield from _others(others, gutter, style)
    yield ""


def question(unsettled: Unsettled, estate: Estate, style: Style) -> Iterator[str]:
    """The lines of one unsettled question."""
    gutter = gutter_width(unsettled.origin)
    yield from _head(f"unsettled[{unsettled.rule.id}]", unsettled.message, WARNING, style)
    yield from _spot(unsettled, estate, style, gutter)
    for unknown in unsettled.unknowns:
        notes = [("because", unknown.reason), ("to settle it", unknown.settle)]
        yield from _notes([note for note in notes if note[1]], gutter, style)
    yield ""


def rest(findings: Sequence[Finding], style: Style) -> Iterator[str]:
    """Further findings of one rule and severity, a line each."""
    if not findings:
        return
    first = findings[0]
    tag = f"{severity_name(first.severity)}[{first.rule.id}]"
    yield from _head(tag, f"{count(len(findings), 'more finding')} like these", SEVERITY[first.severity], style)
    for finding in findings[:MOST_PLACES]:
        room = max(style.width - len(f"  --> {where(finding)} "), LEAST_TEXT)
        yield f"  {_at(finding, style)} {clipped(visible(finding.message), room)}"
    yield from _left(findings, "  ")
    yield ""


def _evidence(finding: Finding, estate: Estate) -> tuple[list[Evidence], list[str]]:
    """The facts that have a frame of their own, since they stand elsewhere in a file that was read; and the others' texts."""
    places: dict[str, Evidence] = {}
    for fact in finding.evidence:
        at = fact.origin
        if isinstance(at, FileOrigin) and at.file in estate.files and not in_frame(at, finding.origin):
            places.setdefault(label(at), fact)
    framed = list(places.values())[:MOST_FRAMES]
    return framed, [_located(fact, finding) for fact in finding.evidence if fact not in framed]


def _located(fact: Evidence, finding: Finding) -> str:
    """A fact with its place, where the frame of the finding does not show it."""
    if fact.origin is None or in_frame(fact.origin, finding.origin) or label(fact.origin) == where(finding):
        return fact.text
    return f"{fact.text} ({label(fact.origin)})"


def _few(texts: Sequence[str], style: Style) -> Iterator[str]:
    """Texts, not too many of them unless everything is to be spelled out."""
    shown = texts if style.verbose else texts[:MOST_NOTES]
    yield from shown
    if len(texts) > len(shown):
        yield f"and {len(texts) - len(shown):,} more (--verbose shows all)"


def _advice(finding: Finding, style: Style) -> Iterator[Note]:
    for text in _few([f"{inner.message} ({inner.rule.id})" for inner in finding.folded], style):
        yield "note", text
    if finding.assumes:
        noun = "default of parameter" if len(finding.assumes) == 1 else "defaults of parameters"
        yield "note", f"this rests on the {noun} {joined(finding.assumes)}"
    if finding.remediation:
        yield "help", finding.remediation
    if finding.fix:
        yield ("fix" if finding.fix.safe else "fix, not always safe"), finding.fix.title
    yield "see", f"`lambdaward rule {finding.rule.id}` ({finding.rule.name})"


def _head(tag: str, message: str, colour: str, style: Style) -> list[str]:
    first, *others = style.wrap(f"{tag}: ", message)
    return [
        style.paint(tag, colour) + style.paint(first.removeprefix(tag), BOLD),
        *(style.paint(line, BOLD) for line in others),
    ]


def _spot(answer: Finding | Unsettled, estate: Estate, style: Style, gutter: int) -> Iterator[str]:
    colour = SEVERITY[answer.severity] if isinstance(answer, Finding) else WARNING
    yield f"{_arrow(gutter, style)} {style.place(answer.origin, where(answer))}"
    yield from frame(estate, answer.origin, style, colour, gutter)
    yield _bar(gutter, style)


def _arrow(gutter: int, style: Style) -> str:
    return style.paint(" " * gutter + "-->", FRAME)


def _bar(gutter: int, style: Style) -> str:
    return style.paint(" " * gutter + " |", FRAME)


def _notes(notes: Iterable[Note], gutter: int, style: Style) -> Iterator[str]:
    lead = " " * gutter
    for name, text in notes:
        first, *others = style.wrap(f"{lead} = {name}: ", text)
        yield style.paint(f"{lead} =", FRAME) + f" {style.paint(name, BOLD)}" + first[len(f"{lead} = {name}") :]
        yield from others


def _others(others: Sequence[Finding], gutter: int, style: Style) -> Iterator[str]:
    if not others:
        return
    lead = " " * gutter
    yield from _notes([("also", f"the same on {count(len(others), 'more resource')}")], gutter, style)
    for other in others[:MOST_PLACES]:
        yield f"{lead}   {_at(other, style)} {visible(other.shown)}"
    yield from _left(others, f"{lead}   ")


def _at(finding: Finding, style: Style) -> str:
    return f"{style.paint('-->', FRAME)} {style.place(finding.origin, where(finding))}"


def _left(findings: Sequence[Finding], lead: str) -> Iterator[str]:
    if len(findings) > MOST_PLACES:
        yield f"{lead}... and {len(findings) - MOST_PLACES:,} more (--verbose shows all)"
