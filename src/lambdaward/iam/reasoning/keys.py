"""Values of one context key for which some conditions hold and others do not.

A key may be absent, have one value, or, where a condition asks it with a set operator, several. Texts are found by automaton.
Numbers, dates, addresses and booleans are tried: every place where an answer can change, and one on each side of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, product
from types import MappingProxyType

from lambdaward.iam.conditions import OPERATORS, Predicate
from lambdaward.iam.conditions.values import date, network, number
from lambdaward.iam.context import Context
from lambdaward.iam.language import Condition
from lambdaward.iam.matching.items import Variable
from lambdaward.iam.reasoning.budget import Budget, Undecided
from lambdaward.iam.reasoning.strings import AN_ARN, Glob, Wanted, arn_glob, filled, find, glob

Text = tuple[str | Variable, ...]
Values = tuple[Text, ...]  # none for a key that is absent
Literal = tuple["Test", bool]
Choice = tuple[tuple[Glob, ...] | None, tuple[Glob, ...]]  # one of the first must match, none of the second
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Test:
    """One condition, ready to be reasoned about. `values` are those of policy variables, by key, where they are known."""

    __slots__ = (
        "_globs",
        "_predicate",
        "_values",
        "condition",
        "fold",
        "is_arn",
        "is_text",
        "key",
        "negated",
        "variables",
    )

    def __init__(
        self, condition: Condition, *, variables: bool, values: Mapping[str, str | None] = MappingProxyType({})
    ) -> None:
        name = condition.operator
        self.condition = condition
        self.key = condition.key.lower()
        self.variables = variables
        self.negated = name in OPERATORS and OPERATORS[name].negated
        self.is_arn = name.startswith("Arn")
        self.is_text = self.is_arn or name.startswith("String")
        self.fold = name.endswith("IgnoreCase")
        self._predicate = Predicate(condition, variables=variables)
        self._globs: tuple[Glob | None, ...] | None = None
        self._values = values

    @property
    def globs(self) -> tuple[Glob | None, ...]:
        """The patterns of its values; `None` for one that compares with nothing."""
        if self._globs is None:
            literal = not (self.is_arn or self.condition.operator.endswith("Like"))
            found = []
            for part in self.condition.values:
                if not isinstance(part.value, str):
                    raise Undecided(f"a value of {self.condition.name} on {self.condition.key} is not known")
                read = glob(part.value, variables=self.variables, literal=literal, fold=self.fold)
                known = filled(read, self._values, fold=self.fold)
                if known is not None:
                    found.append(arn_glob(known) if self.is_arn else known)
            self._globs = tuple(found)
        return self._globs

    @property
    def depends(self) -> bool:
        """Whether it depends on policy variables whose values are not known."""
        read = (glob(value, variables=self.variables) for value in _written(self) if "${" in value)
        return any(isinstance(t, Variable) and t.key not in self._values for tokens in read for t in tokens)

    def absent(self) -> bool:
        """Whether it holds for a request without the key."""
        return self._held(Context())

    def accepts(self, *values: str) -> bool:
        """Whether it holds for values that have no variables. Raises `Undecided` where it names its own key."""
        if self._values.get(self.key, "") is None and any("${" in value for value in _written(self)):
            raise Undecided(f"a condition on {self.condition.key} names a variable, and the key has several values")
        known = {key: value for key, value in self._values.items() if value is not None}
        return self._held(Context({**known, self.key: values[0] if len(values) == 1 else values}))

    def choices(self, *, wanted: bool) -> list[Choice]:
        """The ways in which a text makes it hold, or (`wanted` false) not hold."""
        known = tuple(one for one in self.globs if one is not None)
        if self.negated and self.is_arn:
            if len(known) < len(self.globs):
                return [] if wanted else [(None, ())]
            return [((AN_ARN,), known)] if wanted else [(known, ()), (None, (AN_ARN,))]
        return [(known, ())] if wanted is not self.negated else [(None, known)]

    def _held(self, context: Context) -> bool:
        truth = self._predicate.holds(context)
        if not isinstance(truth, bool):
            raise Undecided(f"{self.condition.name} on {self.condition.key} cannot be settled")
        return truth


def solve(literals: Sequence[Literal], budget: Budget) -> Values | None:
    """Values of the key for which each test holds or does not, as asked; `None` when there are none.

    Raises `Undecided`.
    """
    if all(test.absent() is wanted for test, wanted in literals):
        return ()
    nulls = [(test, wanted) for test, wanted in literals if test.condition.operator == "Null"]
    if not all(test.accepts("x") is wanted for test, wanted in nulls):
        return None
    rest = [literal for literal in literals if literal[0].condition.operator != "Null"]
    one = _one(rest, budget)
    if one is not None:
        return (one,)
    return _several(rest, budget) if any(test.condition.qualifier for test, _ in rest) else None


def satisfiable(conditions: Iterable[Condition], *, variables: bool) -> bool | None:
    """Whether a request can meet several conditions on one key; `None` when that is not settled."""
    try:
        return solve([(Test(condition, variables=variables), True) for condition in conditions], Budget()) is not None
    except Undecided:
        return None


def _several(literals: Sequence[Literal], budget: Budget) -> Values | None:
    """Two values or more: some conditions are on each value, some on any of them, and those without a set operator fail."""
    plain = [wanted for test, wanted in literals if not test.condition.qualifier]
    if any(plain):
        return None
    sets = [(test, wanted) for test, wanted in literals if test.condition.qualifier]
    each = [(test, wanted) for test, wanted in sets if (test.condition.qualifier == "ForAllValues") is wanted]
    found = []
    for some in [literal for literal in sets if literal not in each]:
        value = _one([*each, some], budget)
        if value is None:
            return None
        found.append(value)
    found = list(dict.fromkeys(found))
    while len(found) < 2:
        value = _one(each, budget, other_than=found)
        if value is None:
            return None
        found.append(value)
    return tuple(found)


def _one(literals: Sequence[Literal], budget: Budget, *, other_than: Sequence[Text] = ()) -> Text | None:
    """One value that each test accepts or refuses, as asked."""
    if all(test.is_text for test, _ in literals):
        return _text(literals, budget, other_than)
    cost = sum(len(test.condition.values) for test, _ in literals)
    pinned = _pinned(literals)
    for value in _candidates(literals, budget) if pinned is None else pinned:
        budget.spend(1 + cost)
        if tuple(value) not in other_than and all(test.accepts(value) is wanted for test, wanted in literals):
            return tuple(value)
    if any(test.depends or (pinned is None and test.is_text) for test, _ in literals):
        raise Undecided(f"conditions of several types on {literals[0][0].condition.key}")
    return None


def _pinned(literals: Sequence[Literal]) -> list[str] | None:
    """The only values that are possible, where a text condition lists them."""
    for test, wanted in literals:
        globs = test.globs if wanted and test.is_text and not test.negated else (None,)
        texts = ["".join(t for t in one if isinstance(t, str) and len(t) == 1) for one in globs if one is not None]
        if all(one is not None and len(text) == len(one) for one, text in zip(globs, texts, strict=False)) and texts:
            return texts
    return None


def _text(literals: Sequence[Literal], budget: Budget, other_than: Sequence[Text]) -> Text | None:
    overlaid = False
    for chosen in product(*(test.choices(wanted=wanted) for test, wanted in literals)):
        groups = tuple(group for group, _ in chosen if group is not None)
        never = (*(one for _, avoided in chosen for one in avoided), *other_than)
        sought = Wanted(groups, never)
        overlaid = overlaid or sought.overlaid
        found = find(sought, budget)
        if found is not None:
            return found
    if overlaid:
        raise Undecided(f"several policy variables meet in {literals[0][0].condition.key}")
    return None


def _written(test: Test) -> Iterator[str]:
    return (part.value for part in test.condition.values if isinstance(part.value, str))


def _candidates(literals: Iterable[Literal], budget: Budget) -> Iterator[str]:
    """Values to try."""
    yield from ("true", "false", "x")
    written: dict[str, list[str]] = {}
    for test, _ in literals:
        name = test.condition.operator
        kind = next((k for k in ("Numeric", "Date", "Ip", "Binary", "Bool") if k in name), "Text")
        if kind == "Text":
            yield from ("".join(map(str, v)) for v in [_text([(test, True)], budget, ())] if v is not None)
        written.setdefault(kind, []).extend(_written(test))
    yield from _numbers(n for n in map(number, written.get("Numeric", ())) if n is not None)
    yield from _dates(d for d in map(date, written.get("Date", ())) if d is not None)
    yield from _addresses(written.get("Ip", ()))
    yield from (*written.get("Binary", ()), "bGFtYmRhd2FyZA==")


def _numbers(limits: Iterable[Decimal]) -> Iterator[str]:
    ordered = sorted(set(limits))
    between = [(low + high) / 2 for low, high in pairwise(ordered)]
    around = [ordered[0] - 1, ordered[-1] + 1] if ordered else []
    return (f"{value:f}" for value in (*ordered, *between, *around))


def _dates(limits: Iterable[int]) -> Iterator[str]:
    for limit in sorted(set(limits)):
        for moment in (limit - 1, limit, limit + 1):
            try:
                yield (_EPOCH + dt.timedelta(microseconds=moment)).isoformat()
            except OverflowError:
                continue


def _addresses(ranges: Iterable[str]) -> Iterator[str]:
    from ipaddress import IPv4Address, IPv6Address  # noqa: PLC0415 - loaded when a policy has addresses

    for version, first, mask in filter(None, map(network, ranges)):
        bits = 32 if version == 4 else 128
        last = first | ~mask & (1 << bits) - 1
        make = IPv4Address if version == 4 else IPv6Address
        yield from (str(make(n)) for n in (first, last, first - 1, last + 1) if 0 <= n < 1 << bits)
    yield from ("192.0.2.1", "2001:db8::1")
