"""Actions whose input names a role that AWS will use: what `iam:PassRole` is for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from lambdaward.catalog import pack
from lambdaward.catalog.sheet import FOLDER


class PackedPassing(Struct, frozen=True, array_like=True):
    """A role's passing as it is packed."""

    operations: tuple[str, ...]
    members: tuple[str, ...]
    services: tuple[str, ...]
    documented: bool


class Passing(Struct, frozen=True):
    """How an action passes a role.

    `operations` are those of botocore's clients that the action is for (`lambda.CreateFunction`). `members` are the members of
    their inputs that name a role (`[]` is a list's item, `{}` a map's value); none: AWS says that the action passes a role, and
    its model does not say where. `services` are the principals that may get it, which are the values of `iam:PassedToService`;
    none: not known. `documented`: AWS says that the action needs `iam:PassRole`; else that is inferred from a member's name.
    """

    action: str
    operations: tuple[str, ...]
    members: tuple[str, ...]
    services: tuple[str, ...]
    documented: bool


@cache
def passings() -> Mapping[str, Passing]:
    """Every action that passes a role, by its name."""
    packed = pack.load(FOLDER / "actions.bin").block("passing roles", dict[str, PackedPassing])
    return {
        name: Passing(name, row.operations, row.members, row.services, row.documented) for name, row in packed.items()
    }


def passing(action: str) -> Passing | None:
    """How an action passes a role, case ignored; `None` when nothing says that it does."""
    return _folded().get(action.lower())


@cache
def _folded() -> Mapping[str, Passing]:
    return {name.lower(): row for name, row in passings().items()}
