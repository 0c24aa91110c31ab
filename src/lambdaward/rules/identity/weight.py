"""What the rules on identity share: findings about a grant of an execution role, weighed by who can start its functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lambdaward.findings import Evidence
from lambdaward.model import Place, Unknown, Yes
from lambdaward.rules import Doubt, Found, Severity

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis
    from lambdaward.analysis.roles import Caller, ExecutionRole, Grant


def about(  # noqa: PLR0913 - what a finding says
    analysis: Analysis,
    role: ExecutionRole,
    place: Place,
    message: str,
    severity: Severity,
    *,
    because: tuple[str, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Found:
    """A finding on an execution role. It is one step worse when anybody on the internet can start one of its functions."""
    open_ = analysis.roles.anonymous(role)
    if isinstance(open_, Yes):
        severity = Severity(min(severity + 1, Severity.CRITICAL))
        because = (*because, f"anybody on the internet can start {role.names}")
        evidence = (*evidence, *(Evidence(fact.text, fact.place) for fact in open_.proof))
    return Found(
        record=role.role,
        place=place,
        message=message,
        severity=severity,
        because=because,
        evidence=evidence,
        key=".".join(map(str, place.path)),
        functions=role.identities,
    )


def grants(analysis: Analysis) -> Iterator[tuple[ExecutionRole, Grant]]:
    """Every grant of every execution role."""
    for role in analysis.roles.execution:
        for grant in analysis.roles.grants(role.role):
            yield role, grant


def trusting(analysis: Analysis, message: str) -> Iterator[tuple[ExecutionRole, Caller, Found]]:
    """Every caller that a trust policy of an execution role admits, with the finding that it would be. In the message, `{}`
    stands for the functions."""
    for role in analysis.roles.execution:
        for caller in analysis.roles.callers(role.role):
            yield (
                role,
                caller,
                Found(
                    record=role.role,
                    place=caller.place,
                    message=message.format(role.names),
                    key=caller.key,
                    functions=role.identities,
                ),
            )


def open_question(role: ExecutionRole, place: Place, message: str, doubts: Iterable[Unknown]) -> Iterator[Doubt]:
    """A question on an execution role, when there is a reason to ask."""
    reasons = tuple(dict.fromkeys(doubts))
    if reasons:
        yield Doubt(
            record=role.role, place=place, message=message, unknowns=reasons, key=".".join(map(str, place.path))
        )


def listed(actions: Iterable[str]) -> str:
    """Some actions for people."""
    names = tuple(actions)
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
