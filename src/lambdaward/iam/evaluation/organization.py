"""Which of an organization's policies apply to a request.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
"""

from __future__ import annotations

from lambdaward.catalog import actions
from lambdaward.iam.evaluation.policies import Policies
from lambdaward.iam.evaluation.policyset import PolicySet
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.truth import Doubt, Truth
from lambdaward.model import Unknown

_NONE: tuple[PolicySet, ...] = ()


def applicable_scps(request: Request, policies: Policies) -> tuple[PolicySet, ...]:
    """SCPs limit the users, roles and root users of member accounts, service-linked roles excepted."""
    caller = request.caller
    if not policies.scps or not caller.in_account or caller.linked or caller.account == policies.management_account:
        return _NONE
    return policies.scps


def applicable_rcps(request: Request, policies: Policies) -> tuple[tuple[PolicySet, ...], Truth]:
    """RCPs limit the use of resources in member accounts, of the services that know them, by all but service-linked roles.
    Whether they do is not known of a service that the catalogue does not list."""
    if not policies.rcps or request.caller.linked or request.account == policies.management_account:
        return _NONE, False
    known = actions().has_resource_control(request.service)
    return policies.rcps, Doubt((known,)) if isinstance(known, Unknown) else known
