"""String, boolean and ARN operators: policy variables are replaced, and `Like` knows wildcards."""

from __future__ import annotations

from lambdaward.iam.conditions.comparison import Compared, Matcher
from lambdaward.iam.conditions.values import boolean
from lambdaward.iam.context import Context
from lambdaward.iam.language import Textual
from lambdaward.iam.matching import ArnPattern, Pattern, subject
from lambdaward.model import Text


def equals(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """The same text, case and all."""
    return _matcher(Pattern(written, variables=variables, literal=True))


def equals_ignore_case(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """The same text but for case."""
    pattern = Pattern(written, variables=variables, literal=True, fold=True)
    return lambda given, context: pattern.covers(subject(_lower(given)), context)


def like(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """A pattern with `*` and `?`, case and all."""
    return _matcher(Pattern(written, variables=variables))


def is_boolean(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """`true` or `false`, in any case."""
    same = equals_ignore_case(written, variables)
    known = not isinstance(written, str) or "${" in written or boolean(written) is not None
    return lambda given, context: same(given, context) if known and _may_be_boolean(given) else None


def arn(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """An ARN pattern, field by field."""
    return ArnPattern(written, variables=variables).covers


def _matcher(pattern: Pattern) -> Matcher:
    plain = pattern.matcher

    def matches(given: str | Text, context: Context) -> Compared:
        if plain is not None and isinstance(given, str):
            return plain(given)
        return pattern.covers(subject(given), context)

    return matches


def _may_be_boolean(given: str | Text) -> bool:
    return not isinstance(given, str) or boolean(given) is not None


def _lower(given: str | Text) -> str | Text:
    if isinstance(given, str):
        return given.lower()
    return Text(tuple(part.lower() if isinstance(part, str) else part for part in given.parts))
