"""What an event adds to an API's definition: the integration of its route, and who may call it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.api.body import Body
from lambdaward.sources.cloudformation.sam.api.document import INTEGRATION, swagger
from lambdaward.sources.cloudformation.sam.api.requests import add_model, add_parameters, path_parameters
from lambdaward.sources.cloudformation.sam.api.security import API_KEY, AWS_IAM, NONE, define, require
from lambdaward.sources.cloudformation.sam.api.source_policy import add_resource_policy, path_resources
from lambdaward.sources.cloudformation.sam.building import Draft, build, joined, put, sub, when
from lambdaward.sources.cloudformation.sam.reading import dig, is_null, is_set, is_true, items, text

if TYPE_CHECKING:
    from lambdaward.sources.cloudformation.sam.events.event import Event, Subject
    from lambdaward.sources.cloudformation.sam.stack import Stack

CALLER = "arn:aws:iam::*:user/*"
STREAM = "RESPONSE_STREAM"
INVOKE = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/"


class Route(Struct, frozen=True):
    """A route that an event asks for: of which API and stage, in which definition, its path and method as that spells them."""

    api: str
    stage: str
    body: Body
    path: str
    method: str
    event: Event

    @property
    def where(self) -> tuple[str, str]:
        """The path and method."""
        return self.path, self.method


def add_rest_route(stack: Stack, subject: Subject, route: Route) -> None:
    """Add a route to a REST API."""
    if route.body.merged:
        _merge(stack, subject, route)
        return
    integration: dict[str, Draft] = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": _uri(subject, streamed := text(route.event.get("ResponseTransferMode")) == STREAM),
        "responseTransferMode": "STREAM" if streamed else None,
        "credentials": _credentials(stack, route),
        "timeoutInMillis": _given(route.event.get("TimeoutInMillis")),
    }
    if _is_new(stack, route):
        _add(subject, route, integration)
        authorize_rest_route(stack, route)
        _request(route)


def _merge(stack: Stack, subject: Subject, route: Route) -> None:
    """Join what SAM writes of a method with the user's own, which loses. SAM forgets what it writes outside of the method."""
    at = route.event.at
    alone = replace(route, body=Body(swagger(at), managed=True))
    add_rest_route(stack, subject, alone)
    made = dig(alone.body.item(route.path), route.method)
    route.body.set_method(route.where, joined(_written(route), made, span=at), at)


def add_http_route(stack: Stack, subject: Subject, route: Route) -> None:
    """Add a route to an HTTP API. To one that the user's definition has already only the settings of the event are added."""
    if not _is_new(stack, route):
        return
    if not route.body.has_integration(*route.where):
        integration: dict[str, Draft] = {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "payloadFormatVersion": "2.0",
            "uri": _uri(subject, streamed=False),
        }
        default: dict[str, Draft] = {"isDefaultRoute": True} if route.path == "$default" else {}
        _add(subject, route, integration, default)
    _edit(route, lambda method: _http_method(stack, route, method))


def _http_method(stack: Stack, route: Route, method: MapNode) -> MapNode:
    at = route.event.at
    method = _authorize_http(stack, route, method)
    for name, key in (("TimeoutInMillis", "timeoutInMillis"), ("PayloadFormatVersion", "payloadFormatVersion")):
        value = route.event.get(name)
        method = put(method, (INTEGRATION, key), value, at) if value is not None and is_set(value) else method
    names = re.findall(r"\{([^{}]*)\}", route.path)
    return path_parameters(method, names, at) if names else method


def _uri(subject: Subject, streamed: bool) -> Draft:  # noqa: FBT001 - one of two forms
    version, call = ("2021-11-15", "response-streaming-invocations") if streamed else ("2015-03-31", "invocations")
    return sub(f"{INVOKE}{version}/functions/{subject.hole}/{call}")


def _given(node: Node | None) -> Node | None:
    return node if is_set(node) else None


def _is_new(stack: Stack, route: Route) -> bool:
    """Whether no other event has the route; SAM takes each of them once."""
    if not route.body.managed or not route.body.has_integration(*route.where):
        return True
    message = f"{route.method.upper()} {route.path} of {route.api} is defined more than once"
    stack.problem(route.event.at, message, "keep one event for a route")
    return False


def _add(subject: Subject, route: Route, integration: Draft, extra: dict[str, Draft] | None = None) -> None:
    at = route.event.at
    method = build({INTEGRATION: integration, **(extra or {}), "responses": {}}, at)
    if subject.owner.condition is not None:
        uri = when(subject.owner.condition, dig(method, INTEGRATION, "uri"))
        method = put(method, (INTEGRATION, "uri"), uri, at) if isinstance(method, MapNode) else method
        method = build(when(subject.owner.condition, method), at)
    written = _written(route)
    if written is not None and isinstance(method, MapNode):
        method = joined(written, method, span=written.span)
    route.body.set_method(route.where, method, at)


