"""What the variables of one group of a method may stand for, such that its steps are open to principals of one class."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product

from lambdaward.analysis.access.strange import STRANGER
from lambdaward.analysis.paths.candidate import Candidate, Standing, kind_of
from lambdaward.analysis.paths.columns import Rows, bits, each, everywhere
from lambdaward.analysis.paths.imagined import own
from lambdaward.analysis.paths.judge import Judge
from lambdaward.analysis.paths.plan import Group, Variable
from lambdaward.analysis.paths.tables import Bound, Tables
from lambdaward.catalog import Fact, Relation, Step
from lambdaward.catalog.escalation import OWN, SELF
from lambdaward.model import show


class Choices:
    """The choices for one group. The judge is that of any principal of the class."""

    def __init__(self, group: Group, judge: Judge, tables: Tables) -> None:
        self.group = group
        self.table = tables.of(group)
        self._judge = judge
        self._relations = judge.relations

    @cached_property
    def rows(self) -> Rows:
        """Where in the group's table the method is open, by the best choice of what is not found there."""
        found = Rows(0, 0)
        for loose in self._loose:
            found |= self._within(loose)
        return found

    @cached_property
    def elsewhere(self) -> tuple[Bound, ...]:
        """Every choice that nothing surely forbids and that is not wholly among what exists in the estate."""
        return tuple(self._not_here())

    @cached_property
    def best(self) -> Bound | None:
        """The surest choice."""
        unsure = None
        for bound in self.elsewhere:
            if self._judged(bound) is True:
                return bound
            unsure = unsure or bound
        rows = self.rows
        if rows.sure or not unsure:
            return next((bound for row in bits(rows.sure or rows.open) for bound in self.at(row)), None)
        return unsure

    @property
    def here(self) -> Iterator[Bound]:
        """Every choice among what exists that nothing surely forbids."""
        for row in bits(self.rows.possible):
            yield from self.at(row)

    def at(self, row: int) -> tuple[Bound, ...]:
        """A row of the group's table, with the surest choice of what is not found there."""
        choice = self.table.choice(row)
        unsure: tuple[Bound, ...] = ()
        for loose in self._loose:
            bound = {**choice, **loose}
            answer = self._judged(bound)
            if answer is True:
                return (bound,)
            unsure = unsure or (() if answer is False else (bound,))
        return unsure

    def _judged(self, bound: Bound) -> bool | None:
        return self._judge.judged(self.group, bound)

    def _within(self, loose: Bound) -> Rows:
        rows = self.table.facts
        for step, names in self.group.asked:
            rows &= self._stepped(step, names, loose, rows.possible)
        for fact, names in self.group.told:
            if fact in self.group.own or not names <= set(self.table.names):
                rows &= self._held(fact, loose, rows.possible)
        return rows

    def _held(self, fact: Fact, loose: Bound, among: int) -> Rows:
        """Where a fact holds, among some rows."""
        column = self.table.column(fact.of)
        if fact.relation is Relation.TRUSTS and fact.to == SELF and column is not None:
            return self._relations.trusting(column, self._judge.powers.arn, among)
        return each(among, lambda row: self._judge.holds(fact, {**self.table.choice(row), **loose}))

    def _stepped(self, step: Step, names: frozenset[str], loose: Bound, among: int) -> Rows:
        """Where a step is allowed, at least among some rows."""
        column = self.table.column(step.on)
        used = names & set(self.table.names)
        if not used or not among:
            return everywhere(self._judge.open(step, loose), among) if among else Rows(0, 0)
        if column is None or used != {step.on}:
            return each(among, lambda row: self._judge.open(step, {**self.table.choice(row), **loose}))
        return self._judge.powers.over(step.action, column, self._judge.keys(step, loose), among)

    def _not_here(self) -> Iterator[Bound]:
        roots = self.group.roots
        for bound in self._bindings({}, mixed=len(roots) > 1):
            if any(not bound[name].here for name in roots):
                chosen = ({**bound, **loose} for loose in self._loose)
                yield from (bound for bound in chosen if self._judged(bound) is not False)

    def _bindings(self, bound: Bound, *, mixed: bool) -> Iterator[Bound]:
        """Every choice for the variables that stand for what exists, as far as nothing surely forbids it. `mixed`: resources of
        the estate as well, beside others."""
        if len(bound) == len(self.group.found):
            yield bound
            return
        variable = self.group.found[len(bound)]
        linked = self._relations.tied(self.group.facts, bound, variable.name)
        for candidate in self._options(variable, here=mixed) if linked is None else linked:
            chosen = {**bound, variable.name: candidate}
            if self._judged(chosen) is not False:
                yield from self._bindings(chosen, mixed=mixed)

    @cached_property
    def _loose(self) -> tuple[Bound, ...]:
        """Every choice for the variables that stand for what is new or the intruder's own."""
        names = tuple(variable.name for variable in self.group.loose)
        choices = (dict(zip(names, one, strict=True)) for one in product(*map(self._made, self.group.loose)))
        return tuple(choice for choice in choices if self._judged(choice) is not False)

    def _options(self, variable: Variable, *, here: bool) -> Iterator[Candidate]:
        """What a variable may stand for beside the resources of the estate, or with them (`here`)."""
        imagined = self._judge.powers.imagined(variable.form, self._actions(variable))
        for arn in imagined.strangers:
            yield Candidate(variable.kind, arn, self._every(variable.name), Standing.ANY)
        column = self._relations.here(variable.kind, variable.service)
        yield from column.candidates if here else ()
        for arn in imagined.named:
            if arn not in column.arns:
                yield Candidate(variable.kind, arn, show(arn).replace(STRANGER, "*"), Standing.UNSEEN)

    def _made(self, variable: Variable) -> Iterator[Candidate]:
        """What is made on the way, or brought along."""
        kind, imagined = variable.kind, self._judge.powers.imagined(variable.form, self._actions(variable))
        own_one = variable.name == f"{kind}:{OWN}"
        if own_one:
            yield from self._relations.here(kind, "iam").candidates
            yield Candidate(kind, own(variable.form), f"an own {kind}", Standing.NEW)
        for arn in (*imagined.strangers, *imagined.named):
            yield Candidate(kind, arn, f"an own {kind}" if own_one else f"a new {kind}", Standing.NEW)

    def _actions(self, variable: Variable) -> tuple[str, ...]:
        """The actions of the intruder's own steps on a variable."""
        steps = (step for step in self.group.steps if variable.name in (step.on, *step.keys.values()))
        return tuple(step.action for step in steps if step.by == SELF)

    def _every(self, variable: str) -> str:
        facts = (fact for fact, _ in self.group.told if fact.of == variable and fact.relation is Relation.TRUSTS)
        trusted = next((fact.to for fact in facts), "")
        which = f" that trusts {trusted if trusted != SELF else 'it'}" if trusted else ""
        return f"any {kind_of(variable)} of the account{which}"
