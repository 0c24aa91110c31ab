"""From statements to decisions: one loop over statements for every kind of policy, and small authorizers that combine them."""

from lambdaward.iam.evaluation.analysis import Analysis, Asking, Naming, analyse
from lambdaward.iam.evaluation.caller import ANONYMOUS, Caller, CallerKind, Grade, caller
from lambdaward.iam.evaluation.clause import Clause, clauses
from lambdaward.iam.evaluation.decision import Decision, Mode, Outcome, decide
from lambdaward.iam.evaluation.listed import Listed
from lambdaward.iam.evaluation.policies import KeyGrant, Policies, Type, policies
from lambdaward.iam.evaluation.policyset import PolicySet, policy_set
from lambdaward.iam.evaluation.request import Request, asked

__all__ = [
    "ANONYMOUS",
    "Analysis",
    "Asking",
    "Caller",
    "CallerKind",
    "Clause",
    "Decision",
    "Grade",
    "KeyGrant",
    "Listed",
    "Mode",
    "Naming",
    "Outcome",
    "Policies",
    "PolicySet",
    "Request",
    "Type",
    "analyse",
    "asked",
    "caller",
    "clauses",
    "decide",
    "policies",
    "policy_set",
]
