"""Which properties of SAM's resources are mappings: one that is a list or a text is said once, and taken as absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node
from lambdaward.sources.cloudformation.sam.reading import dig, entries, intrinsic, is_no_value, is_null
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Stack

EVENTS = (
    "Events",
    "Events.*.Properties",
    "Events.*.Properties.Auth",
    "Events.*.Properties.DeadLetterConfig",
)
AUTH = ("Auth", "Auth.Authorizers", "Auth.Authorizers.*", "Tags", "DefinitionBody", "Domain", "Domain.Route53")
MAPPINGS: Mapping[str, Sequence[str]] = {
    "Api": (*AUTH, "Auth.ResourcePolicy", "Auth.UsagePlan", "GatewayResponses", "Models"),
    "Application": ("Parameters", "Tags"),
    "CapacityProvider": ("VpcConfig", "InstanceRequirements", "ScalingConfig", "Tags"),
    "Connector": ("Source",),
    "Function": (
        *EVENTS,
        "DeadLetterQueue",
        "DeploymentPreference",
        "Environment",
        "Environment.Variables",
        "EventInvokeConfig",
        "EventInvokeConfig.DestinationConfig",
        "FunctionUrlConfig",
        "Tags",
        "VpcConfig",
    ),
    "GraphQLApi": (
        "Auth",
        "Tags",
        "ApiKeys",
        "Cache",
        "DataSources",
        "DomainName",
        "Functions",
        "Resolvers",
        "Resolvers.*",
    ),
    "HttpApi": AUTH,
    "MicrovmImage": ("EnvironmentVariables", "Tags"),
    "NetworkConnector": ("VpcConfig", "Tags"),
    "SimpleTable": ("PrimaryKey", "Tags"),
    "StateMachine": (*EVENTS, "DeploymentPreference", "Tags"),
    "WebFunction": ("EnvironmentVariables", "RevisionWeights", "Tags"),
    "WebSocketApi": ("Auth", "Domain", "Routes", "Routes.*", "Tags"),
}


# Those that SAM passes on as they are, so that a function may stand for the whole of them.
WHOLE = frozenset(
    {
        "DefinitionBody",
        "Environment",
        "Environment.Variables",
        "EnvironmentVariables",
        "FunctionUrlConfig",
        "InstanceRequirements",
        "Parameters",
        "ScalingConfig",
        "Tags",
        "VpcConfig",
    }
)


def check_shapes(stack: Stack, resource: Resource) -> None:
    """Note properties that are no mappings but should be."""
    written = resource.node.get("Properties")
    if isinstance(written, MapNode):
        found = [one for path in MAPPINGS.get(resource.type, ()) for one in _at(resource.properties, path.split("."))]
    else:
        found = [("Properties", written)]
    for name, node in found:
        if node is None or is_null(node) or is_no_value(node):
            continue
        if not isinstance(node, MapNode):
            kind = "list" if isinstance(node, ListNode) else "text"
            stack.problem(node.span, f"{name} of {resource.id} is a {kind}", "write a mapping of names to values")
        elif intrinsic(node) and name not in WHOLE:
            remedy = "write the mapping out, with the function inside it"
            stack.problem(node.span, f"{name} of {resource.id} is decided at deployment", remedy)


def check_globals(stack: Stack) -> None:
    """Note a Globals section, or a part of it, that is no mapping."""
    section = stack.root.get("Globals")
    for name, node in [
        ("Globals", section),
        *((f"Globals.{key}", held.value) for key, held in entries(section).items()),
    ]:
        if node is not None and not is_null(node) and not isinstance(node, MapNode):
            stack.problem(node.span, f"{name} is no mapping", "write a mapping of resource types to their properties")


def _at(node: Node, path: Sequence[str]) -> Iterator[tuple[str, Node | None]]:
    """What stands at a path, with its name; `*` is every key of a mapping."""
    key, *rest = path
    names = entries(node) if key == "*" else {key: None}
    for name in names:
        inner = dig(node, name)
        if inner is None or not rest:
            yield name, inner
        else:
            yield from ((f"{name}.{below}", found) for below, found in _at(inner, rest))
