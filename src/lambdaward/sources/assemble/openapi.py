"""Reading an OpenAPI document (2.0 or 3.x, with API Gateway's extensions) to what security needs of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.model import (
    ApiDocument,
    Link,
    Operation,
    Place,
    SecurityScheme,
    Unknown,
    Value,
    alternatives,
    dig,
    items,
    literal,
    unknowns,
)
from lambdaward.sources.assemble.links import Linker

VERBS = frozenset(
    {"get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"}
)
FUNCTIONS = ("AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias")
INTEGRATION = "x-amazon-apigateway-integration"
VALIDATOR = "x-amazon-apigateway-request-validator"
AUTHORIZER = "x-amazon-apigateway-authorizer"

# x-amazon-apigateway-authtype and the authorizer's own type, in lower case -> the kind of scheme.
_KINDS = {
    "awssigv4": "iam",
    "cognito_user_pools": "cognito",
    "jwt": "jwt",
    "token": "authorizer",
    "request": "authorizer",
    "custom": "authorizer",
}


def read_document(body: Value, at: Place, linker: Linker) -> ApiDocument | None:
    """The document at a place, or `None` when there is none."""
    if body is None:
        return None
    holders = (("components", "securitySchemes"), ("securityDefinitions",))
    schemes = [
        _scheme(name, value, Place(at.resource, (*at.path, *holder, name)), linker)
        for holder in holders
        for name, value in _members(dig(body, *holder))
    ]
    return ApiDocument(
        at=at,
        operations=tuple(_operations(body, at, linker)),
        schemes=tuple(schemes),
        policy=dig(body, "x-amazon-apigateway-policy"),
        unread=_unread(body),
    )


def _operations(body: Value, at: Place, linker: Linker) -> Iterator[Operation]:
    for path, methods in _members(dig(body, "paths")):
        for verb, operation in _members(methods):
            if verb.lower() not in VERBS:
                continue
            place = at / "paths" / path / verb
            security, doubt = _security(operation, body)
            yield Operation(
                at=place,
                path=path,
                verb="ANY" if verb.startswith("x-") else verb.upper(),
                security=security,
                open_question=doubt,
                function=linker.link(dig(operation, INTEGRATION, "uri"), FUNCTIONS),
                integration=_text(dig(operation, INTEGRATION, "type")),
                validator=dig(operation, VALIDATOR) or dig(body, VALIDATOR),
                request_parameters=dig(operation, INTEGRATION, "requestParameters"),
            )


def _security(operation: Value, body: Value) -> tuple[tuple[str, ...], Unknown | None]:
    """The schemes that an operation asks for: its own, else the document's. `NONE` is SAM's word for no scheme."""
    own = dig(operation, "security")
    wanted = dig(body, "security") if own is None else own
    names = [name for item in items(wanted) for name, _ in _members(item)]
    kind = literal(dig(operation, "x-amazon-apigateway-auth", "type"))
    if kind is not None:
        names.append("sigv4" if kind == "AWS_IAM" else "NONE")
    return tuple(name for name in names if name != "NONE"), next(unknowns(wanted), None)


def _scheme(name: str, value: Value, at: Place, linker: Linker) -> SecurityScheme:
    authorizer = dig(value, AUTHORIZER)
    words = (dig(value, "x-amazon-apigateway-authtype"), dig(authorizer, "type"))
    kinds = [_KINDS[word.lower()] for word in map(literal, words) if word and word.lower() in _KINDS]
    pools = (linker.link(arn, ("AWS::Cognito::UserPool",)) for arn in items(dig(authorizer, "providerARNs")))
    return SecurityScheme(
        at=at,
        name=name,
        kind=kinds[-1] if kinds else "api-key" if literal(dig(value, "type")) == "apiKey" else "?",
        function=linker.link(dig(authorizer, "authorizerUri"), FUNCTIONS),
        pools=tuple(pool for pool in pools if isinstance(pool, Link)),
        audience=items(dig(authorizer, "jwtConfiguration", "audience")),
        identity_source=_text(dig(authorizer, "identitySource")),
        cache_seconds=_number(dig(authorizer, "authorizerResultTtlInSeconds")),
    )


def _members(value: Value) -> Iterator[tuple[str, Value]]:
    """The members of a mapping, of every alternative of it."""
    for option in alternatives(value):
        if isinstance(option, Mapping):
            yield from option.items()


def _unread(body: Value) -> tuple[Unknown, ...]:
    """The parts that decide about operations and are not known: the document, its paths, or the verbs of a path."""
    paths = dig(body, "paths")
    methods = [dig(paths, path) for path, _ in _members(paths)]
    return tuple(value for value in (body, paths, *methods) if isinstance(value, Unknown))


def _text(value: Value) -> str | Unknown | None:
    return value if isinstance(value, Unknown) else literal(value)


def _number(value: Value) -> int | Unknown | None:
    known = literal(value)
    return int(known) if known and known.isdigit() and len(known) < 10 else None
