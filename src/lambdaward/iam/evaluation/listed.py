"""What a statement is about among the actions that the catalogue lists, as a set."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from lambdaward.catalog import actions
from lambdaward.iam.language import Part, Statement, Textual
from lambdaward.model import Unknown, literal, unknowns


class Listed(Struct, frozen=True):
    """The listed actions that a statement is about: all of them (`mask`), and those that each of its patterns matches. `doubts`
    are patterns that are not known, so that it may be about any others; `unlisted` those that are known and match nothing.
    `conditional`: whether a pattern may not be there."""

    mask: int
    patterns: tuple[tuple[Part, int], ...]
    doubts: tuple[tuple[Part, Unknown], ...] = ()
    unlisted: tuple[tuple[Part, Unknown], ...] = ()
    conditional: bool = False

    @property
    def plain(self) -> bool:
        """Whether the set says all about the actions that are listed."""
        return not self.doubts and not self.conditional


def listed(statement: Statement) -> Listed:
    """What a statement is about."""
    patterns: list[tuple[Part, int]] = []
    doubts: list[tuple[Part, Unknown]] = []
    unlisted: list[tuple[Part, Unknown]] = []
    mask, conditional = 0, False
    for part in statement.actions or ():
        known = part.value if isinstance(part.value, str) else literal(part.value)
        conditional = conditional or part.doubt is not None
        if known is None:
            doubts.append((part, next(_why(part.value))))
        elif isinstance(found := _expanded(known), Unknown):
            unlisted.append((part, found))
        else:
            mask |= found
            patterns.append((part, found))
    if statement.not_action:
        mask = actions().everything & ~mask
    return Listed(mask, tuple(patterns), tuple(doubts), tuple(unlisted), conditional)


@lru_cache(maxsize=65_536)
def _expanded(pattern: str) -> int | Unknown:
    """The actions that a pattern matches: an account has the same few thousand patterns over and over."""
    return actions().expand(pattern)


def _why(value: Textual) -> Iterator[Unknown]:
    yield from unknowns(value)
    yield Unknown("a part of the action is only known after deployment")
