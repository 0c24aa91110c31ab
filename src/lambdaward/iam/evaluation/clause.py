"""A statement made ready to be asked whether it applies to a request."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lambdaward.iam.conditions import Predicate
from lambdaward.iam.context import Context
from lambdaward.iam.language import Part, Policy, Source, Textual
from lambdaward.iam.matching import Pattern, Subject, subject
from lambdaward.iam.truth import Doubt, Truth, both, either, negate

Ready = tuple[tuple[Pattern, Doubt | None], ...]


class Asked(Struct, frozen=True):
    """What is asked of statements: an action on a resource. A resource with wildcards stands for every resource they match:
    an allow applies when it reaches one of them, a deny when it reaches all."""

    action: Subject
    resource: Subject
    context: Context


def asked(action: str, resource: Textual, context: Context) -> Asked:
    """What is asked, made ready."""
    return Asked(subject(action, fold=True), subject(resource, wildcards=True), context)


class Clause:
    """One statement of a policy, compiled."""

    __slots__ = ("_actions", "_doubt", "_predicates", "_resources", "source", "statement")

    def __init__(self, source: Source, *, variables: bool) -> None:
        statement = source.statement
        self.source = source
        self.statement = statement
        self._actions = _ready(statement.actions, variables=False, fold=True)
        self._resources = _ready(statement.resources, variables=variables, resource=True)
        self._predicates = tuple(Predicate(condition, variables=variables) for condition in statement.conditions)
        self._doubt = Doubt(statement.doubts) if statement.doubts else True

    def applies(self, request: Asked) -> Truth:
        """Whether the statement applies to what is asked, whoever asks."""
        return both(self._tested(request))

    def names_action(self, action: Subject, context: Context) -> Truth:
        """Whether the statement is about an action."""
        found = either(_certain(pattern.covers(action, context), doubt) for pattern, doubt in self._actions)
        return negate(found) if self.statement.not_action else found

    def _tested(self, request: Asked) -> Iterator[Truth]:
        yield self.names_action(request.action, request.context)
        yield self._names_resource(request)
        for predicate in self._predicates:
            yield predicate.holds(request.context, self.source)
        yield self._doubt

    def _names_resource(self, request: Asked) -> Truth:
        statement = self.statement
        if statement.resources is None:
            return True
        some = statement.allow != statement.not_resource
        found = either(
            _certain((pattern.meets if some else pattern.covers)(request.resource, request.context), doubt)
            for pattern, doubt in self._resources
        )
        return negate(found) if statement.not_resource else found


def clauses(policy: Policy, name: str) -> tuple[Clause, ...]:
    """The statements of a policy, compiled; `name` is what explanations call the policy."""
    return tuple(Clause(Source(name, statement), variables=policy.variables) for statement in policy.statements)


def _ready(parts: tuple[Part, ...] | None, *, variables: bool, resource: bool = False, fold: bool = False) -> Ready:
    return tuple(
        (
            Pattern(part.value, variables=variables, resource=resource, fold=fold),
            None if part.doubt is None else Doubt((part.doubt,)),
        )
        for part in parts or ()
    )


def _certain(truth: Truth, doubt: Doubt | None) -> Truth:
    return truth if doubt is None else both((truth, doubt))
