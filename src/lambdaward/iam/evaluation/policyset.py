"""Policies of one kind, indexed: by action, and below that by the literal text that resource patterns begin with.

A request then looks at the statements that can match it and at few others, however many statements there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lambdaward.iam.evaluation.clause import Clause, clauses
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.language import Policy
from lambdaward.iam.matching.glob import Matcher
from lambdaward.iam.truth import Doubt, Truth, both
from lambdaward.model import Unknown

Named = tuple[str, Policy]
Reached = tuple[Clause, Truth]
_MOST_ACTIONS = 4096


class Shelf:
    """The statements of one effect that are about one action, found by resource."""

    __slots__ = ("_by_head", "_clauses", "_lengths", "_others", "always", "any")

    def __init__(self, found: Sequence[Reached]) -> None:
        self.any = bool(found)
        self.always = next((clause for clause, truth in found if truth is True and _is_unlimited(clause)), None)
        """A statement that applies to every request for the action by its own principals."""
        self._clauses = found
        self._by_head: dict[str, list[tuple[Matcher, Clause]]] = {}
        self._others: list[Reached] = []
        for clause, truth in found:
            heads = _heads(clause) if truth is True else None
            if heads is None:
                self._others.append((clause, truth))
                continue
            for head, matcher in heads:
                self._by_head.setdefault(head, []).append((matcher, clause))
        self._lengths = sorted({len(head) for head in self._by_head})

    def reached(self, request: Request) -> Iterator[Reached]:
        """The statements that are about the request's resource, with how sure that is. One may come more than once."""
        plain = request.target.plain
        if plain is None:
            yield from _named(self._clauses, request)
            return
        for length in self._lengths:
            if length > len(plain):
                break
            for matcher, clause in self._by_head.get(plain[:length], ()):
                if matcher(plain):
                    yield clause, True
        if self._others:
            yield from _named(self._others, request)


def _named(found: Iterable[Reached], request: Request) -> Iterator[Reached]:
    for clause, truth in found:
        named = clause.names_resource(request)
        if named is not False:
            yield clause, named if truth is True else both((truth, named))


def _heads(clause: Clause) -> list[tuple[str, Matcher]] | None:
    """The literal beginnings of a statement's resource patterns; `None` for one that cannot be found by them."""
    if clause.statement.not_resource or clause.statement.resources is None:
        return None
    found = []
    for pattern, doubt in clause.resources:
        if pattern.matcher is None or doubt is not None or not isinstance(pattern.value, str):
            return None
        found.append((_head(pattern.value), pattern.matcher))
    return found


def _is_unlimited(clause: Clause) -> bool:
    """Whether a statement is about every resource, without conditions and principals."""
    said = clause.statement
    every = not said.not_resource and any(part.value == "*" and part.doubt is None for part in said.resources or ())
    return every and not said.conditions and not said.doubts and said.principals is None


def _head(pattern: str) -> str:
    """What every text that the pattern matches begins with."""
    ends = (pattern.find(mark) for mark in ("*", "?", "${"))
    return pattern[: min((end for end in ends if end >= 0), default=len(pattern))]


class PolicySet:
    """Policies of one kind. `hidden` is why there may be statements that are not known."""

    __slots__ = ("_by_service", "_shelves", "_universal", "clauses", "hidden")

    def __init__(self, found: Iterable[Clause], hidden: Iterable[Unknown] = ()) -> None:
        self.clauses = tuple(found)
        unknown = tuple(dict.fromkeys(hidden))
        self.hidden = Doubt(unknown) if unknown else None
        self._by_service: dict[str, list[Clause]] = {}
        self._universal: list[Clause] = []
        self._shelves: dict[str, tuple[Shelf, Shelf]] = {}
        for clause in self.clauses:
            for shelf in self._buckets(clause):
                shelf.append(clause)

    def _buckets(self, clause: Clause) -> Iterator[list[Clause]]:
        services = _services(clause)
        if services is None:
            yield self._universal
        else:
            yield from (self._by_service.setdefault(service, []) for service in services)

    def about(self, request: Request) -> tuple[Shelf, Shelf]:
        """The denies and the allows that are about the request's action."""
        shelves = self._shelves.get(request.action)
        if shelves is None:
            if len(self._shelves) >= _MOST_ACTIONS:
                self._shelves.clear()
            shelves = self._shelves[request.action] = self._gathered(request)
        return shelves

    def _gathered(self, request: Request) -> tuple[Shelf, Shelf]:
        found: tuple[list[Reached], list[Reached]] = ([], [])
        for clause in (*self._by_service.get(request.service, ()), *self._universal):
            truth = clause.names_action(request.action)
            if truth is not False:
                found[clause.allow].append((clause, truth))
        return Shelf(found[False]), Shelf(found[True])


def policy_set(policies: Iterable[Named]) -> PolicySet:
    """The set of some policies, each with its name for explanations."""
    named = list(policies)
    found = (clause for name, policy in named for clause in clauses(policy, name))
    return PolicySet(found, (unknown for _, policy in named for unknown in policy.unknown))


def _services(clause: Clause) -> set[str] | None:
    """The services that a statement's actions name plainly; `None` when it may be about any."""
    if clause.statement.not_action:
        return None
    found: set[str] = set()
    for part in clause.statement.actions or ():
        service, colon, _ = part.value.partition(":") if isinstance(part.value, str) else ("", "", "")
        if not colon or "*" in service or "?" in service:
            return None
        found.add(service.lower())
    return found
