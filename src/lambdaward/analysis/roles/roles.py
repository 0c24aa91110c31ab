"""The execution roles of an estate, and what they may do without limit."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.exposure import Exposure
from lambdaward.analysis.roles.grant import Grant, Reach
from lambdaward.analysis.roles.trust import Caller, callers
from lambdaward.analysis.roles.width import USUAL, Width
from lambdaward.catalog import actions
from lambdaward.iam import Clause
from lambdaward.model import Estate, Function, No, ResourceId, Role, Text, Unknown, Unsure, Verdict, Yes, all_of, any_of


class ExecutionRole(Struct, frozen=True):
    """A role of the estate, and the functions that run with it."""

    role: Role
    functions: tuple[Function, ...]

    @property
    def names(self) -> str:
        """The functions for people."""
        shown = [function.shown for function in self.functions]
        return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")

    @property
    def identities(self) -> tuple[str, ...]:
        """The functions as findings list them."""
        return tuple(str(function.id) for function in self.functions)


class Roles:
    """Questions about execution roles, over the policies and the exposure of one estate."""

    def __init__(self, estate: Estate, access: Access, exposure: Exposure) -> None:
        self.estate = estate
        self.access = access
        self.exposure = exposure
        self._grants: dict[ResourceId, tuple[Grant, ...]] = {}
        self._widths: dict[Clause, Width] = {}
        self._hindered: dict[ResourceId, bool] = {}
        self._callers: dict[ResourceId, tuple[Caller, ...]] = {}

    @cached_property
    def execution(self) -> tuple[ExecutionRole, ...]:
        """Every role that a function of the estate runs with, in the order of the functions."""
        users: dict[ResourceId, list[Function]] = {}
        for function in self.estate.all(Function):
            if function.role and function.role.target:
                users.setdefault(function.role.target, []).append(function)
        found = ((self.estate.get(Role, identity), functions) for identity, functions in users.items())
        return tuple(ExecutionRole(role, tuple(functions)) for role, functions in found if role)

    def anonymous(self, role: ExecutionRole) -> Verdict:
        """Whether anybody on the internet can start a function that runs with a role."""
        return any_of(self.exposure.anonymous(function) for function in role.functions)

    def grants(self, role: Role) -> tuple[Grant, ...]:
        """What each allow statement of a role grants."""
        if role.id not in self._grants:
            allows = (stated for stated in self.access.statements(role) if stated.statement.allow)
            self._grants[role.id] = tuple(Grant(role, stated) for stated in allows)
        return self._grants[role.id]

    def callers(self, role: Role) -> tuple[Caller, ...]:
        """Whom a role's trust policy admits."""
        if role.id not in self._callers:
            self._callers[role.id] = tuple(callers(self.access, role))
        return self._callers[role.id]

    def everywhere(self, grant: Grant, mask: int) -> Reach:
        """Which actions of a set a grant allows on any resource of their kind, within the role's denies and boundary and
        without a condition that narrows it. Actions that no resource can limit are in neither list."""
        found: list[str] = []
        doubts: list[Unknown] = []
        for action in actions().names(grant.mask & mask & ~actions().wildcard_only):
            match self._anywhere(grant, action):
                case Yes():
                    found.append(action)
                case Unsure() as unsure:
                    doubts += unsure.unknowns
        return Reach(tuple(found), tuple(dict.fromkeys(doubts)))

    def somewhere_wide(self, grant: Grant, mask: int) -> Verdict:
        """Whether a grant allows at least one action of a set on any resource of its kind."""
        limited = actions().names(grant.mask & mask & ~actions().wildcard_only)
        return any_of(self._anywhere(grant, action) for action in limited)

    def _anywhere(self, grant: Grant, action: str) -> Verdict:
        width = self._width(grant.stated.clause)
        if not self._narrowed(grant.role):
            return width.anywhere(action)
        return all_of(
            any_of(self._on(grant, action, resource) for resource in kind) for kind in width.strangers(action)
        )

    def _width(self, clause: Clause) -> Width:
        if clause not in self._widths:
            self._widths[clause] = Width(clause)
        return self._widths[clause]

    def _on(self, grant: Grant, action: str, resource: str | Text) -> Verdict:
        """Whether this grant, among all that the role has, lets it take an action on a resource."""
        through = self._width(grant.stated.clause).reaches(action, resource)
        if isinstance(through, No):
            return through
        allowed = self.access.open(grant.role, action, resource, lambda: USUAL, closed=True)
        if allowed is False:
            return No()
        if isinstance(through, Unsure):
            return through
        return Yes() if allowed else self.access.allows(grant.role, action, resource, USUAL, closed=True)

    def _narrowed(self, role: Principal) -> bool:
        """Whether anything takes away from what the allow statements of a role grant."""
        if role.id not in self._hindered:
            denies = any(not stated.statement.allow for stated in self.access.binding(role))
            self._hindered[role.id] = denies or self.access.boundary(role) is not None
        return self._hindered[role.id]
