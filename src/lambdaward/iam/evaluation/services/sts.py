"""AWS STS: the trust policy of a role must allow, and some actions cannot be denied.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_compare-resource-policies.html
https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
"""

from __future__ import annotations

from lambdaward.iam.evaluation.said import Said
from lambdaward.iam.evaluation.services.default import default, trusting
from lambdaward.iam.truth import Truth

# No permission is needed for these, and no policy has an effect on them.
ALWAYS_ALLOWED = frozenset({"sts:getcalleridentity", "sts:getsessiontoken"})
_ON_ROLES = frozenset(
    {
        "sts:assumerole",
        "sts:assumerolewithsaml",
        "sts:assumerolewithwebidentity",
        "sts:setcontext",
        "sts:setsourceidentity",
        "sts:tagsession",
    }
)


def sts(said: Said) -> Truth:
    """Taking on a role asks its trust policy; everything else is decided like elsewhere."""
    return trusting(said) if said.request.action in _ON_ROLES else default(said)
