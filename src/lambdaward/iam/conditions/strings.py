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
    return _by_pattern(Pattern(written, variables=variables, literal=True))


def like(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """A pattern with `*` and `?`, case and all."""
    return _by_pattern(Pattern(written, variables=variables))


def equals_ignore_case(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """The same text but for case."""
    pattern = Pattern(written, variables=variables, literal=True, fold=True)
    matcher = pattern.matcher
    plain = None if matcher is None else lambda given: matcher(given.lower())
    return Matcher(lambda given, context: pattern.covers(subject(_lower(given)), context), plain)


def is_boolean(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """`true` or `false`, in any case."""
    same = equals_ignore_case(written, variables)
    compare, plain = same.compare, same.plain
    if isinstance(written, str) and "${" not in written and boolean(written) is None:
        return Matcher(lambda _given, _context: None, lambda _given: None)

    def matches(given: str | Text, context: Context) -> Compared:
        return None if isinstance(given, str) and boolean(given) is None else compare(given, context)

    return Matcher(matches, plain and (lambda given: None if boolean(given) is None else plain(given)))


def arn(written: Textual, variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
    """An ARN pattern, field by field."""
    pattern = ArnPattern(written, variables=variables)
    return Matcher(pattern.covers, pattern.plain)


def _by_pattern(pattern: Pattern) -> Matcher:
    return Matcher(lambda given, context: pattern.covers(subject(given), context), pattern.matcher)


def _lower(given: str | Text) -> str | Text:
    if isinstance(given, str):
        return given.lower()
    return Text(tuple(part.lower() if isinstance(part, str) else part for part in given.parts))
