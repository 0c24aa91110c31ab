"""CORS: preflight answers of a REST API, and the CORS settings of an HTTP API."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.sam.api.document import ANY, INTEGRATION, map_paths
from lambdaward.sources.cloudformation.sam.building import Draft, build, joined, put
from lambdaward.sources.cloudformation.sam.reading import entries, intrinsic, is_set, is_true, uncapitalised
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Stack

EVERY = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
HTTP_CORS = "x-amazon-apigateway-cors"


def add_rest_cors(stack: Stack, api: Resource, document: MapNode) -> MapNode:
    """Answer preflight requests on every path that has no `options` of its own."""
    cors = stack.known(api.get("Cors"))
    if cors is None or not is_set(cors):
        return document
    given = {name: held.value for name, held in entries(cors).items()} or {"AllowOrigin": cors}

    def step(_: str, item: MapNode) -> Node:
        if "options" in item.entries:
            return item
        return put(item, ("options",), build(_preflight(given, list(item.entries)), cors.span), cors.span)

    return map_paths(document, step)


def _preflight(given: dict[str, Node], methods: list[str]) -> dict[str, Draft]:
    """A mock method that answers with the headers."""
    headers = {f"Access-Control-{name}": value for name, value in _headers(given, methods).items() if value is not None}
    answer: Draft = {
        "statusCode": "200",
        "responseParameters": {f"method.response.header.{name}": value for name, value in headers.items()},
        "responseTemplates": {"application/json": "{}\n"},
    }
    types = {name: {"type": "integer" if name.endswith("Max-Age") else "string"} for name in headers}
    return {
        "summary": "CORS support",
        "consumes": ["application/json"],
        "produces": ["application/json"],
        INTEGRATION: {
            "type": "mock",
            "requestTemplates": {"application/json": '{\n  "statusCode" : 200\n}\n'},
            "responses": {"default": answer},
        },
        "responses": {"200": {"description": "Default response for CORS method", "headers": types}},
    }


def _headers(given: dict[str, Node], methods: list[str]) -> dict[str, Draft]:
    named = EVERY if ANY in methods else sorted({method.upper() for method in [*methods, "options"]})
    return {
        "Allow-Origin": given.get("AllowOrigin") or "'*'",
        "Allow-Headers": given.get("AllowHeaders"),
        "Allow-Methods": given.get("AllowMethods") or f"'{','.join(named)}'",
        "Max-Age": given.get("MaxAge"),
        "Allow-Credentials": "'true'" if is_true(given.get("AllowCredentials")) else None,
    }


def add_http_cors(stack: Stack, api: Resource, document: MapNode) -> MapNode:
    """The CORS settings of an HTTP API: `true` allows every origin."""
    cors = stack.known(api.get("CorsConfiguration"))
    if cors is None or not is_set(cors):
        return document
    everyone = {"allowOrigins": ["*"]} if is_true(cors) else {}
    added = build(everyone, cors.span) if isinstance(cors, ScalarNode) else _lowered(cors)
    return put(document, (HTTP_CORS,), joined(document.get(HTTP_CORS), added, span=cors.span), cors.span)


def _lowered(cors: Node) -> Node:
    """The settings with keys in the definition's spelling, also inside an `Fn::If`."""
    if isinstance(cors, ListNode):
        return ListNode(tuple(map(_lowered, cors.items)), cors.span)
    if not isinstance(cors, MapNode):
        return cors
    if intrinsic(cors):
        return build({name: _lowered(value) for name, value in cors}, cors.span)
    kept = {name: held for name, held in cors.entries.items() if name != "AllowCredentials" or is_true(held.value)}
    return MapNode({uncapitalised(name): held for name, held in kept.items()}, cors.span)
