"""String and ARN operators: policy variables are replaced, and `Like` knows wildcards."""

from __future__ import annotations

from lambdaward.iam.conditions.comparison import Matcher
from lambdaward.iam.language import Textual
from lambdaward.iam.matching import ArnPattern, Pattern, subject


def equals(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """The same text, case and all."""
    pattern = Pattern(written, variables=variables, literal=True)
    return lambda given, context: pattern.covers(subject(given), context)


def equals_ignore_case(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """The same text but for case."""
    pattern = Pattern(written, variables=variables, literal=True, fold=True)
    return lambda given, context: pattern.covers(subject(given, fold=True), context)


def like(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """A pattern with `*` and `?`, case and all."""
    pattern = Pattern(written, variables=variables)
    return lambda given, context: pattern.covers(subject(given), context)


def arn(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """An ARN pattern, field by field."""
    return ArnPattern(written, variables=variables).covers
