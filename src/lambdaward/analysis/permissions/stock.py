"""The resources of an estate as permissions are asked of them, looked up once for all principals."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from lambdaward.analysis.access import Access, Stated, Target
from lambdaward.analysis.permissions.kinds import Aspect, aspects

_KEY = "AWS::KMS::Key"


class Item(Struct, frozen=True):
    """A resource: what actions on it are asked about, all of these as one set, and the allow statements of its policies.
    `guarded`: whether its policies have a say in every action, not only in taking a role."""

    target: Target
    shown: str
    aspects: tuple[Aspect, ...]
    mask: int
    admitting: tuple[Stated, ...]
    guarded: bool


class Stock:
    """The resources of one estate that actions are known to work on."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The resources, in the order of the sources."""
        guarding, targets = self._access.questions.guarding, self._access.questions.targets
        found = []
        for identity, resource in self._access.estate.resources.items():
            target = targets.of(identity)
            on = aspects(target.arn)
            mask = 0
            for _, actions in on:
                mask |= actions
            if mask:
                written = guarding.policies(identity, taking=True)
                stated = (stated for policy in written for stated in self._access.stated(policy))
                admitting = tuple(one for one in stated if one.statement.allow)
                guarded = resource.type == _KEY or bool(guarding.policies(identity))
                found.append(Item(target, resource.shown or identity.name, on, mask, admitting, guarded))
        return tuple(found)
