"""Condition keys that are not one service's own: every request may carry them, whatever its action."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from lambdaward.catalog.sheet import sheet


class GlobalKey(Struct, frozen=True, kw_only=True):
    """A global condition key: its type, the group that its value comes from (`principal`, `session`, `network`, `resource`,
    `request`), in which requests it is present (`always`: even in unsigned ones; `signed`: in every signed one; empty: AWS does
    not say), whether it may have several values, and whether whoever makes the request chooses the value."""

    type: str
    group: str
    present: str
    many: bool = False
    chosen: bool = False


@cache
def global_keys() -> Mapping[str, GlobalKey]:
    """Every global key by its name as AWS writes it; `aws:PrincipalTag/${TagKey}` and its like stand for any tag."""
    return sheet("global_keys", dict[str, GlobalKey]).rows


def global_key(name: str) -> GlobalKey | None:
    """The global key of a name, case ignored, a tag's name included; `None` when it is none that the catalogue knows."""
    lower = name.lower()
    family, slash, _ = lower.partition("/")
    return _folded().get(f"{family}/${{tagkey}}" if slash else lower)


@cache
def _folded() -> Mapping[str, GlobalKey]:
    return {name.lower(): key for name, key in global_keys().items()}
