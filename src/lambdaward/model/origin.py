"""Where a fact comes from: a span of a file the user wrote, or an answer of an AWS API."""

from __future__ import annotations

from msgspec import Struct


class FileOrigin(Struct, frozen=True, tag="file", gc=False):
    """A span of text in a file. Lines and columns count from 1; the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class LiveOrigin(Struct, frozen=True, tag="live"):
    """An answer of an AWS API: which account and Region, which call, and when (ISO 8601, UTC)."""

    account: str
    region: str
    arn: str
    call: str
    time: str


Origin = FileOrigin | LiveOrigin


class ResourceId(Struct, frozen=True, order=True, gc=False):
    """The identity of a resource inside an estate: its stack (a template's path, or account/Region) and its name there.

    Names known to AWS are often unknown before deployment, so nothing in the estate is keyed by them.
    """

    stack: str
    name: str

    def __str__(self) -> str:
        return f"{self.stack}/{self.name}"


Path = tuple[str | int, ...]


class Place(Struct, frozen=True, gc=False):
    """A symbolic location: a resource and a path of keys into its properties, in CloudFormation's property names.

    Rules point with places and never do line arithmetic; `Estate.origin` turns a place into an `Origin`.
    """

    resource: ResourceId
    path: Path = ()

    def __truediv__(self, key: str | int) -> Place:
        return Place(self.resource, (*self.path, key))

    def __str__(self) -> str:
        return ".".join([str(self.resource), *map(str, self.path)])
