"""Joining values to texts, so that a redacted part makes a redacted whole and an alternative one for each option."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from lambdaward.model import OneOf, Redacted, Text, Unknown, Value, alternatives, literal, one_of, text
from lambdaward.sources.cloudformation.program.bounds import MOST_HOLES, Bounds

MOST = 16


def join(values: Sequence[Value], bounds: Bounds, delimiter: str = "") -> Value:
    """The text that the values make one after another, absent ones left out, with a delimiter between them."""
    reasons = [value.reason for value in values if isinstance(value, OneOf)]
    if not reasons:
        return _join(values, bounds, delimiter)
    choices = [alternatives(value) for value in values]
    count = 1
    for choice in choices:
        count *= len(choice)
        if count > MOST:
            return Unknown("too many alternatives to join", "give the parameters that decide them")
    joined = [_join(combination, bounds, delimiter) for combination in product(*choices)]
    return one_of(joined, "; ".join(dict.fromkeys(reasons)))


def _join(values: Sequence[Value], bounds: Bounds, delimiter: str) -> Value:
    if any(isinstance(value, Redacted) for value in values):
        shown = [value.reveal() if isinstance(value, Redacted) else value for value in values]
        return Redacted(join(shown, bounds, delimiter))
    parts = [piece for value in values if value is not None for piece in (delimiter, part(value))][1:]
    if not bounds.may_write(sum(map(_length, parts))):
        return Unknown("a text that is too long to put together", "shorten it")
    return text(*parts)


def _length(part: str | Text | Unknown) -> int:
    """The length of a part. A hole counts for many characters, so that the number of holes is bounded too."""
    if isinstance(part, str):
        return len(part)
    pieces = part.parts if isinstance(part, Text) else (part,)
    return sum(len(piece) if isinstance(piece, str) else (1 << 20) // MOST_HOLES for piece in pieces)


def part(value: Value) -> str | Text | Unknown:
    """A value as a part of a text. What is no text is unknown."""
    if isinstance(value, Text | Unknown):
        return value
    known = literal(value)
    if known is None:
        return Unknown("a list or mapping stands where a text is expected", "correct the template")
    return known
