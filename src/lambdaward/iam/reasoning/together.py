"""What several policies allow together: each of some layers must allow, one way or another, and no policy deny.

Whether a request for some action on some resource is allowed is asked of all of them at once. Keys that what is asked pins to one
value, or to none, are put in for the policy variables first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from msgspec import Struct, structs

from lambdaward.iam.evaluation import Asking, Naming, PolicySet, Request, analyse, policy_set
from lambdaward.iam.language import Policy, Statement, parse
from lambdaward.iam.matching.items import Variable
from lambdaward.iam.reasoning.budget import Budget, Undecided
from lambdaward.iam.reasoning.cells import Cell, Space
from lambdaward.iam.reasoning.questions import STEPS, Answer
from lambdaward.iam.reasoning.search import outside
from lambdaward.iam.reasoning.strings import glob
from lambdaward.iam.reasoning.witness import Witness, witness
from lambdaward.model import Value

Layer = tuple[Policy, ...]
"""Policies of which any may allow."""
Way = tuple[Layer, ...]
"""Layers that must all allow."""
UNCONFIRMED = "policy variables depend on each other"
Pins = tuple[tuple[str, str | None], ...]
_OWN = Asking(Naming.NEVER)


class Together(Struct, frozen=True):
    """Policies around one caller: one of the `ways` must allow, and none of the `denying` policies deny.

    What they name as principals is not asked: they hold statements about the caller only.
    """

    ways: tuple[Way, ...]
    denying: tuple[Policy, ...]

    def permits(self, asked: Policy, *, steps: int = STEPS) -> list[Answer]:
        """For each statement of a policy, whether a request that it allows is allowed by all of these together. Never raises."""
        variables = frozenset(key for policy in (*self.policies, asked) for key in _variables(policy))
        groups: dict[Pins, list[Statement]] = {}
        for statement in asked.statements:
            groups.setdefault(_pins(statement, variables), []).append(statement)
        judge, answers = _Judge(self), dict[int, Answer]()
        for pins, statements in groups.items():
            part = structs.replace(asked, statements=tuple(statements))
            answers |= zip(map(id, statements), self._answers(part, dict(pins), judge, steps), strict=True)
        return [answers[id(statement)] for statement in asked.statements]

    def _answers(self, asked: Policy, values: Mapping[str, str | None], judge: _Judge, steps: int) -> Iterator[Answer]:
        try:
            search = _Search(self, asked, values, steps)
        except Undecided as why:
            yield from [Answer(unknown=str(why))] * len(asked.statements)
        else:
            yield from (_answer(search, statement, judge, steps) for statement in asked.statements)

    @property
    def policies(self) -> list[Policy]:
        """All of them."""
        return [*(policy for way in self.ways for layer in way for policy in layer), *self.denying]


def granted_within(
    policy: Policy,
    limits: Sequence[Policy],
    actions: Sequence[str],
    resources: Sequence[str] = ("*",),
    *,
    steps: int = STEPS,
) -> Answer:
    """Whether a principal's policy allows one of some actions on one of some resources, and all of some limits do as well:
    boundaries, session policies and policies of the organization. Never raises."""
    if any(statement.principals is not None for one in (policy, *limits) for statement in one.statements):
        return Answer(unknown="a policy names principals: what limits a caller does not")
    statement: dict[str, Value] = {"Effect": "Allow", "Action": tuple(actions), "Resource": tuple(resources)}
    asked = parse({"Version": "2012-10-17", "Statement": (statement,)})
    way = tuple((one,) for one in (policy, *limits))
    return Together((way,), (policy, *limits)).permits(asked, steps=steps)[0]


def _answer(search: _Search, statement: Statement, judge: _Judge, steps: int) -> Answer:
    unknown = ""
    try:
        for shown in search.found(statement, steps):
            if judge.allows(shown):
                return Answer(shown)
            unknown = UNCONFIRMED
    except Undecided as why:
        unknown = str(why)
    return Answer(unknown=unknown)


class _Search:
    """The statements of all policies and of what is asked as cells of one space. Raises `Undecided`."""

    def __init__(self, what: Together, asked: Policy, values: Mapping[str, str | None], steps: int) -> None:
        self._space = space = Space((*what.policies, asked), (), Budget(steps), values=values)
        self._ways = [
            [[c for p in layer for c in space.cells(p, "") if c.allows] for layer in way] for way in what.ways
        ]
        self._denies = [cell for policy in what.denying for cell in space.cells(policy, "") if not cell.allows]
        self._asked = {id(cell.source.statement): cell for cell in space.cells(asked, "asked")}

    def found(self, statement: Statement, steps: int) -> Iterator[Witness]:
        """Requests that a statement of what is asked allows, and all policies together. Raises `Undecided` at the end when it
        could not be told of some."""
        self._space.budget.left = steps
        cell = self._asked.get(id(statement))
        return iter(()) if cell is None else self._within(cell)

    def _within(self, cell: Cell) -> Iterator[Witness]:
        denies = [deny for deny in self._denies if deny.actions & cell.actions]
        doubt: Undecided | None = None
        for way in self._ways:
            for inside in product(*([one for one in layer if one.actions & cell.actions] for layer in way)):
                self._space.budget.spend(len(denies) + len(inside))
                try:
                    for found in outside(self._space, (cell, *inside), denies):
                        yield witness(self._space, found, cell.source)
                except Undecided as why:
                    doubt = why
        if doubt is not None:
            raise doubt


class _Judge:
    """The evaluator, asked about the same policies."""

    def __init__(self, what: Together) -> None:
        self._ways = [[_set(layer) for layer in way] for way in what.ways]
        self._denying = _set(what.denying)

    def allows(self, asked: Witness) -> bool:
        """Whether evaluating the policies allows a request."""
        request = Request(asked.caller, asked.action, asked.resource, context=asked.given, wildcard_only=True)
        if analyse(self._denying, request, _OWN).deny is not False:
            return False
        return any(all(analyse(layer, request, _OWN).full is True for layer in way) for way in self._ways)


def _set(policies: Sequence[Policy]) -> PolicySet:
    return policy_set((str(number), policy) for number, policy in enumerate(policies))


def _variables(policy: Policy) -> Iterator[str]:
    """The keys of a policy's variables."""
    for statement in policy.statements:
        values = (condition.values for condition in statement.conditions)
        for part in (part for parts in (statement.resources or (), *values) for part in parts):
            if isinstance(part.value, str) and "${" in part.value:
                read = glob(part.value, variables=policy.variables)
                yield from (token.key for token in read if isinstance(token, Variable))


def _pins(statement: Statement, variables: frozenset[str]) -> Pins:
    """The variables that a statement pins to one value, or (`None`) to having none or several, by key."""
    found: dict[str, str | None] = {}
    some: dict[str, set[str]] = {}
    for condition in statement.conditions:
        key, values = condition.key.lower(), {str(part.value) for part in condition.values}
        value = values.pop() if len(values) == 1 else None
        if key not in variables or value is None or "${" in value:
            continue
        if condition.name == "StringEquals":
            found[key] = value
        elif condition.name == "Null" and value.lower() == "true":
            found[key] = None
        elif condition.qualifier == "ForAnyValue" and condition.operator == "StringEquals":
            some.setdefault(key, set()).add(value)
    found |= {key: None for key, values in some.items() if len(values) > 1}
    return tuple(sorted(found.items()))
