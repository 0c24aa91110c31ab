"""Finds, in AWS's API models, the inputs that carry a role, and which action each belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import botocore.session
from msgspec import Struct

from lambdaward.catalog.passroles import PackedPassing
from lambdaward.catalog.sheet import Source, sheet

OVERLAYS = Path(__file__).parent / "data"
NAMED_ROLE = re.compile(r"role(arn|name|s|arns|arnupdate)?$", re.IGNORECASE)
READS = re.compile(r"(Get|List|Describe|BatchGet|Search)")
MAX_DEPTH = 8


class Overlay(Struct, frozen=True):
    """What we add to the models."""

    principals: Mapping[str, tuple[str, ...]]
    renamed: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    documented: Mapping[str, str]
    not_listed: Mapping[str, str]
    not_passed: Mapping[str, str]
    not_passing: Mapping[str, str]


class Operation(Struct, frozen=True):
    """An operation of a client of botocore, the prefix of its action, and the members of its input that carry a role."""

    client: str
    prefix: str
    name: str
    members: set[str]


Found = defaultdict[str, tuple[set[str], set[str]]]


def compiled(listed: Mapping[str, str], dependents: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Source, ...], dict]:
    """The sources, and what each action passes. `listed` gives the name of an action by its name in lower case."""
    stated = sheet("overlay-passing", Overlay, OVERLAYS)
    overlay = stated.rows
    found = _by_action(_from_models(overlay), overlay, listed)
    for action, members in overlay.members.items():
        found[action][1].update(members)
    documented = {action for action, needed in dependents.items() if "iam:PassRole" in needed} | set(overlay.documented)
    _refuse_unknown(listed, (*overlay.members, *overlay.documented, *overlay.renamed.values()))
    rows = {
        action: PackedPassing(
            tuple(sorted(found[action][0])),
            tuple(sorted(found[action][1])),
            overlay.principals.get(action, overlay.principals.get(action.partition(":")[0], ())),
            action in documented,
        )
        for action in sorted(found.keys() | documented)
    }
    return (Source(f"botocore {version('botocore')}", "Apache-2.0", stated.sources[0].read), *stated.sources), rows


def _refuse_unknown(listed: Collection[str], names: Collection[str]) -> None:
    unknown = [name for name in names if name.lower() not in listed]
    if unknown:
        raise SystemExit(f"overlay-passing: not listed {unknown}")


def _by_action(found: Iterator[Operation], overlay: Overlay, listed: Mapping[str, str]) -> Found:
    """Operations and members by action. An operation whose action is not listed, nor waived, is an error."""
    actions: Found = defaultdict(lambda: (set(), set()))
    lost = set(overlay.not_listed)
    for operation in found:
        name = f"{operation.prefix}:{operation.name}"
        action = overlay.renamed.get(name, name)
        lost.discard(name)
        if action not in overlay.not_listed:
            _refuse_unknown(listed, (action,))
            operations, members = actions[listed[action.lower()]]
            operations.add(f"{operation.client}.{operation.name}")
            members.update(operation.members)
    if lost:
        raise SystemExit(f"overlay-passing: no operation {sorted(lost)}")
    return actions


def _from_models(overlay: Overlay) -> Iterator[Operation]:
    """Every operation that changes something and whose input carries a role."""
    loader = botocore.session.Session().get_component("data_loader")
    for client in loader.list_available_services("service-2"):
        model = loader.load_service_model(client, "service-2")
        prefix = model["metadata"].get("signingName") or model["metadata"]["endpointPrefix"]
        for name, stated in model["operations"].items():
            if "input" in stated and prefix not in overlay.not_passing and not READS.match(name):
                members = _members(model["shapes"], stated["input"]["shape"])
                passed = {member for member in members if _leaf(member) not in overlay.not_passed}
                if passed:
                    yield Operation(client, prefix, name, passed)


def _leaf(member: str) -> str:
    return member.rpartition(".")[2].rstrip("[]{}")


def _members(shapes: Mapping, name: str, path: str = "", above: tuple[str, ...] = ()) -> Iterator[str]:
    """The members of an input, at any depth, that are named like a role; `[]` is a list's item, `{}` a map's value."""
    shape = shapes[name]
    if name in above or len(above) > MAX_DEPTH:
        return
    match shape["type"]:
        case "structure":
            for member, stated in shape["members"].items():
                yield from _members(shapes, stated["shape"], f"{path}.{member}".lstrip("."), (*above, name))
        case "list":
            yield from _members(shapes, shape["member"]["shape"], path + "[]", (*above, name))
        case "map":
            yield from _members(shapes, shape["value"]["shape"], path + "{}", (*above, name))
        case "string" if "enum" not in shape and NAMED_ROLE.search(_leaf(path)):
            yield path
