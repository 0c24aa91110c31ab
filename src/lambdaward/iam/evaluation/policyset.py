"""Policies of one kind, indexed by service and action, so that a request looks at few statements besides its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaward.iam.evaluation.clause import Clause, clauses
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.evaluation.shelf import Reached, Shelf
from lambdaward.iam.language import Policy
from lambdaward.iam.truth import Doubt
from lambdaward.model import Unknown

Named = tuple[str, Policy]
_MOST_ACTIONS = 4096


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
