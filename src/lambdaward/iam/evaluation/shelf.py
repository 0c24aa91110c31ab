"""The statements of one effect that are about one action, found by what a request's resource and keys are.

Resource patterns are found by the literal text they begin with, and below one pattern statements by the text that a condition
asks the value of a key to begin with. What is left out surely does not apply; everything else is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lambdaward.iam.conditions import heads
from lambdaward.iam.context import ABSENT, Context, Several
from lambdaward.iam.evaluation.clause import Clause
from lambdaward.iam.evaluation.heads import Heads
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.matching import Pattern, head
from lambdaward.iam.truth import Truth, both

Reached = tuple[Clause, Truth]


class Shelf:
    """The statements, each with how sure it is that it is about the action. `always` is one that applies to every request for
    the action by its own principals."""

    __slots__ = ("_buckets", "_found", "_others", "always", "any")

    def __init__(self, found: Sequence[Reached]) -> None:
        self.any = bool(found)
        self.always = next((clause for clause, truth in found if truth is True and _is_unlimited(clause)), None)
        self._found = found
        self._buckets: Heads[Bucket] = Heads()
        self._others: list[Reached] = []
        by_pattern: dict[str, Bucket] = {}
        for clause, truth in found:
            patterns = _patterns(clause) if truth is True else None
            if patterns is None:
                self._others.append((clause, truth))
                continue
            for text, pattern in patterns.items():
                if text not in by_pattern:
                    by_pattern[text] = Bucket(pattern)
                    self._buckets.add(head(text), by_pattern[text])
                by_pattern[text].add(clause)

    def reached(self, request: Request) -> Iterator[Reached]:
        """The statements that may apply to the request, with how sure it is that they are about its resource. One may come
        more than once."""
        plain = request.target.plain
        if plain is None:
            yield from _about(self._found, request)
            return
        for bucket in self._buckets.under(plain):
            matcher = bucket.pattern.matcher
            if matcher is not None and matcher(plain):
                yield from bucket.holding(request.context)
        if self._others:
            yield from _about(self._others, request)


class Bucket:
    """Statements about the resources of one pattern: those that ask the value of a key to begin with a text, and the others."""

    __slots__ = ("_by_key", "_others", "pattern")

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self._by_key: dict[str, Heads[Reached]] = {}
        self._others: list[Reached] = []

    def add(self, clause: Clause) -> None:
        """Put a statement in."""
        for condition in clause.statement.conditions:
            texts = heads(condition)
            if texts:
                below = self._by_key.setdefault(condition.key.lower(), Heads())
                for text in texts:
                    below.add(text, (clause, True))
                return
        self._others.append((clause, True))

    def holding(self, context: Context) -> Sequence[Reached]:
        """The statements that a context does not rule out by the one key they are found by."""
        if not self._by_key:
            return self._others
        found: list[Reached] = []
        for key, below in self._by_key.items():
            values = context.get(key)
            if isinstance(values, tuple) and not isinstance(values, Several) and isinstance(values[0], str):
                found += below.under(values[0])
            elif values is not ABSENT:
                found += below.everything()
        return found + self._others if self._others else found


def _about(found: Iterable[Reached], request: Request) -> Iterator[Reached]:
    for clause, truth in found:
        named = clause.names_resource(request)
        if named is not False:
            yield clause, named if truth is True else both((truth, named))


def _patterns(clause: Clause) -> dict[str, Pattern] | None:
    """A statement's resource patterns by their texts; `None` for one that cannot be found by them."""
    if clause.statement.not_resource or clause.statement.resources is None:
        return None
    found: dict[str, Pattern] = {}
    for pattern, doubt in clause.resources:
        if not pattern.plain or not isinstance(pattern.value, str) or doubt is not None:
            return None
        found[pattern.value] = pattern
    return found


def _is_unlimited(clause: Clause) -> bool:
    """Whether a statement is about every resource, without conditions and principals."""
    said = clause.statement
    every = not said.not_resource and any(part.value == "*" and part.doubt is None for part in said.resources or ())
    return every and not said.conditions and not said.doubts and said.principals is None
