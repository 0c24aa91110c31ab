"""Decisions: whether a request is allowed, which statements decide, and what would have to be so where it is not settled."""

from __future__ import annotations

from enum import StrEnum

from lambdaward.iam.evaluation.caller import CallerKind
from lambdaward.iam.evaluation.clause import Clause
from lambdaward.iam.evaluation.policies import Policies, Type
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.evaluation.said import Said
from lambdaward.iam.evaluation.services import ALWAYS_ALLOWED, AUTHORIZERS, Authorizer, default, keeps_out
from lambdaward.iam.truth import Truth, and_, negate, unknowns
from lambdaward.model import Unknown

_LIMITS = (Type.SCP, Type.RCP, Type.BOUNDARY, Type.SESSION, Type.ENDPOINT)


class Outcome(StrEnum):
    """How AWS decides; `UNKNOWN` when that is not settled. A request that nothing allows is implicitly denied, also when it is
    not known whether something denies it besides."""

    ALLOWED = "Allowed"
    EXPLICITLY_DENIED = "ExplicitlyDenied"
    IMPLICITLY_DENIED = "ImplicitlyDenied"
    UNKNOWN = "Unknown"


class Mode(StrEnum):
    """`EXACT` says allowed or denied only when that is sure. `DISCOVER` says allowed when it can be, and `Decision.when` then
    says under which conditions."""

    EXACT = "exact"
    DISCOVER = "discover"


class Decision:
    """The decision on one request. `when` is the truth of its being allowed."""

    __slots__ = ("_allow", "_authorizer", "_said", "always", "outcome", "when")

    def __init__(self, said: Said, authorizer: Authorizer, mode: Mode, *, always: bool = False) -> None:
        self._said = said
        self._authorizer = authorizer
        self._allow = authorizer(said)
        self.always = always
        self.when: Truth = always or and_(negate(said.denied), and_(self._allow, said.guarded))
        self.outcome = self._outcome(mode)

    def _outcome(self, mode: Mode) -> Outcome:
        if self.when is True:
            return Outcome.ALLOWED
        if self._said.denied is True:
            return Outcome.EXPLICITLY_DENIED
        if self.when is False:
            return Outcome.IMPLICITLY_DENIED
        return Outcome.ALLOWED if mode is Mode.DISCOVER else Outcome.UNKNOWN

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """What is not known and would settle the decision."""
        return unknowns(self.when)

    @property
    def blocked_by(self) -> tuple[Type, ...]:
        """The kinds of policies that stand in the way of what is allowed but for them: by a deny, or as a limit that does not let
        it through."""
        if self.outcome in (Outcome.ALLOWED, Outcome.UNKNOWN) or self._authorizer(self._said.unhindered()) is False:
            return ()
        return tuple(kind for kind in Type if self._blocks(kind))

    def _blocks(self, kind: Type) -> bool:
        if any(analysis.deny is True for own, analysis in self._said.answers if own is kind):
            return True
        if kind not in _LIMITS or self._said.lets(kind) is not False:
            return False
        return kind not in (Type.BOUNDARY, Type.SESSION) or self._allow is False

    @property
    def deciding(self) -> tuple[tuple[Type, Clause], ...]:
        """The statements that decide, each with its kind: what denies, or else what allows."""
        if self.outcome is Outcome.EXPLICITLY_DENIED:
            return tuple(
                (kind, analysis.denying) for kind, analysis in self._said.answers if analysis.denying is not None
            )
        return tuple(
            (kind, analysis.allowing) for kind, analysis in self._said.answers if analysis.allowing is not None
        )

    @property
    def open(self) -> tuple[tuple[Type, Clause, Truth], ...]:
        """The statements of which it is not settled whether they apply (all of them when the decision is a discovery)."""
        return tuple((kind, clause, truth) for kind, analysis in self._said.answers for clause, truth in analysis.open)

    def explain(self) -> tuple[str, ...]:
        """The decision in sentences: what decides, what stands in the way, what is not known."""
        request = self._said.request
        lines = [f"{request.shown}: {_WORDS[self.outcome]}"]
        if self.always:
            return (*lines, "no permission is needed for this action, and no policy has an effect on it")
        word = "denies it" if self.outcome is Outcome.EXPLICITLY_DENIED else "allows it"
        lines += [f"{clause.statement.shown} of {clause.source.policy} {word}" for _, clause in self.deciding]
        if any(kind is Type.PUBLIC for kind, _ in self._said.answers):
            lines.append("S3 Block Public Access keeps strangers out of a bucket whose policy is public")
        if self.outcome is Outcome.IMPLICITLY_DENIED:
            lines += [f"no statement of the {_NAMES[kind]} allows it" for kind in self.blocked_by] or [
                "nothing allows it"
            ]
        lines += [f"not known: {unknown.reason}" for unknown in self.unknowns]
        return tuple(lines)

    @property
    def said(self) -> Said:
        """What every kind of policy says to the request."""
        return self._said


_WORDS = {
    Outcome.ALLOWED: "allowed",
    Outcome.EXPLICITLY_DENIED: "explicitly denied",
    Outcome.IMPLICITLY_DENIED: "implicitly denied",
    Outcome.UNKNOWN: "not settled",
}
_NAMES = {
    Type.IDENTITY: "identity policies",
    Type.RESOURCE: "resource policy",
    Type.BOUNDARY: "permissions boundary",
    Type.SESSION: "session policy",
    Type.SCP: "service control policies of one level",
    Type.RCP: "resource control policies",
    Type.ENDPOINT: "endpoint policy",
}


def decide(request: Request, policies: Policies, mode: Mode = Mode.EXACT) -> Decision:
    """Decide a request as AWS does, by every policy that has a say."""
    said = Said(request, policies, thorough=mode is Mode.DISCOVER)
    authorizer = AUTHORIZERS.get(request.service, default)
    if policies.public_access_blocked and keeps_out(said) and authorizer(said) is not False:
        said.keep_out()
    always = request.action in ALWAYS_ALLOWED and request.caller.kind is not CallerKind.ANONYMOUS
    return Decision(said, authorizer, mode, always=always)
