"""A statement made ready to be asked whether it applies to a request. Parts are compiled when they are first needed."""

from __future__ import annotations

from lambdaward.iam.conditions import Predicate
from lambdaward.iam.context import Context
from lambdaward.iam.evaluation.listed import Listed, listed
from lambdaward.iam.evaluation.principals import Whom
from lambdaward.iam.evaluation.request import Request
from lambdaward.iam.language import Part, Policy, Source
from lambdaward.iam.matching import Matcher, Pattern, Subject
from lambdaward.iam.truth import Doubt, Truth, and_, both, either, negate

Ready = tuple[tuple[Pattern, Doubt | None], ...]


class Clause:
    """One statement of a policy, compiled."""

    __slots__ = (
        "_actions",
        "_listed",
        "_matchers",
        "_predicates",
        "_resources",
        "_whom",
        "allow",
        "source",
        "statement",
        "variables",
    )

    def __init__(self, source: Source, *, variables: bool) -> None:
        self.source = source
        self.statement = source.statement
        self.allow = source.statement.allow
        self.variables = variables
        self._actions: Ready | None = None
        self._listed: Listed | None = None
        self._resources: Ready | None = None
        self._matchers: tuple[Matcher, ...] | None = None
        self._predicates: tuple[Predicate, ...] | None = None
        self._whom: Whom | None = None

    @property
    def actions(self) -> Ready:
        """The patterns of its actions, each with why it may not be there."""
        if self._actions is None:
            self._actions = _ready(self.statement.actions, variables=False, fold=True)
        return self._actions

    @property
    def listed(self) -> Listed:
        """What it is about among the actions that the catalogue lists."""
        if self._listed is None:
            self._listed = listed(self.statement)
        return self._listed

    @property
    def resources(self) -> Ready:
        """The patterns of its resources."""
        if self._resources is None:
            self._resources = _ready(self.statement.resources, variables=self.variables, resource=True)
        return self._resources

    @property
    def _certain(self) -> tuple[Matcher, ...]:
        """What matches its resources, where nothing but their texts decides."""
        if self._matchers is None:
            found = [pattern.matcher for pattern, doubt in self.resources if doubt is None]
            known = tuple(matcher for matcher in found if matcher is not None)
            self._matchers = known if len(known) == len(self.resources) else ()
        return self._matchers

    @property
    def whom(self) -> Whom | None:
        """Its principals, when it names any."""
        statement = self.statement
        if self._whom is None and statement.principals is not None:
            self._whom = Whom(statement.principals, self.source, negated=statement.not_principal)
        return self._whom

    def applies(self, request: Request) -> Truth:
        """Whether the statement applies to a request, whoever makes it."""
        return both((self.names_action(request.action), self.names_resource(request), self.holds(request)))

    def names_action(self, action: str) -> Truth:
        """Whether the statement is about an action, in lower case."""
        found = either(_certain(_same_action(pattern, action), doubt) for pattern, doubt in self.actions)
        return negate(found) if self.statement.not_action else found

    def names_resource(self, request: Request) -> Truth:
        """Whether the statement is about the resource of a request. One that names no resource is about the one it guards."""
        statement = self.statement
        if statement.resources is None:
            return True
        plain = request.target.plain
        if plain is not None and self._certain:
            return any(matcher(plain) for matcher in self._certain) is not statement.not_resource
        some = self.allow is not statement.not_resource
        found = either(
            _certain((pattern.meets if some else pattern.covers)(request.target, request.context), doubt)
            for pattern, doubt in self.resources
        )
        return negate(found) if statement.not_resource else found

    def holds(self, request: Request) -> Truth:
        """Whether every condition holds, and the statement is there at all."""
        context, source = request.context, self.source
        predicates = self._predicates
        if predicates is None:
            predicates = tuple(Predicate(c, variables=self.variables) for c in self.statement.conditions)
            self._predicates = predicates
        answer: Truth = True
        for predicate in predicates:
            truth = predicate.holds(context, source)
            if truth is False:
                return False
            if truth is not True:
                answer = and_(answer, truth)
        return and_(answer, Doubt(self.statement.doubts)) if self.statement.doubts else answer


def clauses(policy: Policy, name: str) -> tuple[Clause, ...]:
    """The statements of a policy, compiled; `name` is what explanations call the policy."""
    return tuple(Clause(Source(name, statement), variables=policy.variables) for statement in policy.statements)


_NOTHING = Context()


def _same_action(pattern: Pattern, action: str) -> Truth:
    matcher = pattern.matcher
    if matcher is not None:
        return matcher(action)
    return pattern.covers(Subject((action,)), _NOTHING)


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
