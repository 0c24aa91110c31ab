"""The IAM engine: the policy language, exact evaluation, and reasoning about requests.

    rules = policies(identity=[{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::orders/*"}}])
    decision = decide(Request("arn:aws:iam::111122223333:role/app", "s3:GetObject", "arn:aws:s3:::orders/1"), rules)
    decision.outcome  # Outcome.ALLOWED
    decision.explain()  # what decides, what stands in the way, what is not known

Below decisions there are statements: `parse` reads a document, `analyse` asks one kind of policy. An answer is a `Truth`: true,
false, or a formula over what is not known. The engine knows nothing of estates, files or findings; `lambdaward.analysis.access`
binds it to an estate.
"""

from lambdaward.iam.conditions import OPERATORS, Predicate
from lambdaward.iam.context import Context
from lambdaward.iam.evaluation import (
    ANONYMOUS,
    Analysis,
    Asking,
    Caller,
    CallerKind,
    Clause,
    Decision,
    Grade,
    KeyGrant,
    Mode,
    Naming,
    Outcome,
    Policies,
    PolicySet,
    Request,
    Type,
    analyse,
    asked,
    caller,
    clauses,
    decide,
    policies,
    policy_set,
)
from lambdaward.iam.language import Condition, Fault, Kind, Part, Policy, Principal, Source, Statement, Textual, parse
from lambdaward.iam.matching import ArnPattern, Pattern, Subject, pattern, subject
from lambdaward.iam.truth import (
    AllOf,
    AnyOf,
    Doubt,
    Formula,
    Needs,
    NeedsSession,
    Truth,
    both,
    either,
    leaves,
    negate,
    unknowns,
)

__all__ = [
    "ANONYMOUS",
    "OPERATORS",
    "AllOf",
    "Analysis",
    "AnyOf",
    "ArnPattern",
    "Asking",
    "Caller",
    "CallerKind",
    "Clause",
    "Condition",
    "Context",
    "Decision",
    "Doubt",
    "Fault",
    "Formula",
    "Grade",
    "KeyGrant",
    "Kind",
    "Mode",
    "Naming",
    "Needs",
    "NeedsSession",
    "Outcome",
    "Part",
    "Pattern",
    "Policies",
    "Policy",
    "PolicySet",
    "Predicate",
    "Principal",
    "Request",
    "Source",
    "Statement",
    "Subject",
    "Textual",
    "Truth",
    "Type",
    "analyse",
    "asked",
    "both",
    "caller",
    "clauses",
    "decide",
    "either",
    "leaves",
    "negate",
    "parse",
    "pattern",
    "policies",
    "policy_set",
    "subject",
    "unknowns",
]
