"""What an operator is: how a value of a policy is made ready to be compared with values of requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from lambdaward.iam.context import Context
from lambdaward.iam.language import Textual
from lambdaward.iam.matching import why
from lambdaward.iam.truth import Doubt, Truth
from lambdaward.model import Text, holes

# `None` means that the two values cannot be compared, being of another type: then no operator holds, negated or not.
Compared = Truth | None
Plain = Callable[[str], "bool | None"]
T = TypeVar("T")


class Matcher(Struct, frozen=True):
    """A value of a policy, ready: `compare` takes a value of a request; `plain` does for a wholly known one, and is there when
    nothing in the policy's value depends on the request."""

    compare: Callable[[str | Text, Context], Compared]
    plain: Plain | None = None


# From a policy's value, and whether its version has variables.
Comparison = Callable[[Textual, bool], Matcher]


def parsed(parse: Callable[[str], T | None], compare: Callable[[T, T], bool]) -> Comparison:
    """Compare values of a type that texts are parsed to: `compare(request's, policy's)`. A text with holes leaves it open."""

    def prepare(written: Textual, _variables: bool) -> Matcher:  # noqa: FBT001 - one signature for all comparisons
        limit = parse(written) if isinstance(written, str) else None

        def plain(given: str) -> bool | None:
            value = parse(given)
            return None if limit is None or value is None else compare(value, limit)

        def matches(given: str | Text, _context: Context) -> Compared:
            if isinstance(written, str) and isinstance(given, str):
                return plain(given)
            return Doubt(tuple(dict.fromkeys(why(hole) for side in (written, given) for hole in holes(side))))

        return Matcher(matches, plain if isinstance(written, str) else None)

    return prepare
