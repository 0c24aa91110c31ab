"""Strangers: who is meant when a policy is public, and what their requests can say of themselves.

A stranger has no credentials, or those of an account that the policy does not name. Some keys tell who asks or from where. AWS
sets them, so that a stranger's value of one is any value but those that a policy *fixes*: a value is fixed when only what
somebody has in particular has it. For an ARN that takes the account, for the path of an organization the organization, and for
addresses a range that is not too wide. Everything else in a request is as the stranger likes.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from lambdaward.iam.evaluation import ANONYMOUS, Caller, caller
from lambdaward.iam.fixed import ADDRESSES, ARNS, OF_PRINCIPALS, PATHS, TELLING, is_narrow
from lambdaward.iam.language import Condition, Part, Statement
from lambdaward.iam.matching.items import Variable
from lambdaward.iam.reasoning.budget import Budget
from lambdaward.iam.reasoning.callers import STRANGER, of_account
from lambdaward.iam.reasoning.keys import Literal, Test, Values, solve
from lambdaward.iam.reasoning.strings import Wildcard

# What strangers are not: services, and clients in the network of a file system.
_NEVER_TRUE = frozenset({"aws:principalisawsservice", "elasticfilesystem:accessedviamounttarget"})
_OWN = frozenset(
    {"aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"}
)  # variables of whose resource it is
_ACCOUNT = re.compile(r"arn:[^:]*:[^:]*:[^:]*:\d{12}:")
_AN_ARN = re.compile(r"arn:([^:]*:){4}")
_ORGANIZATION = re.compile(r"o-[a-z0-9]+/")
# Values that read well, tried first.
_VALUES = (
    STRANGER,
    "o-stranger",
    "vpc-stranger",
    f"arn:aws:iam::{STRANGER}:user/somebody",
    "203.0.113.77",
    "2001:db8:ffff::77",
)


class Strangers:
    """Strangers to some statements: those without credentials (`anonymous`), or with those of another account."""

    def __init__(self, statements: Sequence[Statement], *, anonymous: bool) -> None:
        named = {str(p.value) for statement in statements for p in statement.principals or ()}
        number = next(n for n in count(int(STRANGER), -1) if not any(str(n) in name for name in named))
        self.callers: tuple[Caller, ...] = (ANONYMOUS,) if anonymous else tuple(map(caller, of_account(str(number))))
        self._anonymous = anonymous
        self._conditions: dict[str, list[Condition]] = {}
        for condition in (condition for statement in statements for condition in statement.conditions):
            self._conditions.setdefault(condition.key.lower(), []).append(condition)

    def are_told_by(self, key: str) -> bool:
        """Whether a key (in lower case) tells strangers from others."""
        return key in TELLING or key in _NEVER_TRUE

    def solve(self, literals: Sequence[Literal], budget: Budget) -> Values | None:
        """A stranger's values of such a key for which each test holds or does not, as asked; `None` when there are none."""
        key = literals[0][0].key
        if all(test.absent() is wanted for test, wanted in literals):
            return ()
        if self._anonymous and key in OF_PRINCIPALS:
            return None
        asked = (*literals, *self._never(key, several=any(test.condition.qualifier for test, _ in literals)))
        fitting = (value for value in _VALUES if all(test.accepts(value) is wanted for test, wanted in asked))
        found = next(fitting, None)
        return (tuple(found),) if found is not None else solve(asked, budget)

    def _never(self, key: str, *, several: bool) -> Iterator[Literal]:
        """That the value of a key, or each of `several`, is none of those that are fixed."""
        qualifier = "ForAllValues" if several else ""
        for condition in self._conditions[key]:
            if key in _NEVER_TRUE:
                yield _test(condition, "Bool", ("false",), qualifier)
            for operator, value in _fixed(key, condition):
                yield _test(condition, operator, (value,), qualifier)


def _test(like: Condition, operator: str, values: Sequence[str], qualifier: str) -> Literal:
    parts = tuple(Part(value, like.path) for value in values)
    return Test(Condition(operator, like.key, parts, like.path, qualifier), variables=True), True


def _fixed(key: str, condition: Condition) -> Iterator[tuple[str, str]]:
    """The values that a condition fixes, each with the operator that asks for any other."""
    for value in (part.value for part in condition.values if isinstance(part.value, str)):
        if key in ADDRESSES and is_narrow(value):
            yield "NotIpAddress", value
        elif condition.operator.startswith(("String", "Arn")):
            test, _ = _test(condition, condition.operator, (value,), "")
            if _is_somebodys(key, test):
                yield _other_than(key, condition.operator, value), value


def _other_than(key: str, operator: str, value: str) -> str:
    """The operator that asks for any other value. The fields of an ARN are told apart, as whose it is depends on one of them."""
    if operator.startswith("Arn") or (key in ARNS and _AN_ARN.match(value) and operator.endswith("Like")):
        return "ArnNotLike"
    if operator.endswith("IgnoreCase"):
        return "StringNotEqualsIgnoreCase"
    return "StringNotLike" if operator.endswith("Like") else "StringNotEquals"


def _is_somebodys(key: str, test: Test) -> bool:
    """Whether the pattern of a test with one value only matches what somebody has in particular."""
    (tokens,) = test.globs
    if tokens is None:
        return False
    if not any(isinstance(t, Wildcard) or (isinstance(t, Variable) and t.key not in _OWN) for t in tokens):
        return True
    head = _head(tokens)
    return (key in ARNS and _ACCOUNT.match(head) is not None) or (
        key in PATHS and _ORGANIZATION.match(head) is not None
    )


def _head(tokens: Iterable[object]) -> str:
    """A pattern with `*` for each of its wildcards."""
    return "".join(token if isinstance(token, str) else "*" for token in tokens)
