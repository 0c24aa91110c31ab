"""Ways from the permissions of principals to more, over one estate."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.paths.plan import Plan, plan
from lambdaward.analysis.paths.powers import Powers
from lambdaward.analysis.paths.relations import Relations
from lambdaward.analysis.paths.tables import Tables
from lambdaward.analysis.paths.ways import Memo, Way, Ways
from lambdaward.catalog import Escalation, What, escalations
from lambdaward.model import ResourceId


class Paths:
    """Questions about the escalation methods of one estate's principals."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._relations = Relations(access)
        self._tables = Tables(self._relations)
        self._memos: dict[ResourceId, Memo] = {}
        self._ways: dict[tuple[ResourceId, str], Ways] = {}
        self._powers: dict[ResourceId, Powers] = {}
        self._plans: dict[str, Plan] = {}

    def powers(self, principal: Principal) -> Powers:
        """What a principal may do."""
        if principal.id not in self._powers:
            self._powers[principal.id] = Powers(self._access, principal)
        return self._powers[principal.id]

    def ways(self, principal: Principal, method: Escalation) -> Iterator[Way]:
        """The ways that a method opens to a principal, one by one: those that reach every resource of a kind first."""
        return iter(self._asked(self.powers(principal), self._plan(method)))

    def best(self, principal: Principal, method: Escalation, wanted: Container[What]) -> Way | None:
        """A way that a method opens to a principal to something else than its own, and that gives one of some things: a sure
        one where there is one."""
        powers, plan = self.powers(principal), self._plan(method)
        return None if plan.needed & ~powers.may else self._asked(powers, plan).best(wanted)

    def open(self, principal: Principal) -> Iterator[Ways]:
        """The ways of a principal by each method that is not closed at first sight, to be asked for all that they reach."""
        powers = self.powers(principal)
        for needed, method in _methods():
            if not needed & ~powers.may and not (ways := self._asked(powers, self._plan(method))).closed:
                yield ways

    def _asked(self, powers: Powers, plan: Plan) -> Ways:
        key = powers.principal.id, plan.method.id
        if key not in self._ways:
            memo = self._memos.setdefault(powers.principal.id, Memo())
            self._ways[key] = Ways(powers, self._relations, self._tables, plan, memo)
        return self._ways[key]

    def _plan(self, method: Escalation) -> Plan:
        """The plan of a method, made when it is first asked for."""
        if method.id not in self._plans:
            self._plans[method.id] = plan(method)
        return self._plans[method.id]

    def all(self, principal: Principal) -> Iterator[Way]:
        """The ways of a principal by every method."""
        return (way for ways in self.open(principal) for way in ways)


@cache
def _methods() -> tuple[tuple[int, Escalation], ...]:
    """Every method, with the actions that it needs."""
    return tuple((method.needed, method) for method in escalations())
