"""What one allow statement grants, as a set of actions with where each pattern stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from lambdaward.analysis.access import Principal, Stated
from lambdaward.catalog import actions
from lambdaward.iam import Statement
from lambdaward.model import Place, Unknown, literal, unknowns


class Pattern(Struct, frozen=True):
    """One action pattern of a statement: where it stands, what it says, and the set of actions that it matches."""

    place: Place
    text: str
    mask: int


class Grant(Struct, frozen=True):
    """A statement of a principal. `mask` is the set of listed actions that it is about. `doubts` are patterns that are not
    known, so that it may be about any others; `unlisted` those that are known and match nothing that the catalogue lists."""

    role: Principal
    stated: Stated
    patterns: tuple[Pattern, ...]
    mask: int
    doubts: tuple[tuple[Place, Unknown], ...] = ()
    unlisted: tuple[tuple[Place, Unknown], ...] = ()

    def place(self, action: str) -> Place:
        """Where the pattern stands that names an action; the statement where none does (`NotAction`)."""
        number = actions().index(action)
        named = (p.place for p in self.patterns if isinstance(number, int) and p.mask >> number & 1)
        return self.stated.place if self.stated.statement.not_action else next(named, self.stated.place)

    @property
    def elsewhere(self) -> bool:
        """Whether the statement is in a policy of AWS, which the estate only attaches."""
        return not self.stated.written.here


class Reach(Struct, frozen=True):
    """Which actions a grant allows on any resource of their kind, and what would have to be known to say so of others."""

    actions: tuple[str, ...]
    doubts: tuple[Unknown, ...]


def granted(role: Principal, stated: Stated) -> Grant:
    """What a statement is about: what it grants, if it is an allow."""
    statement = stated.statement
    patterns: list[Pattern] = []
    doubts: list[tuple[Place, Unknown]] = []
    unlisted: list[tuple[Place, Unknown]] = []
    for part in statement.actions or ():
        place, known = stated.at(part), literal(part.value)
        if known is None:
            doubts.append((place, next(_why(part.value))))
        elif isinstance(found := _expanded(known), Unknown):
            unlisted.append((place, found))
        else:
            patterns.append(Pattern(place, known, found))
    return Grant(role, stated, tuple(patterns), _mask(patterns, statement), tuple(doubts), tuple(unlisted))


@lru_cache(maxsize=65_536)
def _expanded(pattern: str) -> int | Unknown:
    """The actions that a pattern matches: an account has the same few thousand patterns over and over."""
    return actions().expand(pattern)


def _mask(patterns: list[Pattern], statement: Statement) -> int:
    mask = 0
    for pattern in patterns:
        mask |= pattern.mask
    return actions().everything & ~mask if statement.not_action else mask


def _why(value: object) -> Iterator[Unknown]:
    yield from unknowns(value)  # type: ignore[arg-type]
    yield Unknown("a part of the action is only known after deployment")
