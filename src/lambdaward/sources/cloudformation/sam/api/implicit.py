"""Before anything is lowered: the definitions of all APIs, and the APIs that events without one ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from lambdaward.sources.cloudformation.node import Entry, MapNode, Span
from lambdaward.sources.cloudformation.sam.api.body import Body
from lambdaward.sources.cloudformation.sam.api.document import ANY, openapi, swagger
from lambdaward.sources.cloudformation.sam.building import Draft, build, put, when
from lambdaward.sources.cloudformation.sam.globals import with_globals
from lambdaward.sources.cloudformation.sam.reading import dig, entries, intrinsic, is_set, is_true, text
from lambdaward.sources.cloudformation.sam.resource import SAM_PREFIX, Resource
from lambdaward.sources.cloudformation.sam.sharing import any_of, strictest
from lambdaward.sources.cloudformation.sam.stack import Stack

REST, HTTP = "Api", "HttpApi"
IMPLICIT = {REST: "ServerlessRestApi", HTTP: "ServerlessHttpApi"}
API_PROPERTY = {REST: "RestApiId", HTTP: "ApiId"}


class Use(Struct, frozen=True):
    """An event that uses an API: whose event it is, its key and its properties."""

    owner: Resource
    at: Span
    kind: str
    properties: MapNode

    @property
    def api(self) -> str:
        """The logical id of the API; empty when it is not known."""
        return api_of(self.kind, self.properties)


def api_of(kind: str, properties: MapNode) -> str:
    """The logical id of the API that an event's properties name, SAM's own when they name none."""
    named = properties.get(API_PROPERTY[kind])
    if named is None:
        return IMPLICIT[kind]
    return text(dig(named, "Ref")) if intrinsic(named) == "Ref" else text(named)


def prepare_apis(stack: Stack) -> None:
    """Add the implicit APIs that events use, and give every API its definition."""
    uses = list(_uses(stack))
    for kind in IMPLICIT:
        using = [use for use in uses if use.kind == kind and API_PROPERTY[kind] not in use.properties.entries]
        if using:
            _add(stack, kind, using)
    for source in stack.sources.values():
        if source.type in IMPLICIT:
            _define(stack, source)
    for use in uses:
        _note(stack, use)


def _uses(stack: Stack) -> Iterator[Use]:
    for source in stack.sources.values():
        if source.type not in ("Function", "StateMachine"):
            continue
        for held in entries(source.get("Events")).values():
            kind, properties = text(dig(held.value, "Type")), dig(held.value, "Properties")
            empty = MapNode({}, held.key_span)
            if kind == HTTP or (kind == REST and is_set(properties)):
                yield Use(source, held.key_span, kind, properties if isinstance(properties, MapNode) else empty)


def _add(stack: Stack, kind: str, uses: Sequence[Use]) -> None:
    at = uses[0].at
    tags: dict[str, Draft] = {}
    for use in uses:
        tags |= entries(use.owner.get("Tags")) if is_true(use.owner.get("PropagateTags")) else {}
    properties: dict[str, Draft] = {
        "StageName": "Prod" if kind == REST else None,
        **({"Tags": tags, "PropagateTags": True} if tags else {}),
    }
    attributes = {
        "Condition": any_of(stack, f"{IMPLICIT[kind]}Condition", [use.owner.condition for use in uses]),
        "DeletionPolicy": strictest([use.owner.node.get("DeletionPolicy") for use in uses]),
        "UpdateReplacePolicy": strictest([use.owner.node.get("UpdateReplacePolicy") for use in uses]),
    }
    node = build({"Type": SAM_PREFIX + kind, **attributes, "Properties": properties}, at)
    stack.sources[IMPLICIT[kind]] = with_globals(stack.root, IMPLICIT[kind], Entry(at, node))


def _define(stack: Stack, source: Resource) -> None:
    given, merged = source.get("DefinitionBody"), is_true(source.get("MergeDefinitions"))
    if isinstance(given, MapNode) and given.entries:
        stack.bodies[source.id] = Body(given, managed=False, merged=merged)
    elif not is_set(source.get("DefinitionUri")):
        version = stack.known(source.get("OpenApiVersion"))
        document = swagger(source.at, version) if source.type == REST else openapi(source.at)
        stack.bodies[source.id] = Body(document, managed=True, merged=merged)


def _note(stack: Stack, use: Use) -> None:
    """Note what a path's method depends on, so that the path can depend on it; and the settings of its route."""
    body, source = stack.bodies.get(use.api), stack.sources.get(use.api)
    path = text(use.properties.get("Path")) or "$default"
    if body is not None and body.managed:
        body.conditions.setdefault(path, []).append(use.owner.condition)
    settings = use.properties.get("RouteSettings")
    if source is not None and settings is not None and use.kind == HTTP:
        method = text(use.properties.get("Method"))
        route = f"{method.upper()} {path}" if method and method != ANY else path
        wanted: Draft = settings if use.owner.condition is None else when(use.owner.condition, settings)
        properties = put(source.properties, ("RouteSettings", route), wanted, use.at)
        stack.sources[use.api] = Resource(source.id, source.at, source.node, properties)


def conditional(stack: Stack, name: str, body: Body) -> MapNode:
    """The definition of an API, in which a path that SAM writes depends on what all of its methods depend on."""
    for path, held in body.paths.items() if body.managed else ():
        spelled = path.replace("/", "SLASH").replace("{", "OB").replace("}", "CB")
        condition = any_of(stack, f"{name}{spelled}PathCondition", body.conditions.get(path, [None]))
        if condition is not None:
            value = {"Fn::If": [condition, held.value, {"Ref": "AWS::NoValue"}]}
            body.paths[path] = Entry(held.key_span, build(value, held.value.span))
    return body.document
