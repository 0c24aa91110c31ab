"""Ways from the permissions of principals to more, over one estate."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache, partial

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.paths.choices import Choices
from lambdaward.analysis.paths.columns import bits
from lambdaward.analysis.paths.judge import Judge
from lambdaward.analysis.paths.plan import Group, Plan, plan
from lambdaward.analysis.paths.powers import Powers, Shared
from lambdaward.analysis.paths.relations import Relations
from lambdaward.analysis.paths.tables import Tables
from lambdaward.analysis.paths.way import Way
from lambdaward.analysis.paths.ways import Ways
from lambdaward.catalog import Escalation, What, escalations
from lambdaward.model import ResourceId


class Paths:
    """Questions about the escalation methods of one estate's principals.

    What a method's groups of variables may stand for is asked once for all principals to whom the same is allowed of the actions
    concerned.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        self._relations = Relations(access)
        self._tables = Tables(self._relations)
        self._judges: dict[ResourceId, Judge] = {}
        self._ways: dict[tuple[ResourceId, str], Ways] = {}
        self._plans: dict[str, Plan] = {}
        self._choices: dict[object, Choices] = {}
        self._shared = Shared()
        self._methods: dict[int, tuple[Escalation, ...]] = {}

    def powers(self, principal: Principal) -> Powers:
        """What a principal may do."""
        return self._judge(principal).powers

    def ways(self, principal: Principal, method: Escalation) -> Iterator[Way]:
        """The ways that a method opens to a principal, one by one: those that reach every resource of a kind first."""
        return iter(self._asked(self._judge(principal), method))

    def best(self, principal: Principal, method: Escalation, wanted: Container[What]) -> Way | None:
        """A way that a method opens to a principal to something else than its own, and that gives one of some things: a sure
        one where there is one."""
        return self._asked(self._judge(principal), method).best(wanted)

    def methods(self, principal: Principal) -> tuple[Escalation, ...]:
        """The methods of whose actions none is surely closed to a principal."""
        every, methods = _methods()
        may = self.powers(principal).may & every
        if may not in self._methods:
            found = set(bits(may))
            self._methods[may] = tuple(method for needed, method in methods if needed <= found)
        return self._methods[may]

    def open(self, principal: Principal) -> Iterator[Ways]:
        """The ways of a principal by each method that is not closed at first sight, to be asked for all that they reach."""
        judge = self._judge(principal)
        for method in self.methods(principal):
            if not (ways := self._asked(judge, method)).closed:
                yield ways

    def all(self, principal: Principal) -> Iterator[Way]:
        """The ways of a principal by every method."""
        return (way for ways in self.open(principal) for way in ways)

    def _judge(self, principal: Principal) -> Judge:
        if principal.id not in self._judges:
            powers = Powers(self._access, principal, self._shared)
            self._judges[principal.id] = Judge(powers, self._relations)
        return self._judges[principal.id]

    def _asked(self, judge: Judge, method: Escalation) -> Ways:
        key = judge.powers.principal.id, method.id
        if key not in self._ways:
            self._ways[key] = Ways(judge, self._plan(method), partial(self._chosen, judge))
        return self._ways[key]

    def _chosen(self, judge: Judge, group: Group) -> Choices:
        """The choices for a group: the same ones for all of whom the same holds."""
        alone = judge.powers.principal.id if group.alone else None
        key = group.key, alone, *map(judge.powers.kind, group.actions)
        if key not in self._choices:
            self._choices[key] = Choices(group, judge, self._tables)
        return self._choices[key]

    def _plan(self, method: Escalation) -> Plan:
        """The plan of a method, made when it is first asked for."""
        if method.id not in self._plans:
            self._plans[method.id] = plan(method)
        return self._plans[method.id]


@cache
def _methods() -> tuple[int, tuple[tuple[frozenset[int], Escalation], ...]]:
    """The actions that any method needs, and every method with the numbers of those that it needs."""
    every = 0
    for method in escalations():
        every |= method.needed
    return every, tuple((frozenset(bits(method.needed)), method) for method in escalations())
