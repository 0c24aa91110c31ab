"""Reading the Condition element: operators, keys and values."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle

from lambdaward.iam.language.members import options, texts
from lambdaward.iam.language.operators import operator
from lambdaward.iam.language.policy import Condition, Fault
from lambdaward.model import OneOf, Path, Unknown, Value

Alternative = tuple[tuple[Condition, ...], tuple[Unknown, ...]]
NOTHING: Alternative = ((), ())
_MOST = 32
_TOO_MANY = Unknown("the conditions depend on too many alternatives", "give the parameters that decide them")


def conditions(value: Value, path: Path, faults: list[Fault]) -> list[Alternative]:
    """What the element may say: its conditions, and why it may say something else. An absent element says nothing."""
    found: list[Alternative] = []
    for option, doubt in options(value):
        read = _block(option, path, faults)
        found += [(conditions, doubts if doubt is None else (doubt, *doubts)) for conditions, doubts in read]
    return found


def _block(value: Value, path: Path, faults: list[Fault]) -> list[Alternative]:
    if value is None:
        return [NOTHING]
    if not isinstance(value, Mapping):
        return _unreadable(value, path, faults)
    return _joined([_operator(name, inner, (*path, name), faults) for name, inner in value.items()])


def _operator(written: str, value: Value, path: Path, faults: list[Fault]) -> list[Alternative]:
    if operator(written) is None:
        faults.append(Fault(path, f"there is no condition operator {written}"))
    found: list[Alternative] = []
    for option, doubt in options(value):
        if isinstance(option, Mapping):
            read = _joined([_key(written, key, inner, (*path, key), faults) for key, inner in option.items()])
        else:
            read = [NOTHING] if option is None else _unreadable(option, path, faults)
        found += [(conditions, doubts if doubt is None else (doubt, *doubts)) for conditions, doubts in read]
    return found


def _key(written: str, key: str, value: Value, path: Path, faults: list[Fault]) -> list[Alternative]:
    """The condition on one key; a key that an alternative leaves out is no condition in that alternative."""
    qualifier, name, if_exists = operator(written) or ("", written, False)
    read = Condition(name, key, texts(value, path, faults), path, qualifier, if_exists)
    if value is None:
        return [NOTHING]
    if isinstance(value, OneOf) and None in value.options:
        why = (Unknown(value.reason),)
        return [((read,), why), ((), why)]
    return [((read,), ())]


def _unreadable(value: Value, path: Path, faults: list[Fault]) -> list[Alternative]:
    if isinstance(value, Unknown):
        return [((), (value,))]
    faults.append(Fault(path, "conditions are an object of operators, keys and values"))
    return [((), (Unknown("the condition is not one"),))]


def _joined(groups: list[list[Alternative]]) -> list[Alternative]:
    """Every way to choose one alternative of each group."""
    joined: list[tuple[list[Condition], list[Unknown]]] = [([], [])]
    for group in groups:
        if len(group) > 1:
            joined = [([*one], [*other]) for one, other in joined for _ in group]
        if len(joined) > _MOST:
            return [((), (_TOO_MANY,))]
        for one, other in zip(joined, cycle(group), strict=False):
            one[0].extend(other[0])
            one[1].extend(other[1])
    return [(tuple(conditions), tuple(doubts)) for conditions, doubts in joined]
