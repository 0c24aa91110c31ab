"""Remarks on actions: those that no service has, and patterns that take in more than was meant."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.catalog import actions
from lambdaward.iam.lint.remark import Remark
from lambdaward.iam.lint.said import Said
from lambdaward.model import Unknown


def unknown_action(said: Said) -> Iterator[Remark]:
    """An action that no service has, or a pattern that matches none."""
    for part in said.statement.actions or ():
        found = actions().expand(part.value) if isinstance(part.value, str) else 0
        if isinstance(found, Unknown):
            yield Remark("unknown-action", part.path, found.reason)


def not_action_allow(said: Said) -> Iterator[Remark]:
    """An allow of everything but what is listed: also of services that AWS has yet to add."""
    statement = said.statement
    if statement.allow and statement.not_action:
        path = statement.actions[0].path if statement.actions else statement.path
        reason = "an allow with NotAction is of every action of every service but these, and of those to come"
        yield Remark("not-action-allow", path, reason)


def spans_services(said: Said) -> Iterator[Remark]:
    """An allow whose pattern takes in actions of several services."""
    statement = said.statement
    for part in statement.actions or () if statement.allow and not statement.not_action else ():
        service = part.value.partition(":")[0] if isinstance(part.value, str) else ""
        if "*" in service or "?" in service:
            yield Remark("spans-services", part.path, f"{part.value} takes in actions of more than one service")
