"""Who may read what functions and layers hold: by which operations of Lambda, and past which key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.exposure import allows, everybody
from lambdaward.analysis.guards import Guards
from lambdaward.model import (
    Fact,
    Function,
    Group,
    Layer,
    LayerPermission,
    Link,
    Permission,
    Role,
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
CODE = ("lambda:GetFunction",)
CONTENT = ("lambda:GetLayerVersion",)
_ON_NOTHING = ("lambda:ListFunctions",)


class Reader(Struct, frozen=True):
    """A principal that may read something, by which operation, and the statements that say so."""

    principal: Principal
    operation: str
    proof: tuple[Fact, ...]


class Readers:
    """Who may read, by the policies of the estate. A function's own role is no reader: the function has its values anyway."""

    def __init__(self, access: Access, guards: Guards) -> None:
        self._access = access
        self._guards = guards

    def of(self, record: Function | Layer, operations: tuple[str, ...]) -> Iterator[Reader]:
        """The roles, users and groups that certainly may, each with the first operation that lets it."""
        own = record.role.target if isinstance(record, Function) and record.role else None
        estate = self._access.estate
        principals: tuple[Principal, ...] = (*estate.all(Role), *estate.all(User), *estate.all(Group))
        for principal in principals:
            if principal.id != own and (reader := self._reader(principal, record, operations)):
                yield reader

    def _reader(self, principal: Principal, record: Function | Layer, operations: tuple[str, ...]) -> Reader | None:
        if not self._access.policies(principal) or not self._may_decrypt(principal, record, operations):
            return None
        target = self._access.names.arn(record.id)
        for operation in operations:
            resource = "*" if operation in _ON_NOTHING else target
            verdict = self._access.allows(principal, operation, resource)
            if isinstance(verdict, Yes):
                return Reader(principal, operation, verdict.proof)
        return None

    def _may_decrypt(self, principal: Principal, record: Function | Layer, operations: tuple[str, ...]) -> bool:
        """Whether a customer key stands in the way. Code is not encrypted with the key of the environment."""
        key = record.kms_key if isinstance(record, Function) and operations == ENVIRONMENT else None
        if key is None:
            return True
        return isinstance(self._access.allows(principal, "kms:Decrypt", self._key(key)), Yes)

    def _key(self, key: Link) -> Value:
        return self._access.names.arn(key.target) if key.target else key.value

    def strangers(self, record: Function | Layer, operations: tuple[str, ...]) -> Verdict:
        """Whether everybody with an AWS account may, by a policy or permission of the function or layer itself."""
        return any_of((*self._permitted(record, operations), *self._guarded(record.id, operations)))

    def _guarded(self, record: ResourceId, operations: tuple[str, ...]) -> Iterator[Verdict]:
        return (self._guards.open(record, operation) for operation in operations)

    def _permitted(self, record: Function | Layer, operations: tuple[str, ...]) -> Iterator[Verdict]:
        estate = self._access.estate
        for permission in estate.all(Permission):
            if permission.function and permission.function.target == record.id:
                granted = any_of(allows(permission, operation) for operation in operations)
                yield all_of((everybody(permission), granted))
        for shared in estate.all(LayerPermission):
            if shared.layer and shared.layer.target == record.id and operations == CONTENT:
                yield all_of((is_equal(shared.principal, "*"), is_equal(shared.organization, None)))
