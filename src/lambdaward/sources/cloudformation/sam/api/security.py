"""Security in an OpenAPI document: what a method requires, and what those requirements are."""

from __future__ import annotations

from collections.abc import Sequence

from lambdaward.sources.cloudformation.node import MapNode, Node, Span
from lambdaward.sources.cloudformation.sam.api.document import map_methods
from lambdaward.sources.cloudformation.sam.building import Draft, appended, build, put
from lambdaward.sources.cloudformation.sam.reading import dig, entries, is_null, items

AWS_IAM = "AWS_IAM"
API_KEY = "api_key"
NONE = "NONE"
DEFINITIONS = "securityDefinitions"
OPTIONS = "options"
SIGNED = {"x-amazon-apigateway-authtype": "awsSigv4", "type": "apiKey", "name": "Authorization", "in": "header"}
KNOWN: dict[str, Draft] = {AWS_IAM: SIGNED, API_KEY: {"type": "apiKey", "name": "x-api-key", "in": "header"}}


def define(document: MapNode, name: str, at: Span) -> MapNode:
    """Define AWS_IAM or the API key as a requirement, unless the document does already."""
    if dig(document, DEFINITIONS, name) is not None:
        return document
    return put(document, (DEFINITIONS, name), build(KNOWN[name], at), at)


def require(method: MapNode, name: str, scopes: Node | None, at: Span) -> MapNode:
    """Add a requirement to a method."""
    added: Draft = {name: scopes if scopes is not None and not is_null(scopes) else []}
    return put(method, ("security",), appended(method.get("security"), added, at), at)


def require_by_default(
    document: MapNode, default: str, names: Sequence[str], given: tuple[Node | None, bool, Span]
) -> MapNode:
    """Require an authorizer for every method that has none of its own and does not say NONE. `given` holds the scopes,
    whether preflight requests need it too, and the span."""
    scopes, preflight, at = given
    known = {AWS_IAM, *names}
    signed: list[Span] = []

    def step(name: str, method: MapNode) -> Node:
        if name == OPTIONS and not preflight:
            return method
        security = items(method.get("security"))
        own = [held for held in security if known & entries(held).keys()]
        others = [held for held in security if not known & entries(held).keys()]
        none = next((held for held in others if NONE in entries(held)), None)
        added = [build({default: scopes or []}, at)] if none is None and not own else own if none is None else []
        wanted = [held for held in others if held is not none] + added
        if wanted and AWS_IAM in entries(wanted[0]):
            signed.append(at)
        return put(method, ("security",), wanted, at) if wanted else method

    document = map_methods(document, step)
    return define(document, AWS_IAM, at) if signed else document


def require_http_by_default(document: MapNode, default: str, scopes: Node | None, at: Span) -> MapNode:
    """Require an authorizer for every method of an HTTP API that has no requirement of its own."""

    def step(name: str, method: MapNode) -> Node:
        if name == OPTIONS or items(method.get("security")):
            return method
        return require(method, default, scopes, at)

    return map_methods(document, step)


def leave_open(document: MapNode, default: Node) -> MapNode:
    """Where a default authorizer is not known, what a method without one of its own requires is not known either."""
    if not isinstance(default, MapNode):
        return document
    return map_methods(
        document, lambda _, method: put(method, ("security",), method.get("security") or default, default.span)
    )


def require_key_by_default(document: MapNode, at: Span, *, preflight: bool) -> MapNode:
    """Require an API key for every method, except where an event says that it needs none."""
    refused = f"{API_KEY}_false"

    def step(name: str, method: MapNode) -> Node:
        security = items(method.get("security"))
        others = [held for held in security if not {API_KEY, refused} & entries(held).keys()]
        own = [held for held in security if API_KEY in entries(held)]
        no_key = any(refused in entries(held) for held in security)
        key = [] if no_key else [build({API_KEY: []}, at)]
        wanted = others if name == OPTIONS and not preflight else others + (own if no_key else key)
        return method if wanted == list(security) else put(method, ("security",), wanted, at)

    return map_methods(define(document, API_KEY, at), step)
