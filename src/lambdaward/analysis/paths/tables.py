"""Tables of what an estate offers a method: each row a choice of resources for which the method's facts may hold.

They do not depend on who the intruder is, so that all principals and methods share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from lambdaward.analysis.paths.candidate import Candidate
from lambdaward.analysis.paths.columns import Column, Rows, bits, each
from lambdaward.analysis.paths.plan import Group, Variable, ends
from lambdaward.analysis.paths.relations import Relations
from lambdaward.catalog import Fact, Relation

Bound = Mapping[str, Candidate]


class Table(Struct, frozen=True):
    """The choices for some variables. `facts`: where the facts surely hold, and where that is not known."""

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    facts: Rows

    def column(self, name: str) -> Column | None:
        """The column of a variable; `None` when it has none here."""
        return self.columns[self.names.index(name)] if name in self.names else None

    def choice(self, row: int) -> Bound:
        """One row."""
        return {name: column.candidates[row] for name, column in zip(self.names, self.columns, strict=True)}


class Tables:
    """The tables of one estate, each made once."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations
        self._of: dict[str, Table] = {}
        self._columns: dict[object, Column] = {}
        self._made: dict[object, tuple[tuple[Column, ...], Rows]] = {}

    def of(self, group: Group) -> Table:
        """The table of a group's variables that stand for what exists."""
        if group.key not in self._of:
            self._of[group.key] = self._table(group)
        return self._of[group.key]

    def _table(self, group: Group) -> Table:
        found = group.found
        names = tuple(variable.name for variable in found)
        facts = tuple(fact for fact in group.facts if ends(fact) <= set(names))
        if len(found) == 1:
            return self._alone(found[0], facts)
        place = {name: str(at) for at, name in enumerate(names)}
        tied = tuple((fact.relation, place[fact.of], place.get(fact.to, fact.to)) for fact in facts)
        key = tuple((variable.kind, variable.service) for variable in found), tied
        if key not in self._made:
            rows = list(self._rows(found, facts, {}))
            columns = tuple(self._column(tuple(choice[at] for choice, _ in rows)) for at in range(len(names)))
            sure = sum(1 << row for row, (_, holds) in enumerate(rows) if holds)
            self._made[key] = columns, Rows(sure, ((1 << len(rows)) - 1) & ~sure)
        return Table(names, *self._made[key])

    def _column(self, candidates: tuple[Candidate, ...]) -> Column:
        """A column of some candidates, the same one for the same candidates: what is asked of it is asked once."""
        key = tuple(one if one.id is None else (one.kind, one.id) for one in candidates)
        if key not in self._columns:
            self._columns[key] = Column(candidates)
        return self._columns[key]

    def _alone(self, variable: Variable, facts: tuple[Fact, ...]) -> Table:
        """The table of one variable: all resources of its kind, whatever is asked of them, so that what is allowed of these is
        the same question for all."""
        column = self._relations.here(variable.kind, variable.service)
        rows = Rows(column.everything, 0)
        for fact in facts:
            if fact.relation is Relation.TRUSTS:
                rows &= self._relations.trusting(column, fact.to)
            else:
                rows &= each(rows.possible, partial(self._of_one, fact, column))
        return Table((variable.name,), (column,), rows)

    def _of_one(self, fact: Fact, column: Column, row: int) -> bool | None:
        return self._hold((fact,), {fact.of: column.candidates[row]})

    def _rows(
        self, variables: tuple[Variable, ...], facts: tuple[Fact, ...], bound: Bound
    ) -> Iterator[tuple[tuple[Candidate, ...], bool | None]]:
        if len(bound) == len(variables):
            yield tuple(bound.values()), self._hold(facts, bound)
            return
        variable = variables[len(bound)]
        for candidate in self._options(variable, facts, bound):
            chosen = {**bound, variable.name: candidate}
            decided = (fact for fact in facts if variable.name in ends(fact) and ends(fact) <= chosen.keys())
            if self._hold(decided, chosen) is not False:
                yield from self._rows(variables, facts, chosen)

    def _options(self, variable: Variable, facts: tuple[Fact, ...], bound: Bound) -> Iterable[Candidate]:
        linked = self._relations.tied(facts, bound, variable.name)
        if linked is not None:
            return linked
        here = self._relations.here(variable.kind, variable.service)
        trusted = (fact.to for fact in facts if fact.relation is Relation.TRUSTS and fact.of == variable.name)
        possible = here.everything
        for who in trusted:
            possible &= self._relations.trusting(here, who).possible
        return (here.candidates[row] for row in bits(possible))

    def _hold(self, facts: Iterable[Fact], bound: Bound) -> bool | None:
        """Whether some facts hold."""
        found: bool | None = True
        for fact in facts:
            answer = self._relations.open(fact.relation, bound[fact.of], bound.get(fact.to, fact.to))
            if answer is False:
                return False
            found = found and answer
        return found
