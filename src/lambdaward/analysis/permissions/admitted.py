"""Who is not in an estate but named by a resource's policy: other accounts, services, providers, anybody."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.analysis.access import ANYBODY, Access, Asker, Target, outsider
from lambdaward.analysis.access.strange import STRANGE_ACCOUNT
from lambdaward.iam import Caller, CallerKind, Principal, Textual, caller
from lambdaward.model import Unknown, show

# Somebody with an account of whom nothing is known: what his requests must say is left open.
EVERY_ACCOUNT = Asker(
    Caller(CallerKind.ROOT, f"arn:aws:iam::{STRANGE_ACCOUNT}:root", STRANGE_ACCOUNT), "any AWS account", "any account"
)


def admitted(access: Access, target: Target, *, taking: bool) -> Iterator[Asker]:
    """Everybody outside of the estate whom the allow statements on a resource name."""
    if target.id is None:
        return
    own = access.questions.targets.account(target.id.stack)
    for written in access.questions.guarding.policies(target.id, taking=taking, qualifier=target.qualifier):
        for stated in access.stated(written):
            if stated.statement.allow and stated.statement.not_principal:
                yield from (ANYBODY, EVERY_ACCOUNT)
            for principal in (stated.statement.principals or ()) if stated.statement.allow else ():
                if not stated.statement.not_principal:
                    yield from _named(access, principal, own)


def _named(access: Access, principal: Principal, own: Textual) -> Iterator[Asker]:
    value = principal.value
    if value == "*":
        yield from (ANYBODY, EVERY_ACCOUNT)
    elif isinstance(value, Unknown):
        yield Asker(Caller(CallerKind.EXTERNAL, value, name=value), f"somebody: {value.reason}", "unknown")
    elif access.questions.asker(value).principal is None if isinstance(value, str) else True:
        yield from _outside(value, principal.kind, own)


def _outside(value: Textual, kind: str, own: Textual) -> Iterator[Asker]:
    who = caller(value)
    if who.kind is CallerKind.ROOT and who.account == own:
        return
    if kind in ("AWS", "*") and who.kind is CallerKind.EXTERNAL and not isinstance(value, str):
        who = Caller(CallerKind.ROOT, value, value)
        if value == own:
            return
    yield outsider(who, show(who.account if who.kind is CallerKind.ROOT else value))
