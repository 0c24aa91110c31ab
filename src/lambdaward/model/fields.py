"""How the fields of a record are read from a resource's properties: declared beside the field, applied by the sources.

Every source hands over resources in CloudFormation's vocabulary (type names and property paths), so that one declaration
serves templates, Terraform and live accounts, and a `Place` means the same everywhere. A path `A|B` means A, else B.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from lambdaward.model.origin import ResourceId
from lambdaward.model.values import Value


class Link(Struct, frozen=True):
    """A pointer to another resource: the value as written (name, ARN, id), the resource of the estate that it means when
    there is exactly one, and the qualifier (version or alias) when the value carries one.

    `possible` means that an unresolved condition decides whether the link is there at all.
    """

    value: Value
    target: ResourceId | None = None
    qualifier: Value = None
    possible: bool = False


class Prop(Struct, frozen=True):
    """A plain value at a dotted property path. `kind`: `text`, `number` (numeric strings converted), `flag` or `any`."""

    path: str
    kind: str = "any"


class Secret(Struct, frozen=True):
    """A value, or a mapping of values, that becomes `Redacted` at the door."""

    path: str


class LinkTo(Struct, frozen=True):
    """One `Link` at a path, to a resource of one of the given types."""

    path: str
    types: tuple[str, ...]


class LinksTo(Struct, frozen=True):
    """A list of `Link`s at a path. `member` is a path inside each element."""

    path: str
    types: tuple[str, ...]
    member: str = ""


class Items(Struct, frozen=True):
    """A list of plain values at a path (`values.items`)."""

    path: str


class Block(Struct, frozen=True):
    """A nested record at a path; `None` when nothing is there."""

    path: str
    record: Any


class Blocks(Struct, frozen=True):
    """A list of nested records at a path; each has `path`, its own property path."""

    path: str
    record: Any


class OpenApi(Struct, frozen=True):
    """An OpenAPI document at a path, read to an `ApiDocument`; `None` when nothing is there."""

    path: str
