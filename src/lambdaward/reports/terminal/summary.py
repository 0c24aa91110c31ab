"""The end of the terminal report: what stayed open, what could not be read, and the numbers, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lambdaward.findings import Finding, FunctionSummary, Scan, Severity
from lambdaward.model import Estate
from lambdaward.reports.places import line_label
from lambdaward.reports.terminal.style import BOLD, ERROR, FAINT, FRAME, GOOD, SEVERITY, WARNING, Style
from lambdaward.reports.text import clipped, clipped_left, columns, count, visible
from lambdaward.reports.totals import WORST_FIRST, by_severity, headline, reading, severity_name
from lambdaward.reports.troubles import troubles

MOST_FUNCTIONS = 10
MOST_REASONS = 3
MOST_PROBLEMS = 10
MOST_NAMES = 3
WIDEST_NAME = 40
LEAST_PLACE = 20

Row = tuple[str, str, Mapping[Severity, int]]


def problems(scan: Scan, estate: Estate, style: Style) -> Iterator[str]:
    """What could not be read, what does not count, and suppressions that match nothing."""
    every = troubles(scan, estate)
    shown = every if style.verbose else every[:MOST_PROBLEMS]
    for problem in shown:
        word, colour = ("error", ERROR) if problem.fatal else ("warning", WARNING)
        first, *rest = style.wrap(f"{word}: ", problem.message)
        yield style.paint(word, colour) + first.removeprefix(word)
        yield from rest
        yield f"{style.paint(' -->', FRAME)} {visible(line_label(problem.file, problem.line))}"
        yield from style.wrap("  = help: ", problem.remedy) if problem.remedy else ()
        yield ""
    if len(every) > len(shown):
        yield f"... and {count(len(every) - len(shown), 'more problem')} (--verbose shows all)"
        yield ""


def open_questions(scan: Scan, style: Style) -> Iterator[str]:
    """The unsettled questions in a few lines: how many of each rule, and what would settle most of them."""
    if not scan.unsettled:
        return
    yield style.paint(f"{count(len(scan.unsettled), 'question')} stayed open", BOLD) + " (--verbose shows each)"
    names = Counter(f"{question.rule.id} {question.rule.name}" for question in scan.unsettled)
    reasons = Counter((u.reason, u.settle) for question in scan.unsettled for u in question.unknowns)
    yield from style.wrap("  ", ", ".join(f"{name} x{n}" if n > 1 else name for name, n in names.most_common()))
    for (reason, settle), number in reasons.most_common(MOST_REASONS):
        yield from style.wrap(f"  {number:>3} x ", f"{reason}; {settle}" if settle else reason)
    if len(reasons) > MOST_REASONS:
        yield f"      ... and {count(len(reasons) - MOST_REASONS, 'more reason')}"
    yield ""


def functions(scan: Scan, style: Style) -> Iterator[str]:
    """The functions that most is wrong with, as a table; left out when one function has it all."""
    found: dict[str, list[Finding]] = {}
    for finding in scan.findings:
        for name in finding.functions:
            found.setdefault(name, []).append(finding)
    if len(found) < 2:
        return
    ranked = sorted(found.items(), key=lambda item: (_weight(item[1]), item[0]))
    known = {function.id: function for function in scan.functions}
    rows = [_row(name, findings, known.get(name)) for name, findings in ranked[:MOST_FUNCTIONS]]
    present = [severity for severity in WORST_FIRST if any(severity in counts for _, _, counts in rows)]
    widest = max(columns(name) for name, _, _ in rows)
    width = max(min(widest, WIDEST_NAME, style.width - 10 * len(present)), len("function"))
    yield style.paint(f"{'function':<{width}}" + "".join(f"{severity_name(s):>10}" for s in present), BOLD)
    for name, place, counts in rows:
        cells = "".join(_cell(counts.get(severity, 0), severity, style) for severity in present)
        room = style.width - width - 10 * len(present) - 2
        beside = f"  {style.paint(clipped_left(place, room), FAINT)}" if room >= LEAST_PLACE else ""
        yield clipped(name, width) + " " * max(width - columns(name), 0) + cells + beside
    if len(ranked) > MOST_FUNCTIONS:
        yield style.paint(f"... and {count(len(ranked) - MOST_FUNCTIONS, 'more function')}", FAINT)
    yield ""


def _row(name: str, findings: list[Finding], function: FunctionSummary | None) -> Row:
    """The name and the place of a function, and how much was found."""
    shown, place = (function.shown, line_label(function.file, function.line)) if function else (name, "")
    return visible(shown), visible(place), by_severity(findings)


def _weight(findings: list[Finding]) -> tuple[int, ...]:
    counts = by_severity(findings)
    return tuple(-counts.get(severity, 0) for severity in WORST_FIRST)


def _cell(number: int, severity: Severity, style: Style) -> str:
    text = f"{number or '.':>10}"
    return style.paint(text, SEVERITY[severity]) if number else style.paint(text, FAINT)


def coverage(scan: Scan, estate: Estate, style: Style) -> Iterator[str]:
    """What was read, and what was not, in a few lines."""
    facts = estate.coverage
    yield from style.wrap("read: ", reading(scan, estate))
    if facts.unmodelled:
        number = count(sum(facts.unmodelled.values()), "resource")
        kinds = [f"{kind} x{n}" if n > 1 else kind for kind, n in Counter(facts.unmodelled).most_common()]
        first, *others = _first(kinds, "more type", style)
        yield from style.listing("counted, not judged: ", (f"{number}: {first}", *others))
    yield from _reasons("not read", "file", facts.skipped, style)
    yield from _reasons("left out", "resource", facts.excluded, style)
    if facts.assumed:
        defaults = (f"{key.rpartition(':')[2]} = {clipped(value, WIDEST_NAME)}" for key, value in facts.assumed.items())
        yield from style.listing("assumed: ", _first(list(dict.fromkeys(defaults)), "more default", style))


def _reasons(title: str, noun: str, entries: Mapping[str, str], style: Style) -> Iterator[str]:
    """What is not in the scan, by why: one by its name, several by their number, each when everything is spelled out."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in entries.items():
        by_reason.setdefault(reason, []).append(name)
    ranked = sorted(by_reason.items(), key=lambda item: -len(item[1]))
    for reason, names in ranked if style.verbose else ranked[:MOST_REASONS]:
        who = names[0] if len(names) == 1 else count(len(names), noun)
        yield from style.wrap(f"{title}: ", f"{who} ({reason})")
        yield from style.listing("  ", names) if style.verbose and len(names) > 1 else ()
    if len(ranked) > MOST_REASONS and not style.verbose:
        left = sum(len(names) for _, names in ranked[MOST_REASONS:])
        yield from style.wrap(f"{title}: ", f"{count(left, f'more {noun}')} (--verbose shows why)")


def _first(names: Sequence[str], noun: str, style: Style) -> Iterator[str]:
    """Names, of many only the first unless everything is to be spelled out."""
    shown = names if style.verbose or len(names) <= MOST_NAMES + 1 else names[:MOST_NAMES]
    yield from shown
    if len(names) > len(shown):
        yield count(len(names) - len(shown), noun)


def closing(scan: Scan, style: Style) -> str:
    """The one closing line."""
    text = headline(scan)
    colour = SEVERITY[scan.findings[0].severity] if scan.findings else GOOD
    return style.paint(text[0].upper() + text[1:] + ".", colour)
