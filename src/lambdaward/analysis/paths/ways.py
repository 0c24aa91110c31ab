"""Evaluating escalation methods: which resources a principal can use one on, and what that gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from lambdaward.analysis.access.strange import STRANGER
from lambdaward.analysis.arns import fields
from lambdaward.analysis.paths.candidate import Arn, Candidate, Standing, kind_of
from lambdaward.analysis.paths.imagined import Home, named, own, strangers
from lambdaward.analysis.paths.powers import Powers
from lambdaward.analysis.paths.relations import Relations
from lambdaward.catalog import Action, Escalation, Gain, Step, actions
from lambdaward.catalog import Fact as Given
from lambdaward.model import Fact, No, Unknown, Verdict, Yes, all_of, show

Bound = Mapping[str, Candidate]
_SELF = "self"


class Way(Struct, frozen=True):
    """One way of a principal to what a method gives: what it is bound to, and each step with its answer. `verdict` is yes or
    unsure."""

    method: Escalation
    gain: Gain
    target: Candidate
    bound: Bound
    verdict: Verdict
    steps: tuple[tuple[Step, Verdict], ...]


class Ways:
    """The ways of one principal by one method."""

    def __init__(self, powers: Powers, relations: Relations, method: Escalation) -> None:
        self._powers = powers
        self._relations = relations
        self.method = method

    def __iter__(self) -> Iterator[Way]:
        """Every way, those that reach every resource of a kind first. One that is surely closed is none."""
        if self.method.withdrawn or not self._covered:
            return
        fixed = all_of(self._step(step, {}) for step in self.method.steps if not self._variables(step))
        if isinstance(fixed, No):
            return
        for gain in self.method.gains:
            yield from self._of(gain)

    def _of(self, gain: Gain) -> Iterator[Way]:
        wanted = next((group for group in self._groups if gain.of in group), ())
        rest: dict[str, Candidate] = {}
        for group in self._groups:
            if group != wanted:
                best = self._best(group)
                if best is None:
                    return
                rest.update(best)
        for found in self._bindings(wanted, {}):
            bound = {**rest, **found}
            steps = tuple((step, self._step(step, bound)) for step in self.method.steps)
            facts = (self._given(given, bound) for given in self.method.given)
            verdict = all_of((*(answer for _, answer in steps), *facts))
            if not isinstance(verdict, No):
                yield Way(self.method, gain, bound.get(gain.of) or self._whole(gain.of), bound, verdict, steps)

    def _best(self, group: tuple[str, ...]) -> Bound | None:
        """The surest choice for variables that what is gained does not depend on."""
        unsure = None
        for bound in self._bindings(group, {}):
            if isinstance(self._judged(group, bound), Yes):
                return bound
            unsure = unsure or bound
        return unsure

    def _bindings(self, names: tuple[str, ...], bound: Bound) -> Iterator[Bound]:
        """Every choice for some variables that nothing surely forbids."""
        if not names:
            yield bound
            return
        for candidate in self._candidates(names[0], bound):
            chosen = {**bound, names[0]: candidate}
            if not isinstance(self._judged((names[0],), chosen), No):
                yield from self._bindings(names[1:], chosen)

    def _judged(self, names: tuple[str, ...], bound: Bound) -> Verdict:
        """What is decided of some variables, once these are bound."""
        steps = (
            self._step(step, bound)
            for step in self.method.steps
            if (used := self._variables(step)) and used <= bound.keys() and used & set(names)
        )
        facts = (
            self._given(given, bound)
            for given in self.method.given
            if (ends := _ends(given)) and ends <= bound.keys() and ends & set(names)
        )
        return all_of((*steps, *facts))

    def _candidates(self, variable: str, bound: Bound) -> Iterable[Candidate]:
        for given in self.method.given:
            if given.to == variable and given.of in bound:
                linked = self._relations.linked(given.relation, bound[given.of], variable)
                if linked is not None:
                    return linked
        return self._options(variable)

    def _options(self, variable: str) -> Iterator[Candidate]:
        kind, _, name = variable.partition(":")
        template = self._template(variable)
        statements = [
            grant.stated.statement for step in self._on(variable) for grant in self._powers.granting(step.action)
        ]
        if name in ("new", "own"):
            if name == "own":
                yield from self._relations.here(kind, "iam")
                yield Candidate(kind, own(template), f"an own {kind}", Standing.NEW)
            for arn in (*strangers(template, statements, self._home), *named(template, statements, self._home)):
                yield Candidate(kind, arn, f"a new {kind}" if name == "new" else f"an own {kind}", Standing.NEW)
            return
        for arn in strangers(template, statements, self._home):
            yield Candidate(kind, arn, self._every(variable), Standing.ANY)
        here = self._relations.here(kind, template.split(":")[2] if template else "")
        yield from here
        known = {candidate.arn for candidate in here}
        for arn in named(template, statements, self._home):
            if arn not in known:
                yield Candidate(kind, arn, show(arn).replace(STRANGER, "*"), Standing.UNSEEN)

    def _step(self, step: Step, bound: Bound) -> Verdict:
        if step.by != _SELF:
            return Yes() if bound[step.by].standing is Standing.ANY else self._by(step, bound)
        keys = {key: bound[value].arn if value in bound else value for key, value in step.keys.items()}
        answer = self._powers.allowed(step.action, self._arn(step.on, bound), keys)
        return Yes(tuple(map(_readable, answer.proof))) if isinstance(answer, Yes) else answer

    def _by(self, step: Step, bound: Bound) -> Verdict:
        return self._relations.allows(bound[step.by], step.action, self._arn(step.on, bound))

    def _arn(self, name: str, bound: Bound) -> Arn:
        return self._powers.arn if name == _SELF else "*" if name == "any" else bound[name].arn

    def _given(self, given: Given, bound: Bound) -> Verdict:
        ends = [self._itself if end == _SELF else bound.get(end, end) for end in (given.of, given.to)]
        of = ends[0]
        return (
            self._relations.holds(given.relation, of, ends[1], self._powers.principal)
            if isinstance(of, Candidate)
            else No()
        )

    @cached_property
    def _itself(self) -> Candidate:
        kind = type(self._powers.principal).__name__.lower()
        return self._relations.candidate(self._powers.principal.id, kind)

    def _whole(self, name: str) -> Candidate:
        """What is gained, where it is no variable: the principal itself, or every resource of a kind."""
        if name == _SELF:
            return self._itself
        return Candidate(kind_of(name), Unknown(f"each {kind_of(name)}"), f"every {kind_of(name)}", Standing.ANY)

    def _every(self, variable: str) -> str:
        trusted = next(
            (given.to for given in self.method.given if given.of == variable and given.relation.value == "trusts"), ""
        )
        which = f" that trusts {trusted if trusted != _SELF else 'it'}" if trusted else ""
        return f"any {kind_of(variable)} of the account{which}"

    @cached_property
    def _covered(self) -> bool:
        """Whether the principal's statements name every action, as far as these are listed."""
        numbers = (actions().index(step.action) for step in self.method.steps if step.by == _SELF)
        return all(isinstance(number, Unknown) or self._powers.may >> number & 1 for number in numbers)

    @cached_property
    def _home(self) -> Home:
        arn = fields(self._powers.arn)
        stack = self._powers.principal.id.stack
        return {
            "Partition": arn[1] if arn else "aws",
            "Region": self._relations.region(stack),
            "Account": arn[4] if arn else "000000000000",
        }

    @cached_property
    def _groups(self) -> tuple[tuple[str, ...], ...]:
        """The variables, those together that a fact or a step ties; those that a fact derives from others come last."""
        ties = [_ends(given) for given in self.method.given] + [self._variables(step) for step in self.method.steps]
        groups: list[set[str]] = []
        for tie in filter(None, ties):
            touched = [group for group in groups if group & tie]
            groups = [group for group in groups if not group & tie] + [set().union(tie, *touched)]
        stepped = {name for step in self.method.steps for name in (step.on, *step.keys.values())}
        derived = {given.to for given in self.method.given}
        order = sorted(stepped | derived.union(*groups), key=lambda name: (name in derived, name not in stepped, name))
        return tuple(tuple(name for name in order if name in group) for group in groups)

    def _variables(self, step: Step) -> set[str]:
        return {name for name in (step.on, step.by, *step.keys.values()) if ":" in name}

    def _on(self, variable: str) -> list[Step]:
        return [step for step in self.method.steps if variable in (step.on, *step.keys.values()) and step.by == _SELF]

    def _template(self, variable: str) -> str:
        """The form of the ARNs that a variable stands for."""
        kind = kind_of(variable)
        for step in self.method.steps:
            known = actions().action(step.action) if step.on == variable else None
            for target in (known.targets or ()) if isinstance(known, Action) else ():
                if target.type.name.replace(" ", "-") == kind:
                    return target.type.arn
        services = dict.fromkeys((*(key.partition(":")[0] for step in self._on(variable) for key in step.keys), "iam"))
        types = (kinds for kinds in map(actions().resource_types, services) if not isinstance(kinds, Unknown))
        return next((one.arn for kinds in types for one in kinds if one.name.replace(" ", "-") == kind), "")


def _ends(given: Given) -> set[str]:
    return {end for end in (given.of, given.to) if ":" in end}


def _readable(fact: Fact) -> Fact:
    return Fact(fact.text.replace(STRANGER, "*"), fact.place)
