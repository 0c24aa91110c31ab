"""The authorizers of APIs, however they are written."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lambdaward.analysis.exposure.route import Route
from lambdaward.model import (
    Estate,
    HttpApi,
    HttpAuthorizer,
    Link,
    NumberValue,
    Place,
    Record,
    ResourceId,
    RestApi,
    RestAuthorizer,
    Value,
    literal,
    show,
)

# How long API Gateway keeps the answer of a REST API's authorizer when nothing is set (AWS::ApiGateway::Authorizer).
REST_CACHE = 300


class Authorizer(Struct, frozen=True, kw_only=True):
    """An authorizer: the API it belongs to, its kind as in `Trigger.auth`, the function it runs if it runs one, what it looks at
    (`identity`), and for how many seconds its answer is kept."""

    api: ResourceId | None
    record: Record
    place: Place
    shown: str
    kind: str
    function: Link | None = None
    identity: tuple[Value, ...] = ()
    cache_seconds: NumberValue = None

    def guards(self, route: Route) -> bool:
        """Whether a route uses this authorizer."""
        used = route.authorizer
        return used == self.shown if isinstance(used, str) else used is not None and used.target == self.record.id


def authorizers(estate: Estate) -> Iterator[Authorizer]:
    """Every authorizer of the estate."""
    for rest_api in estate.all(RestApi):
        yield from _described(rest_api)
    for http_api in estate.all(HttpApi):
        yield from _described(http_api)
    for rest in estate.all(RestAuthorizer):
        yield Authorizer(
            api=rest.api.target if rest.api else None,
            record=rest,
            place=rest.place(),
            shown=show(rest.name) if rest.name else rest.shown,
            kind="authorizer" if literal(rest.type) in {"TOKEN", "REQUEST"} else "jwt",
            function=rest.function,
            identity=() if rest.identity_source is None else (rest.identity_source,),
            cache_seconds=REST_CACHE if rest.cache_seconds is None else rest.cache_seconds,
        )
    for http in estate.all(HttpAuthorizer):
        yield Authorizer(
            api=http.api.target if http.api else None,
            record=http,
            place=http.place(),
            shown=show(http.name) if http.name else http.shown,
            kind="authorizer" if literal(http.type) == "REQUEST" else "jwt",
            function=http.function,
            identity=http.identity_source,
            cache_seconds=0 if http.cache_seconds is None else http.cache_seconds,
        )


def _described(api: RestApi | HttpApi) -> Iterator[Authorizer]:
    """The authorizers that an API's document describes."""
    for scheme in api.document.schemes if api.document else ():
        if scheme.kind in {"authorizer", "cognito", "jwt"}:
            kept = REST_CACHE if isinstance(api, RestApi) else 0
            yield Authorizer(
                api=api.id,
                record=api,
                place=scheme.at,
                shown=scheme.name,
                kind=scheme.kind,
                function=scheme.function,
                identity=() if scheme.identity_source is None else (scheme.identity_source,),
                cache_seconds=kept if scheme.cache_seconds is None else scheme.cache_seconds,
            )
