"""Reasoning over all requests: what one policy allows and another does not, with a request that shows it."""

from lambdaward.iam.reasoning.keys import satisfiable
from lambdaward.iam.reasoning.minimal import Minimal, minimise
from lambdaward.iam.reasoning.questions import Answer, granted_access, new_access, public_access
from lambdaward.iam.reasoning.together import Together, granted_within
from lambdaward.iam.reasoning.witness import Witness

__all__ = [
    "Answer",
    "Minimal",
    "Together",
    "Witness",
    "granted_access",
    "granted_within",
    "minimise",
    "new_access",
    "public_access",
    "satisfiable",
]
