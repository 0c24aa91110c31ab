"""Principals that the policy of a role or function names itself: within an account that is enough, without policies of theirs.

Who is only named by the account, or as one of everybody, is not counted here: that an account is trusted is half of an answer,
and that everybody is, a rule tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from lambdaward.analysis.access import Access, Principal, Stated
from lambdaward.model import Function, Permission, ResourceId, ResourcePolicy, Role, Value, Verdict, literal

_ASSUME, _UPDATE = "sts:AssumeRole", "lambda:UpdateFunctionCode"


class Opened(Struct, frozen=True):
    """A role to be taken or a function whose code may be replaced (`kind`), and whether it may be."""

    kind: str
    target: ResourceId
    how: str
    verdict: Verdict


class Named:
    """What the roles and functions of one estate open to the principals that they name."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def by(self, principal: Principal) -> Iterator[Opened]:
        """What names a principal, each with the whole answer: by every policy that has a say."""
        for target, action in self._targets.get(principal.id, ()):
            if target != principal.id:
                kind = "role" if action == _ASSUME else "function"
                how = (
                    "is named by its trust policy and takes it"
                    if kind == "role"
                    else "is named by its policy and replaces its code"
                )
                yield Opened(kind, target, how, self._access.can(principal, action, target).verdict)

    @cached_property
    def _targets(self) -> Mapping[ResourceId, dict[tuple[ResourceId, str], None]]:
        """The roles and functions that name each principal, with what they open."""
        found: dict[ResourceId, dict[tuple[ResourceId, str], None]] = {}
        for target, action, stated in self._stated():
            for principal in stated.statement.principals or ():
                who = self._principal(principal.value) if principal.kind == "AWS" and stated.statement.allow else None
                if who is not None:
                    found.setdefault(who, {})[target, action] = None
        return found

    def _stated(self) -> Iterator[tuple[ResourceId, str, Stated]]:
        access = self._access
        for role in access.estate.all(Role):
            yield from ((role.id, _ASSUME, stated) for stated in access.trust(role))
        if not access.estate.all(Permission) and not access.estate.all(ResourcePolicy):
            return
        for function in access.estate.all(Function):
            for written in access.questions.guarding.policies(function.id):
                yield from ((function.id, _UPDATE, stated) for stated in access.stated(written))

    def _principal(self, value: Value) -> ResourceId | None:
        """The role or user of the estate that a principal is, also as one of the role's sessions."""
        known = literal(value)
        if known is not None and (known == "*" or known.isdecimal() or known.endswith(":root")):
            return None
        if known is not None and ":assumed-role/" in known:
            head, _, tail = known.partition(":assumed-role/")
            value = f"{head.replace(':sts:', ':iam:')}:role/{tail.partition('/')[0]}"
        found = self._access.questions.targets.of(value).id
        return found if found is not None and self._access.principal(found) is not None else None
