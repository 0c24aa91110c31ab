"""An equivalent and smaller policy: what another part covers goes, what differs in one list only becomes one statement.

Each step takes something away, or joins two statements in a way that is exact; what a step takes away is proved to change
nothing. Equivalent means that every request has the same outcome, and that other policies beside this one make no difference:
explicit denies stay, and what a principal is named by stays, as an allow is worth more to a role by its name than by its account.
No list is replaced by a wildcard, since that would allow what AWS adds one day. At the end all is proved in both directions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from lambdaward.iam.language import Part, Policy, Statement, parse
from lambdaward.iam.reasoning.actions import Actions
from lambdaward.iam.reasoning.budget import Budget, Undecided
from lambdaward.iam.reasoning.cells import length
from lambdaward.iam.reasoning.merging import merged
from lambdaward.iam.reasoning.questions import settled
from lambdaward.iam.reasoning.strings import Glob, Wanted, find, glob
from lambdaward.iam.reasoning.written import size, written
from lambdaward.model import Value

STEPS = 4_000_000
_ROUNDS = 4
Read = Callable[[str], Glob]
View = tuple[bool, Hashable]  # whether it allows, and its principal element
_EVERYBODY = "everybody"
_NOTHING = Policy()


class Minimal(Struct, frozen=True):
    """The smaller policy, or the given one when none is found. `unknown` is why there may be a smaller one yet."""

    document: Mapping[str, Value]
    before: int
    after: int
    """Characters, white space aside."""
    statements: tuple[int, int]
    """How many there were, and how many there are."""
    unknown: str = ""


def minimise(document: Mapping[str, Value], *, steps: int = STEPS) -> Minimal:
    """The smallest policy that is found to allow just what a document without faults does. Never raises."""
    given = parse(document)
    count, before = len(given.statements), size(document)
    same = Minimal(document, before, before, (count, count))
    try:
        work = _Work(given, Budget(steps))
        found = work.done()
        smaller: dict[str, Value] = {name: value for name, value in document.items() if name in ("Version", "Id")}
        smaller["Statement"] = tuple(map(written, found))
        after = size(smaller)
        if after >= before or not work.is_same(parse(smaller), Budget(steps)):
            return structs.replace(same, unknown=work.unknown)
    except Undecided as why:
        return structs.replace(same, unknown=str(why))
    return Minimal(smaller, before, after, (count, len(found)), work.unknown)


class _Work:
    """One policy on its way. Raises `Undecided`."""

    def __init__(self, given: Policy, budget: Budget) -> None:
        self.given = given
        self.budget = budget
        budget.spend(sum(map(length, given.statements)))
        self.actions = Actions(given.statements, budget, future=True)
        self.unknown = ""

    def done(self) -> list[Statement]:
        """The statements that are left."""
        found = list(self.given.statements)
        for _ in range(_ROUNDS):
            before = found
            found = self._without_needless(merged(map(self._without_covered, found)))
            if found == before:
                break
        return found

    def is_same(self, policy: Policy, budget: Budget) -> bool:
        """Whether a policy is proved to allow and deny what the given one does, and nothing else."""
        self.budget = budget
        before, after = views(self.given), views(policy)
        both = [(before.get(key, _NOTHING), after.get(key, _NOTHING)) for key in {**before, **after}]
        return all(self._gives_nothing(one, other) and self._gives_nothing(other, one) for one, other in both)

    def _gives_nothing(self, old: Policy, new: Policy) -> bool:
        answer = settled(old, new, self.budget, actions=self.actions)
        self.unknown = self.unknown or answer.unknown
        return answer.witness is None and not answer.unknown

    def _without_covered(self, statement: Statement) -> Statement:
        """A statement without the actions and resources that others in the same list cover."""

        def resource(value: str) -> Glob:
            return glob(value, variables=self.given.variables, resource=True)

        return structs.replace(
            statement,
            actions=self._kept(statement.actions, lambda value: glob(value.lower(), variables=False)),
            resources=self._kept(statement.resources, resource),
        )

    def _kept(self, parts: tuple[Part, ...] | None, read: Read) -> tuple[Part, ...] | None:
        if parts is None:
            return None
        globs = {read(str(part.value)): part for part in reversed(parts)}
        wide = [one for one in globs if not all(isinstance(token, str) for token in one)]
        kept = [part for one, part in globs.items() if not any(self._covers(w, one) for w in wide if w != one)]
        return tuple(reversed(kept))

    def _covers(self, wide: Glob, narrow: Glob) -> bool:
        return find(Wanted(((narrow,),), (wide,)), self.budget) is None

    def _without_needless(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements without those, and without the actions and resources, that change nothing."""
        overlaps = _Overlaps(statements, self.actions)
        found = list(statements)
        for statement in sorted(filter(overlaps.is_candidate, statements), key=lambda s: size(written(s))):
            rest = [one for one in found if one is not statement]
            if rest and self._may_be(found, rest, statement):
                found = rest
        for statement in tuple(found):
            place, smaller = found.index(statement), statement
            for what, part in overlaps.candidates(statement):
                less = _less(smaller, what, part)
                rest = [*found[:place], less, *found[place + 1 :]]
                if getattr(less, what) and self._may_be(found, rest, less):
                    found, smaller = rest, less
        return found

    def _may_be(self, statements: Sequence[Statement], rest: Sequence[Statement], gone: Statement) -> bool:
        """Whether statements may be replaced by others that are about less, being without (a part of) `gone`."""
        self.budget.spend(len(statements))
        before, after = (views(structs.replace(self.given, statements=tuple(s))) for s in (statements, rest))
        return all(
            self._gives_nothing(after.get(key, _NOTHING), view)
            for key, view in before.items()
            if key[0] is gone.allow and view != after.get(key)
        )


