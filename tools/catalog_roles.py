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
    not_passed: Mapping[str, str]
    not_passing: Mapping[str, str]


def compiled(listed: Mapping[str, str], dependents: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Source, ...], dict]:
    """The sources, and what each action passes. `listed` gives the name of an action by its name in lower case."""
    stated = sheet("overlay-passing", Overlay, OVERLAYS)
    overlay = stated.rows
    found = _from_models(overlay)
    for action, members in overlay.members.items():
        found[action] |= set(members)
    documented = {action for action, needed in dependents.items() if "iam:PassRole" in needed} | set(overlay.documented)
    _refuse_unknown(listed, (*overlay.members, *overlay.documented, *overlay.renamed.values()))
    known = {listed[action.lower()]: members for action, members in found.items() if action.lower() in listed}
    rows = {
        action: PackedPassing(
            tuple(sorted(known.get(action, ()))),
            overlay.principals.get(action, overlay.principals.get(action.partition(":")[0], ())),
            action in documented,
        )
        for action in sorted(known.keys() | documented)
    }
    return (Source(f"botocore {version('botocore')}", "Apache-2.0", stated.sources[0].read), *stated.sources), rows


def _refuse_unknown(listed: Collection[str], actions: Collection[str]) -> None:
    unknown = [action for action in actions if action.lower() not in listed]
    if unknown:
        raise SystemExit(f"overlay-passing: not listed {unknown}")


def _from_models(overlay: Overlay) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    loader = botocore.session.Session().get_component("data_loader")
    for client in loader.list_available_services("service-2"):
        model = loader.load_service_model(client, "service-2")
        prefix = model["metadata"].get("signingName") or model["metadata"]["endpointPrefix"]
        for operation, stated in model["operations"].items():
            if "input" in stated and prefix not in overlay.not_passing and not READS.match(operation):
                action = f"{prefix}:{operation}"
                members = _members(model["shapes"], stated["input"]["shape"])
                passed = {member for member in members if _leaf(member) not in overlay.not_passed}
                found[overlay.renamed.get(action, action)] |= passed
    return defaultdict(set, {action: members for action, members in found.items() if members})


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
