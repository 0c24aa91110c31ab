"""What the policies of one kind say to a request: the same loop over statements for every kind."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from lambdaward.iam.evaluation.caller import CallerKind, Grade
from lambdaward.iam.evaluation.clause import Clause
from lambdaward.iam.evaluation.policyset import PolicySet, Reached, Shelf
from lambdaward.iam.evaluation.principals import EVERYBODY, Graded
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.truth import Truth, and_, either, or_

_ALL: list[Graded] = [EVERYBODY]
_NOBODY: list[Graded] = []


class Naming(Enum):
    """What a kind of policy does with principals: none are named and the policy is the caller's (`NEVER`); a statement that
    names none applies to nobody (`ALWAYS`) or to everybody (`MAY`)."""

    NEVER = "never"
    ALWAYS = "always"
    MAY = "may"


class Analysis:
    """What the policies of one kind say: what allows, by each grade, and what denies. `allowing` and `denying` are statements
    that surely do, `open` those of which it is not settled."""

    __slots__ = ("allowing", "delegated", "deny", "denying", "full", "limited", "open")

    def __init__(self) -> None:
        self.full: Truth = False
        self.limited: Truth = False
        self.delegated: Truth = False
        self.deny: Truth = False
        self.allowing: Clause | None = None
        self.denying: Clause | None = None
        self.open: tuple[tuple[Clause, Truth], ...] = ()

    @property
    def allow(self) -> Truth:
        """What allows, whatever that is worth."""
        return or_(self.full, or_(self.limited, self.delegated))

    def add_allow(self, grade: Grade, clause: Clause, truth: Truth) -> None:
        """Count an allow of a grade."""
        if grade is Grade.FULL:
            self.full = or_(self.full, truth)
        elif grade is Grade.LIMITED:
            self.limited = or_(self.limited, truth)
        else:
            self.delegated = or_(self.delegated, truth)
        if truth is True:
            self.allowing = self.allowing or clause
        else:
            self.open = (*self.open, (clause, truth))

    def add_deny(self, clause: Clause, truth: Truth) -> None:
        """Count a deny."""
        self.deny = or_(self.deny, truth)
        if truth is True:
            self.denying = self.denying or clause
        else:
            self.open = (*self.open, (clause, truth))


class Asking(Struct, frozen=True):
    """How the statements of a kind are asked. `bounded`: whether the caller has a permissions boundary, which makes every deny
    with `NotPrincipal` apply. `thorough`: ask on when an answer is settled, to know every statement that is open."""

    naming: Naming
    bounded: bool = False
    thorough: bool = False


def analyse(policies: PolicySet, request: Request, asking: Asking) -> Analysis:
    """Ask every statement that can matter."""
    denies, allows = policies.about(request)
    analysis = Analysis()
    if denies.any:
        _ask_denies(analysis, denies, request, asking)
    if allows.always is not None and asking.naming is not Naming.ALWAYS and not asking.thorough:
        analysis.full, analysis.allowing = True, allows.always
    elif allows.any and (analysis.deny is not True or asking.thorough):
        _ask_allows(analysis, allows, request, asking)
    if policies.hidden is not None:
        analysis.deny = or_(analysis.deny, policies.hidden)
        analysis.full = or_(analysis.full, policies.hidden)
    return analysis


def _ask_denies(analysis: Analysis, shelf: Shelf, request: Request, asking: Asking) -> None:
    for reached in shelf.reached(request):
        truth = either(truth for _, truth in _answers(reached, request, asking))
        if truth is not False:
            analysis.add_deny(reached[0], truth)
        if truth is True and not asking.thorough:
            return


def _ask_allows(analysis: Analysis, shelf: Shelf, request: Request, asking: Asking) -> None:
    for reached in shelf.reached(request):
        for grade, truth in _answers(reached, request, asking):
            if truth is not False:
                analysis.add_allow(grade, reached[0], truth)
        if analysis.full is True and not asking.thorough:
            return


def _answers(reached: Reached, request: Request, asking: Asking) -> list[Graded]:
    """Whether a statement that is about the action and the resource applies, by each way in which it names the caller."""
    clause, truth = reached
    graded = _ALL if asking.naming is Naming.NEVER else _graded(clause, request, asking)
    if not graded:
        return graded
    held = clause.holds(request)
    if truth is not True:
        held = and_(truth, held)
    if held is False:
        return _NOBODY
    if graded is _ALL:
        return _ALL if held is True else [(Grade.FULL, held)]
    return [(grade, and_(named, held)) for grade, named in graded]


def _graded(clause: Clause, request: Request, asking: Asking) -> list[Graded]:
    whom = clause.whom
    if whom is None:
        return _ALL if asking.naming is Naming.MAY else _NOBODY
    if asking.bounded and not clause.allow and clause.statement.not_principal:
        return _ALL
    any_session = request.any_session and request.caller.kind in (CallerKind.ROLE, CallerKind.SESSION)
    return whom.grades(request.caller, request.keys, any_session=any_session)
