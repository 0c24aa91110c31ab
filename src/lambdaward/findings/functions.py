"""The functions of an estate, each on one line of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lambdaward.findings.finding import FunctionSummary
from lambdaward.model import (
    Alias,
    Estate,
    EventSourceMapping,
    FileOrigin,
    Function,
    FunctionUrl,
    FunctionVersion,
    Link,
    Permission,
    ResourceId,
    literal,
    show,
)

AWS_SERVICE = ".amazonaws.com"


def summaries(estate: Estate) -> tuple[FunctionSummary, ...]:
    """Every function of the estate, in the order of the sources."""
    owners = _owners(estate)
    urls = _by_function(owners, ((url.function, show(url.auth_type)) for url in estate.all(FunctionUrl)))
    triggers = _by_function(owners, _triggers(estate))
    return tuple(
        FunctionSummary(
            id=str(function.id),
            shown=function.shown or function.id.name,
            runtime="" if function.runtime is None else show(function.runtime),
            role=_named(estate, function.role),
            url=", ".join(urls.get(function.id, ())),
            vpc=function.vpc is not None and bool(function.vpc.subnets),
            triggers=tuple(triggers.get(function.id, ())),
            file=at.file if isinstance(at := estate.origin(function.place()), FileOrigin) else "",
            line=at.line if isinstance(at, FileOrigin) else 0,
        )
        for function in estate.all(Function)
    )


def _owners(estate: Estate) -> Mapping[ResourceId, ResourceId]:
    """The function that a function, version or alias belongs to."""
    owners = {function.id: function.id for function in estate.all(Function)}
    parts: list[FunctionVersion | Alias] = [*estate.all(FunctionVersion), *estate.all(Alias)]
    for part in parts:
        if part.function and part.function.target in owners:
            owners[part.id] = owners[part.function.target]
    return owners


def _triggers(estate: Estate) -> Iterable[tuple[Link | None, str]]:
    for mapping in estate.all(EventSourceMapping):
        yield mapping.function, _named(estate, mapping.source)
    for permission in estate.all(Permission):
        principal = literal(permission.principal) or ""
        if principal.endswith(AWS_SERVICE):
            yield permission.function, principal.removesuffix(AWS_SERVICE)


def _by_function(
    owners: Mapping[ResourceId, ResourceId], pairs: Iterable[tuple[Link | None, str]]
) -> Mapping[ResourceId, list[str]]:
    found: dict[ResourceId, list[str]] = {}
    for link, name in pairs:
        owner = owners.get(link.target) if link and link.target else None
        if owner is not None and name not in found.setdefault(owner, []):
            found[owner].append(name)
    return found


def _named(estate: Estate, link: Link | None) -> str:
    """A link for people: the resource that it means, else the value as written."""
    if link is None:
        return ""
    target = estate.resources.get(link.target) if link.target else None
    return (target.shown or target.id.name) if target else show(link.value)
