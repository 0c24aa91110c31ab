"""Who publishes public layers, by account, layer name and Region."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from lambdaward.catalog.sheet import sheet
from lambdaward.model import pattern

_ARN = pattern(
    r"arn:(?P<partition>(?:aws[a-z-]*)?):lambda:(?P<region>[a-z0-9-]*):(?P<account>[0-9]{12}):layer:(?P<name>[\w-]+)(?::(?P<version>[0-9]+))?"
)


class LayerArn(Struct, frozen=True):
    """The parts of a layer's ARN. The version is empty when there is none, partition and Region when they are not known."""

    partition: str
    region: str
    account: str
    name: str
    version: str


class Publisher(Struct, frozen=True):
    """A publisher's layers: how their names begin, the accounts they come from, each with the Regions it publishes in (none: not
    known which), and where that is stated."""

    owner: str
    layers: str
    accounts: Mapping[str, tuple[str, ...]]
    source: str


@cache
def publishers() -> tuple[Publisher, ...]:
    """Every publisher."""
    return sheet("publishers", tuple[Publisher, ...]).rows


@cache
def _by_account() -> Mapping[str, tuple[Publisher, ...]]:
    found: dict[str, tuple[Publisher, ...]] = {}
    for row in publishers():
        for account in row.accounts:
            found[account] = (*found.get(account, ()), row)
    return found


def publisher(account: str, layer: str, region: str = "") -> str:
    """Who publishes a layer of this name from this account in this Region (empty: in any); empty when that is not known. One
    account may be used by several publishers, each for other names or Regions: an account alone proves nothing."""
    for row in _by_account().get(account, ()):
        regions = row.accounts[account]
        if layer.startswith(row.layers) and (not region or not regions or region in regions):
            return row.owner
    return ""


def owners(account: str) -> tuple[str, ...]:
    """Everybody who publishes any layer from an account."""
    return tuple(dict.fromkeys(row.owner for row in _by_account().get(account, ())))


@cache
def _newest() -> Mapping[str, Mapping[str, int]]:
    return sheet("layer_versions", dict[str, dict[str, int]]).rows


def newest_version(layer: str, region: str) -> int:
    """The newest version of one of AWS's layers that is known in a Region; 0 when none is."""
    return _newest().get(layer, {}).get(region, 0)


def layer_arn(text: str) -> LayerArn | None:
    """The parts of a layer's ARN, `None` for what is none. A Region that is a hole, such as `${AWS::Region}`, is not known."""
    match = _ARN.fullmatch(re.sub(r"\$\{[^}]*\}", "", text))
    return LayerArn(**{name: value or "" for name, value in match.groupdict().items()}) if match else None
