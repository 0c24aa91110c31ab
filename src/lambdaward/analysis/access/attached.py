"""Which policies a principal has, each with where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct, structs

from lambdaward import catalog
from lambdaward.analysis.access.names import Names
from lambdaward.analysis.access.naming import is_silent
from lambdaward.iam import Kind, Policy, parse
from lambdaward.model import (
    AttachedPolicy,
    Estate,
    Group,
    InlinePolicy,
    Link,
    OneOf,
    Path,
    Place,
    ResourceId,
    Role,
    Text,
    Unknown,
    User,
    Value,
    alternatives,
    holes,
    items,
    show,
)

Principal = Role | User | Group
_AWS = "arn:aws:iam::aws:policy/"


class Written(Struct, frozen=True):
    """A policy document of the estate or of AWS: its name for people, what it says, and where it stands. `place` is the
    document, or for a policy that is written elsewhere the place that attaches it. `doubt` is why it may not be attached."""

    name: str
    policy: Policy
    place: Place
    here: bool = True
    doubt: Unknown | None = None

    def at(self, path: tuple[str | int, ...]) -> Place:
        """The place of a part of the document."""
        return Place(self.place.resource, path) if self.here else self.place


class Policies:
    """The policies of one estate, read once."""

    def __init__(self, estate: Estate, names: Names) -> None:
        self._estate = estate
        self._names = names
        self._read: dict[Place, Written] = {}
        self._silent: dict[tuple[str, str], bool] = {}
        self._trusts: dict[tuple[str, Path], Policy] = {}
        self._of_aws: dict[str, Policy] = {}
        self._of: dict[ResourceId, tuple[Written, ...]] = {}
        self._boundaries: dict[ResourceId, Written] = {}

    def of(self, principal: Principal) -> tuple[Written, ...]:
        """What grants a principal permissions: inline policies, managed ones, and those of a user's groups."""
        if principal.id not in self._of:
            self._of[principal.id] = tuple(self._found(principal))
        return self._of[principal.id]

    def _found(self, principal: Principal) -> Iterator[Written]:
        yield from self._inline(principal.inline)
        yield from self._declared(principal.id)
        yield from self._managed(principal)
        if isinstance(principal, User):
            for link in principal.groups:
                yield from self._of_group(principal, link)

    def boundary(self, principal: Principal) -> Written | None:
        """The permissions boundary, when there is one."""
        if isinstance(principal, Group) or principal.boundary is None:
            return None
        if principal.id not in self._boundaries:
            self._boundaries[principal.id] = self._linked(principal.boundary, principal.place("PermissionsBoundary"))
        return self._boundaries[principal.id]

    def is_silent(self, principal: Principal, action: str) -> bool:
        """Whether no policy of a principal says anything about an action, at first sight: nothing is read for it. A boundary
        does not count, as it allows nothing."""
        return all(self._silences(principal, action))

    def _silences(self, principal: Principal, action: str) -> Iterator[bool]:
        """Whether each of its policies says nothing about an action."""
        yield from (is_silent(policy.document, action) for policy in principal.inline)
        yield from (is_silent(policy.document, action) for policy, _ in self._by_principal.get(principal.id, ()))
        for link in principal.managed:
            record = self._estate.follow(AttachedPolicy, link)
            yield is_silent(record.document, action) if record else self._is_silent_of_aws(_aws_arn(link.value), action)
        yield not (isinstance(principal, User) and principal.groups)

    def _is_silent_of_aws(self, arn: str, action: str) -> bool:
        if (arn, action) not in self._silent:
            self._silent[arn, action] = is_silent(catalog.managed_policy_document(arn) if arn else None, action)
        return self._silent[arn, action]

    def at(self, name: str, document: Value, place: Place, kind: Kind = Kind.IDENTITY) -> Written:
        """A document that stands at a place."""
        if place not in self._read:
            read = self._trust if kind is Kind.TRUST else parse
            self._read[place] = Written(name, read(self._names.resolve(document), kind=kind, path=place.path), place)
        return self._read[place]

    def _trust(self, document: Value, *, kind: Kind, path: Path) -> Policy:
        """A trust policy: many roles have the same one. Two unknowns with the same words may be two values."""
        key = repr(document), path
        if any(isinstance(hole, Unknown) for hole in holes(document)):
            return parse(document, kind=kind, path=path)
        if key not in self._trusts:
            self._trusts[key] = parse(document, kind=kind, path=path)
        return self._trusts[key]

    def _inline(self, policies: Iterable[InlinePolicy]) -> Iterator[Written]:
        for policy in policies:
            written = self.at(f"inline policy {show(policy.name)}", policy.document, policy.place("PolicyDocument"))
            if isinstance(policy.document, OneOf) and None in alternatives(policy.document):
                written = structs.replace(written, doubt=Unknown(policy.document.reason))
            yield written

    def _managed(self, principal: Principal) -> Iterator[Written]:
        written = items(self._estate.resources[principal.id].properties.get("ManagedPolicyArns"))
        for index, link in enumerate(principal.managed):
            place = principal.place("ManagedPolicyArns")
            yield self._linked(link, place / index if len(written) == len(principal.managed) else place)

    def _declared(self, principal: ResourceId) -> Iterator[Written]:
        """Policies that say themselves whom they are attached to."""
        for policy, link in self._by_principal.get(principal, ()):
            yield self._of_record(policy, possible=link.possible)

    @cached_property
    def _by_principal(self) -> dict[ResourceId, list[tuple[AttachedPolicy, Link]]]:
        table: dict[ResourceId, list[tuple[AttachedPolicy, Link]]] = {}
        for policy in self._estate.all(AttachedPolicy):
            for link in (*policy.roles, *policy.users, *policy.groups):
                if link.target is not None:
                    table.setdefault(link.target, []).append((policy, link))
        return table

    def _of_record(self, policy: AttachedPolicy, *, possible: bool) -> Written:
        written = self.at(policy.shown, policy.document, policy.place("PolicyDocument"))
        condition = self._estate.resources[policy.id].conditional
        why = f"condition {condition} decides whether {policy.shown} exists" if condition else ""
        why = why or (f"a condition decides whether {policy.shown} is attached" if possible else "")
        return structs.replace(written, doubt=Unknown(why)) if why else written

    def _of_group(self, user: User, link: Link) -> Iterator[Written]:
        group = self._estate.follow(Group, link)
        if group is None:
            yield _unseen(f"group {show(link.value)}", user.place("Groups"))
        else:
            yield from self.of(group)

    def _linked(self, link: Link, place: Place) -> Written:
        """A managed policy by its link: of the estate, of AWS, or not seen."""
        record = self._estate.follow(AttachedPolicy, link)
        if record is not None:
            return self._of_record(record, possible=link.possible)
        arn = _aws_arn(link.value)
        if arn not in self._of_aws:
            document = catalog.managed_policy_document(arn) if arn else None
            if document is None:
                return _unseen(f"policy {show(link.value)}", place)
            self._of_aws[arn] = parse(document)
        doubt = Unknown(f"a condition decides whether {arn} is attached") if link.possible else None
        name = f"AWS managed policy {arn.removeprefix(_AWS)}"
        return Written(name, self._of_aws[arn], place, here=False, doubt=doubt)


def _unseen(name: str, place: Place) -> Written:
    unknown = Unknown(f"{name} is not in what was scanned", "scan where it is declared as well")
    return Written(name, Policy(unknown=(unknown,)), place, here=False)


def _aws_arn(value: Value) -> str:
    """The ARN of a policy of AWS, its partition left as `aws`; empty for any other value."""
    if isinstance(value, Text) and isinstance(value.parts[-1], str):
        head, tail = value.parts[0], value.parts[-1]
        return f"arn:aws{tail}" if head == "arn:" and len(value.parts) == 3 and tail.startswith(":iam::aws:") else ""
    return value if isinstance(value, str) and ":iam::aws:" in value else ""
