"""Whether the trust policy of a role lets a service or a principal of the estate take it."""

from __future__ import annotations

from lambdaward.analysis.access import Access, Stated
from lambdaward.analysis.arns import fields
from lambdaward.iam import (
    Analysis,
    Asking,
    Context,
    Naming,
    PolicySet,
    Request,
    analyse,
    both,
    caller,
    negate,
    unknowns,
)
from lambdaward.model import Fact, No, Place, ResourceId, Role, Text, Unknown, Unsure, Verdict, Yes

_ACTION = "sts:AssumeRole"


class Trust:
    """Questions about the trust policies of one estate."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._sets: dict[ResourceId, tuple[PolicySet, tuple[Stated, ...]]] = {}
        self._answers: dict[tuple[ResourceId, str | Text | Unknown], Verdict] = {}

    def admits(self, role: Role, who: str | Text | Unknown) -> Verdict:
        """Whether a role lets a service or a principal take it, as far as the role has a say: for one whom only its
        account is named for, that is half of it."""
        key = role.id, who
        if key not in self._answers:
            self._answers[key] = self._asked(role, who)
        return self._answers[key]

    def _asked(self, role: Role, who: str | Text | Unknown) -> Verdict:
        policies, statements = self._policies(role)
        if not statements:
            return Unsure((Unknown(f"the trust policy of {role.shown} is not known"),))
        said = analyse(policies, self._request(role, who), Asking(Naming.ALWAYS))
        answer = both((negate(said.deny), said.allow))
        if answer is True:
            return Yes((Fact(f"{role.shown} trusts {_shown(who)}", _place(said, statements)),))
        return No() if answer is False else Unsure(unknowns(answer))

    def _request(self, role: Role, who: str | Text | Unknown) -> Request:
        arn = self._access.names.arn(role.id)
        target = arn if isinstance(arn, str | Text) else "*"
        own = fields(arn)
        service = isinstance(who, str) and "." in who and ":" not in who
        account = {"aws:SourceAccount": own[4], "aws:PrincipalAccount": own[4]} if own else {}
        keys = account if service else {**account, "aws:PrincipalArn": who}
        return Request(caller(who), _ACTION, target, context=Context(keys, closed=False))

    def _policies(self, role: Role) -> tuple[PolicySet, tuple[Stated, ...]]:
        if role.id not in self._sets:
            statements = self._access.trust(role)
            hidden = (unknown for stated in statements[:1] for unknown in stated.written.policy.unknown)
            self._sets[role.id] = PolicySet((stated.clause for stated in statements), hidden), statements
        return self._sets[role.id]


def _place(said: Analysis, statements: tuple[Stated, ...]) -> Place | None:
    return next((stated.place for stated in statements if stated.clause is said.allowing), None)


def _shown(who: str | Text | Unknown) -> str:
    return who if isinstance(who, str) else "it"
