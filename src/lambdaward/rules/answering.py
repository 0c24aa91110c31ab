"""Small helpers that rules share: turning verdicts into answers, and reading a rule's settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lambdaward.findings import Setting
from lambdaward.model import (
    Function,
    Link,
    No,
    OneOf,
    Unknown,
    Unsure,
    Value,
    Verdict,
    Yes,
    alternatives,
    unknowns,
)
from lambdaward.rules.rule import Doubt, Found, doubt

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis


def answer(verdict: Verdict, found: Found, question: str) -> Iterator[Found | Doubt]:
    """The finding when the verdict is yes, a doubt with the question when it is unsure, nothing when it is no."""
    match verdict:
        case Yes():
            yield found
        case Unsure():
            yield doubt(found.record, found.place, question, verdict, key=found.key)


def judge(value: Value, test: Callable[[Value], Verdict]) -> Verdict:
    """A test's verdict about a value: about each of its alternatives, and unsure when they differ."""
    verdicts = [test(option) for option in alternatives(value)]
    doubts = tuple(unknown for verdict in verdicts if isinstance(verdict, Unsure) for unknown in verdict.unknowns)
    if doubts:
        return Unsure(doubts)
    if isinstance(value, OneOf) and len({type(verdict) for verdict in verdicts}) > 1:
        return Unsure((Unknown(value.reason),))
    return verdicts[0]


def absent(value: Value) -> Verdict:
    """Whether nothing is set: unsure only when an alternative sets nothing."""
    options = alternatives(value)
    if all(option is None for option in options):
        return Yes()
    if isinstance(value, OneOf) and None in options:
        return Unsure((Unknown(value.reason),))
    return No()


def undecided(value: Value) -> Unsure:
    """Unsure, for a value that is not wholly known."""
    return Unsure(tuple(unknowns(value)) or (Unknown("a part of the value is only known after deployment"),))


def unlinked(link: Link | None) -> Verdict:
    """Whether a link is absent: unsure when an unresolved condition decides."""
    if link is None:
        return Yes()
    if not link.possible:
        return No()
    found = tuple(unknowns(link.value))
    precise = tuple(unknown for unknown in found if unknown.settle)
    return Unsure(precise or found or (Unknown("a condition decides whether it is set"),))


def setting(analysis: Analysis, rule: str, wanted: Setting) -> int:
    """What a project sets for a rule, or the default."""
    return analysis.given.settings.get(rule, {}).get(wanted.name, wanted.default)


def lacking(
    analysis: Analysis, path: str, read: Callable[[Function], Value | Link], message: str
) -> Iterator[Found | Doubt]:
    """A finding for each function that sets nothing at a property. In `message`, `{}` stands for the function's name."""
    for function in analysis.estate.all(Function):
        value = read(function)
        verdict = unlinked(value) if isinstance(value, Link) else absent(value)
        found = Found(record=function, place=function.place(*path.split(".")), message=message.format(function.shown))
        yield from answer(verdict, found, f"is {path} of {function.shown} set?")
