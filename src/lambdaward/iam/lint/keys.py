"""Remarks on condition keys: those that no request has, and operators that do not suit them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lambdaward.catalog import Action, ConditionKey, global_key
from lambdaward.iam.conditions import Predicate
from lambdaward.iam.context import Context
from lambdaward.iam.language import Condition
from lambdaward.iam.lint.remark import Remark
from lambdaward.iam.lint.said import Said

_HOLE = re.compile(r"\\\$\\{.*?\\}")
_NOTHING = Context()
# Keys of whatever is asked with credentials that a service gave to its function, instance, job or portal.
_OF_CREDENTIALS = frozenset(
    {
        "ec2:roledelivery",
        "ec2:sourceinstancearn",
        "glue:credentialissuingservice",
        "glue:roleassumedby",
        "identitystore:userid",
        "lambda:sourcefunctionarn",
        "ssm:sourceinstancearn",
    }
)


def no_such_key(said: Said) -> Iterator[Remark]:
    """A key that no action of the statement carries, so that its condition holds always, or never."""
    if not said.is_listed or any(_says_nothing(action) for _, found in said.actions for action in found):
        return
    carried = _named(key for _, found in said.actions for action in found for key in _carried(action))
    for condition in said.statement.conditions:
        key = condition.key.lower()
        if not _is_elsewhere(key) and not any(name.fullmatch(key) for name in carried):
            held = Predicate(condition, variables=said.variables).holds(_NOTHING)
            what = "always" if held is True else "never"
            reason = f"no action of the statement carries {condition.key}: the condition {what} holds"
            yield Remark("no-such-key", condition.path, reason)


def set_operator(said: Said) -> Iterator[Remark]:
    """A key of several values without a set operator, and one of a single value with one."""
    for condition in said.statement.conditions:
        many, qualifier = _is_many(condition.key, said), condition.qualifier
        if many and not qualifier and condition.operator != "Null":
            reason = (
                f"{condition.key} has several values: without ForAllValues or ForAnyValue the condition never holds"
            )
            yield Remark("set-operator", condition.path, reason)
        elif many is False and qualifier == "ForAllValues" and said.statement.allow and not _asks_for(condition, said):
            reason = (
                f"{condition.key} has one value: with ForAllValues the condition holds also for requests without it"
            )
            yield Remark("set-operator", condition.path, reason)


def _asks_for(condition: Condition, said: Said) -> bool:
    """Whether the statement asks beside that the key be there."""
    key = condition.key.lower()
    return any(other.operator == "Null" and other.key.lower() == key for other in said.statement.conditions)


def _is_many(name: str, said: Said) -> bool | None:
    """Whether a key may have several values; `None` when that is not known."""
    known = global_key(name)
    if known is not None:
        return known.many
    found = (key for _, found in said.actions for action in found for key in _carried(action))
    return next((key.many for key in found if key.name.lower() == name.lower()), None)


def _says_nothing(action: Action) -> bool:
    return action.targets is None


def _carried(action: Action) -> Iterator[ConditionKey]:
    """The keys of an action and of what it works on."""
    yield from action.keys
    for target in action.targets or ():
        yield from (*target.keys, *target.type.keys)


def _named(keys: Iterable[ConditionKey]) -> list[re.Pattern[str]]:
    """Patterns of the names of keys. A part that varies is any text; behind a slash, where tags are named, everything is."""
    names = {key.name.lower() for key in keys}
    shapes = {f"{name.partition('/')[0]}/${{}}" if "/" in name else name for name in names}
    return [re.compile(_HOLE.sub(".*", re.escape(shape)), re.DOTALL) for shape in sorted(shapes)]


def _is_elsewhere(key: str) -> bool:
    """Whether a key may come from elsewhere than from the action: AWS adds it to any request, or an identity provider does."""
    prefix = key.partition(":")[0]
    if prefix == "aws":
        return global_key(key) is not None
    return "." in prefix or "/" in prefix or key in _OF_CREDENTIALS
