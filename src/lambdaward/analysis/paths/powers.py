"""What one principal may do, with sets of actions before questions: most methods fail on the sets already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from lambdaward.analysis.access import Access, Principal, Stated
from lambdaward.analysis.arns import fields
from lambdaward.analysis.paths.candidate import Arn
from lambdaward.analysis.paths.columns import Column, Rows, bits
from lambdaward.analysis.paths.imagined import Home, named, strangers
from lambdaward.analysis.roles import Grant, granted
from lambdaward.catalog import actions
from lambdaward.model import Fact, No, Pseudo, Text, Unknown, Unsure, Value, Verdict, Yes, show, text

Keys = Mapping[str, Value]
_ANY = "*"
# The one action whose requests carry the key.
_PASSING, _PASSED = "iam:PassRole", "iam:PassedToService"


Matcher = Callable[[str], bool]


class About(Struct, frozen=True):
    """What matches the resources of an action, each with its statement; `decides` when nothing else has a say."""

    patterns: tuple[tuple[Matcher, Stated], ...]
    decides: bool


class Imagined(Struct, frozen=True):
    """ARNs of no resource of the estate: of any one of a kind, and of those that policies name."""

    strangers: tuple[str | Text, ...]
    named: tuple[str | Text, ...]


class Powers:
    """The permissions of a principal. `may` are the actions that it is perhaps allowed on something, `freely` those that it is
    surely allowed on everything, whatever else a request says."""

    def __init__(self, access: Access, principal: Principal) -> None:
        self.principal = principal
        self._access = access
        self._answers: dict[tuple[str, Arn, tuple[tuple[str, Value], ...]], Verdict] = {}
        self._asking: dict[str, frozenset[str]] = {}
        self._about: dict[str, About | None] = {}
        self._imagined: dict[tuple[str, tuple[str, ...]], Imagined] = {}
        self._over: dict[tuple[str, Column, tuple[tuple[str, Value], ...]], Rows] = {}
        said = tuple(granted(principal, stated) for stated in access.statements(principal))
        self.grants = tuple(grant for grant in said if grant.stated.statement.allow)
        self.may, self.freely = _sets(said)
        self._said = said
        self._hidden = any(written.policy.unknown for written in access.policies(principal))
        if self._hidden:
            self.freely = 0
        self.bounded = access.boundary(principal) is not None
        if self.bounded:
            self._bound()

    def _bound(self) -> None:
        boundary = self._access.boundary(self.principal)
        if boundary is None or boundary.policy.unknown:
            self.freely = 0
            return
        said = tuple(granted(self.principal, stated) for stated in self._access.stated(boundary))
        self._said += said
        may, freely = _sets(said)
        self.may &= may
        self.freely &= freely

    @cached_property
    def arn(self) -> Arn:
        """The principal's own ARN."""
        found = self._access.names.arn(self.principal.id)
        return found if isinstance(found, str | Text | Unknown) else Unknown("the principal's name has alternatives")

    def allowed(self, action: str, resource: Arn, keys: Keys) -> Verdict:
        """Whether an action is allowed on a resource, in a request with these keys and others that are not known."""
        number = actions().index(action)
        if isinstance(number, int) and self.freely >> number & 1:
            grant = next(grant for grant in self.granting(action) if _freely(grant.stated))
            return Yes((Fact(f"{grant.stated.shown} allows {action} on {show(resource)}", grant.stated.place),))
        settled = self._settled(action, resource)
        if settled is not None:
            return settled
        keys = self._asked_for(action, keys)
        key = action, resource, tuple(keys.items())
        if key not in self._answers:
            context = {**self.usual(resource), **(keys if action == _PASSING else {_PASSED: None, **keys})}
            self._answers[key] = self._access.allows(self.principal, action, resource, context)
        return self._answers[key]

    def _asked_for(self, action: str, keys: Keys) -> Keys:
        """The keys that a statement about an action asks for: others change nothing."""
        if not keys:
            return keys
        if action not in self._asking:
            self._asking[action] = frozenset(_conditions(self._naming(action)))
        asking = self._asking[action]
        return keys if _ANY in asking else {key: value for key, value in keys.items() if key.lower() in asking}

    def _naming(self, action: str) -> list[Stated]:
        """The statements that are about an action, or may be."""
        number = actions().index(action)
        return [
            said.stated
            for said in self._said
            if isinstance(number, Unknown) or said.doubts or said.unlisted or said.mask >> number & 1
        ]

    def _settled(self, action: str, resource: Arn) -> Verdict | None:
        """The answer where the patterns of the statements give it, without the engine: no when none that allows the action is
        about the resource, yes when nothing but a pattern decides."""
        if not isinstance(resource, str) or ("*" in resource and not (resource == "*" and _on_nothing(action))):
            return None
        if action not in self._about:
            self._about[action] = self._patterns(action)
        about = self._about[action]
        if about is None:
            return None
        by = next((stated for matches, stated in about.patterns if matches(resource)), None)
        if by is None:
            return No()
        return Yes((Fact(f"{by.shown} allows {action} on {resource}", by.place),)) if about.decides else None

    def _patterns(self, action: str) -> About | None:
        """What the statements that allow an action are about; `None` where patterns do not tell."""
        if isinstance(number := actions().index(action), Unknown) or self._hidden or any(g.doubts for g in self._said):
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
            not grant.stated.statement.allow or grant.stated.statement.conditions or _doubtful(grant.stated)
            for grant in self._said
            if grant.mask >> number & 1
        )
        return About(tuple(found), not limited)

    def imagined(self, form: str, names: tuple[str, ...]) -> Imagined:
        """Resources that are not in the estate and that the statements which allow some actions may be about."""
        if (form, names) not in self._imagined:
            statements = [grant.stated.statement for name in names for grant in self.granting(name)]
            found = strangers(form, statements, self._home), named(form, statements, self._home)
            self._imagined[form, names] = Imagined(*found)
        return self._imagined[form, names]

    @cached_property
    def _home(self) -> Home:
        arn = fields(self.arn)
        region = self._access.names.resolve(text(Pseudo("AWS::Region", self.principal.id.stack)))
        return {
            "Partition": arn[1] if arn else "aws",
            "Region": region if isinstance(region, str | Text) else "us-east-1",
            "Account": arn[4] if arn else "000000000000",
        }

    def over(self, action: str, column: Column, keys: Keys) -> Rows:
        """Of which resources of a column an action is allowed. The engine is asked of one resource of each set that no
        statement about the action tells apart: what else a request says does not depend on the resource."""
        number = actions().index(action)
        if isinstance(number, int) and not self.may >> number & 1:
            return Rows(0, 0)
        if isinstance(number, int) and self.freely >> number & 1:
            return Rows(column.everything, 0)
        keys = self._asked_for(action, keys)
        key = action, column, tuple(keys.items())
        if key not in self._over:
            self._over[key] = self._asked_over(action, column, keys)
        return self._over[key]

    def _asked_over(self, action: str, column: Column, keys: Keys) -> Rows:
        patterns = (pattern for stated in self._naming(action) for pattern, _ in stated.clause.resources)
        sure = open_ = 0
        for rows in column.classes(patterns):
            match self.allowed(action, column.candidates[next(bits(rows))].arn, keys):
                case Yes():
                    sure |= rows
                case Unsure():
                    open_ |= rows
        return Rows(sure, open_)

    def granting(self, action: str) -> tuple[Grant, ...]:
        """The grants that name an action."""
        number = actions().index(action)
        return tuple(grant for grant in self.grants if isinstance(number, int) and grant.mask >> number & 1)

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


