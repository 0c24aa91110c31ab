"""Whether an ARN or an account is a foreign one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdaward.analysis.arns import PLACEHOLDER, account, fields
from lambdaward.model import No, Pseudo, Ref, Unknown, Unsure, Value, Verdict, Yes, literal, parts, unknowns

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis


def foreign(analysis: Analysis, value: Value) -> Verdict:
    """Whether an ARN or account is neither of the stack's own account nor of a trusted one. A literal account counts as foreign
    unless it is trusted: templates name their own by `AWS::AccountId`."""
    named = account(value)
    if named == PLACEHOLDER:
        return Unsure((Unknown("the account is the placeholder of AWS's documentation", "fill in the real account"),))
    if named:
        return No() if named in analysis.given.trusted_accounts else Yes()
    field = fields(value)[4] if fields(value) else value
    inner = parts(field)
    if any(isinstance(part, Unknown) for part in inner):
        return Unsure(tuple(unknowns(field)))
    own = not inner or literal(field) == "aws" or all(isinstance(part, (Ref, Pseudo)) or part == "" for part in inner)
    return No() if own else Unsure((Unknown("the account is not wholly known"),))
