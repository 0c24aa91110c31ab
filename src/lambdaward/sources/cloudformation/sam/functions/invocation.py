"""EventInvokeConfig: how a function is called asynchronously, and where results go, with what the role needs for that."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from lambdaward.sources.cloudformation.node import MapNode, Node, Span
from lambdaward.sources.cloudformation.sam.building import Draft, get_att, ref, when
from lambdaward.sources.cloudformation.sam.destinations import DESTINATIONS, destination_policy
from lambdaward.sources.cloudformation.sam.functions.alias import Published
from lambdaward.sources.cloudformation.sam.hashing import hashed_id
from lambdaward.sources.cloudformation.sam.reading import branches, dig, is_no_value, is_null, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import Role
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

MADE: dict[str, tuple[str, str, Callable[[str], dict[str, Draft]]]] = {
    "SQS": ("Queue", "AWS::SQS::Queue", get_att),
    "SNS": ("Topic", "AWS::SNS::Topic", ref),
}


class Wanted(Struct, frozen=True):
    """A destination that a function asks for. `name` begins the logical ids of what is made for it."""

    function: Resource
    name: str
    config: MapNode
    at: Span

    @property
    def kind(self) -> str:
        """The type of the destination."""
        return text(self.config.get("Type"))


def lower_invocation(stack: Stack, function: Resource, role: Role, published: Published | None) -> None:
    """Add a function's EventInvokeConfig, the queues and topics that it leaves to SAM, and their policies to the role."""
    config = function.get("EventInvokeConfig")
    if not isinstance(config, MapNode):
        return
    name = f"{function.id}EventInvokeConfig"
    destinations = {
        kind: {"Destination": _destination(stack, role, Wanted(function, name + kind, node, _key(function, kind)))}
        for kind in ("OnSuccess", "OnFailure")
        if isinstance(node := dig(config, "DestinationConfig", kind), MapNode)
    }
    properties = {
        "FunctionName": {"Ref": function.id},
        "Qualifier": published.name if published else "$LATEST",
        "DestinationConfig": destinations,
        "MaximumEventAgeInSeconds": stack.known(config.get("MaximumEventAgeInSeconds")),
        "MaximumRetryAttempts": stack.known(config.get("MaximumRetryAttempts")),
    }
    attributes = {**function.kept, "DependsOn": [published.alias] if published else None}
    by = Made(function.key("EventInvokeConfig"), attributes)
    stack.make(name, "AWS::Lambda::EventInvokeConfig", properties, by)


def _key(function: Resource, kind: str) -> Span:
    return function.key("EventInvokeConfig", "DestinationConfig", kind)


def _destination(stack: Stack, role: Role, wanted: Wanted) -> Draft:
    given = wanted.config.get("Destination")
    condition, own = _own(stack, wanted.function, given)
    arn: Draft = given
    if given is None or is_null(given) or condition:
        if wanted.kind not in MADE:
            remedy = "give its ARN, or Type SQS or SNS to have one made"
            stack.problem(wanted.at, f"{wanted.name} has no Destination", remedy)
            return None
        arn = _made(stack, wanted, condition)
        arn = when(condition, arn, own) if condition else arn
    if wanted.kind in DESTINATIONS:
        role.allow(destination_policy(wanted.kind, wanted.name, arn), wanted.at)
    else:
        stack.problem(wanted.at, f"{wanted.name} has no known Type", "give SQS, SNS, EventBridge, Lambda or S3Bucket")
    return arn


def _own(stack: Stack, function: Resource, given: Node | None) -> tuple[str, Node | None]:
    """For a destination that a condition leaves out: the condition under which SAM makes one, and the user's own."""
    parts = branches(given)
    if parts is None or is_no_value(parts[1]) == is_no_value(parts[2]):
        return "", None
    condition, yes, no = parts
    if is_no_value(yes):
        return text(condition), no
    negated = hashed_id(f"NOT{text(condition)}", f"{function.id}EventInvokeConfig")
    stack.condition(negated, {"Fn::Not": [{"Condition": condition}]}, condition.span)
    return negated, yes


def _made(stack: Stack, wanted: Wanted, condition: str) -> Draft:
    suffix, kind, reference = MADE[wanted.kind]
    attributes: dict[str, Draft] = dict(wanted.function.inherited)
    if condition:
        own = text(wanted.function.condition)
        attributes["Condition"] = _both(stack, wanted.function, own, condition) if own else condition
    return reference(stack.make(wanted.name + suffix, kind, {}, Made(wanted.at, attributes)))


def _both(stack: Stack, function: Resource, first: str, second: str) -> str:
    name = hashed_id(f"{first}AND{second}", function.id)
    value = {"Fn::And": [{"Condition": first}, {"Condition": second}]}
    return stack.condition(name, value, function.at)
