"""Routes from an API's OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.exposure.route import Route
from lambdaward.model import ApiDocument, HttpApi, No, Operation, RestApi, SecurityScheme, Unsure, Verdict, Yes

# A scheme that is named but not described: `sigv4` is what IAM authorization of one operation is read as.
_UNDESCRIBED = {"sigv4": "iam"}


def document_routes(kind: str, api: RestApi | HttpApi, document: ApiDocument) -> Iterator[Route]:
    """The routes that a document describes."""
    schemes = {scheme.name: scheme for scheme in document.schemes}
    for operation in document.operations:
        kinds = [_kind(name, schemes) for name in operation.security]
        asked = [kind for kind in kinds if kind != "api-key"]
        yield Route(
            kind=kind,
            api=api,
            record=api,
            place=operation.at,
            verb=operation.verb,
            path=operation.path,
            open=_open(operation, asked),
            auth=asked[0] if asked else "api-key" if kinds else "?" if operation.open_question else "none",
            authorizer=next((name for name in operation.security if _kind(name, schemes) != "api-key"), None),
            function=operation.function,
            key_required="api-key" in kinds,
            validator=operation.validator,
            integration=operation.integration,
            parameters=operation.request_parameters,
        )


def _kind(name: str, schemes: dict[str, SecurityScheme]) -> str:
    return schemes[name].kind if name in schemes else _UNDESCRIBED.get(name, "?")


def _open(operation: Operation, asked: list[str]) -> Verdict:
    """An operation is open when it asks for no scheme but an API key, which is no authentication."""
    if asked:
        return No()
    return Unsure((operation.open_question,)) if operation.open_question else Yes()
