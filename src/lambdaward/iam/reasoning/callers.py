"""The kinds of callers that some policies tell apart: everybody they name, somebody else of every account they name, strangers.

Whether a statement is about a caller depends on nothing but which of the caller's names it lists, so that trying one caller of
each kind is trying all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaward.iam.evaluation import ANONYMOUS, Caller, caller
from lambdaward.iam.evaluation.principals import Whom
from lambdaward.iam.language import Principal, Statement
from lambdaward.iam.reasoning.budget import Budget, Undecided

STRANGER = "999999999999"
_A_PRINCIPAL = 200  # steps that the callers of one principal take
_STRANGERS = (
    f"arn:aws:sts::{STRANGER}:assumed-role/somebody/else",
    f"arn:aws:iam::{STRANGER}:user/somebody",
    f"arn:aws:iam::{STRANGER}:root",
)


def of_account(account: str) -> tuple[str, ...]:
    """Callers of an account that nobody has named: one of each form."""
    return tuple(name.replace(STRANGER, account) for name in _STRANGERS)


def callers(statements: Iterable[Statement], budget: Budget) -> tuple[Caller, ...]:
    """One caller of each kind. Raises `Undecided`."""
    found: dict[Caller, None] = {}
    for principal in dict.fromkeys(p for statement in statements for p in statement.principals or ()):
        budget.spend(_A_PRINCIPAL)
        found.update(dict.fromkeys(map(caller, _of(principal))))
    found.update(dict.fromkeys((ANONYMOUS, *map(caller, _STRANGERS))))
    found[caller("nobody.example.com")] = None
    return tuple(found)


def _of(principal: Principal) -> Iterator[str]:
    value = principal.value
    if not isinstance(value, str) or principal.kind not in ("AWS", "Service", "Federated", "*"):
        raise Undecided("a principal is not known")
    if value == "*":
        return
    yield value
    read = caller(value)
    if isinstance(read.account, str) and read.account:
        yield from of_account(read.account)
        if read.arn != value or ":role/" in value:
            yield f"arn:aws:sts::{read.account}:assumed-role/{read.name}/somebody"


def is_about(whom: Whom, who: Caller) -> bool:
    """Whether a statement's principals are about a caller, however it names it."""
    graded = whom.grades(who, who.keys(), any_session=False)
    truths = [truth for _, truth in graded]
    if any(not isinstance(truth, bool) for truth in truths):
        raise Undecided("whether a principal is the caller is not known")
    return any(truths)