def views(policy: Policy) -> dict[View, Policy]:
    """What a policy allows, and what it denies, by each of its principal elements."""
    keys = dict.fromkeys(map(_view, policy.statements))
    denies = tuple(s for s in policy.statements if not s.allow)
    found = {}
    for allow, named in keys:
        same = [s for s in policy.statements if _view(s) in ((allow, named), (allow, _EVERYBODY))]
        kept = (*same, *denies) if allow else tuple(structs.replace(s, allow=True) for s in same)
        found[allow, named] = structs.replace(policy, statements=tuple(kept))
    return found


def _view(statement: Statement) -> View:
    if statement.principals is None:
        return statement.allow, None
    named = frozenset((p.kind, str(p.value)) for p in statement.principals)
    everybody = not statement.not_principal and named in (frozenset({("AWS", "*")}), frozenset({("*", "*")}))
    return statement.allow, _EVERYBODY if everybody else (statement.not_principal, named)


class _Overlaps:
    """Which parts of some statements may be needless: those with actions that other statements are about as well."""

    def __init__(self, statements: Sequence[Statement], actions: Actions) -> None:
        seen = self._shared = 0
        for statement in statements:
            mask = actions.mask(statement)
            self._shared |= seen & mask
            seen |= mask
        self._actions = actions

    def is_candidate(self, statement: Statement) -> bool:
        """Whether a statement may be needless. With conditions or exceptions it may be so that it never applies."""
        special = statement.conditions or statement.not_action or statement.not_resource
        return bool(special or self._actions.mask(statement) & self._shared)

    def candidates(self, statement: Statement) -> Iterator[tuple[str, Part]]:
        """The actions and resources of a statement that may be needless, each with the name of its list."""
        if not statement.not_action:
            for part in statement.actions or ():
                if self._actions.mask(_alone(statement, part)) & self._shared:
                    yield "actions", part
        if not statement.not_resource and self._actions.mask(statement) & self._shared:
            yield from (("resources", part) for part in statement.resources or ())


def _alone(statement: Statement, action: Part) -> Statement:
    return structs.replace(statement, actions=(action,), not_action=False)


def _less(statement: Statement, what: str, gone: Part) -> Statement:
    return structs.replace(statement, **{what: tuple(part for part in getattr(statement, what) if part is not gone)})
