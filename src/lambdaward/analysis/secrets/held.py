"""One value of the estate and what it is."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lambdaward.model import (
    OneOf,
    Place,
    Record,
    Redacted,
    Text,
    Unknown,
    Value,
    literal,
    show,
)
from lambdaward.secrets import Answer, Leak, Reference, judge


class Held(Struct, frozen=True):
    """A value with a name: who holds it, where, and what each of its alternatives is. Unknown ones stay unknown."""

    record: Record
    place: Place
    name: str
    answers: tuple[Answer | Unknown, ...]

    @property
    def leak(self) -> Leak | None:
        """The surest leak among its alternatives."""
        return max(
            (answer for answer in self.answers if isinstance(answer, Leak)), key=lambda one: one.sureness, default=None
        )

    @property
    def references(self) -> tuple[Reference, ...]:
        """What its alternatives refer to."""
        return tuple(answer for answer in self.answers if isinstance(answer, Reference))

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """Why alternatives are not known."""
        return tuple(answer for answer in self.answers if isinstance(answer, Unknown))


def answers(name: str, value: Value) -> Iterator[Answer | Unknown]:
    """What each alternative of a value is. What stands for a hole in a text is written as templates write it."""
    match value:
        case Redacted():
            yield from answers(name, value.reveal())
        case OneOf():
            for option in value.options:
                yield from answers(name, option)
        case Unknown():
            yield value
        case Text():
            yield judge(name, show(value))
        case _:
            if known := literal(value):
                yield judge(name, known)
