"""The base of typed records: what every fact about one resource carries."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from lambdaward.model.origin import Path, Place, ResourceId


class Record(Struct, frozen=True, kw_only=True):
    """A typed view of one resource. `TYPES` names the CloudFormation types that it is read from.

    `shown` is the name for people: the construct path of the CDK, else the logical id, or the name of a live resource.
    """

    TYPES: ClassVar[tuple[str, ...]] = ()

    id: ResourceId
    shown: str = ""

    def place(self, *path: str | int) -> Place:
        """A place inside this resource."""
        return Place(self.id, path)


class BlockRecord(Struct, frozen=True, kw_only=True):
    """A typed view of a block inside a resource; `at` is where the block stands."""

    at: Place

    def place(self, *path: str | int) -> Place:
        """A place inside this block."""
        return Place(self.at.resource, (*self.at.path, *path))


def split(path: str) -> Path:
    """The keys of a dotted property path."""
    return tuple(path.split(".")) if path else ()
