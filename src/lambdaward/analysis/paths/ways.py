"""Evaluating escalation methods: which resources a principal can use one on, and what that gives."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property
from itertools import product

from msgspec import Struct

from lambdaward.analysis.access.strange import STRANGER
from lambdaward.analysis.paths.candidate import Arn, Candidate, Standing, kind_of
from lambdaward.analysis.paths.columns import Rows, bits, everywhere
from lambdaward.analysis.paths.imagined import own
from lambdaward.analysis.paths.plan import Group, Plan, Variable, ends, variables
from lambdaward.analysis.paths.powers import Powers
from lambdaward.analysis.paths.relations import Relations
from lambdaward.analysis.paths.tables import Bound, Table, Tables
from lambdaward.catalog import Escalation, Gain, Relation, Step, What
from lambdaward.catalog import Fact as Given
from lambdaward.catalog.escalation import ANY, OWN, SELF
from lambdaward.model import Fact, No, Unknown, Verdict, Yes, all_of, show


class Way(Struct, frozen=True):
    """One way of a principal to what a method gives: what it is bound to, each step with its answer, and the answers to the
    method's facts. `verdict` is yes or unsure."""

    method: Escalation
    gain: Gain
    target: Candidate
    bound: Bound
    verdict: Verdict
    steps: tuple[tuple[Step, Verdict], ...]
    facts: tuple[Verdict, ...]


class Reach(Struct, frozen=True):
    """What a method gives a principal of what exists in the estate: rows of a table, of which the column of what is gained tells
    the resources; and the ways to all else."""

    table: Table
    rows: Rows
    others: tuple[Way, ...]


class Memo:
    """What was asked of one principal, by group: methods share most of their groups."""

    __slots__ = ("elsewhere", "loose", "rows")

    def __init__(self) -> None:
        self.rows: dict[str, Rows] = {}
        self.elsewhere: dict[str, tuple[Bound, ...]] = {}
        self.loose: dict[str, tuple[Bound, ...]] = {}


