"""ARN patterns of conditions: each of the six fields between colons is matched by itself.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lambdaward.iam.context import Context
from lambdaward.iam.language import Textual
from lambdaward.iam.matching.glob import glob
from lambdaward.iam.matching.holes import why
from lambdaward.iam.matching.items import Symbol, Wild, symbols
from lambdaward.iam.matching.pattern import Pattern, Subject, covers
from lambdaward.iam.truth import Doubt, Truth, both
from lambdaward.model import Text, text

_FIELDS = 6


class ArnPattern:
    """The pattern of an `Arn...` operator. `plain` is a function of a wholly known ARN (`None` for what is no ARN), when nothing
    in the pattern depends on the request."""

    __slots__ = ("_pattern", "plain")

    def __init__(self, value: Textual, *, variables: bool) -> None:
        self._pattern = Pattern(value, variables=variables)
        self.plain = _plain(value) if isinstance(value, str) and "${" not in value else None

    def covers(self, value: str | Text, context: Context) -> Truth | None:
        """Whether the pattern matches an ARN; `None` when either is none."""
        if self.plain is not None and isinstance(value, str):
            return self.plain(value)
        resolved = self._pattern.resolve(context)
        return False if resolved is None else _by_field(resolved, symbols(value, wildcards=False))


def _plain(pattern: str) -> Callable[[str], bool | None]:
    matchers = [glob(field) for field in pattern.split(":", _FIELDS - 1)]

    def matches(value: str) -> bool | None:
        given = value.split(":", _FIELDS - 1)
        if len(given) != _FIELDS or len(matchers) != _FIELDS or given[0] != "arn":
            return None
        return all(match(field) for match, field in zip(matchers, given, strict=True))

    return matches


def fields(value: Textual) -> tuple[str | Text, ...]:
    """The fields of an ARN: six of them when it is one that can be told apart."""
    if isinstance(value, str):
        return tuple(value.split(":", _FIELDS - 1))
    read = _split(symbols(value, wildcards=False))
    return tuple(text(*(symbol for symbol in field if not isinstance(symbol, Wild))) for field in read)


def _by_field(pattern: tuple[Symbol, ...], text: tuple[Symbol, ...]) -> Truth | None:
    """Field by field; a hole that may hold several fields leaves it open."""
    left, right = _split(pattern), _split(text)
    if len(left) == len(right) == _FIELDS:
        return both(covers(tuple(one), Subject(tuple(other))) for one, other in zip(left, right, strict=True))
    holes = [symbol for symbol in (*pattern, *text) if not isinstance(symbol, str | Wild)]
    return Doubt(tuple(dict.fromkeys(map(why, holes)))) if holes else None


def _split(read: Iterable[Symbol]) -> list[list[Symbol]]:
    found: list[list[Symbol]] = [[]]
    for symbol in read:
        if not isinstance(symbol, str):
            found[-1].append(symbol)
            continue
        first, *rest = symbol.split(":", _FIELDS - len(found))
        found[-1].append(first)
        found += [[piece] for piece in rest]
    return found
