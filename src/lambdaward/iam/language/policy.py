"""Policies as records: what a statement says, part by part, each with where it stands in its document."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from lambdaward.model import Path, Text, Unknown, show

Textual = str | Text | Unknown  # a value that reads as a text, known or not


class Kind(StrEnum):
    """What a policy is attached to; AWS accepts different elements in different kinds. `ANY` accepts what any kind does."""

    ANY = "any"
    IDENTITY = "identity"
    RESOURCE = "resource"
    TRUST = "trust"


class Fault(Struct, frozen=True):
    """Something that AWS rejects: where in the document, and why."""

    path: Path
    reason: str


class Part(Struct, frozen=True):
    """One value of a list and where it stands. `doubt` is why it may not be there at all."""

    value: Textual
    path: Path
    doubt: Unknown | None = None


class Principal(Struct, frozen=True):
    """Whom a statement is about: `kind` is `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for a bare `"*"`."""

    kind: str
    value: Textual
    path: Path
    doubt: Unknown | None = None


class Condition(Struct, frozen=True):
    """One operator on one key. `operator` is AWS's spelling without qualifier and `IfExists`; as written when AWS has none
    of that name."""

    operator: str
    key: str
    values: tuple[Part, ...]
    path: Path
    qualifier: str = ""
    if_exists: bool = False

    @property
    def name(self) -> str:
        """The operator in full."""
        qualifier = f"{self.qualifier}:" if self.qualifier else ""
        return f"{qualifier}{self.operator}{'IfExists' if self.if_exists else ''}"

    @property
    def shown(self) -> str:
        """The condition for people."""
        values = " or ".join(show(part.value) for part in self.values)
        return f"{self.name} {self.key} {values}"


class Statement(Struct, frozen=True, kw_only=True):
    """One statement. `not_` flags mean that the list is the exception (`NotAction`, `NotResource`, `NotPrincipal`). A list
    is `None` when the element is not written. `doubts` are reasons for which the statement may not say this, or not be there."""

    index: int
    path: Path
    allow: bool
    sid: str = ""
    principals: tuple[Principal, ...] | None = None
    not_principal: bool = False
    actions: tuple[Part, ...] | None = None
    not_action: bool = False
    resources: tuple[Part, ...] | None = None
    not_resource: bool = False
    conditions: tuple[Condition, ...] = ()
    doubts: tuple[Unknown, ...] = ()

    @property
    def shown(self) -> str:
        """The statement's name for people: its Sid, else its number."""
        return f"statement {self.sid}" if self.sid else f"statement {self.index + 1}"


class Policy(Struct, frozen=True, kw_only=True):
    """A policy document. `variables`: whether its version knows policy variables. `unknown` is why there may be statements
    that are not listed. `faults` is what AWS rejects; what could be read in spite of that is read."""

    statements: tuple[Statement, ...] = ()
    variables: bool = False
    unknown: tuple[Unknown, ...] = ()
    faults: tuple[Fault, ...] = ()


class Source(Struct, frozen=True):
    """Which statement of which policy something rests on: the policy's name for people, and the statement."""

    policy: str
    statement: Statement