class Ways:
    """The ways of one principal by one method."""

    def __init__(self, powers: Powers, relations: Relations, tables: Tables, plan: Plan, memo: Memo) -> None:
        self._powers = powers
        self._relations = relations
        self._tables = tables
        self._plan = plan
        self.method = plan.method
        self._memo = memo

    def __iter__(self) -> Iterator[Way]:
        """Every way, those that reach every resource of a kind first. One that is surely closed is none."""
        if self.closed:
            return
        for gain in self.method.gains:
            group = self._plan.group(gain.of)
            rest = self._rest(group)
            if rest is None:
                continue
            elsewhere = self._elsewhere(group) if group else ({},)
            anywhere = [bound for bound in elsewhere if any(one.standing is Standing.ANY for one in bound.values())]
            yield from self._all(gain, rest, anywhere)
            yield from self._all(gain, rest, self._here(group) if group else ())
            yield from self._all(gain, rest, (bound for bound in elsewhere if bound not in anywhere))

    def reach(self, gain: Gain) -> Reach | None:
        """What the method gives, all at once; `None` when it gives nothing."""
        group = self._plan.group(gain.of)
        rest = None if self.closed else self._rest(group)
        if rest is None:
            return None
        if group is None:
            return Reach(Table((), (), Rows(0, 0)), Rows(0, 0), tuple(self._all(gain, rest, ({},))))
        others = tuple(self._all(gain, rest, self._elsewhere(group)))
        rows = self._rows(group)
        if rows.sure and not isinstance(self._whole_verdict(rest), Yes):
            rows = Rows(0, rows.possible)
        return Reach(self._tables.of(group), rows, others)

    def best(self, wanted: Container[What]) -> Way | None:
        """A way to something else than the principal's own that gives one of some things: a sure one where there is one, one
        that reaches every resource of a kind before others."""
        if self.closed:
            return None
        unsure = None
        for way in (way for gain in self.method.gains if gain.what in wanted for way in self._leading(gain)):
            if isinstance(way.verdict, Yes):
                return way
            unsure = unsure or way
        return unsure

    def _leading(self, gain: Gain) -> Iterator[Way]:
        """The ways to a gain that are not to the principal's own, but of those within the estate only the first of its kind."""
        group = self._plan.group(gain.of)
        rest = self._rest(group)
        if rest is None or self._has_own(rest):
            return
        elsewhere = [bound for bound in self._elsewhere(group) if not self._has_own(bound)] if group else [{}]
        wide = [bound for bound in elsewhere if any(one.standing is Standing.ANY for one in bound.values())]
        yield from self._all(gain, rest, wide)
        if group:
            choice, rows = self._tables.of(group).choice, self._rows(group)
            for some in (rows.sure, rows.open):
                row = next((row for row in bits(some) if not self._has_own(choice(row))), None)
                yield from self._all(gain, rest, self._chosen(group, row) if row is not None else ())
        yield from self._all(gain, rest, (bound for bound in elsewhere if bound not in wide))

    def _has_own(self, bound: Bound) -> bool:
        """Whether the principal itself is among what is chosen."""
        return any(one.id == self._powers.principal.id for one in bound.values())

    def to(self, gain: Gain, row: int) -> Way:
        """The way that one possible row of the table is."""
        group = self._plan.group(gain.of)
        choices = self._chosen(group, row) if group else ()
        return next(self._all(gain, self._rest(group) or {}, choices))

    def _all(self, gain: Gain, rest: Bound, choices: Iterable[Bound]) -> Iterator[Way]:
        for choice in choices:
            bound = {**rest, **choice}
            steps = tuple((step, self._step(step, bound)) for step in self.method.steps)
            facts = tuple(self._given(fact, bound) for fact in self.method.given)
            verdict = all_of((*(answer for _, answer in steps), *facts))
            if not isinstance(verdict, No):
                target = bound.get(gain.of) or self._whole(gain.of)
                yield Way(self.method, gain, target, bound, verdict, steps, facts)

    @cached_property
    def closed(self) -> bool:
        """Whether nothing has to be chosen to know that no way is open."""
        plan = self._plan
        if self.method.withdrawn or plan.needed & ~self._powers.may:
            return True
        own = (self._given(fact, {}) for fact in plan.facts)
        return isinstance(all_of((*own, *(self._step(step, {}) for step in plan.fixed))), No)

    def _whole_verdict(self, rest: Bound) -> Verdict:
        """What holds of the steps and facts that the gain does not depend on."""
        bound = rest.keys()
        steps = (self._step(step, rest) for step in self.method.steps if variables(step) <= bound)
        return all_of((*steps, *(self._given(fact, rest) for fact in self.method.given if ends(fact) <= bound)))

    def _rest(self, wanted: Group | None) -> Bound | None:
        """The surest choice for the variables that what is gained does not depend on."""
        rest: dict[str, Candidate] = {}
        for group in self._plan.groups:
            if group is not wanted:
                best = self._best(group)
                if best is None:
                    return None
                rest.update(best)
        return rest

    def _best(self, group: Group) -> Bound | None:
        unsure = None
        for bound in self._elsewhere(group):
            if isinstance(self._judged(group, bound), Yes):
                return bound
            unsure = unsure or bound
        rows = self._rows(group)
        if rows.sure or not unsure:
            return next((bound for row in bits(rows.sure or rows.open) for bound in self._chosen(group, row)), None)
        return unsure

    def _here(self, group: Group) -> Iterator[Bound]:
        """Every choice among what exists that nothing surely forbids."""
        for row in bits(self._rows(group).possible):
            yield from self._chosen(group, row)

    def _chosen(self, group: Group, row: int) -> tuple[Bound, ...]:
        """A row of the group's table, with the surest choice of what is not found there."""
        choice = self._tables.of(group).choice(row)
        unsure: tuple[Bound, ...] = ()
        for loose in self._loose(group):
            bound = {**choice, **loose}
            answer = self._judged(group, bound)
            if isinstance(answer, Yes):
                return (bound,)
            unsure = unsure or (() if isinstance(answer, No) else (bound,))
        return unsure

    def _rows(self, group: Group) -> Rows:
        """Where in the group's table the method is open, by the best choice of what is not found there."""
        if group.key not in self._memo.rows:
            table = self._tables.of(group)
            found = Rows(0, 0)
            for loose in self._loose(group):
                found |= self._within(group, table, loose)
            self._memo.rows[group.key] = found
        return self._memo.rows[group.key]

    def _within(self, group: Group, table: Table, loose: Bound) -> Rows:
        rows = table.facts
        for step in group.steps:
            rows &= self._stepped(step, table, loose, rows.possible)
        for fact in (*group.facts, *group.own):
            if fact in group.own or not ends(fact) <= set(table.names):
                rows &= self._held(fact, table, loose, rows.possible)
        return rows

    def _held(self, fact: Given, table: Table, loose: Bound, among: int) -> Rows:
        """Where a fact holds, among some rows."""
        column = table.column(fact.of)
        if fact.relation is Relation.TRUSTS and fact.to == SELF and column is not None:
            return self._relations.trusting(column, self._powers.arn)
        return _each(among, lambda row: self._given(fact, {**table.choice(row), **loose}))

    def _stepped(self, step: Step, table: Table, loose: Bound, among: int) -> Rows:
        """Where a step is allowed, at least among some rows."""
        column = table.column(step.on)
        used = variables(step) & set(table.names)
        if not used or not among:
            return everywhere(self._step(step, loose), among) if among else Rows(0, 0)
        if column is None or used != {step.on}:
            return _each(among, lambda row: self._step(step, {**table.choice(row), **loose}))
        return self._powers.over(step.action, column, self._keys(step, loose))

    def _elsewhere(self, group: Group) -> tuple[Bound, ...]:
        """Every choice that nothing surely forbids and that is not wholly among what exists in the estate."""
        if group.key not in self._memo.elsewhere:
            self._memo.elsewhere[group.key] = tuple(self._not_here(group))
        return self._memo.elsewhere[group.key]

    def _not_here(self, group: Group) -> Iterator[Bound]:
        for bound in self._bindings(group, {}, mixed=len(group.roots) > 1):
            if any(not bound[name].here for name in group.roots):
                chosen = ({**bound, **loose} for loose in self._loose(group))
                yield from (bound for bound in chosen if not isinstance(self._judged(group, bound), No))

    def _bindings(self, group: Group, bound: Bound, *, mixed: bool) -> Iterator[Bound]:
        """Every choice for the variables that stand for what exists, as far as nothing surely forbids it. `mixed`: resources of
        the estate as well, beside others."""
        if len(bound) == len(group.found):
            yield bound
            return
        variable = group.found[len(bound)]
        linked = self._relations.tied(group.facts, bound, variable.name)
        for candidate in self._options(variable, here=mixed) if linked is None else linked:
            chosen = {**bound, variable.name: candidate}
            if not isinstance(self._judged(group, chosen), No):
                yield from self._bindings(group, chosen, mixed=mixed)

    def _loose(self, group: Group) -> tuple[Bound, ...]:
        """Every choice for the variables that stand for what is new or the intruder's own."""
        if group.key not in self._memo.loose:
            names = tuple(variable.name for variable in group.loose)
            choices = (dict(zip(names, one, strict=True)) for one in product(*map(self._made, group.loose)))
            self._memo.loose[group.key] = tuple(c for c in choices if not isinstance(self._judged(group, c), No))
        return self._memo.loose[group.key]

    def _judged(self, group: Group, bound: Bound) -> Verdict:
        """What is decided of a group, once these variables are chosen."""
        steps = (self._step(step, bound) for step in group.steps if variables(step) <= bound.keys())
        facts = (self._given(fact, bound) for fact in (*group.facts, *group.own) if ends(fact) <= bound.keys())
        return all_of((*steps, *facts))

    def _options(self, variable: Variable, *, here: bool) -> Iterator[Candidate]:
        """What a variable may stand for beside the resources of the estate, or with them (`here`)."""
        imagined = self._powers.imagined(variable.form, self._actions(variable))
        for arn in imagined.strangers:
            yield Candidate(variable.kind, arn, self._every(variable.name), Standing.ANY)
        known = self._relations.here(variable.kind, variable.service)
        yield from known.candidates if here else ()
        for arn in imagined.named:
            if arn not in known.arns:
                yield Candidate(variable.kind, arn, show(arn).replace(STRANGER, "*"), Standing.UNSEEN)

    def _made(self, variable: Variable) -> Iterator[Candidate]:
        """What is made on the way, or brought along."""
        kind, imagined = variable.kind, self._powers.imagined(variable.form, self._actions(variable))
        own_one = variable.name == f"{kind}:{OWN}"
        if own_one:
            yield from self._relations.here(kind, "iam").candidates
            yield Candidate(kind, own(variable.form), f"an own {kind}", Standing.NEW)
        for arn in (*imagined.strangers, *imagined.named):
            yield Candidate(kind, arn, f"an own {kind}" if own_one else f"a new {kind}", Standing.NEW)

    def _actions(self, variable: Variable) -> tuple[str, ...]:
        """The actions of the intruder's own steps on a variable."""
        steps = (step for step in self.method.steps if variable.name in (step.on, *step.keys.values()))
        return tuple(step.action for step in steps if step.by == SELF)

    def _step(self, step: Step, bound: Bound) -> Verdict:
        if step.by != SELF:
            return Yes() if bound[step.by].standing is Standing.ANY else self._by(step, bound)
        answer = self._powers.allowed(step.action, self._arn(step.on, bound), self._keys(step, bound))
        return Yes(tuple(map(_readable, answer.proof))) if isinstance(answer, Yes) else answer

    def _keys(self, step: Step, bound: Bound) -> dict[str, Arn]:
        return {key: bound[value].arn if value in bound else value for key, value in step.keys.items()}

    def _by(self, step: Step, bound: Bound) -> Verdict:
        return self._relations.allows(bound[step.by], step.action, self._arn(step.on, bound))

    def _arn(self, name: str, bound: Bound) -> Arn:
        return self._powers.arn if name == SELF else "*" if name == ANY else bound[name].arn

    def _given(self, given: Given, bound: Bound) -> Verdict:
        of, to = (self._itself if end == SELF else bound.get(end, end) for end in (given.of, given.to))
        held = self._relations.holds
        return held(given.relation, of, to, self._powers.principal) if isinstance(of, Candidate) else No()

    @cached_property
    def _itself(self) -> Candidate:
        kind = type(self._powers.principal).__name__.lower()
        return self._relations.candidate(self._powers.principal.id, kind)

    def _whole(self, name: str) -> Candidate:
        """What is gained, where it is no variable: the principal itself, or every resource of a kind."""
        if name == SELF:
            return self._itself
        return Candidate(kind_of(name), Unknown(f"each {kind_of(name)}"), f"every {kind_of(name)}", Standing.ANY)

    def _every(self, variable: str) -> str:
        trusts = (fact.to for fact in self.method.given if fact.of == variable and fact.relation is Relation.TRUSTS)
        trusted = next(trusts, "")
        which = f" that trusts {trusted if trusted != SELF else 'it'}" if trusted else ""
        return f"any {kind_of(variable)} of the account{which}"


def _each(rows: int, asked: Callable[[int], Verdict]) -> Rows:
    """The answers to a question about each of some rows."""
    found = Rows(0, 0)
    for row in bits(rows):
        found |= everywhere(asked(row), 1 << row)
    return found


def _readable(fact: Fact) -> Fact:
    return Fact(fact.text.replace(STRANGER, "*"), fact.place)
