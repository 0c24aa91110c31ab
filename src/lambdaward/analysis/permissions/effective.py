"""What the own policies of a principal allow on a resource, all actions at once: every statement as a set of actions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from lambdaward.analysis.access import Access, Asker, Stated
from lambdaward.catalog import actions
from lambdaward.iam import Request, Statement, Textual, Truth, and_
from lambdaward.model import Unknown, literal


class Sets(Struct, frozen=True):
    """Actions that are surely allowed, and those that are perhaps."""

    sure: int = 0
    perhaps: int = 0

    def __and__(self, mask: int) -> Sets:
        return Sets(self.sure & mask, self.perhaps & mask)

    def __or__(self, other: Sets) -> Sets:
        sure = self.sure | other.sure
        return Sets(sure, (self.perhaps | other.perhaps) & ~sure)

    @property
    def any(self) -> int:
        """All that is not surely denied."""
        return self.sure | self.perhaps


class Line(Struct, frozen=True):
    """A statement, with the actions that it is surely about, and those that it may be about."""

    stated: Stated
    certain: int
    possible: int

    @property
    def allow(self) -> bool:
        """Whether it allows."""
        return self.stated.statement.allow

    def reaches(self, request: Request) -> Truth:
        """Whether it applies to a request, for its actions."""
        named = self.stated.clause.names_resource(request)
        return named if named is False else and_(named, self.stated.clause.holds(request))


class Effective:
    """The permissions of one principal by its identity policies and boundary. `hidden` are policies that were not seen: what they
    allow or deny is not counted."""

    def __init__(self, access: Access, asker: Asker) -> None:
        self.asker = asker
        who = asker.principal
        boundary = access.boundary(who)
        written = (*access.policies(who), *((boundary,) if boundary else ()))
        self.lines = tuple(map(line, access.binding(who)))
        self._by_mask: dict[int, tuple[tuple[Line, ...], tuple[Line, ...]]] = {}
        self.limits = None if boundary is None else tuple(map(line, access.stated(boundary)))
        unseen = (Unknown(asker.unseen),) if asker.unseen else ()
        self.hidden = (*unseen, *(unknown for one in written for unknown in one.policy.unknown))

    @property
    def granted(self) -> int:
        """Every action that some statement may allow on something, denies and boundary aside."""
        return _union(one.possible for one in self.lines if one.allow)

    @property
    def within(self) -> int:
        """Every action that the boundary may allow on something."""
        return actions().everything if self.limits is None else _union(one.possible for one in self.limits if one.allow)

    def on(self, request: Request, mask: int) -> Sets:
        """Which actions of a set are allowed on the resource of a request, whichever its own action."""
        lines, limits = self._about(mask)
        own = _of(lines, request) & mask
        if self.limits is None or not own.any:
            return own
        limit = _of(limits, request)
        sure = own.sure & limit.sure
        return Sets(sure, own.any & limit.any & ~sure)

    def _about(self, mask: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """The statements, and those of the boundary, that are about some action of a set."""
        if mask not in self._by_mask:
            kept = [tuple(one for one in lines if one.possible & mask) for lines in (self.lines, self.limits or ())]
            self._by_mask[mask] = kept[0], kept[1]
        return self._by_mask[mask]


def _of(lines: Iterable[Line], request: Request) -> Sets:
    allowed = perhaps = denied = hindered = 0
    for one in lines:
        truth = one.reaches(request)
        if truth is False:
            continue
        certain = one.certain if truth is True else 0
        if one.allow:
            allowed |= certain
            perhaps |= one.possible
        else:
            denied |= certain
            hindered |= one.possible
    sure = allowed & ~hindered
    return Sets(sure, perhaps & ~denied & ~sure)


def line(stated: Stated) -> Line:
    """A statement as sets of actions."""
    return Line(stated, *about(stated.statement))


def about(statement: Statement) -> tuple[int, int]:
    """The listed actions that a statement is surely about, and those that it may be about. What the catalogue does not list is in
    neither."""
    said = tuple((part.value, part.doubt is None) for part in statement.actions or ())
    return _about(said, statement.not_action)


@lru_cache(maxsize=16_384)
def _about(said: tuple[tuple[Textual, bool], ...], negated: bool) -> tuple[int, int]:  # noqa: FBT001 - a cache's key
    everything = actions().everything
    certain = possible = 0
    for value, is_there in said:
        known = literal(value)
        found = everything if known is None else actions().expand(known)
        mask = found if isinstance(found, int) else 0
        possible |= mask
        certain |= mask if is_there and known is not None else 0
    return (everything & ~possible, everything & ~certain) if negated else (certain, possible)


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
