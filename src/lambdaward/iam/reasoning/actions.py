"""Sets of actions as integers: what the catalogue lists, and one name for each pattern that matches nothing listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from lambdaward.catalog import actions
from lambdaward.iam.language import Statement
from lambdaward.iam.matching import pattern
from lambdaward.iam.reasoning.budget import Budget, Undecided
from lambdaward.iam.reasoning.strings import classes, glob, shown

Names = tuple[str, ...]
_AN_ACTION = glob("?*:?*", variables=False)


@lru_cache(maxsize=65_536)
def _listed(name: str) -> int:
    found = actions().expand(name)
    return found if isinstance(found, int) else 0


class Actions:
    """The actions that the statements of some policies tell apart.

    `future`: whether to think of actions that AWS may still add as well: a name for each way in which the patterns match some
    name and not others, whatever is listed. Raises `Undecided`.
    """

    def __init__(self, statements: Iterable[Statement], budget: Budget, *, future: bool = False) -> None:
        named = dict.fromkeys(chain.from_iterable(map(_named, statements)))
        budget.spend(sum(map(_cost, named)))
        self._first = len(actions())
        unlisted = _future(named, budget) if future else (_instance(name) for name in named if not _listed(name))
        self._others = tuple(dict.fromkeys(unlisted))
        self.everything = (1 << self._first + len(self._others)) - 1
        budget.spend(len(self._others) * len(named) // 4)
        self._masks: dict[Names, int] = {}
        self._unlisted = {name: self._among_others(name) for name in named} if self._others else {}

    def _among_others(self, name: str) -> int:
        matches = pattern(name, fold=True).matcher
        found = (1 << self._first + i for i, other in enumerate(self._others) if matches is not None and matches(other))
        return sum(found)

    def mask(self, statement: Statement) -> int:
        """The actions that a statement is about; it names none but those that the others name."""
        names = _named(statement)
        found = self._masks.get(names)
        if found is None:
            found = self._masks[names] = self._union(names)
        return self.everything & ~found if statement.not_action else found

    def _union(self, names: Names) -> int:
        found = 0
        for name in names:
            found |= _listed(name)
            if self._others:
                found |= self._unlisted[name]
        return found

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


def _cost(name: str) -> int:
    """The steps that finding the listed actions of a pattern takes: many where the service is open, and so all are looked at."""
    service = name.partition(":")[0]
    if "*" not in name and "?" not in name:
        return 1
    return 2_000 if name != "*" and ("*" in service or "?" in service) else 50


def _future(named: Iterable[str], budget: Budget) -> Iterator[str]:
    """Names that stand for all that are not listed."""
    wild = [name for name in named if "*" in name or "?" in name]
    matchers = [pattern(name, fold=True).matcher for name in wild]
    exact = [n for n in named if n not in wild and (not _listed(n) or any(match and match(n) for match in matchers))]
    patterns = [glob(name, variables=False) for name in (*wild, *exact)]
    return (shown(text, {}).lower() for text in classes(patterns, _AN_ACTION, budget))


def _instance(name: str) -> str:
    """A name that a pattern matches, and that other patterns match only by their wildcards."""
    return name.replace("*", "Xx0").replace("?", "0").lower()
