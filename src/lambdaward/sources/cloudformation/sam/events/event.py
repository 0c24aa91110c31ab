"""An event of a function, what it calls, and the permission that lets its source call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct

from lambdaward.sources.cloudformation.node import Entry, MapNode, Node, Span
from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.reading import dig, is_null, key_span, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import Role
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

Step = TypeVar("Step")
PERMISSION = "AWS::Lambda::Permission"
NEEDED = {
    "CloudWatchEvent": "Pattern",
    "CloudWatchLogs": "LogGroupName",
    "DocumentDB": "Cluster",
    "DynamoDB": "Stream",
    "EventBridgeRule": "Pattern",
    "IoTRule": "Sql",
    "Kinesis": "Stream",
    "MQ": "Broker",
    "MSK": "Stream",
    "SNS": "Topic",
    "SQS": "Queue",
    "Schedule": "Schedule",
    "ScheduleV2": "ScheduleExpression",
    "SelfManagedKafka": "KafkaBootstrapServers",
}


class Subject(Struct, frozen=True):
    """What events call: a function's alias or else the function itself. `id` is its logical id, `name` and `arn` refer to it;
    `role` takes the policies that polling needs."""

    owner: Resource
    id: str
    name: Draft
    arn: Draft
    role: Role

    @property
    def hole(self) -> str:
        """The ARN inside a text of `Fn::Sub`."""
        return f"${{{self.id}}}" if self.id != self.owner.id else f"${{{self.id}.Arn}}"


class Event(Struct, frozen=True):
    """An event: `id` is the function's logical id with the event's name behind, `at` where that name stands."""

    id: str
    at: Span
    type: str
    properties: MapNode

    def get(self, name: str) -> Node | None:
        """A property, or `None`."""
        return self.properties.get(name)

    def key(self, *path: str) -> Span:
        """Where the key of a property stands."""
        return key_span(self.properties, path, self.at)

    def held(self, *names: str) -> dict[str, Draft]:
        """Properties by name, each with the position of its key; those that are absent are left out."""
        return {name: self.properties.entries[name] for name in names if name in self.properties.entries}


def event(owner: Resource, name: str, entry: Entry) -> Event:
    """The event under a name. Its `Properties` may be missing."""
    kind, written = text(dig(entry.value, "Type")), dig(entry.value, "Properties")
    properties = written if isinstance(written, MapNode) else MapNode({}, entry.key_span)
    return Event(owner.id + name, entry.key_span, kind, properties)


def step_for(stack: Stack, event: Event, table: Mapping[str, Step]) -> Step | None:
    """What lowers an event. One of an unknown type is a problem, and so is one that names no source."""
    step = table.get(event.type)
    if step is None:
        remedy = "check its Type" if event.type else "give it a Type"
        stack.problem(event.at, f"event {event.id} is of no known type", remedy)
    elif is_null(event.get(NEEDED.get(event.type, ""))) and event.type in NEEDED:
        stack.problem(event.at, f"{event.type} event {event.id} has no {NEEDED[event.type]}", "name what it listens to")
    return step


def by(subject: Subject, event: Event) -> Made:
    """What an event makes points at the event, and is there when its function is."""
    return Made(event.at, subject.owner.inherited)


def permit(stack: Stack, subject: Subject, event: Event, properties: dict[str, Draft], name: str = "") -> str:
    """Add a permission to call the subject, and give back its logical id, which is made of the event's unless it is given."""
    granted = {"Action": "lambda:InvokeFunction", "FunctionName": subject.name, **properties}
    return stack.make(name or f"{event.id}Permission", PERMISSION, granted, by(subject, event))
