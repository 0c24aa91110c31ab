"""Sets of actions as integers: what the catalogue lists, and one name for each pattern that matches nothing listed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from lambdaward.catalog import actions
from lambdaward.iam.language import Statement
from lambdaward.iam.matching import pattern
from lambdaward.iam.reasoning.budget import Undecided

Names = tuple[str, ...]


@lru_cache(maxsize=65_536)
def _listed(name: str) -> int:
    found = actions().expand(name)
    return found if isinstance(found, int) else 0


class Actions:
    """The actions that the statements of some policies tell apart."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        lists = dict.fromkeys(map(_named, statements))
        named = dict.fromkeys(chain.from_iterable(lists))
        self._first = len(actions())
        self._others = tuple(dict.fromkeys(_instance(name) for name in named if not _listed(name)))
        self.everything = (1 << self._first + len(self._others)) - 1
        self._masks = {names: self._union(names) for names in lists}

    def _union(self, names: Names) -> int:
        found = 0
        for name in names:
            found |= _listed(name)
            if self._others:
                found |= self._unlisted(name)
        return found

    def _unlisted(self, name: str) -> int:
        matches = pattern(name, fold=True).matcher
        found = (1 << self._first + i for i, other in enumerate(self._others) if matches is not None and matches(other))
        return sum(found)

    def mask(self, statement: Statement) -> int:
        """The actions that a statement is about."""
        found = self._masks[_named(statement)]
        return self.everything & ~found if statement.not_action else found

    def name(self, mask: int) -> str:
        """The first action of a set."""
        number = (mask & -mask).bit_length() - 1
        if number >= self._first:
            return self._others[number - self._first]
        return actions().name(number)


def _named(statement: Statement) -> Names:
    """The actions that a statement lists, in lower case. Raises `Undecided` when one is not known."""
    written = [part.value for part in statement.actions or ()]
    known = tuple([value.lower() for value in written if isinstance(value, str)])
    if len(known) < len(written):
        raise Undecided("an action is not known")
    return known


def _instance(name: str) -> str:
    """A name that a pattern matches, and that other patterns match only by their wildcards."""
    return name.replace("*", "Xx0").replace("?", "0").lower()
