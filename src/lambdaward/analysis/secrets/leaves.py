"""Every text in the properties of resources, with the name that says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from lambdaward.model import OneOf, Path, Redacted, Resource, Value, dig, literal, pattern
from lambdaward.secrets import Says, may_hold, says

_DEEPEST = 24
_NAMES = ("Key", "Name", "ParameterKey", "ParameterName", "key", "name", "OptionName")
_VALUES = ("Value", "ParameterValue", "value", "DefaultValue")
# Judged by rules of their own: variables and code of functions, passwords of databases, tokens of event sources.
_ELSEWHERE: Mapping[str, tuple[Path, ...]] = {
    "AWS::Lambda::Function": (("Environment", "Variables"), ("Code",)),
    "AWS::AmazonMQ::Broker": (("Users",),),
    "AWS::DMS::Endpoint": (("Password",),),
    "AWS::DocDB::DBCluster": (("MasterUserPassword",),),
    "AWS::ElastiCache::ReplicationGroup": (("AuthToken",),),
    "AWS::OpenSearchService::Domain": (("AdvancedSecurityOptions",),),
    "AWS::RDS::DBCluster": (("MasterUserPassword",),),
    "AWS::RDS::DBInstance": (("MasterUserPassword",),),
    "AWS::Redshift::Cluster": (("MasterUserPassword",),),
    "AWS::RedshiftServerless::Namespace": (("AdminUserPassword",),),
    "AWS::Lambda::Permission": (("EventSourceToken",),),
    "AWS::Lambda::Version": (("Environment",),),
}
_ENDING = pattern(r"[A-Za-z]{0,16}\d{0,3}")
# What a template says of a parameter that cannot be a value: its type, its bounds.
_OF_PARAMETER = ("Default", "AllowedValues", "Description")
_STORED = "AWS::SSM::Parameter::Value"


class Leaf(Struct, frozen=True):
    """A value that is no list or mapping: where it stands in its resource, and its name."""

    path: Path
    name: str
    value: Value


def leaves(resource: Resource) -> Iterator[Leaf]:
    """The values of a resource's properties and metadata that no other rule judges. What stands there again under the same
    name is given once: templates can repeat a value without end."""
    skipped, walk = _ELSEWHERE.get(resource.type, ()), _Walk()
    for leaf in walk.below(resource.properties, ()):
        elsewhere = skipped and any(leaf.path[: len(path)] == path for path in skipped)
        if not elsewhere and not _is_named_after(resource, leaf.value):
            yield _named(resource, leaf)
    yield from walk.below(resource.metadata, ("Metadata",))


def _is_named_after(resource: Resource, value: Value) -> bool:
    """Whether a value is a name that is made from the resource's own, as those are that SAM gives to policies."""
    name = resource.id.name
    return isinstance(value, str) and value.startswith(name) and _ENDING.fullmatch(value, len(name)) is not None


def _named(resource: Resource, leaf: Leaf) -> Leaf:
    """What is kept in a store is named by the store's own name for it."""
    if resource.type == "AWS::SSM::Parameter" and leaf.path == ("Value",):
        return Leaf(leaf.path, literal(resource.properties.get("Name")) or resource.id.name, leaf.value)
    if resource.type == "AWS::SecretsManager::Secret" and leaf.path == ("SecretString",):
        return Leaf(leaf.path, "password", leaf.value)
    return leaf


def around(part: Resource) -> Iterator[Leaf]:
    """The values that a template has beside its resources: each is named by its output, parameter or key."""
    for leaf in _members(part):
        section, *inner = leaf.path
        named = _NAMING.get(str(section))
        if section in _REMARKS or (inner and inner[-1] == "Description"):
            if isinstance(leaf.value, str) and may_hold(leaf.value):
                yield Leaf(leaf.path, str(section), leaf.value)
        elif section != "Parameters" or _is_default(part, leaf.path):
            yield Leaf(leaf.path, named(inner) if named and inner else leaf.name, leaf.value)


def _members(part: Resource) -> Iterator[Leaf]:
    """The leaves of each section, one member after another: what two of them hold is no repetition."""
    for section, members in part.properties.items():
        for key, member in members.items() if isinstance(members, Mapping) else (("", members),):
            yield from _Walk().below(member, (section, key) if key else (section,))


def _is_default(part: Resource, path: Path) -> bool:
    """Whether a value may be that of a parameter, and no key that Parameter Store looks up."""
    kind = literal(dig(part.properties, "Parameters", path[1], "Type")) if len(path) > 2 else None
    return kind is not None and not kind.startswith(_STORED) and path[2] in _OF_PARAMETER


def _in_mapping(path: list[str | int]) -> str:
    """The last key that says something, as a map may be called by what it holds: `Passwords: {prod: {value: ...}}`."""
    keys = [key for key in reversed(path) if isinstance(key, str)]
    return next((key for key in keys if says(key) is not Says.NOTHING), keys[0])


_REMARKS = ("Description", "Comments")
_NAMING: Mapping[str, Callable[[list[str | int]], str]] = {
    "Parameters": lambda path: str(path[0]),
    "Outputs": lambda path: str(path[0]),
    "Mappings": _in_mapping,
}


class _Walk:
    """One walk through the values of a resource."""

    def __init__(self) -> None:
        self._met: set[tuple[str, str | int]] = set()

    def below(self, value: Value, path: Path) -> list[Leaf]:
        """The leaves below a value, in order."""
        found: list[Leaf] = []
        self._gather(value, path, "", found)
        return found

    def _gather(self, value: Value, path: Path, name: str, found: list[Leaf]) -> None:
        if isinstance(value, Redacted):
            value = value.reveal()
        if value is None or len(path) > _DEEPEST or self._is_met(name, value):
            return
        if isinstance(value, str):
            found.append(Leaf(path, name, value))
        elif isinstance(value, Mapping):
            called = next((text for key in _NAMES if key in value and (text := literal(value[key]))), "")
            for key, member in value.items():
                self._gather(member, (*path, key), called if called and key in _VALUES else key, found)
        elif isinstance(value, tuple):
            for index, member in enumerate(value):
                self._gather(member, (*path, index), name, found)
        elif isinstance(value, OneOf) and any(isinstance(option, Mapping | tuple) for option in value.options):
            for option in value.options:
                self._gather(option, path, name, found)
        else:
            found.append(Leaf(path, name, value))

    def _is_met(self, name: str, value: Value) -> bool:
        """Whether a text, or the very same list or mapping, was met under a name before."""
        key = name, value if isinstance(value, str) else id(value)
        if key in self._met:
            return True
        self._met.add(key)
        return False
