"""What an operator is: how a value of a policy is made ready to be compared with values of requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from lambdaward.iam.context import Context
from lambdaward.iam.language import Textual
from lambdaward.iam.matching import why
from lambdaward.iam.truth import Doubt, Truth
from lambdaward.model import Text, holes

# `None` means that the two values cannot be compared, being of another type: then no operator holds, negated or not.
Compared = Truth | None
Matcher = Callable[[str | Text, Context], Compared]
# From a policy's value, and whether its version has variables, to a function of the request's value.
Comparison = Callable[[Textual, bool], Matcher]

T = TypeVar("T")


def parsed(parse: Callable[[str], T | None], compare: Callable[[T, T], bool]) -> Comparison:
    """Compare values of a type that texts are parsed to: `compare(request's, policy's)`. A text with holes leaves it open."""

    def prepare(written: Textual, _variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
        limit = parse(written) if isinstance(written, str) else None

        def matches(given: str | Text, _context: Context) -> Compared:
            if isinstance(written, str) and isinstance(given, str):
                value = parse(given)
                return None if limit is None or value is None else compare(value, limit)
            return Doubt(tuple(dict.fromkeys(why(hole) for side in (written, given) for hole in holes(side))))

        return matches

    return prepare
