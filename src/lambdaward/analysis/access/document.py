"""A policy document made ready to be asked, once for everything that attaches it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct, structs

from lambdaward.analysis.access.attached import Written
from lambdaward.catalog import actions
from lambdaward.iam import Clause, Part, Policy, Request, Source, Textual, Truth
from lambdaward.model import Text, Unknown

# A key that stands for every key.
ANY = "*"


class Sets(Struct, frozen=True):
    """Actions that settle most questions before any statement is asked: `may` are those that are perhaps allowed on something,
    `freely` those that are surely allowed on everything, whatever else a request says; `hindered` and `never` are the same of
    what is denied."""

    may: int = 0
    freely: int = 0
    hindered: int = 0
    never: int = 0

    def __or__(self, other: Sets) -> Sets:
        return Sets(
            self.may | other.may, self.freely | other.freely, self.hindered | other.hindered, self.never | other.never
        )


class Concern:
    """The statements about an action, each with whether it surely is about it. `keys` are those of a request that they ask
    for, in lower case; `ANY` among them stands for all. `kind` is the same number for those that say the same, of whichever
    documents."""

    __slots__ = ("_asked", "_said", "allows", "denies", "keys", "kind")

    def __init__(self, named: Iterable[tuple[Clause, Truth]], kind: int) -> None:
        surely = [(clause, truth is True) for clause, truth in named]
        self.denies = tuple(one for one in surely if not one[0].allow)
        self.allows = tuple(one for one in surely if one[0].allow)
        self.keys = frozenset(key for clause, _ in surely for key in _keys(clause))
        self.kind = kind
        self._asked = tuple(sorted(self.keys))
        self._said: dict[tuple[object, ...], tuple[bool | None, bool | None]] = {}

    @property
    def clauses(self) -> Iterator[Clause]:
        """The statements."""
        return (clause for clause, _ in (*self.denies, *self.allows))

    def says(self, request: Request) -> tuple[bool | None, bool | None]:
        """Whether they deny a request for the action, and whether they allow it: true, false, or `None` where that is not
        known. It is asked once for all requests that differ in nothing they ask for."""
        if ANY in self.keys:
            return _any(self.denies, request), _any(self.allows, request)
        told = (request.context.get(asked) for asked in self._asked)
        values = ((type(one), *map(told_apart, one)) if isinstance(one, tuple) else one for one in told)
        key = told_apart(request.resource), request.target.wild, *values
        if key not in self._said:
            self._said[key] = _any(self.denies, request), _any(self.allows, request)
        return self._said[key]


class Document:
    """The statements of a policy. `policy` is kept for as long as this is; `kinds` are the numbers of what was said so far in an
    estate."""

    def __init__(self, policy: Policy, clauses: Iterable[Clause], kinds: dict[object, int]) -> None:
        self.policy = policy
        self.clauses = tuple(clauses)
        self._kinds = kinds
        self._concerns: dict[str, Concern | None] = {}

    @cached_property
    def sets(self) -> Sets:
        """What it allows and denies, at first sight."""
        may = freely = hindered = never = 0
        for clause in self.clauses:
            listed, free = clause.listed, is_free(clause) and not clause.listed.doubts
            doubtful = actions().everything if listed.doubts else 0
            if clause.allow:
                may |= doubtful if doubtful and clause.statement.not_action else listed.mask
                freely |= listed.mask if free else 0
            else:
                hindered |= doubtful or listed.mask
                never |= listed.mask if free else 0
        return Sets(may, freely, hindered, never)

    @cached_property
    def touched(self) -> int:
        """The listed actions that its statements are about, or may be."""
        found = 0
        for clause in self.clauses:
            found |= actions().everything if clause.listed.doubts else clause.listed.mask
        return found

    def about(self, action: str, number: int | Unknown) -> Concern | None:
        """What it says about an action; `None` when it says nothing."""
        if isinstance(number, int) and not self.touched >> number & 1:
            return None
        if action not in self._concerns:
            named = [(one, truth) for one in self.clauses if (truth := _names(one, action, number)) is not False]
            said = tuple((_content(clause), truth is True) for clause, truth in named)
            self._concerns[action] = Concern(named, self._kinds.setdefault(said, len(self._kinds))) if said else None
        return self._concerns[action]


class Documents:
    """The policies of one kind that a principal has. `hidden`: whether there may be statements that are not seen. `may` are the
    actions that they perhaps allow on something, `freely` those that they surely allow on everything."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.every = tuple(documents)
        self.hidden = any(one.policy.unknown for one in self.every)
        self._about: dict[str, tuple[Concern, ...]] = {}
        sets = Sets()
        for document in self.every:
            sets |= document.sets
        self.may = sets.may & ~sets.never
        self.freely = 0 if self.hidden else sets.freely & ~sets.hindered

    def about(self, action: str) -> tuple[Concern, ...]:
        """What they say about an action, document by document."""
        if action not in self._about:
            number = actions().index(action)
            found = (document.about(action, number) for document in self.every)
            self._about[action] = tuple(concern for concern in found if concern)
        return self._about[action]

    def answer(self, action: str, request: Request) -> bool | None:
        """Whether they allow a request for an action, as the engine says but without reasons: true, false, or `None` where it is
        not known."""
        said = [concern.says(request) for concern in self.about(action)]
        denied = _either(deny for deny, _ in said)
        if denied is True or self.hidden:
            return False if denied else None
        allowed = _either(allow for _, allow in said)
        return allowed if denied is False or allowed is False else None


