"""Whether an ARN or an account is a foreign one, and what statements let such accounts do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lambdaward.analysis.arns import PLACEHOLDER, account, fields
from lambdaward.model import (
    No,
    Pseudo,
    Ref,
    Unknown,
    Unsure,
    Value,
    Verdict,
    Yes,
    all_of,
    any_of,
    literal,
    parts,
    unknowns,
)

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis
    from lambdaward.analysis.guards import Admitted


# How AWS shows a role or user of a policy once it is gone.
IDENTIFIERS = ("AIDA", "AROA")


def foreign(analysis: Analysis, value: Value) -> Verdict:
    """Whether an ARN or account is neither of the estate's own accounts nor of a trusted one. A literal account counts as foreign
    unless a stack is known to be deployed to it: templates name their own by `AWS::AccountId`. A bare name is of the own one."""
    named = account(value)
    if named in analysis.estate.accounts | analysis.given.trusted_accounts:
        return No()
    if named == PLACEHOLDER:
        return Unsure((Unknown("the account is the placeholder of AWS's documentation", "fill in the real account"),))
    if named:
        return Yes()
    if not fields(value) and literal(value) is not None and not str(value).startswith(IDENTIFIERS):
        return No()
    field = fields(value)[4] if fields(value) else value
    inner = parts(field)
    if any(isinstance(part, Unknown) for part in inner):
        return Unsure(tuple(unknowns(field)))
    own = not inner or literal(field) == "aws" or all(isinstance(part, (Ref, Pseudo)) or part == "" for part in inner)
    return No() if own else Unsure((Unknown("the account is not wholly known"),))


def lets_stranger(analysis: Analysis, admitted: Admitted, actions: Iterable[str]) -> Verdict:
    """Whether a statement lets an account that it names, and that is foreign, take one of some actions."""
    if admitted.principal.kind != "AWS" or admitted.everybody:
        return No()
    some = any_of(analysis.guards.some(admitted, action) for action in actions)
    return all_of((foreign(analysis, admitted.principal.value), some))
