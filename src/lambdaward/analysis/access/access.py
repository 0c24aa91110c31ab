"""What the principals of an estate may do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial

from lambdaward.analysis.access.answer import verdict
from lambdaward.analysis.access.asking import Asker, Target
from lambdaward.analysis.access.attached import Policies, Principal, Written
from lambdaward.analysis.access.document import Document, Documents, compiled
from lambdaward.analysis.access.endpoints import Endpoints
from lambdaward.analysis.access.explained import Answer, answered
from lambdaward.analysis.access.fitting import works_on_nothing
from lambdaward.analysis.access.names import Names
from lambdaward.analysis.access.organization import Organization
from lambdaward.analysis.access.questions import Questions
from lambdaward.analysis.access.stated import Stated
from lambdaward.catalog import actions
from lambdaward.iam import (
    ANONYMOUS,
    Analysis,
    Asking,
    Caller,
    CallerKind,
    Clause,
    Context,
    Kind,
    Naming,
    PolicySet,
    Request,
    Textual,
    analyse,
    caller,
)
from lambdaward.model import (
    Estate,
    Fact,
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
_OWN = Asking(Naming.NEVER)
_NOTHING = Context()
# Whoever owns the resource: only other kinds of policies ask.
_ANY = "*"


class Access:
    """The policies of one estate, and questions about them."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.names = Names(estate)
        self._policies = Policies(estate, self.names)
        self.organization = Organization(estate, self._policies)
        self.endpoints = Endpoints(estate, self._policies)
        self._stated: dict[int, tuple[Written, tuple[Stated, ...]]] = {}
        self._sets: dict[tuple[ResourceId, bool], PolicySet | None] = {}
        self._documents: dict[tuple[int, str, Unknown | None], Document] = {}
        self._kinds: dict[object, int] = {}
        self._within: dict[ResourceId, PolicySet] = {}
        self._owned: dict[ResourceId, Documents] = {}
        self._bounds: dict[ResourceId, Documents] = {}
        self._by_clause: dict[int, Stated] = {}

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

    def is_silent(self, principal: Principal, action: str) -> bool:
        """Whether no policy of a principal says anything about an action, at first sight: true only where that is sure."""
        return self._policies.is_silent(principal, action.lower())

    def boundary(self, who: Who) -> Written | None:
        """The permissions boundary of a principal."""
        principal = self.principal(who)
        return self._policies.boundary(principal) if principal else None

    def statements(self, who: Who) -> tuple[Stated, ...]:
        """Every statement of those policies, allows and denies."""
        return tuple(stated for written in self.policies(who) for stated in self.stated(written))

    def binding(self, who: Who) -> tuple[Stated, ...]:
        """Those statements, and what the organization denies to the principal's account in all circumstances."""
        limits = (stated for written in self.limits(who) for stated in self.stated(written))
        return (*self.statements(who), *limits)

    def limits(self, who: Who) -> tuple[Written, ...]:
        """What the organization denies to a principal in all circumstances."""
        if not self.organization.is_read:
            return ()
        principal = self.principal(who)
        caller = self.caller(principal) if principal else None
        return () if caller is None or caller.linked else self.organization.denying(caller.account)

    def trust(self, role: Role) -> tuple[Stated, ...]:
        """The statements of a role's trust policy."""
        return self.stated(self.trust_policy(role))

    def trust_policy(self, role: Role) -> Written:
        """A role's trust policy. Roles of which it says the same share what is read of it."""
        place = role.place("AssumeRolePolicyDocument")
        return self._policies.at(f"trust policy of {role.shown}", role.trust, place, Kind.TRUST)

    def document(self, name: str, document: Value, place: Place) -> tuple[Stated, ...]:
        """The statements of a resource policy that stands at a place, whichever resource it guards."""
        return self.stated(self._policies.at(name, document, place, Kind.RESOURCE))

    def guarding(self, resource: ResourceId) -> tuple[Stated, ...]:
        """The statements of the resource policies that guard a resource."""
        return tuple(stated for policy in self._guards.get(resource, ()) for stated in self.stated(policy))

    def stated(self, written: Written) -> tuple[Stated, ...]:
        """The statements of a policy, ready to be asked. Those of one that may not be attached are doubtful."""
        if id(written) not in self._stated:
            found = tuple(Stated(written, clause) for clause in self.compiled(written).clauses)
            self._by_clause.update((id(stated.clause), stated) for stated in found)
            self._stated[id(written)] = written, found
        return self._stated[id(written)][1]

    def compiled(self, written: Written) -> Document:
        """A policy ready to be asked, the same one for all that attach it as surely."""
        key = id(written.policy), written.name, written.doubt
        if key not in self._documents:
            self._documents[key] = compiled(written, self._kinds)
        return self._documents[key]

    def documents(self, principal: Principal) -> Documents:
        """The policies of a principal, its boundary aside, and what the organization denies to it, to be asked for no reasons."""
        if principal.id not in self._owned:
            written = (*self.policies(principal), *self.limits(principal))
            self._owned[principal.id] = Documents(map(self.compiled, written))
        return self._owned[principal.id]

    def bounds(self, principal: Principal) -> Documents | None:
        """The boundary of a principal, when it has one."""
        boundary = self.boundary(principal)
        if boundary is not None and principal.id not in self._bounds:
            self._bounds[principal.id] = Documents((self.compiled(boundary),))
        return self._bounds.get(principal.id)

    def may(self, principal: Principal, action: str) -> bool:
        """Whether a principal's policies perhaps allow an action on something: false only where that is sure."""
        documents, number = self.documents(principal), actions().index(action)
        return documents.hidden or not isinstance(number, int) or bool(documents.may >> number & 1)

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
        counts when it reaches all of them; the `*` of an action that works on no resource is just that. Keys that `context`
        does not give are unknown, or absent when `closed`. Resource policies are not asked, of the organization's only what it
        denies in all circumstances.
        """
        principal = self.principal(who)
        if principal is None:
            return Unsure((_ABSENT,))
        target = self.names.resolve(resource)
        if not isinstance(target, str | Text | Unknown):
            return Unsure((Unknown(f"{show(target)} is not one resource"),))
        alone = target == "*" and works_on_nothing(action)
        keys = Context(context, closed=closed)
        request = Request(self.caller(principal), action, target, context=keys, wildcard_only=alone)
        identity = self._asked(principal, request, boundary=False) or Analysis()
        boundary = self._asked(principal, request, boundary=True)
        return verdict(identity, boundary, f"{action} on {show(resource)}", partial(self._proof, principal))

    def open(
        self,
        who: Principal,
        action: str,
        resource: Textual,
        context: Callable[[], Mapping[str, Value]],
        *,
        closed: bool = False,
    ) -> bool | None:
        """The answer of `allows` without its reasons: true, false, or `None` where it is not known. It asks the documents, which
        principals share. Declared names stand in the resource's ARN already."""
        own, limits = self.documents(who), self.bounds(who)
        concerns = (*own.about(action), *(limits.about(action) if limits else ()))
        keys = Context(context(), closed=closed) if any(one.keys for one in concerns) else _NOTHING
        alone = resource == "*" and works_on_nothing(action)
        request = Request(ANONYMOUS, action, resource, account=_ANY, context=keys, wildcard_only=alone)
        allowed = own.answer(action, request)
        if allowed is False or limits is None:
            return allowed
        within = limits.answer(action, request)
        return False if within is False else allowed and within

    def can(
        self,
        who: Who | str | Asker,
        action: str,
        resource: Value | ResourceId | Target = "*",
        context: Mapping[str, Value] | None = None,
        *,
        closed: bool = False,
    ) -> Answer:
        """Whether somebody may take an action on a resource, by every policy of the estate that has a say: the identity policies
        and boundary of the caller, and the resource's own policy.

        `who` is a record of the estate or what leads to one, an ARN, an account number, a service's name, or `*` for anybody;
        `resource` is an ARN or an identity of the estate. Keys that `context` does not give are unknown, or absent when `closed`;
        that requests come by TLS and not through a service is taken as given.
        """
        questions = self.questions
        asker, target = questions.asker(who), questions.target(resource)
        return answered(questions, asker, action, target, context or {}, closed=closed)

    @cached_property
    def questions(self) -> Questions:
        """Decisions on whole requests, the policies of resources included."""
        return Questions(self)

    def caller(self, principal: Principal) -> Caller:
        """The caller that a principal is."""
        arn = self.names.arn(principal.id)
        return caller(arn) if isinstance(arn, str | Text | Unknown) else Caller(CallerKind.ROLE)

    def policy_set(self, principal: Principal, *, boundary: bool = False) -> PolicySet | None:
        """The policies of a principal, or its boundary, ready to be asked; `None` when it has no boundary."""
        key = principal.id, boundary
        if key not in self._sets:
            written = self._policies.boundary(principal) if boundary else None
            found = (written,) if written else () if boundary else self._policies.of(principal)
            self._sets[key] = self.gathered(found) if found or not boundary else None
        return self._sets[key]

    def _bound(self, principal: Principal) -> PolicySet | None:
        """The policies of a principal with what the organization denies to it."""
        limits = self.limits(principal)
        if not limits:
            return self.policy_set(principal)
        if principal.id not in self._within:
            self._within[principal.id] = self.gathered((*self._policies.of(principal), *limits))
        return self._within[principal.id]

    def gathered(self, found: Iterable[Written], unseen: str = "") -> PolicySet:
        """Some policies, ready to be asked. `unseen` is why there may be more."""
        listed = list(found)
        hidden = [unknown for written in listed for unknown in written.policy.unknown]
        more = (Unknown(unseen, "scan where it is declared as well"),) if unseen else ()
        return PolicySet((stated.clause for written in listed for stated in self.stated(written)), (*hidden, *more))

    def stating(self, clause: Clause, who: Principal | None = None) -> Stated:
        """The statement that a clause of these policies is, with where it stands: for one of the principal that is asked about,
        where the principal has it from."""
        boundary = self.boundary(who)
        own = (*self.policies(who), *((boundary,) if boundary else ()))
        found = (stated for written in own for stated in self.stated(written) if stated.clause is clause)
        return next(found, None) or self._by_clause[id(clause)]

    def _asked(self, principal: Principal, request: Request, *, boundary: bool) -> Analysis | None:
        policies = self.policy_set(principal, boundary=True) if boundary else self._bound(principal)
        return None if policies is None else analyse(policies, request, _OWN)

    def _proof(self, principal: Principal, clause: Clause, does: str) -> Fact:
        stated = self.stating(clause, principal)
        return Fact(f"{stated.shown} {does}", stated.place)

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
