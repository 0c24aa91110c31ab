"""What one principal may do, with sets of actions before questions: most methods fail on the sets already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial

from msgspec import Struct

from lambdaward.analysis.access import (
    ANY_KEY,
    Access,
    Concern,
    Documents,
    Principal,
    Stated,
    is_doubtful,
    is_free,
    told_apart,
)
from lambdaward.analysis.arns import fields
from lambdaward.analysis.paths.candidate import Arn
from lambdaward.analysis.paths.columns import Column, Rows, bits, everywhere
from lambdaward.analysis.paths.imagined import Home, named, strangers
from lambdaward.analysis.roles import Grant
from lambdaward.catalog import actions
from lambdaward.iam import Clause
from lambdaward.model import Fact, No, Pseudo, Text, Unknown, Value, Verdict, Yes, show, text

Keys = Mapping[str, Value]
# The one action whose requests carry the key.
_PASSING, _PASSED = "iam:PassRole", "iam:PassedToService"


Matcher = Callable[[str], bool]


class Plain(Struct, frozen=True):
    """What matches the resources of an action, each with its statement; `decides` when nothing else has a say."""

    patterns: tuple[tuple[Matcher, Stated], ...]
    decides: bool


class Imagined(Struct, frozen=True):
    """ARNs of no resource of the estate: of any one of a kind, and of those that policies name."""

    strangers: tuple[str | Text, ...]
    named: tuple[str | Text, ...]


class Shared:
    """What was asked about principals to whom the same is allowed: the rows that were asked about with those that are allowed,
    and imagined resources."""

    __slots__ = ("imagined", "over")

    def __init__(self) -> None:
        self.over: dict[object, tuple[int, Rows]] = {}
        self.imagined: dict[object, Imagined] = {}


class Powers:
    """The permissions of a principal. `may` are the actions that it is perhaps allowed on something, `freely` those that it is
    surely allowed on everything, whatever else a request says."""

    def __init__(self, access: Access, principal: Principal, shared: Shared) -> None:
        self.principal = principal
        self._access = access
        self._answers: dict[tuple[object, ...], Verdict] = {}
        self._open: dict[tuple[object, ...], bool | None] = {}
        self._plain: dict[str, Plain | None] = {}
        self._shared = shared
        self._kinds: dict[str, tuple[object, ...]] = {}
        self._own, self._limits = access.documents(principal), access.bounds(principal)
        self.bounded = self._limits is not None
        self.may, self.freely = self._own.may, self._own.freely
        if self._limits is not None:
            self.may &= actions().everything if self._limits.hidden else self._limits.may
            self.freely &= self._limits.freely

    @cached_property
    def arn(self) -> Arn:
        """The principal's own ARN."""
        found = self._access.names.arn(self.principal.id)
        return found if isinstance(found, str | Text | Unknown) else Unknown("the principal's name has alternatives")

    def allowed(self, action: str, resource: Arn, keys: Keys) -> Verdict:
        """Whether an action is allowed on a resource, in a request with these keys and others that are not known."""
        number = actions().index(action)
        if isinstance(number, int) and self.freely >> number & 1:
            grant = next(grant for grant in self.granting(action) if is_free(grant.stated.clause))
            return Yes((Fact(f"{grant.stated.shown} allows {action} on {show(resource)}", grant.stated.place),))
        settled = self._settled(action, resource)
        if settled is not None:
            return settled
        keys = self._asked_for(action, keys)
        key = action, told_apart(resource), _told(keys)
        if key not in self._answers:
            context = self._context(action, resource, keys)
            self._answers[key] = self._access.allows(self.principal, action, resource, context)
        return self._answers[key]

    def open(self, action: str, resource: Arn, keys: Keys) -> bool | None:
        """The same answer without its reasons: true, false, or `None` where it is not known."""
        number = actions().index(action)
        if isinstance(number, int) and self.freely >> number & 1:
            return True
        keys = self._asked_for(action, keys)
        key = action, told_apart(resource), _told(keys)
        if key not in self._open:
            context = partial(self._context, action, resource, keys)
            self._open[key] = self._access.open(self.principal, action, resource, context)
        return self._open[key]

    def _context(self, action: str, resource: Arn, keys: Keys) -> Keys:
        """What is known of a request for an action. Only requests to pass a role say to which service."""
        return {**self.usual(resource), **(keys if action == _PASSING else {_PASSED: None, **keys})}

    def _concerns(self, action: str) -> tuple[Concern, ...]:
        """What the policies of the principal and its boundary say about an action."""
        return (*self._own.about(action), *(self._limits.about(action) if self._limits else ()))

    def _asked_for(self, action: str, keys: Keys) -> Keys:
        """The keys that a statement about an action asks for: others change nothing."""
        if not keys:
            return keys
        asking = {key for concern in self._concerns(action) for key in concern.keys}
        return keys if ANY_KEY in asking else {key: value for key, value in keys.items() if key.lower() in asking}

    def _settled(self, action: str, resource: Arn) -> Verdict | None:
        """The answer where the patterns of the statements give it, without the engine: no when none that allows the action is
        about the resource, yes when nothing but a pattern decides."""
        if not isinstance(resource, str) or ("*" in resource and not (resource == "*" and _on_nothing(action))):
            return None
        if action not in self._plain:
            self._plain[action] = self._patterns(action)
        plain = self._plain[action]
        if plain is None:
            return None
        by = next((stated for matches, stated in plain.patterns if matches(resource)), None)
        if by is None:
            return No()
        return Yes((Fact(f"{by.shown} allows {action} on {resource}", by.place),)) if plain.decides else None

    def _patterns(self, action: str) -> Plain | None:
        """What the statements that allow an action are about; `None` where patterns do not tell."""
        documents = (*self._own.every, *(self._limits.every if self._limits else ()))
        doubtful = any(clause.listed.doubts for document in documents for clause in document.clauses)
        if isinstance(actions().index(action), Unknown) or self._own.hidden or doubtful:
            return None
        found: list[tuple[Matcher, Stated]] = []
        for said in (grant.stated for grant in self.granting(action)):
            if said.statement.not_resource or said.statement.resources is None:
                return None
            for pattern, doubt in said.clause.resources:
                if pattern.matcher is None or doubt is not None:
                    return None
                found.append((pattern.matcher, said))
        limited = self.bounded or any(
            not clause.allow or clause.statement.conditions or is_doubtful(clause)
            for concern in self._own.about(action)
            for clause in concern.clauses
        )
        return Plain(tuple(found), not limited)

    def imagined(self, form: str, names: tuple[str, ...]) -> Imagined:
        """Resources that are not in the estate and that the statements which allow some actions may be about."""
        key = form, *map(self.kind, names)
        if key not in self._shared.imagined:
            statements = [clause.statement for name in names for clause in self._granting(name)]
            found = strangers(form, statements, self._home), named(form, statements, self._home)
            self._shared.imagined[key] = Imagined(*found)
        return self._shared.imagined[key]

    def _granting(self, action: str) -> Iterator[Clause]:
        """The allow statements of the principal's policies that name an action."""
        number = actions().index(action)
        for concern in self._own.about(action) if isinstance(number, int) else ():
            yield from (clause for clause, _ in concern.allows if clause.listed.mask >> number & 1)  # type: ignore[operator]

    @cached_property
    def _home(self) -> Home:
        arn = fields(self.arn)
        region = self._access.names.resolve(text(Pseudo("AWS::Region", self.principal.id.stack)))
        return {
            "Partition": arn[1] if arn else "aws",
            "Region": region if isinstance(region, str | Text) else "us-east-1",
            "Account": arn[4] if arn else "000000000000",
        }

    def over(self, action: str, column: Column, keys: Keys, among: int = -1) -> Rows:
        """Of which resources of a column an action is allowed, at least among some rows. The engine is asked of one resource of
        each set that no statement about the action tells apart: what else a request says does not depend on the resource."""
        number = actions().index(action)
        if isinstance(number, int) and not self.may >> number & 1:
            return Rows(0, 0)
        if isinstance(number, int) and self.freely >> number & 1:
            return Rows(column.everything, 0)
        keys = self._asked_for(action, keys)
        key = self.kind(action), column, _told(keys)
        asked, found = self._shared.over.get(key, (0, Rows(0, 0)))
        if wanted := among & column.everything & ~asked:
            found |= self._asked_over(action, column, keys, wanted)
            self._shared.over[key] = asked | wanted, found
        return found

    def _asked_over(self, action: str, column: Column, keys: Keys, wanted: int) -> Rows:
        clauses = (clause for concern in self._concerns(action) for clause in concern.clauses)
        found = Rows(0, 0)
        for rows in column.classes((pattern for clause in clauses for pattern, _ in clause.resources), wanted):
            found |= everywhere(self.open(action, column.candidates[next(bits(rows))].arn, keys), rows)
        return found

    def kind(self, action: str) -> tuple[object, ...]:
        """What is the same for principals to whom the same is allowed of an action, on every resource."""
        if action not in self._kinds:
            keys = frozenset[str]().union(*(concern.keys for concern in self._concerns(action)))
            alone = self.principal.id if ANY_KEY in keys or "aws:principalarn" in keys else None
            within = _said(self._limits, action) if self._limits else None
            self._kinds[action] = _said(self._own, action), within, *self._home.values(), alone
        return self._kinds[action]

    def granting(self, action: str) -> tuple[Grant, ...]:
        """The grants that name an action."""
        number = actions().index(action)
        if not isinstance(number, int) or not self._own.may >> number & 1:
            return ()
        stated = (one for one in self._access.statements(self.principal) if one.statement.allow)
        return tuple(Grant(self.principal, one) for one in stated if one.clause.listed.mask >> number & 1)

    def usual(self, resource: Arn) -> dict[str, Value]:
        """What holds of every request that the principal sends through an AWS SDK."""
        keys: dict[str, Value] = {
            "aws:SecureTransport": "true",
            "aws:ViaAWSService": "false",
            "aws:PrincipalArn": self.arn,
        }
        own, other = fields(self.arn), fields(resource)
        if own:
            keys["aws:PrincipalAccount"] = own[4]
            keys["aws:ResourceAccount"] = (other[4] if other else "") or own[4]
        return keys


def _told(keys: Keys) -> tuple[object, ...]:
    """Keys of a request as something that can be looked up."""
    return tuple(
        (key, told_apart(value) if isinstance(value, Text | Unknown) else value) for key, value in keys.items()
    )


def _said(documents: Documents, action: str) -> tuple[int, ...]:
    """The numbers of what some documents say about an action."""
    return documents.hidden, *(concern.kind for concern in documents.about(action))


def _on_nothing(action: str) -> bool:
    """Whether an action works on no resource."""
    number = actions().index(action)
    return isinstance(number, int) and bool(actions().wildcard_only >> number & 1)
