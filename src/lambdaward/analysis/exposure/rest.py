"""Routes of REST APIs, from their methods or their OpenAPI document, and whether the internet reaches them."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.exposure.auth import asked
from lambdaward.analysis.exposure.documents import document_routes
from lambdaward.analysis.exposure.route import Route
from lambdaward.model import (
    Estate,
    Fact,
    Link,
    No,
    RestApi,
    RestMethod,
    RestResource,
    Unknown,
    Unsure,
    Verdict,
    Yes,
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


def rest_public(api: RestApi) -> Verdict:
    """Whether the internet reaches a REST API: not when its endpoint is private; a resource policy may keep it out."""
    place = api.place("EndpointConfiguration", "Types")
    words = [literal(option) for value in api.endpoint_types for option in alternatives(value)]
    if "PRIVATE" in words and len(words) == 1:
        return No((Fact(f"{api.shown} is private: only VPC endpoints reach it", place),))
    doubts = tuple(doubt for value in api.endpoint_types for doubt in unknowns(value))
    if api.policy is not None or (api.document and api.document.policy is not None):
        doubts += (Unknown(f"the resource policy of {api.shown} may keep callers out", "read the policy"),)
    if doubts:
        return Unsure(doubts)
    return Yes((Fact(f"the endpoint of {api.shown} is on the internet", place),))
