"""Patterns of policies against texts of requests: wildcards, policy variables and holes, in linear time."""

from lambdaward.iam.matching.arn import ArnPattern
from lambdaward.iam.matching.glob import Matcher, head
from lambdaward.iam.matching.holes import why
from lambdaward.iam.matching.pattern import Pattern, Subject, pattern, subject

__all__ = ["ArnPattern", "Matcher", "Pattern", "Subject", "head", "pattern", "subject", "why"]
