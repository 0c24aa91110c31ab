"""The IAM engine: the policy language, exact evaluation, and reasoning about requests.

    policy = parse({"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::orders/*"}})
    question = asked("s3:GetObject", "arn:aws:s3:::orders/1", Context())
    [clause.applies(question) for clause in clauses(policy, "inline policy")]  # [True]

An answer is a `Truth`: true, false, or a formula over what is not known. The engine knows nothing of estates, files or
findings; `lambdaward.analysis.access` binds it to an estate.
"""

from lambdaward.iam.conditions import OPERATORS, Predicate
from lambdaward.iam.context import Context
from lambdaward.iam.evaluation import Asked, Clause, asked, clauses
from lambdaward.iam.language import Condition, Fault, Kind, Part, Policy, Principal, Source, Statement, parse
from lambdaward.iam.matching import ArnPattern, Pattern, Subject, subject
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
    "OPERATORS",
    "AllOf",
    "AnyOf",
    "ArnPattern",
    "Asked",
    "Clause",
    "Condition",
    "Context",
    "Doubt",
    "Fault",
    "Formula",
    "Kind",
    "Needs",
    "NeedsSession",
    "Part",
    "Pattern",
    "Policy",
    "Predicate",
    "Principal",
    "Source",
    "Statement",
    "Subject",
    "Truth",
    "asked",
    "both",
    "clauses",
    "either",
    "leaves",
    "negate",
    "parse",
    "subject",
    "unknowns",
]
