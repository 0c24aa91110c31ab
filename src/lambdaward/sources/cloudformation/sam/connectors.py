"""Connectors: what one resource may do with another, as a policy for a role, queue or topic, or as a permission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lambdaward.sources.cloudformation.node import Node
from lambdaward.sources.cloudformation.sam.building import Draft, build, put, sub, without
from lambdaward.sources.cloudformation.sam.facts import Profile, connectors
from lambdaward.sources.cloudformation.sam.reading import dig, entries, items, plain, target, text
from lambdaward.sources.cloudformation.sam.resource import SAM_PREFIX, Resource, resource
from lambdaward.sources.cloudformation.sam.roles import VERSION
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

PLAIN = {
    "Api": "AWS::ApiGateway::RestApi",
    "Function": "AWS::Lambda::Function",
    "HttpApi": "AWS::ApiGatewayV2::Api",
    "SimpleTable": "AWS::DynamoDB::Table",
    "StateMachine": "AWS::StepFunctions::StateMachine",
}
VALUES = ("Arn", "Name", "QueueUrl", "ResourceId", "RoleName", "Qualifier")
OUTPUTS = {"Arn": "Arn", "Name": "Name", "Url": "QueueUrl", "Id": "ResourceId", "Qualifier": "Qualifier"}
HOLES = ("Arn", "ResourceId", "Name", "Qualifier")


class End(Struct, frozen=True):
    """One end of a connector: the resource's plain type, and what is known of it, by the names in `VALUES`."""

    type: str
    values: Mapping[str, Draft]


class Connection(Struct, frozen=True):
    """A connector to one destination. `suffix` tells it from others of the same connector; `permissions` are the categories
    of access that it grants.
    """

    id: str
    source: End
    destination: End
    permissions: Sequence[str]
    made: Made
    suffix: str = ""

    @property
    def shown(self) -> str:
        """Both types, for people."""
        return f"{self.source.type} to {self.destination.type}"


def lower_connectors(stack: Stack, written: Sequence[Resource]) -> None:
    """Replace connectors, those that stand inside a resource too. All else is lowered by now: profiles speak of plain types."""
    for connector in [*_embedded(stack), *written]:
        source, given = connector.get("Source"), connector.get("Destination")
        permissions = [text(item) for item in items(connector.get("Permissions"))]
        for index, destination in enumerate(items(given)):
            suffix = f"Destination{index}" if given is not destination else ""
            near, far = _end(stack, connector, source, destination), _end(stack, connector, destination, source)
            if near is not None and far is not None:
                made = Made(connector.at, connector.kept)
                connect(stack, Connection(connector.id, near, far, permissions, made, suffix))


def _embedded(stack: Stack) -> Iterator[Resource]:
    """The connectors inside resources; the resource is their source."""
    for name, held in entries(stack.root.get("Resources")).items():
        for key, connector in entries(dig(held.value, "Connectors")).items():
            found = resource(name + key, connector)
            own = found.get("SourceReference")
            source = build({**entries(own), "Id": name}, held.key_span)
            properties = put(without(found.properties, "SourceReference"), ("Source",), source, held.key_span)
            yield resource(name + key, connector, properties)


def _end(stack: Stack, connector: Resource, node: Node | None, other: Node | None) -> End | None:
    """One end, by the logical id of a resource of the template or described in full."""
    held = entries(node)
    name, kind = text(dig(node, "Id")), text(dig(node, "Type"))
    values: dict[str, Draft] = {key: held[key] for key in VALUES if key in held}
    if not name and kind:
        return End(PLAIN.get(kind.removeprefix(SAM_PREFIX), kind) if kind.startswith(SAM_PREFIX) else kind, values)
    if name not in stack.made:
        at = node.span if node is not None else connector.at
        stack.problem(
            at, f"{connector.id} connects no resource of this template", "give the Id of a resource, or Type and Arn"
        )
        return None
    kind = text(dig(stack.made[name].value, "Type"))
    facts = connectors().resources.get(kind, {})
    known = {OUTPUTS[key]: _filled(value, {"logicalId": name}) for key, value in facts.get("Outputs", {}).items()}
    return End(kind, {**known, "RoleName": _role(stack, facts, name, other), **values})


def _role(stack: Stack, facts: Mapping[str, Any], name: str, other: Node | None) -> Draft:
    """The role that a resource acts with, as far as the template names it."""
    wanted, properties = facts.get("Inputs", {}).get("Role"), stack.properties(name)
    if isinstance(wanted, str):
        role = properties[wanted].value if wanted in properties else None
    elif wanted is not None and "Targets" in properties:
        role = _target_role(items(properties["Targets"].value), other)
    else:
        role = None
    found = target(role)
    return {"Ref": found} if found else None


def _target_role(targets: Sequence[Node], other: Node | None) -> Node | None:
    """The role with which a rule calls the other end."""
    name, arn = text(dig(other, "Id")), dig(other, "Arn")
    for called in targets:
        if (name and target(dig(called, "Arn")) == name) or (
            arn is not None and plain(dig(called, "Arn")) == plain(arn)
        ):
            return dig(called, "RoleArn")
    return None


