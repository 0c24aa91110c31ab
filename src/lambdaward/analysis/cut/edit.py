"""Edits of policies that take something away."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from lambdaward.model import Place, ResourceId


class How(Enum):
    """What an edit does: an action, or a whole statement, is taken out of what a policy allows; a policy of AWS is detached; a
    principal's permissions boundary denies an action; a service control policy denies it to everybody."""

    TAKE = "take out"
    DETACH = "detach"
    BOUNDARY = "boundary"
    SCP = "service control policy"


# What decides between as many edits: the less an edit reaches, the better.
_WEIGHTS = {How.TAKE: 0, How.DETACH: 2, How.BOUNDARY: 3, How.SCP: 9}
_WHOLE = 1
ONE = 1000
MOST_COST = ONE + max(_WEIGHTS.values())


class Edit(Struct, frozen=True):
    """One edit. `place` is the statement, or the attachment of a policy of AWS; `action` is what is denied or taken out, empty
    for a whole statement; `principal` is whose boundary it is."""

    how: How
    action: str = ""
    place: Place | None = None
    principal: ResourceId | None = None

    @property
    def cost(self) -> int:
        """Its cost: fewer edits are better than any others."""
        return ONE + _WEIGHTS[self.how] + (_WHOLE if self.how is How.TAKE and not self.action else 0)

    @property
    def key(self) -> tuple[str, ...]:
        """Its place in a fixed order."""
        return self.how.value, self.action, str(self.place), str(self.principal)
