"""The end of the terminal report: what stayed open, what could not be read, and the numbers, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lambdaward.findings import Finding, Scan, Severity, Suppression
from lambdaward.model import Estate, Problem
from lambdaward.reports.places import line_label
from lambdaward.reports.terminal.style import BOLD, ERROR, FAINT, FRAME, GOOD, SEVERITY, WARNING, Style
from lambdaward.reports.text import columns, count, visible
from lambdaward.reports.totals import WORST_FIRST, by_severity, headline, reading, severity_name

MOST_FUNCTIONS = 10
MOST_REASONS = 3
MOST_PROBLEMS = 10


def problems(scan: Scan, estate: Estate, style: Style) -> Iterator[str]:
    """What could not be read, what does not count, and suppressions that match nothing."""
    every = [*estate.coverage.problems, *scan.problems, *map(_stale, scan.stale)]
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


def _stale(by: Suppression) -> Problem:
    text = f"the suppression of {', '.join(by.rules)} matches nothing"
    return Problem(by.file or by.source, text, "take it out", by.line, fatal=False)


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
    shown = {function.id: visible(function.shown) for function in scan.functions}
    rows = [(shown.get(name, visible(name)), by_severity(findings)) for name, findings in ranked[:MOST_FUNCTIONS]]
    present = [severity for severity in WORST_FIRST if any(severity in counts for _, counts in rows)]
    width = min(max(len("function"), *(columns(name) for name, _ in rows)), style.width - 10 * len(present))
    yield style.paint(f"{'function':<{width}}" + "".join(f"{severity_name(s):>10}" for s in present), BOLD)
    for name, counts in rows:
        yield f"{name[:width]:<{width}}" + "".join(
            _cell(counts.get(severity, 0), severity, style) for severity in present
        )
    if len(ranked) > MOST_FUNCTIONS:
        yield style.paint(f"... and {count(len(ranked) - MOST_FUNCTIONS, 'more function')}", FAINT)
    yield ""


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
        kinds = sorted(facts.unmodelled.items(), key=lambda item: (-item[1], item[0]))
        named = ", ".join(f"{kind} x{n}" if n > 1 else kind for kind, n in (kinds if style.verbose else kinds[:3]))
        rest = f" and {count(len(kinds) - 3, 'more type')}" if len(kinds) > 3 and not style.verbose else ""
        yield from style.wrap(
            "counted, not judged: ", f"{count(sum(facts.unmodelled.values()), 'resource')} ({named}{rest})"
        )
    for name, entries in (("left out", facts.excluded), ("not read", facts.skipped), ("assumed", facts.assumed)):
        if entries:
            told = [f"{key} ({reason})" for key, reason in entries.items()] if style.verbose else []
            yield from style.wrap(f"{name}: ", ", ".join(told) or _short(list(entries), 3))


def _short(names: list[str], most: int) -> str:
    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def closing(scan: Scan, style: Style) -> str:
    """The one closing line."""
    text = headline(scan)
    colour = SEVERITY[scan.findings[0].severity] if scan.findings else GOOD
    return style.paint(text[0].upper() + text[1:] + ".", colour)
