"""What AWS rejects in statements that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lambdaward.iam.language.policy import Fault, Kind, Part, Statement
from lambdaward.model import pattern

_ACTION = pattern(r"\*|[A-Za-z0-9-]+:[^\s:,]+")
_RESOURCE = pattern(r"\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.*", re.DOTALL)
_SID = pattern(r"[A-Za-z0-9]*")


def check(statements: Iterable[Statement], kind: Kind) -> Iterator[Fault]:
    """Every fault of statements in a policy of a kind."""
    sids: set[str] = set()
    places: set[object] = set()
    for statement in statements:
        if statement.path in places:
            continue
        places.add(statement.path)
        yield from _elements(statement, kind)
        yield from _values(statement, kind)
        if kind is Kind.IDENTITY and statement.sid in sids:
            yield Fault((*statement.path, "Sid"), f"another statement has the Sid {statement.sid}")
        if statement.sid:
            sids.add(statement.sid)


def _elements(statement: Statement, kind: Kind) -> Iterator[Fault]:
    has_principal, has_resource = statement.principals is not None, statement.resources is not None
    if statement.actions is None:
        yield Fault(statement.path, "a statement has an Action or NotAction")
    if kind is Kind.IDENTITY and not has_resource:
        yield Fault(statement.path, "a statement of an identity policy has a Resource or NotResource")
    if kind is Kind.IDENTITY and has_principal:
        yield Fault((*statement.path, "Principal"), "an identity policy names no principal")
    if kind in (Kind.RESOURCE, Kind.TRUST) and not has_principal:
        yield Fault(statement.path, "a statement of a resource policy has a Principal or NotPrincipal")
    if kind is Kind.TRUST and has_resource:
        yield Fault((*statement.path, "Resource"), "a trust policy names no resource")
    if kind is Kind.TRUST and statement.not_principal:
        yield Fault((*statement.path, "NotPrincipal"), "a trust policy has no NotPrincipal")


def _values(statement: Statement, kind: Kind) -> Iterator[Fault]:
    if kind is Kind.IDENTITY and not _SID.fullmatch(statement.sid):
        yield Fault((*statement.path, "Sid"), "a Sid is letters and digits")
    yield from _each(statement.actions, _ACTION, "an action is * or service:name")
    if kind is Kind.IDENTITY:
        yield from _each(statement.resources, _RESOURCE, "a resource is * or an ARN")
    for principal in statement.principals or ():
        partly = isinstance(principal.value, str) and "*" in principal.value and principal.value != "*"
        if partly and principal.kind == "AWS":
            yield Fault(principal.path, "a wildcard cannot stand for a part of a principal")


def _each(parts: tuple[Part, ...] | None, form: re.Pattern[str], reason: str) -> Iterator[Fault]:
    for part in parts or ():
        if isinstance(part.value, str) and not form.fullmatch(part.value):
            yield Fault(part.path, reason)
