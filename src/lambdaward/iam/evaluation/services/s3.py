"""Amazon S3: Block Public Access keeps strangers out of buckets whose policy is public.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
"""

from __future__ import annotations

from lambdaward.iam.evaluation.caller import CallerKind
from lambdaward.iam.evaluation.clause import Clause
from lambdaward.iam.evaluation.said import Said
from lambdaward.iam.fixed import ADDRESSES, TELLING, is_narrow
from lambdaward.iam.language import Condition

_FIXED_BY = frozenset({"StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike", "IpAddress"})


def keeps_out(said: Said) -> bool:
    """Whether a public policy is not to let the caller in: with public buckets restricted, only services and the bucket's own
    account get in by one."""
    blocked = said.policies.public_access_blocked and said.request.service == "s3"
    return blocked and is_public(said) and _is_stranger(said)


def is_public(said: Said) -> bool:
    """Whether the bucket's policy is public in the sense of S3."""
    found = said.policies.resource.clauses if said.policies.resource else ()
    return any(clause.allow and _for_everybody(clause) and not _narrowed(clause) for clause in found)


def _is_stranger(said: Said) -> bool:
    if said.request.caller.kind is CallerKind.EXTERNAL:
        return False
    return said.request.caller.kind is CallerKind.ANONYMOUS or said.same_account is False


def _for_everybody(clause: Clause) -> bool:
    principals = clause.statement.principals or ()
    return clause.statement.not_principal or any(principal.value == "*" for principal in principals)


def _narrowed(clause: Clause) -> bool:
    return any(_fixes(condition) for condition in clause.statement.conditions)


def _fixes(condition: Condition) -> bool:
    """Whether a condition fixes a key that tells callers apart. S3 takes no value with a wildcard for fixed, but for an access
    point's name."""
    key = condition.key.lower()
    if key not in TELLING or condition.operator not in _FIXED_BY or condition.if_exists:
        return False
    values = [part.value for part in condition.values]
    return condition.qualifier != "ForAllValues" and all(
        not isinstance(one, str) or _is_fixed(key, one) for one in values
    )


def _is_fixed(key: str, value: str) -> bool:
    if key in ADDRESSES:
        return is_narrow(value)
    fixed = value.rpartition(":")[0] if key == "s3:dataaccesspointarn" else value
    return "*" not in fixed and "?" not in fixed
