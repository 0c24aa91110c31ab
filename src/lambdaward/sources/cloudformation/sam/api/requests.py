"""What a route says of its requests: models, parameters, and their validation."""

from __future__ import annotations

from collections.abc import Sequence

from lambdaward.sources.cloudformation.node import MapNode, Node, Span
from lambdaward.sources.cloudformation.sam.api.body import Body
from lambdaward.sources.cloudformation.sam.api.document import INTEGRATION
from lambdaward.sources.cloudformation.sam.building import Draft, appended, put
from lambdaward.sources.cloudformation.sam.reading import dig, entries, is_true, items, text

VALIDATOR = "x-amazon-apigateway-request-validator"
PLACES = {"querystring": "query"}


def path_parameters(method: MapNode, names: Sequence[str], at: Span) -> MapNode:
    """Declare the parameters of an HTTP API's path."""
    held = [node for node in items(method.get("parameters")) if text(dig(node, "name")) not in names]
    added: list[Draft] = [{"name": name, "in": "path", "required": True} for name in names]
    return put(method, ("parameters",), [*held, *added], at)


def add_parameters(method: MapNode, parameters: Sequence[Node]) -> MapNode:
    """Declare an event's `RequestParameters` (`method.request.header.Name`, with settings or without)."""
    for parameter in parameters:
        name, settings = text(parameter), {}
        if isinstance(parameter, MapNode) and parameter.entries:
            name, held = next(iter(parameter.entries.items()))
            settings = entries(held.value)
        place, _, called = name.removeprefix("method.request.").partition(".")
        required: Draft = settings["Required"].value if "Required" in settings else False
        added = {"in": PLACES.get(place, place), "name": called, "required": required, "type": "string"}
        method = put(method, ("parameters",), appended(method.get("parameters"), added, parameter.span), parameter.span)
        if "Caching" in settings and is_true(settings["Caching"].value):
            cached = appended(dig(method, INTEGRATION, "cacheKeyParameters"), name, parameter.span)
            method = put(method, (INTEGRATION, "cacheKeyParameters"), cached, parameter.span)
    return method


def add_model(body: Body, where: tuple[str, str], model: MapNode) -> None:
    """Declare an event's `RequestModel`, and the validator that it asks for."""
    at, name, required = model.span, text(model.get("Model")).lower(), model.get("Required")

    def step(method: MapNode) -> Node:
        if body.head.get("swagger") is not None:
            schema = {"$ref": f"#/definitions/{name}"}
            added = {"in": "body", "name": name, "schema": schema, "required": required}
            return put(method, ("parameters",), appended(method.get("parameters"), added, at), at)
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        return put(method, ("requestBody",), {"content": content, "required": required}, at)

    body.edit_method(where, step)
    if model.get("ValidateBody") is None and model.get("ValidateParameters") is None:
        return
    content, parameters = is_true(model.get("ValidateBody")), is_true(model.get("ValidateParameters"))
    validator = _validator(content=content, parameters=parameters)
    checks = {"validateRequestBody": content, "validateRequestParameters": parameters}
    body.head = put(body.head, ("x-amazon-apigateway-request-validators", validator), checks, at)
    body.edit_method(where, lambda method: put(method, (VALIDATOR,), validator, at))


def _validator(*, content: bool, parameters: bool) -> str:
    if content:
        return "body-and-params" if parameters else "body-only"
    return "params-only" if parameters else "no-validation"
