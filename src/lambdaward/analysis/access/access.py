"""What the principals of an estate may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from lambdaward.analysis.access.answer import Side, verdict
from lambdaward.analysis.access.attached import Policies, Principal, Written
from lambdaward.analysis.access.names import Names
from lambdaward.analysis.access.stated import Stated
from lambdaward.iam import Asked, Clause, Context, Kind, Policy, asked, clauses
from lambdaward.model import (
    Estate,
    Function,
    Group,
    Link,
    Place,
    ResourceId,
    ResourcePolicy,
    Role,
    Text,
    Unknown,
    Unsure,
    User,
    Value,
    Verdict,
    show,
)

Who = Principal | Function | Link | ResourceId | None
_ABSENT = Unknown("the principal is not in what was scanned", "scan where it is declared as well")


class Access:
    """The policies of one estate, and questions about them."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.names = Names(estate)
        self._policies = Policies(estate, self.names)
        self._clauses: dict[int, tuple[Policy, tuple[Clause, ...]]] = {}
        self._statements: dict[ResourceId, tuple[Stated, ...]] = {}

    def principal(self, who: Who) -> Principal | None:
        """The role, user or group that is meant: itself, a link to it, its identity, or the role a function runs as."""
        if isinstance(who, Function):
            who = who.role
        if isinstance(who, Role | User | Group):
            return who
        identity = who.target if isinstance(who, Link) else who
        get = self.estate.get
        return get(Role, identity) or get(User, identity) or get(Group, identity)

    def policies(self, who: Who) -> tuple[Written, ...]:
        """Every policy that grants or denies a principal something, its boundary aside."""
        principal = self.principal(who)
        return self._policies.of(principal) if principal else ()

    def boundary(self, who: Who) -> Written | None:
        """The permissions boundary of a principal."""
        principal = self.principal(who)
        return self._policies.boundary(principal) if principal else None

    def statements(self, who: Who) -> tuple[Stated, ...]:
        """Every statement of those policies, allows and denies."""
        principal = self.principal(who)
        if principal is None:
            return ()
        if principal.id not in self._statements:
            policies = self._policies.of(principal)
            self._statements[principal.id] = tuple(stated for policy in policies for stated in self.stated(policy))
        return self._statements[principal.id]

    def trust(self, role: Role) -> tuple[Stated, ...]:
        """The statements of a role's trust policy."""
        place = role.place("AssumeRolePolicyDocument")
        return self.stated(self._policies.at(f"trust policy of {role.shown}", role.trust, place, Kind.TRUST))

    def document(self, name: str, document: Value, place: Place) -> tuple[Stated, ...]:
        """The statements of a resource policy that stands at a place, whichever resource it guards."""
        return self.stated(self._policies.at(name, document, place, Kind.RESOURCE))

    def guarding(self, resource: ResourceId) -> tuple[Stated, ...]:
        """The statements of the resource policies that guard a resource."""
        return tuple(stated for policy in self._guards.get(resource, ()) for stated in self.stated(policy))

    def stated(self, written: Written) -> tuple[Stated, ...]:
        """The statements of a policy, made ready to be asked."""
        policy = written.policy
        if id(policy) not in self._clauses:
            self._clauses[id(policy)] = policy, clauses(policy, written.name)
        return tuple(Stated(written, clause) for clause in self._clauses[id(policy)][1])

    def allows(
        self,
        who: Who,
        action: str,
        resource: Value = "*",
        context: Mapping[str, Value] | None = None,
        *,
        closed: bool = False,
    ) -> Verdict:
        """Whether a principal's own policies, within its boundary, let it take an action on a resource.

        `resource` is an ARN, with holes or wildcards if need be: wildcards ask for some resource that they match, and a deny
        counts when it reaches all of them. Keys that `context` does not give are unknown, or absent when `closed`.
        Resource policies and the organization's policies are not asked.
        """
        principal = self.principal(who)
        if principal is None:
            return Unsure((_ABSENT,))
        target = self.names.resolve(resource)
        if not isinstance(target, str | Text | Unknown):
            return Unsure((Unknown(f"{show(target)} is not one resource"),))
        question = asked(action, target, Context(context, closed=closed))
        boundary = self._policies.boundary(principal)
        return verdict(
            self._side(self._policies.of(principal), question),
            None if boundary is None else self._side((boundary,), question),
            f"{action} on {show(resource)}",
        )

    def _side(self, policies: Iterable[Written], question: Asked) -> Side:
        return Side(tuple((written, self.stated(written)) for written in policies), question)

    @cached_property
    def _guards(self) -> Mapping[ResourceId, list[Written]]:
        table: dict[ResourceId, list[Written]] = {}
        for policy in self.estate.all(ResourcePolicy):
            name = f"resource policy {policy.shown}"
            place = policy.place(*policy.path.split("."))
            written = self._policies.at(name, policy.document, place, Kind.RESOURCE)
            for link in policy.subjects:
                if link.target is not None:
                    table.setdefault(link.target, []).append(written)
        return table
