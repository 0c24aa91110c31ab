"""An API's OpenAPI document, read to what security needs: who may call which operation, and what it runs."""

from lambdaward.model.fields import Link
from lambdaward.model.record import BlockRecord
from lambdaward.model.values import NumberValue, TextValue, Unknown, Value


class SecurityScheme(BlockRecord, frozen=True, kw_only=True):
    """A way for callers to say who they are. `kind` is `iam`, `authorizer`, `cognito`, `jwt`, `api-key` or `?`; `function` the
    authorizer's function, `pools` the user pools."""

    name: str
    kind: str
    function: Link | None = None
    pools: tuple[Link, ...] = ()
    audience: tuple[Value, ...] = ()
    identity_source: TextValue = None
    cache_seconds: NumberValue = None


class Operation(BlockRecord, frozen=True, kw_only=True):
    """One verb of one path. `security` names the schemes it asks for; `open_question` says why that is not wholly known."""

    path: str
    verb: str
    security: tuple[str, ...] = ()
    open_question: Unknown | None = None
    function: Link | None = None
    integration: TextValue = None
    validator: Value = None
    request_parameters: Value = None


class ApiDocument(BlockRecord, frozen=True, kw_only=True):
    """An OpenAPI document of a REST or HTTP API. `unread` says which parts of it are not known."""

    operations: tuple[Operation, ...] = ()
    schemes: tuple[SecurityScheme, ...] = ()
    policy: Value = None
    unread: tuple[Unknown, ...] = ()
