"""Whether the trust policy of a role lets a service or a principal of the estate take it."""

from __future__ import annotations

from collections.abc import Iterable

from lambdaward.analysis.access import Access, Stated
from lambdaward.analysis.arns import fields
from lambdaward.analysis.paths.candidate import Arn
from lambdaward.analysis.paths.columns import Column, Rows, bits, everywhere, known
from lambdaward.iam import (
    Asking,
    Context,
    Naming,
    Policy,
    PolicySet,
    Request,
    analyse,
    both,
    caller,
    negate,
    unknowns,
)
from lambdaward.model import Fact, No, ResourceId, Role, Text, Unknown, Unsure, Verdict, Yes

_ACTION = "sts:AssumeRole"
# The number of a policy document that is the same one, and the account.
Class = tuple[int, tuple[str | Text, ...]]


class Trust:
    """Questions about the trust policies of one estate."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._sets: dict[ResourceId, tuple[PolicySet, tuple[Stated, ...]]] = {}
        self._class_of: dict[ResourceId, Class] = {}
        self._sets_of: dict[Column, tuple[int, ...]] = {}
        self._answers: dict[tuple[ResourceId, Arn], Verdict] = {}
        self._by_class: dict[tuple[Class, Arn], tuple[Verdict, int | None]] = {}

    def admits(self, role: Role, who: Arn) -> Verdict:
        """Whether a role lets a service or a principal take it, as far as the role has a say: for one whom only its
        account is named for, that is half of it."""
        key = role.id, who
        if key not in self._answers:
            self._answers[key] = self._asked(role, who)
        return self._answers[key]

    def open(self, role: Role, who: Arn) -> bool | None:
        """The same answer without its reasons: true, false, or `None` where it is not known."""
        return known(self._by(role, who)[0])

    def over(self, column: Column, who: Arn, among: int = -1) -> Rows:
        """Which roles of a column admit somebody, among some rows. Whatever is not in the estate admits perhaps."""
        found = Rows(0, 0)
        for rows in self._classes(column):
            if some := rows & among:
                role = self._access.estate.get(Role, column.candidates[next(bits(some))].id)
                found |= everywhere(self.open(role, who) if role else None, some)
        return found

    def _classes(self, column: Column) -> Iterable[int]:
        """The roles of a column in sets that trust the same."""
        if column not in self._sets_of:
            found: dict[object, int] = {}
            for row, candidate in enumerate(column.candidates):
                role = self._access.estate.get(Role, candidate.id)
                one = self._class(role) if role else None
                found[one] = found.get(one, 0) | 1 << row
            self._sets_of[column] = tuple(found.values())
        return self._sets_of[column]

    def _asked(self, role: Role, who: Arn) -> Verdict:
        answer, number = self._by(role, who)
        if number is None:
            return answer
        return Yes((Fact(f"{role.shown} trusts {_shown(who)}", self._policies(role)[1][number].place),))

    def _by(self, role: Role, who: Arn) -> tuple[Verdict, int | None]:
        key = self._class(role), who
        if key not in self._by_class:
            self._by_class[key] = self._said(role, who)
        return self._by_class[key]

    def _said(self, role: Role, who: Arn) -> tuple[Verdict, int | None]:
        """What the trust policy of a role says, and which of its statements lets the caller in."""
        policies, statements = self._policies(role)
        if not statements:
            return Unsure((Unknown("a trust policy is not known"),)), None
        said = analyse(policies, self._request(role, who), Asking(Naming.ALWAYS))
        answer = both((negate(said.deny), said.allow))
        if answer is True:
            return Yes(), next(n for n, stated in enumerate(statements) if stated.clause is said.allowing)
        return No() if answer is False else Unsure(unknowns(answer)), None

    def _class(self, role: Role) -> Class:
        """Roles of one class trust the same: equal documents, in one account where that matters."""
        if role.id not in self._class_of:
            policy = self._access.trust_policy(role).policy
            own = fields(self._access.names.arn(role.id))[4:5] if _tells_accounts(policy) else ()
            self._class_of[role.id] = id(policy), own
        return self._class_of[role.id]

    def _request(self, role: Role, who: Arn) -> Request:
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


def _tells_accounts(policy: Policy) -> bool:
    """Whether it depends on the role's account whom a trust policy admits: not where it only names services."""
    return any(
        statement.conditions
        or statement.not_principal
        or any(one.kind != "Service" for one in statement.principals or ())
        for statement in policy.statements
    )


def _shown(who: Arn) -> str:
    return who if isinstance(who, str) else "it"
