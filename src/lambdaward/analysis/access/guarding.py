"""The policies on the side of a resource: its own document, a role's trust policy, the permissions of a function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import structs

from lambdaward.analysis.access.attached import Written
from lambdaward.iam import Kind, Policy, parse
from lambdaward.model import (
    Alias,
    Function,
    FunctionVersion,
    Link,
    LiveOrigin,
    Permission,
    Place,
    Pseudo,
    Ref,
    ResourceId,
    ResourcePolicy,
    Role,
    Text,
    Unknown,
    Value,
    each,
    holes,
    literal,
    parts,
    text,
)

if TYPE_CHECKING:
    from lambdaward.analysis.access.access import Access

_KEY = "AWS::KMS::Key"
_UNSEEN = "the policy of {} is not among what was saved of the account"
_TOKEN = Unknown("the event source token is kept secret")
_CONDITIONS = (
    ("source_arn", "ArnLike", "aws:SourceArn"),
    ("source_account", "StringEquals", "aws:SourceAccount"),
    ("organization", "StringEquals", "aws:PrincipalOrgID"),
    ("url_auth_type", "StringEquals", "lambda:FunctionUrlAuthType"),
    ("via_url", "Bool", "lambda:InvokedViaFunctionUrl"),
)


class Guarding:
    """What guards each resource of an estate."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._estate = access.estate
        self._trusts: dict[str, Policy] = {}
        self._read: dict[tuple[ResourceId, bool, str], tuple[Written, ...]] = {}

    def policies(self, resource: ResourceId, *, taking: bool = False, qualifier: str = "") -> tuple[Written, ...]:
        """The policies on a resource. `taking`: whether a role is to be taken on, which its trust policy decides. Each
        `qualifier` of a function has permissions of its own."""
        key = resource, taking, qualifier
        if key not in self._read:
            self._read[key] = tuple(self._found(resource, taking=taking, qualifier=qualifier))
        return self._read[key]

    def unseen(self, resource: ResourceId) -> str:
        """Why a resource may have a policy that was not read; empty when it has none that is not seen."""
        known = self._estate.resources[resource]
        live = isinstance(self._estate.origin(Place(resource)), LiveOrigin)
        identity = known.type.startswith("AWS::IAM::")
        return _UNSEEN.format(known.shown or resource.name) if live and not identity else ""

    def _found(self, resource: ResourceId, *, taking: bool, qualifier: str) -> Iterator[Written]:
        role = self._estate.get(Role, resource)
        if role is not None:
            yield from self._trust(role) if taking else ()
            return
        documents = self._documents.get(resource, ())
        yield from documents if not qualifier else ()
        yield from self._permissions.get((resource, qualifier), ())
        if not documents and self._estate.resources[resource].type == _KEY and not self.unseen(resource):
            yield self._default_key_policy(resource)

    def _trust(self, role: Role) -> Iterator[Written]:
        """The trust policy of a role. Many roles have the same: one without holes is read once for all."""
        place, document = role.place("AssumeRolePolicyDocument"), self._access.names.resolve(role.trust)
        known = repr(document) if next(holes(document), None) is None else ""
        policy = self._trusts.get(known) or parse(document, kind=Kind.TRUST, path=place.path)
        if known:
            self._trusts[known] = policy
        yield Written(f"trust policy of {role.shown or role.id.name}", policy, place)

    def _default_key_policy(self, key: ResourceId) -> Written:
        owner = self._access.questions.targets.account(key.stack)
        account = text("arn:", Pseudo("AWS::Partition", key.stack), ":iam::", *parts(owner), ":root")
        said: Value = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "kms:*", "Resource": "*"}
        document: Value = {"Version": "2012-10-17", "Statement": (said,)}
        policy = parse(self._access.names.resolve(document), kind=Kind.RESOURCE)
        return Written(f"the default key policy of {key.name}", policy, Place(key), here=False)

    def _written(self, name: str, document: Value, path: tuple[str | int, ...], of: ResourceId) -> Written:
        policy = parse(self._access.names.resolve(document), kind=Kind.RESOURCE, path=path)
        return Written(name, policy, Place(of, path))

    @cached_property
    def _documents(self) -> Mapping[ResourceId, list[Written]]:
        """Policy documents by what they guard."""
        table: dict[ResourceId, list[Written]] = {}
        for record in self._estate.all(ResourcePolicy):
            name = f"resource policy {record.shown or record.id.name}"
            written = self._written(name, record.document, tuple(record.path.split(".")), record.id)
            for link in record.subjects:
                if link.target is not None:
                    table.setdefault(link.target, []).append(self._doubted(written, link, record.id))
        return table

    @cached_property
    def _permissions(self) -> Mapping[tuple[ResourceId, str], list[Written]]:
        """The permissions of functions, by function and qualifier."""
        table: dict[tuple[ResourceId, str], list[Written]] = {}
        for permission in self._estate.all(Permission):
            found = self._function(permission.function) if permission.function else None
            if found is not None and permission.function is not None:
                target, qualifier = found
                written = self._of_permission(permission)
                table.setdefault((target, qualifier), []).append(
                    self._doubted(written, permission.function, permission.id)
                )
        return table

    def _function(self, link: Link) -> tuple[ResourceId, str] | None:
        """The function that a link means, and the qualifier by which it does."""
        behind: Alias | FunctionVersion | None = self._estate.follow(Alias, link) or self._estate.follow(
            FunctionVersion, link
        )
        function = self._estate.follow(Function, behind.function if behind else link)
        if function is None:
            return None
        name = (behind.name if isinstance(behind, Alias) else "(version)") if behind else link.qualifier
        return function.id, literal(name) or ("" if name is None else "(not known)")

    def _of_permission(self, permission: Permission) -> Written:
        conditions: dict[str, dict[str, Value]] = {}
        for field, operator, key in _CONDITIONS:
            value: Value = getattr(permission, field)
            if value is not None:
                conditions.setdefault(operator, {})[key] = value
        if permission.event_source_token is not None:
            conditions.setdefault("StringEquals", {})["lambda:EventSourceToken"] = _TOKEN
        said: dict[str, Value] = {
            "Effect": "Allow",
            "Principal": each(self._access.names.resolve(permission.principal), _principal),
            "Action": permission.action,
            "Condition": conditions,
        }
        document: Value = {"Version": "2012-10-17", "Statement": (said,)}
        policy = parse(self._access.names.resolve(document), kind=Kind.ANY)
        return Written(f"permission {permission.shown or permission.id.name}", policy, permission.place(), here=False)

    def _doubted(self, written: Written, link: Link, policy: ResourceId) -> Written:
        """A policy with the condition that decides whether it is there."""
        condition = self._estate.resources[policy].conditional
        if not condition and not link.possible:
            return written
        why = f"condition {condition} decides" if condition else "a condition decides"
        return structs.replace(written, doubt=Unknown(f"{why} whether {written.name} is there"))


def _principal(value: Value) -> Value:
    """A permission's principal as a policy writes it."""
    known = literal(value)
    if known == "*":
        return "*"
    last = parts(value)[-1] if parts(value) else None
    if isinstance(last, str) and (last.endswith((".amazonaws.com", ".amazonaws.com.cn"))):
        return {"Service": value}
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Text) and not isinstance(value.parts[0], str | Pseudo | Ref):
        return Unknown("who the principal is, is only known after deployment")
    return {"AWS": value}
