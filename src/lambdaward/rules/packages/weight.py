"""How much is at stake when the code of a function does what it should not: who can start it, and what its role may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.catalog import actions
from lambdaward.findings import Evidence
from lambdaward.model import Role, Yes
from lambdaward.rules import Severity

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis
    from lambdaward.model import Function

POWERFUL = (
    "iam:PutRolePolicy",
    "iam:AttachRolePolicy",
    "iam:CreateAccessKey",
    "iam:PassRole",
    "sts:AssumeRole",
    "lambda:UpdateFunctionCode",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "kms:Decrypt",
    "s3:GetObject",
    "s3:PutObject",
    "dynamodb:Scan",
    "dynamodb:PutItem",
)


class Stake(Struct, frozen=True):
    """What makes a weakness in a function worse, by how many steps, and what shows it."""

    steps: int = 0
    because: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def on(self, severity: Severity) -> Severity:
        """A severity with the steps on it."""
        return Severity(min(severity + self.steps, Severity.CRITICAL))


def stake(analysis: Analysis, function: Function) -> Stake:
    """One step when anybody on the internet can start it, one when its role may do something that matters on any resource."""
    because, evidence = [], []
    open_ = analysis.exposure.anonymous(function)
    if isinstance(open_, Yes):
        because.append("anybody on the internet can start it")
        evidence += [Evidence(fact.text, fact.place) for fact in open_.proof]
    power = next(_powers(analysis, function), None)
    if power is not None:
        because.append(power.text)
        evidence.append(power)
    return Stake(len(because), tuple(because), tuple(evidence))


def _powers(analysis: Analysis, function: Function) -> Iterator[Evidence]:
    role = analysis.estate.follow(Role, function.role)
    wanted = actions().expand_many(POWERFUL).mask
    for grant in analysis.roles.grants(role) if role else ():
        if grant.mask & wanted and not grant.elsewhere:
            for action in analysis.roles.everywhere(grant, wanted).actions[:1]:
                yield Evidence(f"its role may {action} on any resource", grant.place(action))
