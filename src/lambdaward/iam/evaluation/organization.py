"""Which of an organization's policies apply to a request.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
"""

from __future__ import annotations

from lambdaward.catalog import actions
from lambdaward.iam.evaluation.policies import Policies
from lambdaward.iam.evaluation.policyset import PolicySet
from lambdaward.iam.evaluation.request import Request

_NONE: tuple[PolicySet, ...] = ()


def applicable_scps(request: Request, policies: Policies) -> tuple[PolicySet, ...]:
    """SCPs limit the users, roles and root users of member accounts, service-linked roles excepted."""
    caller = request.caller
    if not policies.scps or not caller.in_account or caller.linked or caller.account == policies.management_account:
        return _NONE
    return policies.scps


def applicable_rcps(request: Request, policies: Policies) -> tuple[PolicySet, ...]:
    """RCPs limit the use of resources in member accounts, of the services that know them, by all but service-linked roles."""
    if not policies.rcps or request.caller.linked or request.account == policies.management_account:
        return _NONE
    return policies.rcps if actions().has_resource_control(request.service) else _NONE
