"""Actions whose input names a role that AWS will use: what `iam:PassRole` is for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from lambdaward.catalog import pack
from lambdaward.catalog.sheet import FOLDER


class PackedPassing(Struct, frozen=True, array_like=True):
    """A role's passing as it is packed."""

    members: tuple[str, ...]
    services: tuple[str, ...]
    documented: bool


class Passing(Struct, frozen=True):
    """How an action passes a role. `members` are the members of its input that name one (`[]` is a list's item, `{}` a map's
    value; none: AWS says that it passes a role, and its model does not say where). `services` are the principals that may get
    it, which are the values of `iam:PassedToService` (none: not known). `documented`: AWS says that the action needs
    `iam:PassRole`; else that is inferred from the name of a member."""

    action: str
    members: tuple[str, ...]
    services: tuple[str, ...]
    documented: bool


@cache
def passings() -> Mapping[str, Passing]:
    """Every action that passes a role, by its name."""
    packed = pack.load(FOLDER / "actions.bin").block("passing roles", dict[str, PackedPassing])
    return {name: Passing(name, row.members, row.services, row.documented) for name, row in packed.items()}


def passing(action: str) -> Passing | None:
    """How an action passes a role, case ignored; `None` when nothing says that it does."""
    return _folded().get(action.lower())


@cache
def _folded() -> Mapping[str, Passing]:
    return {name.lower(): row for name, row in passings().items()}
