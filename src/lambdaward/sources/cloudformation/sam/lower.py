"""One template from SAM to CloudFormation: every resource by its type, then the references to what SAM renames."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

from msgspec import Struct

from lambdaward.model import Problem, Value
from lambdaward.sources.cloudformation.node import Entry, MapNode
from lambdaward.sources.cloudformation.sam.api import make_shared_plan, prepare_apis
from lambdaward.sources.cloudformation.sam.building import joined, without
from lambdaward.sources.cloudformation.sam.functions import make_deployments
from lambdaward.sources.cloudformation.sam.globals import with_globals
from lambdaward.sources.cloudformation.sam.reading import dig, entries, text
from lambdaward.sources.cloudformation.sam.references import renamed
from lambdaward.sources.cloudformation.sam.resource import SAM_PREFIX, Resource
from lambdaward.sources.cloudformation.sam.shapes import check_globals, check_shapes
from lambdaward.sources.cloudformation.sam.stack import Stack

LOWER: Mapping[str, str] = {
    # What lowers each type, imported when a template has one: few have many. In this order, as events of functions and state
    # machines add routes to APIs that are lowered after them.
    "Function": "functions.lower_function",
    "StateMachine": "machines.lower_state_machine",
    "Api": "api.rest.lower_rest_api",
    "HttpApi": "api.http.lower_http_api",
    "WebSocketApi": "api.websocket.lower_websocket_api",
    "GraphQLApi": "graphql.lower_graphql_api",
    "SimpleTable": "tables.lower_table",
    "LayerVersion": "layers.lower_layer",
    "Application": "applications.lower_application",
    "CapacityProvider": "capacity.lower_capacity_provider",
    "MicrovmImage": "microvms.lower_microvm_image",
    "NetworkConnector": "microvms.lower_network_connector",
    "WebFunction": "web.lower_web_function",
}
CONNECTOR = "Connector"


class Lowered(Struct, frozen=True):
    """A template in plain CloudFormation, and what in it could not be lowered."""

    root: MapNode
    problems: tuple[Problem, ...]


def lower(root: MapNode, parameters: Mapping[str, Value], *, digests: bool = False) -> Lowered:
    """Lower a template. A resource that SAM does not know stays as it is, with a problem; nothing is lost. `digests`: give
    layer versions, function versions and deployments the ids that SAM gives them, which change with their content."""
    stack = Stack(root, parameters, digests=digests)
    check_globals(stack)
    for name, entry in entries(root.get("Resources")).items():
        _sort_in(stack, name, entry)
    prepare_apis(stack)
    for kind in LOWER:
        for source in [source for source in stack.sources.values() if source.type == kind]:
            _step(kind)(stack, source)
    make_shared_plan(stack)
    make_deployments(stack)
    _connect(stack)
    return Lowered(renamed(_assembled(stack), stack), tuple(stack.problems))


def _connect(stack: Stack) -> None:
    written = [source for source in stack.sources.values() if source.type == CONNECTOR]
    inside = any(dig(entry.value, "Connectors") for entry in entries(stack.root.get("Resources")).values())
    if written or inside:
        from lambdaward.sources.cloudformation.sam.connectors import lower_connectors  # noqa: PLC0415 - few have any

        lower_connectors(stack, written)


@cache
def _step(kind: str) -> Callable[[Stack, Resource], None]:
    module, _, name = LOWER[kind].rpartition(".")
    step: Callable[[Stack, Resource], None] = getattr(import_module(f"{__package__}.{module}"), name)
    return step


def _sort_in(stack: Stack, name: str, entry: Entry) -> None:
    kind = text(dig(entry.value, "Type")).strip()
    short = kind.removeprefix(SAM_PREFIX)
    if kind.startswith(SAM_PREFIX) and (short in LOWER or short == CONNECTOR):
        stack.sources[name] = with_globals(stack.root, name, entry)
        check_shapes(stack, stack.sources[name])
        return
    stack.made[name] = _disconnected(entry)
    if kind.startswith(SAM_PREFIX):
        stack.problem(entry.key_span, f"{name} is of type {kind}, which is not known", "check the type")


def _disconnected(entry: Entry) -> Entry:
    """A resource without the connectors inside it, which SAM alone knows."""
    held = entry.value
    if not isinstance(held, MapNode) or "Connectors" not in held.entries:
        return entry
    return Entry(entry.key_span, without(held, "Connectors"))


def _assembled(stack: Stack) -> MapNode:
    root = without(stack.root, "Globals")
    resources = root.entries.get("Resources")
    if resources is None:
        return root
    held = {**root.entries, "Resources": Entry(resources.key_span, MapNode(stack.made, resources.value.span))}
    if stack.conditions:
        written = root.entries.get("Conditions")
        span = written.value.span if written else root.span
        both = joined(written.value if written else None, MapNode(stack.conditions, span), span=span)
        held["Conditions"] = Entry(written.key_span if written else root.span, both)
    return MapNode(held, root.span)