def _sets(grants: Iterable[Grant]) -> tuple[int, int]:
    """What some policies perhaps allow on something, and what they surely allow on everything."""
    may = freely = 0
    never, hindered = 0, 0
    for said in grants:
        stated = said.stated
        if stated.statement.allow:
            may |= actions().everything if said.doubts and stated.statement.not_action else said.mask
            freely |= said.mask if _freely(stated) and not said.doubts else 0
        else:
            hindered |= actions().everything if said.doubts else said.mask
            never |= said.mask if _freely(stated) and not said.doubts else 0
    return may & ~never, freely & ~hindered


def _conditions(found: Iterable[Stated]) -> Iterator[str]:
    """The keys that the conditions of some statements ask for, in lower case, `*` where a value may name others."""
    for condition in (condition for stated in found for condition in stated.statement.conditions):
        yield condition.key.lower()
        if any(not isinstance(part.value, str) or "${" in part.value for part in condition.values):
            yield _ANY
    for stated in found:
        if any(not isinstance(part.value, str) or "${" in part.value for part in stated.statement.resources or ()):
            yield _ANY


def _on_nothing(action: str) -> bool:
    """Whether an action works on no resource."""
    number = actions().index(action)
    return isinstance(number, int) and bool(actions().wildcard_only >> number & 1)


def _doubtful(stated: Stated) -> bool:
    """Whether a statement may not be there, or not about its actions."""
    said = stated.statement
    return bool(said.doubts) or any(part.doubt is not None for part in said.actions or ())


def _freely(stated: Stated) -> bool:
    """Whether a statement is about every resource, surely and without conditions."""
    said = stated.statement
    every = not said.not_resource and any(part.value == "*" and part.doubt is None for part in said.resources or ())
    return every and not said.conditions and not _doubtful(stated)
