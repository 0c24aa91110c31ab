"""What the variables of an escalation method may stand for."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from lambdaward.model import ResourceId, Text, Unknown

Arn = str | Text | Unknown


class Standing(Enum):
    """Where a resource stands: in the estate (`HERE`), any one of its kind (`ANY`: whoever reaches this one reaches all), named
    by a policy but not scanned (`UNSEEN`), made on the way or brought along by the intruder (`NEW`)."""

    HERE = "here"
    ANY = "any"
    UNSEEN = "unseen"
    NEW = "new"


class Candidate(Struct, frozen=True):
    """A resource that a variable may stand for. `id` is set for one of the estate; `account` is empty for one that no account
    owns in its ARN."""

    kind: str
    arn: Arn
    shown: str
    standing: Standing
    id: ResourceId | None = None

    @property
    def here(self) -> bool:
        """Whether it is in the estate."""
        return self.standing is Standing.HERE


def kind_of(variable: str) -> str:
    """The resource type of a variable: `function` of `function:target`."""
    return variable.partition(":")[0]
