"""Ways from the permissions of principals to more, over one estate."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.paths.powers import Powers
from lambdaward.analysis.paths.relations import Relations
from lambdaward.analysis.paths.ways import Way, Ways
from lambdaward.catalog import Escalation, escalations
from lambdaward.model import ResourceId


class Paths:
    """Questions about the escalation methods of one estate's principals."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._relations = Relations(access)
        self._powers: dict[ResourceId, Powers] = {}

    def powers(self, principal: Principal) -> Powers:
        """What a principal may do."""
        if principal.id not in self._powers:
            self._powers[principal.id] = Powers(self._access, principal)
        return self._powers[principal.id]

    def ways(self, principal: Principal, method: Escalation) -> Iterator[Way]:
        """The ways that a method opens to a principal, one by one: those that reach every resource of a kind first."""
        return iter(Ways(self.powers(principal), self._relations, method))

    def all(self, principal: Principal) -> Iterator[Way]:
        """The ways of a principal by every method."""
        for method in escalations():
            yield from self.ways(principal, method)
