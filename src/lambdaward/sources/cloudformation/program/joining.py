"""Joining values to texts, so that a redacted part makes a redacted whole and an alternative one for each option."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from lambdaward.model import OneOf, Redacted, Text, Unknown, Value, alternatives, literal, one_of, text

MOST = 16


def join(values: Sequence[Value]) -> Value:
    """The text that the values make one after another."""
    choices = [alternatives(value) for value in values]
    count = 1
    for choice in choices:
        count *= len(choice)
    reasons = [value.reason for value in values if isinstance(value, OneOf)]
    if count > MOST:
        return Unknown("too many alternatives to join", "give the parameters that decide them")
    return one_of([_join(combination) for combination in product(*choices)], "; ".join(dict.fromkeys(reasons)))


def _join(values: Sequence[Value]) -> Value:
    if any(isinstance(value, Redacted) for value in values):
        return Redacted(_join([value.reveal() if isinstance(value, Redacted) else value for value in values]))
    return text(*[part(value) for value in values])


def part(value: Value) -> str | Text | Unknown:
    """A value as a part of a text. Absent is empty; what is no text is unknown."""
    if isinstance(value, Text | Unknown):
        return value
    if value is None:
        return ""
    known = literal(value)
    return (
        Unknown("a list or mapping stands where a text is expected", "correct the template") if known is None else known
    )
