"""How a method of the catalogue is asked: its variables in groups that can be chosen apart from each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lambdaward.analysis.paths.candidate import kind_of
from lambdaward.catalog import Action, Escalation, Fact, Relation, Step, actions
from lambdaward.catalog.escalation import NEW, OWN, SELF
from lambdaward.model import Unknown

# The facts that list what they tie to a resource.
LINKING = frozenset({Relation.RUNS_AS, Relation.USES, Relation.ATTACHED})
_TYPE = 2  # the place of the service in an ARN


class Variable(Struct, frozen=True):
    """A variable of a method: `function:target`. `form` is the form of the ARNs that it stands for."""

    name: str
    form: str

    @property
    def kind(self) -> str:
        """The resource type."""
        return kind_of(self.name)

    @property
    def service(self) -> str:
        """The service of the resource type."""
        return self.form.split(":")[_TYPE] if self.form else ""

    @property
    def loose(self) -> bool:
        """Whether it is made on the way or brought along, not found."""
        return self.name.partition(":")[2] in (NEW, OWN)


class Group(Struct, frozen=True):
    """Variables that steps and facts tie to each other, those that a fact derives from others last; with these steps, these
    facts about resources (`facts`), and those about the intruder as well (`own`). `asked` and `told` are all steps and all facts,
    each with its variables. `key` is the same for groups that ask the same, of whichever methods."""

    key: str
    variables: tuple[Variable, ...]
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...]
    own: tuple[Fact, ...]
    asked: tuple[tuple[Step, frozenset[str]], ...]
    told: tuple[tuple[Fact, frozenset[str]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its variables."""
        return tuple(variable.name for variable in self.variables)

    @property
    def found(self) -> tuple[Variable, ...]:
        """The variables that stand for what exists."""
        return tuple(variable for variable in self.variables if not variable.loose)

    @property
    def loose(self) -> tuple[Variable, ...]:
        """The other ones."""
        return tuple(variable for variable in self.variables if variable.loose)

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions of the intruder's own steps."""
        return tuple(dict.fromkeys(step.action for step in self.steps if step.by == SELF))

    @property
    def alone(self) -> bool:
        """Whether the answer depends on which principal asks, beside what its policies say."""
        attached = any(fact.relation is Relation.ATTACHED for fact in self.facts)
        return bool(self.own) or attached or any(step.on == SELF for step in self.steps)

    @property
    def roots(self) -> tuple[str, ...]:
        """The variables that stand for what exists and that no fact ties to others."""
        tied = {fact.to for fact in self.facts if fact.relation in LINKING}
        return tuple(variable.name for variable in self.found if variable.name not in tied)


class Plan(Struct, frozen=True):
    """A method, ready to be asked. `needed` are the listed actions of the intruder's own steps, `fixed` and `facts` the steps
    and facts about no variable."""

    method: Escalation
    needed: int
    fixed: tuple[Step, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]

    def group(self, name: str) -> Group | None:
        """The group of a variable."""
        return next((group for group in self.groups if name in group.names), None)


def plan(method: Escalation) -> Plan:
    """The plan of a method."""
    return Plan(
        method=method,
        needed=method.needed,
        fixed=tuple(step for step in method.steps if not variables(step)),
        facts=tuple(fact for fact in method.given if not ends(fact)),
        groups=tuple(_group(method, names) for names in _tied(method)),
    )


def variables(step: Step) -> set[str]:
    """The variables of a step."""
    return {name for name in (step.on, step.by, *step.keys.values()) if ":" in name}


def ends(fact: Fact) -> set[str]:
    """The variables of a fact."""
    return {end for end in (fact.of, fact.to) if ":" in end}


def _tied(method: Escalation) -> Iterator[tuple[str, ...]]:
    """The variables in groups: those that a fact derives from others come last."""
    ties = [ends(fact) for fact in method.given] + [variables(step) for step in method.steps]
    groups: list[set[str]] = []
    for tie in filter(None, ties):
        touched = [group for group in groups if group & tie]
        groups = [group for group in groups if not group & tie] + [set().union(tie, *touched)]
    stepped = {name for step in method.steps for name in (step.on, *step.keys.values())}
    derived = {fact.to for fact in method.given}
    order = sorted(set().union(*groups), key=lambda name: (name in derived, name not in stepped, name))
    return (tuple(name for name in order if name in group) for group in groups)


def _group(method: Escalation, names: tuple[str, ...]) -> Group:
    facts = [fact for fact in method.given if ends(fact) & set(names)]
    steps = tuple(step for step in method.steps if variables(step) & set(names))
    return Group(
        key=repr((names, [(step.action, step.on, step.by, *step.keys.items()) for step in steps], facts)),
        variables=tuple(Variable(name, _form(method, name)) for name in names),
        steps=steps,
        facts=tuple(fact for fact in facts if SELF not in (fact.of, fact.to)),
        own=tuple(fact for fact in facts if SELF in (fact.of, fact.to)),
        asked=tuple((step, frozenset(variables(step))) for step in steps),
        told=tuple((fact, frozenset(ends(fact))) for fact in facts),
    )


def _form(method: Escalation, name: str) -> str:
    """The form of the ARNs that a variable stands for."""
    kind = kind_of(name)
    for step in method.steps:
        known = actions().action(step.action) if step.on == name else None
        for target in (known.targets or ()) if isinstance(known, Action) else ():
            if target.type.name.replace(" ", "-") == kind:
                return target.type.arn
    keys = (key.partition(":")[0] for step in _on(method.steps, name) for key in step.keys)
    types = (kinds for kinds in map(actions().resource_types, (*keys, "iam")) if not isinstance(kinds, Unknown))
    return next((one.arn for kinds in types for one in kinds if one.name.replace(" ", "-") == kind), "")


def _on(steps: Iterable[Step], name: str) -> Iterator[Step]:
    return (step for step in steps if name in (step.on, *step.keys.values()) and step.by == SELF)
