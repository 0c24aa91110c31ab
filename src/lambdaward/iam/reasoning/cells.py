"""Statements as cells: a set of actions, and atoms (resources, principals, one for each condition) that all hold of a request."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from lambdaward.iam.evaluation import Caller
from lambdaward.iam.evaluation.principals import Whom
from lambdaward.iam.language import Part, Policy, Principal, Source, Statement
from lambdaward.iam.reasoning.actions import Actions
from lambdaward.iam.reasoning.budget import Budget, Undecided
from lambdaward.iam.reasoning.callers import is_about
from lambdaward.iam.reasoning.keys import Choice, Test, Values, solve
from lambdaward.iam.reasoning.strangers import Strangers
from lambdaward.iam.reasoning.strings import AN_ARN, Glob, Wanted, filled, find, glob, is_arn

RESOURCE, PRINCIPAL = "", "*"  # the names of two dimensions; the others are called by their key
Signed = tuple[int, bool]  # an atom, and whether it holds
Value = Values | Caller
Known = Mapping[str, str | None]
_STAR = ("*",)
_A_STATEMENT = 20


def require_known(policies: Iterable[Policy]) -> None:
    """Raises `Undecided` when a policy is not wholly known."""
    for policy in policies:
        statements = policy.statements
        if policy.unknown or any(s.doubts or any(map(_is_open, _parts(s))) for s in statements):
            raise Undecided("a policy is not wholly known")


def _parts(statement: Statement) -> Iterator[Part | Principal]:
    yield from statement.actions or ()
    yield from statement.resources or ()
    yield from statement.principals or ()
    for condition in statement.conditions:
        yield from condition.values


def _is_open(part: Part | Principal) -> bool:
    return part.doubt is not None or not isinstance(part.value, str)


def length(statement: Statement) -> int:
    """The steps that making a statement ready takes: some, and the characters of its resources and values."""
    parts = (statement.resources or (), *(condition.values for condition in statement.conditions))
    return _A_STATEMENT + sum(len(part.value) for many in parts for part in many if isinstance(part.value, str))


class Resources:
    """The resources of a statement. Raises `Undecided` when one is not known."""

    def __init__(self, statement: Statement, values: Known, *, variables: bool) -> None:
        self.written = tuple(_known(part) for part in statement.resources or ())
        self._values = values
        self.negated = statement.not_resource
        self.variables = variables and any("${" in value for value in self.written)

    @cached_property
    def _globs(self) -> tuple[Glob, ...]:
        read = (glob(value, variables=self.variables, resource=True) for value in self.written)
        return tuple(known for known in (filled(one, self._values) for one in read) if known is not None)

    @property
    def are_all(self) -> bool:
        """Whether every resource is one of them."""
        return "*" in self.written and not self.negated

    @property
    def said(self) -> Hashable:
        """Equal for equal resources."""
        return self.negated, frozenset(self.written), self.variables

    def choice(self, *, wanted: bool) -> Choice:
        """What a text must match so that it is one of the resources, or is not."""
        return (self._globs, ()) if wanted is not self.negated else (None, self._globs)


def _known(part: Part) -> str:
    if not isinstance(part.value, str):
        raise Undecided("a resource is not known")
    return part.value


class Cell(Struct, frozen=True):
    """One statement: its actions as a set, its atoms."""

    actions: int
    atoms: frozenset[int]
    source: Source

    @property
    def allows(self) -> bool:
        """Whether the statement allows what it is about."""
        return self.source.statement.allow

    @property
    def said(self) -> tuple[int, frozenset[int]]:
        """Equal for statements about the same requests."""
        return self.actions, self.atoms


class Space:
    """The requests that some policies tell apart: their actions, and the dimensions that their atoms are about.

    `values` are those that policy variables have in all these requests, by key, as far as they are known; `None` for a variable
    without a value.
    """

    def __init__(  # noqa: PLR0913 - what a question is made of
        self,
        policies: Sequence[Policy],
        callers: tuple[Caller, ...],
        budget: Budget,
        *,
        strangers: Strangers | None = None,
        actions: Actions | None = None,
        values: Known = MappingProxyType({}),
    ) -> None:
        statements = [statement for policy in policies for statement in policy.statements]
        require_known(policies)
        budget.spend(sum(map(length, statements)))
        self.actions = actions or Actions(statements, budget)
        self.callers = callers
        self.budget = budget
        self.strangers = strangers
        self._values = values
        self._numbers: dict[Hashable, int] = {}
        self._atoms: list[tuple[str, Resources | Whom | Test]] = []
        self._solved: dict[tuple[str, frozenset[Signed]], Value | Undecided | None] = {}

    def cells(self, policy: Policy, name: str) -> list[Cell]:
        """A policy's statements. One that can never apply is left out."""
        found = (Cell(self.actions.mask(s), self._of(s, policy), Source(name, s)) for s in policy.statements)
        return [
            cell for cell in found if cell.actions and not (self.callers and cell.source.statement.principals is None)
        ]

    def _of(self, statement: Statement, policy: Policy) -> frozenset[int]:
        variables = policy.variables
        atoms = {self._condition(Test(c, variables=variables, values=self._values)) for c in statement.conditions}
        if statement.resources is not None:
            resources = Resources(statement, self._values, variables=variables)
            if not resources.are_all:
                atoms.add(self._number(RESOURCE, resources, resources.said))
        if statement.principals is not None:
            whom = Whom(statement.principals, Source("", statement), negated=statement.not_principal)
            named = frozenset((p.kind, str(p.value)) for p in statement.principals)
            atoms.add(self._number(PRINCIPAL, whom, (statement.not_principal, named)))
        return frozenset(atoms)

    def _condition(self, test: Test) -> int:
        said = test.condition
        values = frozenset(str(part.value) for part in said.values)
        identity = (said.name, values, test.variables and "${" in str(values))
        return self._number(test.key, test, identity)

    def _number(self, dimension: str, atom: Resources | Whom | Test, said: Hashable) -> int:
        number = self._numbers.setdefault((dimension, said), len(self._atoms))
        if number == len(self._atoms):
            self._atoms.append((dimension, atom))
        return number

    def dimension(self, atom: int) -> str:
        """What an atom is about."""
        return self._atoms[atom][0]

    def solve(self, dimension: str, signed: frozenset[Signed]) -> Value | None:
        """A value of a dimension of which atoms hold or do not; `None` when there is none. Raises `Undecided`."""
        asked = dimension, signed
        if asked not in self._solved:
            try:
                self._solved[asked] = self._tried(dimension, signed)
            except Undecided as why:
                self._solved[asked] = why
        found = self._solved[asked]
        if isinstance(found, Undecided):
            raise found
        return found

    def _tried(self, dimension: str, signed: frozenset[Signed]) -> Value | None:
        if any((atom, not wanted) in signed for atom, wanted in signed):
            return None
        atoms = [(self._atoms[number][1], wanted) for number, wanted in sorted(signed)]
        if dimension == RESOURCE:
            return self._resource([(a, wanted) for a, wanted in atoms if isinstance(a, Resources)])
        if dimension == PRINCIPAL:
            return self._caller([(a, wanted) for a, wanted in atoms if isinstance(a, Whom)])
        tests = [(a, wanted) for a, wanted in atoms if isinstance(a, Test)]
        if self.strangers is not None and self.strangers.are_told_by(dimension):
            return self.strangers.solve(tests, self.budget)
        return solve(tests, self.budget)

    def _resource(self, asked: Iterable[tuple[Resources, bool]]) -> Values | None:
        """A resource, as an ARN where there is such a one, or else `*`, which stands for itself."""
        choices = [resources.choice(wanted=wanted) for resources, wanted in asked]
        groups = tuple(group for group, _ in choices if group is not None)
        never = tuple(one for _, avoided in choices for one in avoided)
        sought = Wanted(groups, never)
        found = find(sought, self.budget)
        if found is None:
            if sought.overlaid:
                raise Undecided("several policy variables meet in a resource")
            return None
        if is_arn(found):
            return (found,)
        nicer = (find(Wanted((*groups, (form,)), never), self.budget) for form in (AN_ARN, _STAR))
        return (next((text for text in nicer if text is not None), found),)

    def _caller(self, asked: Sequence[tuple[Whom, bool]]) -> Caller | None:
        self.budget.spend(len(self.callers) * len(asked))
        fitting = (who for who in self.callers if all(is_about(whom, who) is wanted for whom, wanted in asked))
        return next(fitting, None)
