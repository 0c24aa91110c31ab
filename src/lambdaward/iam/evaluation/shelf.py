"""The statements of one effect that are about one action, found by what a request's resource and keys are.

Resource patterns are found by the literal text they begin with, and below one pattern statements by the value that a condition
asks a key to equal. What is left out surely does not apply; everything else is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lambdaward.iam.conditions import literals
from lambdaward.iam.context import ABSENT, Context, Several
from lambdaward.iam.evaluation.clause import Clause
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.matching import Pattern
from lambdaward.iam.truth import Truth, both

Reached = tuple[Clause, Truth]
_LITERAL = re.compile(r"[^*?$]*")  # what every text that a pattern matches begins with


class Shelf:
    """The statements, each with how sure it is that it is about the action. `always` is one that applies to every request for
    the action by its own principals."""

    __slots__ = ("_by_head", "_found", "_lengths", "_others", "always", "any")

    def __init__(self, found: Sequence[Reached]) -> None:
        self.any = bool(found)
        self.always = next((clause for clause, truth in found if truth is True and _is_unlimited(clause)), None)
        self._found = found
        self._by_head: dict[str, dict[str, Bucket]] = {}
        self._others: list[Reached] = []
        for clause, truth in found:
            patterns = _patterns(clause) if truth is True else None
            if patterns is None:
                self._others.append((clause, truth))
                continue
            for head, pattern in patterns:
                below = self._by_head.setdefault(head, {})
                key = str(pattern.value)
                if key not in below:
                    below[key] = Bucket(pattern)
                below[key].add(clause)
        self._lengths = sorted({len(head) for head in self._by_head})

    def reached(self, request: Request) -> Iterator[Reached]:
        """The statements that may apply to the request, with how sure it is that they are about its resource. One may come
        more than once."""
        plain = request.target.plain
        if plain is None:
            yield from _about(self._found, request)
            return
        for length in self._lengths:
            if length > len(plain):
                break
            below = self._by_head.get(plain[:length])
            for bucket in below.values() if below else ():
                matcher = bucket.pattern.matcher
                if matcher is not None and matcher(plain):
                    yield from bucket.holding(request.context)
        if self._others:
            yield from _about(self._others, request)


class Bucket:
    """Statements about the resources of one pattern: those that ask a key to equal a value, by that value, and the others."""

    __slots__ = ("_by_key", "_others", "pattern")

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self._by_key: dict[str, dict[str, list[Reached]]] = {}
        self._others: list[Reached] = []

    def add(self, clause: Clause) -> None:
        """Put a statement in."""
        for condition in clause.statement.conditions:
            values = literals(condition)
            if values is not None:
                by_value = self._by_key.setdefault(condition.key.lower(), {})
                for value in values:
                    by_value.setdefault(value, []).append((clause, True))
                return
        self._others.append((clause, True))

    def holding(self, context: Context) -> Iterator[Reached]:
        """The statements that a context does not rule out by the one key they are found by."""
        for key, by_value in self._by_key.items():
            values = context.get(key)
            if isinstance(values, tuple) and not isinstance(values, Several) and isinstance(values[0], str):
                yield from by_value.get(values[0], ())
            elif values is not ABSENT:
                yield from (reached for found in by_value.values() for reached in found)
        yield from self._others


def _about(found: Iterable[Reached], request: Request) -> Iterator[Reached]:
    for clause, truth in found:
        named = clause.names_resource(request)
        if named is not False:
            yield clause, named if truth is True else both((truth, named))


def _patterns(clause: Clause) -> list[tuple[str, Pattern]] | None:
    """A statement's resource patterns, each with its literal beginning; `None` for one that cannot be found by them."""
    if clause.statement.not_resource or clause.statement.resources is None:
        return None
    found = []
    for pattern, doubt in clause.resources:
        literal = _LITERAL.match(pattern.value) if pattern.plain and isinstance(pattern.value, str) else None
        if literal is None or doubt is not None:
            return None
        found.append((literal[0], pattern))
    return found


def _is_unlimited(clause: Clause) -> bool:
    """Whether a statement is about every resource, without conditions and principals."""
    said = clause.statement
    every = not said.not_resource and any(part.value == "*" and part.doubt is None for part in said.resources or ())
    return every and not said.conditions and not said.doubts and said.principals is None
