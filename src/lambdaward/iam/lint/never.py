"""Remarks on statements that apply to no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaward.iam.language import Condition, Part, Principal
from lambdaward.iam.lint.remark import Remark
from lambdaward.iam.lint.said import Said
from lambdaward.iam.reasoning import satisfiable

NAME = "never-applies"


def never_applies(said: Said) -> Iterator[Remark]:
    """A statement that takes in nothing, or whose conditions exclude each other."""
    statement = said.statement
    yield from _lists(said, "Action", statement.actions, negated=statement.not_action)
    yield from _lists(said, "Resource", statement.resources, negated=statement.not_resource)
    yield from _lists(said, "Principal", statement.principals, negated=statement.not_principal)
    by_key: dict[str, list[Condition]] = {}
    for condition in statement.conditions:
        by_key.setdefault(condition.key.lower(), []).append(condition)
    for found in by_key.values():
        if satisfiable(found, variables=said.variables) is False:
            what = f"{found[0].shown} never holds" if len(found) == 1 else "they exclude each other"
            yield Remark(NAME, found[0].path, f"no request meets the conditions on {found[0].key}: {what}")


def _lists(said: Said, name: str, parts: Iterable[Part | Principal] | None, *, negated: bool) -> Iterator[Remark]:
    """An exception that leaves nothing, and a list that names nothing."""
    if parts is None:
        return
    if negated and any(part.value == "*" for part in parts):
        yield Remark(NAME, said.statement.path, f"Not{name} leaves nothing when it lists `*`")
    elif not negated and not any(True for _ in parts):
        yield Remark(NAME, said.statement.path, f"{name} lists nothing")
