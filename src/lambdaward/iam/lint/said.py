"""A statement with what the catalogue knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lambdaward.catalog import Action, actions
from lambdaward.iam.language import Part, Policy, Statement
from lambdaward.model import Unknown

_MOST = 1500  # a pattern of more actions than any service has is about several services


class Said:
    """One statement. `actions` are those of each action pattern that is wholly known and listed, as far as they are few."""

    def __init__(self, policy: Policy, statement: Statement) -> None:
        self.statement = statement
        self.variables = policy.variables

    @cached_property
    def actions(self) -> tuple[tuple[Part, tuple[Action, ...]], ...]:
        """The listed actions of each pattern."""
        return tuple(self._expanded()) if not self.statement.not_action else ()

    @cached_property
    def is_listed(self) -> bool:
        """Whether the actions of all patterns are known."""
        return not self.statement.not_action and len(self.actions) == len(self.statement.actions or ())

    def _expanded(self) -> Iterator[tuple[Part, tuple[Action, ...]]]:
        for part in self.statement.actions or ():
            mask = actions().expand(part.value) if isinstance(part.value, str) else Unknown("not known")
            if isinstance(mask, int) and mask.bit_count() <= _MOST:
                found = tuple(actions().action(name) for name in actions().names(mask))
                yield part, tuple(one for one in found if isinstance(one, Action))
