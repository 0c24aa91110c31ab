"""What one principal may do, with sets of actions before questions: most methods fail on the sets already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from lambdaward.analysis.access import Access, Principal, Stated
from lambdaward.analysis.arns import fields
from lambdaward.analysis.paths.candidate import Arn
from lambdaward.analysis.roles import Grant, granted
from lambdaward.catalog import actions
from lambdaward.model import Fact, Text, Unknown, Value, Verdict, Yes, show

Keys = Mapping[str, Value]


class Powers:
    """The permissions of a principal. `may` are the actions that it is perhaps allowed on something, `freely` those that it is
    surely allowed on everything, whatever else a request says."""

    def __init__(self, access: Access, principal: Principal) -> None:
        self.principal = principal
        self._access = access
        self._answers: dict[tuple[str, Arn, tuple[tuple[str, Value], ...]], Verdict] = {}
        statements = access.statements(principal)
        self.grants = tuple(granted(principal, stated) for stated in statements if stated.statement.allow)
        self.may, self.freely = _sets(principal, statements)
        if any(written.policy.unknown for written in access.policies(principal)):
            self.freely = 0
        self.bounded = access.boundary(principal) is not None
        if self.bounded:
            self._bound()

    def _bound(self) -> None:
        boundary = self._access.boundary(self.principal)
        if boundary is None or boundary.policy.unknown:
            self.freely = 0
            return
        may, freely = _sets(self.principal, self._access.stated(boundary))
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
        key = action, resource, tuple(keys.items())
        if key not in self._answers:
            context = {**self._usual(resource), **keys}
            self._answers[key] = self._access.allows(self.principal, action, resource, context)
        return self._answers[key]

    def granting(self, action: str) -> tuple[Grant, ...]:
        """The grants that name an action."""
        number = actions().index(action)
        return tuple(grant for grant in self.grants if isinstance(number, int) and grant.mask >> number & 1)

    def _usual(self, resource: Arn) -> dict[str, Value]:
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


def _sets(principal: Principal, statements: Iterable[Stated]) -> tuple[int, int]:
    """What some policies perhaps allow on something, and what they surely allow on everything."""
    may = freely = 0
    never, hindered = 0, 0
    for stated in statements:
        said = granted(principal, stated)
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
