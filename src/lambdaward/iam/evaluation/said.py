"""What every kind of policy says to one request, and what follows from that in general."""

from __future__ import annotations

from lambdaward.iam.evaluation.analysis import Analysis, Asking, Naming, analyse
from lambdaward.iam.evaluation.caller import CallerKind
from lambdaward.iam.evaluation.organization import applicable_rcps, applicable_scps
from lambdaward.iam.evaluation.policies import Policies, Type
from lambdaward.iam.evaluation.policyset import PolicySet
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.matching.pattern import covers, subject
from lambdaward.iam.truth import Truth, and_, both, or_

SILENT = Analysis()  # what policies say that are not there


def _asking(*, thorough: bool) -> tuple[Asking, Asking, Asking]:
    return (
        Asking(Naming.NEVER, False, thorough),
        Asking(Naming.MAY, False, thorough),
        Asking(Naming.ALWAYS, False, thorough),
    )


_BRIEF, _THOROUGH = _asking(thorough=False), _asking(thorough=True)


class Said:
    """The analyses of one request, by kind. `thorough`: ask every statement, even when an answer is settled."""

    __slots__ = ("answers", "bounds", "denied", "guarded", "identity", "policies", "request", "resource", "session")

    def __init__(self, request: Request, policies: Policies, *, thorough: bool) -> None:
        self.request = request
        self.policies = policies
        self.answers: list[tuple[Type, Analysis]] = []
        self.identity = self.resource = SILENT
        self.denied: Truth = False
        """Whether any policy denies."""
        self.session: Truth = True
        """Whether the session policy lets the request through, where there is one."""
        self.bounds: Truth = True
        """Whether the session policy and the permissions boundary do."""
        self.guarded: Truth = True
        """Whether the organization and the endpoint let it through."""
        never, may, always = _THOROUGH if thorough else _BRIEF
        if request.caller.in_account:
            self.identity = self._ask(Type.IDENTITY, policies.identity, never)
            if policies.session is not None:
                self.session = self.bounds = self._ask(Type.SESSION, policies.session, never).full
            if policies.boundary is not None:
                self.bounds = and_(self._ask(Type.BOUNDARY, policies.boundary, never).full, self.bounds)
        if policies.resource is not None:
            asking = always if policies.boundary is None else Asking(Naming.ALWAYS, bounded=True, thorough=thorough)
            self.resource = self._ask(Type.RESOURCE, policies.resource, asking)
        self._ask_limits(never, may)

    def _ask_limits(self, never: Asking, may: Asking) -> None:
        policies = self.policies
        if policies.endpoint is not None:
            self.guarded = self._ask(Type.ENDPOINT, policies.endpoint, may).allow
        if policies.scps:
            self.guarded = and_(self.guarded, self._levels(Type.SCP, applicable_scps(self.request, policies), never))
        if policies.rcps:
            levels, limited = applicable_rcps(self.request, policies)
            if limited is not False:
                self._levels(Type.RCP, levels, may, limited=limited)

    def _ask(self, kind: Type, policies: PolicySet, asking: Asking) -> Analysis:
        analysis = analyse(policies, self.request, asking)
        self.answers.append((kind, analysis))
        self.denied = or_(self.denied, analysis.deny)
        return analysis

    def _levels(self, kind: Type, levels: tuple[PolicySet, ...], asking: Asking, *, limited: Truth = True) -> Truth:
        """Ask every level; whether each allows. `limited`: whether the levels have a say."""
        found = [analyse(level, self.request, asking) for level in levels]
        for analysis in found:
            self.answers.append((kind, analysis))
            if limited is not True:
                analysis.suppose(limited)
            self.denied = or_(self.denied, analysis.deny)
        return both([analysis.full for analysis in found])

    @property
    def by_type(self) -> dict[Type, tuple[Analysis, ...]]:
        """The analyses by kind, those of levels root first."""
        found: dict[Type, tuple[Analysis, ...]] = {}
        for kind, analysis in self.answers:
            found[kind] = (*found.get(kind, ()), analysis)
        return found

    @property
    def own(self) -> Truth:
        """Whether the caller's own policies allow, within its bounds. A root user needs none."""
        return and_(self.request.caller.kind is CallerKind.ROOT or self.identity.full, self.bounds)

    @property
    def granted(self) -> Truth:
        """What the resource policy gives the caller by itself, within the bounds that hold for the way it names the caller."""
        said = self.resource
        return or_(said.full, or_(and_(said.anybody, self.session), and_(said.limited, self.bounds)))

    def keep_out(self) -> None:
        """Deny, because S3 Block Public Access keeps the caller out."""
        analysis = Analysis()
        analysis.deny = self.denied = True
        self.answers.append((Type.PUBLIC, analysis))

    def unhindered(self) -> Said:
        """The same without limits, and without the kinds that deny; a resource that does still trusts its own account."""
        free = Said(self.request, self.policies, thorough=True)
        free.session = free.bounds = free.guarded = True
        if free.identity.deny is True:
            free.identity = SILENT
        if free.resource.deny is True:
            trusted, free.resource = free.resource.delegated, Analysis()
            free.resource.delegated = self.same_account is True and trusted
        return free

    def lets(self, kind: Type) -> Truth:
        """Whether every level of a limiting kind allows; true when there is none. An RCP level allows what it does not deny."""
        return True if kind is Type.RCP else both([analysis.allow for own, analysis in self.answers if own is kind])

    @property
    def same_account(self) -> Truth:
        """Whether caller and resource belong to one account."""
        account, owner = self.request.caller.account, self.request.account
        if isinstance(account, str) and isinstance(owner, str):
            return account == owner
        return covers(subject(account).items, subject(owner))
