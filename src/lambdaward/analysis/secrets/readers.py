"""Who may read what functions and layers hold: by which operations of Lambda, and past which key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.exposure import allows, everybody
from lambdaward.analysis.guards import Guards
from lambdaward.model import (
    Fact,
    Function,
    FunctionVersion,
    Group,
    Layer,
    LayerPermission,
    Link,
    No,
    Permission,
    Role,
    Unsure,
    User,
    Value,
    Verdict,
    Yes,
    all_of,
    any_of,
    is_equal,
)

if TYPE_CHECKING:
    from lambdaward.model import ResourceId

# Operations whose answer has a function's environment, as botocore's model of November 2026 says. `CreateFunction` has it too,
# but answers only with what its caller has sent.
ENVIRONMENT = (
    "lambda:GetFunction",
    "lambda:GetFunctionConfiguration",
    "lambda:ListFunctions",
    "lambda:ListVersionsByFunction",
    "lambda:PublishVersion",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
)
VERSION = ("lambda:GetFunction", "lambda:GetFunctionConfiguration", "lambda:ListVersionsByFunction")
CODE = ("lambda:GetFunction",)
CONTENT = ("lambda:GetLayerVersion",)
_ON_NOTHING = frozenset({"lambda:ListFunctions", "cloudformation:ListExports", "tag:GetResources"})
_DECRYPTED = frozenset({ENVIRONMENT, VERSION})

Held = Function | FunctionVersion | Layer


class Reader(Struct, frozen=True):
    """A principal that may read something, by which operation, and the statements that say so; or, when that is not `certain`,
    the reason why not."""

    principal: Principal
    operation: str
    proof: tuple[Fact, ...] = ()
    certain: bool = True
    reason: str = ""


class Readers:
    """Who may read, by the policies of the estate. A function's own role is no reader: the function has its values anyway."""

    def __init__(self, access: Access, guards: Guards) -> None:
        self._access = access
        self._guards = guards

    def of(self, record: Held, operations: tuple[str, ...]) -> Iterator[Reader]:
        """The roles, users and groups that may or might, each with the first operation that lets it."""
        target = self._access.names.arn(record.id)
        role = record.role if isinstance(record, Function) else None
        key = record.kms_key if isinstance(record, Function) and operations in _DECRYPTED else None
        needs = (("kms:Decrypt", self._key(key)),) if key else ()
        return self.by([(operation, target) for operation in operations], needs, role.target if role else None)

    def by(
        self,
        ways: Sequence[tuple[str, Value]],
        needs: Sequence[tuple[str, Value]] = (),
        own: ResourceId | None = None,
    ) -> Iterator[Reader]:
        """Who may read by one of some operations, each on its resource, and may do all that it needs beside."""
        estate = self._access.estate
        principals: tuple[Principal, ...] = (*estate.all(Role), *estate.all(User), *estate.all(Group))
        for one in principals:
            if one.id != own and (reader := self._reader(one, ways, needs)):
                yield reader

    def _reader(
        self, principal: Principal, ways: Sequence[tuple[str, Value]], needs: Sequence[tuple[str, Value]]
    ) -> Reader | None:
        may = self._access.may
        open_ways = [way for way in ways if may(principal, way[0])]
        if not open_ways or not all(may(principal, action) for action, _ in needs):
            return None
        beside = all_of(self._access.allows(principal, action, resource) for action, resource in needs)
        if isinstance(beside, No):
            return None
        doubtful: Reader | None = None
        for operation, target in open_ways:
            resource = "*" if operation in _ON_NOTHING else target
            match all_of((self._access.allows(principal, operation, resource), beside)):
                case Yes(proof):
                    return Reader(principal, operation, proof)
                case Unsure(unknowns):
                    doubtful = doubtful or Reader(principal, operation, certain=False, reason=unknowns[0].reason)
        return doubtful

    def _key(self, key: Link) -> Value:
        return self._access.names.arn(key.target) if key.target else key.value

    def strangers(self, record: Held, operations: tuple[str, ...]) -> Verdict:
        """Whether everybody with an AWS account may, by a policy or permission of the function or layer itself."""
        return any_of((*self._permitted(record, operations), *self._guarded(record.id, operations)))

    def _guarded(self, record: ResourceId, operations: tuple[str, ...]) -> Iterator[Verdict]:
        return (self._guards.open(record, operation) for operation in operations)

    def _permitted(self, record: Held, operations: tuple[str, ...]) -> Iterator[Verdict]:
        estate = self._access.estate
        for permission in estate.all(Permission):
            if permission.function and permission.function.target == record.id:
                granted = any_of(allows(permission, operation) for operation in operations)
                yield all_of((everybody(permission), granted))
        for shared in estate.all(LayerPermission):
            if shared.layer and shared.layer.target == record.id and operations == CONTENT:
                yield all_of((is_equal(shared.principal, "*"), is_equal(shared.organization, None)))
