"""What one principal may do to chosen resources: the steps and facts of a method, once its variables stand for something."""

from __future__ import annotations

from functools import cached_property

from lambdaward.analysis.access.strange import STRANGER
from lambdaward.analysis.paths.candidate import Arn, Candidate, Standing
from lambdaward.analysis.paths.columns import known
from lambdaward.analysis.paths.plan import Group
from lambdaward.analysis.paths.powers import Powers
from lambdaward.analysis.paths.relations import Relations
from lambdaward.analysis.paths.tables import Bound
from lambdaward.catalog import Fact as Given
from lambdaward.catalog import Step
from lambdaward.catalog.escalation import ANY, SELF
from lambdaward.model import Fact, No, Verdict, Yes


class Judge:
    """Answers for one principal. `open` and `judged` say true, false, or `None` where it is not known; reasons are made where
    they are wanted."""

    def __init__(self, powers: Powers, relations: Relations) -> None:
        self.powers = powers
        self.relations = relations

    def judged(self, group: Group, bound: Bound) -> bool | None:
        """Whether what is decided of a group holds, once these variables are chosen."""
        chosen = bound.keys()
        found: bool | None = True
        for step, names in group.asked:
            answer = self.open(step, bound) if names <= chosen else True
            if answer is False:
                return False
            found = found and answer
        for fact, names in group.told:
            answer = self.holds(fact, bound) if names <= chosen else True
            if answer is False:
                return False
            found = found and answer
        return found

    def open(self, step: Step, bound: Bound) -> bool | None:
        """Whether a step is allowed."""
        if step.by != SELF:
            return known(self._by(step, bound))
        return self.powers.open(step.action, self._arn(step.on, bound), self.keys(step, bound))

    def step(self, step: Step, bound: Bound) -> Verdict:
        """Whether a step is allowed, with the statements that say so."""
        if step.by != SELF:
            return self._by(step, bound)
        answer = self.powers.allowed(step.action, self._arn(step.on, bound), self.keys(step, bound))
        return Yes(tuple(map(_readable, answer.proof))) if isinstance(answer, Yes) else answer

    def keys(self, step: Step, bound: Bound) -> dict[str, Arn]:
        """The condition keys of a step's request."""
        return {key: bound[value].arn if value in bound else value for key, value in step.keys.items()}

    def holds(self, given: Given, bound: Bound) -> bool | None:
        """Whether a fact holds, without its reasons."""
        of, to = self._end(given.of, bound), self._end(given.to, bound)
        if not isinstance(of, Candidate):
            return False
        if of.standing is Standing.ANY:
            return known(self.relations.holds(given.relation, of, to, self.powers.principal))
        return self.relations.open(given.relation, of, to)

    def given(self, given: Given, bound: Bound) -> Verdict:
        """Whether a fact holds."""
        of, to = self._end(given.of, bound), self._end(given.to, bound)
        asked = self.relations.holds
        return asked(given.relation, of, to, self.powers.principal) if isinstance(of, Candidate) else No()

    def is_own(self, bound: Bound) -> bool:
        """Whether the principal itself is among what is chosen."""
        return any(one.id == self.powers.principal.id for one in bound.values())

    @cached_property
    def itself(self) -> Candidate:
        """The principal."""
        kind = type(self.powers.principal).__name__.lower()
        return self.relations.candidate(self.powers.principal.id, kind)

    def _end(self, name: str, bound: Bound) -> Candidate | str:
        return self.itself if name == SELF else bound.get(name, name)

    def _by(self, step: Step, bound: Bound) -> Verdict:
        one = bound[step.by]
        return (
            Yes()
            if one.standing is Standing.ANY
            else self.relations.allows(one, step.action, self._arn(step.on, bound))
        )

    def _arn(self, name: str, bound: Bound) -> Arn:
        return self.powers.arn if name == SELF else "*" if name == ANY else bound[name].arn


def _readable(fact: Fact) -> Fact:
    return Fact(fact.text.replace(STRANGER, "*"), fact.place)
