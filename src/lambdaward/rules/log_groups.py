"""Which log group a function writes to."""

from __future__ import annotations

from lambdaward.model import Estate, Function, LogGroup, Ref, literal, parts

PREFIX = "/aws/lambda/"


def log_group(estate: Estate, function: Function) -> LogGroup | None:
    """The log group of the estate that a function writes to: the one it names, else the one with the name that Lambda gives."""
    if function.log_group is not None:
        return estate.follow(LogGroup, function.log_group)
    return next((group for group in estate.all(LogGroup) if _default(group, function)), None)


def _default(group: LogGroup, function: Function) -> bool:
    """Whether a group has the name that Lambda gives to the group of a function."""
    inner = parts(group.name)
    if inner == (PREFIX, Ref(function.id)):
        return True
    name = literal(function.name)
    return name is not None and literal(group.name) == PREFIX + name
