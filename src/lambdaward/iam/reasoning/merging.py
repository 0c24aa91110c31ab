"""Statements that differ in one list only are one statement with both lists. That holds of lists of which one value is enough."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from msgspec import structs

from lambdaward.iam.conditions import OPERATORS
from lambdaward.iam.language import Condition, Part, Statement

_ACTIONS, _RESOURCES, _CONDITIONS = "actions", "resources", "conditions"


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """As few statements as that makes, in the order of the first of each."""
    found = list(statements)
    before = 0
    while len(found) != before:
        before = len(found)
        for what in (_ACTIONS, _RESOURCES, _CONDITIONS):
            found = _by(what, found)
    return found


def _by(what: str, statements: Sequence[Statement]) -> list[Statement]:
    found: dict[Hashable, Statement] = {}
    for number, statement in enumerate(statements):
        said = _said(statement)
        del said[what]
        key = (what, frozenset(said.items()), _open(what, statement, number))
        found[key] = _both(found[key], statement, what) if key in found else statement
    return list(found.values())


def _said(statement: Statement) -> dict[str, Hashable]:
    """What a statement says, in parts; equal for equal parts, however their values are ordered."""
    principals, resources = statement.principals, statement.resources
    named = None if principals is None else frozenset((p.kind, p.value) for p in principals)
    return {
        "effect": statement.allow,
        "principals": (statement.not_principal, named),
        _ACTIONS: (statement.not_action, frozenset(str(part.value).lower() for part in statement.actions or ())),
        _RESOURCES: (statement.not_resource, None if resources is None else _texts(resources)),
        _CONDITIONS: frozenset((c.name, c.key.lower(), _texts(c.values)) for c in statement.conditions),
    }


def _texts(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset(str(part.value) for part in parts)


def _open(what: str, statement: Statement, number: int) -> Hashable:
    """What must be equal beside the rest, so that lists may be joined; of its own (`number`) where they may not."""
    if what == _ACTIONS:
        return number if statement.not_action else None
    if what == _RESOURCES:
        return number if statement.not_resource or statement.resources is None else None
    if len(statement.conditions) != 1 or not _is_any(statement.conditions[0]):
        return number
    (condition,) = statement.conditions
    return condition.name, condition.key.lower()


def _is_any(condition: Condition) -> bool:
    """Whether a condition holds when it holds with one of its values."""
    known = OPERATORS.get(condition.operator)
    return known is not None and not known.negated and condition.qualifier != "ForAllValues"


def _both(one: Statement, other: Statement, what: str) -> Statement:
    sid = one.sid or other.sid
    if what == _ACTIONS:
        return structs.replace(one, sid=sid, actions=_joined(one.actions, other.actions, fold=True))
    if what == _RESOURCES:
        return structs.replace(one, sid=sid, resources=_joined(one.resources, other.resources))
    (left,), (right,) = one.conditions, other.conditions
    return structs.replace(one, sid=sid, conditions=(structs.replace(left, values=_joined(left.values, right.values)),))


def _joined(one: tuple[Part, ...] | None, other: tuple[Part, ...] | None, *, fold: bool = False) -> tuple[Part, ...]:
    """The parts of both, equal ones once."""
    found: dict[str, Part] = {}
    for part in (*(one or ()), *(other or ())):
        found.setdefault(str(part.value).lower() if fold else str(part.value), part)
    return tuple(found.values())
