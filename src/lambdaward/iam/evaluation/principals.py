"""Whom a statement is about, and what that is worth to a caller.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lambdaward.iam.evaluation.caller import Caller, CallerKind, Grade, key, pieces
from lambdaward.iam.language import Principal, Source, Textual
from lambdaward.iam.matching.arn import fields
from lambdaward.iam.matching.pattern import covers, subject
from lambdaward.iam.truth import Doubt, NeedsSession, Truth, both, either, negate
from lambdaward.model import Text, Unknown, text

Graded = tuple[Grade, Truth]
EVERYBODY: Graded = (Grade.ANYBODY, True)
_CANONICAL = Unknown("whose canonical user id it is", "name the account instead")
_ROLES = (CallerKind.ROLE, CallerKind.SESSION)


class Whom:
    """The principals of one statement, compiled."""

    __slots__ = ("_everybody", "_keys", "_negated", "_others", "_plain", "_source")

    def __init__(self, principals: Iterable[Principal], source: Source, *, negated: bool) -> None:
        self._negated = negated
        self._source = source
        self._everybody = False
        self._keys: set[str] = set()
        self._plain: list[Principal] = []
        self._others: list[Principal] = []
        for principal in principals:
            self._add(principal)

    def _add(self, principal: Principal) -> None:
        value = principal.value
        certain = isinstance(value, str) and principal.doubt is None
        if certain and value == "*" and principal.kind in ("*", "AWS"):
            self._everybody = True
        elif certain and isinstance(value, str) and principal.kind in ("AWS", "Service", "Federated"):
            self._plain.append(principal)
            self._keys.add(key(value) if principal.kind == "AWS" else value)
        else:
            self._others.append(principal)

    def grades(self, caller: Caller, keys: Mapping[str, Grade], *, any_session: bool) -> list[Graded]:
        """What the statement's naming of the caller is worth, in every way it names it. `keys` is `caller.keys()`.

        `any_session`: whether a role's session may have any name, so that naming one session is a condition.
        """
        found = list(self._named(caller, keys))
        if any_session:
            found += self._by_session(caller)
        if not self._negated:
            return found
        worth = Grade.LIMITED if caller.kind is CallerKind.ROLE else Grade.ANYBODY
        return [(worth, negate(either(truth for _, truth in found)))]

    def _named(self, caller: Caller, keys: Mapping[str, Grade]) -> Iterator[Graded]:
        if self._everybody:
            yield EVERYBODY
            return
        for name in self._keys & keys.keys():
            yield keys[name], True
        for principal in self._others if keys else (*self._plain, *self._others):
            for grade, truth in _uncertain(principal, caller):
                yield grade, truth if principal.doubt is None else both((truth, Doubt((principal.doubt,))))

    def _by_session(self, caller: Caller) -> Iterator[Graded]:
        """The sessions of the caller's role that the statement names."""
        if caller.kind in _ROLES and isinstance(caller.account, str) and isinstance(caller.name, str):
            head = f"arn:{caller.partition}:sts::{caller.account}:assumed-role/{caller.name}/"
            for name in sorted(self._keys):
                if name.startswith(head) and name != caller.arn:
                    yield Grade.FULL, NeedsSession(name.removeprefix(head), self._source)


def _uncertain(principal: Principal, caller: Caller) -> Iterator[Graded]:
    """A principal that is not plainly known, or that is no ARN."""
    if caller.kind is CallerKind.ANONYMOUS and not isinstance(principal.value, Unknown):
        return
    if principal.kind == "CanonicalUser":
        yield Grade.FULL, Doubt((_CANONICAL,))
    elif principal.kind in ("Service", "Federated"):
        yield Grade.FULL, _same(principal.value, caller.arn)
    else:
        yield from _by_fields(principal.value, caller)


def _by_fields(value: Textual, caller: Caller) -> Iterator[Graded]:
    """An AWS principal with holes, or against a caller with holes: an account, a role, or the caller's own ARN."""
    parts = fields(value)
    if len(parts) != 6:
        yield Grade.DELEGATED, _same(value, caller.account)
        if isinstance(value, Unknown) or (isinstance(value, Text) and isinstance(value.parts[0], Unknown)):
            yield Grade.FULL, _same(value, caller.arn)
    elif parts[2] == "iam" and parts[5] == "root":
        yield Grade.DELEGATED, _same(parts[4], caller.account)
    elif caller.kind in _ROLES and parts[2] == "iam":
        kind, *_, name = pieces(parts[5])
        same = (_same(parts[4], caller.account), _same(name, caller.name)) if kind == "role" else (False,)
        yield Grade.LIMITED, both(same)
    else:
        yield Grade.FULL, _same(value, caller.arn)
        if caller.kind is CallerKind.FEDERATED and parts[2] == "iam":
            yield Grade.LIMITED, both((_same(parts[4], caller.account), _same(parts[5], text("user/", caller.name))))


def _same(written: Textual, given: Textual) -> Truth:
    return covers(subject(written).items, subject(given))
