"""How far one statement reaches among resources that nobody has heard of."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.roles.strangers import Kinds, kinds, places, strangers
from lambdaward.iam import Clause, Context, Truth, asked, both, unknowns
from lambdaward.model import No, Text, Unsure, Verdict, Yes, all_of, any_of

# What holds of every request that code sends through an AWS SDK, to resources that carry no tags.
USUAL = {"aws:SecureTransport": "true", "aws:ViaAWSService": "false"}


class Width:
    """One statement, asked about such resources. What it says of a resource is the same for all of its actions, and what it
    says of an action is the same for all of the same resource types: each is asked once."""

    def __init__(self, clause: Clause) -> None:
        self._clause = clause
        self._places = places(clause.statement)
        self._resources: dict[str | Text, Truth] = {}
        self._kinds: dict[Kinds, Verdict] = {}

    def strangers(self, action: str) -> Iterator[tuple[str | Text, ...]]:
        """For each resource type that an action needs, resources of it in each place that the statement names."""
        return strangers(kinds(action), self._places)

    def reaches(self, action: str, resource: str | Text) -> Verdict:
        """Whether the statement is about an action on a resource."""
        return _verdict(both((self._clause.names_action(action.lower()), self._holds(action, resource))))

    def anywhere(self, action: str) -> Verdict:
        """Whether the statement is about an action on any resource of each type that it needs."""
        if self._clause.names_action(action.lower()) is not True:
            return self._asked(action)
        needed = kinds(action)
        if needed not in self._kinds:
            self._kinds[needed] = self._asked(action)
        return self._kinds[needed]

    def _asked(self, action: str) -> Verdict:
        return all_of(any_of(self.reaches(action, resource) for resource in kind) for kind in self.strangers(action))

    def _holds(self, action: str, resource: str | Text) -> Truth:
        if resource not in self._resources:
            request = asked(action, resource, Context(USUAL))
            self._resources[resource] = both((self._clause.names_resource(request), self._clause.holds(request)))
        return self._resources[resource]


def _verdict(truth: Truth) -> Verdict:
    return Yes() if truth is True else No() if truth is False else Unsure(unknowns(truth))
