"""Routes of REST APIs, from their methods or their OpenAPI document, and whether the internet reaches them."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.exposure.auth import asked
from lambdaward.analysis.exposure.documents import document_routes
from lambdaward.analysis.exposure.route import Route
from lambdaward.analysis.guards import Guards
from lambdaward.model import (
    Estate,
    Fact,
    Link,
    No,
    RestApi,
    RestMethod,
    RestResource,
    Unsure,
    Verdict,
    Yes,
    all_of,
    alternatives,
    literal,
    show,
    unknowns,
)


def rest_routes(estate: Estate) -> Iterator[Route]:
    """Every route of every REST API of the estate."""
    for api in estate.all(RestApi):
        if api.document is not None:
            yield from document_routes("rest", api, api.document)
    for method in estate.all(RestMethod):
        api_of = estate.follow(RestApi, method.api)
        open_, auth = asked(method.authorization)
        yield Route(
            kind="rest",
            api=api_of or method,
            record=method,
            place=method.place("AuthorizationType"),
            verb=literal(method.verb) or "ANY",
            path=path_of(estate, method.path),
            open=open_,
            auth="api-key" if auth == "none" and method.key_required is True else auth,
            authorizer=method.authorizer,
            function=method.function,
            key_required=method.key_required,
            validator=method.validator.value if method.validator else None,
            integration=method.integration,
            parameters=method.request_parameters,
        )


def path_of(estate: Estate, link: Link | None) -> str:
    """The path of a resource of a REST API, its parts joined up to the root. A cycle of parents ends where it closes."""
    parts: list[str] = []
    resource = estate.follow(RestResource, link)
    seen = set()
    while resource is not None and resource.id not in seen:
        seen.add(resource.id)
        parts.append(show(resource.part))
        resource = estate.follow(RestResource, resource.parent)
    return "/" + "/".join(reversed(parts))


def rest_public(api: RestApi, guards: Guards) -> Verdict:
    """Whether the internet reaches a REST API: its endpoint is not private, and its resource policy keeps nobody out."""
    return all_of((_on_the_internet(api), guards.api(api)))


def _on_the_internet(api: RestApi) -> Verdict:
    place = api.place("EndpointConfiguration", "Types")
    words = [literal(option) for value in api.endpoint_types for option in alternatives(value)]
    if "PRIVATE" in words and len(words) == 1:
        return No((Fact(f"{api.shown} is private: only VPC endpoints reach it", place),))
    doubts = tuple(doubt for value in api.endpoint_types for doubt in unknowns(value))
    return Unsure(doubts) if doubts else Yes((Fact(f"the endpoint of {api.shown} is on the internet", place),))
