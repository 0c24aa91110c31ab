"""What the policies of one kind say to a request: the same loop over statements for every kind."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from lambdaward.iam.evaluation.caller import CallerKind, Grade
from lambdaward.iam.evaluation.clause import Clause
from lambdaward.iam.evaluation.policyset import PolicySet
from lambdaward.iam.evaluation.principals import Graded
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.evaluation.shelf import Shelf
from lambdaward.iam.truth import Truth, and_, either, or_

_ALL: list[Graded] = [(Grade.FULL, True)]
_GRADES = tuple(Grade)


class Naming(Enum):
    """What a kind of policy does with principals: none are named and the policy is the caller's (`NEVER`); a statement that
    names none applies to nobody (`ALWAYS`) or to everybody (`MAY`)."""

    NEVER = "never"
    ALWAYS = "always"
    MAY = "may"


class Analysis:
    """What the policies of one kind say: what allows, by each grade, and what denies. `allowing` and `denying` are statements
    that surely do, `open` those of which it is not settled."""

    __slots__ = ("allowing", "anybody", "delegated", "deny", "denying", "full", "limited", "open")

    def __init__(self) -> None:
        self.full: Truth = False
        self.anybody: Truth = False
        self.limited: Truth = False
        self.delegated: Truth = False
        self.deny: Truth = False
        self.allowing: Clause | None = None
        self.denying: Clause | None = None
        self.open: list[tuple[Clause, Truth]] = []

    @property
    def allow(self) -> Truth:
        """What allows, whatever that is worth."""
        return either((self.full, self.anybody, self.limited, self.delegated))

    def suppose(self, asked: Truth) -> None:
        """Let what denies depend on whether these policies are asked at all."""
        if self.denying is not None:
            self.open.append((self.denying, asked))
            self.denying = None
        self.deny = and_(asked, self.deny)


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
        ask = _ask_own if asking.naming is Naming.NEVER else _ask_allows
        ask(analysis, allows, request, asking)
    if policies.hidden is not None:
        analysis.deny = or_(analysis.deny, policies.hidden)
        analysis.full = or_(analysis.full, policies.hidden)
    return analysis


def _ask_denies(analysis: Analysis, shelf: Shelf, request: Request, asking: Asking) -> None:
    found: list[Truth] = []
    for clause, about in shelf.reached(request):
        held = clause.holds(request)
        if held is False:
            continue
        truth = either(truth for _, truth in _answers(clause, and_(about, held), request, asking))
        if truth is True:
            analysis.denying = analysis.denying or clause
            if not asking.thorough:
                analysis.deny = True
                return
        elif truth is not False:
            analysis.open.append((clause, truth))
        found.append(truth)
    analysis.deny = either(found)


def _ask_own(analysis: Analysis, shelf: Shelf, request: Request, asking: Asking) -> None:
    """The allows of a kind that names nobody: each is worth everything."""
    found: list[Truth] = []
    for clause, about in shelf.reached(request):
        truth = clause.holds(request)
        if about is not True:
            truth = and_(about, truth)
        if truth is True:
            analysis.allowing = analysis.allowing or clause
            if not asking.thorough:
                analysis.full = True
                return
        elif truth is not False:
            analysis.open.append((clause, truth))
        found.append(truth)
    analysis.full = either(found)


def _ask_allows(analysis: Analysis, shelf: Shelf, request: Request, asking: Asking) -> None:
    found: dict[Grade, list[Truth]] = {grade: [] for grade in _GRADES}
    for clause, about in shelf.reached(request):
        held = clause.holds(request)
        if held is False:
            continue
        for grade, truth in _answers(clause, and_(about, held), request, asking):
            found[grade].append(truth)
            if truth is True:
                analysis.allowing = analysis.allowing or clause
            elif truth is not False:
                analysis.open.append((clause, truth))
            if truth is True and grade is Grade.FULL and not asking.thorough:
                analysis.full = True
                return
    analysis.full = either(found[Grade.FULL])
    analysis.anybody = either(found[Grade.ANYBODY])
    analysis.limited = either(found[Grade.LIMITED])
    analysis.delegated = either(found[Grade.DELEGATED])


def _answers(clause: Clause, held: Truth, request: Request, asking: Asking) -> list[Graded]:
    """Whether a statement applies of which `held` says whether all but its principals does: by each way in which it names the
    caller."""
    graded = _ALL if asking.naming is Naming.NEVER else _graded(clause, request, asking)
    return graded if held is True else [(grade, and_(named, held)) for grade, named in graded]


def _graded(clause: Clause, request: Request, asking: Asking) -> list[Graded]:
    whom = clause.whom
    if whom is None:
        return _ALL if asking.naming is Naming.MAY else []
    if asking.bounded and not clause.allow and clause.statement.not_principal:
        return _ALL
    any_session = request.any_session and request.caller.kind in (CallerKind.ROLE, CallerKind.SESSION)
    return whom.grades(request.caller, request.keys, any_session=any_session)
