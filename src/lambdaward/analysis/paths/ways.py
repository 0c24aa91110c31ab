"""Evaluating escalation methods: which resources a principal can use one on, and what that gives."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from lambdaward.analysis.paths.candidate import Candidate, Standing, kind_of
from lambdaward.analysis.paths.choices import Choices
from lambdaward.analysis.paths.columns import Rows, bits
from lambdaward.analysis.paths.judge import Judge
from lambdaward.analysis.paths.plan import Group, Plan, ends, variables
from lambdaward.analysis.paths.tables import Bound, Table
from lambdaward.analysis.paths.way import Way
from lambdaward.catalog import Gain, What
from lambdaward.catalog.escalation import SELF
from lambdaward.model import Unknown

_NOTHING = Table((), (), Rows(0, 0))


class Reach(Struct, frozen=True):
    """What a method gives a principal of what exists in the estate: rows of a table, of which the column of what is gained tells
    the resources; and the ways to all else."""

    table: Table
    rows: Rows
    others: tuple[Way, ...]


class Ways:
    """The ways of one principal by one method. `choices` are what is open to it of each group of the method."""

    def __init__(self, judge: Judge, plan: Plan, choices: Callable[[Group], Choices]) -> None:
        self._judge = judge
        self._plan = plan
        self._choices = choices
        self.method = plan.method

    def __iter__(self) -> Iterator[Way]:
        """Every way, those that reach every resource of a kind first. One that is surely closed is none."""
        if self.closed:
            return
        for gain in self.method.gains:
            choices = self._of(gain)
            rest = self._rest(choices)
            if rest is None:
                continue
            elsewhere = choices.elsewhere if choices else ({},)
            anywhere = [bound for bound in elsewhere if _is_wide(bound)]
            yield from self._all(gain, rest, anywhere)
            yield from self._all(gain, rest, choices.here if choices else ())
            yield from self._all(gain, rest, (bound for bound in elsewhere if bound not in anywhere))

    def reach(self, gain: Gain) -> Reach | None:
        """What the method gives, all at once; `None` when it gives nothing."""
        if self.closed:
            return None
        choices = self._of(gain)
        rest = self._rest(choices)
        if rest is None:
            return None
        if choices is None:
            return Reach(_NOTHING, _NOTHING.facts, tuple(self._all(gain, rest, ({},))))
        others = tuple(self._all(gain, rest, choices.elsewhere))
        rows = choices.rows
        if rows.sure and not self._surely(rest):
            rows = Rows(0, rows.possible)
        return Reach(choices.table, rows, others)

    def best(self, wanted: Container[What]) -> Way | None:
        """A way to something else than the principal's own that gives one of some things: a sure one where there is one, one
        that reaches every resource of a kind before others."""
        if self.closed:
            return None
        unsure = None
        for way in (way for gain in self.method.gains if gain.what in wanted for way in self._leading(gain)):
            if way.open:
                return way
            unsure = unsure or way
        return unsure

    def to(self, gain: Gain, row: int) -> Way:
        """The way that one possible row of the table is."""
        choices = self._of(gain)
        return next(self._all(gain, self._rest(choices) or {}, choices.at(row) if choices else ()))

    @cached_property
    def closed(self) -> bool:
        """Whether nothing has to be chosen to know that no way is open."""
        plan = self._plan
        if self.method.withdrawn or plan.needed & ~self._judge.powers.may:
            return True
        return any(self._judge.holds(fact, {}) is False for fact in plan.facts) or any(
            self._judge.open(step, {}) is False for step in plan.fixed
        )

    def _leading(self, gain: Gain) -> Iterator[Way]:
        """The ways to a gain that are not to the principal's own, but of those within the estate only the first of its kind."""
        is_own = self._judge.is_own
        choices = self._of(gain)
        rest = self._rest(choices)
        if rest is None or is_own(rest):
            return
        elsewhere = [bound for bound in choices.elsewhere if not is_own(bound)] if choices else [{}]
        wide = [bound for bound in elsewhere if _is_wide(bound)]
        yield from self._all(gain, rest, wide)
        if choices:
            for some in (choices.rows.sure, choices.rows.open):
                row = next((row for row in bits(some) if not is_own(choices.table.choice(row))), None)
                yield from self._all(gain, rest, choices.at(row) if row is not None else ())
        yield from self._all(gain, rest, (bound for bound in elsewhere if bound not in wide))

    def _all(self, gain: Gain, rest: Bound, choices: Iterable[Bound]) -> Iterator[Way]:
        for choice in choices:
            bound = {**rest, **choice}
            way = Way(self._judge, self.method, gain, bound.get(gain.of) or self._whole(gain.of), bound)
            if way.open is not False:
                yield way

    def _surely(self, rest: Bound) -> bool:
        """Whether the steps and facts that the gain does not depend on surely hold."""
        bound, judge = rest.keys(), self._judge
        return all(judge.open(step, rest) for step in self.method.steps if variables(step) <= bound) and all(
            judge.holds(fact, rest) for fact in self.method.given if ends(fact) <= bound
        )

    def _of(self, gain: Gain) -> Choices | None:
        """The choices for what is gained, where it is a variable."""
        group = self._plan.group(gain.of)
        return self._choices(group) if group else None

    def _rest(self, wanted: Choices | None) -> Bound | None:
        """The surest choice for the variables that what is gained does not depend on."""
        rest: dict[str, Candidate] = {}
        for group in self._plan.groups:
            if wanted is None or group.key != wanted.group.key:
                best = self._choices(group).best
                if best is None:
                    return None
                rest.update(best)
        return rest

    def _whole(self, name: str) -> Candidate:
        """What is gained, where it is no variable: the principal itself, or every resource of a kind."""
        if name == SELF:
            return self._judge.itself
        return Candidate(kind_of(name), Unknown(f"each {kind_of(name)}"), f"every {kind_of(name)}", Standing.ANY)


def _is_wide(bound: Bound) -> bool:
    """Whether a choice reaches every resource of a kind."""
    return any(one.standing is Standing.ANY for one in bound.values())
