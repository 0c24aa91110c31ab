"""Routes of HTTP and WebSocket APIs."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.exposure.auth import asked
from lambdaward.analysis.exposure.documents import document_routes
from lambdaward.analysis.exposure.route import Route
from lambdaward.model import (
    Estate,
    Fact,
    HttpApi,
    HttpIntegration,
    HttpRoute,
    Record,
    Verdict,
    Yes,
    literal,
    show,
)


def http_routes(estate: Estate) -> Iterator[Route]:
    """Every route of every HTTP and WebSocket API of the estate."""
    for api in estate.all(HttpApi):
        if api.document is not None:
            yield from document_routes("http", api, api.document)
        if api.function is not None:
            yield _quick_route(api)
    for route in estate.all(HttpRoute):
        yield _route(estate, route)


def _quick_route(api: HttpApi) -> Route:
    """The one route of an API that is made with a target and nothing else: it can't ask for anything."""
    return Route(
        kind="http",
        api=api,
        record=api,
        place=api.place("Target"),
        verb="ANY",
        path=literal(api.route_key) or "$default",
        open=Yes(),
        auth="none",
        function=api.function,
    )


def _route(estate: Estate, route: HttpRoute) -> Route:
    api = estate.follow(HttpApi, route.api)
    socket = api is not None and literal(api.protocol) == "WEBSOCKET"
    gate = _connect(estate, route) if socket else route
    open_, auth = asked(gate.authorization)
    integration = estate.follow(HttpIntegration, route.target)
    verb, _, path = show(route.key).partition(" ")
    keyed = auth == "none" and route.key_required is True
    front: Record = api or route
    return Route(
        kind="websocket" if socket else "http",
        api=front,
        record=route,
        place=route.place("AuthorizationType"),
        verb=verb if path else "" if socket else "ANY",
        path=path or verb,
        open=open_,
        auth="api-key" if keyed else auth,
        authorizer=gate.authorizer,
        function=integration.function if integration else None,
        key_required=route.key_required,
        integration=integration.type if integration else None,
        parameters=integration.request_parameters if integration else None,
    )


def _connect(estate: Estate, route: HttpRoute) -> HttpRoute:
    """A WebSocket API asks once, when the connection is made; without a `$connect` route nobody is asked."""
    same = [
        other for other in estate.all(HttpRoute) if other.api and route.api and other.api.target == route.api.target
    ]
    return next((other for other in same if literal(other.key) == "$connect"), route)


def http_public(api: HttpApi) -> Verdict:
    """An HTTP or WebSocket API is on the internet; a custom domain name in front of it is as well."""
    return Yes((Fact(f"{api.shown} is on the internet", api.place()),))
