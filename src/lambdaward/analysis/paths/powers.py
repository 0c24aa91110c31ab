"""What one principal may do, with sets of actions before questions: most methods fail on the sets already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from lambdaward.analysis.access import Access, Principal, Stated
from lambdaward.analysis.arns import fields
from lambdaward.analysis.paths.candidate import Arn
from lambdaward.analysis.paths.columns import Column, Rows, bits
from lambdaward.analysis.roles import Grant, granted
from lambdaward.catalog import actions
from lambdaward.model import Fact, No, Text, Unknown, Unsure, Value, Verdict, Yes, show

Keys = Mapping[str, Value]


class Powers:
    """The permissions of a principal. `may` are the actions that it is perhaps allowed on something, `freely` those that it is
    surely allowed on everything, whatever else a request says."""

    def __init__(self, access: Access, principal: Principal) -> None:
        self.principal = principal
        self._access = access
        self._answers: dict[tuple[str, Arn, tuple[tuple[str, Value], ...]], Verdict] = {}
        self._about: dict[str, tuple[Callable[[str], bool], ...] | None] = {}
        self._over: dict[tuple[str, Column, tuple[tuple[str, Value], ...]], Rows] = {}
        said = tuple(granted(principal, stated) for stated in access.statements(principal))
        self.grants = tuple(grant for grant in said if grant.stated.statement.allow)
        self.may, self.freely = _sets(said)
        self._said = said
        self._hidden = any(written.policy.unknown for written in access.policies(principal))
        if self._hidden:
            self.freely = 0
        self.bounded = access.boundary(principal) is not None
        if self.bounded:
            self._bound()

    def _bound(self) -> None:
        boundary = self._access.boundary(self.principal)
        if boundary is None or boundary.policy.unknown:
            self.freely = 0
            return
        said = tuple(granted(self.principal, stated) for stated in self._access.stated(boundary))
        self._said += said
        may, freely = _sets(said)
        self.may &= may
        self.freely &= freely

    @cached_property
    def arn(self) -> Arn:
        """The principal's own ARN."""
        found = self._access.names.arn(self.principal.id)
        return found if isinstance(found, str | Text | Unknown) else Unknown("the principal's name has alternatives")

    def allowed(self, action: str, resource: Arn, keys: Keys) -> Verdict:
        """Whether an action is allowed on a resource, in a request with these keys and others that are not known."""
        number = actions().index(action)
        if isinstance(number, int) and self.freely >> number & 1:
            grant = next(grant for grant in self.granting(action) if _freely(grant.stated))
            return Yes((Fact(f"{grant.stated.shown} allows {action} on {show(resource)}", grant.stated.place),))
        if isinstance(resource, str) and "*" not in resource and self._is_beside(action, resource):
            return No()
        key = action, resource, tuple(keys.items())
        if key not in self._answers:
            context = {**self.usual(resource), **keys}
            self._answers[key] = self._access.allows(self.principal, action, resource, context)
        return self._answers[key]

    def _is_beside(self, action: str, resource: str) -> bool:
        """Whether no statement that allows an action is about a resource, as far as that can be seen from the patterns."""
        if action not in self._about:
            self._about[action] = self._patterns(action)
        patterns = self._about[action]
        return patterns is not None and not any(matches(resource) for matches in patterns)

    def _patterns(self, action: str) -> tuple[Callable[[str], bool], ...] | None:
        """What matches the resources of an action; `None` where patterns do not tell."""
        grants = self.granting(action)
        if isinstance(actions().index(action), Unknown) or self._hidden or any(grant.doubts for grant in self.grants):
            return None
        found = []
        for said in (grant.stated for grant in grants):
            if said.statement.not_resource or said.statement.resources is None:
                return None
            for pattern, doubt in said.clause.resources:
                if pattern.matcher is None or doubt is not None:
                    return None
                found.append(pattern.matcher)
        return tuple(found)

    def over(self, action: str, column: Column, keys: Keys) -> Rows:
        """Of which resources of a column an action is allowed. The engine is asked of one resource of each set that no
        statement about the action tells apart: what else a request says does not depend on the resource."""
        number = actions().index(action)
        if isinstance(number, int) and not self.may >> number & 1:
            return Rows(0, 0)
        if isinstance(number, int) and self.freely >> number & 1:
            return Rows(column.everything, 0)
        key = action, column, tuple(keys.items())
        if key not in self._over:
            self._over[key] = self._asked_over(action, number, column, keys)
        return self._over[key]

    def _asked_over(self, action: str, number: int | Unknown, column: Column, keys: Keys) -> Rows:
        about = (said for said in self._said if isinstance(number, Unknown) or said.doubts or said.mask >> number & 1)
        patterns = (pattern for said in about for pattern, _ in said.stated.clause.resources)
        sure = open_ = 0
        for rows in column.classes(patterns):
            match self.allowed(action, column.candidates[next(bits(rows))].arn, keys):
                case Yes():
                    sure |= rows
                case Unsure():
                    open_ |= rows
        return Rows(sure, open_)

    def granting(self, action: str) -> tuple[Grant, ...]:
        """The grants that name an action."""
        number = actions().index(action)
        return tuple(grant for grant in self.grants if isinstance(number, int) and grant.mask >> number & 1)

    def usual(self, resource: Arn) -> dict[str, Value]:
        """What holds of every request that the principal sends through an AWS SDK."""
        keys: dict[str, Value] = {
            "aws:SecureTransport": "true",
            "aws:ViaAWSService": "false",
            "aws:PrincipalArn": self.arn,
        }
        own, other = fields(self.arn), fields(resource)
        if own:
            keys["aws:PrincipalAccount"] = own[4]
            keys["aws:ResourceAccount"] = (other[4] if other else "") or own[4]
        return keys


def _sets(grants: Iterable[Grant]) -> tuple[int, int]:
    """What some policies perhaps allow on something, and what they surely allow on everything."""
    may = freely = 0
    never, hindered = 0, 0
    for said in grants:
        stated = said.stated
        if stated.statement.allow:
            may |= actions().everything if said.doubts and stated.statement.not_action else said.mask
            freely |= said.mask if _freely(stated) and not said.doubts else 0
        else:
            hindered |= actions().everything if said.doubts else said.mask
            never |= said.mask if _freely(stated) and not said.doubts else 0
    return may & ~never, freely & ~hindered


def _freely(stated: Stated) -> bool:
    """Whether a statement is about every resource, surely and without conditions."""
    said = stated.statement
    every = not said.not_resource and any(part.value == "*" and part.doubt is None for part in said.resources or ())
    return every and not said.conditions and not said.doubts and all(part.doubt is None for part in said.actions or ())
