"""EventInvokeConfig: how a function is called asynchronously, and where results go, with what the role needs for that."""

from __future__ import annotations

from collections.abc import Callable

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, build, get_att, ref, when
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


def lower_invocation(stack: Stack, function: Resource, role: Role, published: Published | None) -> None:
    """Add a function's EventInvokeConfig, the queues and topics that it leaves to SAM, and their policies to the role."""
    config = function.get("EventInvokeConfig")
    if not isinstance(config, MapNode):
        return
    name = f"{function.id}EventInvokeConfig"
    destinations = {
        kind: {"Destination": _destination(stack, function, role, (name + kind, node))}
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
    attributes = dict(function.kept)
    attributes.pop("DependsOn", None)
    depends = {"DependsOn": [published.alias]} if published else {}
    by = Made(function.properties.entries["EventInvokeConfig"].key_span, {**attributes, **depends})
    stack.make(name, "AWS::Lambda::EventInvokeConfig", properties, by)


def _destination(stack: Stack, function: Resource, role: Role, which: tuple[str, MapNode]) -> Draft:
    name, config = which
    kind, given = text(config.get("Type")), config.get("Destination")
    condition, own = _own(stack, function, given)
    arn: Draft = given
    if given is None or is_null(given) or condition:
        if kind not in MADE:
            stack.problem(
                config.span, f"{name} has no Destination", "give its ARN, or Type SQS or SNS to have one made"
            )
            return None
        arn = _made(stack, function, name, config, condition)
        arn = build(when(condition, arn, own), config.span) if condition else arn
    if kind in DESTINATIONS:
        role.inline.append(build(destination_policy(kind, name, arn), config.span))
    else:
        stack.problem(config.span, f"{name} has no known Type", "give SQS, SNS, EventBridge, Lambda or S3Bucket")
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


def _made(stack: Stack, function: Resource, name: str, config: MapNode, condition: str) -> Draft:
    suffix, kind, reference = MADE[text(config.get("Type"))]
    attributes: dict[str, Draft] = dict(function.inherited)
    if condition:
        own = text(function.condition)
        attributes["Condition"] = _both(stack, function, own, condition) if own else condition
    return reference(stack.make(name + suffix, kind, {}, Made(config.span, attributes)))


def _both(stack: Stack, function: Resource, first: str, second: str) -> str:
    name = hashed_id(f"{first}AND{second}", function.id)
    value = {"Fn::And": [{"Condition": first}, {"Condition": second}]}
    return stack.condition(name, value, function.at)