def _written(route: Route) -> MapNode | None:
    """What the user's definition says of the method."""
    found = dig(route.body.item(route.path), route.method)
    return found if isinstance(found, MapNode) else None


def _edit(route: Route, step: Callable[[MapNode], Node]) -> None:
    route.body.edit_method(route.where, step)


def _auth(stack: Stack, route: Route, *path: str) -> Node | None:
    """A part of the API's Auth."""
    source = stack.sources.get(route.api)
    return stack.known(dig(source.get("Auth"), *path)) if source else None


def _credentials(stack: Stack, route: Route) -> Draft:
    """With IAM authorization API Gateway calls the function as the caller, or as the role that is given."""
    own = route.event.get("Auth")
    chosen = text(stack.known(dig(own, "Authorizer")))
    if chosen != AWS_IAM and (text(_auth(stack, route, "DefaultAuthorizer")) != AWS_IAM or is_set(own)):
        return None
    role = dig(own, "InvokeRole") or _auth(stack, route, "InvokeRole")
    if role is None:
        return CALLER
    if is_null(role) or text(role) == NONE:
        return None
    return CALLER if text(role) == "CALLER_CREDENTIALS" else role


def authorize_rest_route(stack: Stack, route: Route) -> None:
    """Add an event's own authorizer, API key and resource policy."""
    auth = route.event.get("Auth")
    if not isinstance(auth, MapNode):
        return
    name = stack.decided(auth.get("Authorizer"), f"the authorizer of {route.event.id}")
    key = stack.decided(auth.get("ApiKeyRequired"), f"ApiKeyRequired of {route.event.id}")
    if isinstance(name, MapNode):
        _edit(route, lambda method: put(method, ("security",), name, name.span))
    elif name is not None and is_set(name):
        scopes = _scopes(stack, route, text(name), auth)
        _edit(route, lambda method: require(method, text(name), scopes, name.span))
        _check(stack, route, name)
        if text(name) == AWS_IAM:
            route.body.head = define(route.body.head, AWS_IAM, name.span)
    if key is not None and not is_null(key):
        wanted = API_KEY if is_true(key) else f"{API_KEY}_false"
        _edit(route, lambda method: require(method, wanted, None, key.span))
        route.body.head = define(route.body.head, API_KEY, key.span) if is_true(key) else route.body.head
    policy = auth.get("ResourcePolicy")
    if isinstance(policy, MapNode):
        add_resource_policy(
            route.body.policy, policy, path_resources(route.path, route.body.item(route.path), route.stage)
        )


def _authorize_http(stack: Stack, route: Route, method: MapNode) -> MapNode:
    auth = route.event.get("Auth")
    if not isinstance(auth, MapNode) or not auth.entries:
        return method
    own = stack.decided(auth.get("Authorizer"), f"the authorizer of {route.event.id}")
    name = own or _auth(stack, route, "DefaultAuthorizer")
    if name is None:
        remedy = "name an Authorizer, or a DefaultAuthorizer of the API"
        stack.problem(auth.span, f"Auth of {route.event.id} names no authorizer", remedy)
        return method
    if isinstance(name, MapNode):
        return put(method, ("security",), name, name.span)
    _check(stack, route, name)
    return require(method, text(name), _scopes(stack, route, text(name), auth), auth.span)


def _scopes(stack: Stack, route: Route, name: str, auth: MapNode) -> Node | None:
    if name in (NONE, AWS_IAM):
        return None
    own = auth.get("AuthorizationScopes")
    return own if items(own) else _auth(stack, route, "Authorizers", name, "AuthorizationScopes")


def _check(stack: Stack, route: Route, name: Node) -> None:
    """An authorizer that the API does not have is a problem: the route would be open or refused, which is not known here."""
    if text(name) in (NONE, AWS_IAM) or _auth(stack, route, "Authorizers", text(name)) is not None:
        return
    remedy = "define it under Auth.Authorizers of the API"
    stack.problem(name.span, f"authorizer {text(name)} of {route.event.id} is not defined", remedy)


def _request(route: Route) -> None:
    """Add an event's request model and parameters."""
    model, parameters = route.event.get("RequestModel"), items(route.event.get("RequestParameters"))
    if isinstance(model, MapNode):
        add_model(route.body, route.where, model)
    if parameters:
        _edit(route, lambda method: add_parameters(method, parameters))
