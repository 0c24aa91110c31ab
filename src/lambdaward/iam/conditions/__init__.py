"""Conditions: every operator, three-valued, in a closed or an open context."""

from lambdaward.iam.conditions.operators import OPERATORS, Operator
from lambdaward.iam.conditions.predicate import Predicate, heads

__all__ = ["OPERATORS", "Operator", "Predicate", "heads"]
