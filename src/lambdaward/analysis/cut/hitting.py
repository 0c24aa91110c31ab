"""The cheapest set that hits each of some sets and holds none of some others.

Branch and bound: exact while the search stays within its limit, else the best set found with a bound below which none is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from lambdaward.analysis.cut.edit import Edit

# How many partial choices are looked at before the search stops being exact.
MOST = 200_000
Sets = Sequence[frozenset[Edit]]


class Hitting(Struct, frozen=True):
    """A set of edits and its cost; `None` when there is none. No set costs less than `bound`, and none at all is cheaper when
    it is exact."""

    chosen: frozenset[Edit] | None
    cost: int
    bound: int

    @property
    def exact(self) -> bool:
        """Whether there is surely no cheaper one."""
        return self.bound >= self.cost


class Search:
    """One search."""

    def __init__(self, sets: Sets, forbidden: Sets, most: int = MOST) -> None:
        self._sets = sorted(set(sets), key=len)
        self._forbidden = forbidden
        self._left = most
        self._best: frozenset[Edit] | None = None
        self._cost = 1 << 62

    def run(self) -> Hitting:
        """Search, and tell how good the result is."""
        bound = self._bound(self._sets, frozenset())
        complete = self._branch(frozenset(), 0, frozenset())
        return Hitting(self._best, self._cost, self._cost if complete else min(bound, self._cost))

    def _branch(self, chosen: frozenset[Edit], cost: int, without: frozenset[Edit]) -> bool:
        """Try every set that holds `chosen` and nothing of `without`; whether all were tried."""
        open_ = [one for one in self._sets if not one & chosen]
        if not open_:
            if cost < self._cost:
                self._best, self._cost = chosen, cost
            return True
        if cost + self._bound(open_, without) >= self._cost:
            return True
        if self._left <= 0 and self._best is not None:
            return False
        self._left -= 1
        complete = True
        tightest = min(open_, key=lambda one: len(one - without))
        for edit in self._ordered(tightest - without, open_):
            more = chosen | {edit}
            if not any(banned <= more for banned in self._forbidden):
                complete = self._branch(more, cost + edit.cost, without) and complete
            without |= {edit}
        return complete

    def _bound(self, open_: Iterable[frozenset[Edit]], without: frozenset[Edit]) -> int:
        """What hitting these sets costs at least: sets that share nothing need an edit each."""
        used: frozenset[Edit] = frozenset()
        bound = 0
        for one in open_:
            left = one - without
            if not left & used:
                bound += min((edit.cost for edit in left), default=1 << 60)
                used |= left
        return bound

    def _ordered(self, edits: Iterable[Edit], open_: Sets) -> list[Edit]:
        """The most useful first."""
        return sorted(edits, key=lambda edit: (-sum(edit in one for one in open_), edit.cost, edit.key))


def hitting(sets: Sets, forbidden: Sets = (), most: int = MOST) -> Hitting:
    """The cheapest set that hits each of `sets` and holds none of `forbidden` as a whole."""
    return Search(sets, forbidden, most).run()