def compiled(written: Written, kinds: dict[object, int]) -> Document:
    """A policy made ready. The statements of one that may not be attached are doubtful."""
    doubts = () if written.doubt is None else (written.doubt,)
    statements = written.policy.statements
    said = (structs.replace(one, doubts=(*one.doubts, *doubts)) if doubts else one for one in statements)
    clauses = (Clause(Source(written.name, one), variables=written.policy.variables) for one in said)
    return Document(written.policy, clauses, kinds)


def _either(answers: Iterable[bool | None]) -> bool | None:
    """Whether any is so."""
    found: bool | None = False
    for one in answers:
        if one:
            return True
        found = None if one is None else found
    return found


def _any(statements: Iterable[tuple[Clause, bool]], request: Request) -> bool | None:
    """Whether any statement applies."""
    found: bool | None = False
    for clause, certain in statements:
        named = clause.names_resource(request)
        held = named if named is False else clause.holds(request)
        if held is True and named is True and certain:
            return True
        found = found if held is False else None
    return found


def is_free(clause: Clause) -> bool:
    """Whether a statement is about every resource, surely and without conditions."""
    said = clause.statement
    if said.conditions or said.not_resource:
        return False
    return any(part.value == "*" and part.doubt is None for part in said.resources or ()) and not is_doubtful(clause)


def is_doubtful(clause: Clause) -> bool:
    """Whether a statement may not be there, or not about its actions."""
    said = clause.statement
    return bool(said.doubts or clause.listed.conditional)


def _names(clause: Clause, action: str, number: int | Unknown) -> Truth:
    """Whether a statement is about an action; the sets tell where its patterns are known and the action is listed."""
    if isinstance(number, int) and clause.listed.plain:
        return bool(clause.listed.mask >> number & 1)
    return clause.names_action(action.lower())


def _content(clause: Clause) -> tuple[object, ...]:
    """What a statement says of resources and requests, wherever it stands."""
    said = clause.statement
    conditions = tuple((one.name, one.key.lower(), _values(one.values)) for one in said.conditions)
    resources = None if said.resources is None else _values(said.resources)
    return clause.allow, said.not_resource, resources, conditions, said.doubts, clause.variables


def _values(parts: Iterable[Part]) -> tuple[object, ...]:
    return tuple((told_apart(part.value), part.doubt) for part in parts)


def told_apart(value: Textual) -> object:
    """What is equal for texts that are surely the same: two unknowns with the same words may be two values."""
    if isinstance(value, Text):
        return tuple(id(part) if isinstance(part, Unknown) else part for part in value.parts)
    return id(value) if isinstance(value, Unknown) else value


def _keys(clause: Clause) -> Iterator[str]:
    """The keys that a statement asks for."""
    said = clause.statement
    for condition in said.conditions:
        yield condition.key.lower()
        if any(not isinstance(part.value, str) or "${" in part.value for part in condition.values):
            yield ANY
    if any(not isinstance(part.value, str) or "${" in part.value for part in said.resources or ()):
        yield ANY
