"""The policy language: documents to typed statements, and what AWS rejects in them."""

from lambdaward.iam.language.operators import OPERATORS
from lambdaward.iam.language.parse import parse
from lambdaward.iam.language.policy import (
    Condition,
    Fault,
    Kind,
    Part,
    Policy,
    Principal,
    Source,
    Statement,
    Textual,
)

__all__ = [
    "OPERATORS",
    "Condition",
    "Fault",
    "Kind",
    "Part",
    "Policy",
    "Principal",
    "Source",
    "Statement",
    "Textual",
    "parse",
]
