"""Operations that take several permissions: passing a role, and calling a function through its URL.

https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct, structs

from lambdaward.iam.context import Context
from lambdaward.iam.evaluation import Caller, Decision, Outcome, Policies, PolicySet, Request, decide
from lambdaward.iam.language import Textual
from lambdaward.iam.truth import Truth, both

# Function URLs made since the first day ask for both permissions, and all of them since the second.
BOTH_FOR_NEW = dt.date(2025, 10, 1)
BOTH_FOR_ALL = dt.date(2026, 11, 1)
_WORST = (Outcome.EXPLICITLY_DENIED, Outcome.IMPLICITLY_DENIED, Outcome.UNKNOWN, Outcome.ALLOWED)


class Joint(Struct, frozen=True):
    """The decisions on every permission that an operation takes. It is allowed when all are."""

    decisions: tuple[Decision, ...]

    @property
    def when(self) -> Truth:
        """The truth of the operation's being allowed."""
        return both(decision.when for decision in self.decisions)

    @property
    def outcome(self) -> Outcome:
        """The worst outcome among the permissions."""
        return min((decision.outcome for decision in self.decisions), key=_WORST.index, default=Outcome.ALLOWED)

    def explain(self) -> tuple[str, ...]:
        """Every decision in sentences."""
        return tuple(line for decision in self.decisions for line in decision.explain())


def needs_both(today: dt.date, created: dt.date | None = None) -> bool | None:
    """Whether a function URL asks for `lambda:InvokeFunction` beside `lambda:InvokeFunctionUrl`; `None` when that depends on
    the day it was created, which is not given."""
    if today >= BOTH_FOR_ALL or (created is not None and created >= BOTH_FOR_NEW):
        return True
    if today < BOTH_FOR_NEW or created is not None:
        return False
    return None


def invoke_by_url(
    principal: Textual | Caller, function: Textual, policies: Policies, *, auth: str, dual: bool
) -> Joint:
    """Whether a caller gets through a function's URL. `function` is the ARN of what the URL belongs to, with the alias if it is
    one: each qualifier has a policy of its own, which `policies.resource` is. `auth` is the URL's `NONE` or `AWS_IAM`, `dual` is
    what `needs_both` says. Keys that the URL does not set are absent."""
    by_url = Context({"lambda:FunctionUrlAuthType": auth})
    asked = [Request(principal, "lambda:InvokeFunctionUrl", function, context=by_url)]
    if dual:
        through = Context({"lambda:InvokedViaFunctionUrl": "true"})
        asked.append(Request(principal, "lambda:InvokeFunction", function, context=through))
    return Joint(tuple(decide(request, policies) for request in asked))


def pass_role(principal: Textual | Caller, role: Textual, service: str, policies: Policies, trust: PolicySet) -> Joint:
    """Whether a caller may hand a role to a service, and the service may take it. `policies` are the caller's, `trust` is the
    role's trust policy. Which other keys the requests have is not known."""
    known = Context({"iam:PassedToService": service}, closed=False)
    passing = Request(principal, "iam:PassRole", role, context=known)
    taking = Request(service, "sts:AssumeRole", role, context=Context(closed=False))
    own = structs.replace(policies, resource=None)
    return Joint((decide(passing, own), decide(taking, Policies(resource=trust))))
