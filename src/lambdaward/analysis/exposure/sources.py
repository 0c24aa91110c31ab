"""Whom a service calls a function for: what a permission for a service binds the call to."""

from __future__ import annotations

from lambdaward.analysis.arns import fields
from lambdaward.analysis.exposure.grants import unset
from lambdaward.model import (
    Bucket,
    Estate,
    Fact,
    No,
    Permission,
    Ref,
    TextValue,
    Unknown,
    Unsure,
    Value,
    Verdict,
    Yes,
    alternatives,
    any_of,
    negate,
    parts,
    show,
    unknowns,
)

# The service field of a resource's ARN, where it is not the second part of its type in lower case.
_FIELDS = {
    "ApiGateway": "execute-api",
    "ApiGatewayV2": "execute-api",
    "Cognito": "cognito-idp",
    "ElasticLoadBalancingV2": "elasticloadbalancing",
}


def bound(permission: Permission) -> Verdict:
    """Whether a permission lets a service call for one account, organization or named resource only. A source ARN with a
    wildcard in place of the account binds nothing."""
    token = Yes() if permission.event_source_token is not None else No()
    owners = (negate(unset(value)) for value in (permission.source_account, permission.organization))
    answer = any_of((token, *owners, _names(permission.source_arn)))
    return Yes((Fact("it names its source", permission.place()),)) if isinstance(answer, Yes) else answer


def by_bucket(estate: Estate, permission: Permission) -> bool:
    """Whether the only bound is the name of a bucket that is not of the estate: a name says nothing about who owns it."""
    arn = fields(permission.source_arn)
    if not arn or arn[4] != "" or permission.source_account is not None or permission.organization is not None:
        return False
    named = parts(arn[5])
    own = any(parts(bucket.name) == named for bucket in estate.all(Bucket))
    return not own and not any(isinstance(part, Ref) for part in named)


def _names(source: TextValue) -> Verdict:
    """Whether a source ARN names an account, or a resource by itself, in all of its alternatives."""
    answers = [_binds(option) for option in alternatives(source)]
    if len({type(answer) for answer in answers}) > 1:
        return Unsure(tuple(unknowns(source)))
    return answers[0]


def _binds(option: Value) -> Verdict:
    arn = fields(option)
    # An ARN of S3 names no account; the bucket's name stands for it.
    inner = parts((arn[4] or arn[5]) if arn else option)
    if option is None or any("*" in part or "?" in part for part in inner if isinstance(part, str)):
        return No()
    doubts = tuple(part for part in inner if isinstance(part, Unknown))
    return Unsure(doubts) if doubts and len(inner) == 1 and not (arn and arn[4] == "") else Yes()


def source_service(estate: Estate, source: Value) -> TextValue:
    """The service that a source ARN is of: as its ARN says, or by the type of the resource that it refers to; `None` when
    neither is known."""
    arn = fields(source)
    if arn:
        return None if list(unknowns(arn[2])) or "*" in show(arn[2]) else arn[2]
    inner = parts(source)
    if len(inner) != 1 or not isinstance(inner[0], Ref):
        return None
    word = estate.resources[inner[0].resource].type.split("::")[1]
    return _FIELDS.get(word, word.lower())
