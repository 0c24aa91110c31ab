"""Which functions links lead to, and which functions are invoked asynchronously."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdaward.analysis.exposure import target_of
from lambdaward.catalog import service
from lambdaward.model import Estate, Function, Link, Permission, Place, ResourceId, literal

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis

ASYNCHRONOUS = frozenset(
    {"config", "custom-resource", "destination", "events", "iot", "logs", "s3", "schedule", "ses", "sns"}
)


def function_of(estate: Estate, link: Link | None) -> Function | None:
    """The function that a link leads to, directly or through one of its versions or aliases."""
    return None if link is None else estate.get(Function, target_of(estate, link).function)


def asynchronous(analysis: Analysis) -> dict[ResourceId, tuple[str, Place]]:
    """The functions that some service invokes without waiting for the result: which one, and where that is written."""
    found: dict[ResourceId, tuple[str, Place]] = {}
    for trigger in analysis.exposure.all:
        if trigger.kind in ASYNCHRONOUS and trigger.target.function:
            found.setdefault(trigger.target.function, (trigger.shown, trigger.place))
    for permission in analysis.estate.all(Permission):
        caller = service(literal(permission.principal) or "")
        function = function_of(analysis.estate, permission.function)
        if function and caller and caller.invocation == "asynchronous":
            found.setdefault(function.id, (caller.service, permission.place("Principal")))
    return found
