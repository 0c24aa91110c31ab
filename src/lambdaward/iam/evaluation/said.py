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

    __slots__ = ("bounds", "by_type", "denied", "guarded", "identity", "policies", "request", "resource")

    def __init__(self, request: Request, policies: Policies, *, thorough: bool) -> None:
        self.request = request
        self.policies = policies
        self.by_type: dict[Type, tuple[Analysis, ...]] = {}
        self.identity = self.resource = SILENT
        self.denied: Truth = False
        """Whether any policy denies."""
        self.bounds: Truth = True
        """Whether the permissions boundary and the session policy let the request through, where there are any."""
        self.guarded: Truth = True
        """Whether the organization and the endpoint let it through."""
        never, may, always = _THOROUGH if thorough else _BRIEF
        if request.caller.in_account:
            self.identity = self._ask(Type.IDENTITY, policies.identity, never)
            if policies.boundary is not None:
                self.bounds = self._ask(Type.BOUNDARY, policies.boundary, never).full
            if policies.session is not None:
                self.bounds = and_(self.bounds, self._ask(Type.SESSION, policies.session, never).full)
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
            self._levels(Type.RCP, applicable_rcps(self.request, policies), may)

    def _ask(self, kind: Type, policies: PolicySet, asking: Asking) -> Analysis:
        analysis = analyse(policies, self.request, asking)
        self.by_type[kind] = (analysis,)
        self.denied = or_(self.denied, analysis.deny)
        return analysis

    def _levels(self, kind: Type, levels: tuple[PolicySet, ...], asking: Asking) -> Truth:
        """Ask every level; whether each allows."""
        found = self.by_type[kind] = tuple([analyse(level, self.request, asking) for level in levels])
        for analysis in found:
            self.denied = or_(self.denied, analysis.deny)
        return both([analysis.full for analysis in found])

    @property
    def own(self) -> Truth:
        """Whether the caller's own policies allow, within its bounds. A root user needs none."""
        return and_(self.request.caller.kind is CallerKind.ROOT or self.identity.full, self.bounds)

    @property
    def granted(self) -> Truth:
        """What the resource policy gives the caller by itself, within the bounds where it names a role."""
        return or_(self.resource.full, and_(self.resource.limited, self.bounds))

    @property
    def wanted(self) -> bool:
        """Whether anything that gives permissions may allow the request."""
        return self.identity.full is not False or self.resource.allow is not False

    def lets(self, kind: Type) -> Truth:
        """Whether every level of a limiting kind allows; true when there is none. An RCP level allows what it does not deny."""
        found = self.by_type.get(kind, ())
        return True if kind is Type.RCP else both([analysis.allow for analysis in found])

    @property
    def same_account(self) -> Truth:
        """Whether caller and resource belong to one account."""
        account, owner = self.request.caller.account, self.request.account
        if isinstance(account, str) and isinstance(owner, str):
            return account == owner
        return covers(subject(account).items, subject(owner))
