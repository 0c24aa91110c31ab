"""How most services decide.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from __future__ import annotations

from collections.abc import Callable

from lambdaward.iam.evaluation.said import Said
from lambdaward.iam.truth import Truth, and_, negate, or_

Rule = Callable[[Said], Truth]


def default(said: Said) -> Truth:
    """Within an account the caller's policies or the resource's suffice."""
    return by_account(said, _either_side)


def trusting(said: Said) -> Truth:
    """The rule of resources whose own policy must always allow, by naming the caller or by trusting its account."""
    return by_account(said, _by_resource)


def by_account(said: Said, within: Rule) -> Truth:
    """The answer by one rule within an account; across accounts both sides must allow. Callers without an account have the
    resource's policy alone."""
    if not said.request.caller.in_account:
        return said.resource.allow
    same = said.same_account
    inside = within(said)
    if same is True:
        return inside
    across = and_(said.resource.allow, said.own)
    if same is False or inside == across:
        return across
    return or_(and_(same, inside), and_(negate(same), across))


def _either_side(said: Said) -> Truth:
    return or_(said.granted, said.own)


def _by_resource(said: Said) -> Truth:
    return or_(said.granted, and_(said.resource.allow, said.own))
