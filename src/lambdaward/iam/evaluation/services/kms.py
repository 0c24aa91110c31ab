"""AWS KMS: a key's own policy must allow or delegate; grants allow too; aliases have no policy.

https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
"""

from __future__ import annotations

from lambdaward.iam.context import ABSENT
from lambdaward.iam.evaluation.caller import key
from lambdaward.iam.evaluation.policies import KeyGrant
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.evaluation.said import Said
from lambdaward.iam.evaluation.services.default import default, trusting
from lambdaward.iam.truth import Doubt, Truth, and_, both, either
from lambdaward.model import Unknown

_ALIAS_CHANGES = ("kms:createalias", "kms:deletealias", "kms:updatealias")
_CONTEXT = "kms:encryptioncontext:"
_KEYS = "kms:encryptioncontextkeys"


def kms(said: Said) -> Truth:
    """Decide by what the resource is."""
    _, resource = said.request.named_resource
    if resource.startswith("alias/"):
        return _alias(said, resource)
    if not resource.startswith("key/"):
        return default(said)
    return either((trusting(said), *(_permits(grant, said.request) for grant in said.policies.grants)))


def _alias(said: Said, resource: str) -> Truth:
    """An alias is its own account's business, and AWS's own aliases nobody's."""
    if resource.startswith("alias/aws/") and said.request.action in _ALIAS_CHANGES:
        return False
    return and_(said.same_account, said.own)


def _permits(grant: KeyGrant, request: Request) -> Truth:
    """Whether a grant is for this caller, operation and encryption context."""
    operations = {operation.lower() for operation in grant.operations}
    if key(grant.grantee) not in request.keys or request.action.removeprefix("kms:") not in operations:
        return False
    pairs = [_is(request, _CONTEXT + name.lower(), (value,)) for name, value in grant.subset]
    if grant.equals is not None:
        names = tuple(sorted(name for name, _ in grant.equals))
        pairs += [_is(request, _CONTEXT + name.lower(), (value,)) for name, value in grant.equals]
        pairs.append(_is(request, _KEYS, names))
    return both(pairs)


def _is(request: Request, name: str, expected: tuple[str, ...]) -> Truth:
    values = request.context.get(name)
    if isinstance(values, tuple):
        return tuple(sorted(map(str, values))) == expected
    return expected == () if values is ABSENT else Doubt((Unknown(f"the request's {name} is not known"),))
