"""What AWS says of one IAM action: its level, the resource types that it works on, its condition keys, its dependent actions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct


class Level(Enum):
    """What an action does, in AWS's words. Every action but `LIST` and `READ` ones changes something."""

    LIST = "List"
    READ = "Read"
    WRITE = "Write"
    TAGGING = "Tagging"
    PERMISSIONS = "Permissions management"


class ConditionKey(Struct, frozen=True):
    """A condition key: its name (`${...}` stands for a part that varies), its type (`String`, `ARN`, `Bool`, `Numeric`,
    `Date`, `IPAddress`; empty when AWS does not say), and whether a request may give it several values."""

    name: str
    type: str
    many: bool = False


class ResourceType(Struct, frozen=True):
    """A resource type of a service, its ARN (`${...}` stands for a part that varies), and the keys that every action on it
    has."""

    service: str
    name: str
    arn: str
    keys: tuple[ConditionKey, ...]


class Target(Struct, frozen=True):
    """A resource type that an action works on: whether the action needs one, and the keys that it brings to this action."""

    type: ResourceType
    required: bool
    keys: tuple[ConditionKey, ...]


class Action(Struct, frozen=True):
    """One action. `targets` is empty for an action that a policy can only allow on `*`, and `None` when AWS's list says
    nothing of this action. `dependents` are actions that it needs besides itself, always or in some uses."""

    name: str
    level: Level
    targets: tuple[Target, ...] | None
    keys: tuple[ConditionKey, ...]
    dependents: tuple[str, ...]


class PackedTarget(Struct, frozen=True, array_like=True):
    """A target as it is packed: numbers of the service's types and keys."""

    type: int
    required: bool
    keys: tuple[int, ...]


class PackedAction(Struct, frozen=True, array_like=True):
    """An action as it is packed; its name and level are kept apart."""

    targets: tuple[PackedTarget, ...] | None
    keys: tuple[int, ...]
    dependents: tuple[str, ...]


class PackedType(Struct, frozen=True, array_like=True):
    """A resource type as it is packed."""

    name: str
    arn: str
    keys: tuple[int, ...]


class PackedService(Struct, frozen=True, array_like=True):
    """One service as it is packed: keys as (name, type, many), types, and actions in order of their names."""

    keys: tuple[tuple[str, str, bool], ...]
    types: tuple[PackedType, ...]
    actions: tuple[PackedAction, ...]


class PackedIndex(Struct, frozen=True):
    """What is read at once. `levels` and `wildcard_only` (actions that work on no resource) are sets of actions as big-endian
    integers; `titles` are the services; `arns` gives, for each service segment of an ARN, the services whose types have it;
    `rcp` are the services whose requests resource control policies decide on; `withdrawn` says why a service is not listed."""

    names: str
    levels: Mapping[str, bytes]
    wildcard_only: bytes
    titles: Mapping[str, str]
    arns: Mapping[str, tuple[str, ...]]
    rcp: tuple[str, ...]
    withdrawn: Mapping[str, str]


class ServiceDetails(Struct, frozen=True):
    """One service: its keys, its resource types, and what is said of each action, in order of their names."""

    keys: tuple[ConditionKey, ...]
    types: tuple[ResourceType, ...]
    actions: tuple[PackedAction, ...]

    def action(self, name: str, level: Level, position: int) -> Action:
        """The action at a position in the service."""
        packed = self.actions[position]
        targets = packed.targets
        return Action(
            name,
            level,
            None
            if targets is None
            else tuple(Target(self.types[t.type], t.required, self._keys(t.keys)) for t in targets),
            self._keys(packed.keys),
            packed.dependents,
        )

    def _keys(self, numbers: tuple[int, ...]) -> tuple[ConditionKey, ...]:
        return tuple(self.keys[number] for number in numbers)


def unpacked(service: str, packed: PackedService) -> ServiceDetails:
    """The details of a service."""
    keys = tuple(ConditionKey(*key) for key in packed.keys)
    types = tuple(ResourceType(service, t.name, t.arn, tuple(keys[k] for k in t.keys)) for t in packed.types)
    return ServiceDetails(keys, types, packed.actions)
