"""Who publishes public layers, by account and layer name."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from lambdaward.catalog.sheet import sheet


class Publisher(Struct, frozen=True):
    """A publisher's layers: how their names begin, and the accounts they come from."""

    owner: str
    layers: str
    accounts: tuple[str, ...]


@cache
def publishers() -> tuple[Publisher, ...]:
    """Every publisher."""
    return sheet("publishers", tuple[Publisher, ...]).rows


def publisher(account: str, layer: str) -> str:
    """Who publishes a layer of this name from this account; empty when that is not known."""
    return next((row.owner for row in publishers() if account in row.accounts and layer.startswith(row.layers)), "")
