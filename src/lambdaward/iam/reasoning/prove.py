"""The same question put to z3, for what the exact algorithms leave open, and to check them: extra `[prove]`.

Nothing is shared with the search but the reading of statements: actions are told apart by matching every listed name, a resource
and each value of a key are strings of the solver, and a policy variable is the value of its key. Effort is counted by the solver,
not by a clock. A request that it finds counts only when evaluating the policies confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import z3

from lambdaward.catalog import actions
from lambdaward.iam.evaluation import Caller
from lambdaward.iam.evaluation.principals import Whom
from lambdaward.iam.language import Policy, Source, Statement
from lambdaward.iam.reasoning.budget import Undecided
from lambdaward.iam.reasoning.callers import is_about
from lambdaward.iam.reasoning.formulas import Formulas
from lambdaward.iam.reasoning.keys import Test
from lambdaward.iam.reasoning.witness import Witness, named

EFFORT = 8_000_000  # what the solver counts, shared by all questions: some seconds
_MOST_FORMULAS = 50_000
_UNLISTED = "Xx0"


@lru_cache(maxsize=1)
def _is_sound() -> bool:
    """Whether the solver is right about a pattern that it must be right about: some versions were not."""
    text, anything = z3.String("text"), z3.Full(z3.ReSort(z3.StringSort()))
    begins, ends = z3.Concat(z3.Re("a"), anything), z3.Concat(anything, z3.Re("b"))
    solver = z3.Solver()
    solver.add(z3.InRe(text, begins), z3.InRe(text, ends), z3.Length(text) == 2)
    found = solver.check() == z3.sat and solver.model()[text].as_string() == "ab"
    solver.add(z3.Not(z3.InRe(text, begins)))
    return found and bool(solver.check() == z3.unsat)


def prove(old: Policy, new: Policy, callers: Sequence[Caller], *, effort: int = EFFORT) -> Iterator[Witness]:
    """Requests that `new` allows and `old` does not, by the solver; none proves that there are none. Raises `Undecided`."""
    if not _is_sound():
        raise Undecided("the solver that is installed is wrong about patterns")
    statements = (*old.statements, *new.statements)
    questions = list(_questions(statements))
    number = len(questions) * max(1, len(callers))
    if number * len(statements) > _MOST_FORMULAS:
        raise Undecided("it takes too many formulas")
    formulas = Formulas(_tests(old, new))
    for action in questions:
        for who in callers or (None,):
            before, after = (_Asked(policy, action, who, formulas) for policy in (old, new))
            found = formulas.solution(after.allowed(), before.allowed(), effort // number)
            if found is not None:
                resource, context = found
                yield Witness(
                    principal=named(who), action=action, resource=resource, context=context, source=_any_source(new)
                )


def _any_source(policy: Policy) -> Source:
    return Source("new", next(statement for statement in policy.statements if statement.allow))


class _Asked:
    """A policy, asked about one action of one caller."""

    def __init__(self, policy: Policy, action: str, who: Caller | None, formulas: Formulas) -> None:
        self._policy, self._action, self._who, self._formulas = policy, action, who, formulas

    def allowed(self) -> z3.BoolRef:
        """The formula of all that it allows."""
        return z3.And(z3.Or(*self._some(allow=True)), z3.Not(z3.Or(*self._some(allow=False))))

    def _some(self, *, allow: bool) -> list[z3.BoolRef]:
        statements = (s for s in self._policy.statements if s.allow is allow and self._is_about(s))
        return [self._formulas.of(statement, variables=self._policy.variables) for statement in statements]

    def _is_about(self, statement: Statement) -> bool:
        listed = any(_regex(name).fullmatch(self._action) for name in _names(statement))
        if listed is statement.not_action:
            return False
        if self._who is None:
            return True
        if statement.principals is None:
            return False
        return is_about(Whom(statement.principals, Source("", statement), negated=statement.not_principal), self._who)


def _names(statement: Statement) -> list[str]:
    return [part.value.lower() for part in statement.actions or () if isinstance(part.value, str)]


def _questions(statements: Sequence[Statement]) -> Iterator[str]:
    """One action for each way in which statements are about some action and others are not."""
    named = {name for statement in statements for name in _names(statement)}
    unlisted = [name.replace("*", _UNLISTED).replace("?", "0").lower() for name in named if not _matching(name)]
    about: dict[str, list[int]] = {name: [] for name in unlisted}
    for number, statement in enumerate(statements):
        for name in _names(statement):
            more = [other for other in unlisted if _regex(name).fullmatch(other)]
            for action in (*_matching(name), *more):
                about.setdefault(action, []).append(number)
    said = {frozenset(numbers): action for action, numbers in about.items()}
    rest = next((name for name in _listed() if name not in about), None)
    if rest is not None:
        said.setdefault(frozenset(), rest)
    return iter(said.values())


@lru_cache(maxsize=1)
def _listed() -> tuple[str, ...]:
    universe = actions()
    return tuple(name.lower() for name in universe.names(universe.everything))


@lru_cache(maxsize=16_384)
def _matching(name: str) -> frozenset[str]:
    if "*" not in name and "?" not in name:
        return frozenset((name,)) & _all()
    matches = _regex(name).fullmatch
    return frozenset(action for action in _listed() if matches(action))


@lru_cache(maxsize=1)
def _all() -> frozenset[str]:
    return frozenset(_listed())


@lru_cache(maxsize=16_384)
def _regex(name: str) -> re.Pattern[str]:
    if name.count("*") > 8:  # a regular expression with more may take long
        raise Undecided("an action has too many wildcards for the solver")
    return re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in name), re.DOTALL)


def _tests(*policies: Policy) -> Iterator[Test]:
    for policy in policies:
        for statement in policy.statements:
            yield from (Test(condition, variables=policy.variables) for condition in statement.conditions)