def connect(stack: Stack, connection: Connection) -> None:
    """Add what lets the source use the destination."""
    profile = connectors().profiles.get(connection.source.type, {}).get(connection.destination.type)
    if profile is None:
        _refuse(stack, connection, f"connects {connection.shown}, which SAM does not know")
        return
    granted, wrong = _granted(connection, profile)
    if wrong or not granted:
        valid = ", ".join(profile.properties["AccessCategories"])
        _refuse(
            stack, connection, f"may not grant {' + '.join(sorted(wrong)) or 'nothing'} from {connection.shown}", valid
        )
        return
    MAKE[profile.type](stack, connection, profile, granted)


def _refuse(stack: Stack, connection: Connection, message: str, valid: str = "") -> None:
    stack.problem(
        connection.made.at, f"{connection.id} {message}", f"choose among {valid}" if valid else "grant it by a policy"
    )


def _granted(connection: Connection, profile: Profile) -> tuple[dict[str, Any], set[str]]:
    """The profile's categories of access that are asked for, and what cannot be granted."""
    known, wanted = profile.properties["AccessCategories"], set(connection.permissions)
    wrong = wanted - set(known)
    combinations = profile.properties.get("ValidAccessCategories")
    if combinations and wanted not in map(set, combinations):
        wrong = wanted
    return {name: _profiled(connection, held) for name, held in known.items() if name in wanted}, wrong


def _profiled(connection: Connection, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    ends = {"Source": connection.source, "Destination": connection.destination}
    return _filled(value, {f"{end}.{key}": held.values.get(key) for end, held in ends.items() for key in HOLES})


def _filled(value: Any, given: Mapping[str, Draft]) -> Any:  # noqa: ANN401 - any JSON value
    """A part of a profile with its holes `%{Name}` filled."""
    if isinstance(value, dict):
        return {key: _filled(item, given) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, given) for item in value]
    if not isinstance(value, str):
        return value
    variables: dict[str, Draft] = {}
    for name, held in given.items():
        if value == f"%{{{name}}}":
            return held
        if f"%{{{name}}}" in value:
            variables[name.replace(".", "")] = held
            value = value.replace(f"%{{{name}}}", f"${{{name.replace('.', '')}}}")
    return sub(value, **variables) if "${" in value else value


def _side(connection: Connection, profile: Profile) -> End:
    """The end that the policy belongs to."""
    return connection.source if profile.properties["SourcePolicy"] else connection.destination


def _document(granted: Mapping[str, Any]) -> dict[str, Draft]:
    statements = [statement for held in granted.values() for statement in held["Statement"]]
    return {"Version": VERSION, "Statement": statements}


def _managed_policy(stack: Stack, connection: Connection, profile: Profile, granted: Mapping[str, Any]) -> None:
    role = _side(connection, profile).values.get("RoleName")
    if role is None:
        _refuse(stack, connection, "connects a resource without a role that the template names")
        return
    properties: dict[str, Draft] = {"PolicyDocument": _document(granted), "Roles": [role]}
    stack.make(f"{connection.id}Policy{connection.suffix}", "AWS::IAM::ManagedPolicy", properties, connection.made)


def _queue_policy(stack: Stack, connection: Connection, profile: Profile, granted: Mapping[str, Any]) -> None:
    queue = _side(connection, profile).values.get("QueueUrl")
    if queue is None:
        _refuse(stack, connection, "connects a queue without QueueUrl")
        return
    properties: dict[str, Draft] = {"PolicyDocument": _document(granted), "Queues": [queue]}
    stack.make(f"{connection.id}QueuePolicy{connection.suffix}", "AWS::SQS::QueuePolicy", properties, connection.made)


def _topic_policy(stack: Stack, connection: Connection, profile: Profile, granted: Mapping[str, Any]) -> None:
    topic = _side(connection, profile).values.get("Arn")
    properties: dict[str, Draft] = {"PolicyDocument": _document(granted), "Topics": [topic]}
    stack.make(f"{connection.id}TopicPolicy{connection.suffix}", "AWS::SNS::TopicPolicy", properties, connection.made)


def _permission(stack: Stack, connection: Connection, profile: Profile, granted: Mapping[str, Any]) -> None:
    function = _side(connection, profile).values.get("Arn")
    for category, held in granted.items():
        name = f"{connection.id}{category}LambdaPermission{connection.suffix}"
        stack.make(name, "AWS::Lambda::Permission", {"FunctionName": function, **held}, connection.made)


MAKE = {
    "AWS_IAM_ROLE_MANAGED_POLICY": _managed_policy,
    "AWS_LAMBDA_PERMISSION": _permission,
    "AWS_SNS_TOPIC_POLICY": _topic_policy,
    "AWS_SQS_QUEUE_POLICY": _queue_policy,
}
