"""A way from what a principal may do to more."""

from __future__ import annotations

from functools import cached_property

from lambdaward.analysis.paths.candidate import Candidate
from lambdaward.analysis.paths.judge import Judge
from lambdaward.analysis.paths.tables import Bound
from lambdaward.catalog import Escalation, Gain, Step
from lambdaward.model import Verdict, all_of


class Way:
    """One way of a principal to what a method gives: to which target, and what the method's variables stand for (`bound`). Its
    reasons are made when they are asked for."""

    def __init__(self, judge: Judge, method: Escalation, gain: Gain, target: Candidate, bound: Bound) -> None:
        self.method = method
        self.gain = gain
        self.target = target
        self.bound = bound
        self._judge = judge

    @cached_property
    def open(self) -> bool | None:
        """Whether every step is allowed and every fact holds: true, false, or `None` where it is not known."""
        found: bool | None = True
        for step in self.method.steps:
            answer = self._judge.open(step, self.bound)
            if answer is False:
                return False
            found = found and answer
        for fact in self.method.given:
            answer = self._judge.holds(fact, self.bound)
            if answer is False:
                return False
            found = found and answer
        return found

    @cached_property
    def steps(self) -> tuple[tuple[Step, Verdict], ...]:
        """Each step with its answer."""
        return tuple((step, self._judge.step(step, self.bound)) for step in self.method.steps)

    @cached_property
    def facts(self) -> tuple[Verdict, ...]:
        """The answers to the method's facts."""
        return tuple(self._judge.given(fact, self.bound) for fact in self.method.given)

    @cached_property
    def verdict(self) -> Verdict:
        """Yes with the statements that allow it, or unsure with what is not known."""
        return all_of((*(answer for _, answer in self.steps), *self.facts))
