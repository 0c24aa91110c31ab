"""Reading ARNs that may have holes: their fields, and whether their account is a foreign one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdaward.model import (
    Hole,
    No,
    Pseudo,
    Ref,
    Text,
    Unknown,
    Unsure,
    Value,
    Verdict,
    Yes,
    literal,
    parts,
    text,
    unknowns,
)

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis

# The account number of AWS's own documentation: whoever left it in a template has yet to fill it in.
PLACEHOLDER = "123456789012"


def fields(value: Value) -> tuple[str | Text, ...]:
    """The fields of an ARN between its colons, holes kept; empty when the value does not begin like an ARN."""
    found: list[list[str | Hole]] = [[]]
    for part in parts(value):
        if not isinstance(part, str):
            found[-1].append(part)
            continue
        first, *rest = part.split(":")
        found[-1].append(first)
        found += [[piece] for piece in rest]
    arn = tuple(text(*field) for field in found)
    return arn if len(arn) >= 6 and arn[0] == "arn" else ()


def account(value: Value) -> str:
    """The account that an ARN names as twelve digits; empty when it names none or none that is known."""
    arn = fields(value)
    known = literal(arn[4]) if arn else None
    return known if known and known.isdecimal() and len(known) == 12 else ""


def foreign(analysis: Analysis, value: Value) -> Verdict:
    """Whether an ARN is of an account that is neither the stack's own nor a trusted one. A literal account counts as foreign
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
