"""Truth with conditions: true, false, or a formula over what is not known.

`True` and `False` are plain booleans, so that a wholly known question costs nothing extra. Anything else says what would have
to be so: a `Doubt` (a part of a policy that is not known), a `Needs` (a condition on a context key that is not known), or
`AllOf` and `AnyOf` of such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Union

from msgspec import Struct

from lambdaward.iam.language import Condition, Source
from lambdaward.model import Unknown


class Doubt(Struct, frozen=True):
    """Something that is not known and cannot be said as a condition on the request: why, and what would settle it."""

    unknowns: tuple[Unknown, ...]


class Needs(Struct, frozen=True):
    """A condition of a statement, on a context key that is not known: it must hold, or (`inverted`) must not."""

    condition: Condition
    source: Source | None = None
    inverted: bool = False


class NeedsSession(Struct, frozen=True):
    """The name that the role session must have, or (`inverted`) must not have."""

    name: str
    source: Source | None = None
    inverted: bool = False


class AllOf(Struct, frozen=True):
    """Every one of several formulas holds."""

    parts: tuple[Formula, ...]


class AnyOf(Struct, frozen=True):
    """At least one of several formulas holds."""

    parts: tuple[Formula, ...]


Formula = Union[Doubt, Needs, NeedsSession, AllOf, AnyOf]
Truth = Union[bool, Formula]


def both(truths: Iterable[Truth]) -> Truth:
    """The conjunction: false as soon as one is false, true when all are, else the formulas that are left."""
    rest: dict[Formula, None] = {}
    for truth in truths:
        if truth is False:
            return False
        if truth is not True:
            rest.update(dict.fromkeys(truth.parts if isinstance(truth, AllOf) else (truth,)))
    if not rest:
        return True
    parts = _without_weaker(rest, AnyOf)
    return parts[0] if len(parts) == 1 else AllOf(parts)


def either(truths: Iterable[Truth]) -> Truth:
    """The disjunction: true as soon as one is true, false when none can be, else the formulas that are left."""
    rest: dict[Formula, None] = {}
    for truth in truths:
        if truth is True:
            return True
        if truth is not False:
            rest.update(dict.fromkeys(truth.parts if isinstance(truth, AnyOf) else (truth,)))
    if not rest:
        return False
    parts = _without_weaker(rest, AllOf)
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def _without_weaker(rest: dict[Formula, None], group: type[AllOf | AnyOf]) -> tuple[Formula, ...]:
    """The formulas without those that another one of them settles: `a` beside `a and b` in an either-or, for one."""
    if len(rest) == 1:
        return tuple(rest)
    return tuple(one for one in rest if not (isinstance(one, group) and any(part in rest for part in one.parts)))


def and_(left: Truth, right: Truth) -> Truth:
    """The conjunction of two."""
    if left is True or right is False:
        return right
    return left if right is True or left is False else both((left, right))


def or_(left: Truth, right: Truth) -> Truth:
    """The disjunction of two."""
    if left is False or right is True:
        return right
    return left if right is False or left is True else either((left, right))


def negate(truth: Truth) -> Truth:
    """The negation, pushed down to the leaves. A doubt is a doubt either way."""
    match truth:
        case bool():
            return not truth
        case Needs():
            return Needs(truth.condition, truth.source, not truth.inverted)
        case NeedsSession():
            return NeedsSession(truth.name, truth.source, not truth.inverted)
        case AllOf():
            return either(map(negate, truth.parts))
        case AnyOf():
            return both(map(negate, truth.parts))
    return truth


def leaves(truth: Truth) -> Iterator[Doubt | Needs | NeedsSession]:
    """What a truth depends on, in order."""
    match truth:
        case AllOf() | AnyOf():
            for part in truth.parts:
                yield from leaves(part)
        case Doubt() | Needs() | NeedsSession():
            yield truth


def unknowns(truth: Truth) -> tuple[Unknown, ...]:
    """What is not known and would settle a truth, each once."""
    return tuple(dict.fromkeys(unknown for leaf in leaves(truth) for unknown in _unknowns(leaf)))


def _unknowns(leaf: Doubt | Needs | NeedsSession) -> tuple[Unknown, ...]:
    match leaf:
        case Doubt():
            return leaf.unknowns
        case Needs():
            key = leaf.condition.key
            return (Unknown(f"the request's {key} is not known", f"say what {key} is"),)
    return (Unknown("the name of the role session is not known", "name the session"),)
