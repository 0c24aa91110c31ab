"""Conditions that must not hold, written as conditions that must.

`Needs.inverted` is exact. Written with AWS's own operators it reads more easily, and for most operators is exact as well. Where
AWS has no operator for it (comparisons of order, `Bool`), the opposite is written for a request that has the key.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.iam.truth import Needs

Shape = tuple[str, str, tuple[str, ...]]

_PAIRS = (
    ("StringEquals", "StringNotEquals"),
    ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    ("StringLike", "StringNotLike"),
    ("NumericEquals", "NumericNotEquals"),
    ("NumericLessThan", "NumericGreaterThanEquals"),
    ("NumericLessThanEquals", "NumericGreaterThan"),
    ("DateEquals", "DateNotEquals"),
    ("DateLessThan", "DateGreaterThanEquals"),
    ("DateLessThanEquals", "DateGreaterThan"),
    ("IpAddress", "NotIpAddress"),
    ("ArnEquals", "ArnNotEquals"),
    ("ArnLike", "ArnNotLike"),
    ("BinaryEquals", "BinaryNotEquals"),
    ("Bool", "Bool"),
    ("Null", "Null"),
)
_OPPOSITES = {**dict(_PAIRS), **{other: one for one, other in _PAIRS}}
_FLIPPED = {"true": "false", "false": "true"}
_SETS = {"ForAllValues": "ForAnyValue", "ForAnyValue": "ForAllValues"}


def written(needs: Needs) -> Iterator[Shape]:
    """The conditions (operator, key, values) that a need comes down to; several are all needed, or for `ForAnyValue` one."""
    condition = needs.condition
    values = tuple(str(part.value) for part in condition.values)
    if not needs.inverted:
        yield condition.name, condition.key, values
        return
    opposite = _OPPOSITES.get(condition.operator, condition.operator)
    if opposite in ("Bool", "Null"):
        values = tuple(_FLIPPED.get(value.lower(), value) for value in values)
    presence = _presence(needs)
    if presence is not None:
        yield "Null", condition.key, (presence,)
    qualifier = _SETS.get(condition.qualifier, "")
    yield f"{qualifier}:{opposite}" if qualifier else opposite, condition.key, values


def _presence(needs: Needs) -> str | None:
    """What `Null` asks for beside the opposite: the key is there where its absence would let the condition hold, and may be
    absent where a set operator would not."""
    condition = needs.condition
    if condition.qualifier == "ForAnyValue":
        return "true"
    by_default = condition.if_exists and not _is_negated(condition.operator)
    return "false" if by_default or condition.qualifier == "ForAllValues" else None


def _is_negated(operator: str) -> bool:
    return "Not" in operator
