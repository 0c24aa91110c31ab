"""From a function to the stored secrets that its variables refer to, and who may read those."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from lambdaward.analysis.access import Access, Principal
from lambdaward.analysis.environment import variables
from lambdaward.analysis.secrets.held import answers
from lambdaward.model import (
    Dynamic,
    Function,
    Group,
    No,
    Place,
    Pseudo,
    Ref,
    ResourceId,
    Role,
    StoredSecret,
    SystemParameter,
    Text,
    Unknown,
    Unsure,
    User,
    Value,
    Verdict,
    Yes,
    environment_place,
    holes,
    text,
)
from lambdaward.secrets import Reference, Store

_ACTIONS = {Store.SECRETS_MANAGER: "secretsmanager:GetSecretValue", Store.PARAMETER_STORE: "ssm:GetParameter"}
# What stands behind a secret's name in its ARN, and what nobody has heard of.
_SUFFIX, _UNHEARD = "-??????", "\ue0a1\ue0a2\ue0a3"


class Fit(StrEnum):
    """How a role's permissions fit a reference of its function: it reads exactly what is referred to, any other one too, not
    even that; or that is not known."""

    EXACT = "exact"
    WIDE = "wide"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Edge(Struct, frozen=True):
    """A variable that refers to a stored secret. `arn` is the secret's, with holes where it is not known; `secret` is the
    resource of the estate, when it is one. `reads` is whether the function's role may read it, `reads_others` whether it may
    read any other one too: a role that reads exactly what it refers to has yes and no."""

    function: Function
    place: Place
    store: Store
    arn: Value
    secret: ResourceId | None
    reads: Verdict
    reads_others: Verdict

    @property
    def name(self) -> str:
        """The variable."""
        return str(self.place.path[-1])

    @property
    def role(self) -> ResourceId | None:
        """The function's role, where it is one of the estate."""
        return self.function.role.target if self.function.role else None

    @property
    def fit(self) -> Fit:
        """How the role fits."""
        if isinstance(self.reads, No):
            return Fit.BROKEN
        if isinstance(self.reads, Yes) and isinstance(self.reads_others, Yes | No):
            return Fit.WIDE if isinstance(self.reads_others, Yes) else Fit.EXACT
        return Fit.UNKNOWN

    @property
    def unknown(self) -> Unknown | None:
        """Why the fit is not known, when it is not."""
        open_ones = (verdict.unknowns for verdict in (self.reads, self.reads_others) if isinstance(verdict, Unsure))
        return next((unknowns[0] for unknowns in open_ones), None) if self.fit is Fit.UNKNOWN else None


class Edges:
    """The references of functions to stored secrets."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def of(self, function: Function) -> Iterator[Edge]:
        """Every reference in the variables of a function, each once. What CloudFormation puts in when it deploys is none."""
        for name, value in variables(function):
            if any(isinstance(hole, Dynamic) for hole in holes(value)):
                continue
            place = environment_place(function, name)
            for store, arn, secret in dict.fromkeys((*self._here(value), *self._named(function, name, value))):
                yield self._edge(function, place, store, arn, secret)

    def readers(self, edge: Edge) -> Iterator[Principal]:
        """The roles, users and groups of the estate that certainly may read the secret."""
        estate = self._access.estate
        principals: tuple[Principal, ...] = (*estate.all(Role), *estate.all(User), *estate.all(Group))
        for principal in principals:
            if isinstance(self._access.allows(principal, _ACTIONS[edge.store], edge.arn), Yes):
                yield principal

    def _edge(self, function: Function, place: Place, store: Store, arn: Value, secret: ResourceId | None) -> Edge:
        action = _ACTIONS[store]
        reads = self._access.allows(function, action, arn)
        others = self._access.allows(function, action, _arn(function, store, _UNHEARD))
        return Edge(function, place, store, arn, secret, reads, others)

    def _here(self, value: Value) -> Iterator[tuple[Store, Value, ResourceId | None]]:
        """References to secrets and parameters that the estate itself declares."""
        for hole in holes(value):
            if isinstance(hole, Ref) and self._access.estate.get(StoredSecret, hole.resource):
                yield Store.SECRETS_MANAGER, self._access.names.arn(hole.resource), hole.resource
            elif isinstance(hole, Ref) and self._access.estate.get(SystemParameter, hole.resource):
                yield Store.PARAMETER_STORE, self._access.names.arn(hole.resource), hole.resource

    def _named(self, function: Function, name: str, value: Value) -> Iterator[tuple[Store, Value, ResourceId | None]]:
        """References by ARN, name or path."""
        for answer in answers(name, value):
            if isinstance(answer, Reference) and answer.store in _ACTIONS:
                target = answer.target
                yield (
                    answer.store,
                    _whole(target) if target.startswith("arn:") else _arn(function, answer.store, target),
                    None,
                )


def _whole(arn: str) -> str:
    """The ARN of a secret without the member and the version that a reference names behind it."""
    return ":".join(arn.split(":")[:7]) if ":secret:" in arn else arn


def _arn(function: Function, store: Store, name: str) -> str | Text:
    """The ARN of a secret or parameter with a name, in the function's own account and Region."""
    stack = function.id.stack
    where = (Pseudo("AWS::Region", stack), ":", Pseudo("AWS::AccountId", stack))
    if store is Store.SECRETS_MANAGER:
        return text("arn:aws:secretsmanager:", *where, ":secret:", name, _SUFFIX if name != _UNHEARD else "")
    return text("arn:aws:ssm:", *where, ":parameter/", name.lstrip("/"))
