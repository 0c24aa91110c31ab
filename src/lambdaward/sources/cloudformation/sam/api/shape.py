"""The last touches to a REST API's definition: gateway responses, and the move from Swagger 2 to OpenAPI 3."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.api.document import map_paths
from lambdaward.sources.cloudformation.sam.building import Draft, build, put, without
from lambdaward.sources.cloudformation.sam.reading import dig, entries, text

RESPONSES = "x-amazon-apigateway-gateway-responses"
PLACES = {"Headers": "header", "Paths": "path", "QueryStrings": "querystring"}
MOVED = {"securityDefinitions": ("components", "securitySchemes"), "definitions": ("components", "schemas")}


def add_gateway_responses(document: MapNode, responses: Node | None) -> MapNode:
    """What the API answers by itself, by type of response."""
    for kind, held in entries(responses).items():
        given = dig(held.value, "ResponseParameters")
        parameters: dict[str, Draft] = {
            f"gatewayresponse.{place}.{name}": value
            for key, place in PLACES.items()
            for name, value in entries(dig(given, key)).items()
        }
        status = dig(held.value, "StatusCode")
        response = {
            "responseParameters": parameters,
            "responseTemplates": dig(held.value, "ResponseTemplates") or {},
            "statusCode": build(text(status), status.span) if status is not None else None,
        }
        document = put(document, (RESPONSES, kind), build(response, held.key_span), held.key_span)
    return document


def as_openapi(document: MapNode, version: Node | None) -> MapNode:
    """The document in OpenAPI 3, when it is to be that: parts that Swagger 2 has elsewhere are moved."""
    wanted = text(version) or text(document.get("openapi"))
    if document.get("swagger") is not None or not wanted.startswith("3"):
        return document
    for key, path in MOVED.items():
        held = document.get(key)
        if entries(held):
            document = without(put(document, path, held, document.span), key)
    return map_paths(document, lambda _, item: _preflight(item))


def _preflight(item: MapNode) -> Node:
    options = item.get("options")
    if not isinstance(options, MapNode):
        return item
    options = without(options, "produces", "consumes")
    headers = dig(options, "responses", "200", "headers")
    if isinstance(headers, MapNode) and headers.entries:
        schemas = {name: {"schema": value} for name, value in headers}
        options = put(options, ("responses", "200", "headers"), build(schemas, headers.span), headers.span)
    return put(item, ("options",), options, options.span)
