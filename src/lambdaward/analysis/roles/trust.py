"""Who may take a role, by its trust policy, and whether a caller of whom nothing is known gets through the conditions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lambdaward.analysis.access import Access, Stated
from lambdaward.analysis.access.strange import STRANGE, STRANGER
from lambdaward.iam import Context, Principal, asked, strange_claims, unknowns
from lambdaward.model import No, Place, Role, Unsure, Verdict, Yes, all_of, any_of, literal

_ACTIONS = ("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML")


class Caller(Struct, frozen=True):
    """A principal that a trust statement admits. `strangers` is whether somebody of whom nothing is known, but that he is
    such a principal, gets through the statement's conditions and past the denies."""

    principal: Principal
    stated: Stated
    strangers: Verdict

    @property
    def place(self) -> Place:
        """Where the principal stands."""
        return self.stated.at(self.principal)

    @property
    def everybody(self) -> bool:
        """Whether every AWS account is meant."""
        return self.principal.kind in ("*", "AWS") and literal(self.principal.value) == "*"

    @property
    def key(self) -> str:
        """What tells it apart from the role's other callers."""
        return ".".join(map(str, self.principal.path))


def callers(access: Access, role: Role) -> Iterator[Caller]:
    """The principals that the allow statements of a role's trust policy admit."""
    statements = access.trust(role)
    denies = [stated for stated in statements if not stated.statement.allow]
    for stated in statements:
        if not stated.statement.allow or isinstance(_takes(stated), No):
            continue
        for principal in stated.statement.principals or ():
            yield Caller(principal, stated, _admitted(stated, denies))


def _takes(stated: Stated) -> Verdict:
    """Whether a statement is about taking the role at all, not only about tagging the session."""
    return any_of(_applies(stated, action, Context(closed=False)) for action in _ACTIONS)


def _admitted(stated: Stated, denies: list[Stated]) -> Verdict:
    context = Context(STRANGE | strange_claims(stated.statement.conditions, STRANGER))
    ways = []
    for action in _ACTIONS:
        denied = any_of(_applies(deny, action, context) for deny in denies if deny.statement.principals)
        free = Yes() if isinstance(denied, No) else No() if isinstance(denied, Yes) else denied
        ways.append(all_of((_applies(stated, action, context), free)))
    return any_of(ways)


def _applies(stated: Stated, action: str, context: Context) -> Verdict:
    truth = stated.clause.applies(asked(action, "*", context))
    return Yes() if truth is True else No() if truth is False else Unsure(unknowns(truth))
