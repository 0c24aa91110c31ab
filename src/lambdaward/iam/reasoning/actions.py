"""Sets of actions as integers: what the catalogue lists, and one name for each pattern that matches nothing listed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lambdaward.catalog import actions
from lambdaward.iam.language import Part, Statement
from lambdaward.iam.matching import pattern
from lambdaward.iam.reasoning.budget import Undecided


@lru_cache(maxsize=65_536)
def _listed(name: str) -> int:
    found = actions().expand(name)
    return found if isinstance(found, int) else 0


class Actions:
    """The actions that the statements of some policies tell apart."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        named = dict.fromkeys(_text(part) for statement in statements for part in statement.actions or ())
        self._first = len(actions())
        self._others = tuple(dict.fromkeys(_instance(name) for name in named if not _listed(name)))
        self.everything = (1 << self._first + len(self._others)) - 1
        self._masks = {name: _listed(name) | self._unlisted(name) for name in named}

    def _unlisted(self, name: str) -> int:
        if not self._others:
            return 0
        matches = pattern(name, fold=True).matcher
        found = (1 << self._first + i for i, other in enumerate(self._others) if matches is not None and matches(other))
        return sum(found)

    def mask(self, statement: Statement) -> int:
        """The actions that a statement is about."""
        found = 0
        for part in statement.actions or ():
            found |= self._masks[_text(part)]
        return self.everything & ~found if statement.not_action else found

    def name(self, mask: int) -> str:
        """The first action of a set."""
        number = (mask & -mask).bit_length() - 1
        if number >= self._first:
            return self._others[number - self._first]
        return next(actions().names(1 << number))


def _text(part: Part) -> str:
    if not isinstance(part.value, str):
        raise Undecided("an action is not known")
    return part.value.lower()


def _instance(name: str) -> str:
    """A name that a pattern matches, and that other patterns match only by their wildcards."""
    return name.replace("*", "Xx0").replace("?", "0").lower()
