"""Api and HttpApi: a route of an API, and the permission for API Gateway to call the function."""

from __future__ import annotations

import re

from lambdaward.sources.cloudformation.node import Node
from lambdaward.sources.cloudformation.sam.api.document import (
    ANY,
    INTEGRATION,
    REST_PARAMETER,
    contents,
    method_key,
)
from lambdaward.sources.cloudformation.sam.api.implicit import HTTP, REST, api_of
from lambdaward.sources.cloudformation.sam.api.routes import (
    Route,
    add_http_route,
    add_rest_route,
    authorize_rest_route,
)
from lambdaward.sources.cloudformation.sam.building import Draft, sub
from lambdaward.sources.cloudformation.sam.events.event import Event, Subject, permit
from lambdaward.sources.cloudformation.sam.hashing import suffixed_id
from lambdaward.sources.cloudformation.sam.reading import dig, is_true, text
from lambdaward.sources.cloudformation.sam.stack import Stack

EXECUTE = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}"
PRINCIPAL = "apigateway.amazonaws.com"
HTTP_PARAMETER = re.compile(r"\{(?:[a-zA-Z0-9._-]+|proxy\+)\}")
DEFAULT = "$default"


def lower_api_event(stack: Stack, subject: Subject, event: Event) -> None:
    """A route of a REST API."""
    path, method = text(event.get("Path")), text(event.get("Method"))
    if not path or not method:
        stack.problem(event.at, f"Api event {event.id} has no Path and Method", "give both")
        return
    api = api_of(REST, event.properties)
    verb = "*" if method.lower() == "any" else method.upper()
    check_api(stack, event, api)
    stage = stage_suffix(stack, api)
    resource = f"{EXECUTE}/{verb}{REST_PARAMETER.sub('*', _bare(path))}"
    source = sub(resource, __ApiId__=event.get("RestApiId") or {"Ref": api}, __Stage__="*")
    granted: dict[str, Draft] = {"Principal": PRINCIPAL, "SourceArn": source}
    permit(stack, subject, event, granted, suffixed_id(f"{event.id}Permission", stage))
    body = stack.bodies.get(api)
    if body is None:
        return
    route = Route(api, stage, body, path, method_key(method), event)
    if body.managed or body.merged:
        add_rest_route(stack, subject, route)
    if is_true(dig(event.get("Auth"), "OverrideApiAuth")):
        authorize_rest_route(stack, route)


def stage_suffix(stack: Stack, api: str) -> str:
    """What a permission's logical id ends in: the API's stage, when its name is written out."""
    source = stack.sources.get(api)
    held = source.get("StageName") if source else None
    if source is None and "StageName" in stack.properties(api):
        held = stack.properties(api)["StageName"].value
    return text(held) or "Stage"


def check_api(stack: Stack, event: Event, api: str) -> None:
    """An event that names no API of the template is a problem: SAM could not add its route."""
    if api not in stack.sources and api not in stack.made:
        remedy = "name an API of the same template with Ref"
        stack.problem(event.at, f"{event.type} event {event.id} names no API of this template", remedy)


def _bare(path: str) -> str:
    """A path without its closing slash; the root stays."""
    return path[:-1] if len(path) > 1 and path.endswith("/") else path


def lower_http_event(stack: Stack, subject: Subject, event: Event) -> None:
    """A route of an HTTP API; without a path it is the default route."""
    path, method = text(event.get("Path")), text(event.get("Method"))
    if not path and not method:
        path, method = DEFAULT, ANY
    if not path or not method:
        stack.problem(event.at, f"HttpApi event {event.id} has only one of Path and Method", "give both or none")
        return
    api = api_of(HTTP, event.properties)
    check_api(stack, event, api)
    body = stack.bodies.get(api)
    default = body.item(DEFAULT) if body else None
    if path == DEFAULT or not _covers(default, subject):
        source = _http_source(event, api, (path, method))
        permit(stack, subject, event, {"Principal": PRINCIPAL, "SourceArn": source})
    if body is not None:
        add_http_route(stack, subject, Route(api, "", body, path, method_key(method), event))


def _http_source(event: Event, api: str, route: tuple[str, str]) -> Draft:
    path = "" if route[0] == DEFAULT else HTTP_PARAMETER.sub("*", _bare(route[0]))
    verb = "*" if route[1].lower() in ("any", ANY) else route[1].upper()
    return sub(f"{EXECUTE}/{verb}{path}", __ApiId__=event.get("ApiId") or {"Ref": api}, __Stage__="*")


def _covers(default: Node | None, subject: Subject) -> bool:
    """Whether the default route calls the function, so that its permission covers every route."""
    methods = [method for item in contents(default) for method in contents(dig(item, ANY))]
    uris = [uri for method in methods for uri in contents(dig(method, INTEGRATION, "uri"))]
    return any(f"${{{subject.id}.Arn}}" in text(dig(uri, "Fn::Sub")) for uri in uris)
