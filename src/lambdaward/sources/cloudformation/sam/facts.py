"""Facts that AWS publishes with SAM: policy templates, managed policies by path, connector profiles. Data in `data/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

Kind = TypeVar("Kind")
FOLDER = Path(__file__).parent / "data"
MANAGED_POLICY = "arn:aws:iam::aws:policy/"


class PolicyTemplate(Struct, frozen=True):
    """A policy template: the parameters that it needs, and statements in which `${Parameter}` stands for their values."""

    parameters: tuple[str, ...]
    statements: tuple[dict[str, Any], ...]


class Profile(Struct, frozen=True):
    """What a connector makes: `type` names the kind, `properties` holds the statements or permissions by category."""

    type: str = msgspec.field(name="Type")
    properties: dict[str, Any] = msgspec.field(name="Properties")


class Connectors(Struct, frozen=True):
    """Profiles by the types of source and destination, and how to find a resource's role, ARN, name and id by its type."""

    profiles: dict[str, dict[str, Profile]]
    resources: dict[str, dict[str, Any]]


@cache
def policy_templates() -> dict[str, PolicyTemplate]:
    """SAM's policy templates by name."""
    return _load("policy_templates", dict[str, PolicyTemplate])


@cache
def connectors() -> Connectors:
    """What SAM's connectors grant."""
    return _load("connectors", Connectors)


@cache
def _managed_policies() -> dict[str, str]:
    paths = _load("managed_policies", dict[str, list[str]])
    return {name: MANAGED_POLICY + path + name for path, names in paths.items() for name in names}


def managed_policy(name: str) -> str:
    """The ARN of an AWS managed policy by its name; what is no such name stays as it is."""
    return _managed_policies().get(name, name)


def _load(name: str, kind: type[Kind]) -> Kind:
    data = (FOLDER / f"{name}.json").read_bytes()
    return msgspec.convert(msgspec.json.decode(data)["facts"], kind)
