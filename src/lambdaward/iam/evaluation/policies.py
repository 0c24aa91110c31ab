"""Every policy that may have a say in a request, compiled once for many requests."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Union

from msgspec import Struct

from lambdaward.iam.evaluation.policyset import PolicySet, policy_set
from lambdaward.iam.language import Kind, Policy, parse
from lambdaward.model import Value

Document = Union[Policy, Value]


class Type(StrEnum):
    """The kinds of policies that decide, by the names that explanations use; the last is S3's Block Public Access."""

    IDENTITY = "identity"
    RESOURCE = "resource"
    BOUNDARY = "pb"
    SESSION = "session"
    SCP = "scp"
    RCP = "rcp"
    ENDPOINT = "vpce"
    PUBLIC = "s3-bpa"


class KeyGrant(Struct, frozen=True):
    """A grant of a KMS key: the principal that may use it, for which operations, and the encryption context that a request must
    have at least (`subset`) or exactly (`equals`)."""

    grantee: str
    operations: frozenset[str]
    subset: tuple[tuple[str, str], ...] = ()
    equals: tuple[tuple[str, str], ...] | None = None


class Policies(Struct, frozen=True, kw_only=True):
    """The policies around a request, each kind as a set; `None` where there is none.

    `identity` holds those of the caller's groups too. `scps` and `rcps` are the levels of the organization, root first: each
    must allow, and any policy of a level may. Several permissions boundaries or endpoint policies allow what any of them does.
    An RCP level allows everything unless it denies, as `RCPFullAWSAccess` is always attached. `management_account` is the
    organization's, which neither limits. `public_access_blocked`: whether S3 Block Public Access restricts public buckets.
    """

    identity: PolicySet = PolicySet(())
    boundary: PolicySet | None = None
    session: PolicySet | None = None
    resource: PolicySet | None = None
    endpoint: PolicySet | None = None
    scps: tuple[PolicySet, ...] = ()
    rcps: tuple[PolicySet, ...] = ()
    grants: tuple[KeyGrant, ...] = ()
    management_account: str = ""
    public_access_blocked: bool = False


def policies(  # noqa: PLR0913 - one for each kind of policy
    *,
    identity: Iterable[Document] = (),
    boundaries: Iterable[Document] = (),
    session: Document = None,
    resource: Document = None,
    endpoints: Iterable[Document] = (),
    scps: Iterable[Iterable[Document]] = (),
    rcps: Iterable[Iterable[Document]] = (),
    grants: Iterable[KeyGrant] = (),
    management_account: str = "",
    public_access_blocked: bool = False,
) -> Policies:
    """Compile documents, or policies that were read already."""
    return Policies(
        identity=_set("identity policy", identity, Kind.IDENTITY),
        boundary=_optional("permissions boundary", boundaries, Kind.IDENTITY),
        session=_optional("session policy", _one(session), Kind.IDENTITY),
        resource=_optional("resource policy", _one(resource), Kind.RESOURCE),
        endpoint=_optional("endpoint policy", endpoints),
        scps=tuple(_set(f"level {n} SCP", level) for n, level in enumerate(scps, 1)),
        rcps=tuple(_set(f"level {n} RCP", level) for n, level in enumerate(rcps, 1)),
        grants=tuple(grants),
        management_account=management_account,
        public_access_blocked=public_access_blocked,
    )


def _one(document: Document) -> tuple[Document, ...]:
    return () if document is None else (document,)


def _optional(name: str, documents: Iterable[Document], kind: Kind = Kind.ANY) -> PolicySet | None:
    listed = tuple(documents)
    return _set(name, listed, kind) if listed else None


def _set(name: str, documents: Iterable[Document], kind: Kind = Kind.ANY) -> PolicySet:
    listed = list(documents)
    names = [name] if len(listed) == 1 else [f"{name} {number}" for number in range(1, len(listed) + 1)]
    read = (document if isinstance(document, Policy) else parse(document, kind=kind) for document in listed)
    return policy_set(zip(names, read, strict=True))
