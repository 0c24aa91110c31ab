"""Which functions links lead to, and which functions are invoked asynchronously."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.catalog import service
from lambdaward.model import (
    Alias,
    Estate,
    EventRule,
    Function,
    FunctionVersion,
    Link,
    Permission,
    Place,
    ResourceId,
    Schedule,
    literal,
)


def function_of(estate: Estate, link: Link | None) -> Function | None:
    """The function that a link leads to, directly or through one of its versions or aliases."""
    for _ in range(3):
        if function := estate.follow(Function, link):
            return function
        step = estate.follow(Alias, link) or estate.follow(FunctionVersion, link)
        if step is None:
            return None
        link = step.function
    return None


def asynchronous(estate: Estate) -> dict[ResourceId, tuple[str, Place]]:
    """The functions that some service invokes without waiting for the result: which service, and where that is written."""
    found: dict[ResourceId, tuple[str, Place]] = {}
    for name, link, place in _callers(estate):
        function = function_of(estate, link)
        if function:
            found.setdefault(function.id, (name, place))
    return found


def _callers(estate: Estate) -> Iterator[tuple[str, Link | None, Place]]:
    for permission in estate.all(Permission):
        caller = service(literal(permission.principal) or "")
        if caller and caller.invocation == "asynchronous":
            yield caller.service, permission.function, permission.place("Principal")
    for rule in estate.all(EventRule):
        for target in rule.targets:
            yield "Amazon EventBridge", target.arn, target.place("Arn")
    for schedule in estate.all(Schedule):
        yield "Amazon EventBridge Scheduler", schedule.target, schedule.place("Target", "Arn")
