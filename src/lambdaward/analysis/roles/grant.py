"""What one allow statement grants, as a set of actions with where each pattern stands."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.analysis.access import Principal, Stated
from lambdaward.catalog import actions
from lambdaward.iam import Listed
from lambdaward.model import Place, Unknown


class Grant(Struct, frozen=True):
    """A statement of a principal."""

    role: Principal
    stated: Stated

    @property
    def listed(self) -> Listed:
        """The listed actions that the statement is about."""
        return self.stated.clause.listed

    @property
    def mask(self) -> int:
        """All of these."""
        return self.stated.clause.listed.mask

    def place(self, action: str) -> Place:
        """Where the pattern stands that names an action; the statement where none does (`NotAction`)."""
        number = actions().index(action)
        named = (
            self.stated.at(part)
            for part, mask in self.listed.patterns
            if isinstance(number, int) and mask >> number & 1
        )
        return self.stated.place if self.stated.statement.not_action else next(named, self.stated.place)

    @property
    def elsewhere(self) -> bool:
        """Whether the statement is in a policy of AWS, which the estate only attaches."""
        return not self.stated.written.here


class Reach(Struct, frozen=True):
    """Which actions a grant allows on any resource of their kind, and what would have to be known to say so of others."""

    actions: tuple[str, ...]
    doubts: tuple[Unknown, ...]
