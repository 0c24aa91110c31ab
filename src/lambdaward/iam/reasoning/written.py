"""Statements as AWS's JSON again, as short as they can be written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from lambdaward.iam.language import Part, Principal, Statement
from lambdaward.model import Value, show

_EVERYBODY = "*"


def written(statement: Statement) -> Mapping[str, Value]:
    """A statement as a JSON object."""
    found: dict[str, Value] = {}
    if statement.sid:
        found["Sid"] = statement.sid
    found["Effect"] = "Allow" if statement.allow else "Deny"
    if statement.principals is not None:
        found["NotPrincipal" if statement.not_principal else "Principal"] = _principals(statement.principals)
    if statement.actions is not None:
        found["NotAction" if statement.not_action else "Action"] = _values(statement.actions)
    if statement.resources is not None:
        found["NotResource" if statement.not_resource else "Resource"] = _values(statement.resources)
    if statement.conditions:
        found["Condition"] = _conditions(statement)
    return found


def size(value: Value) -> int:
    """The characters of a value as AWS counts them: without white space."""
    return len("".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")).split()))


def _values(parts: Iterable[Part | Principal]) -> Value:
    texts = tuple(show(part.value) for part in parts)
    return texts[0] if len(texts) == 1 else texts


def _principals(principals: Iterable[Principal]) -> Value:
    kinds: dict[str, list[Principal]] = {}
    for principal in principals:
        kinds.setdefault(principal.kind, []).append(principal)
    if _EVERYBODY in kinds:
        return _EVERYBODY
    return {kind: _values(named) for kind, named in kinds.items()}


def _conditions(statement: Statement) -> Mapping[str, Mapping[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for condition in statement.conditions:
        found.setdefault(condition.name, {})[condition.key] = _values(condition.values)
    return found
