"""Answers of the IAM engine for people and for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lambdaward.analysis.access import WORDS, Answer, Cited
from lambdaward.iam import Outcome
from lambdaward.model import Estate, FileOrigin, LiveOrigin, Origin
from lambdaward.reports.terminal.frame import frame, gutter_width
from lambdaward.reports.terminal.style import BOLD, ERROR, FRAME, GOOD, WARNING, Style
from lambdaward.reports.text import visible

_MOST_RUN = 3
_SPEAKING = ("account", "any account", "anonymous", "unknown")
COLOURS = {
    Outcome.ALLOWED: GOOD,
    Outcome.EXPLICITLY_DENIED: ERROR,
    Outcome.IMPLICITLY_DENIED: ERROR,
    Outcome.UNKNOWN: WARNING,
}


def lines(answer: Answer, estate: Estate, style: Style) -> Iterator[str]:
    """One answer in full: the outcome, each policy's part with the code that says so, and what would change it."""
    word = WORDS[answer.outcome]
    question = visible(f"{answer.asker.shown} {answer.action} {answer.target.shown}")
    yield f"{style.paint(word, COLOURS[answer.outcome])}: {question}"
    for side in answer.sides:
        yield f"{side.name}: {side.says}"
        for cited in side.cited:
            yield from _cited(cited, estate, style)
    if answer.condition:
        yield from style.wrap("allowed if: ", answer.condition)
    for unknown in answer.unknowns:
        yield from style.wrap("not known: ", unknown.reason)
    for change in answer.changes:
        yield from style.wrap("to change it: ", change)
    for note in answer.notes:
        yield from style.wrap("taken as given: ", note)


def summary(answer: Answer, runs: Sequence[str], style: Style) -> Iterator[str]:
    """One answer of many: who, by which statements, and on which condition. `runs` are functions that run as the principal."""
    allowed = answer.outcome is Outcome.ALLOWED
    word = style.paint("yes" if allowed else "perhaps", COLOURS[answer.outcome])
    who = answer.asker.shown if answer.asker.kind in _SPEAKING else f"{answer.asker.kind} {answer.asker.shown}"
    more = f" and {len(runs) - _MOST_RUN} more" if len(runs) > _MOST_RUN else ""
    yield f"{word}: {visible(who)}" + (f" (runs {visible(', '.join(runs[:_MOST_RUN]))}{more})" if runs else "")
    if answer.condition:
        yield from style.wrap("  if ", answer.condition)
    for side in answer.sides:
        for cited in side.cited:
            yield from style.wrap("  ", cited.shown)


def _cited(cited: Cited, estate: Estate, style: Style) -> Iterator[str]:
    yield from style.wrap("  ", cited.fact.text)
    gutter = gutter_width(cited.origin) + 2
    if cited.origin is not None:
        yield f"{style.paint(' ' * gutter + '-->', FRAME)} {style.place(cited.origin)}"
    yield from frame(estate, cited.origin, style, BOLD, gutter)


def data(answer: Answer) -> dict[str, Any]:
    """One answer as JSON."""
    return {
        "principal": answer.asker.shown,
        "kind": answer.asker.kind,
        "action": answer.action,
        "resource": answer.target.shown,
        "answer": WORDS[answer.outcome],
        "policies": [
            {"type": side.name, "says": side.says, "statements": [statement(cited) for cited in side.cited]}
            for side in answer.sides
        ],
        "condition": answer.condition,
        "unknowns": [{"reason": unknown.reason, "settle": unknown.settle} for unknown in answer.unknowns],
        "changes": list(answer.changes),
        "notes": list(answer.notes),
    }


def statement(cited: Cited) -> dict[str, Any]:
    """A statement with its place, as JSON."""
    return {"text": cited.fact.text, **place(cited.origin)}


def place(origin: Origin | None) -> dict[str, Any]:
    """Where something stands, as JSON."""
    match origin:
        case FileOrigin():
            return {"file": origin.file, "line": origin.line, "column": origin.column}
        case LiveOrigin():
            return {"account": origin.account, "region": origin.region, "arn": origin.arn}
    return {}
